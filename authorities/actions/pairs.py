"""Works out who shares people with whom, on every day for which the register says it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import zip_longest
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from authorities import audit
from authorities.geography import (
    CoterminosityRule,
    PartOverlap,
    coterminosity,
    overlaps,
    pairs,
)
from authorities.models import (
    AreaPart,
    CouncilMembership,
    CouncilRole,
    Drawing,
    Pair,
    PairOverlap,
    PartBoard,
    PartCouncil,
    User,
)
from authorities.queries.thresholds import approved_thresholds
from authorities.thresholds import Threshold, threshold_on


@dataclass(frozen=True)
class PairsReport:
    """What a rebuild did."""

    created: int
    changed: int
    unchanged: int
    overlaps: int


@dataclass(frozen=True)
class _Facts:
    """What is true of a pair over some days; equal facts of adjoining days are one row."""

    population: int
    share_of_authority: float
    share_of_board: float
    sliver: bool
    planned: bool
    coterminosity: str | None
    population_year: int
    source: str


@dataclass(frozen=True)
class _Slice:
    """Days on which nothing changes; the end is not one of them, and None is open."""

    start: date
    end: date | None


@dataclass(frozen=True)
class _Member:
    """A council's membership over some days."""

    authority: str
    planned: bool
    start: date
    end: date | None


@dataclass(frozen=True)
class _Area:
    """A part, the boards and councils that it lies in over time, and what councils belong to."""

    key: str
    population: int
    boards: tuple[tuple[str, date, date | None], ...]
    councils: tuple[tuple[UUID, date, date | None], ...]
    members: Mapping[UUID, Sequence[_Member]]


_Key = tuple[str, str]
_History = list[tuple[_Slice, _Facts]]


@transaction.atomic
def rebuild_pairs(*, by: User | None, at: datetime) -> PairsReport:
    """Make pairs and their overlaps follow from parts, boards and memberships.

    Writes only what differs. A pair is never deleted: what people said of it refers to it.
    """
    areas, year, source = _load_areas()
    thresholds = approved_thresholds()
    histories = _histories(areas=areas, thresholds=thresholds, year=year, source=source)
    stored = {(str(p.authority_id), str(p.board_id)): p for p in Pair.objects.select_for_update()}
    held: defaultdict[UUID, list[PairOverlap]] = defaultdict(list)
    for overlap in PairOverlap.objects.order_by("pair_id", "valid"):
        held[overlap.pair_id].append(overlap)
    created = changed = unchanged = 0
    for key in sorted(histories.keys() | stored.keys()):
        pair, history = stored.get(key), histories.get(key, [])
        is_new = pair is None
        if pair is None:
            pair = Pair.objects.create(authority_id=key[0], board_id=key[1])
            created += 1
        wanted = [_row(pair, days, facts) for days, facts in history]
        if [_values(row) for row in held[pair.pk]] == [_values(row) for row in wanted]:
            unchanged += 1
            continue
        pair.overlaps.all().delete()
        PairOverlap.objects.bulk_create(wanted)
        changed += 0 if is_new else 1
        audit.record(
            action="pair.created" if is_new else "pair.overlap_changed",
            target=pair,
            by=by,
            at=at,
            body=pair.authority,
            spans=[str(row.valid) for row in wanted],
        )
    if created or changed:
        Drawing.objects.all().delete()
    return PairsReport(
        created=created,
        changed=changed,
        unchanged=unchanged,
        overlaps=sum(len(history) for history in histories.values()),
    )


def _load_areas() -> tuple[list[_Area], int, str]:
    """The parts with their dated facts, the year of their people and where these come from."""
    boards: defaultdict[int, list[tuple[str, date, date | None]]] = defaultdict(list)
    for part_id, board_id, valid in PartBoard.objects.order_by("part_id", "valid").values_list(
        "part_id", "board_id", "valid"
    ):
        boards[part_id].append((str(board_id), valid.lower or date.min, valid.upper))
    members: defaultdict[UUID, list[_Member]] = defaultdict(list)
    for row in CouncilMembership.objects.filter(role=CouncilRole.CONSTITUENT).order_by(
        "council_id", "valid"
    ):
        members[row.council_id].append(
            _Member(
                authority=str(row.authority_id),
                planned=row.planned,
                start=row.valid.lower or date.min,
                end=row.valid.upper,
            )
        )
    councils: defaultdict[int, list[tuple[UUID, date, date | None]]] = defaultdict(list)
    for part_id, council_id, valid in PartCouncil.objects.order_by("part_id", "valid").values_list(
        "part_id", "council_id", "valid"
    ):
        councils[part_id].append((council_id, valid.lower or date.min, valid.upper))
    parts = list(AreaPart.objects.order_by("key"))
    areas = [
        _Area(
            key=part.key,
            population=part.population,
            boards=tuple(boards[part.pk]),
            councils=tuple(councils[part.pk]),
            members={key: members[key] for key, _, _ in councils[part.pk]},
        )
        for part in parts
    ]
    year = max((part.population_year for part in parts), default=0)
    return areas, year, "; ".join(sorted({part.source for part in parts if part.source}))


def _histories(
    *, areas: Sequence[_Area], thresholds: Sequence[Threshold], year: int, source: str
) -> dict[_Key, _History]:
    histories: defaultdict[_Key, _History] = defaultdict(list)
    for days in _slices(areas, thresholds):
        threshold = threshold_on(thresholds=thresholds, day=days.start)
        for key, facts in _facts_on(
            areas=areas, day=days.start, threshold=threshold, year=year, source=source
        ):
            history = histories[key]
            if history and history[-1][1] == facts and history[-1][0].end == days.start:
                history[-1] = (_Slice(start=history[-1][0].start, end=days.end), facts)
            else:
                history.append((days, facts))
    return dict(histories)


def _slices(areas: Iterable[_Area], thresholds: Iterable[Threshold]) -> list[_Slice]:
    """The stretches between the days on which anything changes."""
    changes = {one.holds_from for one in thresholds if one.holds_from is not None}
    for area in areas:
        for _, start, end in area.boards:
            changes |= {start, end or start}
        for council, start, end in area.councils:
            # A part has a council on all days of the register; only a change matters.
            changes |= {day for day in (start, end) if day is not None and day != date.min}
            for member in area.members[council]:
                changes |= {member.start, member.end or member.start}
    ordered = sorted(changes)
    return [_Slice(start=start, end=end) for start, end in zip_longest(ordered, ordered[1:])]


def _facts_on(
    *, areas: Sequence[_Area], day: date, threshold: float, year: int, source: str
) -> list[tuple[_Key, _Facts]]:
    """Every pair of the day with its facts."""
    parts: list[PartOverlap] = []
    planned: set[str] = set()
    for area in areas:
        board = next((key for key, start, end in area.boards if _holds(start, end, day)), None)
        council = next((key for key, start, end in area.councils if _holds(start, end, day)), None)
        own = area.members[council] if council else ()
        member = next((m for m in own if _holds(m.start, m.end, day)), None)
        if member is not None and member.planned:
            planned.add(member.authority)
        parts.append(
            PartOverlap(
                part=area.key,
                authority=member.authority if member else None,
                board=board,
                population=area.population,
            )
        )
    found = pairs(overlaps=overlaps(parts=parts), sliver_threshold=threshold)
    # What is only planned does not change how existing areas fit each other today.
    existing = [pair for pair in found if pair.overlap.authority not in planned]
    rule = CoterminosityRule(whole_share=settings.COTERMINOSITY_WHOLE_SHARE)
    classes = {
        (c.authority, c.board): c.coterminosity
        for some in (found, existing)
        for c in coterminosity(pairs=some, rule=rule).pairs
    }
    return [
        (
            (pair.overlap.authority, pair.overlap.board),
            _Facts(
                population=pair.overlap.population,
                share_of_authority=pair.overlap.share_of_authority,
                share_of_board=pair.overlap.share_of_board,
                sliver=pair.sliver,
                planned=pair.overlap.authority in planned,
                coterminosity=classes.get((pair.overlap.authority, pair.overlap.board)),
                population_year=year,
                source=source,
            ),
        )
        for pair in found
    ]


def _holds(start: date, end: date | None, day: date) -> bool:
    return start <= day and (end is None or day < end)


def _row(pair: Pair, days: _Slice, facts: _Facts) -> PairOverlap:
    return PairOverlap(
        pair=pair,
        valid=DateRange(days.start, days.end),
        population=facts.population,
        share_of_authority=facts.share_of_authority,
        share_of_board=facts.share_of_board,
        sliver=facts.sliver,
        planned=facts.planned,
        coterminosity=facts.coterminosity,
        population_year=facts.population_year,
        source=facts.source,
    )


def _values(row: PairOverlap) -> tuple[object, ...]:
    """All that makes two overlaps the same."""
    return (
        row.valid.lower,
        row.valid.upper,
        row.population,
        row.share_of_authority,
        row.share_of_board,
        row.sliver,
        row.planned,
        str(row.coterminosity) if row.coterminosity else None,
        row.population_year,
        row.source,
    )
