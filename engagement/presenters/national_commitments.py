"""What the national page of commitments shows, and its tables as one file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from authorities.csv_text import write_csv
from duty.record_words import THEME_WORDS
from duty.standing_records import Theme
from duty.ui.components import Cell, Column, Count
from duty.words import london_date
from engagement.models import CommitmentState, CommitmentStatus, Side
from engagement.presenters.commitment_money_tables import money_tables, prevention_table
from engagement.presenters.commitment_tables import Table
from engagement.presenters.commitment_words import NO_STATUS, STATUS_TAGS
from engagement.presenters.placement_files import file_note
from engagement.presenters.practice import Filter
from engagement.queries.commitment_counts import Moment, PairTallies, Standing, Tally
from engagement.queries.commitment_money_counts import MoneyPage, MoneyTally
from outcomes.models import ItemKind

NOT_SAID = "Not said"
# Never as a share of all: what is declined was never a promise.
_STATES = (
    ("Proposed", (CommitmentState.PROPOSED,)),
    ("Agreed", (CommitmentState.AGREED, CommitmentState.CLOSING)),
    ("Closed", (CommitmentState.CLOSED,)),
    ("Declined", (CommitmentState.DECLINED,)),
)
_TALLY_COLUMNS = (
    *(Column(label, numeric=True) for label, _ in _STATES),
    Column("All", numeric=True),
    Column("Views differ", numeric=True),
    Column("No recent update", numeric=True),
    Column("Overdue", numeric=True),
)
HEADINGS = ("table", "row", "column", "value", "of", "note")


@dataclass(frozen=True)
class Asked:
    """What the address asks for; empty is all."""

    theme: str = ""
    stage: str = ""
    state: str = ""

    @property
    def query(self) -> str:
        """The address's part after the question mark, of what is asked."""
        return urlencode(
            {one.name: getattr(self, one.name) for one in fields(self) if getattr(self, one.name)}
        )


@dataclass(frozen=True)
class PagedTable:
    """One page of a long table; the number of another is added to `url`."""

    table: Table
    page: int
    pages: int
    url: str


@dataclass(frozen=True)
class NationalCommitments:
    """The context of `templates/engagement/national_commitments.html`."""

    heading: str
    counts: tuple[Count, ...]
    filters: tuple[Filter, ...]
    filtered: bool
    tables: tuple[Table, ...]
    money: tuple[Table, ...]
    prevention: PagedTable
    pairs: PagedTable
    files: tuple[tuple[str, str], ...]


def present(
    *,
    asked: Asked,
    standing: Standing,
    themes: Sequence[Tally],
    stages: Sequence[Tally],
    moments: Sequence[Moment],
    pairs: PairTallies,
    money: Sequence[MoneyTally],
    prevention: MoneyPage,
    on: date,
) -> NationalCommitments:
    """Return the page of the commitments that the address asks for."""
    query = f"?{asked.query}" if asked.query else ""
    begin = f"{query}&" if query else "?"
    return NationalCommitments(
        heading=_heading(standing),
        counts=_counts(standing),
        filters=_filters(asked),
        filtered=bool(asked.query),
        tables=(
            _states(standing),
            _statuses(standing),
            tally_table(
                code="themes",
                caption="By theme",
                first="Theme",
                tallies=themes,
                words={one.value: text for one, text in THEME_WORDS.items()},
            ),
            tally_table(
                code="stages",
                caption="By stage of the theory of change",
                first="Stage",
                tallies=stages,
                words={one.value: str(one.label) for one in ItemKind},
            ),
            _time(moments, on=on),
        ),
        money=money_tables(tallies=money),
        prevention=PagedTable(
            prevention_table(lines=prevention.rows, count=prevention.count),
            prevention.page,
            prevention.pages,
            f"{begin}money=",
        ),
        pairs=PagedTable(_pairs(pairs), pairs.page, pairs.pages, f"{begin}page="),
        files=(
            ("The counts of this page (CSV)", f"{reverse('commitments:national-counts')}{query}"),
            ("Every line of money (CSV)", f"{reverse('commitments:national-money')}{query}"),
        ),
    )


def tally_table(
    *, code: str, caption: str, first: str, tallies: Sequence[Tally], words: Mapping[str, str]
) -> Table:
    """Return tallies as a table: every code of `words` has a row, what is not said comes last."""
    found = {one.code: one for one in tallies}
    nothing = Tally(code="", by_state={}, differ=0, stale=0, overdue=0)
    return Table(
        code=code,
        caption=caption,
        columns=(Column(first), *_TALLY_COLUMNS),
        rows=tuple(
            (text, *_tally_cells(found.get(key, nothing)))
            for key, text in (*words.items(), ("", NOT_SAID))
        ),
    )


def counts_csv(*, tables: Sequence[Table], demonstration: bool) -> str:
    """Return every number of the tables, one a line, with what it is a count of."""
    note = file_note(demonstration=demonstration)
    return write_csv(
        headings=HEADINGS,
        rows=[
            (table.caption, _text(first), column.label, *_parted(_text(cell)), note)
            for table in tables
            for first, *cells in table.rows
            for column, cell in zip(table.columns[1:], cells, strict=True)
        ],
    )


def _text(cell: Cell | str) -> str:
    return cell.text if isinstance(cell, Cell) else cell


def _parted(text: str) -> tuple[str, str]:
    number, _, of = text.partition(" of ")
    return number, of


def _heading(standing: Standing) -> str:
    noun = "commitment" if standing.total == 1 else "commitments"
    return f"{standing.total} {noun}, {standing.promised} of them agreed today"


def _counts(standing: Standing) -> tuple[Count, ...]:
    of = str(standing.promised)
    return (
        Count(str(standing.promised), "agreed by both sides", str(standing.total)),
        Count(str(standing.differ), "with views that differ", of),
        Count(str(standing.stale), "without a recent update of a side", of),
        Count(str(standing.overdue), "past their date", of),
    )


def _filters(asked: Asked) -> tuple[Filter, ...]:
    offered = (
        (
            "theme",
            "Theme",
            "All themes",
            [(one.value, THEME_WORDS[one]) for one in Theme],
            asked.theme,
        ),
        ("stage", "Stage", "All stages", ItemKind.choices, asked.stage),
        ("state", "State", "All states", CommitmentState.choices, asked.state),
    )
    return tuple(
        Filter(
            name=name,
            label=label,
            choices=tuple(
                (code, str(text), code == chosen) for code, text in (("", every), *choices)
            ),
        )
        for name, label, every, choices, chosen in offered
    )


def _states(standing: Standing) -> Table:
    return Table(
        code="states",
        caption="By state",
        columns=(Column("State"), Column("Commitments", numeric=True)),
        rows=tuple(
            (label, f"{sum(standing.by_state.get(one, 0) for one in states)} of {standing.total}")
            for label, states in _STATES
        ),
    )


def _statuses(standing: Standing) -> Table:
    said = [(one.value, STATUS_TAGS[one].text) for one in CommitmentStatus]
    return Table(
        code="statuses",
        caption="What each side said last of those that are agreed",
        columns=(
            Column("Status"),
            Column("In the authorities’ view", numeric=True),
            Column("In the ICBs’ view", numeric=True),
        ),
        rows=tuple(
            (
                text,
                *(
                    f"{standing.by_status[side].get(code, 0)} of {standing.promised}"
                    for side in (Side.AUTHORITY, Side.BOARD)
                ),
            )
            for code, text in (*said, ("", NO_STATUS.text))
        ),
    )


def _time(moments: Sequence[Moment], *, on: date) -> Table:
    return Table(
        code="quarters",
        caption="At the end of each quarter, and today",
        columns=(Column("Day"), *(Column(label, numeric=True) for label, _ in _STATES)),
        rows=tuple(
            (
                "Today" if one.day == on else london_date(moment=one.day),
                *(str(one.by_state[label.lower()]) for label, _ in _STATES),
            )
            for one in moments
        ),
    )


def _pairs(found: PairTallies) -> Table:
    return Table(
        code="pairs",
        caption=f"By pair, in the order of their names: {found.count}",
        columns=(Column("Pair"), *_TALLY_COLUMNS),
        rows=tuple(
            (
                Cell(
                    f"{one.authority.short_name} and {one.board.short_name}",
                    reverse("commitments:pair", args=[one.authority.slug, one.board.slug]),
                ),
                *_tally_cells(one.tally),
            )
            for one in found.rows
        ),
    )


def _tally_cells(tally: Tally) -> tuple[str, ...]:
    promised = sum(tally.by_state.get(one, 0) for one in _STATES[1][1])
    return (
        *(str(sum(tally.by_state.get(one, 0) for one in states)) for _, states in _STATES),
        str(tally.total),
        *(f"{number} of {promised}" for number in (tally.differ, tally.stale, tally.overdue)),
    )
