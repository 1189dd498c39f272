"""Switches maintenance on and off. Only whoever runs the site does so, by a command."""

from datetime import datetime

from django.db import transaction

from authorities import audit
from authorities.models import Maintenance, MaintenanceKind, User


class MaintenanceError(ValueError):
    """The times of a maintenance make no sense."""


@transaction.atomic
def begin(
    *,
    kind: MaintenanceKind,
    starts_at: datetime,
    until: datetime,
    by: User | None,
    at: datetime,
) -> Maintenance:
    """Announce a maintenance, or let the site be read only; takes the place of an earlier word.

    Raises:
        MaintenanceError: it would be over before it starts, or is over.
    """
    if until <= max(starts_at, at):
        raise MaintenanceError("The end must be later than now and than the start.")
    end(kind=kind, by=by, at=at)
    begun = Maintenance.objects.create(kind=kind, starts_at=starts_at, until=until)
    audit.record(
        action=f"maintenance.{kind.value}",
        target=begun,
        by=by,
        at=at,
        starts_at=starts_at.isoformat(),
        until=until.isoformat(),
    )
    return begun


@transaction.atomic
def end(*, kind: MaintenanceKind, by: User | None, at: datetime) -> bool:
    """End what is said of this kind; return whether anything was."""
    running = Maintenance.objects.select_for_update().filter(kind=kind, ended_at__isnull=True)
    for one in running:
        one.ended_at = at
        one.save(update_fields=["ended_at"])
        audit.record(action="maintenance.ended", target=one, by=by, at=at, kind=kind.value)
    return bool(running)
