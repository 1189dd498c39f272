"""The parts of a workbook: its list of sheets, its texts and formats, and the rows of a sheet."""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final, NamedTuple

from outcomes.return_file import ReturnFileError
from outcomes.workbook_file.archive import PartReader, WorkbookUnsafeError, too_large

_BOOK: Final = "xl/workbook.xml"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"
_TEXTS: Final = "xl/sharedStrings.xml"
_STYLES: Final = "xl/styles.xml"
# A sheet's own limits. Source: Microsoft, "Excel specifications and limits".
MOST_ROWS: Final = 1_048_576
MOST_COLUMNS: Final = 16_384
_MOST_FORMATS: Final = 65_490
# The choices of this project: a cell is no longer than a line of CSV may be, and the largest file
# has fifteen texts in each of its rows, if none of them stands in a second row.
_LONGEST_TEXT: Final = 65_536
_MOST_TEXTS: Final = 300_000
_MOST_MERGED: Final = 100_000
_LONGEST_REFERENCE: Final = 30
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
# Source: ECMA-376 part 1, 18.8.30, the formats that have a number instead of a code.
_DATE_FORMATS: Final = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_PERCENT_FORMATS: Final = frozenset({9, 10})
_SPOKEN_IN_FORMAT = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_FIRST_DAY: Final = {False: date(1899, 12, 30), True: date(1904, 1, 1)}


class CellKind(StrEnum):
    """What a cell is, as far as that matters for reading it."""

    TEXT = "text"
    NUMBER = "number"
    FORMULA = "formula"
    ERROR = "error"
    DATE = "date"
    PERCENT = "percent"


class Cell(NamedTuple):
    """A cell: what it is, and what it says; of a formula, its last result."""

    kind: CellKind
    text: str


@dataclass(frozen=True, slots=True)
class SheetRow:
    """The cells of a row that are not empty, by their position from 0."""

    number: int
    cells: dict[int, Cell]
    hidden: bool


@dataclass(frozen=True, slots=True)
class SheetName:
    """A sheet: its name, its part, and whether it is shown."""

    name: str
    part: str
    hidden: bool


@dataclass(frozen=True)
class Book:
    """What a workbook says once for all of its sheets."""

    sheets: tuple[SheetName, ...]
    texts: tuple[str, ...]
    formats: tuple[CellKind, ...]
    first_day: date


@dataclass
class SheetFacts:
    """What is known of a sheet when its rows were read."""

    merged: list[str] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)


def read_book(*, archive: zipfile.ZipFile) -> Book:
    """Return what stands outside of the sheets.

    Raises:
        ReturnFileError: a part is unsafe, damaged or missing.
    """
    names = set(archive.namelist())
    targets: dict[str, str] = {}
    sheets: list[tuple[str, str, bool]] = []
    is_1904 = False

    def relation(name: str, given: dict[str, str]) -> None:
        if name == "Relationship":
            target = given.get("Target", "")
            inside = target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
            targets[given.get("Id", "")] = posixpath.normpath(inside)

    def sheet(name: str, given: dict[str, str]) -> None:
        nonlocal is_1904
        if name == "workbookPr":
            is_1904 = given.get("date1904") in ("1", "true")
        elif name == "sheet":
            identity = next((given[key] for key in given if key.endswith(":id")), "")
            hidden = given.get("state", "visible") != "visible"
            sheets.append((given.get("name", ""), identity, hidden))

    _read(archive, _RELATIONS, PartReader(start=relation))
    _read(archive, _BOOK, PartReader(start=sheet))
    found = tuple(
        SheetName(name=name, part=targets[identity], hidden=hidden)
        for name, identity, hidden in sheets
        if targets.get(identity, "") in names
    )
    if len({sheet.part for sheet in found}) < len(found):
        # Each would be read again for every name that it is given.
        raise WorkbookUnsafeError
    return Book(
        sheets=found,
        texts=_texts(archive) if _TEXTS in names else (),
        formats=_formats(archive) if _STYLES in names else (),
        first_day=_FIRST_DAY[is_1904],
    )


def iter_rows(
    *, archive: zipfile.ZipFile, book: Book, sheet: SheetName, facts: SheetFacts
) -> Iterator[SheetRow]:
    """Yield the rows of a sheet that have cells, in order; the size it claims is not believed.

    Args:
        archive: the workbook.
        book: what `read_book` gave.
        sheet: one of the book's.
        facts: filled in; complete when the rows have come to their end.

    Raises:
        ReturnFileError: the part is unsafe or damaged.
    """
    reader = _SheetReader(book=book, facts=facts)
    part = PartReader(start=reader.start, end=reader.end, text=reader.text)
    for _ in part.read(archive=archive, name=sheet.part):
        yield from reader.take()


def plain_number(*, text: str) -> str:
    """Return a number as people write it: 15 digits count, the rest is dust of the binary.

    Args:
        text: as the part has it, for example 60.00000000000001 or 1E-2.

    Returns:
        Digits and a full stop, for example 60 or 0.01; the text itself where it is no number.

    Source: Microsoft, "Excel specifications and limits": 15 digits of precision.
    """
    try:
        number = Decimal(format(float(text), ".15g"))
    except (ValueError, ArithmeticError):
        return text
    return format(number, "f") if number.is_finite() else text


class _SheetReader:
    def __init__(self, *, book: Book, facts: SheetFacts) -> None:
        self._book = book
        self._facts = facts
        self._done: list[SheetRow] = []
        self._number = 0
        self._hidden = False
        self._cells: dict[int, Cell] = {}
        self._column = -1
        self._type = self._style = ""
        self._is_formula = self._takes_text = False
        self._texts: list[str] = []
        self._length = self._column_spans = 0

    def take(self) -> list[SheetRow]:
        """Return the rows that are complete, and forget them."""
        done, self._done = self._done, []
        return done

    def start(self, name: str, given: dict[str, str]) -> None:
        if name == "c":
            self._start_cell(given)
        elif name in ("v", "t"):
            self._takes_text = True
        elif name == "f":
            self._is_formula = True
        elif name == "row":
            self._start_row(given)
        elif name == "mergeCell":
            if len(self._facts.merged) >= _MOST_MERGED:
                raise too_large()
            self._facts.merged.append(given.get("ref", "")[:_LONGEST_REFERENCE])
        elif name == "col" and given.get("hidden") in ("1", "true"):
            self._hide_columns(int(given.get("min", "1")) - 1, int(given.get("max", "0")))

    def _hide_columns(self, first: int, last: int) -> None:
        columns = range(max(first, 0), min(last, MOST_COLUMNS))
        self._column_spans += len(columns)
        if self._column_spans > MOST_COLUMNS:
            # The same ones again and again: no column of a sheet is described twice.
            raise WorkbookUnsafeError
        self._facts.hidden_columns.update(columns)

    def text(self, text: str) -> None:
        if self._takes_text:
            self._texts.append(text)
            self._length = _longer(self._length, text)

    def end(self, name: str) -> None:
        if name in ("v", "t"):
            self._takes_text = False
        elif name == "c":
            self._end_cell()
        elif name == "row" and self._cells:
            self._done.append(SheetRow(self._number, self._cells, self._hidden))

    def _start_row(self, given: dict[str, str]) -> None:
        number = int(given.get("r", self._number + 1))
        if not self._number < number <= MOST_ROWS:
            raise WorkbookUnsafeError
        self._number, self._cells, self._column = number, {}, -1
        self._hidden = given.get("hidden") in ("1", "true")

    def _start_cell(self, given: dict[str, str]) -> None:
        self._column += 1
        if place := _REFERENCE.fullmatch(given.get("r", "")):
            self._column = _position(place[1])
        if self._column >= MOST_COLUMNS:
            raise WorkbookUnsafeError
        self._type, self._style = given.get("t", "n"), given.get("s", "0")
        self._is_formula = False
        self._texts, self._length = [], 0

    def _end_cell(self) -> None:
        text = "".join(self._texts)
        if text == "" and not self._is_formula:
            return
        cell = self._cell(text)
        if cell.text.strip() or self._is_formula:
            self._cells[self._column] = cell

    def _cell(self, text: str) -> Cell:
        if self._type == "s":
            number = int(text)
            texts = self._book.texts
            text = texts[number] if 0 <= number < len(texts) else ""
        if self._is_formula:
            return Cell(CellKind.FORMULA, text)
        if self._type == "e":
            return Cell(CellKind.ERROR, text)
        if self._type == "b":
            return Cell(CellKind.TEXT, "TRUE" if text == "1" else "FALSE")
        if self._type != "n":
            return Cell(CellKind.TEXT, text)
        style = int(self._style)
        formats = self._book.formats
        kind = formats[style] if style < len(formats) else CellKind.NUMBER
        if kind == CellKind.DATE:
            return Cell(kind, self._day(text))
        return Cell(kind, plain_number(text=text))

    def _day(self, text: str) -> str:
        try:
            day = self._book.first_day + timedelta(days=int(float(text)))
        except (ValueError, OverflowError):
            return text
        return f"{day.day} {day:%B} {day.year}"


def _read(archive: zipfile.ZipFile, name: str, reader: PartReader) -> None:
    for _ in reader.read(archive=archive, name=name):
        pass


def _texts(archive: zipfile.ZipFile) -> tuple[str, ...]:
    found: list[str] = []
    pieces: list[str] = []
    # Readings of Japanese texts stand beside them, and are no part of them.
    takes, in_reading, length = False, False, 0

    def start(name: str, _given: dict[str, str]) -> None:
        nonlocal takes, in_reading, length
        if name == "si":
            pieces.clear()
            length = 0
        elif name == "rPh":
            in_reading = True
        takes = name == "t" and not in_reading

    def end(name: str) -> None:
        nonlocal takes, in_reading
        takes = False
        if name == "rPh":
            in_reading = False
        elif name == "si":
            found.append("".join(pieces))
            if len(found) > _MOST_TEXTS:
                raise too_large()

    def text(given: str) -> None:
        nonlocal length
        if takes:
            pieces.append(given)
            length = _longer(length, given)

    _read(archive, _TEXTS, PartReader(start=start, end=end, text=text))
    return tuple(found)


def _formats(archive: zipfile.ZipFile) -> tuple[CellKind, ...]:
    codes: dict[int, str] = {}
    found: list[CellKind] = []
    in_cells = False

    def start(name: str, given: dict[str, str]) -> None:
        nonlocal in_cells
        if name == "numFmt":
            codes[int(given.get("numFmtId", "0"))] = given.get("formatCode", "")
        elif name == "cellXfs":
            in_cells = True
        elif name == "xf" and in_cells:
            number = int(given.get("numFmtId", "0"))
            found.append(_kind_of_format(number, codes.get(number, "")))
            if len(found) > _MOST_FORMATS:
                raise WorkbookUnsafeError

    def end(name: str) -> None:
        nonlocal in_cells
        if name == "cellXfs":
            in_cells = False

    _read(archive, _STYLES, PartReader(start=start, end=end))
    return tuple(found)


def _kind_of_format(number: int, code: str) -> CellKind:
    said = _SPOKEN_IN_FORMAT.sub("", code).split(";")[0].lower()
    if number in _PERCENT_FORMATS or "%" in said:
        return CellKind.PERCENT
    if number in _DATE_FORMATS and not code:
        return CellKind.DATE
    if "general" not in said and re.search("[ymdhs]", said):
        return CellKind.DATE
    return CellKind.NUMBER


def _longer(length: int, text: str) -> int:
    """Return how long a text is with one more piece of it.

    Raises:
        ReturnFileError: longer than any cell of figures.
    """
    length += len(text)
    if length > _LONGEST_TEXT:
        raise ReturnFileError(
            "cell-too-long",
            f"The workbook has a cell of more than {_LONGEST_TEXT:,} characters. Shorten it.",
        )
    return length


def _position(letters: str) -> int:
    position = 0
    for letter in letters:
        position = position * 26 + ord(letter) - ord("A") + 1
    return position - 1
