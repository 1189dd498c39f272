"""Each guard speaks with its own message, which says what to do."""

from dataclasses import replace
from datetime import date

import pytest

from authorities.reorganisation.facts import AUTHORITY, BodyKey, NameFact
from authorities.reorganisation.guards import About, Field, Guard, Problem, problems
from authorities.reorganisation.operations import (
    Change,
    Close,
    ClusterEnd,
    ClusterStart,
    Merge,
    Open,
    Operation,
    Recode,
    Rename,
)
from authorities.span import Span
from tests.authorities.reorganisation.guard_cases import (
    CASES,
    MERGER,
    NOBODY,
    OPEN_BOARD,
    OUT_OF_ORDER,
    areas,
    found,
    split,
    transfer,
)
from tests.authorities.reorganisation.small_england import (
    ALPHA,
    BETA,
    DAY,
    DERWENT,
    DERWENT_WEST,
    EAST,
    GAMMA,
    NEW_BOARD,
    SOUTH,
    START,
    TODAY,
    TWINS,
    WEST,
    after,
    small_england,
)

# Those that do not lie in the operations alone have tests of their own below.
ELSEWHERE = {Guard.TOO_FAR_AHEAD, Guard.BEFORE_OPENING, Guard.LATER_CHANGE, Guard.BUSY}


@pytest.mark.parametrize(("guard", "operations", "message"), CASES)
def test_a_guard_speaks(guard: Guard, operations: tuple[Operation, ...], message: str) -> None:
    texts = [problem.text for problem in found(*operations) if problem.guard is guard]

    assert [text for text in texts if text.startswith(message)] != []


def test_every_guard_has_a_test() -> None:
    assert {guard for guard, _, _ in CASES} | ELSEWHERE == set(Guard)


def test_nothing_stands_in_the_way_of_a_good_change() -> None:
    assert found(*MERGER) == ()


def test_a_change_is_entered_twelve_months_ahead_at_most() -> None:
    rename = Rename(EAST, "The Orient", "Orient")

    assert found(rename, on=date(2027, 12, 1)) == ()
    [problem] = found(rename, on=date(2027, 12, 2))
    assert problem == Problem(
        Guard.TOO_FAR_AHEAD,
        "The change takes effect on 2 December 2027. Enter a day up to 1 December 2027: at most "
        "12 months ahead.",
        About(Field.DAY),
    )


def test_a_body_changes_after_it_began() -> None:
    [problem] = found(Recode(EAST, "ods", "NEW"), on=START)

    assert problem.guard is Guard.BEFORE_OPENING
    assert problem.text == ("East ICB opened on 1 July 2022. Enter a later day for the change.")


def test_a_body_in_another_change_is_busy() -> None:
    found_problems = problems(
        change=Change(on=DAY, operations=MERGER),
        geography=small_england(),
        today=TODAY,
        busy={SOUTH: "Boards of the south"},
    )

    assert found_problems == (
        Problem(
            Guard.BUSY,
            "South ICB is already part of the change “Boards of the south”. Apply or cancel that "
            "one first, or add this to it.",
            About(Field.WHOLE, body=SOUTH),
        ),
    )


def test_a_body_that_is_only_renamed_may_be_in_another_change() -> None:
    rename = Change(on=DAY, operations=(Rename(SOUTH, "The Midi", "Midi"),))

    assert problems(change=rename, geography=small_england(), today=TODAY, busy={SOUTH: "x"}) == ()


@pytest.mark.parametrize(("later", "earlier"), OUT_OF_ORDER)
def test_changes_of_one_body_are_entered_in_the_order_of_their_days(
    later: Operation, earlier: Operation
) -> None:
    with_later = after(later, on=date(2027, 6, 1))

    [text] = {
        problem.text
        for problem in found(earlier, geography=with_later)
        if problem.guard is Guard.LATER_CHANGE
    }

    assert text == (
        "A later change is on record, on 1 June 2027. Changes are entered in the order of their "
        "days: enter a day after it."
    )


def test_a_plan_does_not_come_true_before_it_was_on_record() -> None:
    [problem] = set(found(Open(body=GAMMA), on=date(2026, 11, 1)))

    assert problem.guard is Guard.LATER_CHANGE
    assert problem.text.startswith("A later change is on record, on 23 November 2026.")


def test_a_closed_body_changes_no_more() -> None:
    merged = after(Merge((EAST,), WEST), on=date(2027, 3, 1))

    [problem] = found(Rename(EAST, "The Orient", "Orient"), geography=merged)

    assert problem == Problem(
        Guard.NOT_OPEN,
        "East ICB closed on 1 March 2027. Choose a body that exists on 1 April 2027.",
        About(Field.BODY, body=EAST),
        operation=0,
    )


def test_a_cluster_that_ended_does_not_start_again() -> None:
    ended = after(ClusterEnd(TWINS), on=date(2027, 3, 1))

    [problem] = found(ClusterStart(TWINS, (EAST, WEST)), geography=ended)

    assert problem.guard is Guard.SLUG_TAKEN
    assert problem.text == "There was a cluster with the address twins. Enter another address."


def test_a_code_of_a_body_that_ends_may_be_given_to_its_successor() -> None:
    assert found(replace(OPEN_BOARD, ods_code="Q00"), Merge((EAST,), NEW_BOARD)) == ()


def test_a_code_that_is_free_again_may_be_given() -> None:
    recoded = after(Recode(EAST, "ods", "NEW"), on=date(2027, 3, 1))

    assert found(Recode(WEST, "ods", "Q00"), geography=recoded) == ()


def test_councils_without_a_vote_at_both_stand_not_in_the_way_of_a_merger() -> None:
    seats = small_england()
    with_seats = replace(
        seats,
        members=(
            *seats.members,
            *(
                replace(fact, council=DERWENT, authority=body, role="non_constituent")
                for body, fact in zip((ALPHA, BETA), seats.members[:2], strict=True)
            ),
        ),
    )
    merged = BodyKey(AUTHORITY, "merged")

    assert (
        found(
            Open(
                body=merged,
                name="Merged",
                short_name="Merged",
                type="combined_authority",
                tier="mayoral",
            ),
            Merge((ALPHA, BETA), merged),
            geography=with_seats,
        )
        == ()
    )


def test_a_problem_says_of_which_operation_it_is() -> None:
    in_two = found(*MERGER, Rename(NOBODY, "Nobody", "Nobody"), Close(SOUTH))

    assert [(problem.guard, problem.operation) for problem in in_two] == [
        (Guard.ENDS_TWICE, None),
        (Guard.UNKNOWN_BODY, 2),
    ]


def test_a_body_goes_by_the_name_of_the_day() -> None:
    base = small_england()
    renamed = replace(
        base,
        names=(
            *(fact for fact in base.names if fact.body != EAST),
            NameFact(EAST, "The East", "East", Span(START, date(2027, 1, 1))),
            NameFact(EAST, "The Orient", "Orient", Span(date(2027, 1, 1), None)),
        ),
    )

    [problem] = found(transfer(EAST, WEST, *areas(DERWENT_WEST)), geography=renamed)

    assert "does not belong to Orient ICB" in problem.text


def test_somebody_has_to_take_over_every_council_of_a_split_authority() -> None:
    twice_ashby = split(ALPHA, (BETA, areas("ashby")), (GAMMA, areas("ashby")))

    texts = [problem.text for problem in found(twice_ashby, Open(body=GAMMA))]

    assert any(text.startswith("The shares of ashby add up to 2, not to 1.") for text in texts)
    assert "Nobody takes over barton. Choose a body for each of them." in texts
