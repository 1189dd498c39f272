"""Outcomes frameworks to read: lists, versions, what differs, files."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.generic import View

from authorities.access import Visitor, access_authority, access_icb, access_pair, rights_of
from authorities.models import Body, BodyKind, User
from authorities.permissions import Permission
from authorities.views.csv_files import csv_answer
from outcomes.access import access_version, may_read_drafts, owners_of
from outcomes.framework_differences import differences
from outcomes.models import Framework, FrameworkVersion, VersionState
from outcomes.presenters import framework_lists as lists
from outcomes.presenters.expert_reviews import ReviewBeside, reviews_beside
from outcomes.presenters.framework_page import (
    COUNTS,
    INDICATORS,
    SIGNATURES,
    VERSIONS,
    VersionFacts,
    Viewer,
    framework_page,
)
from outcomes.presenters.framework_words import owners_text
from outcomes.queries import framework_pages as pages
from outcomes.queries import revised_baselines
from outcomes.queries.expert_reviews import beside
from outcomes.queries.framework_lists import frameworks_listed
from outcomes.queries.framework_owners import without_successor
from outcomes.queries.frameworks import contents_of, parties_of


def reads_drafts_of(visitor: Visitor) -> tuple[str, ...]:
    """Return the keys of the bodies whose drafts the visitor may read."""
    at_bodies = rights_of(visitor).at_bodies
    return tuple(key for key, held in at_bodies.items() if Permission.FRAMEWORK_READ in held)


def edits_at(visitor: Visitor, body: Body) -> bool:
    """Whether the visitor may begin or change frameworks of the body."""
    held = rights_of(visitor).at_bodies.get(str(body.pk), frozenset())
    return Permission.FRAMEWORK_EDIT in held


class FrameworkList(View):
    """Every framework that may be seen."""

    permission = Permission.REGISTER_READ

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them."""
        found = frameworks_listed(day=timezone.localdate(), drafts_of=reads_drafts_of(request.user))
        return render(
            request,
            "outcomes/framework_list.html",
            {"columns": lists.COLUMNS, "rows": lists.rows(found=found), "body": None},
        )


class _BodyFrameworks(View):
    """The frameworks that a body owns."""

    permission = Permission.REGISTER_READ

    def show(self, body: Body, *, is_authority: bool) -> HttpResponse:
        """Show them, and from which pair one can be begun."""
        today = timezone.localdate()
        found = frameworks_listed(day=today, drafts_of=reads_drafts_of(self.request.user), of=body)
        starts: tuple[pages.PairToStart, ...] = ()
        if edits_at(self.request.user, body):
            starts = pages.pairs_to_start(body_id=body.pk, is_authority=is_authority, day=today)
        return render(
            self.request,
            "outcomes/framework_list.html",
            {
                "columns": lists.COLUMNS,
                "rows": lists.rows(found=found),
                "body": pages.named(body=body, day=today),
                "body_page": "outcomes:authority" if is_authority else "authorities:board",
                "slug": body.slug,
                "starts": starts,
            },
        )


class AuthorityFrameworks(_BodyFrameworks):
    """Those of an authority."""

    def get(self, request: HttpRequest, authority_slug: str) -> HttpResponse:
        """Show them."""
        body = access_authority(request.user, authority_slug, permission=self.permission)
        return self.show(body, is_authority=True)


class BoardFrameworks(_BodyFrameworks):
    """Those of an ICB."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show them."""
        body = access_icb(request.user, slug, permission=self.permission)
        return self.show(body, is_authority=False)


class PairFramework(View):
    """The framework of a pair: leads to its version, or says that there is none."""

    permission = Permission.REGISTER_READ

    def get(self, request: HttpRequest, authority_slug: str, board_slug: str) -> HttpResponse:
        """Lead there, or show what there was."""
        pair = access_pair(
            request.user, authority_slug, board_slug, permission=self.permission
        ).pair
        today = timezone.localdate()
        framework = pages.current_of_pair(pair=pair)
        if framework is not None:
            number = _number_to_show(request.user, framework)
            if number is not None:
                return redirect("outcomes:framework-version", framework.pk, number)
        found = frameworks_listed(
            day=today, drafts_of=reads_drafts_of(request.user), pair_id=pair.pk
        )
        may_start = framework is None and (
            edits_at(request.user, pair.authority) or edits_at(request.user, pair.board)
        )
        names = [pages.named(body=body, day=today) for body in (pair.authority, pair.board)]
        return render(
            request,
            "outcomes/framework_pair.html",
            {
                "title": owners_text(names),
                "pair": pair,
                "columns": lists.COLUMNS,
                "rows": lists.rows(found=found),
                "may_start": may_start,
            },
        )


class FrameworkCurrent(View):
    """A framework's own address: leads to the version in force, or to the one on its way."""

    permission = Permission.REGISTER_READ

    def get(self, request: HttpRequest, framework_id: Any) -> HttpResponse:
        """Lead there.

        Raises:
            Http404: there is none that the visitor may see.
        """
        framework = Framework.objects.select_related("authority").filter(pk=framework_id).first()
        number = framework and _number_to_show(request.user, framework)
        if framework is None or number is None:
            raise Http404
        return redirect("outcomes:framework-version", framework.pk, number)


def _number_to_show(visitor: Visitor, framework: Framework) -> int | None:
    """Return the version in force or ended, else the newest that may be seen; None for none."""
    lines = pages.versions_of(
        framework=framework, with_drafts=may_read_drafts(visitor, framework=framework)
    )
    told = (VersionState.AGREED, VersionState.ENDED)
    force = [line.number for line in lines if line.state in told]
    return next(iter(force or [line.number for line in lines]), None)


class _VersionView(View):
    """Something of one version: agreed ones are for everybody, others for their owners."""

    permission = Permission.REGISTER_READ
    version: FrameworkVersion

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load the version.

        Raises:
            Http404: as `access_version`.
        """
        super().setup(request, *args, **kwargs)
        self.version = access_version(request.user, kwargs["framework_id"], kwargs["number"])


class FrameworkVersionPage(_VersionView):
    """One version of a framework, with all that it says."""

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:
        """Show it."""
        page = framework_page(
            facts=version_facts(self.version, visitor=request.user),
            viewer=viewer_of(request.user, self.version.framework),
        )
        return render(
            request,
            "outcomes/framework_version.html",
            {
                "page": page,
                "indicator_columns": INDICATORS,
                "count_columns": COUNTS,
                "signature_columns": SIGNATURES,
                "version_columns": VERSIONS,
                "reviews": self._reviews(),
            },
        )

    def _reviews(self) -> tuple[ReviewBeside, ...]:
        """Return what experts said last, beside the version in force."""
        if self.version.state != VersionState.AGREED:
            return ()
        today = timezone.localdate()
        return reviews_beside(
            found=beside(frameworks=[self.version.framework_id], day=today), today=today
        )


def viewer_of(visitor: Visitor, framework: Framework) -> Viewer:
    """Return what who looks may do with a framework."""
    owners = owners_of(framework=framework)
    sides = {body.pk for body in owners if body.kind == BodyKind.STRATEGIC_AUTHORITY}
    at_bodies = rights_of(visitor).at_bodies
    held = {body.pk: at_bodies.get(str(body.pk), frozenset()) for body in owners}
    return Viewer(
        is_owner=any(Permission.FRAMEWORK_READ in rights for rights in held.values()),
        edits=any(Permission.FRAMEWORK_EDIT in rights for rights in held.values()),
        signs_for=tuple(
            body for body, rights in held.items() if Permission.FRAMEWORK_SIGN in rights
        ),
        chooses_owners=any(Permission.FRAMEWORK_SIGN in held[key] for key in sides),
    )


def version_facts(version: FrameworkVersion, *, visitor: Visitor) -> VersionFacts:
    """Return all that a version's page is made from."""
    content = contents_of(versions=[version])[version.pk]
    reads = may_read_drafts(visitor, framework=version.framework)
    releases = {one.baseline.release_id for one in content.places if one.baseline}
    return VersionFacts(
        version=version,
        content=content,
        parties=parties_of(framework=version.framework, day=timezone.localdate(), version=version),
        signatures=pages.signatures_of(version=version),
        history=pages.history_of(version=version, for_owners=reads),
        versions=pages.versions_of(framework=version.framework, with_drafts=reads),
        ended_owners=without_successor(framework=version.framework),
        revised=revised_baselines.asked(frameworks=[version.framework_id])
        if version.state == VersionState.AGREED
        else (),
        releases=pages.release_titles(releases=releases),
        lags=pages.lags_of(codes={one.indicator for one in content.places}),
        area_codes=pages.area_codes(
            areas={one.area_id for one in content.places},
            day=timezone.localdate(version.edited_at),
        ),
        determinants=pages.determinant_names(),
        declined=pages.decline_of(version=version),
    )


class FrameworkDifferences(_VersionView):
    """Two versions side by side, thing by thing."""

    def get(self, request: HttpRequest, other: int, **address: Any) -> HttpResponse:
        """Show what differs."""
        one = self.version
        following = access_version(request.user, one.framework_id, other)
        contents = contents_of(versions=[one, following])
        changes = differences(before=contents[one.pk], after=contents[following.pk])
        return render(
            request,
            "outcomes/framework_differences.html",
            {
                "framework": one.framework,
                "before": f"Version {one.number}",
                "after": f"Version {following.number}",
                "reason": following.change_reason,
                "parts": lists.parts_of_differences(
                    changes=changes, reasons=pages.target_reasons(versions=[following.pk])
                ),
                "back_number": following.number,
            },
        )


class FrameworkCsv(_VersionView):
    """The baselines and targets of a version as a file."""

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:
        """Send it."""
        version = self.version
        content = contents_of(versions=[version])[version.pk]
        text = lists.targets_csv(name=version.framework.name, content=content)
        return csv_answer(text=text, name=f"framework-{version.framework_id}-{version.number}.csv")


def person_of(request: HttpRequest) -> User:
    """Return who is signed in; access has refused everybody else."""
    assert isinstance(request.user, User)  # noqa: S101 - narrows the type
    return request.user
