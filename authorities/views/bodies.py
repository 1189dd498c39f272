"""The public page of a board, a council, a cluster or an NHS region, as on a day.

The page of a strategic authority shows its indicators as well, so a higher app serves it.
"""

from abc import abstractmethod
from datetime import date
from typing import ClassVar

from django.http import HttpRequest, HttpResponse

from authorities import queries
from authorities.access import access_body
from authorities.models import Body, BodyKind
from authorities.presenters import body_pages, records
from authorities.views.dated import DatedPage, drawing_of


class _BodyDetail(DatedPage):
    """One body; a closed one as on its last day, one that is to open as on its first."""

    kind: ClassVar[BodyKind]

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show the body."""
        body = access_body(request.user, self.kind, slug, permission=self.permission)
        day = queries.day_to_show(body=body, asked=self.as_at)
        return self.page("authorities/body_detail.html", self.shown(body, day))

    @abstractmethod
    def shown(self, body: Body, day: date) -> body_pages.BodyPage:
        """What the page shows of the body."""

    def frame(self, body: Body, day: date, parts: tuple[str, ...] = ()) -> body_pages.Frame:
        """What the pages of all kinds have in common."""
        return body_pages.Frame(
            notice=records.notice(body=body, day=day, asked=self.as_at),
            day=day,
            asked=self.day_asked_for,
            drawing=drawing_of(body=body, day=day),
            record=records.record(
                history=queries.body_history(body=body, as_at=day, parts=parts),
                kind=self.kind,
                day=day,
                now=self.as_at,
                asked=self.day_asked_for,
            ),
        )


class BoardDetail(_BodyDetail):
    """One integrated care board."""

    kind = BodyKind.INTEGRATED_CARE_BOARD

    def shown(self, body: Body, day: date) -> body_pages.BodyPage:
        """What the page shows of the board."""
        board = queries.board_facts(slug=body.slug, as_at=day)
        return body_pages.board_page(board=board, frame=self.frame(body, day))


class CouncilDetail(_BodyDetail):
    """One council."""

    kind = BodyKind.COUNCIL

    def shown(self, body: Body, day: date) -> body_pages.BodyPage:
        """What the page shows of the council."""
        council = queries.council_details(slug=body.slug, as_at=day)
        parts = tuple(part.key for part in council.parts)
        return body_pages.council_page(council=council, frame=self.frame(body, day, parts))


class ClusterDetail(_BodyDetail):
    """One cluster of integrated care boards."""

    kind = BodyKind.CLUSTER

    def shown(self, body: Body, day: date) -> body_pages.BodyPage:
        """What the page shows of the cluster."""
        group = queries.group_details(kind=self.kind, slug=body.slug, as_at=day)
        return body_pages.group_page(group=group, frame=self.frame(body, day))


class NhsRegionDetail(_BodyDetail):
    """One NHS region."""

    kind = BodyKind.NHS_REGION

    def shown(self, body: Body, day: date) -> body_pages.BodyPage:
        """What the page shows of the region."""
        group = queries.group_details(kind=self.kind, slug=body.slug, as_at=day)
        return body_pages.group_page(group=group, frame=self.frame(body, day))
