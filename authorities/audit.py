"""One audit row for each write, inside the write's transaction."""

from datetime import datetime
from typing import Any

from django.db import models, transaction

from authorities.models import AuditEvent, Body, User


class NoTransactionError(RuntimeError):
    """An audit row was asked for outside a transaction, so it could stand for a lost write."""


def record(
    *,
    action: str,
    target: models.Model,
    by: User | None,
    at: datetime,
    body: Body | None = None,
    **detail: Any,
) -> AuditEvent:
    """Store who did what to which row. `by` is None for the system's own jobs.

    Raises:
        NoTransactionError: no transaction is open.
    """
    if not transaction.get_connection().in_atomic_block:
        raise NoTransactionError(f"{action} must be recorded inside its transaction.")
    return AuditEvent.objects.create(
        action=action,
        at=at,
        by=by,
        body_id=body.pk if body is not None else None,
        target_type=target._meta.label_lower,
        target_id=str(target.pk),
        detail=detail,
    )
