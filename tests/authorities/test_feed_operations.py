"""What rows taken from a file make of a change, and what they leave to a person."""

from dataclasses import replace
from datetime import date

import pytest

from authorities.feed_difference import Aspect, Difference, DifferenceKind
from authorities.feed_operations import Entered, Taken, plan, suggested
from authorities.reorganisation.facts import (
    AUTHORITY,
    BOARD,
    COUNCIL,
    BodyFact,
    BodyKey,
    CodeFact,
    Geography,
    MemberFact,
    PartBoardFact,
    PartFact,
)
from authorities.reorganisation.operations import (
    AreaShare,
    Close,
    Merge,
    Open,
    Operation,
    Recode,
    Rename,
    Transfer,
)
from authorities.span import Span

DAY = date(2027, 4, 1)
ALWAYS = Span(start=date(2022, 7, 1), end=None)
NORTH, SOUTH, EMPTY = (BodyKey(BOARD, slug) for slug in ("north", "south", "empty"))
GREATER_X, PLANNED = BodyKey(AUTHORITY, "greater-x"), BodyKey(AUTHORITY, "planned")
ONE, TWO = BodyKey(COUNCIL, "one"), BodyKey(COUNCIL, "two")
REGISTER = Geography(
    bodies=(
        *(BodyFact(key, date(2022, 7, 1)) for key in (NORTH, SOUTH, EMPTY, GREATER_X, ONE, TWO)),
        BodyFact(PLANNED, None, planned=True),
    ),
    codes=(CodeFact(NORTH, "ons", "E54000001", ALWAYS), CodeFact(NORTH, "ods", "QAA", ALWAYS)),
    members=(MemberFact(ONE, GREATER_X, "constituent", False, ALWAYS),),
    part_boards=(PartBoardFact("1", NORTH, ALWAYS), PartBoardFact("2", SOUTH, ALWAYS)),
    parts=(PartFact("1", 1_000, 1), PartFact("2", 500, 1)),
)


def difference(
    kind: DifferenceKind,
    body: BodyKey | None = None,
    aspect: Aspect = Aspect.BODY,
    **changed: object,
) -> Difference:
    made = Difference(
        kind=kind,
        aspect=aspect,
        body_kind=body.kind if body else BOARD,
        scheme="ons",
        code="E54000002",
        name="NHS East Integrated Care Board",
        detail="",
        body=body,
    )
    return replace(made, **changed)


def made_of(*rows: Taken) -> tuple[list[Operation], list[str]]:
    made = plan(taken=rows, geography=REGISTER, on=DAY)
    return [step.operation for step in made.steps], [left.text for left in made.left]


NEW = difference(DifferenceKind.ADDED, other_codes=(("ods", "QBB"),))
EAST = Entered(
    name="NHS East Integrated Care Board", short_name="East", slug="east", region="midlands"
)


def test_a_new_board_opens_with_its_codes_and_its_area_is_left_to_a_person() -> None:
    operations, left = made_of(Taken(1, NEW, entered=EAST))

    assert operations == [
        Open(
            body=BodyKey(BOARD, "east"),
            name=EAST.name,
            short_name="East",
            ons_code="E54000002",
            ods_code="QBB",
            group=BodyKey("nhs_region", "midlands"),
        )
    ]
    assert left == [
        "East opens without area: add the merger, split or transfer that gives it its area."
    ]


def test_a_board_that_ends_into_a_new_one_of_the_file_is_a_merger() -> None:
    ends = [
        Taken(2, difference(DifferenceKind.CLOSED, body), entered=Entered(successor="east"))
        for body in (NORTH, SOUTH)
    ]

    operations, left = made_of(Taken(1, NEW, entered=EAST), *ends)

    assert operations[1] == Merge(sources=(NORTH, SOUTH), target=BodyKey(BOARD, "east"))
    assert left == []


def test_a_board_with_people_is_never_closed_without_a_successor() -> None:
    operations, left = made_of(Taken(1, difference(DifferenceKind.CLOSED, NORTH, name="North")))

    assert operations == []
    [text] = left
    assert text == (
        "North ends and has 1,000 people: add the merger or the split that says which ICB takes "
        "over."
    )


@pytest.mark.parametrize("body", [EMPTY, GREATER_X])
def test_a_body_that_leaves_nobody_without_another_closes(body: BodyKey) -> None:
    operations, left = made_of(Taken(1, difference(DifferenceKind.CLOSED, body)))

    assert operations == [Close(body=body)]
    assert left == []


def test_a_new_code_of_a_body_of_ours_is_a_recode_and_the_body_does_not_end() -> None:
    ends = Taken(1, difference(DifferenceKind.CLOSED, NORTH))
    same = replace(NEW, other_codes=(("ods", "QAA"),))

    operations, left = made_of(ends, Taken(2, same, match=NORTH))

    assert operations == [Recode(body=NORTH, scheme="ons", value="E54000002")]
    assert left == []


def test_a_code_of_a_planned_authority_opens_it() -> None:
    code = difference(DifferenceKind.ADDED, None, body_kind=AUTHORITY, code="E47000018")

    operations, left = made_of(Taken(1, code, match=PLANNED))

    assert operations == [Open(body=PLANNED, ons_code="E47000018")]
    assert left == []


def test_names_codes_and_openings_are_operations_of_their_own() -> None:
    operations, left = made_of(
        Taken(
            1,
            difference(DifferenceKind.CHANGED, NORTH, Aspect.NAME),
            entered=Entered(name="NHS Far North", short_name="Far North"),
        ),
        Taken(2, difference(DifferenceKind.CHANGED, NORTH, Aspect.CODE, scheme="ods", value="QZZ")),
        Taken(3, difference(DifferenceKind.CHANGED, PLANNED, Aspect.OPENING)),
    )

    assert operations == [
        Open(body=PLANNED),
        Recode(body=NORTH, scheme="ods", value="QZZ"),
        Rename(body=NORTH, name="NHS Far North", short_name="Far North"),
    ]
    assert left == []


def test_councils_that_go_the_same_way_go_together() -> None:
    joins = difference(DifferenceKind.CHANGED, TWO, Aspect.AUTHORITY, group=GREATER_X)
    leaves = difference(DifferenceKind.CHANGED, ONE, Aspect.AUTHORITY)

    operations, _ = made_of(Taken(1, joins), Taken(2, leaves))

    assert operations == [
        Transfer(areas=(AreaShare("two"),), source=None, target=GREATER_X),
        Transfer(areas=(AreaShare("one"),), source=GREATER_X, target=None),
    ]


def test_which_part_of_a_council_moves_is_left_to_a_person() -> None:
    boards = difference(DifferenceKind.CHANGED, ONE, Aspect.BOARDS, name="One")

    operations, left = made_of(Taken(1, boards))

    assert operations == []
    assert left == ["Add the transfer that says which part of One goes to which ICB."]


def test_each_operation_knows_its_rows() -> None:
    rows = (Taken(7, NEW, entered=EAST), Taken(9, difference(DifferenceKind.CLOSED, EMPTY)))

    made = plan(taken=rows, geography=REGISTER, on=DAY)

    assert [step.positions for step in made.steps] == [(7,), (9,)]
    assert [left.position for left in made.left] == [7]


@pytest.mark.parametrize(
    ("kind", "name", "expected"),
    [
        (
            BOARD,
            "NHS SUFFOLK AND NORTH EAST ESSEX INTEGRATED CARE BOARD",
            Entered(
                name="NHS Suffolk and North East Essex Integrated Care Board",
                short_name="Suffolk and North East Essex",
                slug="suffolk-and-north-east-essex",
            ),
        ),
        (
            AUTHORITY,
            "Devon and Torbay Combined County Authority",
            Entered(
                name="Devon and Torbay Combined County Authority",
                short_name="Devon and Torbay",
                slug="devon-and-torbay",
            ),
        ),
        (
            COUNCIL,
            "King's Lynn",
            Entered(name="King's Lynn", short_name="King's Lynn", slug="kings-lynn"),
        ),
    ],
)
def test_a_row_suggests_names_and_an_address(kind: str, name: str, expected: Entered) -> None:
    row = difference(DifferenceKind.ADDED, None, body_kind=kind, name=name)

    assert suggested(difference=row) == expected
