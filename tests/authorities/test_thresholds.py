"""The sliver threshold over time, and which pairs another one moves."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from authorities.geography import DEFAULT_SLIVER_THRESHOLD
from authorities.thresholds import (
    PercentError,
    SharedPeople,
    Threshold,
    moves,
    read_percent,
    threshold_on,
)

FIRST = Threshold(Decimal("0.02"), None)
LATER = Threshold(Decimal("0.05"), date(2027, 4, 1))
LAST = Threshold(Decimal("0.01"), date(2028, 4, 1))


@pytest.mark.parametrize(
    ("day", "share"),
    [
        (date(2027, 3, 31), 0.02),
        (date(2027, 4, 1), 0.05),
        (date(2028, 3, 31), 0.05),
        (date(2028, 4, 1), 0.01),
    ],
)
def test_a_threshold_holds_from_its_day_until_the_next(day: date, share: float) -> None:
    for order in ([FIRST, LATER, LAST], [LAST, FIRST, LATER]):
        assert threshold_on(thresholds=order, day=day) == share


def test_without_any_the_sites_own_default_holds() -> None:
    assert threshold_on(thresholds=[], day=date(2027, 1, 1)) == DEFAULT_SLIVER_THRESHOLD
    assert threshold_on(thresholds=[LATER], day=date(2027, 1, 1)) == DEFAULT_SLIVER_THRESHOLD


@pytest.mark.parametrize(
    ("text", "share"),
    [("2", "0.02"), ("2.5", "0.025"), (" 2.25 % ", "0.0225"), ("0", "0"), ("100%", "1")],
)
def test_a_percentage_is_read_as_people_write_it(text: str, share: str) -> None:
    assert read_percent(text=text) == Decimal(share)


@pytest.mark.parametrize(
    "text", ["", "%", "two", "-1", "101", "1e1", "nan", "2,5", "1.2.3", "٢", ".", "2.255"]
)
def test_what_is_no_percentage_is_refused(text: str) -> None:
    with pytest.raises(PercentError):
        read_percent(text=text)


SHARES = st.floats(0, 1, allow_nan=False)


@given(st.lists(SHARES, max_size=20), SHARES, SHARES)
def test_moves_are_those_of_a_plain_comparison(shares, before, after) -> None:
    pairs = [SharedPeople(f"pair {at:02}", share) for at, share in enumerate(shares)]

    found = moves(pairs=pairs, before=before, after=after)

    were = {pair.name for pair in pairs if not pair.share_of_authority < before}
    would_be = {pair.name for pair in pairs if not pair.share_of_authority < after}
    assert {pair.name for pair in found.come} == would_be - were
    assert {pair.name for pair in found.go} == were - would_be
    assert found.stay == len(were & would_be)
    assert list(found.come) == sorted(found.come, key=lambda pair: pair.name)
