"""What happened to a national view, line by line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from engagement.assessment_lifecycle import EVENT_LABELS, Event
from engagement.models import AssessmentHappening


@dataclass(frozen=True)
class HistoryLine:
    """One thing that happened."""

    what: str
    who: str
    at: datetime
    reason: str


def history_of(*, happenings: Sequence[AssessmentHappening]) -> tuple[HistoryLine, ...]:
    """Return what happened, the newest first; of saves by one person in a row only the last."""
    lines: list[HistoryLine] = []
    before: AssessmentHappening | None = None
    for row in happenings:
        saved_again = (
            before is not None
            and row.type == before.type == Event.SAVE.value
            and row.actor_id == before.actor_id
        )
        if not saved_again:
            lines.append(_happened(row))
        before = row
    return tuple(lines)


def _happened(row: AssessmentHappening) -> HistoryLine:
    number = row.payload.get("number")
    return HistoryLine(
        what=EVENT_LABELS[Event(row.type)] + (f", revision {number}" if number else ""),
        who=row.actor.full_name if row.actor else "The service, on the round’s date",
        at=row.at,
        reason=row.reason,
    )
