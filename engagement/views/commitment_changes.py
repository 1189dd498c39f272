"""A change of a commitment: one side asks for it, the other answers, and what was is kept."""

import uuid
from abc import abstractmethod
from typing import Any, ClassVar, Generic, TypeVar
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from authorities.permissions import Permission
from engagement.actions import commitment_answers as answers
from engagement.actions.commitment_rows import FormUsedError, PastDateError
from engagement.commitment_lifecycle import CommitmentRefusedError, Event
from engagement.forms.commitment_steps import ChangeForm
from engagement.forms.commitments import (
    DATE,
    NO_DATE,
    CommitmentDeclineForm,
    CommitmentReconfirmForm,
)
from engagement.models import CommitmentChange, CommitmentClosure, Side
from engagement.presenters import commitment_steps as presenter
from engagement.presenters.commitment_words import other_side
from engagement.queries import commitment_steps as queries
from engagement.views.commitments import CommitmentFormView

Asked = TypeVar("Asked", CommitmentChange, CommitmentClosure)


class StepView(CommitmentFormView):
    """A page on which one side takes a step: what it says, the form and the button."""

    template_name = "engagement/commitment_step.html"
    # Django's form views take PUT as POST, and some of these forms have nothing to be missing.
    http_method_names = ["get", "head", "options", "post"]
    event: ClassVar[Event]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the words of the step."""
        return {
            **super().get_context_data(**kwargs),
            "step": presenter.STEPS[self.event],
        }

    @abstractmethod
    def store(self, *, side: Side | None, form: forms.Form) -> None:
        """Store the step."""

    def acting(self) -> Side | None:
        """Return the side for which the person acts; None for the national team."""
        return self.access.side

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Store it, or say why it cannot be."""
        try:
            self.store(side=self.acting(), form=form)
        except PastDateError as error:
            form.add_error("target_date", str(error))
            return self.form_invalid(form)
        except (CommitmentRefusedError, FormUsedError) as error:
            return self.refused(form=form, error=error)
        return self.done(message=presenter.STEPS[self.event].done)


class ChangePropose(StepView):
    """Ask for another date or other words."""

    permission = Permission.COMMITMENT_EDIT
    form_class = ChangeForm
    event = Event.PROPOSE_CHANGE

    def get_initial(self) -> dict[str, Any]:
        """Begin with what is agreed."""
        row = self.commitment
        return {
            "form_key": uuid.uuid4(),
            "title": row.title,
            "description": row.description,
            "timing": DATE if row.target_date else NO_DATE,
            "target_date": row.target_date,
            "no_date_reason": row.no_date_reason,
        }

    def store(self, *, side: Side | None, form: forms.Form) -> None:
        """Ask the other side."""
        assert side is not None  # noqa: S101 - the right is of a side alone
        said = form.cleaned_data
        answers.propose_change(
            commitment=self.commitment,
            side=side,
            terms=answers.Terms(
                title=said["title"],
                description=said["description"],
                target_date=said["target_date"],
                no_date_reason=said["no_date_reason"],
            ),
            reason=said["reason"],
            form_key=said["form_key"],
            by=self.person(),
            at=timezone.now(),
        )


class AnswerView(StepView, Generic[Asked]):
    """An answer to what a side asked, or that it takes it back."""

    asked_model: type[Asked]
    asked: Asked

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load what was asked.

        Raises:
            Http404: this commitment was never asked that.
        """
        super().setup(request, *args, **kwargs)
        key: UUID = kwargs["asked_id"]
        found = self.asked_model._default_manager.filter(pk=key, commitment=self.commitment)
        asked = found.select_related("commitment").first()
        if asked is None:
            raise Http404
        self.asked = asked

    def acting(self) -> Side | None:
        """Return the side that may take the step, where the person is of both."""
        mover = Side(self.asked.side)
        takes_back = self.event in (Event.TAKE_BACK_CHANGE, Event.TAKE_BACK_CLOSURE)
        wanted = mover if takes_back else other_side(mover)
        return wanted if wanted in self.access.sides else self.access.side

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show what was asked above the form."""
        context = super().get_context_data(**kwargs)
        asked = queries.one_asked(asked=self.asked)
        return {**context, "asked": presenter.asked_of(facts=context["facts"], asked=asked)}


class ChangeAccept(AnswerView[CommitmentChange]):
    """Agree to a change."""

    permission = Permission.COMMITMENT_CONFIRM
    form_class = CommitmentReconfirmForm
    event = Event.ACCEPT_CHANGE
    asked_model = CommitmentChange

    def store(self, *, side: Side | None, form: forms.Form) -> None:
        """Agree."""
        assert side is not None  # noqa: S101 - the right is of a side alone
        answers.accept_change(change=self.asked, side=side, by=self.person(), at=timezone.now())


class ChangeRefuse(AnswerView[CommitmentChange]):
    """Stand by what was agreed."""

    permission = Permission.COMMITMENT_CONFIRM
    form_class = CommitmentDeclineForm
    event = Event.REFUSE_CHANGE
    asked_model = CommitmentChange

    def store(self, *, side: Side | None, form: forms.Form) -> None:
        """Refuse, and say why."""
        assert side is not None  # noqa: S101 - the right is of a side alone
        answers.refuse_change(
            change=self.asked,
            side=side,
            reason=form.cleaned_data["reason"],
            by=self.person(),
            at=timezone.now(),
        )


class ChangeTakeBack(AnswerView[CommitmentChange]):
    """Ask for it no more."""

    permission = Permission.COMMITMENT_EDIT
    form_class = CommitmentReconfirmForm
    event = Event.TAKE_BACK_CHANGE
    asked_model = CommitmentChange

    def store(self, *, side: Side | None, form: forms.Form) -> None:
        """Take it back."""
        assert side is not None  # noqa: S101 - the right is of a side alone
        answers.take_back_change(change=self.asked, side=side, by=self.person(), at=timezone.now())
