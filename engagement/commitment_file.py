"""A file of commitments that a body proposes: rows of texts in; typed rows, or their faults, out.

A row is one commitment with one partner, and at most one line of money. The columns are called as
in the file that lists of commitments are downloaded as, so that such a file can be sent.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any, Final

from authorities.csv_text import inert
from outcomes.person_details import looks_like_a_person
from outcomes.return_file import Layout, Limits, RowError
from outcomes.return_file.faults import Fault, plain_text
from outcomes.sent_rows import SentRows, TextRow

LIMITS: Final = Limits(
    max_bytes=1_000_000,
    max_rows=200,
    max_lines=20_000,
    # A file that was downloaded has the sums of money and both sides' updates as well.
    max_columns=60,
    max_line_bytes=100_000,
    max_errors=2_000,
    template_columns=19,
)
NONE_OF_THESE: Final = "none"
NOT_SAID: Final = "Not said"
NOT_KNOWN: Final = "Not known"
# Both sides lead.
BOTH: Final = "both"

PARTNER: Final = "partner"
OWN_BODY: Final = "own_body"
TITLE: Final = "title"
_AUTHORITY, _BOARD = "Authority", "ICB"
_AUTHORITY_OWNER, _BOARD_OWNER = "Owner at the authority", "Owner at the ICB"
_HEADINGS: Final = {
    TITLE: "Title",
    "description": "What each side does",
    "specification": "Part of the duty",
    "stage": "Theory of change",
    "theme": "Theme",
    "resources": "Resources are there",
    "visibility": "Who may read it",
    "lead": "Lead",
    "target_date": "Date",
    "no_date_reason": "Reason for no date",
    "money_source": "Money: source",
    "money_year": "Money: financial year",
    "money_amount": "Money: pounds",
    "money_prevention": "Money: for prevention",
    "money_purpose": "Money: what it is for",
}
MONEY: Final = tuple(name for name in _HEADINGS if name.startswith("money_"))
_CHOSEN: Final = (
    *("specification", "stage", "theme", "resources", "visibility", "lead"),
    *("money_source", "money_prevention"),
)
_WRITTEN: Final = (
    *(TITLE, "description", "own_owner", "other_owner", "no_date_reason"),
    "money_purpose",
)
# Columns of a downloaded list that a proposal does not have.
_UNREAD: Final = (
    *("Commitment", "State", "Proposed by", "Proposed on", "Agreed or declined on"),
    *("Reason for declining", "Ended as", "Closed on", "Views differ", "Overdue", "Indicator"),
    *("Outcome of the framework", "Partnership agreement"),
    *(
        f"{side} {what}"
        for side in (_AUTHORITY, _BOARD)
        for what in ("status", "update", "updated on", "is stale")
    ),
)
_DAY_FORMATS: Final = ("%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%d %b %Y", "%d-%m-%Y", "%d.%m.%Y")
_YEAR: Final = re.compile(r"(20[0-9]{2})(?:\s*[/-]\s*(?:20)?([0-9]{2}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """The line of money of a row, each as the form of money takes it.

    source and prevention: codes; empty where nothing is said. year: the first one of the financial
    year. amount: as it was typed; None is not known, empty is not said.
    """

    source: str
    year: int | None
    amount: str | None
    prevention: str
    purpose: str


@dataclass(frozen=True, slots=True)
class CommitmentRow:
    """One row: what is proposed, and to whom. Codes as the form of a proposal takes them.

    row: as a spreadsheet counts it. partner: as the file names the body. specification:
    `NONE_OF_THESE` for that answer. lead: `BOTH` for both sides.
    """

    row: int
    partner: str
    title: str
    description: str
    own_owner: str
    other_owner: str
    specification: str
    stage: str
    theme: str
    resources: str
    visibility: str
    lead: str
    target_date: date | None
    no_date_reason: str
    money: MoneyRow | None


@dataclass(frozen=True, slots=True)
class CommitmentFile:
    """What a file proposes.

    faulty: columns of each row of which something is wrong already, by the row's number.
    personal: row and column of each text that looks like a person's details.
    """

    rows: tuple[CommitmentRow, ...]
    errors: tuple[RowError, ...]
    faulty: Mapping[int, frozenset[str]]
    personal: tuple[tuple[int, str], ...]


def layout_of(*, own_is_authority: bool) -> Layout:
    """Return the columns of a file that an authority sends, or an ICB.

    The column of the other side names the partner; the own one may be left out.
    """
    own, other = (_AUTHORITY, _BOARD) if own_is_authority else (_BOARD, _AUTHORITY)
    owners = (_AUTHORITY_OWNER, _BOARD_OWNER)
    own_owner, other_owner = owners if own_is_authority else owners[::-1]
    headings = {
        PARTNER: other,
        OWN_BODY: own,
        **_HEADINGS,
        "own_owner": own_owner,
        "other_owner": other_owner,
    }
    return Layout(
        name="commitments",
        headings=headings,
        required=(PARTNER, TITLE, "specification", "own_owner", "lead"),
        spellings={
            "Partner": PARTNER,
            "Partner body": PARTNER,
            "Description": "description",
            "Target date": "target_date",
            "Visibility": "visibility",
        },
        columns=LIMITS.template_columns,
        unread=_UNREAD,
    )


def read_commitments(
    *, sent: SentRows, choices: Mapping[str, Mapping[str, str]], own_names: Sequence[str]
) -> CommitmentFile:
    """Return what a file proposes, and what is wrong with its cells.

    What the form of a proposal refuses is for the form to say.

    Args:
        sent: the rows as they were sent.
        choices: for each column of a choice, the codes by the words that may stand in it.
        own_names: what the body that sends the file is called.

    Returns:
        A row for each row of the file, and the faults in file order.

    Source: the project's own layout, described in docs/methods/commitment-file.md.
    """
    errors = list(sent.errors)
    faulty: dict[int, frozenset[str]] = {}
    personal: list[tuple[int, str]] = []
    rows: list[CommitmentRow] = []
    own = {folded(text=name) for name in own_names}
    first: dict[tuple[str, str], int] = {}
    for text_row in sent.rows:
        faults = _Faults(text_row)
        row = _row(text_row, choices, faults)
        body = _plain(text_row.text(OWN_BODY))
        if body and folded(text=body) not in own:
            faults.add(
                OWN_BODY,
                "not-your-body",
                f"{plain_text(body)} is not the body that you send this file for.",
                "Take this row out, or leave the cell empty.",
            )
        key = (folded(text=row.partner), folded(text=row.title))
        if all(key) and (before := first.setdefault(key, row.row)) != row.row:
            faults.add(
                TITLE,
                "repeat",
                f"This row repeats row {before} (the same partner and title).",
                "Remove one. State a second line of money on the commitment's page.",
            )
        rows.append(row)
        errors.extend(sent.error(text_row, name, fault) for name, fault in faults.found)
        faulty[row.row] = text_row.unreadable | {name for name, _ in faults.found}
        personal.extend(
            (row.row, name) for name in _WRITTEN if looks_like_a_person(text=text_row.text(name))
        )
    return CommitmentFile(tuple(rows), in_file_order(errors=errors), faulty, tuple(personal))


def in_file_order(*, errors: Sequence[RowError]) -> tuple[RowError, ...]:
    """Return faults by row, and by column inside of a row."""
    return tuple(
        sorted(errors, key=lambda one: (one.row, len(one.column_letter), one.column_letter))
    )


def folded(*, text: str) -> str:
    """Return a name or title so that capitals and spaces make no difference."""
    return " ".join(text.split()).casefold()


def nearest(*, text: str, known: Sequence[str]) -> str:
    """Return which of the known words a text nearly is; empty where it is none."""
    by_fold = {folded(text=word): word for word in known}
    # Longer than any word that is known, so that a hostile cell costs nothing.
    near = get_close_matches(folded(text=text[:200]), by_fold, n=1, cutoff=0.75)
    return by_fold[near[0]] if near else ""


def as_plain(*, row: CommitmentRow) -> dict[str, Any]:
    """Return a row as texts and numbers, for a form to carry."""
    said = asdict(row)
    said["target_date"] = row.target_date.isoformat() if row.target_date else None
    return said


def from_plain(*, said: Mapping[str, Any]) -> CommitmentRow:
    """Return the row that `as_plain` gave."""
    day, money = said["target_date"], said["money"]
    return CommitmentRow(
        **{
            **said,
            "target_date": date.fromisoformat(day) if day else None,
            "money": MoneyRow(**money) if money else None,
        }
    )


class _Faults:
    """The faults of one row; of a cell that could not be read, that is said already."""

    def __init__(self, row: TextRow) -> None:
        self._row = row
        self.found: list[tuple[str, Fault]] = []

    def add(self, name: str, code: str, message: str, fix: str) -> None:
        """Note a fault of a column."""
        if name not in self._row.unreadable:
            given = plain_text(self._row.text(name))
            self.found.append((name, Fault(code, given, message, fix)))


def _row(
    text_row: TextRow, choices: Mapping[str, Mapping[str, str]], faults: _Faults
) -> CommitmentRow:
    chosen = {name: _chosen(text_row, name, choices[name], faults) for name in _CHOSEN}
    written = {name: _plain(text_row.text(name)) for name in _WRITTEN}
    has_money = any(text_row.text(name) or name in text_row.unreadable for name in MONEY)
    money = MoneyRow(
        source=chosen.pop("money_source"),
        year=_year(text_row, faults),
        amount=_amount(text_row),
        prevention=chosen.pop("money_prevention"),
        purpose=written.pop("money_purpose"),
    )
    return CommitmentRow(
        row=text_row.row,
        partner=_plain(text_row.text(PARTNER)),
        target_date=_day(text_row, faults),
        money=money if has_money else None,
        **chosen,
        **written,
    )


def _plain(text: str) -> str:
    """Take off the apostrophe that our own files put before what could run as a formula."""
    return text[1:] if text.startswith("'") and inert(text[1:]) == text else text


def _chosen(row: TextRow, name: str, known: Mapping[str, str], faults: _Faults) -> str:
    text = row.text(name)
    by_fold = {folded(text=word): code for word, code in known.items()}
    by_fold |= {folded(text=code): code for code in known.values() if code}
    found = by_fold.get(folded(text=text), "")
    if text and folded(text=text) not in by_fold:
        near = nearest(text=text, known=tuple(known))
        words = ", ".join(known)
        faults.add(
            name,
            "choice",
            f"{plain_text(text)} is not one of the answers.",
            f"Did you mean {near}?" if near else f"Enter one of: {words}.",
        )
    return found


def _day(row: TextRow, faults: _Faults) -> date | None:
    text = " ".join(row.text("target_date").split())
    if not text:
        return None
    for form in _DAY_FORMATS if text.isascii() else ():
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    faults.add(
        "target_date",
        "day",
        f"{plain_text(text)} is not a date that we can read.",
        "Enter it as 31 March 2027 or 31/03/2027, or leave it empty and say why there is none.",
    )
    return None


def _year(row: TextRow, faults: _Faults) -> int | None:
    text = row.text("money_year")
    if not text:
        return None
    found = _YEAR.fullmatch(text)
    if found and (found[2] is None or int(found[2]) == (int(found[1]) + 1) % 100):
        return int(found[1])
    faults.add(
        "money_year",
        "year",
        f"{plain_text(text)} is not a financial year.",
        "Enter it as 2026/27. If Excel has made a date of it, format the column as Text.",
    )
    return None


def _amount(row: TextRow) -> str | None:
    text = row.text("money_amount")
    return None if folded(text=text) == folded(text=NOT_KNOWN) else text
