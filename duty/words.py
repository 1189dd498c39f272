"""Dates, numbers and sizes as pages write them (pure: no Django)."""

import math
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

# A gap in the figures is said, never shown as nought or as an empty cell.
MISSING = "missing"


def _day_in_london(moment: date) -> date:
    if not isinstance(moment, datetime):
        return moment
    if moment.tzinfo is None:
        raise ValueError("A time without a time zone cannot be shown: store it with one.")
    return moment.astimezone(LONDON).date()


def london_date(*, moment: date) -> str:
    """Return the day in London, as '23 November 2026'.

    Args:
        moment: a day, or an instant with a time zone.

    Raises:
        ValueError: the instant has no time zone.
    """
    day = _day_in_london(moment)
    return f"{day.day} {day:%B %Y}"


def london_weekday(*, moment: date) -> str:
    """Return the day in London with its weekday, as 'Friday 11 December 2026'."""
    return f"{_day_in_london(moment):%A} {london_date(moment=moment)}"


def london_short_date(*, moment: date) -> str:
    """Return the day in London for lists of this year's dates, as 'Fri 11 December'."""
    day = _day_in_london(moment)
    return f"{day:%a} {day.day} {day:%B}"


def london_time(*, moment: datetime) -> str:
    """Return the time in London, as '6:02am', '9am', 'midday' or 'midnight'.

    Source: GOV.UK style guide, times.
    """
    _day_in_london(moment)
    local = moment.astimezone(LONDON)
    if local.minute == 0 and local.hour in (0, 12):
        return "midday" if local.hour else "midnight"
    minutes = f":{local.minute:02d}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{'am' if local.hour < 12 else 'pm'}"


def london_datetime(*, moment: datetime) -> str:
    """Return day and time in London, as '23 November 2026 at 6:02am'."""
    return f"{london_date(moment=moment)} at {london_time(moment=moment)}"


def _rounded(value: Decimal | float | int, places: int) -> Decimal:
    # By way of the text, so that 2.675 is rounded as it is read, not as it is stored.
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def number(*, value: Decimal | float | int | None, places: int = 0) -> str:
    """Return a number with commas and a fixed number of digits after the point.

    Args:
        value: any finite number; None is a value that is missing.
        places: digits after the point, 0 or more.

    Returns:
        '1,390,381', '−2.4' with a true minus sign, or 'missing'.
    """
    if value is None or math.isnan(value):
        return MISSING
    rounded = _rounded(value, places)
    text = f"{abs(rounded):,f}"
    return f"−{text}" if rounded < 0 else text


def percent(*, share: Decimal | float | int | None, places: int = 0) -> str:
    """Return a share as a percentage that never hides a few or claims all.

    Args:
        share: 0 to 1; None is a value that is missing.
        places: digits after the point, 0 or more.

    Returns:
        '38%'; 'under 1%' for more than nothing that rounds to nothing, 'over 99%' for less than
        all that rounds to all; or 'missing'.
    """
    if share is None or math.isnan(share):
        return MISSING
    rounded = _rounded(Decimal(str(share)) * 100, places)
    step = Decimal(1).scaleb(-places)
    if rounded == 0 and share > 0:
        return f"under {step}%"
    if rounded == 100 and share < 1:
        return f"over {100 - step}%"
    return f"{number(value=rounded, places=places)}%"


def file_size(*, size: int) -> str:
    """Return a size for the words of a download link, as '512 bytes', '9 kB' or '1.2 MB'.

    Args:
        size: bytes, 0 or more; a kB is 1,000 bytes.
    """
    if size < 1_000:
        return f"{size} {'byte' if size == 1 else 'bytes'}"
    if size < 999_500:
        return f"{_rounded(size / 1_000, 0)} kB"
    return f"{number(value=size / 1_000_000, places=1)} MB"


def page_numbers(*, pages: str) -> str:
    """Return tidy page numbers with their noun, as 'page 17' or 'pages 4, 9-12'.

    Args:
        pages: numbers and ranges as evidence keeps them; empty where none were given.
    """
    if not pages:
        return ""
    return f"page {pages}" if pages.isdecimal() else f"pages {pages}"


def financial_year(*, first: int) -> str:
    """Return a financial year by the year in which it begins.

    Args:
        first: the year of its 1 April.

    Returns:
        '2026/27'.

    Source: GOV.UK style guide, years.
    """
    return f"{first}/{(first + 1) % 100:02d}"


def pounds(*, amount: Decimal) -> str:
    """Return an amount of money.

    Args:
        amount: in pounds.

    Returns:
        '£1,200', or '£1,200.50' where there are pence.

    Source: GOV.UK style guide, money.
    """
    return f"£{amount:,.2f}".removesuffix(".00")
