"""The centre's support desk: offers, what fits whom, who asked for what, and what moved since."""

from typing import Any, ClassVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from authorities.permissions import Permission
from authorities.views.centre import CentrePage, page_number
from duty.deadlines import london_date
from duty.ui.navigation import BackLink
from engagement.actions.support_offers import note_download
from engagement.models import STANDING_ENROLMENTS, OfferState
from engagement.presenters import support as public_presenter
from engagement.presenters import support_desk as presenter
from engagement.presenters.placement_files import file_note
from engagement.queries import enrolments as queries
from engagement.queries import peers as peer_queries
from engagement.queries import support_offers as offer_queries
from engagement.queries.support_movement import support_movement
from engagement.queries.support_suggestions import needs, suggestions
from engagement.views.national import csv_response
from engagement.views.paging import page_of

# Rows of one page of a list that is made in memory; the national picture has some sixty pairs.
PAGE_SIZE = 25
DESK = "support:desk"


class DeskPage(CentrePage):
    """A page of the desk; those who read it may not all write."""

    permission: ClassVar[Permission] = Permission.SUPPORT_DESK_READ

    @property
    def writes(self) -> bool:
        """Whether the person may write offers and make them."""
        return self.may(Permission.SUPPORT_DESK_WRITE)

    @property
    def back(self) -> BackLink:
        """Return the link above the title."""
        return BackLink(label="Support desk", url=reverse(DESK))


class Desk(DeskPage):
    """Offers, what stands with bodies, ambassadors and links."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show it."""
        today = london_date(now=self.now)
        groups = offer_queries.support_groups()
        offers = offer_queries.offers(states=OfferState.values)
        standing = queries.page_of(
            on=today, page=page_number(request=request), states=STANDING_ENROLMENTS
        )
        return self.show(
            "engagement/support_desk.html",
            offer_columns=presenter.OFFER_COLUMNS,
            offers=page_of(
                request=request,
                rows=presenter.offer_cells(offers=offers, groups=groups),
                part="offers",
            ),
            enrolment_columns=presenter.ENROLMENT_COLUMNS,
            standing=standing,
            enrolments=presenter.enrolment_cells(rows=standing.rows),
            peers=page_of(
                request=request,
                rows=[
                    public_presenter.ambassador_card(facts=one, may_withdraw=False)
                    for one in peer_queries.ambassadors(on=today)
                ],
                part="peers",
            ),
            links=page_of(
                request=request,
                rows=[
                    public_presenter.link_card(facts=one, url_name="support:desk-link")
                    for one in peer_queries.links_for_centre(on=today)
                ],
                part="links",
            ),
            writes=self.writes,
            back=BackLink(label="Support", url=reverse("support:list")),
        )


class Suggested(DeskPage):
    """For each pair of the newest published round the open offers that fit."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show a page of them, by name."""
        found = suggestions(on=london_date(now=self.now))
        rows = found.rows if found else ()
        pages = max(1, -(-len(rows) // PAGE_SIZE))
        page = min(max(page_number(request=request), 1), pages)
        return self.show(
            "engagement/support_suggested.html",
            found=found,
            rows=presenter.suggested_rows(
                rows=rows[(page - 1) * PAGE_SIZE : page * PAGE_SIZE],
                groups=offer_queries.support_groups(),
                may_offer=self.writes,
            ),
            page=page,
            pages=pages,
            count=len(rows),
            back=self.back,
        )


class AskedFor(DeskPage):
    """Who asked for what in the returns of the newest round."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show it."""
        found = needs()
        offers = offer_queries.offers(states=[OfferState.OPEN])
        return self.show(
            "engagement/support_needs.html",
            found=found,
            columns=presenter.NEED_COLUMNS,
            shown=page_of(
                request=request,
                rows=presenter.need_cells(needs=found) if found else (),
                part="page",
            ),
            asking=len(found.rows) if found else 0,
            by_need=presenter.offers_by_need(needs=found, offers=offers) if found else (),
            back=self.back,
        )


class Movement(DeskPage):
    """What was offered, taken up, and what moved afterwards: a description."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show counts, and a page of the bodies."""
        found = support_movement(on=london_date(now=self.now))
        pages = max(1, -(-len(found.rows) // PAGE_SIZE))
        page = min(max(page_number(request=request), 1), pages)
        return self.show(
            "engagement/support_movement.html",
            no_claim=presenter.NO_CLAIM,
            count_columns=presenter.COUNT_COLUMNS,
            counts=presenter.count_cells(found=found),
            columns=presenter.MOVEMENT_COLUMNS,
            rows=presenter.movement_cells(
                rows=found.rows[(page - 1) * PAGE_SIZE : page * PAGE_SIZE], groups=_group_names()
            ),
            page=page,
            pages=pages,
            back=self.back,
        )


class MovementFile(DeskPage):
    """The same as CSV. It holds no note and no reason of anybody."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Send the file."""
        found = support_movement(on=london_date(now=self.now))
        note_download(by=self.person, at=self.now)
        text = presenter.movement_csv(
            found=found, groups=_group_names(), note=file_note(demonstration=settings.DEMONSTRATION)
        )
        return csv_response(text=text, name="support-movement.csv")


def _group_names() -> dict[str, str]:
    return {group.code: group.name for group in offer_queries.support_groups()}
