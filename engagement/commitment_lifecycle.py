"""The life of a joint commitment: one table of steps, by whom, and why one is refused.

A commitment is proposed by one side and confirmed by the other; both say how it stands. What
either of them wants to change, or to close, waits for the other. The database refuses every change
of state that the table does not hold, by a trigger made from it.
"""

from enum import StrEnum

from authorities.state_table import RefusedError, StateTable, Step


class State(StrEnum):
    """Where a commitment is; the values of `CommitmentState`."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    DECLINED = "declined"
    # One side has said that it is over, and the other has not answered.
    CLOSING = "closing"
    CLOSED = "closed"


class Event(StrEnum):
    """What may happen to a commitment."""

    CONFIRM = "confirm"
    DECLINE = "decline"
    UPDATE = "update"
    SEND_BACK = "send-back"
    PROPOSE_CHANGE = "propose-change"
    ACCEPT_CHANGE = "accept-change"
    REFUSE_CHANGE = "refuse-change"
    TAKE_BACK_CHANGE = "take-back-change"
    PROPOSE_CLOSURE = "propose-closure"
    CONFIRM_CLOSURE = "confirm-closure"
    REFUSE_CLOSURE = "refuse-closure"
    TAKE_BACK_CLOSURE = "take-back-closure"
    # What needs no consent: what it serves and rests on, who owns it, and the money that a side
    # knows of.
    DESCRIBE = "describe"
    NAME_OWNER = "owner"
    STATE_MONEY = "state-money"
    CORRECT_MONEY = "correct-money"
    WITHDRAW_MONEY = "withdraw-money"
    # Its pair ended: it goes on with another, or waits until one is chosen.
    MOVE = "move"
    ASSIGN = "assign"
    RECONFIRM = "reconfirm"


class Actor(StrEnum):
    """Who takes a step, seen from what it answers: a proposal, a change, an update or money."""

    # The side that made it; of what answers nothing, either side may be either.
    MOVER = "mover"
    OTHER = "other"
    CENTRE = "centre"
    CHANGE = "change"


class Guard(StrEnum):
    """A fact that must hold before a step; its refusal is in `REFUSALS`."""

    ASSIGNED = "assigned"
    UNASSIGNED = "unassigned"
    FOLLOWS = "follows"
    OWNER_NAMED = "owner_named"
    OWNER_OF_THE_BODY = "owner_of_the_body"
    REASON_GIVEN = "reason_given"
    NARRATIVE_GIVEN = "narrative_given"
    COMMENT_GIVEN = "comment_given"
    NEWEST_OF_ITS_SIDE = "newest_of_its_side"
    NOT_SENT_BACK_YET = "not_sent_back_yet"
    NO_CHANGE_WAITS = "no_change_waits"
    STILL_WAITS = "still_waits"
    DATE_OR_REASON = "date_or_reason"
    SOMETHING_CHANGES = "something_changes"
    FINAL_STATUS = "final_status"
    AS_IT_WAS_READ = "as_it_was_read"
    SOURCE_SAID = "source_said"
    YEAR_AND_AMOUNT = "year_and_amount"
    NOT_STATED_YET = "not_stated_yet"
    STILL_STANDS = "still_stands"
    WAITS_FOR_THE_SIDE = "waits_for_the_side"


REFUSALS = {
    Guard.ASSIGNED: (
        "The pair of this commitment has ended. Choose first which pair goes on with it."
    ),
    Guard.UNASSIGNED: (
        "Somebody else has chosen a pair for this commitment meanwhile. Open it to see which."
    ),
    Guard.FOLLOWS: "Choose one of the pairs that follow the one that ended.",
    Guard.OWNER_NAMED: "Enter the role that owns it on your side.",
    Guard.OWNER_OF_THE_BODY: (
        "Choose somebody who has a role at your own body today, or nobody. The other side names "
        "its own owner."
    ),
    Guard.REASON_GIVEN: "Say why, so that the other side can read it.",
    Guard.NARRATIVE_GIVEN: "Say in a sentence or two how it stands.",
    Guard.COMMENT_GIVEN: "Say what should be said differently, so that they can answer it.",
    Guard.NEWEST_OF_ITS_SIDE: (
        "That side has given a later update meanwhile. Read that one; nothing was sent back."
    ),
    Guard.NOT_SENT_BACK_YET: "This update was sent back already, and waits for a new one.",
    Guard.NO_CHANGE_WAITS: (
        "A change of this commitment waits for an answer. It must be answered or taken back first."
    ),
    Guard.STILL_WAITS: (
        "This was answered or taken back meanwhile. Open the commitment to see what happened."
    ),
    Guard.DATE_OR_REASON: "Enter a date, or say why there is none.",
    Guard.SOMETHING_CHANGES: "Nothing would change. Change something first.",
    Guard.FINAL_STATUS: (
        "A commitment is closed as Met or as Constrained. Choose one of the two, and say in a "
        "sentence how it ended."
    ),
    Guard.AS_IT_WAS_READ: (
        "Somebody has changed this commitment since you opened the page. Nothing of yours is "
        "saved: look at what it says now, and save again."
    ),
    Guard.SOURCE_SAID: "Select where the money comes from. Not known is one of the choices.",
    Guard.YEAR_AND_AMOUNT: (
        "Say for which financial year and whether it is for prevention, and enter an amount of "
        "£0 or more, or none where it is not known."
    ),
    Guard.NOT_STATED_YET: (
        "Your side has stated money of this source, year and kind already. Correct that line."
    ),
    Guard.STILL_STANDS: (
        "This line was corrected or withdrawn meanwhile. Open the commitment to see how it stands."
    ),
    Guard.WAITS_FOR_THE_SIDE: "This commitment needs no new confirmation. Nothing was changed.",
}
STATE_WORDS = {
    State.PROPOSED: "is proposed and waits for the other side",
    State.AGREED: "is agreed",
    State.DECLINED: "was declined",
    State.CLOSING: "waits to be closed",
    State.CLOSED: "is closed",
}
EVENT_WORDS = {
    Event.CONFIRM: "confirm it",
    Event.DECLINE: "decline it",
    Event.UPDATE: "give an update on it",
    Event.SEND_BACK: "send back an update on it",
    Event.PROPOSE_CHANGE: "change it",
    Event.ACCEPT_CHANGE: "accept a change of it",
    Event.REFUSE_CHANGE: "refuse a change of it",
    Event.TAKE_BACK_CHANGE: "take back a change of it",
    Event.PROPOSE_CLOSURE: "ask to close it",
    Event.CONFIRM_CLOSURE: "confirm that it is closed",
    Event.REFUSE_CLOSURE: "keep it open",
    Event.TAKE_BACK_CLOSURE: "take back what you asked",
    Event.DESCRIBE: "describe it",
    Event.NAME_OWNER: "say who owns it",
    Event.STATE_MONEY: "state money for it",
    Event.CORRECT_MONEY: "correct its money",
    Event.WITHDRAW_MONEY: "withdraw money from it",
    Event.MOVE: "pass it on",
    Event.ASSIGN: "choose its pair",
    Event.RECONFIRM: "confirm it again",
}


class CommitmentRefusedError(RefusedError):
    """A step of a commitment may not be taken."""


_PROPOSED, _AGREED = frozenset({State.PROPOSED}), frozenset({State.AGREED})
_CLOSING = frozenset({State.CLOSING})
_MOVER, _OTHER = frozenset({Actor.MOVER}), frozenset({Actor.OTHER})
_EITHER = _MOVER | _OTHER
_CHANGE = frozenset({Actor.CHANGE})
_CHANGING = (Guard.ASSIGNED, Guard.NO_CHANGE_WAITS)
_MONEY = (Guard.SOURCE_SAID, Guard.YEAR_AND_AMOUNT, Guard.NOT_STATED_YET)


def _open_steps(here: frozenset[State], stays: State) -> tuple[Step[State, Event, Guard], ...]:
    """Return the steps that either side takes alone while a commitment is open."""
    assigned = Guard.ASSIGNED
    return (
        Step(
            here,
            Event.DESCRIBE,
            stays,
            (assigned, Guard.AS_IT_WAS_READ, Guard.OWNER_NAMED, Guard.SOMETHING_CHANGES),
            _EITHER,
        ),
        Step(here, Event.NAME_OWNER, stays, (assigned, Guard.OWNER_OF_THE_BODY), _EITHER),
        Step(here, Event.STATE_MONEY, stays, (assigned, *_MONEY), _EITHER),
        Step(
            here,
            Event.CORRECT_MONEY,
            stays,
            (assigned, Guard.STILL_STANDS, *_MONEY, Guard.SOMETHING_CHANGES),
            _MOVER,
        ),
        Step(
            here,
            Event.WITHDRAW_MONEY,
            stays,
            (assigned, Guard.STILL_STANDS, Guard.REASON_GIVEN),
            _MOVER,
        ),
    )


TRANSITIONS: tuple[Step[State, Event, Guard], ...] = (
    Step(
        _PROPOSED,
        Event.CONFIRM,
        State.AGREED,
        (Guard.ASSIGNED, Guard.OWNER_NAMED),
        _OTHER,
    ),
    Step(
        _PROPOSED,
        Event.DECLINE,
        State.DECLINED,
        (Guard.ASSIGNED, Guard.REASON_GIVEN),
        _OTHER,
    ),
    Step(
        _AGREED,
        Event.UPDATE,
        State.AGREED,
        (Guard.ASSIGNED, Guard.NARRATIVE_GIVEN),
        _EITHER,
    ),
    Step(
        _AGREED,
        Event.SEND_BACK,
        State.AGREED,
        (Guard.NEWEST_OF_ITS_SIDE, Guard.NOT_SENT_BACK_YET, Guard.COMMENT_GIVEN),
        _OTHER | {Actor.CENTRE},
    ),
    Step(
        _AGREED,
        Event.PROPOSE_CHANGE,
        State.AGREED,
        (*_CHANGING, Guard.DATE_OR_REASON, Guard.SOMETHING_CHANGES, Guard.REASON_GIVEN),
        _EITHER,
    ),
    Step(_AGREED, Event.ACCEPT_CHANGE, State.AGREED, (Guard.STILL_WAITS,), _OTHER),
    Step(
        _AGREED,
        Event.REFUSE_CHANGE,
        State.AGREED,
        (Guard.STILL_WAITS, Guard.REASON_GIVEN),
        _OTHER,
    ),
    Step(_AGREED, Event.TAKE_BACK_CHANGE, State.AGREED, (Guard.STILL_WAITS,), _MOVER),
    Step(
        _AGREED,
        Event.PROPOSE_CLOSURE,
        State.CLOSING,
        (*_CHANGING, Guard.FINAL_STATUS),
        _EITHER,
    ),
    Step(_CLOSING, Event.CONFIRM_CLOSURE, State.CLOSED, (Guard.STILL_WAITS,), _OTHER),
    Step(
        _CLOSING,
        Event.REFUSE_CLOSURE,
        State.AGREED,
        (Guard.STILL_WAITS, Guard.REASON_GIVEN),
        _OTHER,
    ),
    Step(_CLOSING, Event.TAKE_BACK_CLOSURE, State.AGREED, (Guard.STILL_WAITS,), _MOVER),
    *(
        step
        for state in (State.PROPOSED, State.AGREED, State.CLOSING)
        for step in _open_steps(frozenset({state}), state)
    ),
    # What waits for an answer when a body ends is taken back: its successor may ask again.
    Step(_PROPOSED, Event.MOVE, State.PROPOSED, (), _CHANGE),
    Step(_AGREED | _CLOSING, Event.MOVE, State.AGREED, (), _CHANGE),
    Step(
        _PROPOSED,
        Event.ASSIGN,
        State.PROPOSED,
        (Guard.UNASSIGNED, Guard.FOLLOWS),
        _EITHER,
    ),
    Step(_AGREED, Event.ASSIGN, State.AGREED, (Guard.UNASSIGNED, Guard.FOLLOWS), _EITHER),
    Step(
        _PROPOSED,
        Event.RECONFIRM,
        State.PROPOSED,
        (Guard.ASSIGNED, Guard.WAITS_FOR_THE_SIDE),
        _EITHER,
    ),
    Step(
        _AGREED,
        Event.RECONFIRM,
        State.AGREED,
        (Guard.ASSIGNED, Guard.WAITS_FOR_THE_SIDE),
        _EITHER,
    ),
)
# Somebody has still something to do, and a reorganisation passes it on.
OPEN_STATES = (State.PROPOSED, State.AGREED, State.CLOSING)
# Both sides stand by it: their word counts, though it may be over soon.
PROMISED = (State.AGREED, State.CLOSING)
# Both sides stood by these once.
EVER_AGREED = (*PROMISED, State.CLOSED)
SETTLED = (State.DECLINED, State.CLOSED)


def _says(state: str, event: Event) -> str:
    return f"This commitment {STATE_WORDS[State(state)]}, so you cannot {EVENT_WORDS[event]}."


_OWN_STEP = frozenset({Event.TAKE_BACK_CHANGE, Event.TAKE_BACK_CLOSURE})


def _wrong_actor(event: Event, actor: str) -> str:
    if event in _OWN_STEP:
        return "The other side asked for this, so only they can take it back."
    if event in (Event.CORRECT_MONEY, Event.WITHDRAW_MONEY):
        return "The other side stated this, so only they can correct or withdraw it."
    if event in (Event.CONFIRM, Event.DECLINE):
        return "Your side proposed this commitment, so the other side answers it."
    if event == Event.SEND_BACK:
        return "This update is your own side’s. Give a new one instead."
    if actor == Actor.MOVER:
        return "Your side asked for this, so the other side answers it."
    return "Only the two sides of the commitment take this step."


LIFE = StateTable(TRANSITIONS, REFUSALS, _says, CommitmentRefusedError, _wrong_actor)
next_state, may, changes = LIFE.next_state, LIFE.may, LIFE.changes
