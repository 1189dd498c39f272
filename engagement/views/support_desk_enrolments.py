"""The centre with one body's enrolment: its steps, and notes of two kinds that never mix."""

from typing import Any, ClassVar
from uuid import uuid4

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from authorities.permissions import Permission
from duty.deadlines import london_date
from duty.ui.navigation import BackLink
from engagement.actions import enrolments
from engagement.forms.support import NoteForm, StepForm
from engagement.models import Enrolment
from engagement.presenters import support as presenter
from engagement.presenters.support_steps import STEPS
from engagement.queries import enrolments as queries
from engagement.support_lifecycle import LIVES, Actor, Noun
from engagement.views.support import step_words
from engagement.views.support_desk import DeskPage
from engagement.views.support_forms import CentreFormPage, Page

_WRITE = Permission.SUPPORT_DESK_WRITE


def _found(enrolment_id: Any) -> Enrolment:
    """Return an enrolment, for the centre.

    Raises:
        Http404: there is none.
    """
    found = Enrolment.objects.select_related("offer", "body").filter(pk=enrolment_id).first()
    if found is None:
        raise Http404
    return found


class DeskEnrolment(DeskPage):
    """One enrolment as the centre reads it."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show it."""
        row = _found(kwargs["enrolment_id"])
        facts = queries.one(enrolment=row, on=london_date(now=self.now))
        open_steps = LIVES[Noun.ENROLMENT].open_events(state=facts.state, actor=Actor.CENTRE)
        return self.show(
            "engagement/support_desk_enrolment.html",
            facts=facts,
            state=presenter.enrolment_tag(facts.state),
            rows=presenter.enrolment_rows(facts=facts),
            declined_reason=queries.declined_reason_for_centre(enrolment=row),
            shared=queries.shared_notes(enrolment=row),
            private=queries.private_notes_for_centre(enrolment=row),
            sessions=queries.sessions_for(enrolment=row),
            steps=[
                (
                    STEPS[Noun.ENROLMENT, Actor.CENTRE, event].title,
                    reverse("support:desk-enrolment-step", args=[row.pk, event.value]),
                )
                for event in (open_steps if self.writes else ())
            ],
            writes=self.writes,
            back=BackLink("The offer", reverse("support:desk-offer", args=[row.offer_id])),
        )


class DeskEnrolmentForm(CentreFormPage):
    """What the forms about one enrolment share."""

    permission: ClassVar[Permission] = _WRITE

    def let_in(self) -> None:
        """Find the enrolment."""
        self.row = _found(self.kwargs["enrolment_id"])

    @property
    def here(self) -> str:
        """The address of the enrolment's page."""
        return reverse("support:desk-enrolment", args=[self.row.pk])

    @property
    def caption(self) -> str:
        """Whose it is, and of what."""
        facts = queries.one(enrolment=self.row, on=london_date(now=self.now))
        return f"{facts.body.name}: {facts.title}"


class DeskEnrolmentStep(DeskEnrolmentForm):
    """The centre gives, turns down, withdraws, starts or ends."""

    def let_in(self) -> None:
        """Find the step, too."""
        super().let_in()
        self.event, self.words = step_words(
            noun=Noun.ENROLMENT, actor=Actor.CENTRE, event=self.kwargs["event"]
        )

    def form(self, data: Any = None) -> forms.Form:
        """Ask for the words that the step takes."""
        words = self.words
        return StepForm(data, label=words.label, hint=words.hint, required=words.required)

    def page(self) -> Page:
        """Say what follows."""
        return Page(
            title=self.words.title,
            caption=self.caption,
            lead=self.words.lead,
            button=self.words.button,
            warns=self.words.warns,
            back=BackLink("The enrolment", self.here),
        )

    def store(self, form: StepForm) -> tuple[str, str]:
        """Take the step."""
        enrolments.take_step(
            enrolment=self.row,
            event=self.event,
            actor=Actor.CENTRE,
            words=form.cleaned_data.get("words", ""),
            by=self.person,
            at=self.now,
        )
        return self.words.done, self.here


class SharedNoteNew(DeskEnrolmentForm):
    """A note that the body reads."""

    def form(self, data: Any = None) -> forms.Form:
        """Ask for it."""
        return NoteForm(data, initial={"form_key": uuid4()})

    def page(self) -> Page:
        """Say who reads it."""
        return Page(
            title="Write a note that the body reads",
            caption=self.caption,
            lead="All people of the body read it. It cannot be changed afterwards.",
            button="Share the note",
            back=BackLink("The enrolment", self.here),
        )

    def store(self, form: NoteForm) -> tuple[str, str]:
        """Share it."""
        enrolments.share_note(enrolment=self.row, **form.cleaned_data, by=self.person, at=self.now)
        return "The note is shared with the body.", self.here


class PrivateNoteNew(DeskEnrolmentForm):
    """A note that no body reads."""

    def form(self, data: Any = None) -> forms.Form:
        """Ask for it."""
        return NoteForm(data, initial={"form_key": uuid4()})

    def page(self) -> Page:
        """Say who reads it."""
        return Page(
            title="Write a note for the national team alone",
            caption=self.caption,
            lead="No body reads it. It cannot be changed afterwards.",
            button="Keep the note",
            back=BackLink("The enrolment", self.here),
        )

    def store(self, form: NoteForm) -> tuple[str, str]:
        """Keep it."""
        enrolments.keep_note(enrolment=self.row, **form.cleaned_data, by=self.person, at=self.now)
        return "The note is kept for the national team.", self.here
