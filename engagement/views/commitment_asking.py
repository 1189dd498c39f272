"""What a side asks of a commitment: a change, a closure, a better update."""

import uuid
from abc import abstractmethod
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from authorities.permissions import Permission
from engagement.actions import commitment_answers as answers
from engagement.actions.commitment_particulars import UnknownChoiceError
from engagement.actions.commitment_rows import FormUsedError, PastDateError
from engagement.commitment_lifecycle import CommitmentRefusedError, Event
from engagement.forms.commitment_steps import ChangeForm, ClosureForm, SendBackForm
from engagement.forms.commitments import DATE, NO_DATE
from engagement.models import Side
from engagement.presenters import commitment_steps as presenter
from engagement.presenters.commitment_words import other_side
from engagement.views.commitments import CommitmentFormView


class StepView(CommitmentFormView):
    """A page on which one side takes a step: what it says, the form and the button."""

    template_name = "engagement/commitment_step.html"
    # Django's form views take PUT as POST, and some of these forms have nothing to be missing.
    http_method_names = ["get", "head", "options", "post"]
    event: Event = Event.PROPOSE_CHANGE

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
        except UnknownChoiceError as error:
            form.add_error(error.field, str(error))
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
            "visibility": row.visibility,
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
                visibility=said["visibility"],
            ),
            reason=said["reason"],
            form_key=said["form_key"],
            by=self.person(),
            at=timezone.now(),
        )


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
