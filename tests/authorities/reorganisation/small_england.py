"""A small England: three boards, four councils in five parts, three authorities and a cluster.

part          people  council   board   authority
E06000001:1      100  ashby     east    alpha; a seat without a vote at beta
E06000002:1      200  barton    east    alpha
E06000003:1      300  corby     west    beta
E06000004:1      400  derwent   south   gamma, planned
E06000004:2       50  derwent   west    gamma, planned
"""

from datetime import date

from authorities.reorganisation.change import apply_change
from authorities.reorganisation.facts import (
    AUTHORITY,
    BOARD,
    CLUSTER,
    COUNCIL,
    NHS_REGION,
    BodyFact,
    BodyKey,
    CodeFact,
    DesignationFact,
    Geography,
    GroupFact,
    MemberFact,
    NameFact,
    PartBoardFact,
    PartCouncilFact,
    PartFact,
)
from authorities.reorganisation.guards import problems
from authorities.reorganisation.operations import Change, Operation
from authorities.span import Span

START = date(2022, 7, 1)
PLAN_KNOWN = date(2026, 11, 23)
TODAY = date(2026, 12, 1)
DAY = date(2027, 4, 1)
EVE = date(2027, 3, 31)

ALPHA, BETA, GAMMA = (BodyKey(AUTHORITY, slug) for slug in ("alpha", "beta", "gamma"))
EAST, WEST, SOUTH, NEW_BOARD = (BodyKey(BOARD, slug) for slug in ("east", "west", "south", "new"))
ASHBY, BARTON, CORBY, DERWENT, NEW_COUNCIL = (
    BodyKey(COUNCIL, slug) for slug in ("ashby", "barton", "corby", "derwent", "new")
)
TWINS = BodyKey(CLUSTER, "twins")
NORTH = BodyKey(NHS_REGION, "north")

ASHBY_PART, BARTON_PART, CORBY_PART = "E06000001:1", "E06000002:1", "E06000003:1"
DERWENT_PART, DERWENT_WEST = "E06000004:1", "E06000004:2"

_ALWAYS = Span(None, None)
_SINCE = Span(START, None)
_PLANNED = Span(PLAN_KNOWN, None)


def small_england() -> Geography:
    """The table above; east and west are the cluster of twins, all boards are in the north."""
    boards, councils = (EAST, WEST, SOUTH), (ASHBY, BARTON, CORBY, DERWENT)
    begun = (ALPHA, BETA, *boards, *councils, TWINS, NORTH)
    return Geography(
        bodies=(
            *(BodyFact(key, START) for key in begun),
            BodyFact(GAMMA, None, planned=True),
        ),
        names=(
            *(_named(key, _SINCE) for key in (ALPHA, BETA, *boards)),
            *(_named(key, _ALWAYS) for key in (*councils, TWINS, NORTH)),
            _named(GAMMA, _PLANNED),
        ),
        codes=(
            *(CodeFact(key, "ons", f"E54{n:06d}", _SINCE) for n, key in enumerate(boards)),
            *(CodeFact(key, "ods", f"Q{n:02d}", _SINCE) for n, key in enumerate(boards)),
            *(CodeFact(key, "ons", f"E06{n:06d}", _ALWAYS) for n, key in enumerate(councils)),
            CodeFact(ALPHA, "ons", "E47000001", _SINCE),
        ),
        designations=(
            DesignationFact(ALPHA, "combined_authority", "foundation", _SINCE),
            DesignationFact(BETA, "combined_authority", "mayoral", _SINCE),
            DesignationFact(GAMMA, "combined_authority", "foundation", _PLANNED),
        ),
        members=(
            MemberFact(ASHBY, ALPHA, "constituent", False, _SINCE),
            MemberFact(BARTON, ALPHA, "constituent", False, _SINCE),
            MemberFact(CORBY, BETA, "constituent", False, _SINCE),
            MemberFact(ASHBY, BETA, "non_constituent", False, _SINCE),
            MemberFact(DERWENT, GAMMA, "constituent", True, _PLANNED),
        ),
        part_councils=(
            PartCouncilFact(ASHBY_PART, ASHBY, _SINCE),
            PartCouncilFact(BARTON_PART, BARTON, _SINCE),
            PartCouncilFact(CORBY_PART, CORBY, _SINCE),
            PartCouncilFact(DERWENT_PART, DERWENT, _SINCE),
            PartCouncilFact(DERWENT_WEST, DERWENT, _SINCE),
        ),
        part_boards=(
            PartBoardFact(ASHBY_PART, EAST, _SINCE),
            PartBoardFact(BARTON_PART, EAST, _SINCE),
            PartBoardFact(CORBY_PART, WEST, _SINCE),
            PartBoardFact(DERWENT_PART, SOUTH, _SINCE),
            PartBoardFact(DERWENT_WEST, WEST, _SINCE),
        ),
        groups=(
            *(GroupFact(board, NORTH, _SINCE) for board in boards),
            GroupFact(EAST, TWINS, _SINCE),
            GroupFact(WEST, TWINS, _SINCE),
        ),
        parts=(
            PartFact(ASHBY_PART, 100, 10),
            PartFact(BARTON_PART, 200, 20),
            PartFact(CORBY_PART, 300, 30),
            PartFact(DERWENT_PART, 400, 40),
            PartFact(DERWENT_WEST, 50, 5),
        ),
    )


def _named(key: BodyKey, valid: Span) -> NameFact:
    return NameFact(key, f"The {key.slug.title()}", key.slug.title(), valid)


def people(geography: Geography, body: BodyKey, day: date) -> int:
    """How many people the body has on the day."""
    return geography.population(geography.parts_of(body, day))


def after(*operations: Operation, on: date = DAY, before: Geography | None = None) -> Geography:
    """Small England with a change against which no guard speaks."""
    geography = before or small_england()
    change = Change(on=on, operations=operations)
    assert problems(change=change, geography=geography, today=TODAY, busy={}) == ()
    return apply_change(geography=geography, change=change)
