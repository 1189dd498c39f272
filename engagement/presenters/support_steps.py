"""The words of each step's page: what is asked, and what is said once it is done."""

from dataclasses import dataclass

from engagement.presenters.support import VOLUNTARY
from engagement.support_lifecycle import Actor, Event, Noun


@dataclass(frozen=True)
class StepWords:
    """A step's page. label: of the words that it takes, empty where it takes none."""

    title: str
    lead: str
    button: str
    done: str
    label: str = ""
    hint: str = ""
    required: str = ""
    warns: bool = False


_ONLY_THE_CENTRE = (
    "You do not have to say why. What you write is for the national team alone, and is not shown "
    "again on your pages"
)
_BOTH_READ = "The body and the national team both read this"

STEPS: dict[tuple[Noun, Actor, Event], StepWords] = {
    (Noun.ENROLMENT, Actor.BODY, Event.ACCEPT): StepWords(
        "Accept the offer",
        f"{VOLUNTARY} You can leave at any time.",
        "Accept",
        "You accepted the offer. The national team is told.",
    ),
    (Noun.ENROLMENT, Actor.BODY, Event.DECLINE): StepWords(
        "Decline the offer",
        VOLUNTARY,
        "Decline",
        "You declined the offer. The national team is told.",
        label="A word why (optional)",
        hint=_ONLY_THE_CENTRE,
    ),
    (Noun.ENROLMENT, Actor.BODY, Event.LEAVE): StepWords(
        "Leave",
        "Nothing follows from leaving. You can ask for the offer again.",
        "Leave",
        "You left. The national team is told.",
        warns=True,
    ),
    (Noun.ENROLMENT, Actor.CENTRE, Event.GIVE): StepWords(
        "Give a place",
        "The body asked for it, so it takes part from now on.",
        "Give a place",
        "The place is given. The body is told.",
    ),
    (Noun.ENROLMENT, Actor.CENTRE, Event.TURN_DOWN): StepWords(
        "Say that it cannot be given",
        "The body asked for it.",
        "Send the answer",
        "The body is told.",
        label="Why can it not be given?",
        hint=_BOTH_READ,
        required="Say why it cannot be given",
        warns=True,
    ),
    (Noun.ENROLMENT, Actor.CENTRE, Event.WITHDRAW): StepWords(
        "Withdraw the offer to this body",
        "It has not answered yet.",
        "Withdraw",
        "The offer to this body is withdrawn.",
        warns=True,
    ),
    (Noun.ENROLMENT, Actor.CENTRE, Event.START): StepWords(
        "Start",
        "From now on it is under way.",
        "Start",
        "It is under way.",
    ),
    (Noun.ENROLMENT, Actor.CENTRE, Event.END): StepWords(
        "End",
        "Support ends, and what came of it is said in words.",
        "End",
        "It has ended.",
        label="What came of it?",
        hint=_BOTH_READ,
        required="Say what came of it",
    ),
    (Noun.LINK, Actor.BODY, Event.ACCEPT): StepWords(
        "Accept the link",
        f"{VOLUNTARY} Once you accept, the ambassador sees that you are linked.",
        "Accept",
        "You accepted the link. The ambassador and the national team are told.",
    ),
    (Noun.LINK, Actor.BODY, Event.DECLINE): StepWords(
        "Decline the link",
        f"{VOLUNTARY} The ambassador does not learn that you were asked.",
        "Decline",
        "You declined the link. The national team is told.",
        label="A word why (optional)",
        hint=_ONLY_THE_CENTRE,
    ),
    (Noun.LINK, Actor.BODY, Event.END): StepWords(
        "End the link",
        "Either body may end it at any time.",
        "End the link",
        "The link has ended.",
        label="What came of it?",
        hint="Both bodies and the national team read this",
        required="Say what came of it",
        warns=True,
    ),
    (Noun.LINK, Actor.CENTRE, Event.WITHDRAW): StepWords(
        "Withdraw the proposal",
        "The body has not answered yet.",
        "Withdraw",
        "The proposal is withdrawn.",
        warns=True,
    ),
    (Noun.LINK, Actor.CENTRE, Event.END): StepWords(
        "End the link",
        "Both bodies read what came of it.",
        "End the link",
        "The link has ended.",
        label="What came of it?",
        hint="Both bodies and the national team read this",
        required="Say what came of it",
        warns=True,
    ),
    (Noun.OFFER, Actor.CENTRE, Event.OPEN): StepWords(
        "Open the offer", "", "Open the offer", "The offer is open. Everybody can read it."
    ),
    (Noun.OFFER, Actor.CENTRE, Event.CLOSE): StepWords(
        "Close the offer", "", "Close the offer", "The offer is closed. Nobody can join it."
    ),
    (Noun.OFFER, Actor.CENTRE, Event.REOPEN): StepWords(
        "Open the offer again", "", "Open it again", "The offer is open again."
    ),
}
