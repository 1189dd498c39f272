"""The table of a round's life, cell by cell."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from duty import models
from duty.round_lifecycle import (
    EVENT_WORDS,
    REFUSALS,
    STATE_WORDS,
    TRANSITIONS,
    RoundDates,
    RoundEvent,
    RoundGuard,
    RoundRefusedError,
    RoundState,
    allowed_events,
    date_problems,
    following_period,
    next_state,
)

ROLES = (
    *("editor", "signatory", "analyst", "moderator", "lead_analyst", "reader", "administrator"),
    "job",
)
# Begun, and only told.
TOLD = {RoundEvent.CREATE, RoundEvent.COPY}

# Every cell that is allowed, written out from the policy: state, event, roles, result.
# What is not here must be refused.
ALLOWED = """
draft      change         administrator                       draft
draft      expect         administrator                       draft
scheduled  expect         administrator                       scheduled
open       expect         administrator                       open
draft      schedule       administrator                       scheduled
scheduled  back_to_draft  administrator                       draft
scheduled  open           administrator,job                   open
open       close          administrator,job                   closed
open       reopen         administrator                       open
closed     reopen         administrator                       open
open       extend         analyst,lead_analyst,administrator  open
closed     extend         analyst,lead_analyst,administrator  closed
scheduled  decide         administrator                       scheduled
open       decide         administrator                       open
scheduled  hold_up        job                                 scheduled
open       hold_up        job                                 open
closed     hold_up        job                                 closed
in_reply   hold_up        job                                 in_reply
finalising hold_up        job                                 finalising
closed     start_reply    administrator,job                   in_reply
in_reply   end_reply      administrator,job                   finalising
in_reply   reopen_reply   administrator                       in_reply
finalising reopen_reply   administrator                       in_reply
closed     move_publication  administrator                    closed
in_reply   move_publication  administrator                    in_reply
finalising move_publication  administrator                    finalising
finalising propose        lead_analyst                        finalising
finalising take_back      lead_analyst,moderator,administrator finalising
finalising approve        lead_analyst,moderator,administrator finalising
finalising withdraw       lead_analyst,moderator,administrator finalising
finalising publish        job                                 published
published  propose        lead_analyst                        published
published  take_back      lead_analyst,moderator,administrator published
published  correct        lead_analyst,moderator,administrator published
published  correct_level  lead_analyst,moderator              published
"""
CELLS = {
    (RoundState(state), RoundEvent(event), role): RoundState(to)
    for state, event, roles, to in (line.split() for line in ALLOWED.split("\n") if line)
    for role in roles.split(",")
}


@pytest.mark.parametrize("state", list(RoundState))
def test_only_what_the_policy_allows_is_allowed(state):
    reached = {}
    for event, role in product(set(RoundEvent) - TOLD, ROLES):
        try:
            reached[state, event, role] = next_state(
                state=state, event=event, role=role, holding=frozenset(RoundGuard)
            )
        except RoundRefusedError as error:
            # Every guard holds, so only the state or the role has refused.
            reached |= dict.fromkeys(error.guards)

    assert reached == {cell: to for cell, to in CELLS.items() if cell[0] is state}


@pytest.mark.parametrize(
    ("row", "guard"),
    [(row, guard) for row in TRANSITIONS for guard in row.guards],
    ids=lambda one: one.value if isinstance(one, RoundGuard) else one.event.value,
)
def test_each_guard_alone_refuses_in_words(row, guard):
    with pytest.raises(RoundRefusedError, match=REFUSALS[guard][:30]) as refused:
        next_state(
            state=min(row.from_states),
            event=row.event,
            role=min(row.roles),
            holding=frozenset(RoundGuard) - {guard},
        )

    assert refused.value.guards == (guard,)


def test_a_refusal_by_state_says_where_the_round_stands():
    with pytest.raises(RoundRefusedError, match="is closed, so you cannot open the round"):
        next_state(
            state=RoundState.CLOSED,
            event=RoundEvent.OPEN,
            role="administrator",
            holding=frozenset(RoundGuard),
        )


def test_a_refusal_by_role_says_whom_to_ask():
    with pytest.raises(RoundRefusedError, match=r"as lead analyst\. Ask the administrator"):
        next_state(
            state=RoundState.DRAFT,
            event=RoundEvent.SCHEDULE,
            role="lead_analyst",
            holding=frozenset(RoundGuard),
        )


def test_the_job_needs_no_decision_about_the_checks_and_a_person_does():
    holding = frozenset(RoundGuard) - {RoundGuard.CHECKS_DECIDED}

    reached = next_state(
        state=RoundState.SCHEDULED, event=RoundEvent.OPEN, role="job", holding=holding
    )

    assert reached is RoundState.OPEN
    with pytest.raises(RoundRefusedError):
        next_state(
            state=RoundState.SCHEDULED,
            event=RoundEvent.OPEN,
            role="administrator",
            holding=holding,
        )


def test_what_a_role_may_try_is_what_the_table_says():
    assert allowed_events(state=RoundState.OPEN, role="analyst") == (RoundEvent.EXTEND,)
    assert allowed_events(state=RoundState.CLOSED, role="administrator") == (
        RoundEvent.REOPEN,
        RoundEvent.EXTEND,
        RoundEvent.START_REPLY,
        RoundEvent.MOVE_PUBLICATION,
    )
    assert allowed_events(state=RoundState.PUBLISHED, role="lead_analyst") == (
        RoundEvent.PROPOSE,
        RoundEvent.TAKE_BACK,
        RoundEvent.CORRECT,
        RoundEvent.CORRECT_LEVEL,
    )
    assert allowed_events(state=RoundState.PUBLISHED, role="analyst") == ()


def test_every_state_step_and_guard_has_its_words():
    assert set(STATE_WORDS) == set(RoundState)
    assert set(EVENT_WORDS) == set(RoundEvent) - TOLD
    assert set(REFUSALS) == set(RoundGuard)
    assert {row.event for row in TRANSITIONS} == set(EVENT_WORDS)
    assert {guard for row in TRANSITIONS for guard in row.guards} == set(RoundGuard)


def test_the_database_knows_the_same_states():
    assert [state.value for state in RoundState] == models.RoundState.values


DATES = RoundDates(
    covers_from=date(2026, 4, 1),
    covers_to=date(2026, 9, 30),
    opens_on=date(2026, 11, 2),
    due_on=date(2026, 12, 11),
    edits_until=date(2026, 12, 18),
    reply_opens_on=date(2027, 1, 11),
    reply_closes_on=date(2027, 1, 29),
    publishes_on=date(2027, 3, 1),
)


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({}, []),
        ({"due_on": date(2026, 11, 2)}, []),
        ({"edits_until": date(2026, 12, 11)}, []),
        ({"reply_closes_on": date(2027, 1, 11)}, []),
        ({"reply_opens_on": None, "reply_closes_on": None, "publishes_on": None}, []),
        ({"covers_to": date(2026, 3, 31)}, ["covers_to"]),
        ({"due_on": date(2026, 11, 1)}, ["due_on"]),
        ({"edits_until": date(2026, 12, 10)}, ["edits_until"]),
        ({"reply_opens_on": date(2026, 12, 18)}, ["reply_opens_on"]),
        ({"reply_closes_on": date(2027, 1, 10)}, ["reply_closes_on"]),
        ({"publishes_on": date(2027, 1, 29)}, ["publish_at"]),
        ({"reply_opens_on": None}, ["reply_opens_on"]),
        ({"reply_closes_on": None}, ["reply_closes_on"]),
        ({"reply_opens_on": None, "reply_closes_on": None}, ["reply_closes_on"]),
    ],
)
def test_dates_out_of_order_are_named(changes, wrong):
    dates = replace(DATES, **changes)

    assert [name for name, _ in date_problems(dates=dates)] == wrong


def test_a_draft_may_leave_its_last_dates_open():
    assert DATES.complete
    assert not replace(DATES, publishes_on=None).complete


@pytest.mark.parametrize(
    ("first", "last", "following"),
    [
        (date(2026, 4, 1), date(2026, 9, 30), (date(2026, 10, 1), date(2027, 3, 31))),
        (date(2026, 10, 1), date(2027, 3, 31), (date(2027, 4, 1), date(2027, 9, 30))),
        (date(2027, 1, 1), date(2027, 12, 31), (date(2028, 1, 1), date(2028, 12, 31))),
        (date(2027, 2, 1), date(2027, 2, 28), (date(2027, 3, 1), date(2027, 3, 31))),
        (date(2026, 4, 6), date(2026, 4, 12), (date(2026, 4, 13), date(2026, 4, 19))),
    ],
)
def test_the_period_that_follows_is_as_long(first, last, following):
    assert following_period(first=first, last=last) == following
