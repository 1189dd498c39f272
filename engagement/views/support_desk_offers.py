"""The centre writes an offer, opens and closes it, offers it to bodies, and keeps its sessions."""

from typing import Any, ClassVar
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from authorities.models import Pair
from authorities.permissions import Permission
from authorities.queries.pairs import load_pairs
from authorities.views.centre import page_number
from duty.deadlines import london_date
from duty.ui.navigation import BackLink
from engagement.actions import enrolments, support_offers
from engagement.forms.support import AttendanceForm, EnrolForm, OfferForm, SessionForm
from engagement.models import OfferState, SupportSession
from engagement.presenters import support as public_presenter
from engagement.presenters import support_desk as presenter
from engagement.presenters.support_steps import STEPS
from engagement.queries import enrolments as queries
from engagement.queries import support_offers as offer_queries
from engagement.queries.body_names import BodyName
from engagement.support_access import access_offer
from engagement.support_lifecycle import LIVES, Actor, Noun, SupportRefusedError
from engagement.views.support import step_words
from engagement.views.support_desk import DESK, DeskPage
from engagement.views.support_forms import CentreFormPage, Page

_WRITE = Permission.SUPPORT_DESK_WRITE


class OfferNew(CentreFormPage):
    """An offer starts as a draft."""

    permission: ClassVar[Permission] = _WRITE

    def form(self, data: Any = None) -> forms.Form:
        """Ask what it is."""
        return OfferForm(data, groups=_groups(), initial={"form_key": uuid4()})

    def page(self) -> Page:
        """Say that nobody sees it yet."""
        return Page(
            title="Write an offer",
            lead="It starts as a draft, which only the national team sees.",
            button="Save the draft",
            back=BackLink("Support desk", reverse(DESK)),
        )

    def store(self, form: OfferForm) -> tuple[str, str]:
        """Store the draft."""
        made = support_offers.draft(
            text=form.text(),
            form_key=form.cleaned_data["form_key"] or uuid4(),
            by=self.person,
            at=self.now,
        )
        return "The draft is saved.", reverse("support:desk-offer", args=[made.pk])


class DeskOffer(DeskPage):
    """An offer with its bodies and sessions, for the centre."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show it."""
        offer = access_offer(request.user, kwargs["offer_id"])
        facts = offer_queries.offer_facts(offer=offer)
        found = queries.page_of(
            on=london_date(now=self.now), page=page_number(request=request), offer_id=offer.pk
        )
        open_steps = LIVES[Noun.OFFER].open_events(state=facts.state, actor=Actor.CENTRE)
        return self.show(
            "engagement/support_desk_offer.html",
            offer=facts,
            state=public_presenter.offer_tag(facts.state),
            rows=public_presenter.offer_rows(facts=facts, groups=offer_queries.support_groups()),
            columns=presenter.ENROLMENT_COLUMNS,
            found=found,
            enrolments=presenter.enrolment_cells(rows=found.rows),
            sessions=offer_queries.sessions_of(offer=offer),
            steps=[
                (
                    STEPS[Noun.OFFER, Actor.CENTRE, event].button,
                    reverse("support:desk-offer-step", args=[offer.pk, event.value]),
                )
                for event in (open_steps if self.writes else ())
            ],
            writes=self.writes,
            is_open=facts.state == OfferState.OPEN,
            back=self.back,
        )


class OfferEdit(CentreFormPage):
    """What an offer says is changed: all of it, or its last day and notes."""

    permission: ClassVar[Permission] = _WRITE

    def let_in(self) -> None:
        """Find the offer."""
        self.offer = access_offer(self.request.user, self.kwargs["offer_id"])

    def form(self, data: Any = None) -> forms.Form:
        """Ask with what is stored."""
        row = self.offer
        shown = {
            name: getattr(row, name)
            for name in (
                *("title", "description", "group_code", "aimed_at", "run_by"),
                *("starts_on", "ends_on", "capacity", "notes"),
            )
        }
        return OfferForm(
            data,
            groups=_groups(),
            initial=shown | {"need": row.need or "none", "seen": row.version},
        )

    def page(self) -> Page:
        """Say what may still change."""
        answered = support_offers.answered(offer=self.offer)
        return Page(
            title="Change the offer",
            caption=self.offer.title,
            note="Bodies have answered this offer, so only its last day and the notes can change."
            if answered
            else "",
            button="Save",
            back=BackLink("The offer", reverse("support:desk-offer", args=[self.offer.pk])),
        )

    def store(self, form: OfferForm) -> tuple[str, str]:
        """Store it."""
        support_offers.change(
            offer=self.offer,
            text=form.text(),
            seen=form.cleaned_data["seen"],
            by=self.person,
            at=self.now,
        )
        return "The offer is saved.", reverse("support:desk-offer", args=[self.offer.pk])


class OfferStep(DeskPage):
    """An offer is opened or closed: a button of its page."""

    permission: ClassVar[Permission] = _WRITE

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Take the step, or say why not."""
        offer = access_offer(request.user, kwargs["offer_id"])
        event, words = step_words(noun=Noun.OFFER, actor=Actor.CENTRE, event=kwargs["event"])
        try:
            support_offers.take_step(offer=offer, event=event, by=self.person, at=self.now)
        except SupportRefusedError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, words.done)
        return redirect("support:desk-offer", offer_id=offer.pk)


class Enrol(CentreFormPage):
    """An offer is made to a body."""

    permission: ClassVar[Permission] = _WRITE

    def let_in(self) -> None:
        """Find the offer."""
        self.offer = access_offer(self.request.user, self.kwargs["offer_id"])

    def form(self, data: Any = None) -> forms.Form:
        """Offer the sides of all pairs; a suggestion has chosen one."""
        facts = load_pairs(as_at=london_date(now=self.now), which=Q(sliver=False))
        return EnrolForm(
            data,
            choices=presenter.side_choices(
                pairs=[
                    (
                        one.id,
                        BodyName(
                            slug=one.authority_slug,
                            name=one.authority_name,
                            short_name=one.authority_short_name,
                        ),
                        BodyName(
                            slug=one.board_slug,
                            name=one.board_name,
                            short_name=one.board_short_name,
                        ),
                    )
                    for one in facts
                ]
            ),
            initial={"form_key": uuid4(), "to": self.request.GET.get("to", "")},
        )

    def page(self) -> Page:
        """Say what follows."""
        return Page(
            title="Offer it to a body",
            caption=self.offer.title,
            lead="Its people are told. A signatory accepts or declines as they like.",
            button="Make the offer",
            back=BackLink("The offer", reverse("support:desk-offer", args=[self.offer.pk])),
        )

    def store(self, form: EnrolForm) -> tuple[str, str]:
        """Make the offer."""
        pair_id, side = form.cleaned_data["to"]
        made = enrolments.offer_to(
            offer=self.offer,
            pair=Pair.objects.get(pk=pair_id),
            side=side,
            form_key=form.cleaned_data["form_key"],
            by=self.person,
            at=self.now,
        )
        return "The offer is made.", reverse("support:desk-enrolment", args=[made.pk])


class SessionNew(CentreFormPage):
    """A session of an offer."""

    permission: ClassVar[Permission] = _WRITE

    def let_in(self) -> None:
        """Find the offer."""
        self.offer = access_offer(self.request.user, self.kwargs["offer_id"])

    def form(self, data: Any = None) -> forms.Form:
        """Ask when and what."""
        return SessionForm(data, initial={"form_key": uuid4()})

    def page(self) -> Page:
        """Say who is told."""
        return Page(
            title="Add a session",
            caption=self.offer.title,
            lead="Bodies that take part are told three days before it.",
            button="Add the session",
            back=BackLink("The offer", reverse("support:desk-offer", args=[self.offer.pk])),
        )

    def store(self, form: SessionForm) -> tuple[str, str]:
        """Store it."""
        support_offers.add_session(
            offer=self.offer, **form.cleaned_data, by=self.person, at=self.now
        )
        return "The session is added.", reverse("support:desk-offer", args=[self.offer.pk])


class SessionKeep(CentreFormPage):
    """Who was at a session, and its note."""

    permission: ClassVar[Permission] = _WRITE

    def let_in(self) -> None:
        """Find the session.

        Raises:
            Http404: there is none.
        """
        found = (
            SupportSession.objects.select_related("offer")
            .filter(pk=self.kwargs["session_id"])
            .first()
        )
        if found is None:
            raise Http404
        self.session = found

    def form(self, data: Any = None) -> forms.Form:
        """Offer the bodies that take part."""
        bodies = queries.enrolled_in(
            offer_id=self.session.offer_id,
            states=support_offers.ATTENDING,
            on=london_date(now=self.now),
        )
        return AttendanceForm(
            data,
            bodies=[
                (str(one.id), f"{one.body.name}, in the pair with {one.other.name}")
                for one in bodies
            ],
            initial={
                "enrolments": list(self.session.attendances.values_list("enrolment_id", flat=True)),
                "note": self.session.note,
                "seen": self.session.version,
            },
        )

    def page(self) -> Page:
        """Say which session."""
        offer = self.session.offer
        return Page(
            title=self.session.title,
            caption=offer.title,
            button="Save",
            back=BackLink("The offer", reverse("support:desk-offer", args=[offer.pk])),
        )

    def store(self, form: AttendanceForm) -> tuple[str, str]:
        """Store it."""
        support_offers.keep_session(
            session=self.session, **form.cleaned_data, by=self.person, at=self.now
        )
        offer_url = reverse("support:desk-offer", args=[self.session.offer_id])
        return "The session is saved.", offer_url


def _groups() -> list[tuple[str, str]]:
    return [(group.code, group.name) for group in offer_queries.support_groups()]
