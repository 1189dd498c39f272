"""The lives of a support offer, an enrolment and a peer link: one table of steps, and refusals.

The table holds every event, of what, from which states, by whom, under which guards. Callers work
the guards out and say which hold; nothing here asks a database. The database refuses every change
of state that the table does not hold, by triggers made from it. Taking part is voluntary: each
step that binds a body is that body's own, and it may leave at any time.
"""

from enum import StrEnum

from authorities.state_table import RefusedError, StateTable, Step


class Noun(StrEnum):
    """What has a life here."""

    OFFER = "offer"
    ENROLMENT = "enrolment"
    LINK = "link"


class State(StrEnum):
    """Where an offer, an enrolment or a link is; the values of the models' states."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    # A body asked for an offer itself.
    ASKED = "asked"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    # The centre took back what nobody had answered, or had no place for who asked.
    WITHDRAWN = "withdrawn"
    NOT_GIVEN = "not_given"
    UNDER_WAY = "under_way"
    ENDED = "ended"
    LEFT = "left"


class Event(StrEnum):
    """What may happen."""

    OPEN = "open"
    CLOSE = "close"
    REOPEN = "reopen"
    ACCEPT = "accept"
    DECLINE = "decline"
    GIVE = "give"
    TURN_DOWN = "turn-down"
    WITHDRAW = "withdraw"
    START = "start"
    END = "end"
    LEAVE = "leave"


class Actor(StrEnum):
    """Who takes a step: the centre, or a signatory of a body that it concerns."""

    CENTRE = "centre"
    BODY = "body"


class Guard(StrEnum):
    """A fact that must hold before a step; its refusal is in `REFUSALS`."""

    OFFER_OPEN = "offer_open"
    HAS_ROOM = "has_room"
    WORDS_GIVEN = "words_given"


REFUSALS = {
    Guard.OFFER_OPEN: "This offer is closed, so nobody can join it any more.",
    Guard.HAS_ROOM: (
        "All places of this offer are taken. Ask the national team whether there will be more."
    ),
    Guard.WORDS_GIVEN: "Say it in a sentence or two, so that the others can read it.",
}

STATE_WORDS = {
    State.DRAFT: "is a draft",
    State.OPEN: "is open",
    State.CLOSED: "is closed",
    State.ASKED: "was asked for and waits for the national team",
    State.OFFERED: "is offered and waits for an answer",
    State.ACCEPTED: "was accepted",
    State.DECLINED: "was declined",
    State.WITHDRAWN: "was withdrawn",
    State.NOT_GIVEN: "could not be given",
    State.UNDER_WAY: "is under way",
    State.ENDED: "has ended",
    State.LEFT: "was left",
}

EVENT_WORDS = {
    Event.OPEN: "open it",
    Event.CLOSE: "close it",
    Event.REOPEN: "open it again",
    Event.ACCEPT: "accept it",
    Event.DECLINE: "decline it",
    Event.GIVE: "give a place",
    Event.TURN_DOWN: "turn it down",
    Event.WITHDRAW: "withdraw it",
    Event.START: "start it",
    Event.END: "end it",
    Event.LEAVE: "leave it",
}


class SupportRefusedError(RefusedError):
    """A step of an offer, an enrolment or a link may not be taken."""


_CENTRE, _BODY = frozenset({Actor.CENTRE}), frozenset({Actor.BODY})
_JOINING = (Guard.OFFER_OPEN, Guard.HAS_ROOM)


def _of(*states: State) -> frozenset[State]:
    return frozenset(states)


_MAY_LEAVE = _of(State.ASKED, State.ACCEPTED, State.UNDER_WAY)
_STEPS: dict[Noun, tuple[Step[State, Event, Guard], ...]] = {
    Noun.OFFER: (
        Step(_of(State.DRAFT), Event.OPEN, State.OPEN, actors=_CENTRE),
        Step(_of(State.OPEN), Event.CLOSE, State.CLOSED, actors=_CENTRE),
        Step(_of(State.CLOSED), Event.REOPEN, State.OPEN, actors=_CENTRE),
    ),
    Noun.ENROLMENT: (
        Step(_of(State.OFFERED), Event.ACCEPT, State.ACCEPTED, _JOINING, _BODY),
        # No reason is asked for, and none is needed.
        Step(_of(State.OFFERED), Event.DECLINE, State.DECLINED, actors=_BODY),
        Step(_of(State.ASKED), Event.GIVE, State.ACCEPTED, _JOINING, _CENTRE),
        Step(_of(State.ASKED), Event.TURN_DOWN, State.NOT_GIVEN, (Guard.WORDS_GIVEN,), _CENTRE),
        Step(_of(State.OFFERED), Event.WITHDRAW, State.WITHDRAWN, actors=_CENTRE),
        Step(_of(State.ACCEPTED), Event.START, State.UNDER_WAY, actors=_CENTRE),
        Step(_of(State.UNDER_WAY), Event.END, State.ENDED, (Guard.WORDS_GIVEN,), _CENTRE),
        Step(
            _of(State.ASKED, State.ACCEPTED, State.UNDER_WAY), Event.LEAVE, State.LEFT, actors=_BODY
        ),
    ),
    Noun.LINK: (
        Step(_of(State.OFFERED), Event.ACCEPT, State.ACCEPTED, actors=_BODY),
        Step(_of(State.OFFERED), Event.DECLINE, State.DECLINED, actors=_BODY),
        Step(_of(State.OFFERED), Event.WITHDRAW, State.WITHDRAWN, actors=_CENTRE),
        # Either body may end what both do of their own will; so may who brought them together.
        Step(_of(State.ACCEPTED), Event.END, State.ENDED, (Guard.WORDS_GIVEN,), _CENTRE | _BODY),
    ),
}

STATES_OF = {
    Noun.OFFER: (State.DRAFT, State.OPEN, State.CLOSED),
    Noun.ENROLMENT: (
        *(State.ASKED, State.OFFERED, State.ACCEPTED, State.DECLINED, State.WITHDRAWN),
        *(State.NOT_GIVEN, State.UNDER_WAY, State.ENDED, State.LEFT),
    ),
    Noun.LINK: (*(State.OFFERED, State.ACCEPTED, State.DECLINED, State.WITHDRAWN, State.ENDED),),
}
# A body takes up one of its places in these.
TAKEN_UP = (State.ACCEPTED, State.UNDER_WAY)
# Nothing more comes of an enrolment or a link in one of these.
SETTLED = (*(State.DECLINED, State.WITHDRAWN, State.NOT_GIVEN, State.ENDED, State.LEFT),)


def _life(noun: Noun) -> StateTable[State, Event, Guard]:
    def says(state: str, event: Event) -> str:
        return (
            f"This {noun.value} {STATE_WORDS[State(state)]}, so you cannot {EVENT_WORDS[event]}. "
            "Open it to see what happened."
        )

    def somebody_else(_: Event, actor: str) -> str:
        who = "A signatory of the body" if actor == Actor.CENTRE else "The national team"
        return f"{who} takes this step."

    return StateTable(_STEPS[noun], REFUSALS, says, SupportRefusedError, somebody_else)


LIVES = {noun: _life(noun) for noun in Noun}


def leads_to(*, noun: Noun, event: Event) -> State | None:
    """Return the state to which an event leads, from wherever it may happen.

    Args:
        noun: what the event is about.
        event: what happens.

    Returns:
        The state; None where no such thing happens to that noun.

    Source: the project's own table, in which an event of a noun leads to one state.
    """
    return next((row.to for row in LIVES[noun].steps if row.event == event), None)


def suggested_sides(
    *, aimed_at: str, group: str | None, less_engaged: str | None
) -> tuple[str, ...]:
    """Return at which sides of a pair an offer is aimed.

    Args:
        aimed_at: "both", or "less_engaged".
        group: the pair's support group; None is not assessed.
        less_engaged: "sa" or "icb"; None where both stand alike or the pair is not assessed.

    Returns:
        "sa", "icb", both, or none: a pair that is not assessed is offered nothing by itself.

    Source: the project's table of support groups; both sides where neither is less engaged.
    """
    if group is None:
        return ()
    if aimed_at == "less_engaged" and less_engaged is not None:
        return (less_engaged,)
    return ("sa", "icb")
