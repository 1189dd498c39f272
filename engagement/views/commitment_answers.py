"""How a side answers what the other asked of a commitment, or takes back what it asked itself."""

from typing import Any, ClassVar

from django import forms
from django.http import Http404, HttpRequest
from django.utils import timezone

from authorities.permissions import Permission
from engagement.actions import commitment_answers as actions
from engagement.commitment_lifecycle import Event
from engagement.forms.commitments import CommitmentDeclineForm, CommitmentReconfirmForm
from engagement.models import CommitmentChange, CommitmentClosure, Side
from engagement.presenters import commitment_steps as presenter
from engagement.presenters.commitment_words import other_side
from engagement.queries import commitment_steps as queries
from engagement.views.commitment_asking import StepView


class _Answer(StepView):
    """A page with what was asked above the form. Its event and what was asked are the address's."""

    event: Event = Event.ACCEPT_CHANGE
    asked_model: type[CommitmentChange] | type[CommitmentClosure] = CommitmentChange
    by_who_asked: ClassVar[bool] = False

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load what was asked.

        Raises:
            Http404: this commitment was never asked that.
        """
        super().setup(request, *args, **kwargs)
        found = self.asked_model._default_manager.select_related("commitment")
        asked = found.filter(pk=kwargs["asked_id"], commitment=self.commitment).first()
        if asked is None:
            raise Http404
        self.asked = asked

    def acting(self) -> Side | None:
        """Return the side that may take the step, where the person is of both."""
        mover = Side(self.asked.side)
        wanted = mover if self.by_who_asked else other_side(mover)
        return wanted if wanted in self.access.sides else self.access.side

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show what was asked above the form."""
        context = super().get_context_data(**kwargs)
        asked = queries.one_asked(asked=self.asked)
        return {**context, "asked": presenter.asked_of(facts=context["facts"], asked=asked)}

    def store(self, *, side: Side | None, form: forms.Form) -> None:
        """Answer."""
        assert side is not None  # noqa: S101 - the right is of a side alone
        actions.answer(
            asked=self.asked,
            event=self.event,
            side=side,
            reason=form.cleaned_data.get("reason", ""),
            by=self.person(),
            at=timezone.now(),
        )


class Agree(_Answer):
    """Agree to what was asked."""

    permission = Permission.COMMITMENT_CONFIRM
    form_class = CommitmentReconfirmForm


class Refuse(_Answer):
    """Leave things as they are, and say why."""

    permission = Permission.COMMITMENT_CONFIRM
    form_class = CommitmentDeclineForm


class TakeBack(_Answer):
    """Ask for it no more."""

    permission = Permission.COMMITMENT_EDIT
    form_class = CommitmentReconfirmForm
    by_who_asked = True
