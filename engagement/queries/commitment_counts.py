"""How many commitments stand where, of a pair or of the nation, each with what it is counted of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from authorities.models import Pair
from authorities.queries.dated import names_on
from duty.deadlines import closes_at
from engagement.commitment_lifecycle import PROMISED
from engagement.models import Commitment, CommitmentState, Side
from engagement.queries.body_names import BodyName
from engagement.queries.commitment_flags import is_overdue, is_stale, views_differ, with_words

PAGE_SIZE = 25
_PROMISED = Q(state__in=PROMISED)


@dataclass(frozen=True)
class Standing:
    """How commitments stand.

    by_state: of all. by_status: of those that are promised, each side's latest word by its code;
        the empty code is a side that has said nothing.
    differ, stale, overdue: of those that are promised.
    """

    by_state: Mapping[str, int]
    by_status: Mapping[Side, Mapping[str, int]]
    differ: int
    stale: int
    overdue: int

    @property
    def total(self) -> int:
        """How many there are, the declined and closed ones too."""
        return sum(self.by_state.values())

    @property
    def promised(self) -> int:
        """How many both sides stand by today."""
        return sum(self.by_state.get(state, 0) for state in PROMISED)


@dataclass(frozen=True)
class Tally:
    """How many commitments share something: a theme, a stage, a pair; the empty code is unsaid."""

    code: str
    by_state: Mapping[str, int]
    differ: int
    stale: int
    overdue: int

    @property
    def total(self) -> int:
        """How many there are."""
        return sum(self.by_state.values())


@dataclass(frozen=True)
class PairTally:
    """The tally of a pair, with its names on the day."""

    authority: BodyName
    board: BodyName
    tally: Tally


@dataclass(frozen=True)
class PairTallies:
    """A page of pairs."""

    rows: tuple[PairTally, ...]
    page: int
    pages: int
    count: int


@dataclass(frozen=True)
class Moment:
    """How many stood where at the end of a day."""

    day: date
    by_state: Mapping[str, int]


def standing_of(*, rows: QuerySet[Commitment], on: date) -> Standing:
    """Return how commitments stand on a day, from three queries."""
    said = with_words(rows=rows)
    flags = said.aggregate(**_flags(on=on))
    return Standing(
        by_state=_counted(rows.values_list("state").annotate(number=Count("pk"))),
        by_status={
            side: _counted(
                said.filter(_PROMISED).values_list(f"{own}_status").annotate(number=Count("pk"))
            )
            for side, own in ((Side.AUTHORITY, "authority"), (Side.BOARD, "board"))
        },
        **flags,
    )


def tallies_by(*, field: str, rows: QuerySet[Commitment], on: date) -> tuple[Tally, ...]:
    """Return the tally of each value that a field has, from one query.

    Args:
        field: a field of `Commitment`, such as its theme.
        rows: which commitments.
        on: the day that flags are asked about.
    """
    found = with_words(rows=rows).values(field).annotate(**_by_state(), **_flags(on=on))
    return tuple(_tally(row, code=row[field] or "") for row in found.order_by(field))


def tallies_of_pairs(*, rows: QuerySet[Commitment], on: date, page: int = 1) -> PairTallies:
    """Return a page of the pairs that have any of the commitments, in the order of their names."""
    pairs = Pair.objects.filter(pk__in=rows.values("pair")).select_related("authority", "board")
    count = pairs.count()
    pages = max(1, -(-count // PAGE_SIZE))
    page = min(max(1, page), pages)
    first = (page - 1) * PAGE_SIZE
    shown = list(pairs.order_by("authority__slug", "board__slug")[first : first + PAGE_SIZE])
    found = {
        row["pair"]: row
        for row in with_words(rows=rows.filter(pair__in=shown))
        .values("pair")
        .annotate(**_by_state(), **_flags(on=on))
        .order_by("pair")
    }
    names = names_on(day=on, bodies={key for one in shown for key in _bodies(one)})
    return PairTallies(
        rows=tuple(
            PairTally(
                authority=BodyName.called(one.authority, names),
                board=BodyName.called(one.board, names),
                tally=_tally(found[one.pk], code=str(one.pk)),
            )
            for one in shown
        ),
        page=page,
        pages=pages,
        count=count,
    )


def over_time(*, rows: QuerySet[Commitment], days: Sequence[date]) -> tuple[Moment, ...]:
    """Return how many stood where at the end of each day, from one query.

    What waited to be closed counts as agreed: it still was.
    """
    asked: dict[str, Q] = {}
    for number, day in enumerate(days):
        ends = closes_at(closing_date=day)
        decided, closed = Q(decided_at__lt=ends), Q(closed_at__lt=ends)
        declined = Q(state=CommitmentState.DECLINED)
        asked |= {
            f"proposed_{number}": Q(proposed_at__lt=ends) & ~decided,
            f"agreed_{number}": decided & ~declined & ~closed,
            f"closed_{number}": closed,
            f"declined_{number}": decided & declined,
        }
    found = rows.aggregate(**{name: Count("pk", filter=which) for name, which in asked.items()})
    return tuple(
        Moment(
            day=day,
            by_state={
                state: found[f"{state}_{number}"]
                for state in ("proposed", "agreed", "closed", "declined")
            },
        )
        for number, day in enumerate(days)
    )


def quarter_ends(*, on: date, number: int) -> tuple[date, ...]:
    """Return the last days of the quarters before a day, and the day itself, the earliest first."""
    found, day = [on], date(on.year, (on.month - 1) // 3 * 3 + 1, 1)
    while len(found) < number:
        last = day - timedelta(days=1)
        found.append(last)
        day = date(last.year, last.month - 2, 1)
    return tuple(reversed(found))


def _by_state() -> dict[str, Count]:
    return {f"in_{one.value}": Count("pk", filter=Q(state=one)) for one in CommitmentState}


def _flags(*, on: date) -> dict[str, Count]:
    stale = is_stale(side=Side.AUTHORITY, on=on) | is_stale(side=Side.BOARD, on=on)
    return {
        "differ": Count("pk", filter=_PROMISED & views_differ()),
        "stale": Count("pk", filter=stale),
        "overdue": Count("pk", filter=is_overdue(on=on)),
    }


def _counted(rows: QuerySet[Any, tuple[str | None, int]]) -> dict[str, int]:
    return {code or "": number for code, number in rows.order_by()}


def _tally(row: Mapping[str, Any], *, code: str) -> Tally:
    return Tally(
        code=code,
        by_state={one.value: row[f"in_{one.value}"] for one in CommitmentState},
        differ=row["differ"],
        stale=row["stale"],
        overdue=row["overdue"],
    )


def _bodies(pair: Pair) -> tuple[UUID, UUID]:
    return pair.authority_id, pair.board_id
