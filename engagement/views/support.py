"""Support as everybody reads it, and as a body reads its own."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView, View

from authorities.access import may, rights_of
from authorities.models import BodyKind, Pair
from authorities.permissions import Permission
from duty.deadlines import london_date
from duty.ui.navigation import BackLink
from engagement.actions import enrolments, peers
from engagement.forms.support import EnrolForm, PairSideField, StepForm, VolunteerForm
from engagement.models import OfferState
from engagement.presenters import support as presenter
from engagement.presenters.support_steps import STEPS, StepWords
from engagement.queries import bodies
from engagement.queries import enrolments as queries
from engagement.queries import peers as peer_queries
from engagement.queries import support_offers as offer_queries
from engagement.queries.own_sides import OwnSide, own_sides
from engagement.queries.support_successions import to_go_on_with
from engagement.support_access import (
    access_ambassador,
    access_asking,
    access_enrolment,
    access_offer,
    access_own_support,
)
from engagement.support_lifecycle import LIVES, Actor, Event, Noun
from engagement.views.paging import page_of
from engagement.views.support_forms import FormPage, Page

_READ, _ANSWER = Permission.SUPPORT_READ, Permission.SUPPORT_ANSWER


def step_words(*, noun: Noun, actor: Actor, event: str) -> tuple[Event, StepWords]:
    """Return a step that an address names, and its words.

    Raises:
        Http404: there is no such step for that actor.
    """
    for (of, who, step), words in STEPS.items():
        if (of, who, step.value) == (noun, actor, event):
            return step, words
    raise Http404


class SupportList(TemplateView):
    """What support there is, by group."""

    permission = Permission.REGISTER_READ
    template_name = "engagement/support.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give open offers by group, and the closed ones apart."""
        found = offer_queries.offers(states=[OfferState.OPEN, OfferState.CLOSED])
        groups = offer_queries.support_groups()
        return {
            **super().get_context_data(**kwargs),
            "groups": presenter.groups_with_offers(
                groups=groups, offers=[one for one in found if one.state == OfferState.OPEN]
            ),
            "closed": [
                presenter.offer_card(facts=one) for one in found if one.state == OfferState.CLOSED
            ],
            "voluntary": presenter.VOLUNTARY,
            "desk_url": reverse("support:desk")
            if may(self.request.user, Permission.SUPPORT_DESK_READ)
            else "",
        }


class OfferDetail(TemplateView):
    """One offer; a body's signatory may ask for it."""

    permission = Permission.REGISTER_READ
    template_name = "engagement/support_offer.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give what exists, and never who takes part."""
        offer = access_offer(self.request.user, kwargs["offer_id"])
        facts = offer_queries.offer_facts(offer=offer)
        groups = offer_queries.support_groups()
        return {
            **super().get_context_data(**kwargs),
            "offer": facts,
            "state": presenter.offer_tag(facts.state),
            "rows": presenter.offer_rows(facts=facts, groups=groups),
            "voluntary": presenter.VOLUNTARY,
            "ask_url": reverse("support:ask", args=[offer.pk])
            if facts.state == OfferState.OPEN and may_ask(self.request)
            else "",
            "desk_url": reverse("support:desk-offer", args=[offer.pk])
            if may(self.request.user, Permission.SUPPORT_DESK_READ)
            else "",
            "back": BackLink(label="Support", url=reverse("support:list")),
        }


def may_ask(request: HttpRequest) -> bool:
    """Return whether the person may ask for support for a body of theirs."""
    return any(_ANSWER in held for held in rights_of(request.user).at_bodies.values())


class OwnSupport(TemplateView):
    """A body's own support: what it is offered, what it takes part in, its links."""

    permission = _READ
    template_name = "engagement/support_own.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Let the person in, or not.

        Raises:
            Http404, PermissionDenied: as `access_own_support`.
        """
        super().setup(request, *args, **kwargs)
        self.body = access_own_support(request.user, kwargs["body_id"], permission=self.permission)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the body's own enrolments, links and readiness to share."""
        today = london_date(now=timezone.now())
        ids = [self.body.pk]
        signs = may(self.request.user, _ANSWER, self.body)
        ambassadors = peer_queries.ambassadors(on=today, body_ids=ids)
        return {
            **super().get_context_data(**kwargs),
            "name": bodies.name_of(body=self.body, on=today).name,
            "body_id": self.body.pk,
            "enrolments": page_of(
                request=self.request,
                rows=[
                    presenter.enrolment_card(facts=one)
                    for one in queries.of_bodies(body_ids=ids, on=today)
                ],
                part="offers",
            ),
            "links": page_of(
                request=self.request,
                rows=[
                    presenter.link_card(facts=one)
                    for one in peer_queries.links_of_bodies(body_ids=ids, on=today)
                ],
                part="links",
            ),
            "ambassadors": [
                presenter.ambassador_card(facts=one, may_withdraw=signs) for one in ambassadors
            ],
            "volunteer_url": reverse("support:volunteer", args=[self.body.pk])
            if signs and not ambassadors and _green(body_id=self.body.pk, on=today)
            else "",
            "levers_url": reverse("levers:own", args=[self.body.slug])
            if self.body.kind == BodyKind.STRATEGIC_AUTHORITY
            else "",
            "to_go_on_with": [
                (one.title, reverse(one.url_name, args=[one.id]))
                for one in to_go_on_with(body_ids=ids, on=today)
            ],
            "voluntary": presenter.VOLUNTARY,
            "signs": signs,
            "back": BackLink(label="Home", url=reverse("home")),
        }


class Ask(FormPage):
    """A body would like an offer."""

    permission = _ANSWER

    def let_in(self) -> None:
        """Find the offer, and the bodies for which the person may ask."""
        self.offer, self.body_ids = access_asking(self.request.user, self.kwargs["offer_id"])

    def form(self, data: Any = None) -> forms.Form:
        """Offer the pairs of the person's bodies."""
        return EnrolForm(
            data,
            choices=_choices(own_sides(body_ids=self.body_ids, on=london_date(now=self.now))),
            label="For which of your pairs?",
            radios=True,
            initial={"form_key": uuid4()},
        )

    def page(self) -> Page:
        """Say what follows."""
        return Page(
            title="We would like this",
            caption=self.offer.title,
            lead=presenter.VOLUNTARY,
            button="Ask for it",
            back=BackLink("The offer", reverse("support:offer", args=[self.offer.pk])),
        )

    def store(self, form: EnrolForm) -> tuple[str, str]:
        """Ask."""
        pair_id, side = form.cleaned_data["to"]
        made = enrolments.ask_for(
            offer=self.offer,
            pair=Pair.objects.get(pk=pair_id),
            side=side,
            form_key=form.cleaned_data["form_key"],
            by=self.person,
            at=self.now,
        )
        said = "The national team is told that you would like this."
        return said, reverse("support:enrolment", args=[made.pk])


class EnrolmentDetail(TemplateView):
    """One enrolment as its body reads it."""

    permission = _READ
    template_name = "engagement/support_enrolment.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Let the person in, or not.

        Raises:
            Http404, PermissionDenied: as `access_enrolment`.
        """
        super().setup(request, *args, **kwargs)
        self.row = access_enrolment(
            request.user, kwargs["enrolment_id"], permission=self.permission
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give facts, shared notes and the body's own attendance."""
        row = self.row
        facts = queries.one(enrolment=row, on=london_date(now=timezone.now()))
        signs = may(self.request.user, _ANSWER, row.body)
        open_steps = LIVES[Noun.ENROLMENT].open_events(state=facts.state, actor=Actor.BODY)
        return {
            **super().get_context_data(**kwargs),
            "facts": facts,
            "state": presenter.enrolment_tag(facts.state),
            "rows": presenter.enrolment_rows(facts=facts),
            "notes": queries.shared_notes(enrolment=row),
            "sessions": queries.sessions_for(enrolment=row),
            "steps": [
                (
                    STEPS[Noun.ENROLMENT, Actor.BODY, event].title,
                    reverse("support:enrolment-step", args=[row.pk, event.value]),
                )
                for event in (open_steps if signs else ())
            ],
            "waits_for_signatory": bool(open_steps) and not signs and facts.state == "offered",
            "offer_url": reverse("support:offer", args=[row.offer_id]),
            "voluntary": presenter.VOLUNTARY,
            "back": BackLink(label="Our support", url=reverse("support:own", args=[row.body_id])),
        }


class EnrolmentStep(FormPage):
    """A body accepts, declines or leaves."""

    permission = _ANSWER

    def let_in(self) -> None:
        """Find the enrolment, and the step."""
        self.row = access_enrolment(
            self.request.user, self.kwargs["enrolment_id"], permission=_ANSWER
        )
        self.event, self.words = step_words(
            noun=Noun.ENROLMENT, actor=Actor.BODY, event=self.kwargs["event"]
        )

    def form(self, data: Any = None) -> forms.Form:
        """Ask for the words that the step takes."""
        words = self.words
        return StepForm(data, label=words.label, hint=words.hint, required=words.required)

    def page(self) -> Page:
        """Say what follows."""
        return Page(
            title=self.words.title,
            caption=self.row.offer.title,
            lead=self.words.lead,
            button=self.words.button,
            warns=self.words.warns,
            back=BackLink("The offer to us", reverse("support:enrolment", args=[self.row.pk])),
        )

    def store(self, form: StepForm) -> tuple[str, str]:
        """Take the step."""
        enrolments.take_step(
            enrolment=self.row,
            event=self.event,
            actor=Actor.BODY,
            words=form.cleaned_data.get("words", ""),
            by=self.person,
            at=self.now,
        )
        return self.words.done, reverse("support:enrolment", args=[self.row.pk])


class Volunteer(FormPage):
    """A body of a green pair volunteers as an ambassador."""

    permission = _ANSWER

    def let_in(self) -> None:
        """Find the body."""
        self.body = access_own_support(
            self.request.user, self.kwargs["body_id"], permission=_ANSWER
        )
        self.today = london_date(now=self.now)

    def form(self, data: Any = None) -> forms.Form:
        """Offer the body's green pairs, and the amber ones of others."""
        return VolunteerForm(
            data,
            own=_choices(_green(body_id=self.body.pk, on=self.today)),
            others=[
                (str(one.id), one.name)
                for one in peer_queries.amber_pairs(on=self.today)
                if self.body.slug not in (one.authority.slug, one.board.slug)
            ],
            initial={"form_key": uuid4()},
        )

    def page(self) -> Page:
        """Say what follows."""
        return Page(
            title="Volunteer as an ambassador",
            caption=bodies.name_of(body=self.body, on=self.today).name,
            lead=(
                "The national team may then propose links with pairs in the group Emerging "
                "leaders. You can withdraw at any time."
            ),
            button="Volunteer",
            back=BackLink("Our support", reverse("support:own", args=[self.body.pk])),
        )

    def store(self, form: VolunteerForm) -> tuple[str, str]:
        """Volunteer."""
        said = form.cleaned_data
        pair_id, side = said["to"]
        peers.volunteer(
            pair=Pair.objects.get(pk=pair_id),
            side=side,
            shares=said["shares"],
            open_to_any=form.open_to_any,
            named=said["named"],
            form_key=said["form_key"],
            by=self.person,
            at=self.now,
        )
        done = "You volunteer as an ambassador. The national team sees it."
        return done, reverse("support:own", args=[self.body.pk])


class AmbassadorWithdraw(View):
    """A body volunteers no longer: a button of its own page."""

    permission = _ANSWER

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the ambassador.

        Raises:
            Http404, PermissionDenied: as `access_own_support`.
        """
        super().setup(request, *args, **kwargs)
        self.row = access_ambassador(request.user, kwargs["ambassador_id"], permission=_ANSWER)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Withdraw."""
        assert not request.user.is_anonymous  # noqa: S101 - narrows the type
        peers.withdraw(ambassador=self.row, by=request.user, at=timezone.now())
        messages.success(request, "You no longer volunteer. Links that were accepted stay.")
        return redirect("support:own", body_id=self.row.body_id)


def _choices(sides: Iterable[OwnSide]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (
            PairSideField.choice(pair_id=one.pair_id, side=one.side),
            f"{one.name}, in the pair with {one.other_name}",
        )
        for one in sides
    )


def _green(*, body_id: UUID, on: date) -> list[OwnSide]:
    return [one for one in own_sides(body_ids=[body_id], on=on) if one.group == peers.GREEN]
