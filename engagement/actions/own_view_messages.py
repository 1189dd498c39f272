"""Tells the people of bodies of the own views that a round asks for, and until when.

That a round asks for them is told to ICBs alone: authorities hear that it opened by the messages of
their returns. Both are reminded, each by its own due day. Who has confirmed every view is told
nothing.
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
from engagement.models import Side
from engagement.queries.own_views import Unconfirmed, bodies_without_views

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
    """Return which bodies are told on which of the days."""
    return tuple(
        Draft(
            kind=kind,
            key=f"{one.round.pk} {one.body_id} {one.closing.due_on.isoformat()}"
            if kind != ASKED
            else f"{one.round.pk} {one.body_id}",
            day=day,
            about=one.round.pk,
            occasion=one.round.pk,
            body_id=one.body_id,
            details={"due_on": one.closing.due_on.isoformat()},
        )
        for one in bodies_without_views(on=first)
        for kind, day in _days_of(one, first)
        if first <= day <= last
    )


def asked_on(*, round_: Round, due_on: date, first: date) -> date | None:
    """Return when an ICB is asked for its views, None where its reminder says as much."""
    reminder = reminder_day(due_on=due_on, working_days=round_.reminder_working_days)
    asked = max(round_.opens_on, first)
    return asked if asked < min(reminder, due_on) else None


def _days_of(one: Unconfirmed, first: date) -> Iterator[tuple[str, date]]:
    """Give each kind with its day; what an earlier day missed is made good on the first."""
    round_, due = one.round, one.closing.due_on
    reminder = reminder_day(due_on=due, working_days=round_.reminder_working_days)
    asked = asked_on(round_=round_, due_on=due, first=first)
    if one.side == Side.BOARD and asked is not None:
        yield ASKED, asked
    if reminder > round_.opens_on and max(reminder, first) < due:
        yield REMINDER, max(reminder, first)
    yield DUE_TODAY, due


def _letters(notice: Notice, at: datetime, *, kind: str) -> tuple[Letter, ...]:
    today = london_date(now=at)
    one = next(
        (
            each
            for each in bodies_without_views(on=today)
            if (each.round.pk, each.body_id) == (notice.about, notice.body_id)
        ),
        None,
    )
    if one is None:
        return ()
    due = one.closing.due_on
    holds = today == due if kind == DUE_TODAY else today < due
    if not holds or due.isoformat() != notice.details["due_on"]:
        return ()
    return letters_about(
        one=one, headline=_WORDS[kind][0], text=_WORDS[kind][1], due=due, today=today
    )


def letters_about(
    *, one: Unconfirmed, headline: str, text: str, due: date, today: date
) -> tuple[Letter, ...]:
    """Return the same letter to everybody of a body, with where each view is written.

    headline, text: may name `{own}` and `{due}`.
    """
    others = {
        pair.pk: pair.board_id if one.side == Side.AUTHORITY else pair.authority_id
        for pair in one.pairs
    }
    names = names_on(day=today, bodies=[one.body_id, *others.values()])
    said = {"own": names.name(one.body_id), "due": words.london_weekday(moment=due)}
    links = tuple(
        (
            f"Engagement with {names.name(others[pair.pk])}",
            # Another round may be open by the time somebody follows it.
            reverse("engagement:own-view", args=[pair.authority.slug, pair.board.slug])
            + f"?round={one.round.slug}",
        )
        for pair in one.pairs
    )
    subject = subject_of(round_=one.round, headline=headline.format(**said))
    return tuple(
        Letter(person, subject, text.format(**said), links)
        for person in people_at(body_id=one.body_id)
    )


KINDS = {
    ASKED: NoticeKind(label="Own views asked for", letters=partial(_letters, kind=ASKED)),
    REMINDER: NoticeKind(
        label="Own views due soon", letters=partial(_letters, kind=REMINDER), daily=True
    ),
    DUE_TODAY: NoticeKind(
        label="Own views due today",
        letters=partial(_letters, kind=DUE_TODAY),
        daily=True,
        same_day=True,
    ),
}
