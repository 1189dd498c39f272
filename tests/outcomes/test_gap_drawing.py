"""Gaps as bars: round numbers on the scale, and nothing outside of the drawing."""

import pytest

from outcomes.area_drawings.gaps import GapBar, draw_gaps


def bar(low, high, *, group="men", earlier=False):
    return GapBar(f"{group} {low}", low, high, f"{high - low:.1f} years", group, earlier)


def test_without_gaps_there_is_no_drawing():
    assert draw_gaps(bars=[]) is None


def test_the_scale_starts_at_a_round_number_that_is_said():
    found = draw_gaps(bars=[bar(57.6, 64.1), bar(56.9, 64.7)])

    assert found.starts_at == "56"
    assert [tick.label for tick in found.ticks] == ["56", "58", "60", "62", "64", "66"]


@pytest.mark.parametrize("values", [(57.6, 64.1), (57.0, 57.0), (10.0, 90.0), (60.02, 60.31)])
def test_bars_stay_inside_the_scale(values):
    found = draw_gaps(bars=[bar(*values)])

    [drawn] = found.bars
    assert found.ticks[0].at <= drawn.left <= drawn.middle <= drawn.right <= found.ticks[-1].at
    assert 2 <= len(found.ticks) <= 9


def test_groups_stand_apart_and_earlier_methods_are_marked():
    found = draw_gaps(bars=[bar(57, 63, earlier=True), bar(57, 63), bar(57, 64, group="women")])

    first, second, third = found.bars
    assert (first.earlier, second.earlier) == (True, False)
    assert third.y - second.y > second.y - first.y
    assert third.y < found.bottom < found.height
