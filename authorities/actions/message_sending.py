"""Sends the messages that wait, and lets a person have another try at those that failed."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from authorities import audit
from authorities.actions.messages import address_due, next_daily_mail, text_of
from authorities.delivery import (
    DEMONSTRATION_MARK,
    DeliveryError,
    Mail,
    PermanentDeliveryError,
    channel,
)
from authorities.leaver_words import is_of_leaver
from authorities.models import Message, Notice, User
from authorities.notices import MOST_ATTEMPTS, TEST_MARK, Letter, kind_of

logger = logging.getLogger(__name__)

_SIGNATURE = "Health Duty Tracker"
_WAITS = {"sent_at__isnull": True, "withdrawn_at__isnull": True, "failed_at__isnull": True}


class NothingToTryAgainError(ValueError):
    """It has been sent meanwhile, or waits to be tried already."""


@dataclass(frozen=True)
class _Outcome:
    """Mails that left, and whether the person is to be passed over in this run."""

    sent: int = 0
    passed_over: bool = False


def send_waiting(*, at: datetime, most: int = 200) -> int:
    """Address the notices that are due, and send what waits, each mail in its own transaction.

    A message is marked sent in the transaction that sends it, so a worker that is killed between
    the two may send it twice, under one Message-ID or reference; it is never lost.

    Returns:
        How many mails were sent.
    """
    address_due(at=at)
    sent, passed_over = 0, set[UUID]()
    for _ in range(most):
        found = (
            Message.objects.filter(**_WAITS, next_attempt_at__lte=at)
            .exclude(pk__in=passed_over)
            .exclude(recipient_id__in=passed_over)
            .order_by("due_at", "pk")
            .values_list("pk", "recipient_id")
            .first()
        )
        if found is None:
            break
        message_id, recipient_id = found
        outcome = _send(message_id, at)
        sent += outcome.sent
        if outcome.passed_over:
            # All of a person's wait for the worker that is at one; an address has one alone.
            passed_over.add(message_id if recipient_id is None else recipient_id)
    return sent


@transaction.atomic
def try_message_again(*, message: Message, by: User, at: datetime) -> None:
    """Let a message that failed be sent with the next run.

    Raises:
        NothingToTryAgainError: it did not fail, or is tried again already.
    """
    row = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
    if row.failed_at is None:
        raise NothingToTryAgainError("This message is sent already, or is being tried again.")
    row.failed_at, row.attempts, row.next_attempt_at = None, 0, at
    row.save(update_fields=["failed_at", "attempts", "next_attempt_at"])
    audit.record(action="message.tried_again", target=row, by=by, at=at)


@transaction.atomic
def try_notice_again(*, notice: Notice, by: User, at: datetime) -> None:
    """Let a notice that could not be addressed be asked again with the next run.

    Raises:
        NothingToTryAgainError: it was addressed, or is tried again already.
    """
    row = Notice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    if row.addressed_at is not None or row.attempts < MOST_ATTEMPTS:
        raise NothingToTryAgainError("This notice is sent already, or is being tried again.")
    row.attempts, row.next_attempt_at = 0, at
    row.save(update_fields=["attempts", "next_attempt_at"])
    audit.record(action="notice.tried_again", target=row, by=by, at=at)


def _send(message_id: UUID, at: datetime) -> _Outcome:
    try:
        with transaction.atomic():
            return _send_held(message_id, at)
    except Exception as error:
        # The edge of the job: one message that cannot be written holds up no other.
        logger.exception("message %s could not be written", message_id)
        with transaction.atomic():
            row = Message.objects.select_for_update(of=("self",)).get(pk=message_id)
            _note_failure([row], f"{type(error).__name__}: {error}"[:500], at, for_good=False)
        return _Outcome()


def _send_held(message_id: UUID, at: datetime) -> _Outcome:
    row = (
        Message.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("recipient", "notice__body")
        .filter(pk=message_id, **_WAITS)
        .first()
    )
    # What may share a mail is gathered by one worker at a time.
    if row is None or not _alone(row.recipient_id or row.pk):
        return _Outcome(passed_over=True)
    rows = [row]
    if row.daily:
        assert row.recipient_id is not None  # noqa: S101 - a constraint holds it of daily ones
        if not _is_of_its_day(row) and _had_daily_mail(row.recipient_id, at):
            row.next_attempt_at = next_daily_mail(at=at)
            row.save(update_fields=["next_attempt_at"])
            return _Outcome()
        rows += _that_may_share(row, at)
    kept = [one for one in rows if _still_concerns(one, at)]
    if not kept:
        return _Outcome()
    try:
        provider_id = channel().deliver(mail=_mail_of(kept))
    except DeliveryError as error:
        for_good = isinstance(error, PermanentDeliveryError)
        _note_failure(kept, str(error) or type(error).__name__, at, for_good=for_good)
        return _Outcome()
    for one in kept:
        one.attempts += 1
        one.sent_at, one.error = at, ""
        one.mail, one.provider_id = kept[0].pk, provider_id[:60]
        one.save(update_fields=["attempts", "sent_at", "error", "mail", "provider_id"])
    return _Outcome(sent=1)


def _alone(person_id: UUID) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [f"mail {person_id}"]
        )
        mine: bool = cursor.fetchone()[0]
    return mine


def _is_of_its_day(row: Message) -> bool:
    return kind_of(name=row.notice.kind).same_day


def _had_daily_mail(person_id: UUID, at: datetime) -> bool:
    midnight = datetime.combine(
        timezone.localdate(at), time.min, tzinfo=timezone.get_default_timezone()
    )
    return Message.objects.filter(
        recipient_id=person_id, daily=True, sent_at__gte=midnight
    ).exists()


def _that_may_share(row: Message, at: datetime) -> list[Message]:
    return list(
        Message.objects.select_for_update(of=("self",))
        .select_related("recipient", "notice__body")
        .filter(**_WAITS, recipient_id=row.recipient_id, daily=True, next_attempt_at__lte=at)
        .exclude(pk=row.pk)
        .order_by("due_at", "pk")
    )


def _still_concerns(row: Message, at: datetime) -> bool:
    """Ask again whether it concerns the person, and in which words; if not, it is withdrawn."""
    letter = _letter_now(row, at)
    if letter is None:
        row.withdrawn_at = at
        row.save(update_fields=["withdrawn_at"])
        return False
    row.subject, row.text = letter
    row.save(update_fields=["subject", "text"])
    return True


def _letter_now(row: Message, at: datetime) -> tuple[str, str] | None:
    if is_of_leaver(address=row.goes_to):
        # Nobody reads it: the address was made of the key of a person who left.
        return None
    if row.notice.details.get("as_written"):
        # Written before notices were: in its words, as long as the person is there.
        there = row.recipient is None or row.recipient.is_active
        return (row.subject, row.text) if there else None
    letters: Sequence[Letter] = kind_of(name=row.notice.kind).letters(row.notice, at)
    for letter in letters:
        to = None if letter.recipient is None else letter.recipient.pk
        if (to, letter.address) == (row.recipient_id, row.address):
            return letter.subject[:200], text_of(letter=letter)
    return None


def _mail_of(rows: list[Message]) -> Mail:
    first = rows[0]
    # What cannot wait is read first.
    rows = sorted(rows, key=lambda row: not _is_of_its_day(row)) if len(rows) > 1 else rows
    if len(rows) == 1:
        # Of a person's mails some were written before there were kinds.
        ends = None if first.recipient_id else kind_of(name=first.notice.kind).ends
        last = f"\n{ends(first.notice)}" if ends else ""
        subject, text = first.subject, f"{first.subject}\n\n{first.text}{last}"
    else:
        subject = _shared_subject(rows)
        text = "\n\n".join(f"{row.subject}\n\n{row.text}" for row in rows)
    return Mail(
        reference=first.pk,
        address=first.goes_to,
        subject=f"{DEMONSTRATION_MARK if settings.DEMONSTRATION else ''}{subject}",
        text=f"{text}\n\n{_SIGNATURE}\n",
    )


def _shared_subject(rows: list[Message]) -> str:
    """What cannot wait is said by name, since many read no more than the subject."""
    marked = all(row.subject.startswith(TEST_MARK) for row in rows)
    first, more = rows[0], len(rows) - 1
    if _is_of_its_day(first) and first.subject.startswith(TEST_MARK) == marked:
        return f"{first.subject}, and {more} more {'thing' if more == 1 else 'things'}"
    return f"{TEST_MARK if marked else ''}{_SIGNATURE}: {len(rows)} things for you"


def _note_failure(rows: list[Message], error: str, at: datetime, *, for_good: bool) -> None:
    for row in rows:
        row.attempts += 1
        row.error = error
        row.next_attempt_at = at + timedelta(minutes=2**row.attempts)
        if for_good or row.attempts >= MOST_ATTEMPTS:
            row.failed_at = at
        row.save(update_fields=["attempts", "error", "next_attempt_at", "failed_at"])
        logger.warning("message %s could not be sent", row.pk)
