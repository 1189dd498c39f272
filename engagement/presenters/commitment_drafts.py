"""What a form says of a draft that it was filled with."""

from dataclasses import dataclass
from datetime import date

from duty import words
from duty.deadlines import london_date
from engagement.presenters.commitment_words import STATUS_TAGS
from engagement.queries.commitment_drafts import UpdateDraft
from engagement.queries.commitments import SideUpdate


@dataclass(frozen=True)
class DraftLine:
    """That a draft is shown, and what the side has said since it was written."""

    words: str
    since: str


def draft_line(*, draft: UpdateDraft, newest: SideUpdate | None, on: date) -> DraftLine:
    """Return when it was kept; `since` is empty unless the side gave another update meanwhile."""
    today = london_date(now=draft.saved_at) == on
    when = (words.london_time if today else words.london_datetime)(moment=draft.saved_at)
    stale = newest is not None and newest.id != draft.after
    return DraftLine(
        words=f"Draft of {when}, not sent. Only you see it.",
        since=since_words(newest=newest) if newest is not None and stale else "",
    )


def since_words(*, newest: SideUpdate) -> str:
    """Return what the side's newest update says, and when it was given."""
    when = words.london_datetime(moment=newest.at)
    said = f": “{newest.narrative}”" if newest.narrative else "."
    return f"{STATUS_TAGS[newest.status].text}, on {when}{said}"
