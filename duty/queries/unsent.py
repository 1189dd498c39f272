"""What somebody typed that their ended session kept from being saved."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from authorities.models import User
from duty.models import UnsentText

# Long enough for the next working day's morning, short for what may be private.
KEPT_FOR = timedelta(hours=24)


@dataclass(frozen=True)
class Unsent:
    """The fields of a form by name, as they were sent, and when."""

    fields: Mapping[str, tuple[str, ...]]
    kept_at: datetime


def unsent_text(*, user: User, path: str, now: datetime) -> Unsent | None:
    """Return what this person typed into the form of a page and could not save, if anything."""
    row = UnsentText.objects.filter(user=user, path=path, kept_at__gt=now - KEPT_FOR).first()
    if row is None:
        return None
    return Unsent(fields={name: tuple(values) for name, values in row.fields}, kept_at=row.kept_at)
