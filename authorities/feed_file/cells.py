"""One row's cells as codes, names and days, each fault with its place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from authorities.feed_file.faults import (
    ErrorList,
    RowError,
    column_letter,
    is_hidden,
    plain_text,
)
from authorities.feed_file.source import Record

LONGEST_NAME = 200
_FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


@dataclass
class Cells:
    """Reads the cells of one row; `is_good` says whether all that were asked for could be."""

    record: Record
    headings: Sequence[str]
    errors: ErrorList
    is_good: bool = True

    def code(self, position: int) -> str:
        """The cell as a code in capitals; empty and noted where it is none."""
        text = self._text(position)
        if text is None:
            return ""
        value = text.upper()
        if not value:
            return self._refuse(position, "The code is empty.", "Fill it in or remove the row.")
        if not (3 <= len(value) <= 12 and value.isascii() and value.isalnum()):
            return self._refuse(
                position,
                f"{plain_text(value)} is no code.",
                "Enter 3 to 12 letters and figures.",
            )
        return value

    def code_if_any(self, position: int) -> str:
        """The cell as a code; empty where the file has none."""
        return self.code(position) if self.value(position) else ""

    def name(self, position: int) -> str:
        """The cell as a name, its spaces made one; empty and noted where it is none."""
        text = self._text(position)
        if text is None:
            return ""
        value = " ".join(text.split())
        if not value:
            return self._refuse(position, "The name is empty.", "Fill it in or remove the row.")
        if len(value) > LONGEST_NAME:
            return self._refuse(
                position,
                f"The name has {len(value)} characters.",
                f"Shorten it to {LONGEST_NAME}.",
            )
        return value

    def compact_day(self, position: int) -> date | None:
        """The cell as a day written as 20260401; None where it is empty."""
        value = self.value(position)
        if not value:
            return None
        try:
            if len(value) != 8 or not value.isdecimal():
                raise ValueError
            # Only the day is taken; it has no zone.
            return datetime.strptime(value, "%Y%m%d").date()  # noqa: DTZ007
        except ValueError:
            self._refuse(position, f"{plain_text(value)} is no day.", "Write a day as 20260401.")
            return None

    def day(self, position: int) -> date | None:
        """The cell as a day written as 2026-04-01; None where it is empty."""
        value = self.value(position)
        if not value:
            return None
        try:
            return date.fromisoformat(value)
        except ValueError:
            self._refuse(position, f"{plain_text(value)} is no day.", "Write a day as 2026-04-01.")
            return None

    def check_order(self, position: int, opened: date | None, closed: date | None) -> None:
        """Note where a body ends before it began. `closed` is the first day without it."""
        if opened is not None and closed is not None and closed <= opened:
            last = closed - timedelta(days=1)
            self._refuse(
                position,
                f"It closes on {last.isoformat()}, before it opens on {opened.isoformat()}.",
                "Correct one of the days.",
            )

    def value(self, position: int) -> str:
        """The cell as it stands; empty where the row is too short."""
        return self.record.cells[position] if position < len(self.record.cells) else ""

    def refuse_row(self, message: str, fix: str) -> None:
        """Note a fault of the row as a whole."""
        self.is_good = False
        self.errors.add(RowError(self.record.row, "", "", "", message, fix))

    def refuse(self, position: int, message: str, fix: str) -> None:
        """Note a fault of one cell."""
        self._refuse(position, message, fix)

    def _text(self, position: int) -> str | None:
        value = self.value(position)
        if any(map(is_hidden, value)):
            self._refuse(position, "The cell holds a hidden character.", "Type it again.")
            return None
        if value.startswith(_FORMULA_STARTS):
            self._refuse(
                position,
                "The cell begins like a formula.",
                "Enter the code or the name without the sign before it.",
            )
            return None
        return value

    def _refuse(self, position: int, message: str, fix: str) -> str:
        self.is_good = False
        heading = self.headings[position] if position < len(self.headings) else ""
        self.errors.add(
            RowError(
                row=self.record.row,
                column=column_letter(position=position),
                heading=plain_text(heading),
                given=plain_text(self.value(position)),
                message=message,
                fix=fix,
            )
        )
        return ""
