"""Tells the people of ICBs that a round asks for their own views, and until when.

Authorities are told by the messages of their returns. Who has confirmed every view is told nothing.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial

from django.urls import reverse

from authorities.models import Notice
from authorities.notices import Draft, Letter, NoticeKind, people_at
from authorities.queries.dated import names_on
from duty import words
from duty.actions.deadline_messages import reminder_day
from duty.actions.round_messages import subject_of
from duty.deadlines import london_date
from duty.models import Round
from engagement.queries.own_views import boards_without_views

ASKED = "own_view.asked"
REMINDER = "own_view.reminder"
DUE_TODAY = "own_view.due_today"
_ONE_DAY = timedelta(days=1)
_WORDS = {
    ASKED: (
        "your own views are asked for",
        (
            "The round is open. {own} is asked for its own view of engagement by the end of {due}, "
            "and a signatory confirms it. It is about:"
        ),
    ),
    REMINDER: (
        "own views due on {due}",
        (
            "{own} has not confirmed these own views. They are due by the end of {due}. A "
            "signatory confirms them:"
        ),
    ),
    DUE_TODAY: (
        "own views due today",
        "{own} has not confirmed these own views. They are due by midnight in London:",
    ),
}


def drafts(*, first: date, last: date) -> tuple[Draft, ...]:
    """Return which ICBs are told on which of the days."""
    round_, waiting = boards_without_views(on=first)
    if round_ is None:
        return ()
    return tuple(
        Draft(
            kind=kind,
            key=f"{round_.pk} {board_id} {round_.due_on.isoformat()}"
            if kind != ASKED
            else f"{round_.pk} {board_id}",
            day=day,
            about=round_.pk,
            occasion=round_.pk,
            body_id=board_id,
            details={"due_on": round_.due_on.isoformat()},
        )
        for board_id in waiting
        for kind, day in _days_of(round_, first)
        if first <= day <= last
    )


def _days_of(round_: Round, first: date) -> Iterator[tuple[str, date]]:
    """Give each kind with its day; what an earlier day missed is made good on the first."""
    due = round_.due_on
    reminder = reminder_day(due_on=due, working_days=round_.reminder_working_days)
    asked = max(round_.opens_on, first)
    # Who is told late that the round is open need not be reminded of it as well.
    if asked < min(reminder, due):
        yield ASKED, asked
    if reminder > round_.opens_on and max(reminder, first) < due:
        yield REMINDER, max(reminder, first)
    yield DUE_TODAY, due


def _letters(notice: Notice, at: datetime, *, kind: str) -> tuple[Letter, ...]:
    today = london_date(now=at)
    round_, waiting = boards_without_views(on=today)
    if round_ is None or round_.pk != notice.about or notice.body_id not in waiting:
        return ()
    due = round_.due_on
    holds = today == due if kind == DUE_TODAY else today < due
    if not holds or due.isoformat() != notice.details["due_on"]:
        return ()
    pairs = waiting[notice.body_id]
    names = names_on(day=today, bodies=[notice.body_id, *(one.authority_id for one in pairs)])
    said = {
        "own": names.name(notice.body_id),
        "due": words.london_weekday(moment=due),
    }
    headline, text = (part.format(**said) for part in _WORDS[kind])
    links = tuple(
        (
            f"Engagement with {names.name(one.authority_id)}",
            reverse("engagement:own-view", args=[one.authority.slug, one.board.slug]),
        )
        for one in pairs
    )
    subject = subject_of(round_=round_, headline=headline)
    return tuple(
        Letter(person, subject, text, links) for person in people_at(body_id=notice.body_id)
    )


KINDS = {
    ASKED: NoticeKind(label="Own views asked for", letters=partial(_letters, kind=ASKED)),
    REMINDER: NoticeKind(
        label="Own views due soon", letters=partial(_letters, kind=REMINDER), daily=True
    ),
    DUE_TODAY: NoticeKind(label="Own views due today", letters=partial(_letters, kind=DUE_TODAY)),
}
