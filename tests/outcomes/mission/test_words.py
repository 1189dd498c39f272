"""What moved, in words."""

import pytest

from outcomes.mission import Years
from outcomes.mission.words import change_text, movement_text, number_text, progress_text
from tests.outcomes.mission.samples import MEN, WOMEN
from tests.outcomes.mission.test_picture import both, two


def test_the_published_movements():
    found = both()

    assert movement_text(found[MEN]) == (
        "The gap is 1.0 smaller: 0.9 because the top fell, 0.1 because the North East rose. "
        "90% of the narrowing is decline at the top. The top region changed."
    )
    assert movement_text(found[WOMEN]) == (
        "The gap is 0.5 wider: the North East fell by more than the South East."
    )


# M03 and M04 of the project's worked examples, then every other way in which the ends can move.
@pytest.mark.parametrize(
    ("now", "words"),
    [
        (
            (65.0, 62.0),
            (
                "The gap is 3.0 smaller: the North East rose by 4.0, more than the South East, "
                "which rose by 1.0."
            ),
        ),
        (
            (62.5, 58.5),
            (
                "The gap is 2.0 smaller: 1.5 because the South East fell, 0.5 because the North "
                "East rose. 75% of the narrowing is decline at the top."
            ),
        ),
        (
            (61.0, 58.0),
            (
                "The gap is 3.0 smaller: only because the South East fell, by 3.0; the North "
                "East did not rise."
            ),
        ),
        (
            (61.0, 57.0),
            (
                "The gap is 2.0 smaller: only because the South East fell, by 3.0; the North "
                "East fell too, by 1.0."
            ),
        ),
        (
            (64.0, 59.0),
            "The gap is 1.0 smaller: the North East rose by 1.0, and the South East did not fall.",
        ),
        (
            (65.0, 57.0),
            (
                "The gap is 2.0 wider: 1.0 because the South East rose, 1.0 because the North East "
                "fell."
            ),
        ),
        (
            (66.0, 59.0),
            "The gap is 1.0 wider: the South East rose by 2.0; the North East rose by only 1.0.",
        ),
        (
            (65.0, 58.0),
            "The gap is 1.0 wider: the South East rose by 1.0; the North East did not rise.",
        ),
        (
            (64.0, 57.0),
            "The gap is 1.0 wider: the North East fell by 1.0, and the South East did not move.",
        ),
        ((63.0, 56.0), "The gap is 1.0 wider: the North East fell by more than the South East."),
        ((65.0, 59.0), "The gap is the same: both rose by 1.0."),
        ((64.0, 58.0), "The gap is the same: neither end moved."),
    ],
)
def test_each_way_in_which_the_ends_can_move(now, words):
    assert movement_text(two((64.0, 58.0), now)) == words


def test_with_one_period_nothing_moved():
    assert movement_text(both(baseline=Years(2022, 2024))[MEN]) == ""


def test_numbers_are_as_people_write_them():
    assert [number_text(value) for value in (7.0, 3.45, 3.5, -0.6)] == [
        "7.0",
        "3.45",
        "3.5",
        "−0.6",
    ]
    assert [change_text(value) for value in (0.1, -0.9, 0.04, -0.04)] == [
        *("+0.1", "−0.9", "0.0", "0.0")
    ]


def test_moving_away_is_negative_and_never_nought():
    assert progress_text(both()[MEN].progress) == "29% of the way to half"
    assert progress_text(both()[WOMEN].progress) == "−14% of the way to half: moving away"
