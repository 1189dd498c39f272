"""States and steps of frameworks in words."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from authorities.presenters.words import day_text
from outcomes.framework_content import Content, Place
from outcomes.models import VersionState
from outcomes.queries.framework_pages import Declined, Happening


@dataclass(frozen=True)
class StateTag:
    """A state in words, with a colour that only repeats them."""

    text: str
    colour: str


STATE_TAGS: dict[str, StateTag] = {
    VersionState.DRAFT: StateTag("Draft", "grey"),
    VersionState.PROPOSED: StateTag("Proposed", "blue"),
    VersionState.PARTLY_SIGNED: StateTag("Partly signed", "teal"),
    VersionState.AGREED: StateTag("Agreed", "green"),
    VersionState.SUPERSEDED: StateTag("Replaced", "grey"),
    VersionState.DISCARDED: StateTag("Given up", "grey"),
    VersionState.ENDED: StateTag("Ended", "grey"),
}

_HAPPENED = {
    "start": "began the framework",
    "edit": "changed it after it was proposed: signatures given until then are void",
    "propose": "proposed it",
    "sign": "signed it",
    "sign_last": "signed it as the last owner",
    "decline": "declined it",
    "discard": "gave it up",
    "propose_change": "proposed a change to it",
    "partner_merged": "An owner merged, and its successor was asked to stand by it",
    "adopt": "stands by it as the successor of an owner",
    "unassign": "An owner ended, and who follows it is to be chosen",
    "assign": "chose who goes on in place of an owner that ended",
    "end": "ended it",
    "supersede": "replaced it by the next version",
    "target_changed": "changed a target",
    "target_removed": "took a target out",
}


@dataclass(frozen=True)
class HistoryRow:
    """One step in words; `reason` is what whoever took it said."""

    who: str
    did: str
    when: str
    reason: str


def moment_text(moment: datetime) -> str:
    """Return an instant's day in London as people write it."""
    return day_text(day=timezone.localdate(moment))


def history_row(happening: Happening) -> HistoryRow:
    """Return one step in words."""
    did = _HAPPENED.get(happening.type, happening.type.replace("_", " "))
    payload = happening.payload
    if happening.type.startswith("target_"):
        change = f"{payload['before']} before"
        if payload["after"]:
            change = f"{payload['before']} before, {payload['after']} now"
        did = f"{did}: {payload['name']} ({change})"
    if happening.type == "end" and not happening.body:
        did = "It ended with its authority"
    return HistoryRow(
        who=happening.body,
        did=did,
        when=moment_text(happening.at),
        reason=happening.reason,
    )


def set_words(place: Place) -> str:
    """Return with which set an indicator came in; empty where it came alone."""
    return f"Came in with the set “{place.set_name}”." if place.set_name else ""


def adopted_text(content: Content) -> str:
    """Return which sets were adopted wholesale, by name, with what of each is in the framework."""
    found = Counter(place.set_name for place in content.places if place.set_name)
    if not found:
        return ""
    sets = [f"“{name}” ({number})" for name, number in sorted(found.items())]
    return f"Adopted as a whole, with the indicators that came in: {'; '.join(sets)}."


def declined_text(declined: Declined) -> str:
    """Return who declined a version and why, for those who go on writing it."""
    return f"{declined.body} declined it on {moment_text(declined.at)}: “{declined.reason}”"


def owners_text(names: tuple[str, ...] | list[str]) -> str:
    """Return names as 'A', 'A and B' or 'A, B and C'."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
