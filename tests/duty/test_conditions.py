"""Which questions are asked: by what another answers, and by who is asked."""

from dataclasses import replace
from datetime import date

import pytest

from duty.answers import FloorMet
from duty.question_config import config_of, question_of
from duty.questions import (
    Answer,
    AppliesTo,
    Condition,
    FirstYear,
    Holder,
    QuestionSpec,
    in_first_year,
    questions_for,
)
from duty.slots import Given, SlotKey, judge_section, open_slots, slots_of
from tests.factories.duty import version_one

ASKED = {question.code: question for question in version_one()}
STRATEGY = ASKED["ST1"]
TEXT = ASKED["ST2"]
AGREEMENT = ASKED["CO3"]
PER_BOARD = ASKED["CO1"]
ESTABLISHED = Holder(type="combined_authority", tier="mayoral", first_year=False)


def opened_by(question: QuestionSpec, opener: str, *options: str) -> QuestionSpec:
    return replace(question, condition=Condition(question=opener, options=options))


def chose(option: str) -> Given:
    return Given(Answer(value={"option": option}))


def open_keys(
    *questions: QuestionSpec, given: dict[SlotKey, Given], boards: tuple[str, ...] = ()
) -> set[SlotKey]:
    slots = slots_of(questions=questions, boards=boards)
    return {slot.key for slot in open_slots(slots=slots, given=given)}


@pytest.mark.parametrize(
    ("given", "is_open"),
    [
        ({}, False),
        ({SlotKey("ST1"): chose("adopted")}, True),
        ({SlotKey("ST1"): chose("being_refreshed")}, True),
        ({SlotKey("ST1"): chose("not_started")}, False),
        ({SlotKey("ST1"): Given(Answer(state="no_evidence", reason="None."))}, False),
        ({SlotKey("ST1"): Given(Answer(value={"option": ["adopted"]}))}, False),
    ],
)
def test_one_of_the_named_options_opens_a_question(
    given: dict[SlotKey, Given], is_open: bool
) -> None:
    waiting = opened_by(TEXT, "ST1", "adopted", "being_refreshed")

    found = open_keys(STRATEGY, waiting, given=given)

    assert (SlotKey("ST2") in found) is is_open
    assert SlotKey("ST1") in found


def test_any_of_several_options_chosen_at_once_opens_a_question() -> None:
    waiting = opened_by(TEXT, "CO4", "housing")
    given = {SlotKey("CO4"): Given(Answer(value={"options": ["climate", "housing"]}))}

    assert SlotKey("ST2") in open_keys(ASKED["CO4"], waiting, given=given)


def test_an_answer_that_is_hidden_itself_opens_nothing() -> None:
    chain = (
        STRATEGY,
        opened_by(ASKED["CO4"], "ST1", "adopted"),
        opened_by(TEXT, "CO4", "housing"),
    )
    housing = {SlotKey("CO4"): Given(Answer(value={"options": ["housing"]}))}

    hidden = open_keys(*chain, given=housing)
    shown = open_keys(*chain, given=housing | {SlotKey("ST1"): chose("adopted")})

    assert hidden == {SlotKey("ST1")}
    assert shown == {SlotKey("ST1"), SlotKey("CO4"), SlotKey("ST2")}


def test_a_question_for_each_board_looks_at_the_same_boards_answer() -> None:
    each, once = opened_by(PER_BOARD, "CO3", "signed"), opened_by(TEXT, "CO3", "signed")
    given = {SlotKey("CO3", "north"): chose("signed"), SlotKey("CO3", "south"): chose("no")}

    found = open_keys(AGREEMENT, each, once, given=given, boards=("north", "south"))

    assert SlotKey("CO1", "north") in found
    assert SlotKey("CO1", "south") not in found
    assert SlotKey("ST2") in found


def test_a_ring_of_conditions_and_a_question_that_is_not_asked_open_nothing() -> None:
    ring = (opened_by(STRATEGY, "CO4", "housing"), opened_by(ASKED["CO4"], "ST1", "adopted"))
    given = {
        SlotKey("ST1"): chose("adopted"),
        SlotKey("CO4"): Given(Answer(value={"options": ["housing"]})),
    }

    assert open_keys(*ring, opened_by(TEXT, "ZZ1", "yes"), given=given) == set()


@pytest.mark.parametrize(
    ("rule", "holder", "is_asked"),
    [
        (AppliesTo(), ESTABLISHED, True),
        (AppliesTo(types=("greater_london_authority",)), ESTABLISHED, False),
        (AppliesTo(types=("combined_authority",), tiers=("mayoral",)), ESTABLISHED, True),
        (AppliesTo(tiers=("foundation",)), ESTABLISHED, False),
        (AppliesTo(tiers=("foundation",)), replace(ESTABLISHED, tier=""), True),
        (AppliesTo(types=("single_authority",)), replace(ESTABLISHED, type=""), True),
        (AppliesTo(first_year=FirstYear.NOT_ASKED), ESTABLISHED, True),
        (AppliesTo(first_year=FirstYear.NOT_ASKED), replace(ESTABLISHED, first_year=True), False),
        (AppliesTo(first_year=FirstYear.NOT_REQUIRED), replace(ESTABLISHED, first_year=True), True),
    ],
)
def test_a_question_is_asked_of_those_it_applies_to(
    rule: AppliesTo, holder: Holder, is_asked: bool
) -> None:
    found = questions_for(questions=[replace(TEXT, applies_to=rule)], holder=holder)

    assert bool(found) is is_asked


def test_what_is_not_required_in_the_first_year_is_required_after_it() -> None:
    question = replace(STRATEGY, applies_to=AppliesTo(first_year=FirstYear.NOT_REQUIRED))

    (young,) = questions_for(questions=[question], holder=replace(ESTABLISHED, first_year=True))
    (older,) = questions_for(questions=[question], holder=ESTABLISHED)

    assert (young.required, young.counts_for_floor) == (False, False)
    assert (older.required, older.counts_for_floor) == (True, True)


@pytest.mark.parametrize(
    ("opened_on", "day", "first"),
    [
        (None, date(2026, 10, 1), True),
        (date(2026, 10, 1), date(2026, 10, 1), True),
        (date(2025, 10, 2), date(2026, 10, 1), True),
        (date(2025, 10, 1), date(2026, 10, 1), False),
        (date(2024, 2, 29), date(2025, 2, 28), True),
        (date(2024, 2, 29), date(2025, 3, 1), False),
    ],
)
def test_the_first_year_ends_on_the_anniversary(
    opened_on: date | None, day: date, first: bool
) -> None:
    assert in_first_year(opened_on=opened_on, day=day) is first


def test_an_authority_is_not_measured_on_what_rests_with_councils() -> None:
    unmet = replace(STRATEGY, concurrent=True)
    met = ASKED["ST6"]
    slots = slots_of(questions=[unmet, replace(met, floor=True)], boards=())
    given = {
        SlotKey("ST1"): chose("not_started"),
        SlotKey("ST6"): Given(Answer(value={"options": ["housing"]})),
    }

    judged = judge_section(code="strategy", slots=slots[:1], given=given)

    assert judged.floor == FloorMet.NOT_ANSWERED
    assert judged.valid
    assert not slots[0].question.required


def test_a_rule_comes_back_as_it_was_stored_and_version_one_is_stored_as_before() -> None:
    ruled = replace(
        opened_by(TEXT, "ST1", "adopted"),
        applies_to=AppliesTo(("single_authority",), ("foundation",), FirstYear.NOT_ASKED),
        concurrent=True,
        floor=False,
    )

    stored = config_of(question=ruled)

    assert set(stored) - set(config_of(question=TEXT)) == {"condition", "applies_to", "concurrent"}
    assert ruled == question_of(
        specification=ruled.specification,
        code=ruled.code,
        order=ruled.order,
        theory_of_change=ruled.theory_of_change.value,
        floor=ruled.floor,
        text=ruled.text,
        answer_type=ruled.answer_type.value,
        config=stored,
    )
