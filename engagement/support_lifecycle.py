"""The lives of a support offer, an enrolment and a peer link: one table of steps, and refusals.

The table holds every event, of what, from which states, by whom, under which guards. Callers work
the guards out and say which hold; nothing here asks a database. The database refuses every change
of state that the table does not hold, by triggers made from it. Taking part is voluntary: each
step that binds a body is that body's own, and it may leave at any time.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum


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


class SupportRefusedError(Exception):
    """A step may not be taken; the message says why to the person who tried.

    `guard` is the one that did not hold; it is None when the state refused.
    """

    def __init__(self, message: str, *, guard: Guard | None = None) -> None:
        self.guard = guard
        super().__init__(message)


@dataclass(frozen=True)
class Transition:
    """One row of the table."""

    noun: Noun
    from_states: frozenset[State]
    event: Event
    to: State
    actors: frozenset[Actor]
    guards: tuple[Guard, ...] = ()


_CENTRE, _BODY = frozenset({Actor.CENTRE}), frozenset({Actor.BODY})
_JOINING = (Guard.OFFER_OPEN, Guard.HAS_ROOM)


def _of(*states: State) -> frozenset[State]:
    return frozenset(states)


TRANSITIONS: tuple[Transition, ...] = (
    Transition(Noun.OFFER, _of(State.DRAFT), Event.OPEN, State.OPEN, _CENTRE),
    Transition(Noun.OFFER, _of(State.OPEN), Event.CLOSE, State.CLOSED, _CENTRE),
    Transition(Noun.OFFER, _of(State.CLOSED), Event.REOPEN, State.OPEN, _CENTRE),
    Transition(Noun.ENROLMENT, _of(State.OFFERED), Event.ACCEPT, State.ACCEPTED, _BODY, _JOINING),
    # No reason is asked for, and none is needed.
    Transition(Noun.ENROLMENT, _of(State.OFFERED), Event.DECLINE, State.DECLINED, _BODY),
    Transition(Noun.ENROLMENT, _of(State.ASKED), Event.GIVE, State.ACCEPTED, _CENTRE, _JOINING),
    Transition(
        Noun.ENROLMENT,
        _of(State.ASKED),
        Event.TURN_DOWN,
        State.NOT_GIVEN,
        _CENTRE,
        (Guard.WORDS_GIVEN,),
    ),
    Transition(Noun.ENROLMENT, _of(State.OFFERED), Event.WITHDRAW, State.WITHDRAWN, _CENTRE),
    Transition(Noun.ENROLMENT, _of(State.ACCEPTED), Event.START, State.UNDER_WAY, _CENTRE),
    Transition(
        Noun.ENROLMENT,
        _of(State.UNDER_WAY),
        Event.END,
        State.ENDED,
        _CENTRE,
        (Guard.WORDS_GIVEN,),
    ),
    Transition(
        Noun.ENROLMENT,
        _of(State.ASKED, State.ACCEPTED, State.UNDER_WAY),
        Event.LEAVE,
        State.LEFT,
        _BODY,
    ),
    Transition(Noun.LINK, _of(State.OFFERED), Event.ACCEPT, State.ACCEPTED, _BODY),
    Transition(Noun.LINK, _of(State.OFFERED), Event.DECLINE, State.DECLINED, _BODY),
    Transition(Noun.LINK, _of(State.OFFERED), Event.WITHDRAW, State.WITHDRAWN, _CENTRE),
    # Either body may end what both do of their own will; so may who brought them together.
    Transition(
        Noun.LINK,
        _of(State.ACCEPTED),
        Event.END,
        State.ENDED,
        _CENTRE | _BODY,
        (Guard.WORDS_GIVEN,),
    ),
)

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


def next_state(
    *, noun: Noun, state: str, event: Event, actor: Actor, holding: Collection[Guard] = ()
) -> State:
    """Return the state that a step leads to, or say why it may not be taken.

    Args:
        noun: what the step is about.
        state: where it is, a value of `State`.
        event: what is to happen.
        actor: who brings it.
        holding: the guards that hold. One that is not named does not hold.

    Returns:
        The new state.

    Raises:
        SupportRefusedError: the state does not allow the step, the other side takes it, or a guard
            does not hold.

    Source: the project's own table.
    """
    for row in TRANSITIONS:
        if row.noun == noun and row.event == event and state in row.from_states:
            if actor not in row.actors:
                who = "A signatory of the body" if actor == Actor.CENTRE else "The national team"
                raise SupportRefusedError(f"{who} takes this step.")
            for guard in row.guards:
                if guard not in holding:
                    raise SupportRefusedError(REFUSALS[guard], guard=guard)
            return row.to
    raise SupportRefusedError(
        f"This {noun.value} {STATE_WORDS[State(state)]}, so you cannot {EVENT_WORDS[event]}. "
        "Open it to see what happened."
    )


def leads_to(*, noun: Noun, event: Event) -> State | None:
    """Return the state to which an event leads, from wherever it may happen.

    Args:
        noun: what the event is about.
        event: what happens.

    Returns:
        The state; None where no such thing happens to that noun.

    Source: the project's own table, in which an event of a noun leads to one state.
    """
    found = {row.to for row in TRANSITIONS if row.noun == noun and row.event == event}
    return next(iter(found), None)


def steps(*, noun: Noun, state: str, actor: Actor) -> tuple[Event, ...]:
    """Return the steps that are open to somebody from a state, guards aside; for what pages offer.

    Args:
        noun: what the steps are about.
        state: where it is.
        actor: who looks.

    Returns:
        The events, in the table's order.

    Source: the project's own table.
    """
    return tuple(
        row.event
        for row in TRANSITIONS
        if row.noun == noun and state in row.from_states and actor in row.actors
    )


def changes(*, noun: Noun) -> tuple[tuple[str, str], ...]:
    """Return each change of state that the table allows, once, in order.

    Args:
        noun: of what.

    Returns:
        State before and state after.

    Source: the project's own table.
    """
    return tuple(
        sorted(
            {
                (before.value, row.to.value)
                for row in TRANSITIONS
                if row.noun == noun
                for before in row.from_states
            }
        )
    )


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
