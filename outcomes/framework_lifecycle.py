"""The life of a version of an outcomes framework: one table of steps, and why one is refused.

The table holds every event that a party may bring, from which states and under which guards.
Callers work the guards out and say which hold; nothing here asks a database. The database refuses
every change of state that the table does not hold, by a trigger made from it.
"""

from enum import StrEnum

from authorities.state_table import RefusedError, StateTable, Step


class State(StrEnum):
    """Where a version is; the values of `VersionState`."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    PARTLY_SIGNED = "partly_signed"
    AGREED = "agreed"
    SUPERSEDED = "superseded"
    DISCARDED = "discarded"
    ENDED = "ended"


class Event(StrEnum):
    """What may happen to a version."""

    EDIT = "edit"
    PROPOSE = "propose"
    # A signature that others have yet to follow, and the one that completes them.
    SIGN = "sign"
    SIGN_LAST = "sign_last"
    DECLINE = "decline"
    DISCARD = "discard"
    # The agreed version stays in force, and a draft of the next begins.
    PROPOSE_CHANGE = "propose_change"
    # A partner merged, and its successor has yet to say that it stands by what was agreed.
    PARTNER_MERGED = "partner_merged"
    ADOPT = "adopt"
    # An owner ended without one clear successor, and one that the authority's side chose later.
    UNASSIGN = "unassign"
    ASSIGN = "assign"
    # What was agreed holds no longer, and nothing takes its place.
    END = "end"
    # The next version was agreed.
    SUPERSEDE = "supersede"


class Guard(StrEnum):
    """A fact that must hold before a step; its refusal is in `REFUSALS`."""

    VERSION_MATCHES = "version_matches"
    COMPLETE = "complete"
    SAME_CONTENT = "same_content"
    NOT_YET_SIGNED = "not_yet_signed"
    REASON_GIVEN = "reason_given"
    NOTHING_OPEN = "nothing_open"
    WAITS_TO_BE_ADOPTED = "waits_to_be_adopted"
    OWNERS_KNOWN = "owners_known"
    AUTHORITY_CHOOSES = "authority_chooses"
    WAITS_FOR_AN_OWNER = "waits_for_an_owner"
    FOLLOWS = "follows"


REFUSALS = {
    Guard.VERSION_MATCHES: (
        "Somebody else changed this framework since you opened the page. Look at it again."
    ),
    Guard.COMPLETE: "The framework is not complete yet. The list says what is missing.",
    Guard.SAME_CONTENT: (
        "The framework changed since you opened the page, so nothing was stored. Read what "
        "changed, then decide."
    ),
    Guard.NOT_YET_SIGNED: "Your side has signed this version already.",
    Guard.REASON_GIVEN: "Say why, so that all parties can read it.",
    Guard.NOTHING_OPEN: "A next version is on its way already. Change that one.",
    Guard.WAITS_TO_BE_ADOPTED: "Nothing waits for your side to adopt it.",
    Guard.OWNERS_KNOWN: (
        "An owner has ended, and nobody has chosen yet who follows it. The authority’s side "
        "chooses first."
    ),
    Guard.AUTHORITY_CHOOSES: "The authority’s side chooses who goes on with this framework.",
    Guard.WAITS_FOR_AN_OWNER: "Somebody else has chosen meanwhile who goes on with it.",
    Guard.FOLLOWS: "Choose one of those that follow the owner that ended.",
}

STATE_WORDS = {
    State.DRAFT: "is a draft",
    State.PROPOSED: "is proposed and waits for signatures",
    State.PARTLY_SIGNED: "is partly signed",
    State.AGREED: "is agreed",
    State.SUPERSEDED: "was replaced by a later one",
    State.DISCARDED: "was given up",
    State.ENDED: "was ended",
}

EVENT_WORDS = {
    Event.EDIT: "change it",
    Event.PROPOSE: "propose it",
    Event.SIGN: "sign it",
    Event.SIGN_LAST: "sign it",
    Event.DECLINE: "decline it",
    Event.DISCARD: "give it up",
    Event.PROPOSE_CHANGE: "propose a change to it",
    Event.PARTNER_MERGED: "ask for it to be confirmed again",
    Event.ADOPT: "adopt it",
    Event.UNASSIGN: "leave it without an owner",
    Event.ASSIGN: "choose who goes on with it",
    Event.END: "end it",
    Event.SUPERSEDE: "replace it",
}


# What a signature says, by number. A signature's event keeps the number that it was given under.
DECLARATIONS = {
    1: (
        "I have read this version of the framework and sign it for my organisation: its outcomes, "
        "baselines, targets and owners, and what each side does for them."
    ),
}
DECLARATION = max(DECLARATIONS)


class FrameworkRefusedError(RefusedError):
    """A step of a version may not be taken."""


_DRAFT = frozenset({State.DRAFT})
_OUT = frozenset({State.PROPOSED, State.PARTLY_SIGNED})
_AGREED = frozenset({State.AGREED})
_SIGNING = (Guard.SAME_CONTENT, Guard.NOT_YET_SIGNED)
_CHOOSING = (Guard.AUTHORITY_CHOOSES, Guard.WAITS_FOR_AN_OWNER, Guard.FOLLOWS)

TRANSITIONS: tuple[Step[State, Event, Guard], ...] = (
    # An edit of what was proposed takes it back: signatures are for what was read.
    Step(_DRAFT | _OUT, Event.EDIT, State.DRAFT, (Guard.VERSION_MATCHES,)),
    Step(
        _DRAFT,
        Event.PROPOSE,
        State.PROPOSED,
        (Guard.VERSION_MATCHES, Guard.OWNERS_KNOWN, Guard.COMPLETE),
    ),
    Step(_OUT, Event.SIGN, State.PARTLY_SIGNED, _SIGNING),
    Step(_OUT, Event.SIGN_LAST, State.AGREED, _SIGNING),
    Step(_OUT, Event.DECLINE, State.DRAFT, (Guard.SAME_CONTENT, Guard.REASON_GIVEN)),
    Step(
        _DRAFT | _OUT, Event.DISCARD, State.DISCARDED, (Guard.VERSION_MATCHES, Guard.REASON_GIVEN)
    ),
    Step(_AGREED, Event.PROPOSE_CHANGE, State.AGREED, (Guard.REASON_GIVEN, Guard.NOTHING_OPEN)),
    Step(_AGREED, Event.PARTNER_MERGED, State.AGREED),
    Step(_AGREED, Event.ADOPT, State.AGREED, (Guard.WAITS_TO_BE_ADOPTED,)),
    # Of a framework that is not agreed yet, its draft keeps what happened to its owners.
    Step(_AGREED, Event.UNASSIGN, State.AGREED),
    Step(_DRAFT, Event.UNASSIGN, State.DRAFT),
    Step(_AGREED, Event.ASSIGN, State.AGREED, _CHOOSING),
    Step(_DRAFT, Event.ASSIGN, State.DRAFT, _CHOOSING),
    Step(_AGREED, Event.END, State.ENDED, (Guard.REASON_GIVEN,)),
    Step(_AGREED, Event.SUPERSEDE, State.SUPERSEDED),
)


def _says(state: str, event: Event) -> str:
    return f"This version {STATE_WORDS[State(state)]}, so you cannot {EVENT_WORDS[event]}."


LIFE = StateTable(TRANSITIONS, REFUSALS, _says, FrameworkRefusedError)
next_state, may, changes = LIFE.next_state, LIFE.may, LIFE.changes
