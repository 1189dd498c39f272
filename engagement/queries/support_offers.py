"""What support there is. Everybody may read open and closed offers; drafts are the centre's."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from engagement.models import (
    Enrolment,
    GroupMap,
    OfferState,
    SupportGroup,
    SupportOffer,
    SupportSession,
)
from engagement.support_lifecycle import TAKEN_UP

# Enough for years; a page of the public shows no more of one state.
MOST_OFFERS = 100


@dataclass(frozen=True)
class Group:
    """A support group as the newest map says it."""

    code: str
    name: str
    offer: str
    aimed_at: str


@dataclass(frozen=True)
class OfferFacts:
    """An offer, and how many bodies take part in it (for the centre alone)."""

    id: UUID
    title: str
    description: str
    group_code: str
    aimed_at: str
    need: str
    run_by: str
    starts_on: date
    ends_on: date | None
    capacity: int | None
    notes: str
    state: str
    taken: int


@dataclass(frozen=True)
class SessionFacts:
    """A session with how many bodies were there."""

    id: UUID
    held_on: date
    title: str
    note: str
    attended: int


def support_groups() -> tuple[Group, ...]:
    """Return the groups of the newest group map, in its order."""
    newest = GroupMap.objects.order_by("-version").values("pk")[:1]
    return tuple(
        Group(code=row.code, name=row.name, offer=row.offer, aimed_at=row.aimed_at)
        for row in SupportGroup.objects.filter(group_map__in=newest).order_by("order", "pk")
    )


def offers(*, states: Collection[str], limit: int = MOST_OFFERS) -> tuple[OfferFacts, ...]:
    """Return offers in some states, those that begin last first."""
    rows = _counted().filter(state__in=list(states)).order_by("-starts_on", "title", "pk")
    return tuple(_facts(row) for row in rows[:limit])


def public_offers() -> QuerySet[SupportOffer]:
    """Return what exists for everybody, for the API: never who takes part."""
    return SupportOffer.objects.exclude(state=OfferState.DRAFT).order_by(
        "-starts_on", "title", "pk"
    )


def offer_facts(*, offer: SupportOffer) -> OfferFacts:
    """Return one offer."""
    return _facts(_counted().get(pk=offer.pk))


def sessions_of(*, offer: SupportOffer) -> tuple[SessionFacts, ...]:
    """Return the sessions of an offer, the latest first."""
    rows = (
        SupportSession.objects.filter(offer=offer)
        .annotate(attended=Count("attendances"))
        .order_by("-held_on", "pk")
    )
    return tuple(
        SessionFacts(
            id=row.pk,
            held_on=row.held_on,
            title=row.title,
            note=row.note,
            attended=row.attended,
        )
        for row in rows
    )


def attendance_of(*, enrolment: Enrolment) -> frozenset[UUID]:
    """Return at which sessions the body was."""
    return frozenset(enrolment.attendances.values_list("session_id", flat=True))


def _counted() -> QuerySet[SupportOffer]:
    taken = [state.value for state in TAKEN_UP]
    return SupportOffer.objects.annotate(
        taken=Count("enrolments", filter=Q(enrolments__state__in=taken))
    )


def _facts(row: SupportOffer) -> OfferFacts:
    return OfferFacts(
        id=row.pk,
        title=row.title,
        description=row.description,
        group_code=row.group_code,
        aimed_at=row.aimed_at,
        need=row.need,
        run_by=row.run_by,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        capacity=row.capacity,
        notes=row.notes,
        state=row.state,
        taken=getattr(row, "taken", 0),
    )
