"""Words and tags that every page of commitments shares."""

from datetime import date

from duty import words
from duty.ui.components import Tag
from engagement.models import CommitmentState, CommitmentStatus, Side, Visibility

STATUS_TAGS = {
    CommitmentStatus.MET: Tag("Met", "blue"),
    CommitmentStatus.ON_TRACK: Tag("On track", "green"),
    CommitmentStatus.NO_PROGRESS: Tag("No progress", "grey"),
    CommitmentStatus.CONSTRAINED: Tag("Constrained", "orange"),
}
NO_STATUS = Tag("No status", "grey")
STATE_TAGS = {
    CommitmentState.PROPOSED: Tag("Proposed", "yellow"),
    CommitmentState.AGREED: Tag("Agreed", "teal"),
    CommitmentState.CLOSING: Tag("Waits to be closed", "yellow"),
    CommitmentState.CLOSED: Tag("Closed", "blue"),
    CommitmentState.DECLINED: Tag("Declined", "grey"),
}

READERS = {
    Visibility.PUBLIC: "Everybody: its title, theme, date or reason for none, and how it ends",
    Visibility.RESTRICTED: "Both sides and the national team",
}


def overdue_words(*, target_date: date) -> str:
    """Return why a commitment is overdue."""
    return f"Its date, {words.london_date(moment=target_date)}, has passed and it is not closed."


def other_side(side: Side) -> Side:
    """Return the side across the table."""
    return Side.BOARD if side == Side.AUTHORITY else Side.AUTHORITY


def date_words(*, target_date: date | None, no_date_reason: str, sentence: bool = False) -> str:
    """Return the date, or why there is none; as the beginning of a sentence where it is one."""
    if target_date is not None:
        day = words.london_date(moment=target_date)
        return f"Due {day}" if sentence else day
    return f"No date: “{no_date_reason}”"
