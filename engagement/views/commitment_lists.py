"""The lists of commitments: of a pair, and of a body with all its pairs."""

import uuid
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from authorities.access import PairAccess, access_authority, access_icb, access_pair, may
from authorities.models import Body
from authorities.permissions import Permission
from authorities.views.centre import page_number
from duty.deadlines import london_date
from duty.ui.navigation import BackLink
from engagement.access import own_sides
from engagement.forms.commitments import CommitmentUpdateForm
from engagement.models import Side
from engagement.presenters import commitment_lists
from engagement.presenters import commitment_origins as origins
from engagement.presenters import commitments as presenter
from engagement.queries import bodies, commitment_needs, commitment_origins, own_views
from engagement.queries import commitments as queries


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
        found = queries.commitments_of_pair(
            pair=pair, on=today, page=page_number(request=self.request)
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
            "back": BackLink(label="The pair", url=reverse("engagement:pair", args=slugs)),
        }


class BodyCommitments(TemplateView):
    """What a body promised with all its partners, what waits for it first."""

    permission = Permission.COMMITMENT_READ
    template_name = "engagement/commitments_body.html"
    side: Side
    body: Body

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the cards in the order of what they ask, with the form for an update in each."""
        today = london_date(now=timezone.now())
        open_round = own_views.round_for_views()
        since = commitment_needs.updates_since(round=open_round, on=today)
        found = commitment_needs.open_commitments(
            body_id=self.body.pk,
            side=self.side,
            since=since,
            on=today,
            page=page_number(request=self.request),
        )
        needs = commitment_needs.needs_of(body_ids=[self.body.pk], side=self.side, since=since)
        page = commitment_lists.body_page(
            name=bodies.name_of(body=self.body, on=today),
            partners=bodies.partners_of(body=self.body, side=self.side, on=today),
            needs=needs[self.body.pk],
            found=found,
            unassigned=commitment_needs.unassigned_commitments(
                body_id=self.body.pk, side=self.side, on=today
            ),
            side=self.side,
            since=since,
            due_on=open_round.due_on if open_round else None,
            on=today,
            rights=commitment_lists.ListRights(
                is_own=may(self.request.user, Permission.HOME_READ, self.body),
                may_edit=may(self.request.user, Permission.COMMITMENT_EDIT, self.body),
                may_confirm=may(self.request.user, Permission.COMMITMENT_CONFIRM, self.body),
            ),
        )
        forms = {
            card.id: CommitmentUpdateForm(
                auto_id=f"u-{card.id[:8]}-%s",
                initial={"form_key": uuid.uuid4(), "back": self.request.path},
            )
            for card in (*page.to_update, *page.agreed)
        }
        return {
            **super().get_context_data(**kwargs),
            "shown": page,
            "to_update": [(card, forms[card.id]) for card in page.to_update],
            "agreed": [(card, forms[card.id]) for card in page.agreed],
            "back": BackLink(label="Home", url=reverse("home")),
        }


class BoardCommitments(BodyCommitments):
    """The commitments of an ICB."""

    side = Side.BOARD

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load the ICB.

        Raises:
            Http404, PermissionDenied: as `access_icb`.
        """
        super().setup(request, *args, **kwargs)
        self.body = access_icb(request.user, kwargs["slug"], permission=self.permission)


class AuthorityCommitments(BodyCommitments):
    """The commitments of an authority."""

    side = Side.AUTHORITY

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load the authority.

        Raises:
            Http404, PermissionDenied: as `access_authority`.
        """
        super().setup(request, *args, **kwargs)
        self.body = access_authority(request.user, kwargs["slug"], permission=self.permission)
