"""Closing a commitment, which both sides do, and sending an update back."""

import uuid
from typing import Any

from django import forms
from django.http import Http404, HttpRequest
from django.utils import timezone

from authorities.permissions import Permission
from engagement.actions import commitment_answers as answers
from engagement.commitment_lifecycle import Event
from engagement.forms.commitment_steps import ClosureForm, SendBackForm
from engagement.forms.commitments import CommitmentDeclineForm, CommitmentReconfirmForm
from engagement.models import CommitmentClosure, Side
from engagement.presenters import commitment_steps as presenter
from engagement.presenters.commitment_words import other_side
from engagement.views.commitment_changes import AnswerView, StepView


class ClosurePropose(StepView):
    """Say that it is over."""

    permission = Permission.COMMITMENT_EDIT
    form_class = ClosureForm
    event = Event.PROPOSE_CLOSURE

    def get_initial(self) -> dict[str, Any]:
        """Give the form its key."""
        return {"form_key": uuid.uuid4()}

    def store(self, *, side: Side | None, form: forms.Form) -> None:
        """Ask the other side."""
        assert side is not None  # noqa: S101 - the right is of a side alone
        said = form.cleaned_data
        answers.propose_closure(
            commitment=self.commitment,
            side=side,
            final_status=said["final_status"],
            ending=said["ending"],
            form_key=said["form_key"],
            by=self.person(),
            at=timezone.now(),
        )


class ClosureConfirm(AnswerView[CommitmentClosure]):
    """Agree that it is over."""

    permission = Permission.COMMITMENT_CONFIRM
    form_class = CommitmentReconfirmForm
    event = Event.CONFIRM_CLOSURE
    asked_model = CommitmentClosure

    def store(self, *, side: Side | None, form: forms.Form) -> None:
        """Close it."""
        assert side is not None  # noqa: S101 - the right is of a side alone
        answers.confirm_closure(closure=self.asked, side=side, by=self.person(), at=timezone.now())


class ClosureRefuse(AnswerView[CommitmentClosure]):
    """Keep it open."""

    permission = Permission.COMMITMENT_CONFIRM
    form_class = CommitmentDeclineForm
    event = Event.REFUSE_CLOSURE
    asked_model = CommitmentClosure

    def store(self, *, side: Side | None, form: forms.Form) -> None:
        """Keep it open, and say why."""
        assert side is not None  # noqa: S101 - the right is of a side alone
        answers.refuse_closure(
            closure=self.asked,
            side=side,
            reason=form.cleaned_data["reason"],
            by=self.person(),
            at=timezone.now(),
        )


class ClosureTakeBack(AnswerView[CommitmentClosure]):
    """Ask for it no more."""

    permission = Permission.COMMITMENT_EDIT
    form_class = CommitmentReconfirmForm
    event = Event.TAKE_BACK_CLOSURE
    asked_model = CommitmentClosure

    def store(self, *, side: Side | None, form: forms.Form) -> None:
        """Take it back."""
        assert side is not None  # noqa: S101 - the right is of a side alone
        answers.take_back_closure(
            closure=self.asked, side=side, by=self.person(), at=timezone.now()
        )


class UpdateSendBack(StepView):
    """Ask the side that gave an update for another one."""

    permission = Permission.COMMITMENT_SEND_BACK
    form_class = SendBackForm
    event = Event.SEND_BACK

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load the update.

        Raises:
            Http404: it is none of this commitment.
        """
        super().setup(request, *args, **kwargs)
        found = self.commitment.updates.select_related("commitment")
        update = found.filter(pk=kwargs["update_id"]).first()
        if update is None:
            raise Http404
        self.update = update

    def acting(self) -> Side | None:
        """Return the side across from the update, where the person is of both."""
        other = other_side(Side(self.update.side))
        return other if other in self.access.sides else self.access.side

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show the update above the form."""
        context = super().get_context_data(**kwargs)
        return {
            **context,
            "update": presenter.update_row(facts=context["facts"], update=self.update),
        }

    def store(self, *, side: Side | None, form: forms.Form) -> None:
        """Send it back."""
        answers.send_back(
            update=self.update,
            side=side,
            comment=form.cleaned_data["comment"],
            by=self.person(),
            at=timezone.now(),
        )
