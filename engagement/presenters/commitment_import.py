"""What the pages of an import of commitments show."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.urls import reverse

from authorities.workbook import Column, ColumnKind, Table
from duty import words
from duty.ui.components import Tag
from engagement.actions.commitment_import import Imported, Proposal
from engagement.commitment_file import PARTNER, layout_of
from engagement.forms.commitment_import import choices
from engagement.forms.commitment_rows import Checked, CheckedRow, RowFault
from engagement.models import Side
from engagement.presenters.commitment_lists import counted
from engagement.presenters.commitment_terms import amount_words
from engagement.presenters.commitment_words import date_words
from engagement.queries.commitment_import import KnownBodies
from outcomes.presenters.uploads import PROBLEM_COLUMNS, ProblemLine
from outcomes.return_file import RowError

__all__ = [
    "PROBLEM_COLUMNS",
    "ProblemReport",
    "placed",
    "preview",
    "problem_report",
    "stored_words",
    "template_table",
]

MOST_SHOWN: Final = 100
_MOST_SUMMED_UP: Final = 20
# Columns of the template, in their order, with what each means.
_MEANINGS: Final = {
    PARTNER: "The body on the other side: its name, its name in addresses or its ONS code.",
    "title": "What you promise together, in at most 200 characters.",
    "description": "What each side does for it, in at most 200 words. May be empty.",
    "specification": "The part of the duty that it serves, or None of these.",
    "stage": "Where it stands in the theory of change. May be empty.",
    "theme": "Its theme. May be empty.",
    "resources": "Whether the resources for it are there. Empty is not known.",
    "visibility": "Who may read that you promise it. Empty is restricted: both sides alone.",
    "own_owner": "The role that owns it on your side; no person’s name.",
    "other_owner": "A role that could own it on the other side. May be empty: they name theirs.",
    "lead": "The side that leads.",
    "target_date": "The day by which it will be done, such as 31 March 2027.",
    "no_date_reason": "Why there is no date, where there is none, in at most 50 words.",
    "money_source": "Where the money comes from. Leave all five columns empty for no money.",
    "money_year": "The financial year, such as 2026/27.",
    "money_amount": "The amount in pounds, such as 1,200,000, or Not known.",
    "money_prevention": "Whether it is for prevention.",
    "money_purpose": "What the money is for. May be empty.",
}


@dataclass(frozen=True)
class ProblemReport:
    """What is wrong with a file, in its order: the first for the summary, more for the table.

    refusal: where the summary goes on. more_words: that not all of it is in the table.
    """

    problem_title: str
    refusal: str
    problems: tuple[ProblemLine, ...]
    lines: tuple[ProblemLine, ...]
    more_words: str


@dataclass(frozen=True)
class PreviewRow:
    """What would come of one row. `alike`: title and address of a commitment that is like it."""

    number: int
    partner: str
    title: str
    when: str
    money: str
    tag: Tag
    alike: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Preview:
    """What would come of a file."""

    rows: tuple[PreviewRow, ...]
    summary: str
    has_new: bool
    has_alike: bool
    has_personal: bool
    personal: tuple[str, ...]


def problem_report(*, errors: Sequence[RowError]) -> ProblemReport:
    """Return the faults of a file for the page."""
    lines = tuple(_line(number, error) for number, error in enumerate(errors[:MOST_SHOWN], 1))
    total = len(errors)
    return ProblemReport(
        problem_title=f"There is a problem with {counted(total, 'cell or row', 'cells or rows')}",
        refusal=f"These are the first {_MOST_SUMMED_UP} of {total:,}. The table below has more."
        if total > _MOST_SUMMED_UP
        else "",
        problems=lines[:_MOST_SUMMED_UP],
        lines=lines,
        more_words=f"These are the first {MOST_SHOWN} of {total:,}. Correct them, and send the "
        "file again."
        if total > MOST_SHOWN
        else "",
    )


def placed(*, faults: Iterable[RowFault], side: Side) -> tuple[RowError, ...]:
    """Return faults of rows that came without their file: by the heading of the column."""
    headings = layout_of(own_is_authority=side == Side.AUTHORITY).headings
    return tuple(
        RowError(one.row, one.row, "", headings.get(one.column, ""), *one.fault) for one in faults
    )


def preview(
    *,
    checked: Checked,
    known: KnownBodies,
    personal: Sequence[tuple[int, str]],
    side: Side,
) -> Preview:
    """Return what would come of each row."""
    names = {
        named.pair.pk: named.name for named in known.by_name.values() if named.pair is not None
    }
    headings = layout_of(own_is_authority=side == Side.AUTHORITY).headings
    rows = tuple(_row(one, names[one.proposal.pair.pk]) for one in checked.rows)
    return Preview(
        rows=rows,
        summary=_summary(checked),
        has_new=any(not one.stored for one in checked.rows),
        has_alike=checked.has_alike,
        has_personal=bool(personal),
        personal=tuple(f"Row {row}: {headings[name]}" for row, name in personal),
    )


def stored_words(*, imported: Imported) -> str:
    """Return what happened to a file."""
    if not imported.proposed:
        return "Nothing new was proposed: every row was left out, or stored before."
    if imported.proposed == 1:
        return "1 commitment is proposed. It waits for the other side’s signatory."
    partners = counted(imported.partners, "partner", "partners")
    return (
        f"{imported.proposed} commitments are proposed to {partners}. Each waits for the other "
        "side’s signatory."
    )


def template_table(*, side: Side) -> Table:
    """Return the columns that a file may have, with what each means; without a row."""
    headings = layout_of(own_is_authority=side == Side.AUTHORITY).headings
    offered = choices()
    return Table(
        name="commitments",
        columns=tuple(
            Column(
                headings[name],
                meaning,
                ColumnKind.DAY if name == "target_date" else ColumnKind.TEXT,
                tuple((word, word) for word in offered.get(name, ())),
            )
            for name, meaning in _MEANINGS.items()
        ),
        rows=(),
    )


def _line(number: int, error: RowError) -> ProblemLine:
    return ProblemLine(
        anchor=f"problem-{number}",
        where=error.where.split(" (", 1)[0] if error.heading else error.where,
        heading=error.heading,
        given=f"“{error.given}”" if error.given else "",
        words=f"{error.message} {error.fix}".strip(),
        summary=f"{error.where}: {error.message}",
    )


def _row(one: CheckedRow, partner: str) -> PreviewRow:
    said = one.proposal
    tag = Tag("Will be proposed", "green")
    if one.stored:
        tag = Tag("Stored already", "grey")
    elif one.alike:
        tag = Tag("Looks alike", "yellow")
    return PreviewRow(
        number=said.row,
        partner=partner,
        title=said.title,
        when=date_words(target_date=said.target_date, no_date_reason=said.no_date_reason),
        money=_money(said),
        tag=tag,
        alike=tuple(
            (
                f"{promised.title} ({promised.state.label.lower()})",
                reverse("commitments:detail", args=[promised.id]),
            )
            for promised in one.alike
        ),
    )


def _money(said: Proposal) -> str:
    if said.money is None:
        return "None stated"
    year = words.financial_year(first=said.money.year)
    return f"{amount_words(amount=said.money.amount)}, {year}"


def _summary(checked: Checked) -> str:
    stored = sum(one.stored for one in checked.rows)
    new = [one for one in checked.rows if not one.stored]
    bodies = len({one.proposal.pair.pk for one in new})
    parts = [f"We read {counted(len(checked.rows), 'row', 'rows')}."]
    if new:
        parts.append(
            f"{counted(len(new), 'commitment', 'commitments')} for "
            f"{counted(bodies, 'partner', 'partners')}."
        )
    if stored:
        parts.append(
            f"{counted(stored, 'row is', 'rows are')} stored already: this file was sent before."
        )
    return " ".join(parts)
