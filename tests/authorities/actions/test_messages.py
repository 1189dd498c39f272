"""Notices are written once, addressed when they are due, sent once, and kept while mail is away."""

import logging
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from pathlib import Path

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone
from pytest_django import Settings

from authorities import notices
from authorities.actions import message_sending, messages
from authorities.models import AuditEvent, Body, Message, Notice, User
from tests.factories.authorities import MembershipFactory, StrategicAuthorityFactory, UserFactory

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MORNING = datetime(2026, 11, 24, 7, 15, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def plain_kinds(settings: Settings) -> Iterator[None]:
    """The outbox knows the kinds of tests only."""
    settings.NOTICE_KINDS = settings.DAILY_NOTICES = ["tests.authorities.actions.plain_notices"]
    notices.kinds.cache_clear()
    yield
    notices.kinds.cache_clear()


@pytest.fixture
def body() -> Body:
    """A body that people work for."""
    return StrategicAuthorityFactory()


def announce(body: Body, *, kind: str = "test.plain", key: str = "one", **details: str) -> int:
    return messages.announce(
        kind=kind, key=key, about=body.pk, body_id=body.pk, details=details, at=NOW
    )


def no_server(settings: Settings) -> None:
    """Nothing listens on the discard port."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9


def recipients() -> list[str]:
    return sorted(person for sent in mail.outbox for person in sent.to)


def test_a_message_is_sent_to_its_person(body: Body, settings: Settings, tmp_path: Path) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    MembershipFactory(body=body, user=UserFactory(email="officer@south.example"))
    announce(body)

    sent = message_sending.send_waiting(at=NOW)

    [file] = tmp_path.iterdir()
    read = message_from_bytes(file.read_bytes())
    assert sent == 1
    assert (read["To"], read["Subject"]) == ("officer@south.example", "A board ends")
    assert f"{settings.SITE_URL}/" in str(read.get_payload())


def test_the_same_thing_is_told_once(body: Body) -> None:
    MembershipFactory(body=body)

    written = [announce(body), announce(body)]

    assert written == [1, 0]
    assert [message_sending.send_waiting(at=NOW) for _ in range(2)] == [1, 0]


def test_whom_it_concerns_is_asked_when_it_is_sent(body: Body) -> None:
    leaver = MembershipFactory(body=body, user=UserFactory(email="left@south.example"))
    announce(body)
    leaver.ended_at = timezone.now() - timedelta(minutes=1)
    leaver.save()
    MembershipFactory(body=body, user=UserFactory(email="joined@south.example"))

    message_sending.send_waiting(at=NOW)

    assert recipients() == ["joined@south.example"]


def test_whoever_leaves_while_the_server_is_away_is_not_written_to(
    body: Body, settings: Settings
) -> None:
    backend = settings.EMAIL_BACKEND
    member = MembershipFactory(body=body)
    announce(body)
    no_server(settings)
    message_sending.send_waiting(at=NOW)
    User.objects.filter(pk=member.user.pk).update(is_active=False)
    settings.EMAIL_BACKEND = backend

    sent = message_sending.send_waiting(at=NOW + timedelta(hours=1))

    assert (sent, mail.outbox) == (0, [])
    assert Message.objects.get().withdrawn_at is not None


def test_a_mail_server_that_is_away_loses_nothing(body: Body, settings: Settings) -> None:
    backend = settings.EMAIL_BACKEND
    MembershipFactory(body=body)
    announce(body)
    no_server(settings)

    first = message_sending.send_waiting(at=NOW)
    kept = Message.objects.get()
    settings.EMAIL_BACKEND = backend
    second = message_sending.send_waiting(at=NOW + timedelta(minutes=3))

    assert (first, second) == (0, 1)
    assert "Refused" in kept.error
    assert Message.objects.get().error == ""


def test_a_message_that_keeps_failing_waits_for_a_person_who_lets_it_be_tried_again(
    body: Body, settings: Settings
) -> None:
    backend = settings.EMAIL_BACKEND
    MembershipFactory(body=body)
    announce(body)
    no_server(settings)
    for day in range(1, 20):
        message_sending.send_waiting(at=NOW + timedelta(days=day))
    failed = Message.objects.get()
    settings.EMAIL_BACKEND = backend
    later = NOW + timedelta(days=30)

    untouched = message_sending.send_waiting(at=later)
    message_sending.try_message_again(message=failed, by=UserFactory(), at=later)
    with pytest.raises(message_sending.NothingToTryAgainError):
        message_sending.try_message_again(message=failed, by=UserFactory(), at=later)

    assert failed.attempts == notices.MOST_ATTEMPTS
    assert failed.failed_at is not None
    assert (untouched, message_sending.send_waiting(at=later)) == (0, 1)
    assert AuditEvent.objects.filter(action="message.tried_again").count() == 1


def test_a_notice_that_cannot_be_addressed_holds_up_no_other(
    body: Body, caplog: pytest.LogCaptureFixture
) -> None:
    MembershipFactory(body=body)
    announce(body, kind="test.broken")
    announce(body)

    with caplog.at_level(logging.CRITICAL):
        for day in range(10):
            message_sending.send_waiting(at=NOW + timedelta(days=day))
    broken = Notice.objects.get(kind="test.broken")
    message_sending.try_notice_again(notice=broken, by=UserFactory(), at=NOW)

    assert len(mail.outbox) == 1
    assert broken.error == "LookupError: What it is about is gone."
    assert broken.attempts == notices.MOST_ATTEMPTS
    assert Notice.objects.get(kind="test.broken").attempts == 0


def test_what_may_wait_shares_one_mail_in_the_morning(body: Body) -> None:
    person = MembershipFactory(body=body).user
    for number in (1, 2):
        announce(body, kind="test.daily", key=f"{number}", words=f"Thing {number}")

    before = message_sending.send_waiting(at=MORNING - timedelta(minutes=1))
    sent = message_sending.send_waiting(at=MORNING)

    assert (before, sent) == (0, 1)
    [only] = mail.outbox
    assert (only.to, only.subject) == ([person.email], "Health Duty Tracker: 2 things for you")
    assert "Thing 1" in only.body
    assert "Thing 2" in only.body
    assert Message.objects.values("mail").distinct().count() == 1


def test_a_second_mail_that_may_wait_waits_for_the_next_day(body: Body) -> None:
    MembershipFactory(body=body)
    announce(body, kind="test.daily")
    message_sending.send_waiting(at=MORNING)
    Notice.objects.create(
        kind="test.daily",
        key="late",
        about=body.pk,
        due_at=MORNING,
        next_attempt_at=MORNING,
    )

    same_day = message_sending.send_waiting(at=MORNING + timedelta(hours=4))
    next_day = message_sending.send_waiting(at=MORNING + timedelta(days=1))

    assert (same_day, next_day) == (0, 1)


def test_what_is_of_its_day_shares_the_mornings_mail_and_gives_it_its_subject(body: Body) -> None:
    MembershipFactory(body=body)
    announce(body, kind="test.daily", words="A board ends")
    announce(body, kind="test.today", key="return", words="Autumn: return due today")
    announce(body, kind="test.today", key="views", words="Autumn: own views due today")

    message_sending.send_waiting(at=MORNING)

    [only] = mail.outbox
    assert only.subject in {
        "Autumn: return due today, and 2 more things",
        "Autumn: own views due today, and 2 more things",
    }
    assert only.body.index("return due today") < only.body.index("A board ends")
    assert only.body.index("own views due today") < only.body.index("A board ends")


def test_what_is_of_its_day_goes_on_it_though_the_mornings_mail_has_gone(body: Body) -> None:
    MembershipFactory(body=body)
    announce(body, kind="test.daily")
    message_sending.send_waiting(at=MORNING)
    for kind in ("test.daily", "test.today"):
        Notice.objects.create(
            kind=kind, key="late", about=body.pk, due_at=MORNING, next_attempt_at=MORNING
        )

    sent = message_sending.send_waiting(at=MORNING + timedelta(hours=4))

    assert sent == 1
    assert not Message.objects.filter(notice__kind="test.today", sent_at=None).exists()


def test_a_trial_that_is_of_its_day_does_not_mark_a_mail_that_counts(body: Body) -> None:
    MembershipFactory(body=body)
    announce(body, kind="test.today", words="[TEST] Trial: return due today")
    announce(body, kind="test.daily", words="A board ends")

    message_sending.send_waiting(at=MORNING)

    [only] = mail.outbox
    assert only.subject == "Health Duty Tracker: 2 things for you"


@pytest.mark.parametrize(
    ("at", "mail_at"),
    [
        (datetime(2026, 7, 1, 6, 0, tzinfo=UTC), datetime(2026, 7, 1, 6, 15, tzinfo=UTC)),
        (datetime(2026, 7, 1, 6, 16, tzinfo=UTC), datetime(2026, 7, 2, 6, 15, tzinfo=UTC)),
        # The clocks go back in the night.
        (datetime(2026, 10, 24, 12, 0, tzinfo=UTC), datetime(2026, 10, 25, 7, 15, tzinfo=UTC)),
    ],
)
def test_the_mornings_mail_goes_by_the_clock_of_london(at: datetime, mail_at: datetime) -> None:
    assert messages.next_daily_mail(at=at) == mail_at


def test_a_day_is_announced_from_seven_on_and_once(body: Body) -> None:
    seven = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)

    early = messages.announce_day(at=seven - timedelta(seconds=1))
    written = [messages.announce_day(at=seven + timedelta(hours=hour)) for hour in range(3)]

    assert early == 0
    assert written == [1, 0, 0]
    assert Notice.objects.get().due_at == seven + timedelta(minutes=15)


def test_a_day_that_begins_late_tells_at_once(body: Body) -> None:
    messages.announce_day(at=NOW)

    assert Notice.objects.get().due_at == NOW


def test_a_mail_of_a_demonstration_says_so(body: Body, settings: Settings) -> None:
    settings.DEMONSTRATION = True
    MembershipFactory(body=body)
    announce(body)

    message_sending.send_waiting(at=NOW)

    assert [sent.subject for sent in mail.outbox] == ["[Demonstration] A board ends"]


def test_a_shared_mail_is_marked_as_test_only_where_all_of_it_is(body: Body) -> None:
    MembershipFactory(body=body)
    other = MembershipFactory().body
    for about, words in ((body, ("[TEST] One", "[TEST] Two")), (other, ("[TEST] One", "Two"))):
        for number, said in enumerate(words):
            announce(about, kind="test.daily", key=f"{about.pk} {number}", words=said)

    message_sending.send_waiting(at=MORNING)

    assert sorted(sent.subject for sent in mail.outbox) == [
        "Health Duty Tracker: 2 things for you",
        "[TEST] Health Duty Tracker: 2 things for you",
    ]


def test_what_was_written_before_there_were_notices_is_sent_as_it_was_written(body: Body) -> None:
    person = UserFactory()
    notice = Notice.objects.create(
        kind="gone.long_ago",
        key="x",
        about=body.pk,
        details={"as_written": True},
        due_at=NOW,
        next_attempt_at=NOW,
        addressed_at=NOW,
    )
    Message.objects.create(
        notice=notice,
        recipient=person,
        subject="Old",
        text="Words",
        due_at=NOW,
        next_attempt_at=NOW,
    )

    message_sending.send_waiting(at=NOW)

    assert [sent.subject for sent in mail.outbox] == ["Old"]


def test_a_person_is_told_of_a_thing_once_in_the_database(body: Body) -> None:
    MembershipFactory(body=body)
    announce(body)
    messages.address_due(at=NOW)
    row = Message.objects.get()
    row.pk = uuid.uuid4()

    with pytest.raises(IntegrityError, match="message_once_to_a_person"), transaction.atomic():
        row.save(force_insert=True)


def test_a_thing_is_announced_once_in_the_database(body: Body) -> None:
    announce(body)
    row = Notice.objects.get()
    row.pk = uuid.uuid4()

    with pytest.raises(IntegrityError, match="notice_once_of_a_kind"), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"subject": "One\nTwo"}, "message_subject_is_one_line"),
        ({"sent_at": NOW, "withdrawn_at": NOW}, "message_ends_one_way"),
        ({"sent_at": NOW, "failed_at": NOW, "error": "x"}, "message_ends_one_way"),
        ({"withdrawn_at": NOW, "failed_at": NOW, "error": "x"}, "message_ends_one_way"),
        ({"failed_at": NOW}, "failed_message_says_why"),
    ],
)
def test_a_message_that_cannot_be_is_refused_by_the_database(
    body: Body, changes: dict[str, object], constraint: str
) -> None:
    MembershipFactory(body=body)
    announce(body)
    messages.address_due(at=NOW)

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Message.objects.update(**changes)
