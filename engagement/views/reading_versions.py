"""Versions of how engagement is read: anybody reads what was approved, as pages and as files."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.generic import View

from authorities.access import may
from authorities.permissions import Permission
from authorities.views.csv_files import csv_answer
from engagement.map_content import MapContent
from engagement.models import DraftKind
from engagement.presenters import reading_versions as presenter
from engagement.presenters.matrix_words import words_of
from engagement.presenters.version_texts import DIFFERENCE_COLUMNS, FILES, KIND_WORDS, file_of
from engagement.queries import reading_versions as queries
from engagement.version_differences import differences
from engagement.views.paging import page_of

# Drafts that were decided on long ago are of no use to anybody.
_MOST_DRAFTS = 500


def version_or_404(*, kind: str, number: int) -> queries.Version:
    """Return an approved version.

    Raises:
        Http404: there is none; a number too large for any has none.
    """
    if kind not in DraftKind.values or number > 32767:
        raise Http404
    try:
        return queries.version_numbered(kind=kind, number=number)
    except queries.NoSuchVersionError as none:
        raise Http404 from none


class PublicVersions(View):
    """A page that anybody may read."""

    permission = Permission.REGISTER_READ

    @property
    def for_centre(self) -> bool:
        """Whether the visitor may know of drafts, and of who stands behind a version."""
        return may(self.request.user, Permission.ENGAGEMENT_DRAFT_READ)


class VersionList(PublicVersions):
    """All approved versions, the newest first; the centre sees drafts, too."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show them."""
        lists = [
            presenter.kind_list(
                kind=kind,
                versions=queries.listed(kind=kind),
                drafts=queries.drafts(kind=kind, limit=_MOST_DRAFTS) if self.for_centre else (),
                may_draft=may(request.user, Permission.ENGAGEMENT_DRAFT_WRITE),
            )
            for kind in DraftKind.values
        ]
        paged = [
            (
                one,
                page_of(request=request, rows=one.rows, part=one.kind),
                page_of(request=request, rows=one.drafts, part=f"{one.kind}-drafts"),
            )
            for one in lists
        ]
        return render(
            request,
            "engagement/reading_versions.html",
            {
                "lists": paged,
                "columns": presenter.LIST_COLUMNS,
                "draft_columns": presenter.DRAFT_COLUMNS,
                "for_centre": self.for_centre,
            },
        )


class VersionDetail(PublicVersions):
    """One approved version."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show it in its own words and looks."""
        version = version_or_404(kind=kwargs["kind"], number=kwargs["number"])
        newest = queries.newest_number(kind=version.kind)
        content = version.content
        words = words_of(content=content) if isinstance(content, MapContent) else None
        return render(
            request,
            "engagement/reading_version.html",
            {
                "page": presenter.version_page(
                    version=version, newest=newest, for_centre=self.for_centre
                ),
                **({"matrix_words": words} if words else {}),
            },
        )


class VersionFile(PublicVersions):
    """A version in the format of the project's own files."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Send the file.

        Raises:
            Http404: there is no such version, or no such file of its kind.
        """
        kind, name = kwargs["kind"], kwargs["name"]
        if name not in FILES.get(kind, {}):
            raise Http404
        version = version_or_404(kind=kind, number=kwargs["number"])
        return csv_answer(
            text=file_of(content=version.content, name=name),
            name=f"{kind}-{version.number}-{name}.csv",
        )


class VersionDifference(PublicVersions):
    """What is different between two approved versions."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show it in words."""
        kind = kwargs["kind"]
        before, after = (
            version_or_404(kind=kind, number=kwargs[name]) for name in ("before", "after")
        )
        found = differences(before=before.content, after=after.content)
        return render(
            request,
            "engagement/reading_difference.html",
            {
                "title": f"{KIND_WORDS[kind]}: from version {before.number} to {after.number}",
                "kind": kind,
                "after": after,
                "columns": DIFFERENCE_COLUMNS,
                "rows": presenter.difference_rows(found=found),
            },
        )
