"""Locks the values of past periods against files of bodies, and lifts locks; each with a reason."""

from datetime import date, datetime

from django.db import transaction

from authorities import audit
from authorities.models import Body, User
from outcomes.actions.locked_values import hold_locks
from outcomes.models import Indicator, PeriodLock


class LockRefusedError(ValueError):
    """A lock cannot be set or lifted; `field` is the one to correct, empty for none."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


@transaction.atomic
def lock(
    *,
    start_date: date,
    end_date: date,
    indicator: Indicator | None,
    body: Body | None,
    reason: str,
    by: User,
    at: datetime,
) -> PeriodLock:
    """Lock the periods inside a span.

    Args:
        start_date: the first day of the span.
        end_date: the first day after it.
        indicator: the one that is locked, or None for all.
        body: whose files are refused, or None for those of every body.

    Raises:
        LockRefusedError: the reason is empty, the span is none, or the same lock stands already.
    """
    if not reason.strip():
        raise LockRefusedError("Enter why the periods are locked", field="reason")
    if end_date <= start_date:
        raise LockRefusedError("The last day must not be before the first", field="last_day")
    # Two locks of the same span are one, and a file that is being stored comes before or after.
    hold_locks(alone=True)
    same = PeriodLock.objects.filter(
        lifted_at__isnull=True,
        start_date=start_date,
        end_date=end_date,
        indicator=indicator,
        body=body,
    )
    if same.exists():
        raise LockRefusedError("These periods are locked already", field="first_day")
    row = PeriodLock.objects.create(
        indicator=indicator,
        body=body,
        start_date=start_date,
        end_date=end_date,
        reason=reason.strip(),
        locked_at=at,
        locked_by=by,
    )
    audit.record(action="periods.locked", target=row, body=body, by=by, at=at)
    return row


@transaction.atomic
def lift(*, lock_id: int, reason: str, by: User, at: datetime) -> PeriodLock:
    """Lift a lock.

    Raises:
        PeriodLock.DoesNotExist: there is no such lock.
        LockRefusedError: the reason is empty, or it was lifted already.
    """
    if not reason.strip():
        raise LockRefusedError("Enter why the lock is lifted", field="reason")
    row = PeriodLock.objects.select_for_update(of=("self",)).get(pk=lock_id)
    if row.lifted_at is not None:
        raise LockRefusedError("This lock was lifted already")
    row.lifted_at, row.lifted_by, row.lifted_reason = at, by, reason.strip()
    row.save(update_fields=["lifted_at", "lifted_by", "lifted_reason"])
    audit.record(action="periods.unlocked", target=row, body=row.body, by=by, at=at)
    return row
