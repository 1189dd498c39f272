"""What an expert review says, what it lacks, and when the next one is due (pure)."""

from calendar import monthrange
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

# "Are we doing things right" and "are we doing the right things" are asked twice a year.
MONTHS_BETWEEN = 6
THINGS_RIGHT = "Are we doing things right?"
RIGHT_THINGS = "Are we doing the right things?"


@dataclass(frozen=True)
class LookedAt:
    """An indicator that a group looked at, by its lineage, and what it says of it."""

    lineage: UUID
    text: str = ""


@dataclass(frozen=True)
class ReviewText:
    """A note of a group; the judgements are values of the model's choices."""

    group_name: str
    met_on: date
    things_right: str
    things_right_text: str
    right_things: str
    right_things_text: str
    conclusion: str
    looked_at: tuple[LookedAt, ...] = ()


@dataclass(frozen=True)
class Lack:
    """What keeps a note from being stored or signed; `field` is the one to correct."""

    field: str
    message: str


def lacks_as_draft(
    *, text: ReviewText, judgements: Collection[str], known: Collection[UUID], today: date
) -> tuple[Lack, ...]:
    """Return what keeps a note from being stored as a draft.

    Args:
        text: the note.
        judgements: the answers that may be given.
        known: lineages of the indicators of the framework in force, and of those that the note
            named before.
        today: the day on which it is written.

    Returns:
        What is wrong, in the order of the form; nothing for a note that may be stored.

    Source: the project's own rules.
    """
    found = []
    if not text.group_name.strip():
        found.append(Lack("group_name", "Enter what the group is called"))
    if text.met_on > today:
        found.append(Lack("met_on", "The day of the review must not be in the future"))
    if text.things_right not in judgements:
        found.append(Lack("things_right", "Choose an answer"))
    if text.right_things not in judgements:
        found.append(Lack("right_things", "Choose an answer"))
    lineages = [one.lineage for one in text.looked_at]
    if len(set(lineages)) < len(lineages) or not set(lineages) <= set(known):
        found.append(
            Lack("indicators", "Choose from the indicators of the framework in force, each once")
        )
    return tuple(found)


def lacks_to_be_signed(*, text: ReviewText) -> tuple[Lack, ...]:
    """Return what keeps a draft from being signed.

    Args:
        text: the note.

    Returns:
        What is missing, in the order of the form.

    Source: the project's own rules: each judgement has its words, a review looks at indicators
        and ends in a conclusion.
    """
    found = []
    if not text.things_right_text.strip():
        found.append(Lack("things_right_text", f"Say why: {THINGS_RIGHT.lower()}"))
    if not text.right_things_text.strip():
        found.append(Lack("right_things_text", f"Say why: {RIGHT_THINGS.lower()}"))
    if not text.looked_at:
        found.append(Lack("indicators", "Choose at least one indicator that the group looked at"))
    if not text.conclusion.strip():
        found.append(Lack("conclusion", "Enter what the group concluded"))
    return tuple(found)


def next_due(*, after: date) -> date:
    """Return the day by which the next review is due.

    Args:
        after: the day of the last review, or the day on which the framework was agreed.

    Returns:
        The same day six months on, or the last day of a shorter month.

    Source: twice a year, by the notes of question OF7 of the duty's specification.
    """
    year, month = divmod(after.month - 1 + MONTHS_BETWEEN, 12)
    year, month = after.year + year, month + 1
    return date(year, month, min(after.day, monthrange(year, month)[1]))
