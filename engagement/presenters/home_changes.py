"""What changed lately, as lines of the home pages."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from duty import words
from duty.lifecycle import ReturnEvent
from duty.round_lifecycle import RoundEvent
from engagement.models import Side
from engagement.queries.home_changes import AnnouncedChange, ReturnChange, RoundChange

MOST_CHANGES = 6
# What everybody may know of a round, and what those know whom it asks.
PUBLIC_EVENTS = (RoundEvent.PUBLISH, RoundEvent.CORRECT, RoundEvent.CORRECT_LEVEL)
ROUND_EVENTS = (
    RoundEvent.OPEN,
    RoundEvent.REOPEN,
    RoundEvent.CLOSE,
    RoundEvent.EXTEND,
    *PUBLIC_EVENTS,
)
CENTRE_ROUND_EVENTS = (*ROUND_EVENTS, RoundEvent.SCHEDULE, RoundEvent.HOLD_UP)
# The centre knows of a return from its signature on.
RETURN_WORDS = {
    ReturnEvent.SIGN: "signed and submitted its return",
    ReturnEvent.SUBMIT: "submitted its return",
    ReturnEvent.ACCEPT: "accepted the return of {authority}",
    ReturnEvent.UNACCEPT: "took the acceptance of the return of {authority} back",
    ReturnEvent.REQUEST_CHANGES: "asked {authority} for changes",
    ReturnEvent.REOPEN: "opened the return of {authority} again",
}
_ROUND_WORDS = {
    RoundEvent.SCHEDULE: "was scheduled",
    RoundEvent.OPEN: "opened",
    RoundEvent.REOPEN: "takes work for more days",
    RoundEvent.CLOSE: "closed",
    RoundEvent.HOLD_UP: "could not be opened or closed by itself",
    RoundEvent.PUBLISH: "was published",
    RoundEvent.CORRECT: "was corrected",
    RoundEvent.CORRECT_LEVEL: "was corrected",
}


@dataclass(frozen=True)
class ChangeRow:
    """Who did what, or what became of a thing, and when."""

    who: str
    did: str
    when: str


@dataclass(frozen=True)
class TimedRow:
    """A line with its instant, so that lines of several kinds can be put in order."""

    at: datetime
    row: ChangeRow


def newest(*, rows: Sequence[TimedRow]) -> tuple[ChangeRow, ...]:
    """Return the newest lines, the newest first."""
    ordered = sorted(rows, key=lambda each: each.at, reverse=True)
    return tuple(each.row for each in ordered[:MOST_CHANGES])


def rounds_of_body(
    *, changes: Sequence[RoundChange], body_id: UUID, side: Side, now: datetime
) -> tuple[TimedRow, ...]:
    """Return what became of the rounds that concern a body."""
    found = []
    for change in changes:
        mine = change.authority_id == body_id
        if change.event is RoundEvent.EXTEND:
            if mine and change.until is not None:
                day = words.london_date(moment=change.until)
                found.append(_timed(change.name, f"gives you until {day}", change.at, now))
        elif side == Side.BOARD or change.event in PUBLIC_EVENTS or body_id in change.asks:
            found.append(_timed(change.name, _ROUND_WORDS[change.event], change.at, now))
    return tuple(found)


def announced_to_body(
    *, changes: Sequence[AnnouncedChange], bodies: Collection[tuple[str, str]], now: datetime
) -> tuple[TimedRow, ...]:
    """Return the changes of bodies, by kind and slug, that were announced."""
    return tuple(
        _timed(
            change.title,
            f"was announced, and takes effect on {words.london_date(moment=change.on)}",
            change.at,
            now,
        )
        for change in changes
        if change.bodies & set(bodies)
    )


def centre_changes(
    *, rounds: Sequence[RoundChange], returns: Sequence[ReturnChange], now: datetime
) -> tuple[ChangeRow, ...]:
    """Return what changed for the centre: what authorities sent, and what the centre did."""
    rows = [
        _timed(change.name, _ROUND_WORDS[change.event], change.at, now)
        for change in rounds
        if change.event is not RoundEvent.EXTEND
    ]
    for step in returns:
        said = RETURN_WORDS[step.event].format(authority=step.authority)
        sent = step.event in (ReturnEvent.SIGN, ReturnEvent.SUBMIT)
        rows.append(_timed(step.authority if sent else step.by, said, step.at, now))
    return newest(rows=rows)


def when_words(*, moment: datetime, now: datetime) -> str:
    """Return day and time in London, with today and yesterday by these words."""
    day, today = (each.astimezone(words.LONDON).date() for each in (moment, now))
    time = words.london_time(moment=moment)
    if day == today:
        return f"Today at {time}"
    if day == today - timedelta(days=1):
        return f"Yesterday at {time}"
    return f"{words.london_short_date(moment=moment)} at {time}"


def _timed(who: str, did: str, at: datetime, now: datetime) -> TimedRow:
    return TimedRow(at=at, row=ChangeRow(who=who, did=did, when=when_words(moment=at, now=now)))
