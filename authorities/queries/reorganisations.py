"""Questions about reorganisations."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Case, Count, Q, QuerySet, Value, When

from authorities.frozen_json import NotThisKindError, from_plain
from authorities.models import (
    AuditEvent,
    Membership,
    Reorganisation,
    ReorganisationBody,
    ReorganisationOperation,
    ReorganisationState,
    User,
)
from authorities.reorganisation.facts import BodyKey
from authorities.reorganisation.operations import OPERATIONS, Change, Operation, closing_bodies
from authorities.reorganisation.preview import Preview

PAGE_SIZE = 25


class NoSuchReorganisationError(LookupError):
    """There is no such change."""


class Shelf(StrEnum):
    """The lists of changes; what is only looked at stands apart from what is meant."""

    OPEN = "open"
    APPLIED = "applied"
    CANCELLED = "cancelled"
    WHAT_IF = "what-if"


_REAL = Q(what_if=False)
_SHELVES = {
    Shelf.OPEN: _REAL & ~Q(state__in=[ReorganisationState.APPLIED, ReorganisationState.CANCELLED]),
    Shelf.APPLIED: _REAL & Q(state=ReorganisationState.APPLIED),
    Shelf.CANCELLED: _REAL & Q(state=ReorganisationState.CANCELLED),
    Shelf.WHAT_IF: Q(what_if=True),
}
# Whoever did one of these had a hand in the change, and cannot approve it.
_EDITS = (
    "reorganisation.described",
    "reorganisation.operation_added",
    "reorganisation.operation_removed",
    "reorganisation.rights_decided",
)
# What needs a person comes before what only waits for its day.
_URGENCY = (
    ReorganisationState.FAILED,
    ReorganisationState.READY,
    ReorganisationState.APPROVED,
    ReorganisationState.INCOMPLETE,
    ReorganisationState.APPLYING,
    ReorganisationState.SCHEDULED,
)
_ORDERS = {
    Shelf.OPEN: ("urgency", "effective_date", "title", "pk"),
    Shelf.APPLIED: ("-effective_date", "-applied_at", "pk"),
    Shelf.CANCELLED: ("-cancelled_at", "pk"),
    Shelf.WHAT_IF: ("-proposed_at", "pk"),
}


@dataclass(frozen=True)
class ChangeFacts:
    """A change as lists show it; `proposed_by` is empty for one from the register."""

    id: UUID
    title: str
    effective_date: date
    state: str
    what_if: bool
    proposed_by: str
    proposed_at: datetime


@dataclass(frozen=True)
class ChangePage:
    """One page of a list of changes."""

    rows: tuple[ChangeFacts, ...]
    page: int
    pages: int
    count: int


@dataclass(frozen=True)
class StepFacts:
    """One step that somebody took; `by` is empty for the site's own jobs."""

    action: str
    at: datetime
    by: str


def changes_on(*, shelf: Shelf, page: int = 1) -> ChangePage:
    """Return a page of a list: open ones by what they need, others the newest first."""
    rows = Reorganisation.objects.filter(_SHELVES[shelf])
    count = rows.count()
    pages = max(1, -(-count // PAGE_SIZE))
    page = min(max(1, page), pages)
    first = (page - 1) * PAGE_SIZE
    found = (
        rows.annotate(
            urgency=Case(
                *(When(state=state, then=Value(n)) for n, state in enumerate(_URGENCY)),
                default=Value(len(_URGENCY)),
            )
        )
        .order_by(*_ORDERS[shelf])
        .values_list(
            *("pk", "title", "effective_date", "state", "what_if"),
            *("proposed_by__full_name", "proposed_at"),
        )[first : first + PAGE_SIZE]
    )
    return ChangePage(
        rows=tuple(
            ChangeFacts(key, title, day, state, what_if, name or "", at)
            for key, title, day, state, what_if, name, at in found
        ),
        page=page,
        pages=pages,
        count=count,
    )


def counts_of_shelves() -> dict[Shelf, int]:
    """Return how many changes each list has, in one query."""
    counts = Reorganisation.objects.aggregate(
        **{shelf.name.lower(): Count("pk", filter=which) for shelf, which in _SHELVES.items()}
    )
    return {shelf: counts[shelf.name.lower()] for shelf in Shelf}


def steps_of(reorganisation: Reorganisation) -> tuple[StepFacts, ...]:
    """Return what was done with the change, the oldest step first."""
    return tuple(
        StepFacts(action=action, at=at, by=name or "")
        for action, at, name in AuditEvent.objects.filter(
            target_type=reorganisation._meta.label_lower, target_id=str(reorganisation.pk)
        )
        .order_by("at", "pk")
        .values_list("action", "at", "by__full_name")
    )


def had_a_hand(*, reorganisation: Reorganisation, person: User) -> bool:
    """Whether the person proposed or edited the change."""
    return (
        reorganisation.proposed_by_id == person.pk
        or AuditEvent.objects.filter(
            target_type=reorganisation._meta.label_lower,
            target_id=str(reorganisation.pk),
            action__in=_EDITS,
            by=person,
        ).exists()
    )


def preview_of(reorganisation: Reorganisation) -> Preview | None:
    """Return the frozen preview; None where there is none, or one of another release."""
    if reorganisation.preview is None:
        return None
    try:
        return from_plain(kind=Preview, plain=reorganisation.preview)
    except NotThisKindError:
        return None


def operation_of(row: ReorganisationOperation) -> Operation:
    """Return the operation as a plain value."""
    made: Operation = from_plain(kind=OPERATIONS[row.kind], plain=row.details)
    return made


def change_of(reorganisation: Reorganisation) -> Change:
    """Return the change as a plain value, its operations in the order entered."""
    return Change(
        on=reorganisation.effective_date,
        operations=tuple(
            operation_of(row) for row in reorganisation.operations.order_by("position")
        ),
    )


def busy_bodies(*, other_than: Reorganisation | None = None) -> dict[BodyKey, str]:
    """Return the bodies in changes that are not yet applied, with the change's title."""
    rows: QuerySet[ReorganisationBody] = ReorganisationBody.objects.filter(pending=True)
    if other_than is not None:
        rows = rows.exclude(reorganisation=other_than)
    return {
        BodyKey(kind, slug): title
        for kind, slug, title in rows.values_list("kind", "slug", "reorganisation__title")
    }


def roles_not_decided(reorganisation: Reorganisation) -> list[Membership]:
    """Return the roles at bodies that end which nobody decided about: granted since the preview."""
    closing = list(closing_bodies(change_of(reorganisation)))
    if not closing:
        return []
    decided = set(reorganisation.rights_moves.values_list("membership_id", flat=True))
    return [role for role in memberships_at(closing) if role.pk not in decided]


def roles_left(reorganisation: Reorganisation) -> list[Membership]:
    """Return the roles that the application left as they were, since nobody had decided."""
    event = (
        AuditEvent.objects.filter(
            target_type=reorganisation._meta.label_lower,
            target_id=str(reorganisation.pk),
            action="reorganisation.applied",
        )
        .order_by("-at", "-pk")
        .first()
    )
    left = event.detail.get("not_decided", []) if event else []
    return list(
        Membership.objects.filter(pk__in=[one["membership"] for one in left])
        .select_related("body", "user")
        .order_by("body__kind", "body__slug", "user__full_name", "role", "pk")
    )


def memberships_at(bodies: list[BodyKey]) -> list[Membership]:
    """Return the roles at the bodies that have no end yet, by body, name and role."""
    wanted = {(body.kind, body.slug) for body in bodies}
    rows = (
        Membership.objects.current()
        .filter(body__slug__in=[slug for _, slug in wanted], ended_at__isnull=True)
        .select_related("body", "user")
        .order_by("body__kind", "body__slug", "user__full_name", "role", "pk")
    )
    return [row for row in rows if (row.body.kind, row.body.slug) in wanted]
