"""A request that carries a key is done once, whoever sends it again and when."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction

from authorities import audit
from authorities.actions.keyed_requests import (
    KEPT_FOR,
    Answered,
    KeyInUseError,
    KeyReusedError,
    Request,
    answer_once,
    forget_old,
)
from authorities.models import AuditEvent, KeyedRequest, User
from tests.factories.authorities import UserFactory

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def asked(**other: str) -> Request:
    about = {
        "credential": "user:1",
        "key": "one",
        "method": "POST",
        "path": "/x/",
        "body_sha256": "0" * 64,
    }
    return Request(**{**about, **other})


def effect(by: User, *, status: int = 200) -> Callable[[], Answered]:
    """Do something that can be counted, and answer."""

    def make() -> Answered:
        audit.record(action="test.done", target=by, body=None, by=by, at=NOW)
        return Answered(status=status, content=f'{{"n": {done()}}}', headers={"ETag": '"1"'})

    return make


def done() -> int:
    return AuditEvent.objects.filter(action="test.done").count()


@pytest.mark.django_db
def test_the_same_request_is_done_once_and_answered_alike():
    by = UserFactory()

    first = answer_once(request=asked(), make=effect(by), by=by, at=NOW)
    again = answer_once(
        request=asked(), make=effect(by), by=by, at=NOW + timedelta(hours=24, minutes=1)
    )
    other_key = answer_once(request=asked(key="two"), make=effect(by), by=by, at=NOW)
    other_caller = answer_once(request=asked(credential="user:2"), make=effect(by), by=by, at=NOW)

    assert (again.content, again.headers, again.replayed) == (first.content, first.headers, True)
    assert [other_key.replayed, other_caller.replayed] == [False, False]
    assert done() == 3


@pytest.mark.django_db
@pytest.mark.parametrize(
    "other", [{"body_sha256": "1" * 64}, {"path": "/y/"}, {"method": "DELETE"}], ids=str
)
def test_a_key_stands_for_one_request_only(other: dict[str, str]):
    by = UserFactory()
    answer_once(request=asked(), make=effect(by), by=by, at=NOW)

    with pytest.raises(KeyReusedError):
        answer_once(request=asked(**other), make=effect(by), by=by, at=NOW)

    assert done() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(("status", "kept"), [(400, 1), (409, 0), (429, 0), (503, 0)])
def test_what_may_be_otherwise_a_moment_later_is_not_remembered(status: int, kept: int):
    by = UserFactory()

    answer_once(request=asked(), make=lambda: Answered(status=status), by=by, at=NOW)

    assert KeyedRequest.objects.count() == kept


@pytest.mark.django_db
def test_an_error_of_our_own_leaves_nothing_behind():
    by = UserFactory()

    def fail() -> Answered:
        effect(by)()
        raise RuntimeError

    with pytest.raises(RuntimeError):
        answer_once(request=asked(), make=fail, by=by, at=NOW)

    assert (done(), KeyedRequest.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_old_answers_are_forgotten():
    by = UserFactory()
    answer_once(request=asked(), make=effect(by), by=by, at=NOW)
    answer_once(request=asked(key="two"), make=effect(by), by=by, at=NOW + timedelta(hours=1))

    forgotten = forget_old(at=NOW + KEPT_FOR)
    late = answer_once(request=asked(), make=effect(by), by=by, at=NOW + KEPT_FOR)

    assert forgotten == 1
    assert not late.replayed


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("request_key_once", {}),
        ("request_key_is_given", {"key": ""}),
        ("passing_refusals_are_not_remembered", {"key": "two", "status": 409}),
        ("passing_refusals_are_not_remembered", {"key": "two", "status": 500}),
    ],
)
def test_the_database_holds_what_a_key_promises(constraint: str, values: dict[str, object]):
    by = UserFactory()
    answer_once(request=asked(), make=effect(by), by=by, at=NOW)
    row = {
        "user": by,
        "credential": "user:1",
        "key": "one",
        "method": "POST",
        "path": "/x/",
        "body_sha256": "0" * 64,
        "status": 200,
        "answered_at": NOW,
    }

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        KeyedRequest.objects.create(**{**row, **values})


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("waits", [False, True])
def test_of_fifty_pairs_sent_at_once_each_is_done_once(waits: bool):
    by = UserFactory()
    start = Barrier(2)
    replayed: list[bool] = []
    refused: list[str] = []

    def send(numbers: range) -> None:
        for number in numbers:
            start.wait()
            try:
                answered = answer_once(
                    request=asked(key=str(number)), make=effect(by), waits=waits, by=by, at=NOW
                )
                replayed.append(answered.replayed)
            except KeyInUseError as error:
                refused.append(str(error))
        connection.close()

    threads = [Thread(target=send, args=[range(50)]) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert done() == 50
    assert replayed.count(False) == 50
    assert len(replayed) + len(refused) == 100
    assert refused == [] or not waits
