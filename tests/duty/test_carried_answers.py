"""What of the last round's answers still answers this round's questions."""

from dataclasses import replace
from typing import Any

import pytest

from duty.carried_answers import Carried, CarriedLink, carried
from duty.questions import AnswerType, QuestionSpec
from duty.slots import Slot
from tests.factories.duty import version_one

LINK = {"kind": "link", "url": "https://example.org/a", "title": "Plan", "pages": "4"}


def question(code: str) -> QuestionSpec:
    return next(one for one in version_one() if one.code == code)


def answered(value: Any, *, board: str | None = None, **more: Any) -> dict[str, Any]:
    given = {
        "board": board,
        "board_name": f"NHS {board}" if board else "",
        "state": "value",
        "value": value,
        "reason": "",
        "expected_on": None,
        "public_note": "",
        "evidence": [],
    }
    return given | more


def last_time(code: str, *answers: dict[str, Any], **more: Any) -> dict[str, Any]:
    """The content of a submission that asked the question as version 1 does."""
    asked = question(code)
    stored = {
        "code": code,
        "answer_type": asked.answer_type.value,
        "derived": asked.derived,
        "options": [{"code": o.code, "label": o.label} for o in asked.options],
        "answers": list(answers),
    }
    return {"sections": [{"questions": [stored | more]}]}


def brought(asked: QuestionSpec, content: dict[str, Any], *, board: str | None = None) -> Carried:
    return carried(slot=Slot(asked, board), content=content, boards=["north", "south"])


def test_an_answer_comes_with_its_public_note_and_links_and_no_file() -> None:
    file = {"kind": "file", "url": "", "title": "Scan", "pages": ""}
    content = last_time(
        "CO8", answered({"text": "With councils"}, public_note="As agreed", evidence=[LINK, file])
    )

    found = brought(question("CO8"), content)

    assert found.answer.value == {"text": "With councils"}
    assert found.public_note == "As agreed"
    assert found.links == (CarriedLink("https://example.org/a", "Plan", "4"),)
    assert found.said == ()


@pytest.mark.parametrize(
    "more",
    [
        {"state": "not_applicable", "reason": "No such post"},
        {"state": "no_evidence", "reason": "None was kept"},
        {"state": "not_yet_known", "expected_on": "2026-12-01"},
    ],
)
def test_what_was_said_instead_of_an_answer_is_carried_too(more: dict[str, Any]) -> None:
    found = brought(question("CO8"), last_time("CO8", answered(None, **more)))

    assert found.answer.state == more["state"]
    assert (found.answer.reason or "") == more.get("reason", "")
    assert found.answer.expected_date == more.get("expected_on")


def test_a_choice_that_no_longer_exists_is_dropped_and_said() -> None:
    content = last_time("ST1", answered({"option": "not_started"}))
    asked = question("ST1")

    found = brought(replace(asked, options=asked.options[:3]), content)

    assert found.answer is None
    assert found.said == ("“Not started” is no longer one of the choices.",)


def test_of_several_choices_those_that_still_exist_are_kept() -> None:
    content = last_time("CO4", answered({"options": ["climate", "other"], "other_area": "Food"}))
    asked = question("CO4")
    without_other = replace(asked, options=asked.options[:-1])

    found = brought(without_other, content)

    assert found.answer.value == {"options": ["climate"]}
    assert found.said == ("“Other” is no longer one of the choices.",)
    assert brought(asked, content).answer.value == {
        "options": ["climate", "other"],
        "other_area": "Food",
    }


def test_a_column_that_is_no_longer_asked_for_is_left_out_and_said() -> None:
    content = last_time("HT2", answered({"rows": [{"post": "Analyst", "fte": "1"}]}))
    asked = question("HT2")

    found = brought(replace(asked, columns=asked.columns[:1]), content)

    assert found.answer.value == {"rows": [{"post": "Analyst"}]}
    assert found.said == ("A part of the answer that is no longer asked for was left out.",)


def test_a_question_of_another_type_takes_nothing_over() -> None:
    content = last_time("CO8", answered({"text": "With councils"}))

    found = brought(replace(question("CO8"), answer_type=AnswerType.LINK), content)

    assert found == Carried(None, ("The question is answered in another way than last time.",))


def test_an_answer_about_an_icb_follows_that_icb_alone() -> None:
    content = last_time(
        "CO1",
        answered({"text": "Monthly"}, board="north"),
        answered({"text": "Never"}, board="old"),
    )

    same = brought(question("CO1"), content, board="north")
    merged = brought(question("CO1"), content, board="south")

    assert same.answer.value == {"text": "Monthly"}
    assert merged.answer is None
    assert "NHS old" in merged.said[0]
    assert "NHS north" not in merged.said[0]


@pytest.mark.parametrize(
    ("code", "content"),
    [
        ("CO8", last_time("CO5", answered({"text": "Another question"}))),
        ("CO8", last_time("CO8", answered(None, state=""))),
        ("CO8", last_time("CO8", answered({"text": ""}))),
        ("OF2", last_time("OF2", answered({"lines": [], "met": True}))),
    ],
)
def test_what_was_not_asked_not_answered_or_derived_is_not_carried(
    code: str, content: dict[str, Any]
) -> None:
    assert brought(question(code), content) == Carried(None)
