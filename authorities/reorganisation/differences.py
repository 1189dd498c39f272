"""What is different between two geographies."""

import hashlib
from collections.abc import Iterable
from dataclasses import fields
from datetime import date

from authorities.reorganisation.facts import (
    BodyKey,
    CodeFact,
    DesignationFact,
    Geography,
    GovernanceFact,
    GroupFact,
    MemberFact,
    NameFact,
)

# What a planned authority does on its first day.
ESTABLISHED = "Is established"
ENDS = "Ends"
GIVEN_UP = "Is given up before it began"
_SCHEMES = {"ons": "ONS", "ods": "ODS"}


def fingerprint(
    *, before: Geography, after: Geography, governance: Iterable[GovernanceFact] = ()
) -> str:
    """Return a hash of every fact that one geography has and the other has not.

    Args:
        before: the geography without a change.
        after: the geography with it.
        governance: what is on record of governance and ends with the change.

    Returns:
        64 hexadecimal digits; the same for the same change of the same facts, whatever else the
        geographies hold.
    """
    lines = []
    for field in fields(Geography):
        if field.name.startswith("_"):
            continue
        old, new = set(getattr(before, field.name)), set(getattr(after, field.name))
        lines += sorted(f"- {fact!r}" for fact in old - new)
        lines += sorted(f"+ {fact!r}" for fact in new - old)
    lines += sorted(f"- {fact!r}" for fact in governance)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def body_texts(*, before: Geography, after: Geography, on: date) -> tuple[tuple[BodyKey, str], ...]:
    """Return what happens to each body, in words, by kind and slug.

    Args:
        before: the geography without the change.
        after: the geography with it.
        on: the day of the change.

    Returns:
        One text for each thing that happens; a body may stand several times.
    """
    found: list[tuple[BodyKey, str]] = []
    for body in after.bodies:
        was = before.body(body.key)
        if body.closed == on and (was is None or was.closed != on):
            found.append((body.key, GIVEN_UP if body.opened is None else ENDS))
        if body.opened == on and (was is None or was.opened != on):
            established = was is not None and was.planned
            found.append((body.key, ESTABLISHED if established else "Begins"))
    found += _new_facts(before, after, on)
    found += _area_texts(before, after, on)
    return tuple(sorted(found, key=lambda one: (one[0], one[1])))


def _new_facts(before: Geography, after: Geography, on: date) -> list[tuple[BodyKey, str]]:
    found: list[tuple[BodyKey, str]] = []
    for kind in ("names", "codes", "designations", "groups", "members"):
        had = set(getattr(before, kind))
        for fact in getattr(after, kind):
            if fact not in had and fact.valid.start == on:
                found.append(_text(fact, after, on))
    return found


def _text(
    fact: NameFact | CodeFact | DesignationFact | GroupFact | MemberFact,
    after: Geography,
    on: date,
) -> tuple[BodyKey, str]:
    match fact:
        case NameFact(body=body, name=name):
            return body, f"Is called {name}"
        case CodeFact(body=body, scheme=scheme, value=value):
            return body, f"Has the {_SCHEMES[scheme]} code {value}"
        case DesignationFact(body=body, type=type_, tier=tier):
            return body, f"Is a {tier.replace('_', ' ')} {type_.replace('_', ' ')}"
        case GroupFact(member=member, group=group):
            return member, f"Belongs to {after.name_on(group, on)}"
        case MemberFact(council=council, authority=authority, planned=planned):
            plan = " (planned)" if planned else ""
            return council, f"Belongs to {after.name_on(authority, on)}{plan}"


def _area_texts(before: Geography, after: Geography, on: date) -> list[tuple[BodyKey, str]]:
    """How many people each body has without and with the change."""
    found = []
    for kind in ("integrated_care_board", "council", "strategic_authority"):
        for key in sorted({body.key for body in after.bodies if body.key.kind == kind}):
            body = after.body(key)
            if body is None or body.closed == on:
                continue
            was = before.population(before.parts_of(key, on))
            now = after.population(after.parts_of(key, on))
            if was != now:
                found.append((key, f"Has {now:,} people; {was:,} without the change"))
    return found
