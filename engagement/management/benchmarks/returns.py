"""The pages of a return with 500 questions against the same with 10, and a page of one query."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta

from django.db import connection, transaction
from django.http import HttpRequest
from django.shortcuts import render
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import resolve
from django.utils import timezone

from authorities.models import Body, StrategicAuthority, User
from duty.actions import answers, returns, round_stages, rounds, specifications
from duty.deadlines import london_date
from duty.models import DutyReturn, Round, Section, Specification
from duty.presenters.addresses import ReturnAddresses
from duty.queries.asked import spec_of
from duty.queries.round_checks import checked
from duty.questions import Answer, AnswerType, QuestionSpec
from duty.round_checks import digest
from duty.slots import SlotKey
from engagement.management.benchmarks.rows import Measured, seconds_in_turn

FEW, MANY = 10, 500
# What the client asks; the best comparable service that was measured takes 13.
TIME_GOAL = 6.0
QUERIES_GOAL = 1.0
_ANSWERED = 25
_EDITOR = "editor@south-yorkshire.example"
_KEEPER = "administrator@dhsc.example"
_AUTHORITY = "south-yorkshire"


@dataclass(frozen=True)
class ReturnPages:
    """A started return, and who works on it."""

    editor: User
    tasks: str
    question: str

    def show(self, path: str) -> bytes:
        """Return a page as the editor gets it, made without middleware.

        Raises:
            RuntimeError: the page cannot be shown.
        """
        match = resolve(path)
        answer = match.func(_request(path, self.editor), *match.args, **match.kwargs)
        if answer.status_code != 200:
            raise RuntimeError(f"{path} answered {answer.status_code}.")
        return bytes(answer.content)


def _request(path: str, user: User) -> HttpRequest:
    request = RequestFactory().get(path)
    # As the middleware does: a person's rights are read once for each request.
    request.user = User.objects.get(pk=user.pk)
    request.session = {}  # type: ignore[assignment]
    return request


def _show_one_query_page(user: User) -> None:
    render(_request("/", user), "engagement/bench_page.html", {"body": Body.objects.first()})


@contextmanager
def started_return(*, questions: int) -> Iterator[ReturnPages]:
    """Be in a round that asks so many questions, with some of them answered; undone after."""
    with transaction.atomic():
        editor = User.objects.get(email=_EDITOR)
        authority = StrategicAuthority.objects.get(slug=_AUTHORITY)
        asked = _questions(count=questions)
        round_ = _open_round(asked)
        made = returns.start(round_=round_, authority=authority, by=editor, at=timezone.now())
        for question in asked[:_ANSWERED]:
            _answer(made, question, by=editor)
        addresses = ReturnAddresses(round_.slug, authority.slug)
        yield ReturnPages(
            editor=editor,
            tasks=addresses.tasks,
            question=addresses.question(asked[-1].specification, SlotKey(asked[-1].code)),
        )
        transaction.set_rollback(True)


def _questions(*, count: int) -> tuple[QuestionSpec, ...]:
    """Return copies of a question of the site's own, in every section."""
    newest = Specification.objects.latest("version")
    row = newest.questions.filter(answer_type=AnswerType.TEXT).order_by("pk").first()
    if row is None:
        raise RuntimeError("The specification asks for no text. Load the demonstration first.")
    of_section = -(-count // len(Section.values))
    return tuple(
        replace(
            spec_of(row=row),
            specification=Section.values[number // of_section],
            code=f"bench-{number}",
            order=number % of_section + 1,
            # Nothing is proposed, so that all of them are answered here.
            record_source=None,
        )
        for number in range(count)
    )


def _open_round(asked: tuple[QuestionSpec, ...]) -> Round:
    now = timezone.now()
    today = london_date(now=now)
    stored = specifications.load_specification(
        questions=asked,
        version=Specification.objects.latest("version").version + 1,
        title="The benchmark's",
        by=None,
        at=now,
    )
    made = rounds.create(
        plan=rounds.Plan(
            name="The benchmark's round",
            covers_from=today - timedelta(days=200),
            covers_to=today - timedelta(days=20),
            geography_date=today,
            opens_on=today,
            due_on=today + timedelta(days=30),
            edits_until=today + timedelta(days=37),
            reply_opens_on=today + timedelta(days=50),
            reply_closes_on=today + timedelta(days=70),
            publish_at=now + timedelta(days=90),
            specification=specifications.publish(specification=stored, by=None, at=now),
        ),
        by=None,
        at=now,
    )
    scheduled = round_stages.schedule(
        round_=made,
        reason="It is thrown away.",
        seen=digest(keys=[finding.key for finding in checked(round_=made).undecided]),
        by=User.objects.get(email=_KEEPER),
        at=now,
    )
    return round_stages.open_round(round_=scheduled, by=None, at=now)


def _answer(made: DutyReturn, question: QuestionSpec, *, by: User) -> None:
    answers.save_answer(
        duty_return=made,
        question=question.code,
        board=None,
        answer=Answer(value={"text": "Measured."}),
        expected_version=0,
        by=by,
        at=timezone.now(),
    )


def return_page_queries() -> Measured:
    """Count the queries of the task list and a question, with many questions and with few."""
    with started_return(questions=FEW) as few:
        limit = _queries(few)
    with started_return(questions=MANY) as many:
        value = _queries(many)
    return Measured(
        name=f"return_page_queries_with_{MANY}_questions",
        value=value,
        unit="queries",
        limit=limit,
        goal=QUERIES_GOAL,
    )


def task_list(*, times: int = 31) -> Measured:
    """Measure the task list's time on the server with many questions."""
    with started_return(questions=MANY) as pages:
        return _against_one_query("task_list", pages, pages.tasks, times)


def question_page(*, times: int = 31) -> Measured:
    """Measure a question's time on the server among many."""
    with started_return(questions=MANY) as pages:
        return _against_one_query("question_page", pages, pages.question, times)


def _against_one_query(name: str, pages: ReturnPages, path: str, times: int) -> Measured:
    value, limit = seconds_in_turn(
        lambda: pages.show(path), lambda: _show_one_query_page(pages.editor), times=times
    )
    return Measured(
        name=f"{name}_server_time_with_{MANY}_questions",
        value=value,
        unit="s",
        limit=limit,
        goal=TIME_GOAL,
    )


def _queries(pages: ReturnPages) -> int:
    with CaptureQueriesContext(connection) as captured:
        pages.show(pages.tasks)
        pages.show(pages.question)
    return len(captured)
