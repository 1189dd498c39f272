"""What counts make together, against the page's examples and a plainer second implementation."""

import doctest
import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcomes.counts import (
    Aggregation,
    Bearing,
    Counted,
    CountStatus,
    Days,
    Direction,
    OverlappingCountsError,
    Wanted,
    bearing_of,
    overlapping,
    read_counts,
    status_of,
)
from tests.architecture.project import PROJECT

FIRST = date(2026, 1, 1)


def days(first: int, end: int) -> Days:
    """Return the period from one day after the first of 2026 until before another."""
    return Days(FIRST + timedelta(days=first), FIRST + timedelta(days=end))


def test_the_worked_examples_come_out():
    page = (PROJECT / "docs" / "methods" / "counts.md").read_text()
    parsed = doctest.DocTestParser().get_doctest(page, {}, "counts", "counts", 0)
    said: list[str] = []

    failed, tried = doctest.DocTestRunner(verbose=False).run(parsed, out=said.append)

    assert (failed, "".join(said)) == (0, "")
    assert tried > 10


@pytest.mark.parametrize(
    ("value", "target", "margin", "status"),
    [
        (0.85, 1, 15, CountStatus.ON),
        (1.15, 1, 15, CountStatus.ON),
        (1.16, 1, 15, CountStatus.OVER),
        (0.84, 1, 15, CountStatus.UNDER),
        (100, 100, 0, CountStatus.ON),
        (100.1, 100, 0, CountStatus.OVER),
        (0, 0, 15, CountStatus.ON),
        (0.1, 0, 100, CountStatus.OVER),
        (0, 10, 100, CountStatus.ON),
    ],
)
def test_both_ends_of_the_margin_are_on_target(value, target, margin, status):
    assert status_of(value=value, target=target, margin_percent=margin) is status


@pytest.mark.parametrize(
    ("status", "more", "less"),
    [
        (CountStatus.OVER, Bearing.BETTER, Bearing.WORSE),
        (CountStatus.ON, Bearing.AS_WANTED, Bearing.AS_WANTED),
        (CountStatus.UNDER, Bearing.WORSE, Bearing.BETTER),
        (CountStatus.NO_VALUE, None, None),
        (CountStatus.NO_TARGET, None, None),
    ],
)
def test_what_is_good_follows_the_direction(status, more, less):
    assert bearing_of(status=status, direction=Direction.MORE) is more
    assert bearing_of(status=status, direction=Direction.LESS) is less


def read(aggregation, targets, values, *, margin=15, direction=Direction.MORE):
    return read_counts(
        aggregation=aggregation,
        direction=direction,
        margin_percent=margin,
        targets=targets,
        values=values,
    )


def test_values_that_share_a_day_are_refused():
    values = [Counted(days(0, 10), 1), Counted(days(9, 20), 1)]

    with pytest.raises(OverlappingCountsError, match="share days"):
        read(Aggregation.NON_CUMULATIVE, [], values)


def test_the_first_that_shares_a_day_is_named():
    others = [days(20, 30), days(5, 15), days(0, 5)]

    assert overlapping(days=days(10, 25), others=others) == days(5, 15)
    assert overlapping(days=days(15, 20), others=others) is None


def test_targets_that_partly_overlap_make_nothing_together():
    targets = [Wanted(days(0, 20), 5), Wanted(days(10, 30), 5)]
    values = [Counted(days(0, 10), 5), Counted(days(10, 20), 5), Counted(days(20, 30), 5)]

    found = read(Aggregation.NON_CUMULATIVE, targets, values).so_far

    assert (found.status, found.wanted, found.amount) == (CountStatus.NO_TARGET, None, None)


def test_a_year_with_targets_for_its_quarters_is_counted_once():
    targets = [Wanted(days(0, 40), 100), *(Wanted(days(n, n + 10), 25) for n in (0, 10, 20, 30))]
    values = [Counted(days(n, n + 10), 30) for n in (0, 10, 20, 30)]

    found = read(Aggregation.NON_CUMULATIVE, targets, values).so_far

    assert (found.wanted, found.amount.value, found.counted) == (100, 120, 5)


# The plainer implementation, in whole tenths and sets of days.


def _plain(aggregation, margin, targets, values):
    """Return (status, tenths, until) of each target, and so far (status, wanted, amount)."""
    spans = {key: set(range(*key)) for key in {*targets, *values}}

    def inside(target):
        return sorted(key for key in values if spans[key] <= spans[target])

    def compare(amount, wanted):
        # Both times 100, in whole numbers: amount and wanted are fractions (above, below).
        (a, b), (c, d) = amount, wanted
        if abs(a * d - c * b) * 100 <= margin * c * b:
            return "on"
        return "over" if a * d > c * b else "under"

    def add(keys):
        if aggregation == "percentage":
            return (
                100 * sum(values[key][0] for key in keys),
                sum(values[key][1] for key in keys),
            )
        if aggregation == "cumulative_latest":
            return (values[max(keys)], 1)
        return (sum(values[key] for key in keys), 1)

    # A percentage's targets are in per cent, other values in tenths of the unit.
    found = {}
    for target, wanted in targets.items():
        keys = inside(target)
        if not keys:
            found[target] = ("no_value", None)
            continue
        if aggregation == "cumulative_sum":
            keys = [key for key in values if key[1] <= target[1]]
        found[target] = (compare(add(keys), (wanted, 1)), add(keys))
    having = [target for target in targets if found[target][1] is not None]
    if not values:
        return found, "no_value"
    if not having:
        return found, "no_target"
    if aggregation.startswith("cumulative"):
        last = sorted(having, key=lambda one: (one[1], -one[0]))[-1]
        return found, found[last][0]
    keys = {key for target in having for key in inside(target)}
    if aggregation == "non_cumulative":
        return found, compare(add(keys), (sum(targets[one] for one in having), 1))
    weights = {one: sum(values[key][1] for key in inside(one)) for one in having}
    wanted = (sum(targets[one] * weights[one] for one in having), sum(weights.values()))
    return found, compare(add(keys), wanted)


@st.composite
def measures(draw):
    """Targets of periods that share no day, values of parts of them or outside, in any order."""
    aggregation = draw(st.sampled_from(list(Aggregation)))
    cuts = sorted(draw(st.sets(st.integers(0, 24), min_size=2, max_size=9)))
    pieces = list(itertools.pairwise(cuts))
    number = st.integers(0, 60)
    # Targets cover one piece or two that follow each other.
    targets, place = {}, 0
    while place < len(pieces):
        wide = draw(st.integers(1, 2))
        group = pieces[place : place + wide]
        if draw(st.booleans()):
            targets[(group[0][0], group[-1][1])] = draw(number)
        place += wide
    values = {}
    for piece in pieces:
        if not draw(st.booleans()):
            continue
        if aggregation is Aggregation.PERCENTAGE:
            below = draw(st.integers(1, 60))
            values[piece] = (draw(st.integers(0, below)), below)
        else:
            values[piece] = draw(number)
    order = draw(st.permutations(sorted(values)))
    return aggregation, draw(st.integers(0, 100)), targets, values, order


def _counted(aggregation, piece, value):
    if aggregation is Aggregation.PERCENTAGE:
        return Counted(days(*piece), None, float(value[0]), float(value[1]))
    return Counted(days(*piece), value / 10)


@given(measures())
def test_it_equals_the_plain_sums_in_whatever_order_values_came(measure):
    aggregation, margin, targets, values, order = measure
    scale = 1 if aggregation is Aggregation.PERCENTAGE else 10

    found = read(
        aggregation,
        [Wanted(days(*key), value / scale) for key, value in targets.items()],
        [_counted(aggregation, piece, values[piece]) for piece in order],
        margin=margin,
    )

    plain, so_far = _plain(aggregation.value, margin, targets, values)
    by_days = {one.days: one for one in found.periods if one.wanted is not None}
    assert {one: reading.status.value for one, reading in by_days.items()} == {
        days(*key): status for key, (status, _) in plain.items()
    }
    for key, (_, amount) in plain.items():
        reading = by_days[days(*key)]
        if amount is None:
            assert reading.amount is None
        else:
            assert reading.amount.value == pytest.approx(amount[0] / amount[1] / scale, abs=1e-12)
    assert found.so_far.status.value == so_far
    assert found.so_far.counted == sum(amount is not None for _, amount in plain.values())


@given(measures(), st.randoms(use_true_random=False))
def test_the_order_of_arrival_is_without_effect(measure, random):
    aggregation, margin, targets, values, order = measure
    wanted = [Wanted(days(*key), value / 7) for key, value in targets.items()]
    came = [_counted(aggregation, piece, values[piece]) for piece in order]
    again = came.copy()
    random.shuffle(again)
    turned = wanted.copy()
    random.shuffle(turned)

    assert read(aggregation, wanted, came, margin=margin) == read(
        aggregation, turned, again, margin=margin
    )
