"""What must always hold of a return is held by the database: each rule is broken once."""

from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from duty.models import Answer, AnswerState, DutyReturn, Evidence, Question, Specification
from tests.world import World


@pytest.fixture
def draft(world: World) -> DutyReturn:
    """South Yorkshire's return, which is still written."""
    return DutyReturn.objects.get(round__slug=world.round, authority__slug=world.authority)


@pytest.mark.parametrize(
    ("rule", "wrong"),
    [
        ("answer_has_a_value_or_says_why_not", {"value": None}),
        (
            "answer_has_a_value_or_says_why_not",
            {"state": AnswerState.NO_EVIDENCE, "reason": "None was kept."},
        ),
        (
            "answer_without_value_has_a_reason",
            {"state": AnswerState.NO_EVIDENCE, "value": None, "reason": ""},
        ),
        (
            "answer_without_value_has_a_reason",
            {"state": AnswerState.NOT_APPLICABLE, "value": None, "reason": ""},
        ),
        ("not_yet_known_says_when", {"state": AnswerState.NOT_YET_KNOWN, "value": None}),
    ],
)
def test_an_answer_says_what_it_is(rule: str, wrong: dict[str, Any], draft: DutyReturn) -> None:
    answer = draft.answers.filter(state=AnswerState.VALUE).order_by("pk")[:1]

    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        Answer.objects.filter(pk__in=answer.values("pk")).update(**wrong)


@pytest.mark.parametrize("url", ["", "ftp://example.org/paper", "javascript:alert(1)"])
def test_evidence_links_are_of_the_web(url: str, draft: DutyReturn) -> None:
    evidence = Evidence.objects.filter(answer__duty_return=draft)
    assert evidence.exists()

    with pytest.raises(IntegrityError, match="link_is_http_or_https"), transaction.atomic():
        evidence.update(url=url)


def test_a_question_that_was_published_stays_as_it_is(world: World) -> None:
    with (
        pytest.raises(DatabaseError, match="a published specification cannot change"),
        transaction.atomic(),
    ):
        Question.objects.update(text="Something else")


def test_a_specification_that_was_published_stays_as_it_is(world: World) -> None:
    with pytest.raises(DatabaseError, match="published_is_frozen"), transaction.atomic():
        Specification.objects.update(title="Something else")


def test_answers_and_evidence_of_a_submitted_return_stay(world: World) -> None:
    answers = Answer.objects.filter(duty_return__round__slug=world.published_round)
    evidence = Evidence.objects.filter(answer__in=answers)

    for write in (
        lambda: answers.update(public_note="Late thoughts"),
        lambda: evidence.update(title="Another paper"),
        lambda: evidence.delete(),
    ):
        with pytest.raises(IntegrityError, match="the return is locked"), transaction.atomic():
            write()
