"""The yearly look at roles: asks who leads people to confirm, and ends what nobody confirms."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from authorities import audit
from authorities.actions.confirmation_messages import announce_asked, announce_ended
from authorities.actions.membership_messages import tell_of_loss
from authorities.actions.memberships import (
    NEVER_NONE,
    end_sessions,
    others_in_role,
    take_turns,
)
from authorities.confirmations import ASKED_BEFORE, YEAR, asked_again_from, may_end
from authorities.models import Membership

# Rows that one transaction takes: a night that is interrupted keeps what it has done.
BATCH = 200


def look_at_roles(*, today: date, at: datetime) -> int:
    """Ask for and end what the day brings; a second run on the same day finds nothing to do.

    today: the day in London.

    Returns:
        How many roles were asked for, asked for again, or ended.
    """
    last = _start_of(today - YEAR + ASKED_BEFORE + timedelta(days=1))
    due = (
        Membership.objects.current()
        .at(at)
        .alias(known=Coalesce("confirmed_at", "started_at"))
        .filter(known__lt=last)
        # What ends by itself before its year is over needs nobody's word.
        .filter(Q(ended_at__isnull=True) | Q(ended_at__gt=F("known") + YEAR))
        .order_by("body_id", "pk")
    )
    keys = list(due.values_list("pk", flat=True))
    batches = [keys[first : first + BATCH] for first in range(0, len(keys), BATCH)]
    return sum(_ask(batch, today, at) for batch in batches) + sum(
        _end(key, today, at) for key in keys
    )


@transaction.atomic
def _ask(keys: list[int], today: date, at: datetime) -> int:
    rows = (
        Membership.objects.current()
        .at(at)
        .filter(pk__in=keys)
        .select_related("user", "body")
        .select_for_update(of=("self",))
        .order_by("body_id", "pk")
    )
    bodies = {}
    asked = 0
    for row in rows:
        due_on, asked_on = row.confirmed_on + YEAR, _asked_on(row)
        # Somebody may have confirmed it since the list was made.
        if today < due_on - ASKED_BEFORE or may_end(due_on=due_on, asked_on=asked_on, today=today):
            continue
        if asked_on is None:
            row.asked_at = at
            row.save(update_fields=["asked_at"])
        elif (
            row.asked_again_at is None
            and today >= asked_again_from(due_on=due_on)
            and today > asked_on
        ):
            row.asked_again_at = at
            row.save(update_fields=["asked_again_at"])
        else:
            continue
        bodies[row.body_id] = row.body
        asked += 1
    for body in bodies.values():
        announce_asked(body=body, today=today, at=at)
    return asked


@transaction.atomic
def _end(key: int, today: date, at: datetime) -> int:
    """End a role that nobody confirmed, unless its body would lose the last of its kind.

    Those stay, and administrators see them as overdue.
    """
    take_turns(membership=Membership.objects.get(pk=key))
    row = (
        Membership.objects.at(at)
        .filter(pk=key)
        .select_related("user", "body")
        .select_for_update(of=("self",))
        .first()
    )
    if row is None or not may_end(
        due_on=row.confirmed_on + YEAR, asked_on=_asked_on(row), today=today
    ):
        return 0
    if row.role in NEVER_NONE and not others_in_role(member=row, past=at):
        return 0
    row.ended_at = at
    row.save(update_fields=["ended_at"])
    end_sessions(person=row.user)
    audit.record(
        action="membership.ended_unconfirmed",
        target=row,
        by=None,
        at=at,
        body=row.body,
        role=row.role,
    )
    announce_ended(member=row, at=at)
    tell_of_loss(member=row, at=at)
    return 1


def _asked_on(row: Membership) -> date | None:
    return timezone.localdate(row.asked_at) if row.asked_at else None


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=timezone.get_default_timezone())
