"""What came before pairs: whose people they took over, and which of their bodies changed when."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from authorities.models import (
    Body,
    BodyKind,
    Pair,
    ReorganisationBody,
    ReorganisationState,
    Succession,
)
from engagement.queries.pairs import with_predecessors

_REORGANISED = (BodyKind.STRATEGIC_AUTHORITY, BodyKind.INTEGRATED_CARE_BOARD)


@dataclass(frozen=True)
class Lineages:
    """What happened to the bodies of some pairs up to a day.

    before: the pairs whose people a pair took over, over several mergers too.
    days: on which a body took over from another, lost to one, or was reorganised.
    """

    before: Mapping[UUID, tuple[UUID, ...]]
    days: Mapping[UUID, tuple[date, ...]]

    def predecessors(self, *, pair: Pair) -> tuple[UUID, ...]:
        """Return the pairs whose people the pair took over."""
        return self.before.get(pair.pk, ())

    def changed(self, *, pair: Pair, after: date) -> bool:
        """Whether a side of the pair changed after a day."""
        sides = (pair.authority_id, pair.board_id)
        return any(day > after for side in sides for day in self.days.get(side, ()))


def lineages_of(*, pairs: Collection[Pair], until: date) -> Lineages:
    """Return what happened to the bodies of the pairs up to a day, in four queries at most."""
    predecessors: defaultdict[UUID, set[UUID]] = defaultdict(set)
    days: defaultdict[UUID, list[date]] = defaultdict(list)
    lines = Succession.objects.filter(on_date__lte=until)
    for predecessor, successor, day in lines.values_list(
        "predecessor_id", "successor_id", "on_date"
    ):
        predecessors[successor].add(predecessor)
        for body in (predecessor, successor):
            days[body].append(day)
    # A council that joins an authority and was in none is no succession.
    for body, day in _reorganised(until=until):
        days[body].append(day)
    return Lineages(
        before=_pairs_before(pairs=pairs, predecessors=predecessors),
        days={body: tuple(found) for body, found in days.items()},
    )


def families_of(*, bodies: Collection[UUID]) -> frozenset[UUID]:
    """Return bodies with all that they took over from, and all that took over from them.

    Over several successions; not the others that a successor took over from. One query.
    """
    before: defaultdict[UUID, set[UUID]] = defaultdict(set)
    after: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for predecessor, successor in Succession.objects.values_list("predecessor_id", "successor_id"):
        before[successor].add(predecessor)
        after[predecessor].add(successor)
    return frozenset(
        relative
        for body in bodies
        for lines in (before, after)
        for relative in with_predecessors(body=body, predecessors=lines)
    )


def _reorganised(*, until: date) -> list[tuple[UUID, date]]:
    found = list(
        ReorganisationBody.objects.filter(
            kind__in=_REORGANISED,
            reorganisation__state=ReorganisationState.APPLIED,
            reorganisation__effective_date__lte=until,
        ).values_list("kind", "slug", "reorganisation__effective_date")
    )
    if not found:
        return []
    bodies = Body.objects.filter(kind__in=_REORGANISED, slug__in={slug for _, slug, _ in found})
    keys = {(kind, slug): key for key, kind, slug in bodies.values_list("pk", "kind", "slug")}
    return [(keys[kind, slug], day) for kind, slug, day in found if (kind, slug) in keys]


def _pairs_before(
    *, pairs: Collection[Pair], predecessors: Mapping[UUID, set[UUID]]
) -> dict[UUID, tuple[UUID, ...]]:
    families = {
        body: with_predecessors(body=body, predecessors=predecessors)
        for pair in pairs
        for body in (pair.authority_id, pair.board_id)
        if body in predecessors
    }
    if not families:
        return {}
    older = {body for family in families.values() for body in family}
    known = {
        (authority, board): key
        for key, authority, board in Pair.objects.filter(
            Q(authority__in=older) | Q(board__in=older)
        ).values_list("pk", "authority_id", "board_id")
    }
    found = {}
    for pair in pairs:
        authorities = families.get(pair.authority_id, {pair.authority_id})
        boards = families.get(pair.board_id, {pair.board_id})
        before = sorted(
            known[authority, board]
            for authority in authorities
            for board in boards
            if (authority, board) in known and known[authority, board] != pair.pk
        )
        if before:
            found[pair.pk] = tuple(before)
    return found
