"""What is wrong with a file, and where."""

import unicodedata
from array import array
from bisect import bisect_left, insort_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

LONGEST_GIVEN = 50


class ReturnFileError(ValueError):
    """The file as a whole cannot be read; nothing in it is used.

    The code is for callers that answer by kind, such as the status of a response:
    too-large, too-many-rows, too-many-columns, line-too-long, not-csv, utf-16, unreadable,
    empty, headings-only, separator, no-headings, headings, layout, too-many-combinations, archive.
    """

    def __init__(self, code: str, message: str, errors: tuple["RowError", ...] = ()) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.errors = errors


@dataclass(frozen=True, slots=True)
class RowError:
    """One fault of one cell, or of one row where column_letter and heading are empty.

    Args:
        row: row as a spreadsheet counts it; the first row of the file is 1.
        line: line of the file on which the row starts; differs after a cell with a line break.
        column_letter: 'F', or empty.
        heading: the heading as the file has it, or empty.
        code: for programs; does not change with the wording.
        given: what the cell holds, as plain text, at most 50 characters. Empty where the figure
            ought not to be repeated.
        message: what is wrong.
        fix: what to do.
    """

    row: int
    line: int
    column_letter: str
    heading: str
    code: str
    given: str
    message: str
    fix: str

    @property
    def where(self) -> str:
        """Return the place in words: 'Row 3 (line 4 of the file), column F (Value)'."""
        line = f" (line {self.line} of the file)" if self.line != self.row else ""
        column = f", column {self.column_letter}" if self.column_letter else ""
        heading = f" ({self.heading})" if self.column_letter and self.heading else ""
        return f"Row {self.row}{line}{column}{heading}"

    def __str__(self) -> str:
        return f"{self.where}: {self.message} {self.fix}"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that was read otherwise than it stands, to be shown before confirming."""

    code: str
    message: str


class Fault(NamedTuple):
    """A fault before its place is known, so that the same cell text is judged once."""

    code: str
    given: str
    message: str
    fix: str


class ErrorLog:
    """The errors of a file in file order: the first few are kept, all are counted."""

    def __init__(self, *, max_errors: int) -> None:
        self._max_errors = max_errors
        self._kept: list[RowError] = []
        # Eight bytes a row: a hostile file has two million of them.
        self._rows = array("q")
        self._late_rows = 0
        self.total = 0

    def add(self, error: RowError) -> None:
        """Count an error, and keep it while there is room."""
        self.total += 1
        if not self._rows or self._rows[-1] != error.row:
            self._rows.append(error.row)
        if len(self._kept) < self._max_errors:
            self._kept.append(error)

    def insert(self, error: RowError) -> None:
        """Count an error that is found late, and keep it at its place: after those of its row.

        Of each row at most one is found so.
        """
        self.count_late(row=error.row)
        insort_right(self._kept, error, key=lambda kept: kept.row)
        del self._kept[self._max_errors :]

    def count_late(self, *, row: int) -> None:
        """Count an error that is found late, where there is no room to keep it."""
        self.total += 1
        place = bisect_left(self._rows, row)
        self._late_rows += place == len(self._rows) or self._rows[place] != row

    @property
    def rows(self) -> int:
        """Return how many rows have an error."""
        return len(self._rows) + self._late_rows

    @property
    def kept(self) -> tuple[RowError, ...]:
        """Return the errors that were kept."""
        return tuple(self._kept)

    def __bool__(self) -> bool:
        return self.total > 0

    def __len__(self) -> int:
        return len(self._kept)

    def __iter__(self) -> Iterator[RowError]:
        return iter(self._kept)


def plain_text(text: str) -> str:
    """Return text of a file so that it can be read aloud: at most 50 characters, none hidden.

    It is still text, not markup: a page must escape it as it escapes any other.
    """
    if len(text) <= LONGEST_GIVEN and text.isprintable():
        return text
    cut = text[: LONGEST_GIVEN + 1]
    shown = "".join(f"U+{ord(letter):04X}" if is_hidden(letter) else letter for letter in cut)
    if len(text) <= LONGEST_GIVEN and len(shown) <= LONGEST_GIVEN:
        return shown
    return shown[: LONGEST_GIVEN - 1] + "…"


def is_hidden(letter: str) -> bool:
    """Return whether a character cannot be seen, or turns others round: Cc, Cf, Co, Cs, Zl, Zp."""
    return unicodedata.category(letter) in {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}


def hidden_letter(*, text: str) -> str | None:
    """Return the first character of a cell that cannot be seen; tabs and line breaks may stand."""
    if text.isprintable():
        return None
    return next(
        (
            letter
            for letter in text
            if not letter.isprintable() and letter not in "\t\r\n" and is_hidden(letter)
        ),
        None,
    )
