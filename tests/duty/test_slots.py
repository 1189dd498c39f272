"""What can be answered one at a time."""

from dataclasses import replace

import pytest

from duty.answers import FloorMet
from duty.questions import Answer, AnswerState, QuestionSpec
from duty.slots import (
    Given,
    Slot,
    SlotKey,
    check_slot,
    judge_section,
    show_slot,
    slot_answered,
    slots_of,
)
from tests.factories.duty import valid_answer, version_one

LONG_SLUG = "bath-and-north-east-somerset-swindon-and-wiltshire-and-more"


def question(code: str) -> QuestionSpec:
    """A question of version 1."""
    return next(one for one in version_one() if one.code == code)


def test_a_pair_question_has_a_slot_for_each_board():
    slots = slots_of(questions=[question("CO1"), question("CO8")], boards=["a", "b"])

    assert [slot.key for slot in slots] == [
        SlotKey("CO1", "a"),
        SlotKey("CO1", "b"),
        SlotKey("CO8"),
    ]


def test_a_derived_answer_is_one_slot():
    slots = slots_of(questions=[question("OF1")], boards=["a", "b"])

    assert [slot.board for slot in slots] == [None]


def test_a_problem_is_named_by_the_boards_own_field():
    slot = Slot(question("CO2"), LONG_SLUG)

    problems = check_slot(slot=slot, given=Given(Answer(value={"option": "no"})))

    assert [problem.field for problem in problems] == ["reason"]


def test_a_link_in_the_answer_is_evidence_enough():
    slot = Slot(question("CO3"), "a")
    signed = valid_answer(slot.question)
    without = Answer(value={"option": "signed", "signed_on": "2026-06-12"})

    assert check_slot(slot=slot, given=Given(signed)) == ()
    assert {p.field for p in check_slot(slot=slot, given=Given(without))} == {
        "agreement_link",
        "evidence",
    }


@pytest.mark.parametrize("state", [AnswerState.NOT_APPLICABLE, AnswerState.NO_EVIDENCE])
def test_a_way_out_needs_its_reason_once(state):
    problems = check_slot(slot=Slot(question("CO8")), given=Given(Answer(state=state)))

    assert [problem.field for problem in problems] == ["reason"]


def test_lines_do_not_name_the_board_again():
    slot = Slot(question("CO3"), "a")

    lines = show_slot(slot=slot, answer=valid_answer(slot.question))

    assert [label for label, _ in lines] == [
        "Answer",
        "Date it was signed",
        "Link to the agreement",
    ]
    assert show_slot(slot=slot, answer=None) == (("Answer", "Not answered"),)


def test_a_question_counts_when_each_board_is_answered():
    slots = slots_of(questions=[question("CO1"), question("CO8")], boards=["a", "b"])
    text = Given(Answer(value={"text": "Monthly"}))

    half = judge_section(code="co-operation", slots=slots, given={SlotKey("CO1", "a"): text})
    whole = judge_section(
        code="co-operation", slots=slots, given={slot.key: text for slot in slots}
    )

    assert (half.asked, half.answered, half.touched) == (2, 0, 1)
    assert [one.slot.key for one in half.missing] == [SlotKey("CO1", "b"), SlotKey("CO8")]
    assert (whole.answered, whole.valid, whole.floor) == (2, True, FloorMet.YES)


def test_the_floor_is_not_met_where_one_board_is_not():
    slots = slots_of(questions=[question("CO2")], boards=["a", "b"])
    given = {
        SlotKey("CO2", "a"): Given(Answer(value={"option": "yes"})),
        SlotKey("CO2", "b"): Given(Answer(value={"option": "no", "reason": "Not asked"})),
    }

    assert judge_section(code="co-operation", slots=slots, given=given).floor == FloorMet.NO


def test_what_may_be_left_out_is_a_gap_not_missing():
    slots = slots_of(questions=[replace(question("CO8"), floor=False), question("OF2")], boards=[])

    judgement = judge_section(code="co-operation", slots=slots, given={})

    assert [one.slot.key for one in judgement.gaps] == [SlotKey("CO8")]
    assert judgement.missing == ()
    assert (judgement.asked, judgement.derived) == (1, 1)


def test_blank_is_unanswered_and_not_known_yet_is_an_answer():
    slot = Slot(question("CO1"), "a")

    assert not slot_answered(slot=slot, answer=Answer(value={"text": " "}))
    assert slot_answered(slot=slot, answer=Answer(state=AnswerState.NOT_YET_KNOWN))
