"""The lists of commitments: of a pair, and of a body with all its pairs."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from authorities.access import PairAccess, access_pair
from authorities.models import Body
from authorities.permissions import Permission
from authorities.views.centre import page_number
from duty.deadlines import london_date
from duty.ui.navigation import BackLink
from engagement.access import own_sides
from engagement.models import CommitmentState, Side
from engagement.presenters import commitment_filter
from engagement.presenters import commitment_origins as origins
from engagement.presenters import commitments as presenter
from engagement.queries import commitment_needs, commitment_origins, own_views
from engagement.queries import commitments as queries
from engagement.queries.commitment_filter import ALL, ASKED, DUE, Asked
from engagement.views.body_pages import agreements_url


def asked_in(request: HttpRequest) -> Asked:
    """Return what the address asks for; what is no choice is left out."""
    given = {name: request.GET.get(name, "") for name in ASKED}
    return Asked(**given, reader=request.user.pk).known()


def due_since(*, asked: Asked, on: date) -> date | None:
    """Return the day from which an update counts, asked of the round only where that is needed."""
    if asked.flag != DUE:
        return None
    return commitment_needs.updates_since(round=own_views.round_for_views(), on=on)


class PairCommitments(TemplateView):
    """All commitments of a pair, the declined ones too."""

    permission = Permission.COMMITMENT_READ
    template_name = "engagement/commitments_pair.html"
    access: PairAccess

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load the pair.

        Raises:
            Http404, PermissionDenied: as `access_pair`.
        """
        super().setup(request, *args, **kwargs)
        self.access = access_pair(
            request.user,
            kwargs["authority_slug"],
            kwargs["board_slug"],
            permission=self.permission,
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give a page of cards."""
        pair, today = self.access.pair, london_date(now=timezone.now())
        own = Side(self.access.side.value) if self.access.side else None
        editing = own_sides(self.request.user, pair=pair, permission=Permission.COMMITMENT_EDIT)
        signing = own_sides(self.request.user, pair=pair, permission=Permission.COMMITMENT_CONFIRM)
        asked = replace(asked_in(self.request), partner="")
        found = queries.commitments_of_pair(
            pair=pair,
            on=today,
            page=page_number(request=self.request),
            asked=asked,
            since=due_since(asked=asked, on=today),
            sides=(own,) if own else tuple(Side),
        )
        slugs = [pair.authority.slug, pair.board.slug]
        return {
            **super().get_context_data(**kwargs),
            "names": queries.names_of_pair(pair=pair, on=today),
            "list": presenter.list_of(
                found=found,
                own=own,
                on=today,
                may_edit=own in editing,
                may_confirm=own in signing,
            ),
            "passed_on": origins.passed_on_lines(
                found=commitment_origins.passed_on_by(pair=pair, on=today)
            ),
            "propose_url": reverse("commitments:propose", args=slugs) if editing else "",
            "agreements_url": self._agreements_url(own),
            "summary_url": reverse("commitments:summary", args=slugs),
            "asked": asked != ALL,
            "filters": commitment_filter.filters(
                asked=asked, states=CommitmentState.values, is_own=own is not None
            ),
            "page_url": commitment_filter.page_url(asked=asked),
            "csv_url": reverse("commitments:pair-csv", args=slugs)
            + commitment_filter.asked_query(asked=asked),
            "back": BackLink(label="The pair", url=reverse("engagement:pair", args=slugs)),
        }

    def _agreements_url(self, own: Side | None) -> str:
        if own is None:
            return ""
        pair = self.access.pair
        body: Body = pair.board if own == Side.BOARD else pair.authority
        return agreements_url(self.request.user, body=body, side=own)
