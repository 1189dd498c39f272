"""The errors of a file as a CSV that is safe to open in a spreadsheet."""

import csv
import io
from collections.abc import Iterable

from authorities.csv_text import inert
from outcomes.return_file.faults import RowError


def errors_as_csv(*, errors: Iterable[RowError], total: int | None = None) -> str:
    """Return the errors as CSV with headings, formulas made harmless.

    Args:
        errors: in the order in which they are to stand.
        total: how many errors the file has; a last row says so where they are not all here.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(("row", "column", "heading", "given", "message", "what to do"))
    written = 0
    for error in errors:
        written += 1
        texts = (error.column_letter, error.heading, error.given, error.message, error.fix)
        writer.writerow((error.row, *map(inert, texts)))
    if total is not None and total > written:
        message = f"There are {total:,} errors. This file has the first {written:,}."
        writer.writerow(("", "", "", "", message, "Correct these first, then send the file again."))
    return out.getvalue()
