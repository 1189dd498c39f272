"""The drawing of a series with its agreed line: places of marks, labels and lines."""

from datetime import date
from itertools import pairwise

import pytest

from outcomes.indicator_series import Point
from outcomes.progress_drawing import NARROW, WIDE, Way, draw_progress


def value(year: int, number: float | None) -> Point:
    return Point(
        period=str(year),
        start_date=date(year, 1, 1),
        end_date=date(year + 1, 1, 1),
        value=number,
        lower=None,
        upper=None,
        note="ok" if number is not None else "missing",
    )


def draw(*points, way=None, breaks=(), width=WIDE):
    return draw_progress(
        points=points, england=(), way=way, provisional=frozenset(), breaks=breaks, width=width
    )


VALUES = (value(2021, 55.0), value(2022, 57.0), value(2023, 62.0))
WAY = Way(points=((2021.5, 55.0), (2025.5, 58.0), (2029.5, 62.0)), baseline="2021", target="2029")


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_scale_has_three_lines_and_all_stands_inside(width):
    drawing = draw(*VALUES, way=WAY, width=width)

    assert len(drawing.gridlines) >= 3
    assert all(drawing.left < one.x < drawing.right < width for one in drawing.marks)
    places = [one.text_at for one in drawing.labels]
    assert all(later - one >= 60 for one, later in pairwise(places))


def test_milestones_are_marked_and_the_bends_of_a_compound_way_are_not():
    agreed = Way(points=WAY.points, baseline="2021", target="2029", has_milestones=True)

    with_milestones, compound = draw(*VALUES, way=agreed), draw(*VALUES, way=WAY)

    [milestone] = with_milestones.milestones
    assert with_milestones.marks[-1].x < milestone.x < with_milestones.target.x
    assert compound.milestones == ()


def test_a_break_stands_between_the_values_that_it_parts():
    drawing = draw(*VALUES, breaks=[date(2023, 1, 1), date(1990, 1, 1)])

    [line] = drawing.breaks
    assert drawing.marks[1].x < line.at < drawing.marks[2].x


def test_without_a_value_or_a_way_nothing_is_drawn():
    assert draw(value(2021, None)) is None
