"""Reminds who has not submitted: before the due day, on it, and once it is over.

What a day asks for is worked out from the returns as they stand, and asked again when it is sent:
who has submitted meanwhile is told nothing. Each is told once of each due day, so a morning that
was missed is made good the next, and an extension is reminded of anew.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial

from authorities.models import Notice
from authorities.notices import Draft, Letter, NoticeKind
from duty import words
from duty.actions.round_messages import expected_row, letters_to_authority
from duty.bank_holidays import england
from duty.deadlines import CalendarTooShortError, london_date, working_day_after
from duty.models import ExpectedReturn, RoundState
from duty.queries.closings import with_closing

REMINDER = "return.reminder"
DUE_TODAY = "return.due_today"
OVERDUE = "return.overdue"
_ONE_DAY = timedelta(days=1)
_HEADLINES = {
    REMINDER: "return due on {due}",
    DUE_TODAY: "return due today",
    OVERDUE: "return overdue",
}
_TEXTS = {
    REMINDER: (
        "Your return has not been submitted. It is due by the end of {due}. Whoever signs it needs "
        "time to read it."
    ),
    DUE_TODAY: "Your return has not been submitted. It is due by midnight in London.",
    OVERDUE: (
        "Your return has not been submitted. It was due by the end of {due}. You can still submit "
        "it until the end of {until}."
    ),
}


def drafts(*, first: date, last: date) -> tuple[Draft, ...]:
    """Return who is to be reminded on which of the days, from one query."""
    rows = with_closing(
        ExpectedReturn.objects.filter(round__state__in=[RoundState.OPEN, RoundState.CLOSED]),
        today=first,
    ).filter(submitted=False, came=False, takes_work=True)
    return tuple(
        _draft(row, kind, day)
        for row in rows.select_related("round").order_by("round__slug", "pk")
        for kind, day in _days_of(row, first)
        if first <= day <= last
    )


def reminder_day(*, due_on: date, working_days: int) -> date:
    """Return the day of the reminder: so many working days before, as the round says."""
    try:
        return working_day_after(day=due_on, count=-working_days, bank_holidays=england())
    except CalendarTooShortError:
        # Weeks of five, while nobody has added the bank holidays; the round's checks ask for them.
        return due_on - _ONE_DAY * -(-working_days * 7 // 5)


def _days_of(row: ExpectedReturn, first: date) -> Iterator[tuple[str, date]]:
    """Give each kind with its day; what an earlier day missed is made good on the first."""
    due, until = vars(row)["due"], vars(row)["until"]
    reminder = reminder_day(due_on=due, working_days=row.round.reminder_working_days)
    # A round that opens later than that has just told everybody when it is due.
    if reminder > row.round.opens_on and max(reminder, first) < due:
        yield REMINDER, max(reminder, first)
    yield DUE_TODAY, due
    if max(due + _ONE_DAY, first) <= until:
        yield OVERDUE, max(due + _ONE_DAY, first)


def _draft(row: ExpectedReturn, kind: str, day: date) -> Draft:
    due = vars(row)["due"].isoformat()
    return Draft(
        kind=kind,
        key=f"{row.round_id} {row.authority_id} {due}",
        day=day,
        about=row.round_id,
        occasion=row.round_id,
        body_id=row.authority_id,
        details={"due_on": due},
    )


def _letters(notice: Notice, at: datetime, *, kind: str) -> tuple[Letter, ...]:
    if notice.body_id is None:
        return ()
    row = expected_row(round_id=notice.about, authority_id=notice.body_id, at=at)
    if row is None:
        return ()
    known = vars(row)
    if known["submitted"] or known["came"] or not known["takes_work"]:
        return ()
    due, today = known["due"], london_date(now=at)
    holds = {REMINDER: today < due, DUE_TODAY: today == due, OVERDUE: today > due}[kind]
    if not holds or due.isoformat() != notice.details["due_on"]:
        return ()
    days = {
        "due": words.london_weekday(moment=due),
        "until": words.london_weekday(moment=known["until"]),
    }
    return letters_to_authority(
        row=row, headline=_HEADLINES[kind].format(**days), text=_TEXTS[kind].format(**days)
    )


KINDS = {
    REMINDER: NoticeKind(label="Reminder", letters=partial(_letters, kind=REMINDER), daily=True),
    DUE_TODAY: NoticeKind(
        label="Due today", letters=partial(_letters, kind=DUE_TODAY), daily=True, same_day=True
    ),
    OVERDUE: NoticeKind(
        label="Overdue", letters=partial(_letters, kind=OVERDUE), daily=True, same_day=True
    ),
}
