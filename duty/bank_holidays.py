"""The bank holidays that the project ships."""

from functools import cache
from pathlib import Path

from duty.deadlines import BankHolidays, read_bank_holidays

_FILE = Path(__file__).parent / "configuration" / "bank_holidays_england.csv"


@cache
def england() -> BankHolidays:
    """Return the bank holidays of England.

    Returns:
        The calendar, read once.

    Source: GOV.UK, bank holidays; each day's source stands in the file.
    """
    return read_bank_holidays(text=_FILE.read_text(encoding="utf-8"))
