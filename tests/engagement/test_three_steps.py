"""What the two sides of a pair check together, and how two answers compare."""

import pytest

from engagement.models import ThreeStepAnswer, ThreeStepColumn
from engagement.three_steps import (
    PRIORITIES,
    STANDING_WORDS,
    STEP_CODES,
    Difference,
    Standing,
    difference,
    differing,
)

NOT, BEGUN, DONE = Standing.NOT_BEGUN, Standing.BEGUN, Standing.IN_PLACE


def test_three_steps_of_two_areas_ask_three_things_each_and_none_twice():
    assert STEP_CODES == (
        "people_and_place",
        "partnership_and_powers",
        "productivity_and_process",
    )
    assert len(PRIORITIES) == len(set(PRIORITIES)) == 18


def test_each_step_has_its_note_each_answer_fits_its_column_and_each_standing_its_word():
    assert all(ThreeStepColumn._meta.get_field(code) for code in STEP_CODES)
    longest = ThreeStepAnswer._meta.get_field("priority").max_length
    assert max(len(code) for code in PRIORITIES) <= longest
    assert set(STANDING_WORDS) == set(Standing)


@pytest.mark.parametrize(
    ("authority", "board", "said"),
    [
        (None, None, Difference.NONE_ANSWERED),
        (DONE, None, Difference.ONE_ANSWERED),
        (None, NOT, Difference.ONE_ANSWERED),
        (BEGUN, BEGUN, Difference.SAME),
        (NOT, DONE, Difference.DIFFERENT),
        (DONE, BEGUN, Difference.DIFFERENT),
    ],
)
def test_two_answers_compare_and_neither_side_is_the_right_one(authority, board, said):
    assert difference(authority=authority, board=board) is said
    assert difference(authority=board, board=authority) is said


def test_what_is_seen_differently_comes_in_order_and_only_where_both_have_answered():
    first, second, third = PRIORITIES[:3]

    found = differing(
        authority={third: NOT, second: DONE, first: NOT}, board={first: DONE, third: BEGUN}
    )

    assert found == (first, third)
