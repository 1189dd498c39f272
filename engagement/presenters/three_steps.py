"""What pages, files and the API show of the three steps of a pair: two columns side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from authorities.csv_text import write_csv
from authorities.models import Pair
from duty.models import Round
from duty.words import london_date
from engagement.actions.three_steps import Content
from engagement.models import Side
from engagement.queries.three_steps import Column
from engagement.three_steps import (
    PRIORITIES,
    STANDING_WORDS,
    STEPS,
    Difference,
    Standing,
    difference,
    differing,
)

NO_ANSWER = "No answer yet"
_HEADINGS = (
    *("round", "authority", "icb", "step", "area", "priority", "text"),
    *("authority_answer", "icb_answer", "difference", "authority_note", "icb_note"),
)


@dataclass(frozen=True)
class Row:
    """One thing with both answers in words; differs where both have answered, and otherwise."""

    text: str
    authority: str
    board: str
    compared: str
    differs: bool


@dataclass(frozen=True)
class AreaPart:
    """Half of a step."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class StepPart:
    """One step, with what each side notes on it."""

    name: str
    areas: tuple[AreaPart, ...]
    authority_note: str
    board_note: str


@dataclass(frozen=True)
class RoundLink:
    """A round that may be looked at."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True)
class SideLine:
    """How far one side is with its column."""

    name: str
    answered: int
    of: int
    updated_at: datetime | None
    updated_by: str


@dataclass(frozen=True)
class StepsPart:
    """All facts of the page."""

    round_name: str
    authority_name: str
    board_name: str
    sides: tuple[SideLine, ...]
    steps: tuple[StepPart, ...]
    differing: int


@dataclass(frozen=True)
class ConflictRow:
    """Where a stale save and what is stored differ."""

    what: str
    mine: str
    stored: str


@dataclass(frozen=True)
class Conflict:
    """Both texts of a stale save."""

    stored_by: str
    stored_at: datetime | None
    rows: tuple[ConflictRow, ...]


def present(*, round: Round, names: tuple[str, str], columns: Mapping[Side, Column]) -> StepsPart:
    """Return the page's facts; `names` are the authority's and the ICB's."""
    authority, board = columns[Side.AUTHORITY], columns[Side.BOARD]
    return StepsPart(
        round_name=round.name,
        authority_name=names[0],
        board_name=names[1],
        sides=tuple(
            SideLine(
                name=name,
                answered=len(column.standings),
                of=len(PRIORITIES),
                updated_at=column.updated_at,
                updated_by=column.updated_by,
            )
            for name, column in zip(names, (authority, board), strict=True)
        ),
        steps=tuple(
            StepPart(
                name=step.name,
                areas=tuple(
                    AreaPart(
                        name=area.name,
                        rows=tuple(
                            _row(
                                one.text,
                                names,
                                authority.standings.get(one.code),
                                board.standings.get(one.code),
                            )
                            for one in area.priorities
                        ),
                    )
                    for area in step.areas
                ),
                authority_note=authority.notes.get(step.code, ""),
                board_note=board.notes.get(step.code, ""),
            )
            for step in STEPS
        ),
        differing=len(differing(authority=authority.standings, board=board.standings)),
    )


def conflict(*, submitted: Content, stored: Column) -> Conflict:
    """Return where what was typed and what somebody else stored meanwhile differ."""
    rows = [
        ConflictRow(
            what=one.text,
            mine=_said(submitted.standings.get(one.code)),
            stored=_said(stored.standings.get(one.code)),
        )
        for step in STEPS
        for area in step.areas
        for one in area.priorities
        if submitted.standings.get(one.code) != stored.standings.get(one.code)
    ]
    rows.extend(
        ConflictRow(
            what=f"Note on {step.name.lower()}",
            mine=submitted.notes.get(step.code, "") or "Nothing",
            stored=stored.notes.get(step.code, "") or "Nothing",
        )
        for step in STEPS
        if submitted.notes.get(step.code, "") != stored.notes.get(step.code, "")
    )
    return Conflict(stored_by=stored.updated_by, stored_at=stored.updated_at, rows=tuple(rows))


def closed_line(*, last_day: date) -> str:
    """Return why a side cannot write now."""
    return f"Your last day for changes was {london_date(moment=last_day)}."


def csv_of(*, pair: Pair, rounds: Sequence[tuple[Round, Mapping[Side, Column]]]) -> str:
    """Return a row for each thing and round; notes stand beside each row of their step."""
    rows = []
    for round_, columns in rounds:
        authority, board = columns[Side.AUTHORITY], columns[Side.BOARD]
        for step in STEPS:
            notes = (authority.notes.get(step.code, ""), board.notes.get(step.code, ""))
            for area in step.areas:
                for one in area.priorities:
                    said = authority.standings.get(one.code), board.standings.get(one.code)
                    rows.append(
                        (
                            *(round_.slug, pair.authority.slug, pair.board.slug),
                            *(step.name, area.name, one.code, one.text),
                            *((each.value if each else "") for each in said),
                            difference(authority=said[0], board=said[1]).value,
                            *notes,
                        )
                    )
    return write_csv(headings=_HEADINGS, rows=rows)


def _row(
    text: str, names: tuple[str, str], authority: Standing | None, board: Standing | None
) -> Row:
    found = difference(authority=authority, board=board)
    answered = names[0] if authority is not None else names[1]
    return Row(
        text=text,
        authority=_said(authority),
        board=_said(board),
        compared={
            Difference.SAME: "Seen alike",
            Difference.DIFFERENT: "Seen differently",
            Difference.ONE_ANSWERED: f"Only {answered} has answered",
            Difference.NONE_ANSWERED: "Nobody has answered",
        }[found],
        differs=found is Difference.DIFFERENT,
    )


def _said(standing: Standing | None) -> str:
    return STANDING_WORDS[standing] if standing is not None else NO_ANSWER
