"""What is asked of the three steps of a pair: its columns, round by round."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from authorities.models import Pair
from duty.models import Round
from engagement.models import Side, ThreeStepAnswer, ThreeStepColumn
from engagement.queries.own_views import round_for_views
from engagement.three_steps import STEP_CODES, Standing


@dataclass(frozen=True)
class Column:
    """One side's column; version 0 where the side has written nothing.

    standings: by priority; notes: by step, without empty ones.
    """

    standings: Mapping[str, Standing]
    notes: Mapping[str, str]
    version: int = 0
    updated_at: datetime | None = None
    updated_by: str = ""


EMPTY = Column(standings={}, notes={})


def columns_of(*, round: Round, pair: Pair) -> dict[Side, Column]:
    """Return both sides' columns of a pair in a round; two queries."""
    return columns_of_rounds(rounds=[round], pair=pair)[round.pk]


def columns_of_rounds(*, rounds: Collection[Round], pair: Pair) -> dict[UUID, dict[Side, Column]]:
    """Return both sides' columns of a pair in each round; two queries."""
    rows = list(
        ThreeStepColumn.objects.filter(round__in=rounds, pair=pair).select_related("updated_by")
    )
    standings: dict[UUID, dict[str, Standing]] = {row.pk: {} for row in rows}
    for key, code, standing in ThreeStepAnswer.objects.filter(column__in=rows).values_list(
        "column_id", "priority", "standing"
    ):
        standings[key][code] = Standing(standing)
    found = {one.pk: dict.fromkeys(Side, EMPTY) for one in rounds}
    for row in rows:
        found[row.round_id][Side(row.side)] = column_of(row=row, standings=standings[row.pk])
    return found


def column_of(*, row: ThreeStepColumn, standings: Mapping[str, Standing]) -> Column:
    """Return a stored column with its answers."""
    return Column(
        standings=standings,
        notes={code: note for code in STEP_CODES if (note := getattr(row, code))},
        version=row.version,
        updated_at=row.updated_at,
        updated_by=row.updated_by.full_name,
    )


def stored_standings(*, row: ThreeStepColumn) -> dict[str, Standing]:
    """Return the answers of a stored column by priority."""
    return {
        code: Standing(standing)
        for code, standing in ThreeStepAnswer.objects.filter(column=row).values_list(
            "priority", "standing"
        )
    }


def rounds_of(*, pair: Pair) -> tuple[Round, ...]:
    """Return the rounds in which a side has written, and the one that takes writing; newest first.

    Never a test round.
    """
    rows = Round.objects.counted().filter(three_step_columns__pair=pair).distinct()
    found = {row.pk: row for row in rows}
    current = round_for_views()
    if current is not None:
        found.setdefault(current.pk, current)
    return tuple(sorted(found.values(), key=lambda one: (one.opens_on, one.slug), reverse=True))


def column_before(*, round: Round, pair: Pair, side: Side) -> tuple[Round, Column] | None:
    """Return what the side wrote in the latest earlier round, None where it never did."""
    row = (
        ThreeStepColumn.objects.filter(
            pair=pair, side=side, round__is_test=False, round__opens_on__lt=round.opens_on
        )
        .select_related("round", "updated_by")
        .order_by("-round__opens_on", "-pk")
        .first()
    )
    if row is None:
        return None
    return row.round, column_of(row=row, standings=stored_standings(row=row))
