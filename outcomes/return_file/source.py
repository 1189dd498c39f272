"""The bytes of a file: what kind they are, how they are encoded, and their rows of cells."""

import codecs
import csv
import io
import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, NamedTuple

from outcomes.return_file.faults import Fault, ReturnFileError
from outcomes.return_file.limits import Limits

_BLOCK = 1 << 20
_SAVE_AS = "In Excel choose Save As, CSV UTF-8 (Comma delimited)."
# Tab and the two line breaks may stand in a cell; no other control character may.
_CONTROLS = bytes([*range(9), 11, 12, *range(14, 32), 127])

_SEND = "Send it as a CSV file."
_WORKBOOK = f"This is a spreadsheet, not a CSV file. {_SAVE_AS}"
_SIGNATURES = (
    (b"\x89PNG", f"This is not a CSV file. It is a picture. {_SEND}"),
    (b"\xff\xd8\xff", f"This is not a CSV file. It is a picture. {_SEND}"),
    (b"GIF8", f"This is not a CSV file. It is a picture. {_SEND}"),
    (b"%PDF", f"This is not a CSV file. It is a PDF. {_SEND}"),
    (b"\xd0\xcf\x11\xe0", _WORKBOOK),
    (b"MZ\x90", f"This is not a CSV file. It is a program. {_SEND}"),
    (b"\x7fELF", f"This is not a CSV file. It is a program. {_SEND}"),
    (b"{\\rtf", f"This is not a CSV file. It is a text document. {_SEND}"),
)
_MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<svg", b"<head", b"<body", b"<table", b"<script")


@dataclass(frozen=True, slots=True)
class Survey:
    """What one pass over the bytes found out.

    Args:
        encoding: 'utf-8' or 'cp1252'.
        has_mark: the file starts with the byte order mark of UTF-8.
        most_rows: the file has at most this many rows, headings and blank rows included.
        may_hide: the file has characters that need a look for hidden ones.
    """

    encoding: str
    has_mark: bool
    most_rows: int
    may_hide: bool


class Record(NamedTuple):
    """One row of cells, or the fault for which it has none."""

    row: int
    line: int
    cells: list[str]
    fault: Fault | None


def survey(*, content: BinaryIO, limits: Limits) -> Survey:
    """Return what kind of text the bytes are, in one pass and in bounded memory.

    Raises:
        ReturnFileError: the file is empty, too large, not text, or has a line that is too long.
    """
    size = content.seek(0, os.SEEK_END)
    if size == 0:
        raise ReturnFileError("empty", "The file is empty.")
    if size > limits.max_bytes:
        raise ReturnFileError(
            "too-large",
            f"The file is larger than {_megabytes(limits.max_bytes)}. Split it into smaller files.",
        )
    content.seek(0)
    block = content.read(_BLOCK)
    _refuse_other_kinds(block[:8192])
    has_mark = block.startswith(codecs.BOM_UTF8)
    utf8, latin = codecs.getincrementaldecoder("utf-8")(), True
    most_rows, run, may_hide, is_utf8 = 1, 0, False, True
    while block:
        most_rows += block.count(b"\n") + block.count(b"\r") - block.count(b"\r\n")
        run = _longest_line(block, run, content, limits)
        may_hide = may_hide or not block.isascii() or block.translate(None, _CONTROLS) != block
        if is_utf8:
            is_utf8 = _decodes(utf8, block)
        latin = latin and block.translate(None, _UNDEFINED_IN_CP1252) == block
        block = content.read(_BLOCK)
    if is_utf8 and _decodes(utf8, b"", final=True):
        return Survey("utf-8", has_mark, most_rows, may_hide)
    if has_mark or not latin:
        raise ReturnFileError(
            "unreadable", f"We could not read the letters of this file. {_SAVE_AS}"
        )
    return Survey("cp1252", False, most_rows, True)


_UNDEFINED_IN_CP1252 = b"\x81\x8d\x8f\x90\x9d"


def _decodes(decoder: codecs.IncrementalDecoder, block: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        return False
    return True


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:g} MB"


def _packed() -> ReturnFileError:
    return ReturnFileError(
        "archive", "This is not a CSV file. It is a compressed file. Unpack it first."
    )


def _refuse_other_kinds(head: bytes) -> None:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or _looks_like_utf16(head):
        raise ReturnFileError("utf-16", f"The file is saved as Unicode text (UTF-16). {_SAVE_AS}")
    if head.startswith(b"PK\x03\x04"):
        if b"[Content_Types].xml" in head or b"xl/" in head:
            raise ReturnFileError("not-csv", _WORKBOOK)
        raise _packed()
    if head.startswith(b"\x1f\x8b"):
        raise _packed()
    for signature, message in _SIGNATURES:
        if head.startswith(signature):
            raise ReturnFileError("not-csv", message)
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()[:16].lower()
    if start.startswith(_MARKUP):
        raise ReturnFileError("not-csv", f"This is not a CSV file. It is a web page. {_SEND}")


def _looks_like_utf16(head: bytes) -> bool:
    """Return whether nearly every second byte is nought, as in UTF-16 without its mark."""
    pairs = len(head) // 2
    return pairs >= 8 and max(head[::2].count(0), head[1::2].count(0)) > pairs * 0.8


def _longest_line(block: bytes, run: int, content: BinaryIO, limits: Limits) -> int:
    """Return the length of the line that the block leaves open; refuse one that is too long."""
    lines = block.splitlines()
    longest = max(run + len(lines[0]), max(map(len, lines)))
    if longest > limits.max_line_bytes:
        columns = _columns_of_first_line(content)
        if columns > limits.max_columns:
            raise too_many_columns(columns, limits.template_columns)
        raise ReturnFileError(
            "line-too-long",
            f"The file has a line of more than {limits.max_line_bytes:,} characters. "
            "Check that each row is on a line of its own.",
        )
    if block.endswith((b"\n", b"\r")):
        return 0
    return len(lines[-1]) if len(lines) > 1 else run + len(block)


def _columns_of_first_line(content: BinaryIO) -> int:
    content.seek(0)
    commas = 0
    while block := content.read(_BLOCK):
        line = block.splitlines()[0]
        commas += line.count(b",")
        if len(line) < len(block):
            break
    return commas + 1


def too_many_columns(columns: int, expected: int) -> ReturnFileError:
    """Return the refusal of a file that has more columns than a file may."""
    return ReturnFileError(
        "too-many-columns", f"The file has {columns:,} columns, the template has {expected}."
    )


def records(*, content: BinaryIO, found: Survey, limits: Limits) -> Iterator[Record]:
    """Yield the rows of a surveyed file, blank ones included, as a spreadsheet counts them.

    A quotation mark that is never closed swallows the rest of the file: it is the last record.
    """
    content.seek(len(codecs.BOM_UTF8) if found.has_mark else 0)
    text = io.TextIOWrapper(content, encoding=found.encoding, newline="")
    spent = 0

    def lines() -> Iterator[str]:
        nonlocal spent
        for line in text:
            spent += len(line)
            if spent > limits.max_line_bytes:
                return
            yield line

    try:
        reader = csv.reader(lines(), strict=True)
        row = 0
        while True:
            row += 1
            line, spent = reader.line_num + 1, 0
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                is_open = "unexpected end" in str(error) or "field limit" in str(error)
                yield Record(row, line, [], _QUOTE_OPEN if is_open else _QUOTE_MISPLACED)
                if is_open:
                    return
                continue
            yield Record(row, line, cells, None)
    finally:
        # Otherwise the wrapper would close the caller's file with itself.
        text.detach()


_QUOTE_OPEN = Fault(
    "quote-open",
    "",
    "A quotation mark is opened and not closed.",
    'Close it, or write " as "" inside a value in quotes.',
)
_QUOTE_MISPLACED = Fault(
    "quote-misplaced",
    "",
    "A quotation mark ends a value before its comma.",
    'Write " as "" inside a value in quotes, for example "the ""healthy"" years".',
)
