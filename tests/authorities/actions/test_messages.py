"""Messages are written once, sent once, and kept when the mail server is away."""

import uuid
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from pytest_django import Settings

from authorities.actions import messages
from authorities.models import Message, User
from tests.factories.authorities import UserFactory

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ABOUT = uuid.UUID("6f1f1a52-7d3f-4b0e-9c38-0d9a5f0a1b2c")

pytestmark = pytest.mark.django_db


@pytest.fixture
def mailbox(settings: Settings, tmp_path: Path) -> Path:
    """Mail goes to files of this folder."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    return tmp_path


def write(*people: User, subject: str = "A board ends") -> int:
    return messages.write(
        recipients=people,
        kind="reorganisation.announced",
        about=ABOUT,
        subject=subject,
        text="Read this.",
        at=NOW,
    )


def test_a_message_is_sent_to_its_person(mailbox: Path) -> None:
    write(UserFactory(email="officer@example.org"))

    sent = messages.send_waiting(at=NOW)

    [file] = mailbox.iterdir()
    mail = message_from_bytes(file.read_bytes())
    assert sent == 1
    assert (mail["To"], mail["Subject"]) == ("officer@example.org", "A board ends")


def test_the_same_thing_is_told_once(mailbox: Path) -> None:
    person = UserFactory()

    written = [write(person), write(person)]

    assert written == [1, 0]
    assert [messages.send_waiting(at=NOW), messages.send_waiting(at=NOW)] == [1, 0]


def test_who_has_left_is_not_written_to() -> None:
    assert write(UserFactory(is_active=False)) == 0


def test_a_mail_server_that_is_away_loses_nothing(settings: Settings, mailbox: Path) -> None:
    write(UserFactory())
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    # Nothing listens on the discard port.
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9

    first = messages.send_waiting(at=NOW)
    kept = Message.objects.get()
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    second = messages.send_waiting(at=NOW + timedelta(minutes=3))

    assert first == 0
    assert "Refused" in kept.error
    assert second == 1
    assert Message.objects.get().error == ""


def test_a_message_that_keeps_failing_waits_for_a_person(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    write(UserFactory())

    for day in range(1, 20):
        messages.send_waiting(at=NOW + timedelta(days=day))

    assert Message.objects.get().attempts == messages.MOST_ATTEMPTS


def test_a_person_is_told_of_a_thing_once_in_the_database() -> None:
    write(UserFactory())
    row = Message.objects.get()
    row.pk = uuid.uuid4()

    with pytest.raises(IntegrityError, match="message_once_to_a_person"), transaction.atomic():
        row.save(force_insert=True)


def test_a_subject_is_one_line() -> None:
    with pytest.raises(IntegrityError, match="message_subject_is_one_line"), transaction.atomic():
        write(UserFactory(), subject="One\nTwo")
