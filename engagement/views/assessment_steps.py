"""The steps of a national view, each on a page that says what it does and asks once more."""

from abc import ABC, abstractmethod
from typing import Any, ClassVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from authorities.permissions import Permission
from duty.actions.round_steps import roles_of
from duty.ui.typed import typed_rows
from duty.views.unsent import KeepsTyped, refilled
from engagement.actions import assessments, moderation
from engagement.actions.own_views import PairNotExpectedError
from engagement.assessment_lifecycle import (
    EVENT_WORDS,
    STATE_WORDS,
    AssessmentRefusedError,
    Event,
    Guard,
    State,
    may,
)
from engagement.forms.assessments import ReasonStepForm, StepForm
from engagement.models import Assessment
from engagement.queries import assessments as queries
from engagement.views.assessments import AssessmentCentrePage


class AssessmentStep(KeepsTyped, AssessmentCentrePage, ABC):
    """A page of one step; a refusal is said at its place."""

    event: ClassVar[Event]
    heading: ClassVar[str]
    button: ClassVar[str]
    said: ClassVar[str]
    # Label, help and what is said where it is missing; None for a step without a reason.
    reason: ClassVar[tuple[str, str, str] | None] = None

    @property
    def lead(self) -> str:
        """What the step does."""
        return ""

    @abstractmethod
    def act(self, form: Any) -> None:
        """Take the step."""

    @property
    def stored(self) -> Assessment:
        """The national view; a step on one that is not begun is not there."""
        if self.assessment is None:
            raise Http404
        return self.assessment

    @property
    def reason_needed(self) -> bool:
        """Whether the form asks for a reason now."""
        return self.reason is not None

    def form(self, data: Any = None) -> StepForm:
        """Return the form, empty or as it was sent."""
        initial = {"version": self.assessment.version if self.assessment else 0}
        if self.reason is None or not self.reason_needed:
            return StepForm(data, initial=initial)
        label, help_text, missing = self.reason
        return ReasonStepForm(
            data, label=label, help_text=help_text, missing=missing, initial=initial
        )

    def closed(self) -> str:
        """Return why the state allows the step to nobody of the person's roles, "" if it does."""
        state = self.assessment.state if self.assessment else State.NOT_STARTED.value
        if any(may(state=state, event=self.event, role=r) for r in roles_of(by=self.person)):
            return ""
        return (
            f"This national view {STATE_WORDS[State(state)]}, so you cannot "
            f"{EVENT_WORDS[self.event]}."
        )

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask, or lead back where the state does not allow it."""
        kept = self.kept_data
        if kept is None and (why := self.closed()):
            messages.info(request, why)
            return redirect(self.address())
        return self.page(self.form() if kept is None else refilled(self.form(kept)))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Take the step."""
        form = self.form(request.POST)
        if why := self.closed():
            if typed_rows(form=form):
                return self.show("duty/not_done.html", status=409, why=why, form=form)
            messages.info(request, why)
            return redirect(self.address())
        if not form.is_valid():
            return self.page(form, status=422)
        try:
            self.act(form)
        except AssessmentRefusedError as error:
            field = "reason" if error.guards == (Guard.REASON_GIVEN,) else None
            form.add_error(field if field in form.fields else None, str(error))
            stale = Guard.VERSION_MATCHES in error.guards
            return self.page(form, status=409 if stale else 422)
        except PairNotExpectedError as error:
            form.add_error(None, str(error))
            return self.page(form, status=422)
        messages.success(request, self.said)
        return redirect(self.address())

    def page(self, form: Any, *, status: int = 200) -> HttpResponse:
        """Show the form."""
        return self.show(
            "engagement/assessment_step.html",
            status=status,
            form=form,
            heading=self.heading,
            lead=self.lead,
            button=self.button,
        )

    def given(self, form: Any) -> dict[str, Any]:
        """Return what most steps are told."""
        return {
            "assessment": self.stored,
            "expected_version": form.cleaned_data["version"],
            "by": self.person,
            "at": self.now,
        }


class TakeUp(AssessmentStep):
    """The draft begins."""

    permission: ClassVar[Permission] = Permission.ASSESSMENT_DRAFT
    event = Event.TAKE_UP
    heading = "Start the draft"
    button = "Start the draft"
    said = "The draft is yours."

    @property
    def lead(self) -> str:
        """Say what follows."""
        return (
            "The draft is allocated to you. For each side you pick a statement a theme, give "
            "evidence, and confirm the level. Another person then decides about it."
        )

    def act(self, form: Any) -> None:
        """Start it."""
        assessments.take_up(round=self.round, pair=self.pair, by=self.person, at=self.now)


class Send(AssessmentStep):
    """The draft goes to a moderator."""

    permission: ClassVar[Permission] = Permission.ASSESSMENT_DRAFT
    event = Event.SEND
    heading = "Send to moderation"
    button = "Send it"
    said = "It is sent. Another person decides about it."

    @property
    def lead(self) -> str:
        """Say what follows."""
        return (
            "Nothing of it can be changed while it is in moderation. A moderator agrees to it, or "
            "returns it to you with a reason."
        )

    def act(self, form: Any) -> None:
        """Send it."""
        assessments.send(**self.given(form))


class Agree(AssessmentStep):
    """A moderator agrees."""

    permission: ClassVar[Permission] = Permission.ASSESSMENT_MODERATE
    event = Event.AGREE
    heading = "Agree to the national view"
    button = "Agree"
    said = "You have agreed. Its findings are the levels of the pair now."

    @property
    def lead(self) -> str:
        """Say what follows."""
        return (
            "From now on the findings are the levels of this pair in the working picture. Both "
            "bodies read them when the round’s reply starts."
        )

    def act(self, form: Any) -> None:
        """Agree."""
        moderation.agree(**self.given(form))


class Return(AssessmentStep):
    """A moderator returns the draft."""

    permission: ClassVar[Permission] = Permission.ASSESSMENT_MODERATE
    event = Event.RETURN
    heading = "Return to the drafter"
    button = "Return it"
    said = "It is a draft again, and its drafter reads your reason."
    reason = ("What needs to change?", "Its drafter reads this.", "Say what needs to change")

    def act(self, form: Any) -> None:
        """Return it."""
        moderation.return_draft(**self.given(form), reason=form.cleaned_data["reason"])


class Share(AssessmentStep):
    """Both bodies may read it."""

    permission: ClassVar[Permission] = Permission.ASSESSMENT_READ
    event = Event.SHARE
    heading = "Share with both bodies"
    button = "Share it"
    said = "Both bodies can read it."
    reason = (
        "A body has nobody who can read it. Why is it shared all the same?",
        "Only a lead analyst shares without a reader. The reason is kept.",
        "Say why it is shared without a reader",
    )

    @property
    def reason_needed(self) -> bool:
        """Ask a lead analyst why, where a body has no reader."""
        return bool(queries.bodies_without_reader(pair=self.pair)) and self.may(
            Permission.ASSESSMENT_ALLOCATE
        )

    @property
    def lead(self) -> str:
        """Say what follows."""
        return (
            "Each body reads the finding on its own side with its rationale and evidence, and "
            "the other side’s level and rationale. They may reply until the last day of the "
            "reply. Private notes stay with the centre."
        )

    def act(self, form: Any) -> None:
        """Share it."""
        moderation.share(
            assessment=self.stored,
            unread_reason=form.cleaned_data.get("reason", ""),
            by=self.person,
            at=self.now,
        )


class Finalise(AssessmentStep):
    """It becomes final."""

    permission: ClassVar[Permission] = Permission.ASSESSMENT_MODERATE
    event = Event.FINALISE
    heading = "Make it final"
    button = "Make it final"
    said = "It is final."

    @property
    def lead(self) -> str:
        """Say what follows."""
        return (
            "It is published with the round as it is. A body that did not reply is shown as “no "
            "reply”, which is not agreement."
        )

    def act(self, form: Any) -> None:
        """Make it final."""
        moderation.finalise(assessment=self.stored, by=self.person, at=self.now)


class Unfinalise(AssessmentStep):
    """Final is taken back."""

    permission: ClassVar[Permission] = Permission.ASSESSMENT_UNFINALISE
    event = Event.UNFINALISE
    heading = "Take “final” back"
    button = "Take it back"
    said = "It is in moderation again."
    reason = ("Why is it not final?", "The reason is kept in the history.", "Say why")

    @property
    def lead(self) -> str:
        """Say what follows."""
        return (
            "It goes through moderation, sharing and its end again. Challenges are resolved anew."
        )

    def act(self, form: Any) -> None:
        """Take it back."""
        moderation.unfinalise(**self.given(form), reason=form.cleaned_data["reason"])


class MarkNotAssessed(AssessmentStep):
    """The pair cannot be assessed."""

    permission: ClassVar[Permission] = Permission.ASSESSMENT_DRAFT
    event = Event.MARK_NOT_ASSESSED
    heading = "Mark the pair not assessed"
    button = "Mark it not assessed"
    said = "The pair is marked not assessed. That is never low."
    reason = (
        "Why can it not be assessed?",
        "Everybody can read this once it is published.",
        "Say why",
    )

    @property
    def lead(self) -> str:
        """Say when it may be done."""
        return (
            "Only where neither body has confirmed a view of its own and nobody has any evidence, "
            "after the last day for edits. The pair then has no level."
        )

    def act(self, form: Any) -> None:
        """Mark it."""
        assessments.mark_not_assessed(
            round=self.round,
            pair=self.pair,
            reason=form.cleaned_data["reason"],
            by=self.person,
            at=self.now,
        )


class Unmark(AssessmentStep):
    """Not assessed is taken back."""

    permission: ClassVar[Permission] = Permission.ASSESSMENT_UNFINALISE
    event = Event.UNMARK
    heading = "Take “not assessed” back"
    button = "Take it back"
    said = "The pair can be assessed again."
    reason = ("Why can it be assessed?", "The reason is kept in the history.", "Say why")

    def act(self, form: Any) -> None:
        """Take it back."""
        assessments.unmark(
            assessment=self.stored,
            reason=form.cleaned_data["reason"],
            by=self.person,
            at=self.now,
        )
