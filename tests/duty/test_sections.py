from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duty.lifecycle import (
    Guard,
    ReturnEvent,
    ReturnState,
    TransitionRefusedError,
    next_state,
)
from duty.sections import (
    EventOrderError,
    ReturnHappening,
    SectionAnswers,
    SectionState,
    derive_conditions,
    derive_return_state,
    derive_section_state,
)

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
CODES = ("a", "b")


def story(*steps: str) -> tuple[ReturnHappening, ...]:
    """'save_answer a b' is an event about sections a and b; '!' says that answers differ."""
    happenings = []
    for minute, step in enumerate(steps):
        event, *words = step.split()
        happenings.append(
            ReturnHappening(
                event=ReturnEvent(event),
                at=NOON + timedelta(minutes=minute),
                sections=frozenset(words) - {"!"},
                answers_differ="!" in words,
            )
        )
    return tuple(happenings)


def section(code: str, happenings: tuple[ReturnHappening, ...]) -> SectionState:
    answers = SectionAnswers(code=code, visible_questions=3, answered_questions=3)
    return derive_section_state(section=answers, happenings=happenings)


def whole(happenings: tuple[ReturnHappening, ...], *, round_closed: bool = False) -> ReturnState:
    return derive_return_state(
        happenings=happenings,
        sections=[section(code, happenings) for code in CODES],
        round_closed=round_closed,
    )


DONE = ("start", "complete_section a", "complete_section b")
SENT = (*DONE, "send_for_sign_off", "sign")


@pytest.mark.parametrize(
    ("visible", "answered", "available", "state"),
    [
        (0, 0, True, "not_needed"),
        (0, 0, False, "not_needed"),
        (3, 0, False, "cannot_start"),
        (3, 0, True, "not_started"),
        (3, 1, True, "in_progress"),
        (3, 1, False, "in_progress"),
        (3, 3, True, "in_progress"),
    ],
)
def test_a_section_without_events_is_known_by_its_answers(
    visible: int, answered: int, available: bool, state: str
) -> None:
    answers = SectionAnswers("a", visible, answered, available)

    assert derive_section_state(section=answers, happenings=()) == state


@pytest.mark.parametrize(
    ("steps", "a", "b"),
    [
        (DONE, "completed", "completed"),
        ((*DONE, "save_answer a"), "in_progress", "completed"),
        ((*DONE, "save_answer a b"), "in_progress", "in_progress"),
        ((*DONE, "send_for_sign_off", "decline a"), "changes_requested", "check_again"),
        ((*DONE, "send_for_sign_off", "decline"), "check_again", "check_again"),
        ((*DONE, "send_for_sign_off", "recall"), "check_again", "check_again"),
        (
            (*DONE, "send_for_sign_off", "decline a", "complete_section a b"),
            "changes_made",
            "completed",
        ),
        ((*DONE, "send_for_sign_off", "recall", "save_answer b"), "check_again", "in_progress"),
        ((*SENT, "request_changes a"), "changes_requested", "completed"),
        ((*SENT, "request_changes"), "changes_requested", "changes_requested"),
        ((*SENT, "request_changes a", "save_answer a"), "changes_requested", "completed"),
        ((*SENT, "request_changes a", "complete_section a"), "changes_made", "completed"),
        (
            (*SENT, "request_changes a", "complete_section a", "save_answer a"),
            "changes_requested",
            "completed",
        ),
        (
            (*SENT, "request_changes a", "complete_section a", "submit", "request_changes b"),
            "completed",
            "changes_requested",
        ),
        ((*SENT, "reopen"), "check_again", "check_again"),
        ((*SENT, "reopen", "complete_section a"), "completed", "check_again"),
    ],
)
def test_a_section_remembers_what_happened_to_it(steps: tuple[str, ...], a: str, b: str) -> None:
    happenings = story(*steps)

    assert (section("a", happenings), section("b", happenings)) == (a, b)


def test_a_section_whose_questions_are_all_hidden_is_not_needed_even_after_completion() -> None:
    answers = SectionAnswers(code="a", visible_questions=0, answered_questions=0)

    state = derive_section_state(section=answers, happenings=story(*DONE))

    assert state == SectionState.NOT_NEEDED


@pytest.mark.parametrize(
    ("steps", "state"),
    [
        ((), "not_started"),
        (("start",), "in_progress"),
        (("start", "complete_section a"), "in_progress"),
        (DONE, "ready"),
        ((*DONE, "save_answer a"), "in_progress"),
        ((*DONE, "send_for_sign_off"), "awaiting_sign_off"),
        ((*DONE, "send_for_sign_off", "decline a"), "in_progress"),
        ((*DONE, "send_for_sign_off", "recall"), "in_progress"),
        ((*DONE, "send_for_sign_off", "recall", "complete_section a b"), "ready"),
        (SENT, "submitted"),
        ((*DONE, "submit !"), "submitted"),
        ((*SENT, "request_changes a"), "changes_requested"),
        ((*SENT, "request_changes a", "complete_section a"), "ready"),
        ((*SENT, "request_changes a", "complete_section a", "save_answer a"), "changes_requested"),
        ((*SENT, "request_changes a", "complete_section a", "submit"), "submitted"),
        (
            (*SENT, "request_changes a", "complete_section a", "submit !"),
            "submitted_with_changes",
        ),
        ((*SENT, "reopen"), "in_progress"),
        ((*SENT, "reopen", "complete_section a b", "submit !"), "submitted"),
        ((*SENT, "accept"), "accepted"),
        ((*SENT, "accept", "unaccept"), "submitted"),
    ],
)
def test_a_return_stands_where_its_events_and_sections_put_it(
    steps: tuple[str, ...], state: str
) -> None:
    assert whole(story(*steps)) == state


@pytest.mark.parametrize(
    ("steps", "state"),
    [
        ((), "not_submitted"),
        (DONE, "not_submitted"),
        ((*DONE, "send_for_sign_off"), "not_submitted"),
        ((*SENT, "request_changes a"), "not_submitted"),
        (SENT, "submitted"),
        ((*SENT, "accept"), "accepted"),
    ],
)
def test_a_closed_round_leaves_what_was_sent_and_names_what_was_not(
    steps: tuple[str, ...], state: str
) -> None:
    happenings = story(*steps)

    assert whole(happenings, round_closed=True) == state


def test_a_section_that_is_not_needed_does_not_keep_a_return_from_being_ready() -> None:
    states = [SectionState.COMPLETED, SectionState.NOT_NEEDED]

    state = derive_return_state(happenings=story("start"), sections=states, round_closed=False)

    assert state == ReturnState.READY


def test_events_out_of_order_are_refused() -> None:
    happenings = tuple(reversed(story("start", "save_answer a")))

    with pytest.raises(EventOrderError):
        derive_return_state(happenings=happenings, sections=(), round_closed=False)


steps = st.tuples(
    st.sampled_from([event for event in ReturnEvent if event != ReturnEvent.CLOSE_ROUND]),
    st.sets(st.sampled_from(CODES)),
    st.booleans(),
)


@pytest.mark.slow
@given(st.lists(steps, max_size=60))
def test_the_table_and_the_events_always_agree_on_the_state(
    wishes: list[tuple[ReturnEvent, set[str], bool]],
) -> None:
    """Whatever is tried, the table's result is the state that the events then show."""
    happenings: tuple[ReturnHappening, ...] = ()
    roles = ("editor", "signatory", "lead_analyst")
    for minute, (event, named, differ) in enumerate(wishes):
        if event == ReturnEvent.COMPLETE_SECTION:
            # One section at a time, and only one that is not done.
            named = {
                code
                for code in sorted(named)[:1]
                if section(code, happenings) not in ("completed", "changes_made")
            }
            if not named:
                continue
        if event == ReturnEvent.SAVE_ANSWER and not named:
            continue
        happening = ReturnHappening(
            event, NOON + timedelta(minutes=minute), frozenset(named), differ
        )
        after = (*happenings, happening)
        conditions = derive_conditions(
            happenings=happenings,
            sections_after=[section(code, after) for code in CODES],
            answers_differ=differ,
        )
        for role in roles:
            try:
                result = next_state(
                    state=whole(happenings),
                    event=event,
                    role=role,
                    holding=frozenset(Guard),
                    conditions=conditions,
                )
            except TransitionRefusedError:
                continue
            assert result == whole(after), (event, named)
            happenings = after
            break
