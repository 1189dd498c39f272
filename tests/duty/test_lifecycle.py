from itertools import product

import pytest

from duty import lifecycle
from duty.lifecycle import (
    REFUSALS,
    TRANSITIONS,
    Condition,
    Guard,
    ReturnEvent,
    ReturnState,
    TransitionRefusedError,
    allowed_events,
    next_state,
)

ROLES = (
    "editor",
    "signatory",
    "analyst",
    "moderator",
    "lead_analyst",
    "reader",
    "administrator",
    "job",
)

# Every cell that is allowed, written out from the policy: state, event, roles, result.
# What is not here must be refused.
ALLOWED = """
not_started             start              editor signatory        in_progress
in_progress             save_answer        editor signatory        in_progress
changes_requested       save_answer        editor signatory        changes_requested
ready                   save_answer        editor signatory        in_progress
in_progress             complete_section   editor signatory        in_progress
changes_requested       complete_section   editor signatory        changes_requested
ready                   send_for_sign_off  editor signatory        awaiting_sign_off
awaiting_sign_off       decline            signatory               in_progress
awaiting_sign_off       recall             editor signatory        in_progress
awaiting_sign_off       sign               signatory               submitted
ready                   submit             editor signatory        submitted
submitted               request_changes    analyst lead_analyst    changes_requested
submitted_with_changes  request_changes    analyst lead_analyst    changes_requested
submitted               reopen             analyst lead_analyst    in_progress
submitted_with_changes  reopen             analyst lead_analyst    in_progress
submitted               accept             analyst lead_analyst    accepted
submitted_with_changes  accept             analyst lead_analyst    accepted
accepted                unaccept           lead_analyst            submitted
not_started             close_round        administrator job       not_submitted
in_progress             close_round        administrator job       not_submitted
ready                   close_round        administrator job       not_submitted
awaiting_sign_off       close_round        administrator job       not_submitted
changes_requested       close_round        administrator job       not_submitted
submitted               close_round        administrator job       submitted
submitted_with_changes  close_round        administrator job       submitted_with_changes
accepted                close_round        administrator job       accepted
not_submitted           close_round        administrator job       not_submitted
"""


def expected() -> dict[tuple[str, str, str], str]:
    cells = {}
    for line in ALLOWED.strip().splitlines():
        state, event, *roles, result = line.split()
        for role in roles:
            cells[state, event, role] = result
    return cells


EXPECTED = expected()


@pytest.mark.parametrize(("state", "event", "role"), list(product(ReturnState, ReturnEvent, ROLES)))
def test_every_cell_of_the_table_is_as_the_policy_says(
    state: ReturnState, event: ReturnEvent, role: str
) -> None:
    everything_holds = frozenset(Guard)

    if (state, event, role) in EXPECTED:
        result = next_state(state=state, event=event, role=role, holding=everything_holds)
        assert result == EXPECTED[state, event, role]
    else:
        with pytest.raises(TransitionRefusedError) as refused:
            next_state(state=state, event=event, role=role, holding=everything_holds)
        assert not refused.value.guards

    assert (event in allowed_events(state=state, role=role)) == ((state, event, role) in EXPECTED)


def test_the_table_judges_every_cell() -> None:
    judged = len(list(product(ReturnState, ReturnEvent, ROLES)))

    assert judged == 9 * 13 * 8
    assert len(EXPECTED) == 51
    assert {role for _, _, role in EXPECTED} <= set(ROLES)


@pytest.mark.parametrize(
    ("state", "event", "role", "conditions", "result"),
    [
        ("ready", "save_answer", "editor", {"work_came_back_by_request"}, "changes_requested"),
        ("ready", "save_answer", "editor", {"changes_were_requested"}, "in_progress"),
        ("in_progress", "complete_section", "editor", {"last_section_completed"}, "ready"),
        ("changes_requested", "complete_section", "editor", {"last_section_completed"}, "ready"),
        (
            "awaiting_sign_off",
            "sign",
            "signatory",
            {"changes_were_requested", "answers_differ_from_snapshot"},
            "submitted_with_changes",
        ),
        ("awaiting_sign_off", "sign", "signatory", {"changes_were_requested"}, "submitted"),
        ("awaiting_sign_off", "sign", "signatory", {"answers_differ_from_snapshot"}, "submitted"),
        (
            "ready",
            "submit",
            "editor",
            {"changes_were_requested", "answers_differ_from_snapshot"},
            "submitted_with_changes",
        ),
    ],
)
def test_a_condition_chooses_between_two_results(
    state: str, event: str, role: str, conditions: set[str], result: str
) -> None:
    facts = {Condition(name) for name in conditions}

    found = next_state(
        state=ReturnState(state),
        event=ReturnEvent(event),
        role=role,
        holding=frozenset(Guard),
        conditions=facts,
    )

    assert found == result


# The guards of each event, written out from the policy.
GUARDS = {
    "start": "round_open_or_extended body_expected_or_extended",
    "save_answer": "answers_not_locked version_matches",
    "complete_section": "answers_not_locked required_answers_valid evidence_rule_met "
    "soft_warnings_confirmed",
    "send_for_sign_off": "sign_off_required answers_still_valid has_signatory",
    "decline": "reason_given",
    "recall": "not_yet_signed",
    "sign": "may_sign_for_body answers_still_valid declaration_ticked",
    "submit": "sign_off_not_required answers_still_valid",
    "request_changes": "round_open_or_extended reason_given",
    "reopen": "round_open reason_given",
    "accept": "not_drafter_of_finding",
    "unaccept": "reason_given round_not_published",
    "close_round": "",
}


@pytest.mark.parametrize(("state", "event", "role"), sorted(EXPECTED))
def test_each_guard_alone_refuses_with_its_own_words(state: str, event: str, role: str) -> None:
    guards = {Guard(name) for name in GUARDS[event].split()}

    for missing in guards:
        with pytest.raises(TransitionRefusedError) as refused:
            next_state(
                state=ReturnState(state),
                event=ReturnEvent(event),
                role=role,
                holding=guards - {missing},
            )

        assert refused.value.guards == (missing,)
        assert REFUSALS[missing] in str(refused.value)
    kept = next_state(state=ReturnState(state), event=ReturnEvent(event), role=role, holding=guards)
    assert kept == EXPECTED[state, event, role]


def test_all_guards_that_fail_are_said_at_once() -> None:
    with pytest.raises(TransitionRefusedError) as refused:
        next_state(
            state=ReturnState.AWAITING_SIGN_OFF,
            event=ReturnEvent.SIGN,
            role="signatory",
            holding={Guard.ANSWERS_STILL_VALID},
        )

    assert str(refused.value) == (
        "You cannot sign and submit the return. You are not a signatory of this authority. "
        "Tick the declaration to sign."
    )


@pytest.mark.parametrize(
    ("state", "event", "role", "message"),
    [
        (
            "accepted",
            "request_changes",
            "analyst",
            "The return has been accepted, so you cannot ask for changes.",
        ),
        (
            "awaiting_sign_off",
            "sign",
            "editor",
            "You cannot sign and submit the return as editor. Ask the signatory.",
        ),
        (
            "submitted",
            "accept",
            "administrator",
            "You cannot accept the return as administrator. Ask the analyst or lead analyst.",
        ),
    ],
)
def test_a_refusal_says_why_and_whom_to_ask(
    state: str, event: str, role: str, message: str
) -> None:
    with pytest.raises(TransitionRefusedError) as refused:
        next_state(
            state=ReturnState(state),
            event=ReturnEvent(event),
            role=role,
            holding=frozenset(Guard),
        )

    assert str(refused.value) == message


def test_rows_that_differ_by_condition_share_their_roles_and_guards() -> None:
    for state, event in product(ReturnState, ReturnEvent):
        rows = [row for row in TRANSITIONS if row.event == event and state in row.from_states]

        assert len({(row.roles, row.guards) for row in rows}) <= 1
        assert not rows or (not rows[-1].when and all(row.when for row in rows[:-1]))


def test_every_guard_and_row_is_used_and_named_once() -> None:
    used = {guard for row in TRANSITIONS for guard in row.guards}

    assert used == set(Guard) == set(REFUSALS)
    assert len({row.name for row in TRANSITIONS}) == len(TRANSITIONS)
    assert {row.name.split()[0] for row in TRANSITIONS} == {f"R{n}" for n in range(1, 16)}
    assert set(lifecycle.EVENT_WORDS) == set(ReturnEvent)
    assert set(lifecycle.STATE_WORDS) == set(ReturnState)
