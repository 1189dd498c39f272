"""Reads the project's own practice examples. The first thing that is wrong refuses the file."""

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

COLUMNS = (
    *("key", "title", "summary", "what_was_done", "what_came", "evidence", "place", "period"),
    *("by_whom", "source_title", "source_url", "source_date", "themes", "function"),
    "determinants",
)
_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_MAY_BE_EMPTY = frozenset({"evidence", "source_date", "function", "determinants", "themes"})


class PracticeFileError(ValueError):
    """The file breaks a rule; the message names the row and what to do."""


@dataclass(frozen=True)
class ExampleRow:
    """One example, as the file says it; lists are split, and an empty day is None."""

    key: str
    words: Mapping[str, str]
    source_date: date | None
    themes: tuple[str, ...]
    determinants: tuple[str, ...]


def read_examples(*, content: bytes) -> tuple[ExampleRow, ...]:
    """Return the examples of the file.

    Args:
        content: UTF-8 CSV with the columns of `COLUMNS`; lists are split by spaces.

    Returns:
        The rows, in the file's order.

    Raises:
        PracticeFileError: a heading, a key, a day or a needed cell is wrong.

    Source: the project's own layout, described in engagement/practice/README.md.
    """
    reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise PracticeFileError(f"The headings must be {', '.join(COLUMNS)}.")
    rows: dict[str, ExampleRow] = {}
    for number, cells in enumerate(reader, 2):
        if None in cells or None in cells.values():
            raise PracticeFileError(f"Row {number} has too few or too many cells.")
        words = {name: text.strip() for name, text in cells.items()}
        key = words.pop("key")
        if not _KEY.fullmatch(key) or key in rows:
            raise PracticeFileError(
                f"Row {number}: the key must be lower-case words joined by hyphens, and new."
            )
        empty = [name for name, text in words.items() if not text and name not in _MAY_BE_EMPTY]
        if empty:
            raise PracticeFileError(f"Row {number} ({key}): fill in {', '.join(empty)}.")
        rows[key] = ExampleRow(
            key=key,
            source_date=_day(words.pop("source_date"), number=number),
            themes=tuple(words.pop("themes").split()),
            determinants=tuple(words.pop("determinants").split()),
            words=words,
        )
    return tuple(rows.values())


def _day(text: str, *, number: int) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise PracticeFileError(f"Row {number}: write the day as 2024-05-09.") from error
