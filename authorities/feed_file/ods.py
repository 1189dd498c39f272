"""Organisation files of the NHS Organisation Data Service: 27 columns and no headings.

Source: the column names that users of the files set out, in the order of the service's own
specification; see docs/methods/register-upkeep.md.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from authorities.feed_file.cells import Cells
from authorities.feed_file.faults import ErrorList, FeedFileError
from authorities.feed_file.rows import Feed, FeedRow, Layout, Scheme
from authorities.feed_file.source import Record
from authorities.reorganisation.facts import BOARD

COLUMNS: Final = (
    "Organisation Code",
    "Name",
    "National Grouping",
    "High Level Health Geography",
    "Address Line 1",
    "Address Line 2",
    "Address Line 3",
    "Address Line 4",
    "Address Line 5",
    "Postcode",
    "Open Date",
    "Close Date",
    "Status Code",
    "Organisation Sub-Type Code",
    "Commissioner",
    "Join Provider/Purchaser Date",
    "Left Provider/Purchaser Date",
    "Contact Telephone Number",
    *("Null",) * 3,
    "Amended Record Indicator",
    "Null",
    "Provider/Purchaser",
    "Null",
    "Prescribing Setting",
    "Null",
)
_CODE, _NAME, _OPENED, _CLOSED = 0, 1, 10, 11
_DAY = re.compile(r"\d{8}")
# The file has no column that tells boards from other bodies: their legal names do. Names of places
# within a board end with ICB and a code.
_BOARD_WORDS = "integrated care board"


def is_ods(*, first: Record) -> bool:
    """Whether the first row is of the layout, or its headings that somebody has added."""
    return len(first.cells) == len(COLUMNS) and (
        _has_headings(first) or _DAY.fullmatch(first.cells[_OPENED] or "00000000") is not None
    )


def read_ods(*, records: Sequence[Record]) -> Feed:
    """Return the organisations of a file; those that are no boards have no kind.

    Raises:
        FeedFileError: rows are wrong, or none is a board.
    """
    errors = ErrorList()
    rows: dict[str, FeedRow] = {}
    for record in records[1:] if _has_headings(records[0]) else records:
        cells = Cells(record=record, headings=COLUMNS, errors=errors)
        row = _row(cells)
        if row is None:
            continue
        if row.code in rows:
            cells.refuse(
                _CODE, f"{row.code} stands in row {rows[row.code].row}, too.", "Remove one."
            )
            continue
        rows[row.code] = row
    errors.refuse()
    found = tuple(rows.values())
    if not any(row.kind for row in found):
        raise FeedFileError(
            "nothing-of-ours",
            f"None of the {len(found):,} rows is an integrated care board. Upload the report of "
            "other organisations, eother.",
        )
    return Feed(layout=Layout.ODS, scheme=Scheme.ODS, rows=found, covers=frozenset({BOARD}))


def _has_headings(first: Record) -> bool:
    return first.cells[_CODE].casefold() == COLUMNS[_CODE].casefold()


def _row(cells: Cells) -> FeedRow | None:
    if len(cells.record.cells) != len(COLUMNS):
        cells.refuse_row(
            f"There are {len(cells.record.cells)} cells, not {len(COLUMNS)}.",
            "Correct the row, or download the file again.",
        )
        return None
    code, name = cells.code(_CODE), cells.name(_NAME)
    opened, last = cells.compact_day(_OPENED), cells.compact_day(_CLOSED)
    # The service gives the last day of a body, this product the first day without it.
    closed = last + timedelta(days=1) if last is not None and last < date.max else None
    cells.check_order(_CLOSED, opened, closed)
    if not cells.is_good:
        return None
    return FeedRow(
        row=cells.record.row,
        scheme=Scheme.ODS,
        code=code,
        name=name,
        kind=BOARD if _BOARD_WORDS in name.casefold() else "",
        opened=opened,
        closed=closed,
    )
