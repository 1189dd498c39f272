"""What the last expert review says to a question."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

from duty.review_answers import answer_from_review
from outcomes.framework_answers import LastReview
from tests.factories.duty import version_one

REVIEW = LastReview(
    framework_id=UUID(int=1),
    review_id=UUID(int=2),
    met_on=date(2026, 5, 1),
    conclusion="Keep all but two.",
    signed_at=datetime(2026, 5, 2, tzinfo=UTC),
)


def question(code):
    return next(one for one in version_one() if one.code == code)


def test_a_review_gives_its_day_and_its_conclusion():
    found = answer_from_review(question=question("OF7"), review=REVIEW)

    assert found is not None
    assert found.value == {"date": "2026-05-01", "conclusion": "Keep all but two."}


def test_what_the_question_does_not_ask_for_is_left_out():
    asked = question("OF7")
    dates = replace(asked, columns=tuple(one for one in asked.columns if one.code == "date"))
    words = replace(asked, columns=tuple(one for one in asked.columns if one.code != "date"))

    found = answer_from_review(question=dates, review=REVIEW)

    assert found is not None
    assert found.value == {"date": "2026-05-01"}
    assert answer_from_review(question=words, review=REVIEW) is None


def test_other_questions_and_no_review_give_nothing():
    assert answer_from_review(question=question("HT1"), review=REVIEW) is None
    assert answer_from_review(question=question("OF7"), review=None) is None
