"""The benchmark of returns measures the pages that it says, and leaves nothing behind."""

import pytest

from duty.models import DutyReturn, Question, Round, Specification
from engagement.management.benchmarks import returns

pytestmark = pytest.mark.slow


def test_a_return_asks_as_many_questions_as_it_says(world):
    before = [table.objects.count() for table in (Specification, Round, DutyReturn)]

    with returns.started_return(questions=12) as pages:
        newest = Specification.objects.latest("version")
        assert Question.objects.filter(specification=newest).count() == 12
        assert "bench-11" in pages.question
        assert b"Co-operation" in pages.show(pages.tasks)
        assert b"<textarea" in pages.show(pages.question)

    assert [table.objects.count() for table in (Specification, Round, DutyReturn)] == before


def test_a_page_that_cannot_be_shown_fails_the_run(world):
    with (
        returns.started_return(questions=10) as pages,
        pytest.raises(RuntimeError, match="answered 302"),
    ):
        pages.show(pages.tasks + "start/")


def test_the_pages_ask_as_often_with_many_questions_as_with_few(world):
    measured = returns.return_page_queries()

    assert measured.value == measured.limit
    assert measured.held


def test_both_pages_are_measured_against_a_page_of_one_query(world):
    found = [returns.task_list(times=1), returns.question_page(times=1)]

    assert [one.name for one in found] == [
        "task_list_server_time_with_500_questions",
        "question_page_server_time_with_500_questions",
    ]
    assert all(one.ratio > 1 for one in found)
