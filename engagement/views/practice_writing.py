"""Examples are written by bodies, and published, returned or withdrawn by the centre."""

from typing import Any, ClassVar
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView, View

from authorities.access import may, require
from authorities.models import User
from authorities.permissions import Permission
from authorities.views.centre import CentrePage
from duty.deadlines import london_date
from duty.ui.navigation import BackLink
from engagement.actions import practice as actions
from engagement.forms.practice import ExampleForm, ReasonForm
from engagement.models import PracticeExample, PracticeState
from engagement.models.practice import CONTENT
from engagement.practice_lifecycle import Actor, Event, PracticeRefusedError
from engagement.practice_lifecycle import may as may_step
from engagement.presenters import practice as presenter
from engagement.queries import practice as queries
from engagement.support_access import (
    access_own_practice,
    access_own_support,
    access_practice,
)
from engagement.views.paging import page_of
from engagement.views.practice import names, today
from engagement.views.support_forms import CentreFormPage, FormPage, Page

_EDIT = Permission.PRACTICE_EDIT
_REASONS = {
    Event.RETURN: ("Return the example", "It goes back to the body, which may propose it again."),
    Event.WITHDRAW: ("Withdraw the example", "Nobody but its body and the national team reads it."),
}


class PracticeVersions(TemplateView):
    """The newest version of an example and all before it, for its body and the centre."""

    permission = _EDIT
    template_name = "engagement/practice_versions.html"
    example: PracticeExample

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Let the person in, or not.

        Raises:
            Http404: as `access_practice`.
        """
        super().setup(request, *args, **kwargs)
        self.example = access_practice(request.user, kwargs["example_id"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give text, history and what the person may do."""
        versions = queries.versions_of(example=self.example, on=today())
        newest = versions[0]
        edits = self.example.body is not None and may(self.request.user, _EDIT, self.example.body)
        moderates = may(self.request.user, Permission.PRACTICE_MODERATE)
        own = self.example.body_id if edits else None
        return {
            **super().get_context_data(**kwargs),
            "facts": newest,
            "state": presenter.tag(state=newest.state),
            "rows": presenter.rows(facts=newest, **names()),
            "versions": [(one, presenter.tag(state=one.state)) for one in versions],
            "may_edit": edits and newest.state != PracticeState.PROPOSED,
            "may_propose": edits and may_step(state=newest.state, event=Event.PROPOSE),
            "may_decide": moderates and newest.state == PracticeState.PROPOSED,
            "may_withdraw": moderates
            and any(one.state == PracticeState.PUBLISHED for one in versions),
            "back": BackLink("Our examples", reverse("practice:own", args=[own]))
            if own
            else BackLink("Examples that wait", reverse("practice:moderation")),
        }


class OwnPractice(TemplateView):
    """A body's own examples, drafts too."""

    permission = _EDIT
    template_name = "engagement/practice_own.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Let the person in, or not.

        Raises:
            Http404, PermissionDenied: as `access_own_support`.
        """
        super().setup(request, *args, **kwargs)
        self.body = access_own_support(request.user, kwargs["body_id"], permission=_EDIT)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the newest version of each."""
        found = queries.newest_of_body(body_id=self.body.pk, on=today())
        shown = page_of(request=self.request, rows=found, part="page")
        return {
            **super().get_context_data(**kwargs),
            "cards": [
                presenter.card(facts=one, url_name="practice:versions") for one in shown.rows
            ],
            "shown": shown,
            "body_id": self.body.pk,
            "back": BackLink("Practice library", reverse("practice:list")),
        }


def _form(data: Any, **initial: Any) -> ExampleForm:
    return ExampleForm(
        data,
        themes=presenter.theme_names(themes=queries.themes()),
        determinants=queries.determinants(),
        initial=initial,
    )


class PracticeNew(FormPage):
    """A body drafts an example."""

    permission = _EDIT

    def let_in(self) -> None:
        """Find the body."""
        self.body = access_own_support(self.request.user, self.kwargs["body_id"], permission=_EDIT)

    def form(self, data: Any = None) -> forms.Form:
        """Ask what it is."""
        return _form(data, form_key=uuid4())

    def page(self) -> Page:
        """Say who reads it."""
        return Page(
            title="Share an example",
            lead="It starts as a draft for your organisation and the national team.",
            button="Save the draft",
            back=BackLink("Our examples", reverse("practice:own", args=[self.body.pk])),
        )

    def store(self, form: ExampleForm) -> tuple[str, str]:
        """Store the draft."""
        made = actions.draft(
            body=self.body,
            text=form.text(),
            form_key=form.cleaned_data["form_key"] or uuid4(),
            by=self.person,
            at=self.now,
        )
        return "The draft is saved.", reverse("practice:versions", args=[made.example_id])


class PracticeEdit(FormPage):
    """A body changes its draft, or begins the next version of what is published."""

    permission = _EDIT

    def let_in(self) -> None:
        """Find the example."""
        self.example = access_own_practice(self.request.user, self.kwargs["example_id"])

    def form(self, data: Any = None) -> forms.Form:
        """Ask with what is stored."""
        facts = queries.newest_version(example=self.example, on=london_date(now=self.now))
        shown = {name: getattr(facts, name) for name in CONTENT}
        return _form(data, seen=facts.version, **shown)

    def page(self) -> Page:
        """Say what is published meanwhile."""
        return Page(
            title="Change the example",
            lead="What is published stays as it is until a new version is published.",
            button="Save",
            back=BackLink("The example", reverse("practice:versions", args=[self.example.pk])),
        )

    def store(self, form: ExampleForm) -> tuple[str, str]:
        """Store it."""
        actions.edit(
            example=self.example,
            text=form.text(),
            seen=form.cleaned_data["seen"],
            by=self.person,
            at=self.now,
        )
        return "The example is saved.", reverse("practice:versions", args=[self.example.pk])


class _Step(View):
    """A button of the page of versions."""

    event: ClassVar[Event]
    actor: ClassVar[Actor]
    said: ClassVar[str]
    example: PracticeExample

    def post(self, request: HttpRequest, example_id: UUID) -> HttpResponse:
        """Take the step, or say why not."""
        assert isinstance(request.user, User)  # noqa: S101 - narrows the type
        seen = request.POST.get("seen", "")
        try:
            actions.take_step(
                example=self.example,
                event=self.event,
                actor=self.actor,
                seen=int(seen) if seen.isdecimal() and len(seen) < 10 else 0,
                by=request.user,
                at=timezone.now(),
            )
        except PracticeRefusedError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, self.said)
        return redirect("practice:versions", example_id=self.example.pk)


class PracticePropose(_Step):
    """A body proposes its draft."""

    permission = _EDIT
    event, actor = Event.PROPOSE, Actor.BODY
    said = "The example is proposed. The national team reads it."

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Let the person in, or not.

        Raises:
            Http404, PermissionDenied: as `access_own_practice`.
        """
        super().setup(request, *args, **kwargs)
        self.example = access_own_practice(request.user, kwargs["example_id"])


class PracticePublish(_Step):
    """The centre publishes a proposed version."""

    permission = Permission.PRACTICE_MODERATE
    event, actor = Event.PUBLISH, Actor.CENTRE
    said = "The example is published. Everybody can read it."

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Let the person in, or not.

        Raises:
            Http404, PermissionDenied: as `require`.
        """
        super().setup(request, *args, **kwargs)
        require(request.user, self.permission)
        self.example = access_practice(request.user, kwargs["example_id"])


class PracticeReason(CentreFormPage):
    """The centre returns or withdraws, and says why."""

    permission: ClassVar[Permission] = Permission.PRACTICE_MODERATE
    event: ClassVar[Event]

    def let_in(self) -> None:
        """Find the example."""
        self.example = access_practice(self.request.user, self.kwargs["example_id"])

    def form(self, data: Any = None) -> forms.Form:
        """Ask why."""
        return ReasonForm(data)

    def page(self) -> Page:
        """Say what follows."""
        title, lead = _REASONS[self.event]
        return Page(
            title=title,
            lead=lead,
            button=title,
            warns=True,
            back=BackLink("The example", reverse("practice:versions", args=[self.example.pk])),
        )

    def store(self, form: ReasonForm) -> tuple[str, str]:
        """Take the step."""
        actions.take_step(
            example=self.example,
            event=self.event,
            actor=Actor.CENTRE,
            seen=0,
            reason=form.cleaned_data["reason"],
            by=self.person,
            at=self.now,
        )
        return "It is done, and the reason is kept.", reverse(
            "practice:versions", args=[self.example.pk]
        )


class PracticeReturn(PracticeReason):
    """A proposed version goes back to its body."""

    event = Event.RETURN


class PracticeWithdraw(PracticeReason):
    """What is published is public no longer."""

    event = Event.WITHDRAW


class PracticeModeration(CentrePage):
    """What bodies proposed and nobody has decided about."""

    permission: ClassVar[Permission] = Permission.PRACTICE_DRAFTS_READ

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show it, the oldest first."""
        found = queries.waiting(on=london_date(now=self.now))
        shown = page_of(request=request, rows=found, part="page")
        return self.show(
            "engagement/practice_moderation.html",
            cards=[presenter.card(facts=one, url_name="practice:versions") for one in shown.rows],
            shown=shown,
            back=BackLink("Practice library", reverse("practice:list")),
        )
