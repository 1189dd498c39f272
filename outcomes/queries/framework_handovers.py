"""Outcomes frameworks that a body took over: what they ask of it, and what it has answered."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from authorities.models import Pair
from outcomes.models import Framework, FrameworkPartner, FrameworkVersion, VersionState
from outcomes.queries.framework_lists import WaitKind, waits_at

_ASKS = (WaitKind.ADOPT, WaitKind.ASSIGN)
_STANDING = (
    VersionState.AGREED,
    VersionState.DRAFT,
    VersionState.PROPOSED,
    VersionState.PARTLY_SIGNED,
)


@dataclass(frozen=True)
class InheritedFramework:
    """A framework that came to a body, or to its owners, by a change of bodies.

    ask: to stand by it, or to choose who follows an owner; None once the body has said so.
    pair: that owned it before; None where it is not known.
    authority_id: whose it was before; None where it is its authority's still.
    on: the day of the change; None where only the authority changed.
    """

    id: UUID
    name: str
    number: int
    ask: WaitKind | None
    pair: Pair | None
    authority_id: UUID | None
    on: date | None
    answered_at: datetime | None = None


def inherited_frameworks(*, body_id: UUID) -> tuple[InheritedFramework, ...]:
    """Return what a body took over of frameworks, by name: what waits, and what it stands by.

    In three queries more than `waits_at`.
    """
    waits = [one for one in waits_at(bodies=[body_id]).get(body_id, ()) if one.kind in _ASKS]
    answered = {
        row.pk: row
        for row in Framework.objects.filter(
            Q(authority=body_id, moved_from__isnull=False, reconfirmed_at__isnull=False)
            | Q(
                partners__pair__board=body_id,
                partners__ended_on__isnull=True,
                partners__came_from__isnull=False,
                partners__reconfirmed_at__isnull=False,
            ),
            versions__state__in=_STANDING,
        )
        .distinct()
        .order_by("name", "pk")
    }
    keys = {one.framework_id for one in waits} | set(answered)
    partners = list(
        FrameworkPartner.objects.filter(framework__in=keys)
        .filter(Q(unassigned=True) | Q(came_from__isnull=False, ended_on__isnull=True))
        .select_related("framework", "pair", "came_from__pair")
        .order_by("pk")
    )
    moved = {
        row.framework_id: row.framework.moved_from_id
        for row in partners
        if row.framework.authority_id == body_id
    }
    found = []
    for wait in waits:
        ended = _ended(partners, wait.framework_id, body_id, chooses=wait.kind is WaitKind.ASSIGN)
        found.append(
            InheritedFramework(
                id=wait.framework_id,
                name=wait.name,
                number=wait.number,
                ask=wait.kind,
                pair=ended.pair if ended else None,
                authority_id=moved.get(wait.framework_id),
                on=ended.ended_on if ended else None,
            )
        )
    asked = {one.framework_id for one in waits if one.kind is WaitKind.ADOPT}
    numbers = _numbers(set(answered) - asked)
    for key, row in answered.items():
        if key not in numbers:
            continue
        ended = _ended(partners, key, body_id, chooses=False)
        own = next(
            (one for one in partners if one.framework_id == key and one.pair.board_id == body_id),
            None,
        )
        found.append(
            InheritedFramework(
                id=key,
                name=row.name,
                number=numbers[key],
                ask=None,
                pair=ended.pair if ended else None,
                authority_id=moved.get(key),
                on=ended.ended_on if ended else None,
                answered_at=own.reconfirmed_at if own else row.reconfirmed_at,
            )
        )
    return tuple(found)


def _numbers(keys: Collection[UUID]) -> dict[UUID, int]:
    """Return the version of each framework that holds, else the one that is worked on."""
    rows = FrameworkVersion.objects.filter(framework__in=keys, state__in=_STANDING).order_by(
        "-number"
    )
    found: dict[UUID, int] = {}
    for key, number, state in rows.values_list("framework_id", "number", "state"):
        if key not in found or state == VersionState.AGREED:
            found[key] = number
    return found


def _ended(
    partners: Collection[FrameworkPartner], key: UUID, body_id: UUID, *, chooses: bool
) -> FrameworkPartner | None:
    """Return the owner that ended: that waits for a choice, or that the body's own came from."""
    for row in partners:
        if row.framework_id != key:
            continue
        if chooses:
            if row.unassigned:
                return row
        elif row.came_from is not None and body_id in (
            row.pair.board_id,
            row.framework.authority_id,
        ):
            return row.came_from
    return None
