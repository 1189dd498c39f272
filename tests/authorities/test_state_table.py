"""A table of steps: who may take one, which guard refuses, and what it offers."""

from enum import StrEnum

import pytest

from authorities.state_table import RefusedError, StateTable, Step


class Place(StrEnum):
    """Where a parcel is."""

    HERE = "here"
    THERE = "there"


class Move(StrEnum):
    """What may happen to a parcel."""

    SEND = "send"
    WEIGH = "weigh"
    TAKE_BACK = "take back"


class Needs(StrEnum):
    """What sending it needs."""

    STAMP = "stamp"
    ADDRESS = "address"


class ParcelRefusedError(RefusedError):
    """A step of a parcel may not be taken."""


TABLE: StateTable[Place, Move, Needs] = StateTable(
    steps=(
        Step(
            frozenset({Place.HERE}),
            Move.SEND,
            Place.THERE,
            (Needs.STAMP, Needs.ADDRESS),
            frozenset({"sender"}),
        ),
        Step(frozenset(Place), Move.WEIGH, Place.HERE),
        # A second way for the same event, of somebody else and with nothing to hold.
        Step(frozenset({Place.HERE}), Move.SEND, Place.THERE, actors=frozenset({"post"})),
        Step(frozenset({Place.THERE}), Move.TAKE_BACK, Place.HERE, actors=frozenset({"sender"})),
    ),
    refusals={Needs.STAMP: "Add a stamp.", Needs.ADDRESS: "Write an address."},
    says=lambda state, event: f"It is {state}, so you cannot {event} it.",
    error=ParcelRefusedError,
    wrong_actor=lambda event, actor: f"A {actor} does not {event} it.",
)


def refusal(**said):
    with pytest.raises(ParcelRefusedError) as caught:
        TABLE.next_state(**said)
    return str(caught.value), caught.value.guard


def test_the_first_guard_that_does_not_hold_refuses():
    held = {Needs.ADDRESS}
    step = {"state": Place.HERE, "event": Move.SEND, "actor": "sender"}

    assert refusal(**step, holding=held) == ("Add a stamp.", Needs.STAMP)
    assert refusal(**step, holding={Needs.STAMP}) == ("Write an address.", Needs.ADDRESS)
    assert TABLE.next_state(**step, holding=set(Needs)) is Place.THERE


def test_somebody_else_takes_a_row_of_their_own():
    assert TABLE.next_state(state="here", event=Move.SEND, actor="post") is Place.THERE
    assert refusal(state="here", event=Move.SEND, actor="thief", holding=set(Needs)) == (
        "A thief does not send it.",
        None,
    )
    # A row that names actors is nobody's step where nobody is said.
    assert refusal(state="here", event=Move.SEND, holding=set(Needs))[1] is None


def test_a_state_without_the_step_says_so_before_anything_else():
    assert refusal(state="there", event=Move.SEND, actor="thief") == (
        "It is there, so you cannot send it.",
        None,
    )


def test_what_is_open_is_listed_once_in_the_order_of_the_table():
    assert TABLE.open_events(state="here") == (Move.SEND, Move.WEIGH)
    assert TABLE.open_events(state="there", actor="post") == (Move.WEIGH,)
    assert TABLE.may(state="there", event=Move.TAKE_BACK, actor="sender")
    assert not TABLE.may(state="there", event=Move.TAKE_BACK, actor="post")


def test_changes_leave_out_steps_that_stay():
    assert TABLE.changes() == (("here", "there"), ("there", "here"))
