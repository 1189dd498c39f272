"""Money of commitments in tables: what each side states, and what nobody knows, apart."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.urls import reverse

from authorities.csv_text import write_csv
from duty import words
from duty.record_words import PREVENTION_WORDS
from duty.standing_records import Prevention
from duty.ui.components import Cell, Column
from engagement.models import MoneySource, Side
from engagement.presenters.commitment_tables import Table
from engagement.presenters.commitment_terms import amount_words
from engagement.presenters.placement_files import file_note
from engagement.queries.commitment_money_counts import MoneyLine, MoneyTally

NOTHING = "Nothing stated"
_COLUMNS = (
    Column("Stated", numeric=True),
    Column("Lines with an amount", numeric=True),
    Column("For prevention", numeric=True),
    Column("Not for prevention", numeric=True),
    Column("Not known whether", numeric=True),
)
HEADINGS = (
    *("authority", "icb", "commitment", "stated_by", "source_code", "source", "financial_year"),
    *("amount_gbp", "prevention_code", "prevention", "for_what", "note"),
)


def money_tables(*, tallies: Sequence[MoneyTally]) -> tuple[Table, ...]:
    """Return a table of each side's money by source, and one by year."""
    found = []
    for side, whose in ((Side.AUTHORITY, "authorities"), (Side.BOARD, "ICBs")):
        own = [one for one in tallies if one.side == side]
        years = sorted({one.year for one in own})
        found += [
            Table(
                code=f"money-{side.value}-sources",
                caption=f"Money that {whose} state, by source",
                columns=(Column("Source"), *_COLUMNS),
                rows=(
                    *(
                        (str(source.label), *_cells(one for one in own if one.source == source))
                        for source in MoneySource
                    ),
                    ("All sources", *_cells(own)),
                ),
            ),
            Table(
                code=f"money-{side.value}-years",
                caption=f"Money that {whose} state, by financial year",
                columns=(Column("Financial year"), *_COLUMNS),
                rows=tuple(
                    (
                        words.financial_year(first=year),
                        *_cells(one for one in own if one.year == year),
                    )
                    for year in years
                ),
            ),
        ]
    return tuple(found)


def prevention_table(*, lines: Sequence[MoneyLine], count: int) -> Table:
    """Return the money for prevention line by line: by whom it is stated, and for what."""
    return Table(
        code="prevention",
        caption=f"Money for prevention, by whom it is stated and for what: {count}",
        columns=(
            Column("Commitment"),
            Column("Stated by"),
            Column("For what"),
            Column("Source"),
            Column("Financial year"),
            Column("Amount", numeric=True),
        ),
        rows=tuple(
            (
                Cell(one.title, reverse("commitments:detail", args=[one.commitment])),
                _stated_by(one),
                one.purpose or "Not said",
                str(MoneySource(one.source).label),
                words.financial_year(first=one.year),
                amount_words(amount=one.amount),
            )
            for one in lines
        ),
    )


def money_csv(*, lines: Iterable[MoneyLine], demonstration: bool) -> str:
    """Return every line of money; an empty amount is not known, and not nought."""
    note = file_note(demonstration=demonstration)
    return write_csv(
        headings=HEADINGS,
        rows=[
            (
                one.authority.name,
                one.board.name,
                one.title,
                _stated_by(one),
                one.source,
                str(MoneySource(one.source).label),
                words.financial_year(first=one.year),
                "" if one.amount is None else f"{one.amount:.2f}",
                one.prevention,
                PREVENTION_WORDS[Prevention(one.prevention)],
                one.purpose,
                note,
            )
            for one in lines
        ],
    )


def _stated_by(line: MoneyLine) -> str:
    return (line.authority if line.side == Side.AUTHORITY else line.board).name


def _cells(tallies: Iterable[MoneyTally]) -> tuple[str, ...]:
    own = list(tallies)
    lines, unknown = sum(one.lines for one in own), sum(one.unknown for one in own)
    return (
        _sum(own),
        f"{lines - unknown} of {lines}",
        *(_sum([one for one in own if one.prevention == answer]) for answer in Prevention),
    )


def stated(*, tallies: Sequence[MoneyTally]) -> str:
    """Return what tallies state together, and how many lines have no amount."""
    unknown = sum(one.unknown for one in tallies)
    if not unknown or unknown == sum(one.lines for one in tallies):
        return _sum(tallies)
    return f"{_sum(tallies)} and {unknown} {'line' if unknown == 1 else 'lines'} not known"


def _sum(tallies: Sequence[MoneyTally]) -> str:
    if not tallies:
        return NOTHING
    known = [one.stated for one in tallies if one.stated is not None]
    return amount_words(amount=sum(known, Decimal(0)) if known else None)
