"""What owners say beside computed statuses, never instead of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from authorities.presenters.words import day_text
from outcomes.queries.owner_notes import NoteFacts

CONTESTED = "Contested"


@dataclass(frozen=True)
class SaidNote:
    """A note of an owner beside a status."""

    text: str
    who: str
    at: datetime
    contested: bool
    about: str
    indicator: str


def said_notes(*, notes: Sequence[NoteFacts], names: Mapping[str, str]) -> tuple[SaidNote, ...]:
    """Return notes with the names of their indicators.

    Args:
        notes: the newest first.
        names: of indicators in force by lineage.
    """
    return tuple(
        SaidNote(
            text=one.text,
            who=_who(one),
            at=one.at,
            contested=one.contested,
            about=one.about,
            indicator=names.get(str(one.lineage), "an indicator of an earlier version"),
        )
        for one in notes
    )


def notes_on(*, row: Mapping[str, Any], notes: Sequence[NoteFacts]) -> tuple[NoteFacts, ...]:
    """Return the notes beside one indicator of a picture."""
    key = (row["framework"], row["lineage"])
    return tuple(one for one in notes if (str(one.framework), str(one.lineage)) == key)


def flag_of(*, notes: Sequence[NoteFacts]) -> str:
    """Return what stands beside a status: that it is contested, or that an owner says something."""
    if any(one.contested for one in notes):
        return CONTESTED
    return "Owner’s note" if notes else ""


def notes_text(*, notes: Sequence[NoteFacts]) -> str:
    """Return notes as one text, for files."""
    return " ".join(
        f"“{one.text}” {_who(one)}, {day_text(day=one.at.date())}, on ‘{one.about}’"
        f"{', contested' if one.contested else ''}."
        for one in notes
    )


def _who(note: NoteFacts) -> str:
    return f"{note.role}, {note.body_name}"
