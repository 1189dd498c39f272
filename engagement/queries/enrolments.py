"""Who takes up support. Only the body itself and the centre may be shown the answers.

What a body tells the centre alone, and what the centre tells itself, is asked for by `for_centre`
functions only; nothing else here reads those columns or that table.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from authorities.models import Pair
from engagement.models import (
    STANDING_ENROLMENTS,
    Enrolment,
    EnrolmentState,
    PrivateSupportNote,
    SharedSupportNote,
    SupportSession,
)
from engagement.queries.bodies import names_of
from engagement.queries.body_names import BodyName

PAGE_SIZE = 25
# A body in one of these takes part, or did.
TOOK_PART = (
    *(EnrolmentState.ACCEPTED, EnrolmentState.UNDER_WAY),
    *(EnrolmentState.ENDED, EnrolmentState.LEFT),
)


@dataclass(frozen=True)
class EnrolmentFacts:
    """A body with an offer, as that body and the centre both read it."""

    id: UUID
    offer_id: UUID
    title: str
    group_code: str
    pair_id: UUID
    authority: BodyName
    board: BodyName
    side: str
    body_id: UUID
    state: EnrolmentState
    asked: bool
    began_at: datetime
    group: str | None
    answered_at: datetime | None
    started_at: datetime | None
    finished_at: datetime | None
    not_given_reason: str
    outcome: str
    needs_reconfirmation: bool

    @property
    def body(self) -> BodyName:
        """The body that takes part, or may."""
        return self.authority if self.side == "sa" else self.board

    @property
    def other(self) -> BodyName:
        """The other body of the pair, of which nothing is said here."""
        return self.board if self.side == "sa" else self.authority


@dataclass(frozen=True)
class NoteFacts:
    """A note of the centre. Who of the centre wrote it is the centre's own affair."""

    text: str
    at: datetime


@dataclass(frozen=True)
class ComingSession:
    """A session, and whether the body was there (None: nobody has said yet)."""

    held_on: date
    title: str
    note: str
    attended: bool


@dataclass(frozen=True)
class EnrolmentPage:
    """One page of a list, and how long the list is."""

    rows: tuple[EnrolmentFacts, ...]
    page: int
    pages: int
    count: int


def of_bodies(*, body_ids: Collection[UUID], on: date) -> tuple[EnrolmentFacts, ...]:
    """Return all enrolments of bodies, the newest first; for those bodies and the centre."""
    return _facts(_rows().filter(body_id__in=list(body_ids)), on=on)


def standing_of_bodies(*, body_ids: Collection[UUID], on: date) -> tuple[EnrolmentFacts, ...]:
    """Return the enrolments of bodies of which something may still come."""
    rows = _rows().filter(body_id__in=list(body_ids), state__in=STANDING_ENROLMENTS)
    return _facts(rows, on=on)


def of_pair(*, pair: Pair, body_ids: Collection[UUID], on: date) -> tuple[EnrolmentFacts, ...]:
    """Return the enrolments of some of a pair's bodies in it, the newest first."""
    return _facts(_rows().filter(pair=pair, body_id__in=list(body_ids)), on=on)


def page_of(
    *, on: date, page: int, offer_id: UUID | None = None, states: Collection[str] = ()
) -> EnrolmentPage:
    """Return a page of enrolments for the centre, by authority, ICB and day; never by level."""
    rows = _rows()
    if offer_id is not None:
        rows = rows.filter(offer_id=offer_id)
    if states:
        rows = rows.filter(state__in=list(states))
    rows = rows.order_by("pair__authority__slug", "pair__board__slug", "side", "began_at", "pk")
    count = rows.count()
    pages = max(1, -(-count // PAGE_SIZE))
    number = min(max(page, 1), pages)
    shown = rows[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    return EnrolmentPage(rows=_facts(shown, on=on), page=number, pages=pages, count=count)


def count_asked() -> int:
    """Return how many bodies asked for an offer and wait for the centre."""
    return Enrolment.objects.filter(state=EnrolmentState.ASKED).count()


def one(*, enrolment: Enrolment, on: date) -> EnrolmentFacts:
    """Return one enrolment."""
    return _facts(_rows().filter(pk=enrolment.pk), on=on)[0]


def shared_notes(*, enrolment: Enrolment) -> tuple[NoteFacts, ...]:
    """Return what the centre told the body, the newest first."""
    rows = SharedSupportNote.objects.filter(enrolment=enrolment).order_by("-at", "-pk")
    return tuple(NoteFacts(text=row.text, at=row.at) for row in rows)


def private_notes_for_centre(*, enrolment: Enrolment) -> tuple[NoteFacts, ...]:
    """Return what the centre told itself, the newest first. For the centre alone."""
    rows = PrivateSupportNote.objects.filter(enrolment=enrolment).order_by("-at", "-pk")
    return tuple(NoteFacts(text=row.text, at=row.at) for row in rows)


def declined_reason_for_centre(*, enrolment: Enrolment) -> str:
    """Return the word why of a body that declined. For the centre alone."""
    return Enrolment.objects.values_list("declined_reason", flat=True).get(pk=enrolment.pk)


def sessions_for(*, enrolment: Enrolment) -> tuple[ComingSession, ...]:
    """Return the sessions of the body's offer, the latest first; of others' attendance nothing.

    What was noted is for those who take part, or did.
    """
    took_part = enrolment.state in TOOK_PART
    there = set(enrolment.attendances.values_list("session_id", flat=True))
    rows = SupportSession.objects.filter(offer_id=enrolment.offer_id).order_by("-held_on", "pk")
    return tuple(
        ComingSession(
            held_on=row.held_on,
            title=row.title,
            note=row.note if took_part else "",
            attended=row.pk in there,
        )
        for row in rows
    )


def enrolled_in(*, offer_id: UUID, states: Iterable[str], on: date) -> tuple[EnrolmentFacts, ...]:
    """Return the enrolments of an offer in some states, by authority and ICB; for the centre."""
    rows = _rows().filter(offer_id=offer_id, state__in=list(states))
    return _facts(rows.order_by("pair__authority__slug", "pair__board__slug", "side", "pk"), on=on)


def _rows() -> QuerySet[Enrolment]:
    return (
        Enrolment.objects.select_related("offer", "pair")
        .defer("declined_reason", "offer__notes")
        .order_by("-began_at", "pk")
    )


def _facts(rows: Iterable[Enrolment], *, on: date) -> tuple[EnrolmentFacts, ...]:
    found = list(rows)
    names = names_of(
        body_ids={body for row in found for body in (row.pair.authority_id, row.pair.board_id)},
        on=on,
    )
    return tuple(
        EnrolmentFacts(
            id=row.pk,
            offer_id=row.offer_id,
            title=row.offer.title,
            group_code=row.offer.group_code,
            pair_id=row.pair_id,
            authority=names[row.pair.authority_id],
            board=names[row.pair.board_id],
            side=row.side,
            body_id=row.body_id,
            state=EnrolmentState(row.state),
            asked=row.asked,
            began_at=row.began_at,
            group=row.group,
            answered_at=row.answered_at,
            started_at=row.started_at,
            finished_at=row.finished_at,
            not_given_reason=row.not_given_reason,
            outcome=row.outcome,
            needs_reconfirmation=row.needs_reconfirmation,
        )
        for row in found
    )
