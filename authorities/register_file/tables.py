"""One file of the register: its rows, and each cell as the type that it must have."""

import csv
import math
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from authorities.span import Span

# Columns of every fact, and of every fact that holds for a time.
FACT = ("source", "certainty")
SPAN = ("valid_from", "valid_to")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_CODE = re.compile(r"[A-Z0-9]{3,12}")
_WEB_ADDRESS = re.compile(r"(?=.{1,500}$)https://[^\s/]+\.[^\s/]+(/\S*)?")
_CERTAINTIES = frozenset({"high", "medium", "low"})


class RegisterError(ValueError):
    """The register breaks a rule. The message names the file, the row and the rule."""


@dataclass(frozen=True)
class Place:
    """A row of a file, numbered as a spreadsheet shows it (the header is row 1)."""

    file: str
    row: int

    def error(self, rule: str) -> RegisterError:
        """Return the error for this row."""
        return RegisterError(f"{self.file}, row {self.row}: {rule}")


@dataclass(frozen=True)
class Cells:
    """The cells of one row, read as types."""

    place: Place
    values: dict[str, str]

    def text(self, column: str, *, most: int = 10_000) -> str:
        """Return the cell; it may not be empty, nor longer than so many characters."""
        value = self.values[column]
        if not value:
            raise self.place.error(f"{column} is empty. Fill it in.")
        if len(value) > most:
            raise self.place.error(f"{column} has {len(value)} characters. Use at most {most}.")
        return value

    def slug(self, column: str) -> str:
        """Return the cell as the name of a body in addresses."""
        value = self.text(column, most=100)
        if not _SLUG.fullmatch(value):
            raise self.place.error(
                f"{column} is {value!r}. Use small letters, figures and single hyphens."
            )
        return value

    def code(self, column: str) -> str:
        """Return the cell as an ONS or ODS code."""
        value = self.text(column)
        if not _CODE.fullmatch(value):
            raise self.place.error(
                f"{column} is {value!r}. Use a code of capital letters and figures, as E06000001."
            )
        return value

    def optional(self, column: str) -> str:
        """Return the cell, which may be empty."""
        return self.values[column]

    def web_address(self, column: str) -> str:
        """Return the cell as an https address, or empty when it is empty."""
        value = self.values[column]
        if value and not _WEB_ADDRESS.fullmatch(value):
            raise self.place.error(
                f"{column} is {value!r}. Write an address as https://www.example.org/page, of at "
                "most 500 characters, or leave it empty."
            )
        return value

    def choice(self, column: str, allowed: Collection[str]) -> str:
        """Return the cell, if it is one of the words allowed."""
        value = self.text(column)
        if value not in allowed:
            raise self.place.error(
                f"{column} is {value!r}. Use one of: {', '.join(sorted(allowed))}."
            )
        return value

    def day(self, column: str) -> date | None:
        """Return the cell as a day, or None when it is empty."""
        value = self.values[column]
        if not value:
            return None
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise self.place.error(f"{column} is {value!r}. Write a day as 2026-04-01.") from error

    def span(self, start_column: str, end_column: str) -> Span:
        """Return the two cells as a span of at least one day."""
        start, end = self.day(start_column), self.day(end_column)
        if start is not None and end is not None and end <= start:
            raise self.place.error(
                f"{end_column} is {end}, not after {start_column} {start}. Check both dates."
            )
        return Span(start=start, end=end)

    def begun(self, start_column: str, end_column: str) -> Span:
        """Return the two cells as a span whose first day is known."""
        self.text(start_column)
        return self.span(start_column, end_column)

    def certainty(self) -> str:
        """Return how sure the row is."""
        return self.choice("certainty", _CERTAINTIES)

    def count(self, column: str, *, most: int = 100_000_000) -> int:
        """Return the cell as a whole number from 0 to `most`."""
        value = self.text(column, most=20)
        if not (value.isascii() and value.isdigit() and int(value) <= most):
            raise self.place.error(f"{column} is {value!r}. Enter a whole number from 0 to {most}.")
        return int(value)

    def share(self, column: str) -> float:
        """Return the cell as a share from 0 to 1."""
        value = self.text(column)
        try:
            share = float(value)
        except ValueError:
            share = math.nan
        if not 0 <= share <= 1:
            raise self.place.error(f"{column} is {value!r}. Enter a share from 0 to 1.")
        return share

    def words(self, column: str) -> tuple[str, ...]:
        """Return the cell as a list written with semicolons."""
        return tuple(word.strip() for word in self.values[column].split(";") if word.strip())


def read_table(*, folder: Path, file: str, columns: Sequence[str]) -> tuple[Cells, ...]:
    """Return the rows of one file, with the columns asked for and any others left out.

    Args:
        folder: the register's folder.
        file: the name of a CSV file in it: UTF-8, with a header row.
        columns: columns that must be there, in any order.

    Returns:
        The rows in the order of the file, cells without the space around them.

    Raises:
        RegisterError: the file is missing or unreadable, a column is missing or there twice, or a
            row has too few or too many cells.
    """
    try:
        text = (folder / file).read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise RegisterError(f"{file} is missing from the register's folder.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise RegisterError(f"{file} cannot be read. Save it as CSV in UTF-8.") from error
    if "\x00" in text:
        raise RegisterError(f"{file} holds a NUL character. Save it again as CSV in UTF-8.")
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    rows: list[Cells] = []
    try:
        header = next(reader, [])
        _check_header(file=file, header=header, columns=columns)
        for values in reader:
            place = Place(file=file, row=reader.line_num)
            if len(values) != len(header):
                raise place.error(f"there are {len(values)} cells, not {len(header)}.")
            cells = dict(zip(header, (value.strip() for value in values), strict=True))
            rows.append(Cells(place=place, values={name: cells[name] for name in columns}))
    except csv.Error as error:
        raise RegisterError(f"{file}, row {reader.line_num}: not readable as CSV.") from error
    return tuple(rows)


def _check_header(*, file: str, header: Sequence[str], columns: Sequence[str]) -> None:
    missing = [column for column in columns if column not in header]
    if missing:
        raise RegisterError(f"{file}, row 1: no column {', '.join(missing)}. Add it.")
    if len(set(header)) != len(header):
        raise RegisterError(f"{file}, row 1: a column is there twice. Remove one.")
