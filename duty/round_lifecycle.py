"""The life of a reporting round: one table of transitions, and why a step is refused.

Publication asks two people: a lead analyst proposes, and another person approves. What it means for
placements stands in a higher app, which takes these steps here. Callers work the guards out and say
which hold; nothing here asks a database.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from duty.lifecycle import ADMINISTRATOR, ANALYST, JOB, LEAD_ANALYST, MODERATOR
from duty.round_terms import (
    EVENT_WORDS,
    REFUSALS,
    STATE_WORDS,
    RoundEvent,
    RoundGuard,
    RoundState,
)

__all__ = [
    "EVENT_WORDS",
    "REFUSALS",
    "STATE_WORDS",
    "TRANSITIONS",
    "RoundDates",
    "RoundEvent",
    "RoundGuard",
    "RoundRefusedError",
    "RoundState",
    "RoundTransition",
    "allowed_events",
    "date_problems",
    "following_period",
    "next_state",
]


class RoundRefusedError(Exception):
    """A step of a round may not be taken; the message says why to the person who tried.

    `guards` names those that did not hold; it is empty when the state or the role refused.
    """

    def __init__(self, message: str, *, guards: tuple[RoundGuard, ...] = ()) -> None:
        self.guards = guards
        super().__init__(message)


@dataclass(frozen=True)
class RoundTransition:
    """One row of the table. `to` None keeps the state."""

    from_states: frozenset[RoundState]
    event: RoundEvent
    roles: frozenset[str]
    guards: tuple[RoundGuard, ...]
    to: RoundState | None


_S, _E, _G = RoundState, RoundEvent, RoundGuard
_ADMINISTRATOR = frozenset({ADMINISTRATOR})
_JOB = frozenset({JOB})
_DRAFT = frozenset({_S.DRAFT})
_SCHEDULED = frozenset({_S.SCHEDULED})
_OPEN = frozenset({_S.OPEN})
_TAKES_WORK = frozenset({_S.OPEN, _S.CLOSED})
_CLOSED = frozenset({_S.CLOSED})
_IN_REPLY = frozenset({_S.IN_REPLY})
_FINALISING = frozenset({_S.FINALISING})
_PUBLISHED = frozenset({_S.PUBLISHED})
_LEAD_ANALYST = frozenset({LEAD_ANALYST})
_MODERATORS = frozenset({LEAD_ANALYST, MODERATOR})
# One of the two is a lead analyst always, since only a lead analyst proposes.
_APPROVERS = frozenset({LEAD_ANALYST, MODERATOR, ADMINISTRATOR})

# A person and the job take the same step under different guards: one row each.
TRANSITIONS: tuple[RoundTransition, ...] = (
    RoundTransition(
        _DRAFT, _E.CHANGE, _ADMINISTRATOR, (_G.VERSION_MATCHES, _G.DATES_IN_ORDER), None
    ),
    RoundTransition(
        _DRAFT | _SCHEDULED | _OPEN,
        _E.EXPECT,
        _ADMINISTRATOR,
        (_G.REASON_GIVEN, _G.BODIES_EXPECTED, _G.KEEPS_STARTED_RETURNS),
        None,
    ),
    RoundTransition(
        _DRAFT,
        _E.SCHEDULE,
        _ADMINISTRATOR,
        (
            _G.EVERY_DATE_GIVEN,
            _G.DATES_IN_ORDER,
            _G.LAST_DAY_AHEAD,
            _G.BODIES_EXPECTED,
            _G.VERSIONS_LOADED,
            _G.CHECKS_DECIDED,
        ),
        _S.SCHEDULED,
    ),
    RoundTransition(_SCHEDULED, _E.BACK_TO_DRAFT, _ADMINISTRATOR, (_G.REASON_GIVEN,), _S.DRAFT),
    RoundTransition(
        _SCHEDULED,
        _E.OPEN,
        _ADMINISTRATOR,
        (_G.LAST_DAY_AHEAD, _G.BODIES_EXPECTED, _G.CHECKS_DECIDED),
        _S.OPEN,
    ),
    # What the checks find does not keep a round from its day: it is stored, and waits for a
    # person's decision on the round's page.
    RoundTransition(
        _SCHEDULED,
        _E.OPEN,
        _JOB,
        (_G.OPENING_DAY_REACHED, _G.LAST_DAY_AHEAD, _G.BODIES_EXPECTED),
        _S.OPEN,
    ),
    RoundTransition(
        _OPEN,
        _E.CLOSE,
        _ADMINISTRATOR | _JOB,
        (_G.LAST_DAY_OVER, _G.SIGN_OFF_NOT_AWAITED),
        _S.CLOSED,
    ),
    RoundTransition(
        _TAKES_WORK,
        _E.REOPEN,
        _ADMINISTRATOR,
        (_G.REASON_GIVEN, _G.DATES_IN_ORDER, _G.LAST_DAY_AHEAD),
        _S.OPEN,
    ),
    RoundTransition(
        _TAKES_WORK,
        _E.EXTEND,
        frozenset({ANALYST, LEAD_ANALYST, ADMINISTRATOR}),
        (
            _G.REASON_GIVEN,
            _G.BODY_EXPECTED,
            _G.EXTENSION_LONGER,
            _G.EXTENSION_BEFORE_REPLY,
        ),
        None,
    ),
    RoundTransition(_SCHEDULED | _OPEN, _E.DECIDE, _ADMINISTRATOR, (_G.REASON_GIVEN,), None),
    RoundTransition(
        _SCHEDULED | _OPEN | _CLOSED | _IN_REPLY | _FINALISING, _E.HOLD_UP, _JOB, (), None
    ),
    RoundTransition(
        _CLOSED,
        _E.START_REPLY,
        _ADMINISTRATOR | _JOB,
        (_G.REPLY_DAY_REACHED, _G.PAIRS_SETTLED),
        _S.IN_REPLY,
    ),
    RoundTransition(
        _IN_REPLY, _E.END_REPLY, _ADMINISTRATOR | _JOB, (_G.REPLY_OVER,), _S.FINALISING
    ),
    RoundTransition(
        _IN_REPLY | _FINALISING,
        _E.REOPEN_REPLY,
        _ADMINISTRATOR,
        (_G.REASON_GIVEN, _G.DATES_IN_ORDER, _G.REPLY_DAY_AHEAD, _G.NOTHING_APPROVED),
        _S.IN_REPLY,
    ),
    RoundTransition(
        _CLOSED | _IN_REPLY | _FINALISING,
        _E.MOVE_PUBLICATION,
        _ADMINISTRATOR,
        (_G.REASON_GIVEN, _G.DATES_IN_ORDER, _G.TIME_AHEAD, _G.NOTHING_APPROVED),
        None,
    ),
    RoundTransition(
        _FINALISING,
        _E.PROPOSE,
        _LEAD_ANALYST,
        (
            _G.NO_TEST_ROUND,
            _G.NOTHING_APPROVED,
            _G.NOTHING_PROPOSED,
            _G.REPLIES_RESOLVED,
            _G.PLACEMENTS_FRESH,
        ),
        None,
    ),
    # A correction is proposed as a publication is, and says what it corrects.
    RoundTransition(
        _PUBLISHED,
        _E.PROPOSE,
        _LEAD_ANALYST,
        (_G.REASON_GIVEN, _G.NOTHING_PROPOSED, _G.PLACEMENTS_FRESH),
        None,
    ),
    RoundTransition(
        _FINALISING | _PUBLISHED,
        _E.TAKE_BACK,
        _APPROVERS,
        (_G.REASON_GIVEN, _G.PROPOSED),
        None,
    ),
    RoundTransition(
        _FINALISING,
        _E.APPROVE,
        _APPROVERS,
        (
            _G.PROPOSED,
            _G.SECOND_PERSON,
            _G.AS_PROPOSED,
            _G.REPLIES_RESOLVED,
            _G.PLACEMENTS_FRESH,
        ),
        None,
    ),
    RoundTransition(
        _FINALISING,
        _E.WITHDRAW,
        _APPROVERS,
        (_G.REASON_GIVEN, _G.APPROVED, _G.INSTANT_AHEAD),
        None,
    ),
    RoundTransition(_FINALISING, _E.PUBLISH, _JOB, (_G.APPROVED, _G.INSTANT_REACHED), _S.PUBLISHED),
    RoundTransition(
        _PUBLISHED,
        _E.CORRECT,
        _APPROVERS,
        (_G.PROPOSED, _G.SECOND_PERSON, _G.AS_PROPOSED, _G.PLACEMENTS_FRESH),
        None,
    ),
    # An analyst proposed it elsewhere, with its reason.
    RoundTransition(
        _PUBLISHED,
        _E.CORRECT_LEVEL,
        _MODERATORS,
        (_G.REASON_GIVEN, _G.SECOND_PERSON, _G.NO_PUBLICATION_PROPOSED),
        None,
    ),
)


def next_state(
    *, state: RoundState, event: RoundEvent, role: str, holding: Collection[RoundGuard]
) -> RoundState:
    """Return the state that a step leads to, or say why it may not be taken.

    Args:
        state: where the round stands.
        event: what somebody wants to do.
        role: as whom: one role of theirs at the centre; `JOB` for a round's date.
        holding: the guards that hold. One that is not named does not hold.

    Returns:
        The new state; the same one where the step keeps it.

    Raises:
        RoundRefusedError: the state does not allow the step, the role may not take it, or a guard
            does not hold; asked in this order, with all guards said at once.

    Source: the project's own table.
    """
    rows = [row for row in TRANSITIONS if row.event == event and state in row.from_states]
    if not rows:
        raise RoundRefusedError(
            f"The round {STATE_WORDS[state]}, so {_who(role)} cannot {EVENT_WORDS[event]}."
        )
    row = next((row for row in rows if role in row.roles), None)
    if row is None:
        allowed = sorted(
            name.replace("_", " ") for name in {name for r in rows for name in r.roles} - {JOB}
        )
        ask = f" Ask the {' or '.join(allowed)}." if allowed else ""
        raise RoundRefusedError(
            f"You cannot {EVENT_WORDS[event]} as {role.replace('_', ' ')}.{ask}"
        )
    if failed := tuple(guard for guard in row.guards if guard not in holding):
        raise RoundRefusedError(
            f"{_who(role).capitalize()} cannot {EVENT_WORDS[event]}. "
            f"{' '.join(REFUSALS[guard] for guard in failed)}",
            guards=failed,
        )
    return state if row.to is None else row.to


def _who(role: str) -> str:
    return "the job" if role == JOB else "you"


def allowed_events(*, state: RoundState, role: str) -> tuple[RoundEvent, ...]:
    """Return what a role may try from a state, guards aside, in the table's order.

    Args:
        state: where the round stands.
        role: one role of a person's, or `JOB`.

    Returns:
        The events, each once; for choosing what a page offers.

    Source: the project's own table.
    """
    return tuple(
        dict.fromkeys(
            row.event for row in TRANSITIONS if state in row.from_states and role in row.roles
        )
    )


@dataclass(frozen=True)
class RoundDates:
    """The dates of a round. Days are London's; `publishes_on` is the day of the publication."""

    covers_from: date
    covers_to: date
    opens_on: date
    due_on: date
    edits_until: date
    reply_opens_on: date | None = None
    reply_closes_on: date | None = None
    publishes_on: date | None = None

    @property
    def complete(self) -> bool:
        """Whether the days that a draft may leave open are given."""
        return None not in (self.reply_opens_on, self.reply_closes_on, self.publishes_on)


def date_problems(*, dates: RoundDates) -> tuple[tuple[str, str], ...]:
    """Return which dates stand out of order, with what to do.

    Args:
        dates: as entered; those that a draft leaves open are not compared.

    Returns:
        The name of the date and a sentence for each; nothing where
        opens <= due <= edits < reply opens <= reply closes < publication.

    Source: the project's own rule; the database holds the same.
    """
    found = []
    if dates.covers_to < dates.covers_from:
        found.append(("covers_to", "The last day covered must be on or after the first"))
    if dates.due_on < dates.opens_on:
        found.append(("due_on", "The due day must be on or after the day the round opens"))
    if dates.edits_until < dates.due_on:
        found.append(("edits_until", "The last day for edits must be on or after the due day"))
    opens, closes, publishes = dates.reply_opens_on, dates.reply_closes_on, dates.publishes_on
    if (opens is None) != (closes is None):
        missing = "reply_opens_on" if opens is None else "reply_closes_on"
        found.append((missing, "Enter both days of the reply, or neither"))
    if opens is not None and opens <= dates.edits_until:
        found.append(("reply_opens_on", "The reply must open after the last day for edits"))
    if opens is not None and closes is not None and closes < opens:
        found.append(("reply_closes_on", "The reply must close on or after the day it opens"))
    if publishes is not None and closes is None and opens is None:
        found.append(("reply_closes_on", "Enter the days of the reply before the publication"))
    if publishes is not None and closes is not None and publishes <= closes:
        found.append(("publish_at", "The publication must be after the day the reply closes"))
    return tuple(found)


def following_period(*, first: date, last: date) -> tuple[date, date]:
    """Return the period of the same length that follows one.

    Args:
        first: first day of the period.
        last: its last day, which belongs to it.

    Returns:
        First and last day. Where the period is of whole months, so is the one that follows; else
        it has as many days.

    Source: the project's own rule.
    """
    after = last + timedelta(days=1)
    months = (after.year - first.year) * 12 + after.month - first.month
    if first.day == 1 and after.day == 1:
        month = after.month - 1 + months
        return after, date(after.year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return after, after + (last - first)
