"""What the site is under now: nothing, an announcement, or reading only."""

from dataclasses import dataclass
from datetime import datetime

from authorities.models import Maintenance, MaintenanceKind


@dataclass(frozen=True)
class Span:
    """From when until about when; `until` is None where nobody can say."""

    starts_at: datetime | None
    until: datetime | None


@dataclass(frozen=True)
class Standing:
    """What holds now. Both may hold: read only now, and another maintenance announced."""

    read_only: Span | None = None
    announced: Span | None = None


def standing() -> Standing:
    """Return what was switched on and not ended. One query."""
    rows = Maintenance.objects.filter(ended_at__isnull=True).values_list(
        "kind", "starts_at", "until"
    )
    found = {kind: Span(starts_at=starts_at, until=until) for kind, starts_at, until in rows}
    return Standing(
        read_only=found.get(MaintenanceKind.READ_ONLY),
        announced=found.get(MaintenanceKind.ANNOUNCED),
    )
