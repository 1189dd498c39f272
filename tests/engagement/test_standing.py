"""How a commitment stands: differing views, silence, and what is still owed."""

from datetime import date

import pytest

from engagement import standing


@pytest.mark.parametrize(
    ("authority", "board", "differ"),
    [
        ("on_track", "constrained", True),
        ("on_track", "on_track", False),
        ("on_track", None, False),
        (None, "met", False),
        (None, None, False),
    ],
)
def test_views_differ_only_where_both_have_one(
    authority: str | None, board: str | None, differ: bool
) -> None:
    assert standing.views_differ(authority_status=authority, board_status=board) is differ


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 11, 23), 6, date(2026, 5, 23)),
        (date(2026, 8, 31), 6, date(2026, 2, 28)),
        (date(2028, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 6, 30), 6, date(2025, 12, 30)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2026, 1, 15), 0, date(2026, 1, 15)),
    ],
)
def test_months_before_keeps_the_day_or_takes_the_month_s_last(
    day: date, months: int, before: date
) -> None:
    assert standing.months_before(day=day, months=months) == before


@pytest.mark.parametrize(
    ("status", "since", "stale"),
    [
        ("on_track", date(2026, 5, 22), True),
        ("on_track", date(2026, 5, 23), False),
        (None, date(2026, 5, 22), True),
        ("met", date(2020, 1, 1), False),
        (None, None, False),
    ],
)
def test_six_months_of_silence_are_stale_unless_it_is_met(
    status: str | None, since: date | None, stale: bool
) -> None:
    assert standing.is_stale(status=status, since=since, on=date(2026, 11, 23)) is stale


@pytest.mark.parametrize(
    ("status", "updated", "due"),
    [
        (None, None, True),
        ("on_track", date(2026, 9, 30), True),
        ("on_track", date(2026, 10, 1), False),
        ("met", date(2026, 1, 1), False),
    ],
)
def test_an_update_is_due_once_a_round(status: str | None, updated: date | None, due: bool) -> None:
    opened = date(2026, 10, 1)

    owed = standing.update_is_due(status=status, updated_on=updated, since=opened)

    assert owed is due


@pytest.mark.parametrize(
    ("agreed", "target", "overdue"),
    [
        (True, date(2026, 11, 22), True),
        (True, date(2026, 11, 23), False),
        (True, None, False),
        (False, date(2026, 11, 22), False),
    ],
)
def test_what_is_open_after_its_date_is_overdue(
    agreed: bool, target: date | None, overdue: bool
) -> None:
    day = date(2026, 11, 23)

    assert standing.is_overdue(agreed=agreed, target_date=target, on=day) is overdue
