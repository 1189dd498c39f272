"""The public page of a strategic authority, and its figures to take away."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from authorities import queries as register
from authorities.access import Visitor, may, rights_of
from authorities.models import BodyKind, StrategicAuthority
from authorities.permissions import Permission
from authorities.presenters import records
from authorities.views.csv_files import csv_answer
from authorities.views.dated import DatedPage, drawing_of
from outcomes.presenters import authority_page, figures
from outcomes.queries import indicators
from outcomes.queries.mission import own_mission
from outcomes.views.pages import AuthorityPageMixin


def _sends_figures(visitor: Visitor, authority: StrategicAuthority) -> bool:
    """Whether the person is of those who send in the authority's figures, and see them first."""
    sending = rights_of(visitor).bodies_with(Permission.INDICATOR_UPLOAD)
    return str(authority.pk) in sending


class AuthorityDetail(AuthorityPageMixin, DatedPage):
    """What the register says of one authority on a day, and its indicators."""

    permission = Permission.REGISTER_READ

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:
        """Show the page; members of the authority see their own uploads as well."""
        is_member = _sends_figures(self.visitor, self.authority)
        day = register.day_to_show(body=self.authority, asked=self.as_at)
        shown = authority_page.present(
            facts=register.authority_facts(slug=self.authority.slug, as_at=day),
            dated=authority_page.DatedFacts(
                day=day,
                asked=self.day_asked_for,
                notice=records.notice(body=self.authority, day=day, asked=self.as_at),
                drawing=drawing_of(body=self.authority, day=day),
                record=records.record(
                    history=register.body_history(body=self.authority, as_at=day),
                    kind=BodyKind.STRATEGIC_AUTHORITY,
                    day=day,
                    now=self.as_at,
                    asked=self.day_asked_for,
                ),
            ),
            pages=indicators.pages_of(
                authority=self.authority,
                with_own=is_member,
                all_drafts=may(self.visitor, Permission.INDICATOR_UNPUBLISHED_READ),
            ),
            mission=own_mission(slug=self.authority.slug),
            sex=request.GET.get("sex", ""),
            url=request.path,
            is_member=is_member,
        )
        return self.page("outcomes/authority.html", shown)


class IndicatorCsv(AuthorityPageMixin):
    """The numbers of one indicator's figures."""

    permission = Permission.REGISTER_READ

    def get(self, request: HttpRequest, code: str, **address: Any) -> HttpResponse:
        """Send the numbers that the page shows to the same visitor."""
        is_member = _sends_figures(self.visitor, self.authority)
        pages = indicators.pages_of(
            authority=self.authority,
            with_own=is_member,
            all_drafts=may(self.visitor, Permission.INDICATOR_UNPUBLISHED_READ),
            code=code,
        )
        if not pages:
            raise Http404
        return csv_answer(
            text=figures.indicator_csv(page=pages[0]),
            name=f"{self.authority.slug}-{pages[0].code}.csv",
        )
