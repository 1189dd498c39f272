"""One commitment: what it is, and what each side may do with it."""

from abc import ABC, abstractmethod
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.generic import TemplateView

from authorities.access import may
from authorities.models import User
from authorities.permissions import Permission
from duty.deadlines import london_date
from duty.ui.components import SummaryRow
from duty.ui.navigation import BackLink
from engagement.access import CommitmentAccess, access_commitment, own_sides
from engagement.actions import commitments
from engagement.commitment_lifecycle import CommitmentRefusedError, Event, Guard
from engagement.forms.commitments import CommitmentConfirmForm, CommitmentDeclineForm
from engagement.lever_access import may_read_levers
from engagement.models import Lever, Side
from engagement.presenters import commitment_terms as terms
from engagement.presenters import commitments as presenter
from engagement.presenters.commitment_steps import timeline
from engagement.presenters.commitment_words import other_side
from engagement.queries import commitment_money as money_queries
from engagement.queries import commitments as queries
from engagement.queries.commitment_links import outcome_in_force
from engagement.queries.commitment_owners import owner_of
from engagement.queries.commitment_steps import asked_of
from engagement.queries.levers import lever_behind
from engagement.views.kept_forms import KeptForm

# The field of a form at which a guard's refusal stands.
FIELD_OF = {
    Guard.OWNER_NAMED: "owner",
    Guard.OWNER_OF_THE_BODY: "person",
    Guard.REASON_GIVEN: "reason",
    Guard.NARRATIVE_GIVEN: "narrative",
    Guard.COMMENT_GIVEN: "comment",
    Guard.FINAL_STATUS: "final_status",
    Guard.SOURCE_SAID: "source",
    Guard.NOT_STATED_YET: "source",
    Guard.YEAR_AND_AMOUNT: "amount",
}


class CommitmentMixin(TemplateView):
    """Lets in, by the pair, and keeps the commitment."""

    permission = Permission.COMMITMENT_READ
    access: CommitmentAccess

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load the commitment.

        Raises:
            Http404, PermissionDenied: as `access_commitment`.
        """
        super().setup(request, *args, **kwargs)
        self.access = access_commitment(
            request.user, kwargs["commitment_id"], permission=self.permission
        )
        self.commitment = self.access.commitment
        self.today = london_date(now=timezone.now())

    def facts(self) -> queries.CommitmentFacts:
        """Return what is known of it."""
        return queries.commitment_of(commitment=self.commitment, on=self.today)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the commitment as a card, and the way back to the list."""
        facts = self.facts()
        pair = self.access.pair
        confirming = own_sides(
            self.request.user, pair=pair, permission=Permission.COMMITMENT_CONFIRM
        )
        editing = own_sides(self.request.user, pair=pair, permission=Permission.COMMITMENT_EDIT)
        answering = other_side(facts.proposed_side)
        own = answering if answering in confirming else next(iter(sorted(editing)), None)
        if facts.origin is not None:
            # With a role on both sides, the one that has still to confirm it again comes first.
            own = next(iter(sorted(confirming & facts.origin.waits_for)), own)
        return {
            **super().get_context_data(**kwargs),
            "facts": facts,
            "card": presenter.card_of(
                facts=facts,
                own=own if own is None else Side(own),
                on=self.today,
                may_edit=bool(editing),
                may_confirm=bool(confirming),
            ),
            "back": self.back_link(),
        }

    def back_link(self) -> BackLink:
        """Return the link above the title."""
        pair = self.access.pair
        url = reverse("commitments:pair", args=[pair.authority.slug, pair.board.slug])
        return BackLink(label="Commitments of the pair", url=url)


class CommitmentDetail(CommitmentMixin):
    """Everything about one commitment, and all that happened to it."""

    template_name = "engagement/commitment_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add rows and history."""
        context = super().get_context_data(**kwargs)
        facts, row = context["facts"], self.commitment
        money = money_queries.money_of(ids=[row.pk], ended=True).get(row.pk, ())
        in_force = outcome_in_force(item=row.framework_outcome)
        editing = own_sides(
            self.request.user, pair=self.access.pair, permission=Permission.COMMITMENT_EDIT
        )
        own = next((side for side in Side if side in editing), None)
        return {
            **context,
            "rows": [
                *(
                    SummaryRow(key=key, value=value)
                    for key, value in presenter.facts_rows(facts=facts, in_force=in_force)
                ),
                *self._owner_rows(facts=facts, own=own),
            ],
            "describe_url": terms.open_url(
                facts=facts, event=Event.DESCRIBE, own=own, may_edit=bool(editing)
            ),
            "money": terms.money_part(facts=facts, lines=money, own=own, may_edit=bool(editing)),
            "timeline": timeline(
                facts=context["facts"],
                updates=queries.history_of(commitment=self.commitment),
                asked=asked_of(commitment=self.commitment),
                sends_back_of=self._sends_back_of(),
                more=terms.happenings(
                    facts=facts,
                    described=money_queries.descriptions_of(commitment=row),
                    money=money,
                ),
            ),
            "lever": self._lever(),
        }

    def _owner_rows(self, *, facts: queries.CommitmentFacts, own: Side | None) -> list[SummaryRow]:
        """Return who owns it by name, for people of the same body alone.

        own: the side for which the reader may write.
        """
        pair = self.access.pair
        reading = own_sides(self.request.user, pair=pair, permission=Permission.HOME_READ)
        return [
            terms.owner_row(
                facts=facts,
                side=side,
                owner=owner_of(commitment=self.commitment, side=side),
                may_edit=side == own,
            )
            for side in Side
            if side in reading
        ]

    def _sends_back_of(self) -> frozenset[Side]:
        """Return the sides whose updates the reader may send back: never only their own."""
        pair, right = self.access.pair, Permission.COMMITMENT_SEND_BACK
        if may(self.request.user, right):
            return frozenset(Side)
        own = own_sides(self.request.user, pair=pair, permission=right)
        return frozenset(other_side(side) for side in own)

    def _lever(self) -> Lever | None:
        """Return the lever that it was made of, for people of that lever's authority alone."""
        lever = lever_behind(commitment=self.commitment)
        if lever is None or not may_read_levers(self.request.user, authority=lever.authority):
            return None
        return lever


class CommitmentFormView(KeptForm, CommitmentMixin):
    """A form about one commitment; what is wrong is shown with what was typed."""

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        """Show the form again as one that could not be taken."""
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def refused(self, *, form: forms.Form, error: Exception) -> HttpResponse:
        """Show the form again with why it was refused, at the field where one is to blame."""
        guard = getattr(error, "guard", None)
        field = FIELD_OF.get(guard, "") if guard is not None else ""
        form.add_error(field if field in form.fields else None, str(error))
        return self.form_invalid(form)

    def back_link(self) -> BackLink:
        """Return the link to the commitment."""
        url = reverse("commitments:detail", args=[self.commitment.pk])
        return BackLink(label="The commitment", url=url)

    def person(self) -> User:
        """Return who writes; `access_commitment` has refused everybody else."""
        assert isinstance(self.request.user, User)  # noqa: S101 - narrows the type
        return self.request.user

    def done(self, *, message: str, back: str = "") -> HttpResponse:
        """Say that it is stored, and go back to where the person came from."""
        messages.success(self.request, message)
        if url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/"):
            return redirect(back)
        return redirect("commitments:detail", commitment_id=self.commitment.pk)


class CommitmentAnswer(ABC, CommitmentFormView):
    """What the two answers to a proposal have in common."""

    permission = Permission.COMMITMENT_CONFIRM

    @property
    def side(self) -> Side | None:
        """The side that answers: across from the proposer, where the person may sign there."""
        other = other_side(Side(self.commitment.proposed_side))
        return other if other in self.access.sides else self.access.side

    @abstractmethod
    def answer(self, *, side: Side, form: forms.Form) -> None:
        """Store the answer."""

    @abstractmethod
    def said(self) -> str:
        """Return the sentence that says what was stored."""

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Store the answer, or say why it cannot be."""
        if self.side is None:
            return self.form_invalid(form)
        try:
            self.answer(side=self.side, form=form)
        except CommitmentRefusedError as error:
            return self.refused(form=form, error=error)
        return self.done(message=self.said())


class CommitmentConfirm(CommitmentAnswer):
    """Agree, and name one's own owner."""

    form_class = CommitmentConfirmForm
    template_name = "engagement/commitment_confirm.html"

    def get_initial(self) -> dict[str, Any]:
        """Suggest the owner that the proposer thought of."""
        named = (
            self.commitment.authority_owner
            if self.side == Side.AUTHORITY
            else self.commitment.board_owner
        )
        return {"owner": named}

    def answer(self, *, side: Side, form: forms.Form) -> None:
        """Agree."""
        commitments.confirm(
            commitment=self.commitment,
            side=side,
            owner=form.cleaned_data["owner"],
            by=self.person(),
            at=timezone.now(),
        )

    def said(self) -> str:
        """Return what happened."""
        return f"“{self.commitment.title}” is agreed. Both sides can now say how it stands."


class CommitmentDecline(CommitmentAnswer):
    """Turn a proposal down, and say why."""

    form_class = CommitmentDeclineForm
    template_name = "engagement/commitment_decline.html"

    def answer(self, *, side: Side, form: forms.Form) -> None:
        """Turn it down."""
        commitments.decline(
            commitment=self.commitment,
            side=side,
            reason=form.cleaned_data["reason"],
            by=self.person(),
            at=timezone.now(),
        )

    def said(self) -> str:
        """Return what happened."""
        return f"“{self.commitment.title}” is declined. The other side sees your reason."
