"""The public dashboards of progress, and their files. Drafts of frameworks are never on them."""

from abc import ABC, abstractmethod
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.generic import View

from authorities.access import access_authority, access_pair, require, rights_of
from authorities.permissions import Permission
from authorities.views.csv_files import csv_answer
from outcomes.models import PictureScope
from outcomes.presenters import progress_files, progress_indicator, progress_nation
from outcomes.presenters.expert_reviews import said_beside
from outcomes.presenters.framework_parts import parts_of
from outcomes.presenters.progress_multiples import multiples
from outcomes.progress_forms import DashboardForm
from outcomes.queries import owner_notes, progress, progress_marks, progress_pages
from outcomes.queries.progress_pages import NothingAgreedError, ScopeFacts
from outcomes.views import progress_bodies


class _Scoped(View, ABC):
    """A page of one authority, pair or framework: finds whose progress it shows."""

    permission = Permission.REGISTER_READ

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find whose progress is asked for.

        Raises:
            Http404: there is no such thing.
        """
        super().setup(request, *args, **kwargs)
        self.now = timezone.now()
        self.day = timezone.localdate(self.now)
        self.form = DashboardForm(request.GET)
        self.of = self.scope(**kwargs)

    @abstractmethod
    def scope(self, **address: Any) -> ScopeFacts:
        """Return whose progress the address asks for."""

    def facts(self) -> progress_pages.DashboardFacts:
        """Return what is kept."""
        return progress_pages.dashboard(of=self.of, show=self.form.asked("show"), day=self.day)


class _OfAuthority(_Scoped):
    def scope(self, **address: Any) -> ScopeFacts:
        authority = access_authority(
            self.request.user, address["authority_slug"], permission=self.permission
        )
        return progress_pages.scope_of_authority(authority=authority)


class _OfPair(_Scoped):
    def scope(self, **address: Any) -> ScopeFacts:
        pair = access_pair(
            self.request.user,
            address["authority_slug"],
            address["board_slug"],
            permission=self.permission,
        ).pair
        return progress_pages.scope_of_pair(pair=pair)


class _OfFramework(_Scoped):
    def scope(self, **address: Any) -> ScopeFacts:
        try:
            return progress_pages.scope_of_framework(key=address["framework_id"])
        except NothingAgreedError as none:
            raise Http404 from none


class _Dashboard(_Scoped):
    """The page."""

    def mark(self) -> tuple[Any, ...] | None:
        """Return what the page is made from."""
        return progress_marks.mark_of(scope=self.of)

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:
        """Show it as the address asks for it."""
        made = progress_bodies.dashboard(
            of=self.of,
            mark=self.mark(),
            asked=tuple(self.form.asked(name) for name in ("status", "show", "sex")),
            day=self.day,
            now=self.now,
        )
        return TemplateResponse(request, "outcomes/progress.html", {"made": made})


class _IndicatorsFile(_Scoped):
    """Every indicator of a dashboard."""

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:
        """Send them; the headings alone where nothing is agreed."""
        facts = self.facts()
        pictures = [] if facts.picture is None else [(self.of.authority_slug, facts.picture)]
        return csv_answer(
            text=progress_files.indicators_csv(pictures=pictures, notes=facts.notes),
            name=self._name("indicators"),
        )

    def _name(self, what: str) -> str:
        board = f"-{self.of.board_slug}" if self.of.board_slug else ""
        return f"progress-{self.of.authority_slug}{board}-{what}.csv"


class _ChartsFile(_IndicatorsFile):
    """The figures of a dashboard's drawings."""

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:
        """Send them; the headings alone where nothing is drawn."""
        shown = self.facts().shown
        figure = None if shown is None else multiples(page=shown, sex=self.form.asked("sex"))
        return csv_answer(
            text=progress_files.charts_csv(figure=figure, unit=shown.unit if shown else ""),
            name=self._name(f"{figure.code if figure else 'nothing'}"),
        )


class AuthorityProgress(_Dashboard):
    """Progress of a strategic authority: all of its frameworks in force.

    The page is anybody's, and asked for most: one query finds the authority and what it is made of.
    """

    def scope(self, **address: Any) -> ScopeFacts:
        """Find the authority, and remember the mark that came with it."""
        require(self.request.user, self.permission)
        found = progress_marks.authority_and_mark(slug=address["authority_slug"])
        if found is None:
            raise Http404
        scope, self._mark = found
        return scope

    def mark(self) -> tuple[Any, ...] | None:
        """Return what came with the authority."""
        return self._mark


class AuthorityProgressIndicators(_OfAuthority, _IndicatorsFile):
    """Its indicators."""


class AuthorityProgressCharts(_OfAuthority, _ChartsFile):
    """Its figures."""


class PairProgress(_OfPair, _Dashboard):
    """Progress of the framework that a pair owns."""


class PairProgressIndicators(_OfPair, _IndicatorsFile):
    """Its indicators."""


class PairProgressCharts(_OfPair, _ChartsFile):
    """Its figures."""


class FrameworkProgress(_OfFramework, _Dashboard):
    """Progress of one framework."""


class FrameworkProgressIndicators(_OfFramework, _IndicatorsFile):
    """Its indicators."""


class FrameworkProgressCharts(_OfFramework, _ChartsFile):
    """Its figures."""


class NationProgress(View):
    """Progress in England."""

    permission = Permission.REGISTER_READ

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show every authority by name."""
        now = timezone.now()
        page = progress_nation.present_nation(
            facts=progress_pages.nation(day=timezone.localdate(now)), now=now
        )
        return TemplateResponse(request, "outcomes/progress_nation.html", {"page": page})


class NationIndicators(View):
    """Every indicator of every framework in force."""

    permission = Permission.REGISTER_READ

    def get(self, request: HttpRequest) -> HttpResponse:
        """Send them."""
        return csv_answer(
            text=progress_files.indicators_csv(
                pictures=progress.authority_pictures(),
                notes=owner_notes.notes_of(day=timezone.localdate()),
            ),
            name="progress-indicators.csv",
        )


class NationAuthorities(View):
    """The counts of every authority."""

    permission = Permission.REGISTER_READ

    def get(self, request: HttpRequest) -> HttpResponse:
        """Send them; the headings alone where nothing is agreed."""
        picture = progress.picture(scope=PictureScope.NATION, subject=progress.NATION)
        return csv_answer(
            text=progress_files.authorities_csv(picture=picture), name="progress-authorities.csv"
        )


class ProgressDictionary(View):
    """What the columns of the files mean."""

    permission = Permission.REGISTER_READ

    def get(self, request: HttpRequest) -> HttpResponse:
        """Send it."""
        return csv_answer(text=progress_files.dictionary_csv(), name="progress-dictionary.csv")


class _Indicator(View):
    """One indicator of a framework, in the version in force or one that was."""

    permission = Permission.REGISTER_READ

    def facts(self, **address: Any) -> progress_pages.IndicatorFacts:
        """Return it with its status.

        Raises:
            Http404: nothing of the kind was agreed.
        """
        try:
            return progress_pages.indicator(
                framework=address["framework_id"],
                lineage=address["lineage"],
                version=_number(self.request.GET.get("version", "")),
                method=_number(self.request.GET.get("method", "")),
                day=timezone.localdate(),
            )
        except NothingAgreedError as none:
            raise Http404 from none


class ProgressIndicator(_Indicator):
    """The page."""

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:
        """Show it; owners find where to say something beside the status."""
        facts = self.facts(**address)
        rights = rights_of(request.user)
        mine: set[Any] = set()
        if rights.at_bodies:
            owners = owner_notes.owners_of_key(framework=facts.framework)
            mine = {
                key for key, body in owners.items() if Permission.OWNER_NOTE_EDIT in rights.at(body)
            }
        return TemplateResponse(
            request,
            "outcomes/progress_indicator.html",
            {
                "page": progress_indicator.present(facts=facts),
                "facts": facts,
                "may_write": bool(mine) and facts.in_force,
                "may_confirm": bool(mine & set(facts.confirmations.waits_for)),
                "own_notes": [one for one in facts.notes if one.body in mine],
                "parts": parts_of(
                    framework=facts.framework, name=facts.framework_name, in_force=True
                ),
                "said": said_beside(framework=facts.framework, said=facts.said)
                if facts.said
                else None,
            },
        )


class ProgressIndicatorValues(_Indicator):
    """The numbers of the page's chart."""

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:
        """Send them."""
        facts = self.facts(**address)
        return csv_answer(
            text=progress_files.values_csv(facts=facts),
            name=f"progress-{facts.authority_slug}-{facts.code}.csv",
        )


def _number(text: str) -> int | None:
    """Return a number of an address; anything else asks for nothing."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None
