"""The bytes of a file: what kind they are, how they are encoded, and their rows of cells."""

import codecs
import csv
import io
from dataclasses import dataclass

from authorities.feed_file.faults import FeedFileError

# A lookup of England's 33,755 small areas is 5 MB.
MOST_BYTES = 10_000_000
MOST_ROWS = 50_000
MOST_COLUMNS = 60

_SAVE_AS = "In Excel choose Save As, CSV UTF-8 (Comma delimited)."
_WORKBOOK = f"This is a spreadsheet, not a CSV file. {_SAVE_AS}"
_COMPRESSED = "This is a compressed file, not a CSV file. Unpack it first."
_SIGNATURES = (
    (b"\xd0\xcf\x11\xe0", _WORKBOOK),
    (b"\x1f\x8b", _COMPRESSED),
    (b"%PDF", "This is a PDF, not a CSV file. Download the CSV."),
    (b"\x89PNG", "This is a picture, not a CSV file. Download the CSV."),
    (b"\xff\xd8\xff", "This is a picture, not a CSV file. Download the CSV."),
)
_MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<svg", b"<head", b"<body", b"<table")
_SEPARATORS = ((";", "semicolons"), ("\t", "tabs"), ("|", "upright bars"))


@dataclass(frozen=True, slots=True)
class Record:
    """One row of cells, without the space around them; `row` as a spreadsheet counts."""

    row: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """The rows of a file that are not blank, and what was read otherwise than it stands."""

    records: tuple[Record, ...]
    notices: tuple[str, ...]


def read_source(*, content: bytes) -> Source:
    """Return the rows of a CSV file.

    Args:
        content: UTF-8, with or without its mark; else read as Windows-1252, which is said.

    Raises:
        FeedFileError: the bytes are no CSV file that can be read; the message says what to do.
    """
    if len(content) > MOST_BYTES:
        raise FeedFileError(
            "too-large",
            f"The file is larger than {MOST_BYTES // 1_000_000} MB. Take the names and codes of "
            "one kind of body, not the file of postcodes.",
        )
    if not content.strip():
        raise FeedFileError("empty", "The file is empty.")
    _refuse_other_kinds(content[:8192])
    text, notices = _decoded(content)
    if "\x00" in text:
        row = text[: text.index("\x00")].count("\n") + 1
        raise FeedFileError(
            "unreadable", f"Row {row}: there is a NUL character in the file. {_SAVE_AS}"
        )
    return Source(records=_records(text), notices=notices)


def _refuse_other_kinds(head: bytes) -> None:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or _looks_like_utf16(head):
        raise FeedFileError("not-csv", f"The file is saved as UTF-16. {_SAVE_AS}")
    if head.startswith(b"PK\x03\x04"):
        is_workbook = b"[Content_Types].xml" in head or b"xl/" in head
        raise FeedFileError("not-csv", _WORKBOOK if is_workbook else _COMPRESSED)
    for signature, message in _SIGNATURES:
        if head.startswith(signature):
            raise FeedFileError("not-csv", message)
    if head.removeprefix(codecs.BOM_UTF8).lstrip()[:16].lower().startswith(_MARKUP):
        raise FeedFileError("not-csv", "This is a web page, not a CSV file. Download the CSV.")


def _looks_like_utf16(head: bytes) -> bool:
    """Whether nearly every second byte is nought, as in UTF-16 without its mark."""
    pairs = len(head) // 2
    return pairs >= 8 and max(head[::2].count(0), head[1::2].count(0)) > pairs * 0.8


def _decoded(content: bytes) -> tuple[str, tuple[str, ...]]:
    try:
        return content.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        pass
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError as error:
        raise FeedFileError(
            "unreadable", f"We could not read the letters of this file. {_SAVE_AS}"
        ) from error
    return text, ("We read this file as Windows-1252. Check names that have accents.",)


def _records(text: str) -> tuple[Record, ...]:
    found: list[Record] = []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    row = 0
    while True:
        row += 1
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            raise FeedFileError(
                "not-csv",
                f"Row {row}: not readable as CSV. A quotation mark is not closed, or ends a value "
                f"before its comma. {_SAVE_AS}",
            ) from error
        trimmed = tuple(cell.strip() for cell in cells)
        if not any(trimmed):
            continue
        if len(trimmed) > MOST_COLUMNS:
            raise FeedFileError(
                "not-csv", f"Row {row}: there are {len(trimmed)} cells. No layout has so many."
            )
        found.append(Record(row=row, cells=trimmed))
        if len(found) > MOST_ROWS + 1:
            raise FeedFileError(
                "too-many-rows",
                f"The file has more than {MOST_ROWS:,} rows. Take the names and codes of one kind "
                "of body, not the file of postcodes.",
            )
    if not found:
        raise FeedFileError("empty", "The file is empty.")
    _refuse_separator(found[0])
    return tuple(found)


def _refuse_separator(first: Record) -> None:
    if len(first.cells) > 1:
        return
    for sign, name in _SEPARATORS:
        if sign in first.cells[0]:
            raise FeedFileError("not-csv", f"The values are separated by {name}. {_SAVE_AS}")
