"""Where levers stand in their figure."""

from itertools import combinations

import pytest

from engagement import lever_drawing
from engagement.lever_drawing import Placed, draw
from engagement.models import Fit, Impact, Window


def test_the_figure_knows_the_words_of_the_scales_in_their_order():
    assert tuple(Impact.values) == lever_drawing.IMPACTS
    assert tuple(Window.values) == lever_drawing.WINDOWS
    assert tuple(Fit.values) == lever_drawing.FITS


def test_a_large_impact_that_can_be_used_now_stands_top_left_and_a_small_one_far_off_bottom_right():
    first, last = draw(
        levers=[Placed(1, "large", "open", "close"), Placed(2, "small", "not_in_sight", "distant")]
    ).markers

    assert first.x < last.x
    assert first.y < last.y


def test_each_marker_stands_in_its_own_cell_and_on_no_other():
    levers = [
        Placed(number, impact, window, "partly")
        for number, (impact, window) in enumerate(
            [("large", "open")] * 11 + [("moderate", "opening")] * 2 + [("small", "open")], start=1
        )
    ]

    chart = draw(levers=levers)

    cells = dict(
        zip(
            [(i, w) for i in lever_drawing.IMPACTS for w in lever_drawing.WINDOWS],
            chart.boxes,
            strict=True,
        )
    )
    by_number = {one.number: one for one in levers}
    for marker in chart.markers:
        placed = by_number[marker.number]
        box = cells[placed.impact, placed.window]
        assert box.x + chart.radius <= marker.x <= box.x + box.width - chart.radius
        assert box.y + chart.radius <= marker.y <= box.y + box.height - chart.radius
    for one, other in combinations(chart.markers, 2):
        apart = ((one.x - other.x) ** 2 + (one.y - other.y) ** 2) ** 0.5
        assert apart >= 2 * chart.radius
    assert len(chart.markers) == len(levers)


def test_the_figure_ends_below_its_last_row():
    chart = draw(levers=[Placed(n, "small", "open", "close") for n in range(1, 20)])

    assert max(box.y + box.height for box in chart.boxes) < chart.height
    assert max(box.x + box.width for box in chart.boxes) < chart.width


def test_what_is_not_judged_is_not_drawn():
    with pytest.raises(ValueError, match="Lever 7"):
        draw(levers=[Placed(7, "", "open", "close")])
