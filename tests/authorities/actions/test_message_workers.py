"""Two workers send each mail once, and a worker that is killed loses none."""

from collections.abc import Iterator
from threading import Barrier, Thread

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from authorities import delivery, notices
from authorities.actions import message_sending, messages
from authorities.models import Body, Message
from tests.factories.authorities import MembershipFactory

pytestmark = pytest.mark.slow


class Killed(BaseException):
    """What ends a process ends it past every `except Exception`."""


@pytest.fixture(autouse=True)
def plain_kinds(settings: Settings) -> Iterator[None]:
    """The outbox knows the kinds of tests only."""
    settings.NOTICE_KINDS = settings.DAILY_NOTICES = ["tests.authorities.actions.plain_notices"]
    notices.kinds.cache_clear()
    yield
    notices.kinds.cache_clear()


def announce(body: Body, *, kind: str, key: str) -> None:
    messages.announce(kind=kind, key=key, about=body.pk, body_id=body.pk, at=timezone.now())


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_each_mail_once() -> None:
    body = MembershipFactory().body
    for _ in range(3):
        MembershipFactory(body=body)
    for number in range(3):
        announce(body, kind="test.plain", key=f"plain {number}")
        announce(body, kind="test.daily", key=f"daily {number}")
    later = messages.next_daily_mail(at=timezone.now())
    start = Barrier(2)

    def work() -> None:
        start.wait()
        try:
            message_sending.send_waiting(at=later)
        finally:
            connection.close()

    workers = [Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    # A person whom both looked at together waits for the next run.
    message_sending.send_waiting(at=later)

    subjects = sorted((sent.to[0], sent.subject) for sent in mail.outbox)
    people = sorted({to for to, _ in subjects})
    assert len(people) == 4
    # Three of their own, and one that three share.
    assert [len([1 for to, _ in subjects if to == one]) for one in people] == [4] * 4
    assert Message.objects.filter(sent_at__isnull=True).count() == 0


@pytest.mark.django_db
def test_a_mail_of_a_killed_worker_goes_again_under_the_same_identity(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    body = MembershipFactory().body
    announce(body, kind="test.plain", key="one")
    handed_over: list[delivery.Mail] = []

    class Dying(delivery.EmailChannel):
        def deliver(self, *, mail: delivery.Mail) -> str:
            handed_over.append(mail)
            raise Killed

    now = timezone.now()
    monkeypatch.setattr(message_sending, "channel", Dying)
    with pytest.raises(Killed):
        message_sending.send_waiting(at=now)
    monkeypatch.undo()
    sent = message_sending.send_waiting(at=now)

    assert sent == 1
    [again] = mail.outbox
    assert f"<{handed_over[0].reference}@" in again.message()["Message-ID"]
    assert Message.objects.get().attempts == 1
