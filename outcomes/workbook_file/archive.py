"""The archive that a workbook is: judged by its directory before anything is unpacked.

Parts are read block by block by a parser that refuses declarations, so that nothing grows and
nothing outside the file is ever asked for.
"""

import os
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO, Final
from xml.parsers import expat

from outcomes.return_file import ReturnFileError

# Limits of the project's own promise on uploads: 50 MB unpacked, 100 times the size.
MOST_UNPACKED: Final = 50_000_000
MOST_RATIO: Final = 100
MOST_PARTS: Final = 2_000
# What one part may make a parser hold or do. The choices of this project: the largest workbook
# that may come (20,000 rows of 26 texts, each in its cell) has half as many tags, a dozen names
# and less than ten levels.
MOST_TAGS: Final = 3_000_000
_MOST_NAMES: Final = 10_000
_MOST_LEVELS: Final = 100
_LONGEST_TAG: Final = 1 << 20
_BLOCK: Final = 1 << 16
_PART_MARK: Final = b"PK\x01\x02"
_TYPES: Final = "[Content_Types].xml"
_BOOK: Final = "xl/workbook.xml"
_SAVE_AGAIN: Final = "Save it again from Excel as an Excel workbook (.xlsx)."


class WorkbookUnsafeError(ReturnFileError):
    """The file declares what no spreadsheet program writes, or hides what it holds."""

    def __init__(self) -> None:
        super().__init__("unsafe", f"We could not read this file. {_SAVE_AGAIN}")


def is_zip(*, head: bytes) -> bool:
    """Return whether a file begins as an archive does."""
    return head.startswith(b"PK\x03\x04")


def is_old_workbook(*, head: bytes) -> bool:
    """Return whether a file begins as an old workbook, or one with a password, does."""
    return head.startswith(b"\xd0\xcf\x11\xe0")


def check_workbook(*, content: BinaryIO) -> None:
    """Judge an archive by its directory alone.

    Args:
        content: the bytes; seekable, left open.

    Raises:
        ReturnFileError: it is no workbook, has macros, is damaged, or would grow too large.

    Source: ECMA-376 part 2 (Open Packaging Conventions).
    """
    with opened(content=content):
        pass


@contextmanager
def opened(*, content: BinaryIO) -> Iterator[zipfile.ZipFile]:
    """Open an archive whose directory is in order.

    Raises:
        ReturnFileError: as `check_workbook` says, or a part turns out to be damaged or unsafe.
    """
    size = content.seek(0, os.SEEK_END)
    if _parts_said(content) > MOST_PARTS:
        raise too_large()
    content.seek(0)
    try:
        with zipfile.ZipFile(content) as archive:
            _check_directory(archive.infolist(), size)
            yield archive
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        OSError,
        KeyError,
    ) as error:
        raise ReturnFileError("damaged", f"The file is damaged. {_SAVE_AGAIN}") from error
    except (expat.ExpatError, UnicodeError, ValueError) as error:
        if isinstance(error, ReturnFileError):
            raise
        raise WorkbookUnsafeError from error


def _parts_said(content: BinaryIO) -> int:
    """Return how many parts a directory may list, before each takes up memory.

    The mark before each part may stand elsewhere too, by chance; not thousands of times.
    """
    content.seek(0)
    found, rest = 0, b""
    while block := content.read(_BLOCK):
        block = rest + block
        found += block.count(_PART_MARK)
        rest = block[1 - len(_PART_MARK) :]
    return found


def _check_directory(parts: list[zipfile.ZipInfo], size: int) -> None:
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MOST_UNPACKED or unpacked > MOST_RATIO * size or len(parts) > MOST_PARTS:
        raise too_large()
    if any(part.flag_bits & 0x1 for part in parts):
        raise locked()
    names = {part.filename for part in parts}
    if _TYPES not in names:
        raise ReturnFileError(
            "archive",
            "This is not a CSV file or an Excel workbook. It is a compressed file. "
            "Unpack it first.",
        )
    if _BOOK not in names:
        raise ReturnFileError(
            "not-csv",
            "This is not a CSV file or an Excel workbook. It is another Office document. "
            "Send it as a CSV file.",
        )
    if any(name.lower().endswith("vbaproject.bin") for name in names) or any(
        name.startswith("xl/macrosheets/") for name in names
    ):
        raise ReturnFileError(
            "macros",
            "The workbook has macros. Save it as an Excel workbook (.xlsx) without them.",
        )


def too_large() -> ReturnFileError:
    """Return the refusal of an archive that would grow too large."""
    return ReturnFileError(
        "too-large-unpacked",
        "The workbook is too large when it is unpacked. Keep the sheet with your rows only, or "
        "save it as CSV.",
    )


def locked() -> ReturnFileError:
    """Return the refusal of a workbook that is old, or has a password."""
    return ReturnFileError(
        "old-workbook",
        "This is an old workbook (.xls), or one with a password. Remove the password, and save it "
        "as an Excel workbook (.xlsx).",
    )


class PartReader:
    """Reads one part; what happens at tags and texts is for those who make it."""

    def __init__(
        self,
        *,
        start: Callable[[str, dict[str, str]], None],
        end: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
    ) -> None:
        names: dict[str, str] = {}
        self._names, self._level, self._tags = names, 0, 0
        self._parser = expat.ParserCreate(intern=names)
        self._parser.buffer_text = True
        self._start, self._end = start, end
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._finish
        if text is not None:
            self._parser.CharacterDataHandler = text
        self._parser.StartDoctypeDeclHandler = _refuse
        self._parser.EntityDeclHandler = _refuse

    def _begin(self, name: str, given: dict[str, str]) -> None:
        self._level += 1
        self._tags += 1
        if self._level > _MOST_LEVELS:
            raise WorkbookUnsafeError
        if self._tags > MOST_TAGS:
            raise too_large()
        self._start(_local(name), given)

    def _finish(self, name: str) -> None:
        self._level -= 1
        if self._end is not None:
            self._end(_local(name))

    def read(self, *, archive: zipfile.ZipFile, name: str) -> Iterator[None]:
        """Read the part, and stop after each block so that the caller may use what there is.

        Raises:
            ReturnFileError: it is larger than the directory may have said, or holds more than
                the part of a workbook does.
        """
        total = 0
        with archive.open(name) as stream:
            while block := stream.read(_BLOCK):
                total += len(block)
                if total > MOST_UNPACKED:
                    raise too_large()
                self._parser.Parse(block, False)
                # A tag or remark that goes on and on is read anew with each block.
                if total - self._parser.CurrentByteIndex > _LONGEST_TAG:
                    raise WorkbookUnsafeError
                if len(self._names) > _MOST_NAMES:
                    raise WorkbookUnsafeError
                yield
        self._parser.Parse(b"", True)
        yield


def _local(name: str) -> str:
    return name.rpartition(":")[2] if ":" in name else name


def _refuse(*_declared: object) -> None:
    raise WorkbookUnsafeError
