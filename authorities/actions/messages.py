"""Writes messages down in the change's own transaction, and sends what waits."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from smtplib import SMTPException
from uuid import UUID

from django.core.mail import EmailMessage
from django.db import transaction

from authorities.models import Message, User

logger = logging.getLogger(__name__)

# After this many failures a message waits for a person.
MOST_ATTEMPTS = 8


def write(
    *,
    recipients: Iterable[User],
    kind: str,
    about: UUID,
    subject: str,
    text: str,
    at: datetime,
) -> int:
    """Write one message to each person who is active, once for each kind and thing.

    Returns:
        How many were written now.
    """
    people = {person.pk: person for person in recipients if person.is_active}
    known = set(
        Message.objects.filter(kind=kind, about=str(about), recipient__in=people).values_list(
            "recipient_id", flat=True
        )
    )
    Message.objects.bulk_create(
        [
            Message(
                recipient=person,
                kind=kind,
                about=str(about),
                subject=subject,
                text=text,
                due_at=at,
                next_attempt_at=at,
            )
            for key, person in people.items()
            if key not in known
        ],
        ignore_conflicts=True,
    )
    return len(people.keys() - known)


def send_waiting(*, at: datetime, most: int = 200) -> int:
    """Send the messages that are due, each in a transaction of its own.

    A message is marked sent in the transaction that sends it, so a worker that is killed between
    the two may send it twice; it is never lost.

    Returns:
        How many were sent.
    """
    sent = 0
    for _ in range(most):
        outcome = _send_next(at)
        if outcome is None:
            break
        sent += outcome
    return sent


@transaction.atomic
def _send_next(at: datetime) -> int | None:
    row = (
        Message.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("recipient")
        # Whoever has left since it was written is not written to.
        .filter(recipient__is_active=True)
        .filter(sent_at__isnull=True, next_attempt_at__lte=at, attempts__lt=MOST_ATTEMPTS)
        .order_by("due_at", "pk")
        .first()
    )
    if row is None:
        return None
    row.attempts += 1
    try:
        EmailMessage(subject=row.subject, body=row.text, to=[row.recipient.email]).send()
    except (SMTPException, OSError) as error:
        row.error = f"{type(error).__name__}: {error}"[:500]
        row.next_attempt_at = at + timedelta(minutes=2**row.attempts)
        logger.warning("message %s could not be sent", row.pk)
    else:
        row.sent_at = at
        row.error = ""
    row.save(update_fields=["attempts", "next_attempt_at", "sent_at", "error"])
    return 1 if row.sent_at else 0
