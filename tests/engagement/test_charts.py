"""Drawings of movement: one arrow a move, one stop a placed round."""

from engagement import charts

LEVELS = ("high", "partial", "low")
GROUPS = {(sa, icb): "amber" for sa in LEVELS for icb in LEVELS}


def move(start, end, movement="improved", count=1) -> charts.Move:
    return charts.Move(start=start, end=end, movement=movement, count=count)


def test_each_move_is_an_arrow_of_its_kind():
    chart = charts.draw_moves(
        moves=[
            move(("low", "low"), ("high", "low"), count=2),
            move(("high", "high"), ("high", "low"), "declined"),
            move(("high", "low"), ("low", "high"), "mixed"),
        ],
        cell_groups=GROUPS,
    )

    assert [(arrow.kind, arrow.count, arrow.thick) for arrow in chart.arrows] == [
        ("more", 2, True),
        ("less", 1, False),
        ("mix", 1, False),
    ]
    assert len(chart.boxes) == 9


def test_pairs_that_stayed_have_no_arrow():
    chart = charts.draw_moves(
        moves=[move(("low", "low"), ("low", "low"), "no_change")], cell_groups=GROUPS
    )

    assert chart.arrows == ()


def test_a_move_and_its_opposite_lie_beside_each_other():
    chart = charts.draw_moves(
        moves=[
            move(("low", "low"), ("high", "low")),
            move(("high", "low"), ("low", "low"), "declined"),
        ],
        cell_groups=GROUPS,
    )

    there, back = chart.arrows
    assert there.label_x != back.label_x


def test_a_path_numbers_rounds_and_leaves_out_those_not_assessed():
    chart = charts.draw_path(
        cells=[("low", "low"), None, ("high", "low")],
        movements=["first", "not_assessed", "not_assessed"],
        cell_groups=GROUPS,
    )

    assert [(stop.number, stop.latest) for stop in chart.stops] == [(1, False), (3, True)]
    assert chart.arrows == ()


def test_rounds_in_one_cell_stand_side_by_side():
    chart = charts.draw_path(
        cells=[("high", "low"), ("high", "low")],
        movements=["first", "no_change"],
        cell_groups=GROUPS,
    )

    first, second = chart.stops
    assert first.y == second.y
    assert second.x - first.x > 28


def test_a_path_of_nothing_is_nine_boxes():
    chart = charts.draw_path(cells=[None], movements=["first"], cell_groups=GROUPS)

    assert (chart.stops, chart.arrows, len(chart.boxes)) == ((), (), 9)
