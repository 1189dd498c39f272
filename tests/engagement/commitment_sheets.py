"""Files of commitments for tests, as an authority or an ICB would send them."""

import csv
import io
from collections.abc import Mapping
from typing import Any

from tests.outcomes.workbooks import workbook

# A row that an authority may send; the partner is named by each test.
ROW: Mapping[str, str] = {
    "ICB": "",
    "Title": "Share one list",
    "What each side does": "Both keep it up to date.",
    "Part of the duty": "Co-operation",
    "Theory of change": "Output",
    "Theme": "Work and health",
    "Resources are there": "Yes",
    "Who may read it": "Public",
    "Owner at the authority": "Head of health",
    "Owner at the ICB": "Head of population health",
    "Lead": "Both",
    "Date": "31 March 2099",
    "Reason for no date": "",
    "Money: source": "",
    "Money: financial year": "",
    "Money: pounds": "",
    "Money: for prevention": "",
    "Money: what it is for": "",
}
MONEY: Mapping[str, str] = {
    "Money: source": "Integrated settlement",
    "Money: financial year": "2026/27",
    "Money: pounds": "1,200,000",
    "Money: for prevention": "Yes",
    "Money: what it is for": "Two posts",
}


def csv_file(*rows: Mapping[str, str], encoding: str = "utf-8") -> bytes:
    """Return rows as CSV; each says what differs from `ROW`."""
    out = io.StringIO(newline="")
    headings = list({name: None for row in rows for name in {**ROW, **row}} or ROW)
    writer = csv.DictWriter(out, headings)
    writer.writeheader()
    for row in rows:
        writer.writerow({**ROW, **row})
    return out.getvalue().encode(encoding)


def book_file(*rows: Mapping[str, Any], change: Any = None) -> bytes:
    """Return the same as a workbook."""
    return workbook(
        [list({**ROW, **row}.values()) for row in rows], headings=tuple(ROW), change=change
    )
