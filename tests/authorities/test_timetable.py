from datetime import date

import pytest

from authorities.timetable import (
    ClusterMembership,
    DateOrderError,
    PairDates,
    TimetableRule,
    TimetableWarning,
    WarningKind,
    months_after,
    warnings,
)

START = date(2027, 5, 6)
BEFORE = WarningKind.ICB_CHANGE_BEFORE_SA_START
NEAR = WarningKind.ICB_CHANGE_WITHIN_12_MONTHS_OF_SA_START


def kinds(dates: PairDates, on: date) -> list[WarningKind]:
    return [warning.kind for warning in warnings(dates=dates, on=on)]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (date(2026, 4, 1), [BEFORE]),  # more than 12 months before the start
        (date(2026, 5, 5), [BEFORE]),
        (date(2026, 5, 6), [BEFORE, NEAR]),  # exactly 12 months before
        (date(2027, 4, 1), [BEFORE, NEAR]),
        (date(2027, 5, 6), [NEAR]),  # on the day of the start
        (date(2028, 5, 6), [NEAR]),  # exactly 12 months after
        (date(2028, 5, 7), []),
    ],
)
def test_a_change_of_the_board_warns_by_its_distance_from_the_start(
    change: date, expected: list[WarningKind]
) -> None:
    dates = PairDates(authority_starts=START, board_changes=(change,))

    found = kinds(dates, date(2026, 11, 23))

    assert found == expected


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2027, 4, 1), [NEAR]),  # 12 months after the change it still warns
        (date(2027, 4, 2), []),
    ],
)
def test_a_settled_change_warns_no_more(on: date, expected: list[WarningKind]) -> None:
    dates = PairDates(authority_starts=date(2026, 3, 26), board_changes=(date(2026, 4, 1),))

    assert kinds(dates, on) == expected


def test_the_warning_before_the_start_ends_with_the_start() -> None:
    dates = PairDates(authority_starts=START, board_changes=(date(2027, 4, 1),))

    assert BEFORE in kinds(dates, date(2027, 5, 5))
    assert BEFORE not in kinds(dates, START)


def test_an_authority_without_a_start_date_gives_no_warning_about_it() -> None:
    dates = PairDates(authority_starts=None, board_changes=(date(2027, 4, 1),))

    assert kinds(dates, date(2026, 11, 23)) == []


def test_each_change_has_its_own_warning_with_its_day() -> None:
    dates = PairDates(authority_starts=START, board_changes=(date(2027, 10, 1), date(2027, 4, 1)))

    found = warnings(dates=dates, on=date(2026, 11, 23))

    assert found == (
        TimetableWarning(BEFORE, on=date(2027, 4, 1)),
        TimetableWarning(NEAR, on=date(2027, 4, 1)),
        TimetableWarning(NEAR, on=date(2027, 10, 1)),
    )


def test_how_near_is_near_is_a_setting() -> None:
    dates = PairDates(authority_starts=START, board_changes=(date(2027, 10, 1),))

    found = warnings(dates=dates, on=date(2026, 11, 23), rule=TimetableRule(months_around_start=3))

    assert found == ()


@pytest.mark.parametrize(
    ("on", "expected"),
    [(date(2027, 3, 31), [WarningKind.PAIR_ENDS_ON]), (date(2027, 4, 1), [])],
)
def test_a_pair_with_an_end_ahead_says_so(on: date, expected: list[WarningKind]) -> None:
    dates = PairDates(authority_starts=None, ends=date(2027, 4, 1))

    assert kinds(dates, on) == expected


@pytest.mark.parametrize(
    ("on", "member"),
    [
        (date(2025, 9, 30), False),
        (date(2025, 10, 1), True),
        (date(2027, 3, 31), True),
        (date(2027, 4, 1), False),
    ],
)
def test_a_cluster_warns_while_it_lasts(on: date, member: bool) -> None:
    membership = ClusterMembership("cornwall-devon", date(2025, 10, 1), date(2027, 4, 1))
    dates = PairDates(authority_starts=None, clusters=(membership,))

    found = warnings(dates=dates, on=on)

    expected = TimetableWarning(
        WarningKind.CLUSTER_MEMBER, on=date(2025, 10, 1), cluster="cornwall-devon"
    )
    assert found == ((expected,) if member else ())


def test_a_cluster_that_ends_before_it_starts_is_refused() -> None:
    membership = ClusterMembership("cornwall-devon", date(2025, 10, 1), date(2025, 9, 1))
    dates = PairDates(authority_starts=None, clusters=(membership,))

    with pytest.raises(DateOrderError, match="cornwall-devon ends before it starts"):
        warnings(dates=dates, on=date(2026, 1, 1))


def test_a_body_without_its_counterpart_says_so() -> None:
    dates = PairDates(authority_starts=None, has_counterpart=False)

    assert kinds(dates, date(2026, 1, 1)) == [WarningKind.NO_COUNTERPART]


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 4, 1), 0, date(2026, 4, 1)),
    ],
)
def test_months_are_counted_by_the_calendar(day: date, months: int, expected: date) -> None:
    assert months_after(day=day, months=months) == expected
