"""What tests of changes read of a geography, and the bodies that they open."""

from authorities.reorganisation.facts import (
    BodyKey,
    Geography,
)
from authorities.reorganisation.operations import (
    Open,
)
from authorities.span import Span
from tests.authorities.reorganisation.small_england import (
    DAY,
    NEW_BOARD,
    NEW_COUNCIL,
    NORTH,
    START,
)

FROM_THEN = Span(DAY, None)


OPEN_BOARD = Open(
    body=NEW_BOARD,
    name="The New Board",
    short_name="New",
    ons_code="E54000099",
    ods_code="N3W",
    group=NORTH,
)


OPEN_COUNCIL = Open(body=NEW_COUNCIL, name="The New Council", short_name="New Council")


def names(geography: Geography, body: BodyKey) -> list[tuple[str, Span]]:
    return sorted(
        ((f.name, f.valid) for f in geography.names if f.body == body),
        key=lambda one: one[1].start or START,
    )


def codes(geography: Geography, body: BodyKey) -> set[tuple[str, str, Span]]:
    return {(f.scheme, f.value, f.valid) for f in geography.codes if f.body == body}


def memberships(geography: Geography, council: BodyKey) -> set[tuple[str, str, bool, Span]]:
    return {
        (f.authority.slug, f.role, f.planned, f.valid)
        for f in geography.members
        if f.council == council
    }


def members(geography: Geography, group: BodyKey) -> set[str]:
    return {f.member.slug for f in geography.groups if f.group == group and f.valid.holds_on(DAY)}


def successions(geography: Geography) -> list[tuple[object, ...]]:
    return sorted(
        (f.predecessor.slug, f.successor.slug, f.kind, f.population, f.share)
        for f in geography.successions
    )
