"""Tells the people of authorities what became of a round: written in the transaction of the step.

A message names no person and quotes no reason: those stand on the pages, for who may read them.
Whom else a round asks for something is told by higher apps: the modules of the setting
`ROUND_TELLERS`, as dotted names, each with the functions of `Teller`.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from importlib import import_module
from typing import Protocol, cast
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from authorities.actions import messages
from authorities.actions.membership_messages import tell_if_none_can_sign
from authorities.models import Notice, StrategicAuthority
from authorities.notices import TEST_MARK, Draft, Letter, NoticeKind, people_at
from duty import words
from duty.deadlines import london_date
from duty.models import ExpectedReturn, Round, RoundState
from duty.queries.closings import with_closing
from duty.round_lifecycle import RoundEvent


class Teller(Protocol):
    """What each module of `ROUND_TELLERS` has; called inside the step's own transaction."""

    def tell_of_more_days(self, *, round_: Round, at: datetime) -> None:
        """Tell whom the round gives more days."""

    def tell_of_closing(self, *, round_: Round, at: datetime) -> None:
        """Tell whose work the closing ended."""


def _tellers() -> tuple[Teller, ...]:
    return tuple(cast(Teller, import_module(name)) for name in settings.ROUND_TELLERS)


def tell_of_opening(*, round_: Round, at: datetime) -> None:
    """Tell everybody who is expected that they can start, and who cannot sign that nobody can."""
    _announce_all(round_, RoundEvent.OPEN, at)
    for authority in _expected_of(round_):
        tell_if_none_can_sign(body=authority, step=round_.pk, is_test=round_.is_test, at=at)


def tell_of_joining(*, round_: Round, authority: StrategicAuthority, at: datetime) -> None:
    """Tell one authority that the open round expects it, too, as the others were at the opening."""
    _announce(round_, authority.pk, RoundEvent.OPEN, at)
    tell_if_none_can_sign(body=authority, step=round_.pk, is_test=round_.is_test, at=at)


def tell_of_more_days(*, round_: Round, at: datetime) -> None:
    """Tell everybody who is expected until when they may work now."""
    _announce_all(round_, RoundEvent.REOPEN, at)
    for teller in _tellers():
        teller.tell_of_more_days(round_=round_, at=at)


def tell_of_closing(*, round_: Round, at: datetime) -> None:
    """Tell everybody who was expected that the round is closed, and whether their return counts."""
    _announce_all(round_, RoundEvent.CLOSE, at)
    for teller in _tellers():
        teller.tell_of_closing(round_=round_, at=at)


def tell_of_extension(
    *,
    round_: Round,
    authority: StrategicAuthority,
    due_on: date,
    edits_until: date,
    at: datetime,
) -> None:
    """Tell one authority's people until when they may work now."""
    _announce(
        round_,
        authority.pk,
        RoundEvent.EXTEND,
        at,
        due_on=due_on.isoformat(),
        edits_until=edits_until.isoformat(),
    )


def foreseen(*, first: date, last: date) -> tuple[Draft, ...]:
    """Return whom the openings and closings of the days will tell, from one query."""
    rows = with_closing(
        ExpectedReturn.objects.filter(
            Q(round__state=RoundState.SCHEDULED, round__opens_on__lte=last)
            | Q(round__state=RoundState.OPEN, round__edits_until__lt=last)
        ),
        today=first,
    )
    found = []
    for row in rows.select_related("round").order_by("round__slug", "pk"):
        opens = row.round.state == RoundState.SCHEDULED
        # A round closes when its last day is over, and a late job does today what it can.
        day = row.round.opens_on if opens else row.round.edits_until + timedelta(days=1)
        day = max(day, first)
        if not opens and row.extended and row.until >= day:
            continue
        found.append(
            Draft(
                kind=f"round.{(RoundEvent.OPEN if opens else RoundEvent.CLOSE).value}",
                key=f"foreseen {row.round_id} {row.authority_id}",
                day=day,
                about=row.round_id,
                occasion=row.round_id,
                body_id=row.authority_id,
            )
        )
    return tuple(found)


def subject_of(*, round_: Round, headline: str) -> str:
    """Return the subject of a mail about a round; a test round's can be told at once."""
    return f"{TEST_MARK if round_.is_test else ''}{round_.name}: {headline}"[:200]


def expected_row(*, round_id: UUID, authority_id: UUID, at: datetime) -> ExpectedReturn | None:
    """Return what is expected of an authority at an instant, with `with_closing`; or None."""
    found: ExpectedReturn | None = (
        with_closing(
            ExpectedReturn.objects.filter(round_id=round_id, authority_id=authority_id),
            today=london_date(now=at),
        )
        .select_related("round", "authority")
        .first()
    )
    return found


def letters_to_authority(
    *, row: ExpectedReturn, headline: str, text: str, ending: str = "Your return is here:"
) -> tuple[Letter, ...]:
    """Return the same letter to everybody who works for an authority, about its return."""
    path = reverse("duty:return-tasks", args=[row.round.slug, row.authority.slug])
    subject = subject_of(round_=row.round, headline=headline)
    return tuple(
        Letter(person, subject, f"{text} {ending}", (("", path),))
        for person in people_at(body_id=row.authority_id)
    )


def _expected_of(round_: Round) -> list[StrategicAuthority]:
    return list(StrategicAuthority.objects.filter(expected_returns__round=round_).order_by("slug"))


def _announce_all(round_: Round, event: RoundEvent, at: datetime) -> None:
    for authority in _expected_of(round_):
        _announce(round_, authority.pk, event, at)


def _announce(
    round_: Round, authority_id: UUID, event: RoundEvent, at: datetime, **details: str
) -> None:
    messages.announce(
        kind=f"round.{event.value}",
        # A round may be reopened, and an extension changed, again.
        key=f"{round_.pk} {authority_id} version {round_.version}",
        about=round_.pk,
        occasion=round_.pk,
        body_id=authority_id,
        details=details,
        at=at,
    )


def _letters(
    notice: Notice,
    at: datetime,
    *,
    says: Callable[[ExpectedReturn, Notice], tuple[str, str] | None],
) -> tuple[Letter, ...]:
    if notice.body_id is None:
        return ()
    row = expected_row(round_id=notice.about, authority_id=notice.body_id, at=at)
    said = says(row, notice) if row is not None else None
    if row is None or said is None:
        return ()
    headline, text = said
    return letters_to_authority(row=row, headline=headline, text=text)


def _opening(row: ExpectedReturn, _: Notice) -> tuple[str, str] | None:
    known = vars(row)
    if row.round.state != RoundState.OPEN or known["submitted"]:
        return None
    due = words.london_weekday(moment=known["due"])
    return "open", f"You can start your return. It is due by the end of {due}."


def _more_days(row: ExpectedReturn, _: Notice) -> tuple[str, str] | None:
    known = vars(row)
    if row.round.state != RoundState.OPEN or known["submitted"]:
        return None
    return (
        "more days",
        (
            "Every authority may work on its return until the end of "
            f"{words.london_weekday(moment=row.round.edits_until)}. The due day has not changed."
        ),
    )


def _extension(row: ExpectedReturn, notice: Notice) -> tuple[str, str] | None:
    given = (row.extended_due_on, row.extended_edits_until)
    told = tuple(date.fromisoformat(notice.details[name]) for name in ("due_on", "edits_until"))
    # A later extension is told of by its own notice.
    if given != told:
        return None
    until = words.london_weekday(moment=told[1])
    if vars(row)["submitted"]:
        return (
            "extension",
            (
                "Your return was submitted, and stays as it is. You may work on your own views of "
                f"engagement, and on changes that are asked for, until the end of {until}. Why "
                "stands on the return."
            ),
        )
    return (
        "extension",
        (
            f"Your return is now due by the end of {words.london_weekday(moment=told[0])}, and you "
            f"may work on it, and on your own views of engagement, until the end of {until}. Why "
            "stands on the return."
        ),
    )


def _closing(row: ExpectedReturn, _: Notice) -> tuple[str, str] | None:
    known = vars(row)
    # Who has an extension goes on working, and a round that was reopened is not closed.
    if row.round.state in (RoundState.SCHEDULED, RoundState.OPEN) or known["takes_work"]:
        return None
    counts = (
        "Your return was submitted, and stays as it is."
        if known["submitted"]
        else "Your return was started and not submitted. Its answers are kept and can be read."
        if known["return_state"]
        else "Your authority did not start a return."
    )
    return "closed", f"The round is closed. {counts}"


KINDS = {
    f"round.{event.value}": NoticeKind(label=label, letters=partial(_letters, says=says))
    for event, label, says in (
        (RoundEvent.OPEN, "Round opened", _opening),
        (RoundEvent.REOPEN, "More days for a round", _more_days),
        (RoundEvent.EXTEND, "Extension given", _extension),
        (RoundEvent.CLOSE, "Round closed", _closing),
    )
}
