"""Dates, numbers and sizes as pages write them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from duty import words


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        (datetime(2026, 11, 23, 6, 2, tzinfo=UTC), "23 November 2026 at 6:02am"),
        (datetime(2026, 6, 30, 23, 30, tzinfo=UTC), "1 July 2026 at 12:30am"),
        (datetime(2026, 7, 1, 11, 0, tzinfo=UTC), "1 July 2026 at midday"),
        (datetime(2026, 1, 1, 0, 0, tzinfo=UTC), "1 January 2026 at midnight"),
        (datetime(2026, 1, 1, 17, 0, tzinfo=UTC), "1 January 2026 at 5pm"),
    ],
)
def test_an_instant_is_written_in_londons_time(moment: datetime, written: str) -> None:
    assert words.london_datetime(moment=moment) == written


def test_a_day_is_written_with_or_without_its_weekday() -> None:
    day = date(2026, 12, 11)

    assert words.london_date(moment=day) == "11 December 2026"
    assert words.london_weekday(moment=day) == "Friday 11 December 2026"
    assert words.london_short_date(moment=day) == "Fri 11 December"


def test_an_instant_without_a_time_zone_is_not_guessed() -> None:
    with pytest.raises(ValueError, match="time zone"):
        words.london_datetime(moment=datetime(2026, 11, 23, 6, 2))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("value", "places", "written"),
    [
        (1_390_381, 0, "1,390,381"),
        (Decimal("-2.45"), 1, "−2.5"),
        (2.675, 2, "2.68"),
        (-0.04, 1, "0.0"),
        (0, 0, "0"),
        (None, 0, "missing"),
        (float("nan"), 1, "missing"),
    ],
)
def test_a_number_is_written_and_a_gap_is_said(
    value: float | None, places: int, written: str
) -> None:
    assert words.number(value=value, places=places) == written


@pytest.mark.parametrize(
    ("share", "written"),
    [
        (0.384, "38%"),
        (0, "0%"),
        (0.002, "under 1%"),
        (0.998, "over 99%"),
        (1, "100%"),
        (None, "missing"),
    ],
)
def test_a_share_never_hides_a_few_nor_claims_all(share: float | None, written: str) -> None:
    assert words.percent(share=share) == written


@pytest.mark.parametrize(
    ("size", "written"),
    [
        (1, "1 byte"),
        (999, "999 bytes"),
        (9_100, "9 kB"),
        (999_499, "999 kB"),
        (999_500, "1.0 MB"),
        (1_234_567, "1.2 MB"),
    ],
)
def test_a_size_is_written_in_round_units(size: int, written: str) -> None:
    assert words.file_size(size=size) == written


@pytest.mark.parametrize(
    ("pages", "written"),
    [("", ""), ("17", "page 17"), ("4, 9", "pages 4, 9"), ("9-12", "pages 9-12")],
)
def test_page_numbers_have_their_noun(pages: str, written: str) -> None:
    assert words.page_numbers(pages=pages) == written


@pytest.mark.parametrize(("first", "written"), [(2026, "2026/27"), (1999, "1999/00")])
def test_a_financial_year_is_written_with_both_its_years(first: int, written: str) -> None:
    assert words.financial_year(first=first) == written


@pytest.mark.parametrize(
    ("amount", "written"), [("1200", "£1,200"), ("1200.50", "£1,200.50"), ("0", "£0")]
)
def test_pence_are_written_only_where_there_are_any(amount: str, written: str) -> None:
    assert words.pounds(amount=Decimal(amount)) == written
