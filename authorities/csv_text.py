"""Tables as CSV text that a spreadsheet may open."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

# A cell that starts with one of these may run as a formula; the full-width signs do so in some
# programs. Source: OWASP, CSV Injection.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_plain_number = re.compile(r"-?[0-9]{1,9}(?:\.[0-9]{1,18})?", re.ASCII).fullmatch


class UnevenRowError(ValueError):
    """A row has too few or too many cells."""


def inert(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula; plain numbers stay numbers.

    Args:
        text: one cell.

    Returns:
        The text, with an apostrophe before it where it would run.

    Source: OWASP, CSV Injection.
    """
    if text.lstrip(" \u00a0").startswith(_FORMULA_STARTS) and not _plain_number(text):
        return f"'{text}"
    return text


def write_csv(*, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table as CSV, its cells inert.

    Args:
        headings: one a column.
        rows: as many cells each as there are headings.

    Returns:
        Lines ended as RFC 4180 has them.

    Raises:
        UnevenRowError: a row has too few or too many cells.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(headings)
    for row in rows:
        if len(row) != len(headings):
            raise UnevenRowError(f"There are {len(row)} cells, not {len(headings)}.")
        writer.writerow([inert(cell) for cell in row])
    return text.getvalue()
