"""Writes notices down in the change's own transaction, and addresses those that are due."""

import logging
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from authorities.models import Message, Notice
from authorities.notices import MOST_ATTEMPTS, Draft, Letter, drafts, kind_of

logger = logging.getLogger(__name__)

# What a day asks for is written at 7, and by a quarter past everything that shares its mail.
DAY_BEGINS = time(7, 0)
_DAILY_MAIL = time(7, 15)


def announce(
    *,
    kind: str,
    key: str,
    about: UUID,
    at: datetime,
    occasion: UUID | None = None,
    body_id: UUID | None = None,
    details: Mapping[str, object] | None = None,
) -> int:
    """Write a notice down in the caller's transaction, once for each kind and key.

    Returns:
        1 where it was written now, else 0.
    """
    due_at = next_daily_mail(at=at) if kind_of(name=kind).daily else at
    return _store(
        [
            Notice(
                kind=kind,
                key=key,
                about=about,
                occasion=occasion,
                body_id=body_id,
                details=dict(details or {}),
                due_at=due_at,
                next_attempt_at=due_at,
            )
        ]
    )


@transaction.atomic
def announce_day(*, at: datetime) -> int:
    """Write down what the London day asks for, once it has begun.

    What was written before is not written again, so this may run as often as it likes; and what a
    missed day asked for and is still so is made good, once.

    Returns:
        How many were written now.
    """
    local = timezone.localtime(at)
    if local.time() < DAY_BEGINS:
        return 0
    today = local.date()
    return _store([_notice_of(draft, at) for draft in drafts(first=today, last=today)])


def next_daily_mail(*, at: datetime) -> datetime:
    """Return when mails that may wait go out next: a quarter past seven in London."""
    local = timezone.localtime(at)
    day = local.date() if local.time() <= _DAILY_MAIL else local.date() + timedelta(days=1)
    return datetime.combine(day, _DAILY_MAIL, tzinfo=timezone.get_default_timezone())


def address_due(*, at: datetime) -> int:
    """Ask of each notice that is due whom it concerns, and keep a message for each of them.

    Returns:
        How many notices were addressed.
    """
    waiting = Notice.objects.filter(
        addressed_at__isnull=True, next_attempt_at__lte=at, attempts__lt=MOST_ATTEMPTS
    ).order_by("due_at", "pk")
    return sum(_address(key, at) for key in list(waiting.values_list("pk", flat=True)))


def text_of(*, letter: Letter) -> str:
    """Return the words of a letter with its addresses."""
    if not letter.links:
        return letter.text
    if len(letter.links) == 1 and not letter.links[0][0]:
        return f"{letter.text}\n{settings.SITE_URL}{letter.links[0][1]}"
    lines = [f"- {words}\n  {settings.SITE_URL}{path}" for words, path in letter.links]
    return "\n".join((letter.text, *lines))


def _notice_of(draft: Draft, at: datetime) -> Notice:
    # A day that begins late tells at once what could have waited for the morning's mail.
    daily = kind_of(name=draft.kind).daily and timezone.localtime(at).time() <= _DAILY_MAIL
    due_at = next_daily_mail(at=at) if daily else at
    return Notice(
        kind=draft.kind,
        key=draft.key,
        about=draft.about,
        occasion=draft.occasion,
        body_id=draft.body_id,
        details=dict(draft.details),
        due_at=due_at,
        next_attempt_at=due_at,
    )


def _store(rows: list[Notice]) -> int:
    known = set(
        Notice.objects.filter(
            kind__in={row.kind for row in rows}, key__in=[row.key for row in rows]
        ).values_list("kind", "key")
    )
    new = [row for row in rows if (row.kind, row.key) not in known]
    Notice.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def _address(notice_id: UUID, at: datetime) -> int:
    """Address one notice, if no other worker is at it; why it cannot be is kept."""
    try:
        with transaction.atomic():
            row = (
                Notice.objects.select_for_update(skip_locked=True, of=("self",))
                .select_related("body")
                .filter(pk=notice_id, addressed_at__isnull=True)
                .first()
            )
            if row is None:
                return 0
            _keep_letters(row, at)
    except Exception as error:
        # The edge of the job: one notice that cannot be addressed holds up no other.
        logger.exception("notice %s could not be addressed", notice_id)
        _keep_failure(notice_id, f"{type(error).__name__}: {error}"[:500], at)
        return 0
    return 1


def _keep_letters(row: Notice, at: datetime) -> None:
    kind = kind_of(name=row.kind)
    Message.objects.bulk_create(
        [
            Message(
                notice=row,
                recipient=letter.recipient,
                address=letter.address,
                subject=letter.subject[:200],
                text=text_of(letter=letter),
                daily=kind.daily,
                due_at=row.due_at,
                next_attempt_at=at,
            )
            for letter in kind.letters(row, at)
        ],
        ignore_conflicts=True,
    )
    row.addressed_at = at
    row.error = ""
    row.save(update_fields=["addressed_at", "error"])


@transaction.atomic
def _keep_failure(notice_id: UUID, error: str, at: datetime) -> None:
    row = Notice.objects.select_for_update(of=("self",)).get(pk=notice_id)
    row.attempts += 1
    row.error = error
    row.next_attempt_at = at + timedelta(minutes=2**row.attempts)
    row.save(update_fields=["attempts", "error", "next_attempt_at"])
