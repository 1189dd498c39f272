"""What the centre said beside the mission's figures."""

from dataclasses import dataclass
from datetime import datetime

from outcomes.models import MissionNote


class NoSuchNoteError(LookupError):
    """There is no such note."""


@dataclass(frozen=True)
class SaidOfMission:
    """A note beside the figures; of a withdrawn one the reason alone.

    definition: number of the version that was in use when it was said.
    """

    key: int
    text: str
    signed_as: str
    at: datetime
    definition: int
    withdrawn_at: datetime | None
    withdrawn_reason: str


def mission_notes() -> tuple[SaidOfMission, ...]:
    """Return every note, the newest first, in one query."""
    rows = MissionNote.objects.select_related("definition").order_by("-at", "-pk")
    return tuple(
        SaidOfMission(
            key=row.pk,
            text="" if row.withdrawn_at else row.text,
            signed_as=row.signed_as,
            at=row.at,
            definition=row.definition.number,
            withdrawn_at=row.withdrawn_at,
            withdrawn_reason=row.withdrawn_reason,
        )
        for row in rows
    )


def mission_note(*, key: int) -> MissionNote:
    """Return a note.

    Raises:
        NoSuchNoteError: there is none with this key.
    """
    row = MissionNote.objects.filter(pk=key).first()
    if row is None:
        raise NoSuchNoteError
    return row
