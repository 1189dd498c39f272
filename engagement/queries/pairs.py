"""What engagement asks about pairs: which are assessed, their facts, what they took over."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q

from authorities.models import (
    CodeScheme,
    Pair,
    PairOverlap,
    StrategicAuthority,
    Succession,
)
from authorities.queries import PairFacts
from authorities.queries.dated import codes_on, names_on
from authorities.queries.pairs import load_pairs


@dataclass(frozen=True)
class CodedPair:
    """A pair on a day with the codes of its bodies; an unknown code is None."""

    facts: PairFacts
    authority_code: str | None
    board_ons_code: str | None
    board_ods_code: str | None


def expected_pairs(*, on: date) -> tuple[UUID, ...]:
    """Return the pairs that are assessed on a day: no slivers, both bodies established."""
    return tuple(
        PairOverlap.objects.as_at(on)
        .filter(sliver=False, planned=False)
        .order_by("pair_id")
        .values_list("pair_id", flat=True)
    )


def stands(*, pair: Pair, on: date) -> bool:
    """Whether two bodies serve some of the same people on a day, or will."""
    return PairOverlap.objects.filter(pair=pair, valid__overlap=DateRange(on, None)).exists()


def standing_of(*, pair_ids: Collection[UUID], on: date) -> set[UUID]:
    """Return those of the pairs whose bodies serve some of the same people on the day."""
    rows = PairOverlap.objects.as_at(on).filter(pair__in=list(pair_ids))
    return set(rows.values_list("pair_id", flat=True))


def facts_of(*, pairs: Iterable[Pair], on: date) -> dict[UUID, CodedPair]:
    """Return what is known of pairs that overlap on the day, from a fixed number of queries."""
    by_id = {pair.pk: pair for pair in pairs}
    codes = codes_on(
        day=on,
        bodies={body for pair in by_id.values() for body in (pair.authority_id, pair.board_id)},
    )
    return {
        facts.id: CodedPair(
            facts=facts,
            authority_code=codes.get((by_id[facts.id].authority_id, CodeScheme.ONS)),
            board_ons_code=codes.get((by_id[facts.id].board_id, CodeScheme.ONS)),
            board_ods_code=codes.get((by_id[facts.id].board_id, CodeScheme.ODS)),
        )
        for facts in load_pairs(as_at=on, which=Q(pair__in=list(by_id)))
    }


def names_of(*, pair: Pair, on: date) -> tuple[str, str]:
    """Return the names of the authority and of the ICB as they were on the day."""
    names = names_on(day=on, bodies=[pair.authority_id, pair.board_id])
    return names.name(pair.authority_id), names.name(pair.board_id)


def short_names_of(*, pair: Pair, on: date) -> tuple[str, str]:
    """Return the short names of the authority and of the ICB as they were on the day."""
    names = names_on(day=on, bodies=[pair.authority_id, pair.board_id])
    return names.short_name(pair.authority_id), names.short_name(pair.board_id)


def predecessor_pairs(*, pair: Pair, until: date) -> tuple[UUID, ...]:
    """Return the pairs whose people this one took over by successions up to the day.

    Over several mergers, too: a round may lie between none of them.
    """
    predecessors: defaultdict[UUID, set[UUID]] = defaultdict(set)
    lines = Succession.objects.filter(on_date__lte=until)
    for predecessor, successor in lines.values_list("predecessor_id", "successor_id"):
        predecessors[successor].add(predecessor)
    return tuple(
        Pair.objects.filter(
            authority_id__in=with_predecessors(body=pair.authority_id, predecessors=predecessors),
            board_id__in=with_predecessors(body=pair.board_id, predecessors=predecessors),
        )
        .exclude(pk=pair.pk)
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def with_predecessors(*, body: UUID, predecessors: Mapping[UUID, set[UUID]]) -> set[UUID]:
    """Return a body with all whose people it took over, over several successions too."""
    found, waiting = {body}, [body]
    while waiting:
        new = predecessors.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return found


def planned_authorities(*, on: date) -> tuple[str, ...]:
    """Return the short names of authorities that are planned on the day, not yet established."""
    planned = StrategicAuthority.objects.known_as_at(on).filter(
        Q(opened_on__isnull=True) | Q(opened_on__gt=on)
    )
    ids = list(planned.values_list("pk", flat=True))
    names = names_on(day=on, bodies=ids)
    return tuple(sorted(names.short_name(body) for body in ids))


def slivers(*, on: date) -> tuple[tuple[str, str, float], ...]:
    """Return overlaps that are too small to assess: both short names, the authority's share."""
    return tuple(
        (pair.authority_short_name, pair.board_short_name, pair.share_of_authority)
        for pair in load_pairs(as_at=on, which=Q(sliver=True))
    )
