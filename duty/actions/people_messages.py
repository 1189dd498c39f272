"""Tells a body whose people have never signed in, while its return can still be made.

The mail says how many of which role; who they are stands on the home page of its signatories.
"""

from collections import Counter
from datetime import date, datetime

from authorities.models import WORKING_ROLES, Notice, Role
from authorities.notices import Draft, Letter, NoticeKind, people_at
from duty import words
from duty.actions.round_messages import expected_row, subject_of
from duty.bank_holidays import england
from duty.deadlines import CalendarTooShortError, london_date, working_day_after
from duty.models import ExpectedReturn, RoundState
from duty.queries.closings import with_closing
from duty.queries.silent_people import SilentPerson, never_signed_in

NEVER_SIGNED_IN = "people.never_signed_in"
# So long after the opening, whoever wanted to start has looked in.
_WORKING_DAYS = 5


def drafts(*, first: date, last: date) -> tuple[Draft, ...]:
    """Return which bodies are to be told on which of the days, from two queries."""
    rows = list(
        with_closing(ExpectedReturn.objects.filter(round__state=RoundState.OPEN), today=first)
        .filter(submitted=False, came=False)
        .select_related("round")
        .order_by("round__slug", "pk")
    )
    silent = never_signed_in(body_ids=[row.authority_id for row in rows])
    found = []
    for row in rows:
        day = max(_day_of(row.round.opens_on), first)
        if row.authority_id in silent and day <= min(last, vars(row)["due"]):
            found.append(
                Draft(
                    kind=NEVER_SIGNED_IN,
                    key=f"{row.round_id} {row.authority_id}",
                    day=day,
                    about=row.round_id,
                    occasion=row.round_id,
                    body_id=row.authority_id,
                    roles=(Role.SIGNATORY.value,),
                )
            )
    return tuple(found)


def _day_of(opens_on: date) -> date:
    try:
        return working_day_after(day=opens_on, count=_WORKING_DAYS, bank_holidays=england())
    except CalendarTooShortError:
        return date.fromordinal(opens_on.toordinal() + 7)


def _letters(notice: Notice, at: datetime) -> tuple[Letter, ...]:
    if notice.body_id is None:
        return ()
    row = expected_row(round_id=notice.about, authority_id=notice.body_id, at=at)
    silent = never_signed_in(body_ids=[notice.body_id]).get(notice.body_id, ())
    if row is None or not silent:
        return ()
    known, today = vars(row), london_date(now=at)
    if row.round.state != RoundState.OPEN or known["submitted"] or today > known["due"]:
        return ()
    # Where nobody may sign, the editors are those who can see to it.
    people = people_at(body_id=notice.body_id, roles=[Role.SIGNATORY]) or people_at(
        body_id=notice.body_id, roles=WORKING_ROLES
    )
    text = (
        f"Of the people with a role at your authority, {_counted(silent)} never signed in. The "
        f"return is due by the end of {words.london_weekday(moment=known['due'])}. Who they are "
        "stands on your home page:"
    )
    subject = subject_of(round_=row.round, headline="people who have never signed in")
    return tuple(Letter(person, subject, text, (("", "/"),)) for person in people)


def _counted(silent: tuple[SilentPerson, ...]) -> str:
    counts = Counter(one.role for one in silent)
    plural = {Role.EDITOR: "editors", Role.SIGNATORY: "signatories"}
    parts = [
        f"{count} {str(role.label).lower() if count == 1 else plural[role]}"
        for role, count in sorted(counts.items())
    ]
    return f"{' and '.join(parts)} {'has' if len(silent) == 1 else 'have'}"


KINDS = {
    NEVER_SIGNED_IN: NoticeKind(label="Never signed in", letters=_letters, daily=True),
}
