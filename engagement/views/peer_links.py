"""Peer links: proposed and kept by the centre, answered and ended by the bodies."""

from typing import Any, ClassVar
from uuid import uuid4

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from authorities.access import may
from authorities.models import Pair
from authorities.permissions import Permission
from duty.deadlines import london_date
from duty.ui.navigation import BackLink
from engagement.actions import peers
from engagement.forms.support import LinkForm, MeetingForm, StepForm
from engagement.models import Ambassador, PeerLink
from engagement.presenters import support as presenter
from engagement.presenters.support_desk import amber_choices
from engagement.presenters.support_steps import STEPS
from engagement.queries import peers as queries
from engagement.support_access import access_link
from engagement.support_lifecycle import LIVES, Actor, Event, Noun
from engagement.views.support import step_words
from engagement.views.support_desk import DESK, DeskPage
from engagement.views.support_forms import CentreFormPage, FormPage, Page

_WRITE = Permission.SUPPORT_DESK_WRITE


def _found(link_id: Any) -> PeerLink:
    """Return a link, for the centre.

    Raises:
        Http404: there is none.
    """
    found = PeerLink.objects.select_related("body").filter(pk=link_id).first()
    if found is None:
        raise Http404
    return found


def _context(*, link: PeerLink, on: Any) -> dict[str, Any]:
    facts = queries.link_facts(link=link, on=on)
    return {
        "facts": facts,
        "card": presenter.link_card(facts=facts),
        "rows": presenter.link_rows(facts=facts),
        "meetings": queries.meetings_of(link=link),
    }


class LinkDetail(TemplateView):
    """A link as its bodies read it; before it is accepted, the body that is asked alone."""

    permission = Permission.SUPPORT_READ
    template_name = "engagement/support_link.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Let the person in, or not.

        Raises:
            Http404, PermissionDenied: as `access_link`.
        """
        super().setup(request, *args, **kwargs)
        self.access = access_link(request.user, kwargs["link_id"], permission=self.permission)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give facts, meetings, and what the person may do."""
        link, body = self.access.link, self.access.body
        signs = may(self.request.user, Permission.SUPPORT_ANSWER, body)
        open_steps = LIVES[Noun.LINK].open_events(state=link.state, actor=Actor.BODY)
        return {
            **super().get_context_data(**kwargs),
            **_context(link=link, on=london_date(now=timezone.now())),
            "steps": [
                (
                    STEPS[Noun.LINK, Actor.BODY, event].title,
                    reverse("support:link-step", args=[link.pk, event.value]),
                )
                for event in (open_steps if signs else ())
            ],
            "voluntary": presenter.VOLUNTARY,
            "back": BackLink("Our support", reverse("support:own", args=[body.pk])),
        }


class LinkStep(FormPage):
    """A body accepts, declines or ends a link."""

    permission = Permission.SUPPORT_ANSWER

    def let_in(self) -> None:
        """Find the link, and the step; the ambassador may end what was accepted, no more."""
        self.access = access_link(
            self.request.user, self.kwargs["link_id"], permission=self.permission
        )
        self.event, self.words = step_words(
            noun=Noun.LINK, actor=Actor.BODY, event=self.kwargs["event"]
        )
        asked = self.access.body.pk == self.access.link.body_id
        if self.event != Event.END and not asked:
            raise Http404

    def form(self, data: Any = None) -> forms.Form:
        """Ask for the words that the step takes."""
        words = self.words
        return StepForm(data, label=words.label, hint=words.hint, required=words.required)

    def page(self) -> Page:
        """Say what follows."""
        return Page(
            title=self.words.title,
            lead=self.words.lead,
            button=self.words.button,
            warns=self.words.warns,
            back=BackLink("The link", reverse("support:link", args=[self.access.link.pk])),
        )

    def store(self, form: StepForm) -> tuple[str, str]:
        """Take the step."""
        peers.take_step(
            link=self.access.link,
            event=self.event,
            actor=Actor.BODY,
            body=self.access.body,
            words=form.cleaned_data.get("words", ""),
            by=self.person,
            at=self.now,
        )
        return self.words.done, reverse("support:link", args=[self.access.link.pk])


class DeskLink(DeskPage):
    """A link as the centre reads it."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show it."""
        link = _found(kwargs["link_id"])
        open_steps = LIVES[Noun.LINK].open_events(state=link.state, actor=Actor.CENTRE)
        return self.show(
            "engagement/support_desk_link.html",
            **_context(link=link, on=london_date(now=self.now)),
            declined_reason=queries.declined_reason_for_centre(link=link),
            steps=[
                (
                    STEPS[Noun.LINK, Actor.CENTRE, event].title,
                    reverse("support:desk-link-step", args=[link.pk, event.value]),
                )
                for event in (open_steps if self.writes else ())
            ],
            meeting_url=reverse("support:desk-link-meeting", args=[link.pk])
            if self.writes and link.state in ("accepted", "ended")
            else "",
            back=self.back,
        )


class LinkNew(CentreFormPage):
    """The centre proposes a link."""

    permission: ClassVar[Permission] = _WRITE

    def form(self, data: Any = None) -> forms.Form:
        """Offer ambassadors, and the sides of amber pairs."""
        today = london_date(now=self.now)
        return LinkForm(
            data,
            ambassadors=[
                (
                    str(one.id),
                    f"{one.body.name}: "
                    + ("any pair" if one.open_to_any else ", ".join(one.named)),
                )
                for one in queries.ambassadors(on=today)
            ],
            partners=amber_choices(pairs=queries.amber_pairs(on=today)),
            initial={"form_key": uuid4()},
        )

    def page(self) -> Page:
        """Say who is told."""
        return Page(
            title="Propose a peer link",
            lead=(
                "The body of the amber pair is asked, and answers as it likes. The ambassador is "
                "told once it accepts."
            ),
            button="Propose the link",
            back=BackLink("Support desk", reverse(DESK)),
        )

    def store(self, form: LinkForm) -> tuple[str, str]:
        """Propose it."""
        said = form.cleaned_data
        pair_id, side = said["partner"]
        made = peers.propose_link(
            ambassador=Ambassador.objects.get(pk=said["ambassador"]),
            pair=Pair.objects.get(pk=pair_id),
            side=side,
            about=said["about"],
            form_key=said["form_key"],
            by=self.person,
            at=self.now,
        )
        return "The link is proposed.", reverse("support:desk-link", args=[made.pk])


class DeskLinkForm(CentreFormPage):
    """What the centre's forms about one link share."""

    permission: ClassVar[Permission] = _WRITE

    def let_in(self) -> None:
        """Find the link."""
        self.link = _found(self.kwargs["link_id"])

    @property
    def here(self) -> str:
        """The address of the link's page."""
        return reverse("support:desk-link", args=[self.link.pk])


class DeskLinkStep(DeskLinkForm):
    """The centre withdraws a proposal, or ends a link."""

    def let_in(self) -> None:
        """Find the step, too."""
        super().let_in()
        self.event, self.words = step_words(
            noun=Noun.LINK, actor=Actor.CENTRE, event=self.kwargs["event"]
        )

    def form(self, data: Any = None) -> forms.Form:
        """Ask for the words that the step takes."""
        words = self.words
        return StepForm(data, label=words.label, hint=words.hint, required=words.required)

    def page(self) -> Page:
        """Say what follows."""
        return Page(
            title=self.words.title,
            lead=self.words.lead,
            button=self.words.button,
            warns=self.words.warns,
            back=BackLink("The link", self.here),
        )

    def store(self, form: StepForm) -> tuple[str, str]:
        """Take the step."""
        peers.take_step(
            link=self.link,
            event=self.event,
            actor=Actor.CENTRE,
            body=None,
            words=form.cleaned_data.get("words", ""),
            by=self.person,
            at=self.now,
        )
        return self.words.done, self.here


class DeskLinkMeeting(DeskLinkForm):
    """A meeting of a link is written down."""

    def form(self, data: Any = None) -> forms.Form:
        """Ask when."""
        return MeetingForm(data, initial={"form_key": uuid4()})

    def page(self) -> Page:
        """Say who reads it."""
        return Page(
            title="Write down a meeting",
            lead="Both bodies read it. It cannot be changed afterwards.",
            button="Save the meeting",
            back=BackLink("The link", self.here),
        )

    def store(self, form: MeetingForm) -> tuple[str, str]:
        """Store it."""
        peers.add_meeting(link=self.link, **form.cleaned_data, by=self.person, at=self.now)
        return "The meeting is written down.", self.here
