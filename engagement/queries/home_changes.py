"""What happened lately to rounds, returns and bodies, for the home pages."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from authorities.models import Reorganisation, ReorganisationBody, ReorganisationState
from authorities.permissions import Permission
from authorities.queries.dated import names_on
from duty.lifecycle import ReturnEvent
from duty.models import ExpectedReturn, RoundHappening
from duty.models import ReturnEvent as StoredEvent
from duty.round_lifecycle import RoundEvent

# As many as one screen shows; the list is shorter still.
_MOST = 30


@dataclass(frozen=True)
class RoundChange:
    """Something that happened to a round.

    asks: the authorities that it expects; authority and until: of an extension.
    """

    name: str
    event: RoundEvent
    at: datetime
    asks: frozenset[UUID]
    authority_id: UUID | None = None
    until: date | None = None


@dataclass(frozen=True)
class AnnouncedChange:
    """A change of bodies and areas that was set lately; bodies are named by kind and slug."""

    title: str
    on: date
    at: datetime
    bodies: frozenset[tuple[str, str]]


@dataclass(frozen=True)
class ReturnChange:
    """A step of a return that the centre may know of: from a signature on."""

    authority: str
    event: ReturnEvent
    by: str
    at: datetime


def round_changes(*, since: datetime, events: Collection[RoundEvent]) -> tuple[RoundChange, ...]:
    """Return what happened to real rounds, the newest first, from two queries."""
    rows = list(
        RoundHappening.objects.filter(
            type__in=[event.value for event in events], at__gte=since, round__is_test=False
        )
        .select_related("round")
        .order_by("-at", "-pk")[:_MOST]
    )
    asks: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for round_id, authority_id in ExpectedReturn.objects.filter(
        round_id__in={row.round_id for row in rows}
    ).values_list("round_id", "authority_id"):
        asks[round_id].add(authority_id)
    return tuple(
        RoundChange(
            name=row.round.name,
            event=RoundEvent(row.type),
            at=row.at,
            asks=frozenset(asks[row.round_id]),
            authority_id=UUID(row.payload["authority"]) if "authority" in row.payload else None,
            until=date.fromisoformat(row.payload["edits_until"])
            if "edits_until" in row.payload
            else None,
        )
        for row in rows
    )


def announced_changes(*, since: datetime) -> tuple[AnnouncedChange, ...]:
    """Return the changes of bodies that were set and are still to come, from two queries."""
    rows = list(
        Reorganisation.objects.filter(
            state=ReorganisationState.SCHEDULED, what_if=False, scheduled_at__gte=since
        )
        .defer("preview", "picture")
        .order_by("-scheduled_at", "-pk")[:_MOST]
    )
    bodies: defaultdict[UUID, set[tuple[str, str]]] = defaultdict(set)
    for key, kind, slug in ReorganisationBody.objects.filter(reorganisation__in=rows).values_list(
        "reorganisation_id", "kind", "slug"
    ):
        bodies[key].add((kind, slug))
    return tuple(
        AnnouncedChange(
            title=row.title,
            on=row.effective_date,
            at=row.scheduled_at or since,
            bodies=frozenset(bodies[row.pk]),
        )
        for row in rows
    )


def return_changes(
    *, since: datetime, events: Collection[ReturnEvent], on: date
) -> tuple[ReturnChange, ...]:
    """Return steps of returns of real rounds, the newest first, from two queries."""
    rows = list(
        StoredEvent.objects.filter(
            type__in=[event.value for event in events],
            at__gte=since,
            duty_return__round__is_test=False,
        )
        .select_related("actor", "duty_return__authority")
        .order_by("-at", "-pk")[:_MOST]
    )
    names = names_on(day=on, bodies={row.duty_return.authority_id for row in rows})
    return tuple(
        ReturnChange(
            authority=names.name(row.duty_return.authority_id) or row.duty_return.authority.slug,
            event=ReturnEvent(row.type),
            by=row.actor.full_name if row.actor else "The system",
            at=row.at,
        )
        for row in rows
    )


def changes_to_decide(*, rights: Collection[Permission]) -> int:
    """Return how many changes of bodies wait for what the person may do, from one query."""
    which = Q(pk__in=[])
    if Permission.REORGANISATION_APPROVE in rights:
        which |= Q(state=ReorganisationState.READY)
    if Permission.REORGANISATION_APPLY in rights:
        which |= Q(state=ReorganisationState.APPROVED)
    return Reorganisation.objects.filter(which, what_if=False).count()
