"""After a reorganisation: confirming a commitment again, and choosing the pair for one without."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property

from authorities.permissions import Permission
from engagement.actions import commitment_succession, commitments
from engagement.commitment_lifecycle import CommitmentRefusedError
from engagement.forms.commitments import CommitmentAssignForm, CommitmentReconfirmForm
from engagement.models import Side
from engagement.queries import commitment_origins
from engagement.views.commitments import CommitmentFormView


class CommitmentReconfirm(CommitmentFormView):
    """Stand by what came from the pair before."""

    permission = Permission.COMMITMENT_CONFIRM
    form_class = CommitmentReconfirmForm
    template_name = "engagement/commitment_reconfirm.html"
    # Django's form views take PUT as POST, and this form has nothing to be missing.
    http_method_names = ["get", "head", "options", "post"]

    @property
    def side(self) -> Side | None:
        """The side that confirms: with a role on both, the one that has not yet."""
        origin = self.facts().origin
        waiting = origin.waits_for if origin else frozenset()
        return next((side for side in Side if side in self.access.sides & waiting), None) or (
            self.access.side
        )

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Store it, or say why it cannot be."""
        side = self.side
        if side is None:
            return self.form_invalid(form)
        try:
            commitments.reconfirm(
                commitment=self.commitment, side=side, by=self.person(), at=timezone.now()
            )
        except CommitmentRefusedError as error:
            return self.refused(form=form, error=error)
        return self.done(message=f"“{self.commitment.title}” is confirmed again on your side.")


class CommitmentAssign(CommitmentFormView):
    """Choose the pair that goes on with a commitment whose own pair ended."""

    permission = Permission.COMMITMENT_CONFIRM
    form_class = CommitmentAssignForm
    template_name = "engagement/commitment_assign.html"

    @cached_property
    def choices(self) -> tuple[commitment_origins.PossibleChoice, ...]:
        """The pairs that may go on with it."""
        return commitment_origins.choices_of(commitment=self.commitment, on=self.today)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the pairs."""
        pairs = [(str(one.pair.pk), f"{one.authority} and {one.board}") for one in self.choices]
        return {**super().get_form_kwargs(), "pairs": pairs}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say whether there is anything to choose."""
        return {**super().get_context_data(**kwargs), "may_choose": bool(self.choices)}

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Store the choice, or say why it cannot be."""
        side = self.access.side
        if side is None:
            return self.form_invalid(form)
        chosen = UUID(form.cleaned_data["pair"])
        pair = next(one.pair for one in self.choices if one.pair.pk == chosen)
        own = self.access.pair
        try:
            commitment_succession.assign(
                commitment=self.commitment,
                pair=pair,
                side=side,
                body=own.authority if side == Side.AUTHORITY else own.board,
                by=self.person(),
                at=timezone.now(),
            )
        except CommitmentRefusedError as error:
            return self.refused(form=form, error=error)
        messages.success(
            self.request,
            f"“{self.commitment.title}” goes on with that pair. Both sides should confirm it "
            "again.",
        )
        # Whoever is of another pair may not see the commitment any more.
        return redirect("commitments:pair", own.authority.slug, own.board.slug)
