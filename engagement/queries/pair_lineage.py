"""What came directly before a pair, and what goes on after it ended, by changes of its bodies."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q

from authorities.models import Pair, PairOverlap, Succession
from authorities.queries.dated import holds_on, names_on

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Relative:
    """A pair before or after, with the short names that its bodies had then.

    on: the day on which one took over from the other.
    """

    authority_slug: str
    board_slug: str
    names: tuple[str, str]
    on: date


@dataclass(frozen=True)
class PairLineage:
    """The pairs before and after, by name. ended_on: the first day on which it is no more."""

    before: tuple[Relative, ...]
    after: tuple[Relative, ...]
    ended_on: date | None


def lineage_of(*, pair: Pair, today: date) -> PairLineage:
    """Return the direct relatives of a pair up to a day, from four queries at most.

    A pair is directly before another where it ended on the day on which a body of the other took
    over from one of its own, and the other stood on that day. Slivers are no relatives.
    """
    sides = (pair.authority_id, pair.board_id)
    lines = list(
        Succession.objects.filter(
            Q(predecessor__in=sides) | Q(successor__in=sides), on_date__lte=today
        ).values_list("predecessor_id", "successor_id", "on_date")
    )
    family = {body for line in lines for body in line[:2]} | set(sides)
    overlaps = list(
        PairOverlap.objects.filter(
            pair__authority__in=family, pair__board__in=family, planned=False
        )
        .select_related("pair__authority", "pair__board")
        .order_by("pair__authority__slug", "pair__board__slug", "valid")
    )
    own = [row for row in overlaps if row.pair_id == pair.pk]
    others = [row for row in overlaps if row.pair_id != pair.pk and not row.sliver]
    before: list[tuple[Pair, date]] = []
    after: list[tuple[Pair, date]] = []
    for day in sorted({line[2] for line in lines}):
        older = {one for one, heir, on in lines if on == day and heir in sides} | set(sides)
        newer = {heir for one, heir, on in lines if on == day and one in sides} | set(sides)
        if any(holds_on(row.valid, day) for row in own):
            before += [
                (row.pair, day)
                for row in others
                if row.valid.upper == day and _within(row.pair, older)
            ]
        if any(row.valid.upper == day for row in own):
            after += [
                (row.pair, day)
                for row in others
                if holds_on(row.valid, day) and _within(row.pair, newer)
            ]
    return PairLineage(
        before=_relatives(before, last_day=True),
        after=_relatives(after, last_day=False),
        ended_on=_ended_on(own, today=today),
    )


def _within(pair: Pair, bodies: set[UUID]) -> bool:
    return pair.authority_id in bodies and pair.board_id in bodies


def _ended_on(own: Sequence[PairOverlap], *, today: date) -> date | None:
    """Return from when the pair is no more; one that never began, or still stands, has no end."""
    last: date | None = own[-1].valid.upper if own else None
    return last if last is not None and last <= today else None


def _relatives(found: Sequence[tuple[Pair, date]], *, last_day: bool) -> tuple[Relative, ...]:
    """Name pairs by what their bodies were called on their last day, or on their first."""
    named = {
        day: names_on(
            day=day - _ONE_DAY if last_day else day,
            bodies=[body for pair, _ in found for body in (pair.authority_id, pair.board_id)],
        )
        for day in {day for _, day in found}
    }
    return tuple(
        Relative(
            authority_slug=pair.authority.slug,
            board_slug=pair.board.slug,
            names=(
                named[day].short_name(pair.authority_id),
                named[day].short_name(pair.board_id),
            ),
            on=day,
        )
        for pair, day in found
    )
