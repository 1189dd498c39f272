"""Two people at the same time, on connections of their own."""

from collections.abc import Callable
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from authorities.models import AuditEvent, Role
from duty.actions import answers, documents, returns, review, sign_off
from duty.models import Answer, DutyReturn, ReturnDocument, ReturnEvent, Submission
from duty.questions import Answer as Given
from tests.factories.authorities import MembershipFactory
from tests.factories.duty import SubmissionFactory, send, submit, tell_return

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def at_once(*jobs: Callable[[], object]) -> list[object]:
    """Run jobs in threads that set off together; what each returned or raised, in order."""
    results: list[object] = [None] * len(jobs)
    start = Barrier(len(jobs))

    def run(number: int, job: Callable[[], object]) -> None:
        start.wait()
        try:
            results[number] = job()
        except ValueError as error:
            results[number] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=(n, job)) for n, job in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_two_editors_of_one_answer_are_not_lost_to_each_other():
    story = tell_return()

    def save(text: str) -> Callable[[], object]:
        return lambda: answers.save_answer(
            duty_return=story.duty_return,
            question="AB1",
            board=None,
            answer=Given(value={"text": text}),
            expected_version=0,
            by=story.editor,
            at=timezone.now(),
        )

    results = at_once(save("One"), save("Other"))

    assert sorted(type(result).__name__ for result in results) == ["Answer", "StaleAnswerError"]
    assert Answer.objects.count() == 1


def test_two_workers_make_one_document(own_files):
    submission = SubmissionFactory()
    asked = ReturnDocument.objects.get(submission=submission)

    def make() -> None:
        documents.make(document_id=asked.pk, at=timezone.now())

    at_once(make, make)

    made = AuditEvent.objects.filter(action="return.document_made")
    assert [event.target_id for event in made] == [str(asked.pk)]
    assert [path.name for path in own_files.rglob("*.pdf")] == [f"{submission.pk}.pdf"]


def test_a_double_click_submits_once():
    story = tell_return()
    send(story)
    key = uuid4()

    def sign() -> object:
        return sign_off.sign_and_submit(
            duty_return=story.duty_return,
            declaration_ticked=True,
            form_key=key,
            by=story.signatory,
            at=timezone.now(),
        )

    first, second = at_once(sign, sign)

    assert first == second
    assert Submission.objects.count() == 1
    assert ReturnEvent.objects.filter(type="sign").count() == 1


def test_two_people_start_one_return():
    story = tell_return()
    other = MembershipFactory()
    story.round.expected_returns.create(authority_id=other.body_id)
    authority = other.body.strategicauthority

    def start() -> object:
        return returns.start(
            round_=story.round, authority=authority, by=other.user, at=timezone.now()
        )

    first, second = at_once(start, start)

    assert first == second
    assert DutyReturn.objects.filter(authority=authority).count() == 1


def test_two_analysts_who_accept_and_send_back_at_once_do_not_both_win():
    story = tell_return()
    submit(story)
    story.duty_return.refresh_from_db()
    seen = story.duty_return.version
    one, other = (MembershipFactory(role=Role.ANALYST).user for _ in range(2))

    def accept() -> object:
        return review.accept(
            duty_return=story.duty_return, expected_version=seen, by=one, at=timezone.now()
        )

    def send_back() -> object:
        return review.request_changes(
            duty_return=story.duty_return,
            reason="Say when it ends",
            expected_version=seen,
            by=other,
            at=timezone.now(),
        )

    results = at_once(accept, send_back)

    assert sum(isinstance(result, review.StaleReturnError) for result in results) == 1
    assert ReturnEvent.objects.filter(type__in=["accept", "request_changes"]).count() == 1


def test_a_double_click_accepts_once():
    story = tell_return()
    submit(story)
    story.duty_return.refresh_from_db()
    seen = story.duty_return.version
    analyst = MembershipFactory(role=Role.ANALYST).user

    def accept() -> object:
        return review.accept(
            duty_return=story.duty_return, expected_version=seen, by=analyst, at=timezone.now()
        )

    first, second = at_once(accept, accept)

    assert first == second == "accepted"
    assert ReturnEvent.objects.filter(type="accept").count() == 1
