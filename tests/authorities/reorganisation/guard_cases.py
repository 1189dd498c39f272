"""Changes against which a guard speaks, each with the guard and how its message begins."""

from dataclasses import replace
from datetime import date

from authorities.reorganisation.facts import (
    AUTHORITY,
    BOARD,
    CLUSTER,
    NHS_REGION,
    BodyKey,
    Geography,
)
from authorities.reorganisation.guards import Guard, Problem, problems
from authorities.reorganisation.operations import (
    AreaShare,
    Change,
    Close,
    ClusterEnd,
    ClusterStart,
    Merge,
    Open,
    Operation,
    Recode,
    Rename,
    Retype,
    Split,
    SplitTarget,
    Transfer,
)
from tests.authorities.reorganisation.small_england import (
    ALPHA,
    ASHBY_PART,
    BARTON,
    BARTON_PART,
    BETA,
    CORBY,
    CORBY_PART,
    DAY,
    EAST,
    GAMMA,
    NEW_BOARD,
    NEW_COUNCIL,
    NORTH,
    SOUTH,
    TODAY,
    TWINS,
    WEST,
    small_england,
)

NOBODY = BodyKey(BOARD, "nobody")
OPEN_BOARD = Open(body=NEW_BOARD, name="The New Board", short_name="New")
OPEN_COUNCIL = Open(body=NEW_COUNCIL, name="The New Council", short_name="New Council")
MERGER = (OPEN_BOARD, Merge((EAST, SOUTH), NEW_BOARD))


def found(
    *operations: Operation, on: date = DAY, geography: Geography | None = None
) -> tuple[Problem, ...]:
    return problems(
        change=Change(on=on, operations=operations),
        geography=geography or small_england(),
        today=TODAY,
        busy={},
    )


def split(source: BodyKey, *targets: tuple[BodyKey, tuple[AreaShare, ...]]) -> Split:
    return Split(
        source=source,
        targets=tuple(SplitTarget(body, areas) for body, areas in targets),
        primary=targets[0][0],
    )


def areas(*keys: str, share: float = 1.0) -> tuple[AreaShare, ...]:
    return tuple(AreaShare(key, share) for key in keys)


def transfer(source: BodyKey | None, target: BodyKey | None, *moved: AreaShare) -> Transfer:
    return Transfer(areas=moved, source=source, target=target)


EAST_IN_TWO = split(EAST, (SOUTH, areas(ASHBY_PART)), (WEST, areas(BARTON_PART)))

CASES: list[tuple[Guard, tuple[Operation, ...], str]] = [
    (Guard.NO_OPERATION, (), "Add at least one operation."),
    (Guard.NO_SOURCE, (Merge((), WEST),), "Choose at least one body that ends."),
    (Guard.NO_SOURCE, (transfer(None, None, *areas(ASHBY_PART)),), "Choose the body that the area"),
    (
        Guard.NO_SOURCE,
        (transfer(None, WEST, *areas(ASHBY_PART)),),
        "Choose both the body that the area leaves and the one it goes to.",
    ),
    (Guard.SOURCE_TWICE, (Merge((EAST, EAST), WEST),), "A body that ends is named twice. Remove"),
    (
        Guard.SOURCE_TWICE,
        (ClusterStart(TWINS, (SOUTH, SOUTH)),),
        "An ICB is named twice. Remove one.",
    ),
    (
        Guard.TARGET_IS_SOURCE,
        (Merge((EAST, WEST), WEST),),
        "West ICB cannot end and take over. Choose another body to take over.",
    ),
    (
        Guard.TARGET_IS_SOURCE,
        (split(EAST, (EAST, areas(ASHBY_PART)), (WEST, areas(BARTON_PART))),),
        "East ICB cannot end and take over. Use a transfer of area if it goes on.",
    ),
    (
        Guard.TARGET_IS_SOURCE,
        (transfer(EAST, EAST, *areas(ASHBY_PART)),),
        "The area goes to where it is. Choose another body.",
    ),
    (
        Guard.TOO_FEW_TARGETS,
        (split(EAST, (WEST, areas(ASHBY_PART, BARTON_PART))),),
        "Choose at least two bodies that take over.",
    ),
    (
        Guard.TARGET_TWICE,
        (split(EAST, (WEST, areas(ASHBY_PART)), (WEST, areas(BARTON_PART))),),
        "A body that takes over is named twice. Remove one.",
    ),
    (
        Guard.NO_PRIMARY,
        (replace(EAST_IN_TWO, primary=NEW_BOARD),),
        "Choose which of the bodies that take over its people follow by default.",
    ),
    (
        Guard.UNKNOWN_BODY,
        (Rename(NOBODY, "Nobody", "Nobody"),),
        "There is no ICB nobody. Choose one of the register, or open it in this change.",
    ),
    (Guard.UNKNOWN_BODY, (Merge((EAST,), NOBODY),), "There is no ICB nobody."),
    (
        Guard.NOT_OPEN,
        (Retype(GAMMA, "combined_authority", "mayoral"),),
        "Gamma strategic authority is only planned. Open it first.",
    ),
    (Guard.NOT_OPEN, (Merge((ALPHA,), GAMMA),), "Gamma strategic authority is only planned."),
    (
        Guard.NOT_OPEN,
        (Merge((EAST,), WEST), Rename(EAST, "The Orient", "Orient")),
        "East ICB ends with this change. Remove this operation or the one that ends it.",
    ),
    (
        Guard.NOT_OPEN,
        (Recode(EAST, "ods", "QQQ"), Merge((EAST,), WEST)),
        "East ICB ends with this change.",
    ),
    (
        Guard.NOT_OPEN,
        (
            Merge((EAST,), WEST),
            ClusterEnd(TWINS),
            ClusterStart(BodyKey(CLUSTER, "rest"), (EAST, SOUTH), "Rest"),
        ),
        "East ICB ends with this change.",
    ),
    (
        Guard.NOT_OPEN,
        (Open(GAMMA), Close(GAMMA)),
        "Gamma strategic authority is opened and closed by this change. Remove one of both.",
    ),
    (
        Guard.WRONG_KIND,
        (Open(body=BodyKey(NHS_REGION, "south"), name="S", short_name="S"),),
        "Open a strategic authority, an ICB or a council.",
    ),
    (
        Guard.WRONG_KIND,
        (Retype(EAST, "combined_authority", "mayoral"),),
        "East ICB is no strategic authority. Choose one.",
    ),
    (Guard.WRONG_KIND, (Merge((ALPHA,), WEST),), "Alpha strategic authority is no ICB."),
    (Guard.WRONG_KIND, (Merge((TWINS,), TWINS),), "Area goes between two ICBs"),
    (Guard.WRONG_KIND, (split(NORTH, (NORTH, ()), (NORTH, ())),), "Area goes between two ICBs"),
    (
        Guard.WRONG_KIND,
        (split(EAST, (BARTON, areas(ASHBY_PART)), (WEST, areas(BARTON_PART))),),
        "Only an ICB can take over.",
    ),
    (Guard.WRONG_KIND, (transfer(EAST, BARTON, *areas(ASHBY_PART)),), "Area goes between two ICBs"),
    (
        Guard.WRONG_KIND,
        (replace(OPEN_BOARD, group=EAST),),
        "Choose an NHS region, for an ICB only.",
    ),
    (Guard.WRONG_KIND, (replace(OPEN_COUNCIL, group=NORTH),), "Choose an NHS region, for an ICB"),
    (
        Guard.WRONG_KIND,
        (ClusterStart(NOBODY, (EAST, WEST), "X"),),
        "Enter an address for the cluster.",
    ),
    (
        Guard.SLUG_TAKEN,
        (replace(OPEN_BOARD, body=EAST),),
        "There is or was an ICB with the address east. An address is never used again: enter",
    ),
    (Guard.SLUG_TAKEN, (OPEN_BOARD, OPEN_BOARD), "new is opened twice. Keep one of them."),
    (
        Guard.NAME_MISSING,
        (replace(OPEN_BOARD, name=" "),),
        "Enter the name and the short name of the",
    ),
    (Guard.NAME_MISSING, (Rename(EAST, "The Orient", ""),), "Enter the new name and the new short"),
    (
        Guard.NAME_MISSING,
        (Open(body=BodyKey(AUTHORITY, "new"), name="N", short_name="N", type="republic"),),
        "Choose the legal type and the tier of the authority.",
    ),
    (Guard.NAME_MISSING, (Retype(ALPHA, "combined_authority", "best"),), "Choose the legal type"),
    (
        Guard.NAME_MISSING,
        (Recode(EAST, "ods", "q 1"),),
        "“q 1” is no code. Enter 3 to 12 capital letters and figures",
    ),
    (
        Guard.NAME_MISSING,
        (ClusterStart(BodyKey(CLUSTER, "new"), (SOUTH, EAST)),),
        "Enter the name of the cluster.",
    ),
    (
        Guard.SAME_AS_NOW,
        (Rename(EAST, "The East", "East"),),
        "It is called The East already. Enter",
    ),
    (
        Guard.SAME_AS_NOW,
        (Retype(ALPHA, "combined_authority", "foundation"),),
        "It has this type and tier already. Choose another.",
    ),
    (
        Guard.CODE_IN_USE,
        (Recode(EAST, "ons", "E54000001"),),
        "The ONS code E54000001 is of West ICB on 1 April 2027. Enter another code.",
    ),
    (
        Guard.CODE_IN_USE,
        (Recode(EAST, "ods", "Q00"),),
        "The ODS code Q00 is its own on 1 April 2027.",
    ),
    (
        Guard.CODE_IN_USE,
        (Recode(EAST, "ods", "NEW"), Recode(WEST, "ods", "NEW")),
        "The ODS code NEW is given twice in this change. Correct one.",
    ),
    (
        Guard.UNKNOWN_AREA,
        (transfer(EAST, WEST, *areas("E06000009:1")),),
        "E06000009:1 is no part of the register. Choose another.",
    ),
    (
        Guard.UNKNOWN_AREA,
        (transfer(None, BETA, *areas("atlantis")),),
        "atlantis is no council of the register. Choose another.",
    ),
    (
        Guard.NOT_OF_SOURCE,
        (transfer(EAST, WEST, *areas(CORBY_PART)),),
        "E06000003:1 does not belong to East ICB on 1 April 2027. Choose areas that do.",
    ),
    (
        Guard.NOT_OF_SOURCE,
        (split(EAST, (SOUTH, areas(ASHBY_PART, CORBY_PART)), (WEST, areas(BARTON_PART))),),
        "E06000003:1 does not belong to East ICB on 1 April 2027.",
    ),
    (
        Guard.NOT_OF_SOURCE,
        (transfer(None, BETA, *areas("barton")),),
        "Barton council is in Alpha strategic authority on 1 April 2027. Choose that as the body",
    ),
    (
        Guard.NOT_OF_SOURCE,
        (transfer(GAMMA, BETA, *areas("barton")),),
        "Barton council is in Alpha strategic authority",
    ),
    (
        Guard.AREA_TWICE,
        (transfer(EAST, WEST, *areas(ASHBY_PART)), transfer(EAST, SOUTH, *areas(ASHBY_PART))),
        "E06000001:1 is moved 2 times by this change. Keep one of the moves.",
    ),
    (
        Guard.AREA_TWICE,
        (Merge((EAST,), SOUTH), transfer(EAST, WEST, *areas(ASHBY_PART))),
        "E06000001:1 is moved 2 times",
    ),
    (
        Guard.AREA_TWICE,
        (
            transfer(WEST, EAST, *areas(CORBY_PART, share=0.5)),
            transfer(CORBY, BARTON, *areas(CORBY_PART)),
        ),
        "E06000003:1 is divided by one operation of this change and moved by another. Make",
    ),
    (Guard.NO_AREA, (transfer(EAST, WEST),), "Choose at least one area."),
    (
        Guard.NO_AREA,
        (split(EAST, (WEST, areas(ASHBY_PART, BARTON_PART)), (SOUTH, ())),),
        "Choose the areas that go to South ICB.",
    ),
    (
        Guard.SHARE_RANGE,
        (transfer(EAST, WEST, *areas(ASHBY_PART, share=0)),),
        "The share of E06000001:1 is 0. Enter more than 0 and at most 1.",
    ),
    (Guard.SHARE_RANGE, (transfer(EAST, WEST, *areas(ASHBY_PART, share=1.5)),), "The share of"),
    (
        Guard.SHARES_SUM,
        (
            split(
                EAST,
                (SOUTH, areas(ASHBY_PART, share=0.5)),
                (WEST, (AreaShare(ASHBY_PART, 0.4), AreaShare(BARTON_PART))),
            ),
        ),
        "The shares of E06000001:1 add up to 0.9, not to 1. Correct them so that every share",
    ),
    (
        Guard.AREA_LEFT,
        (split(WEST, (SOUTH, areas(CORBY_PART, share=0.5)), (EAST, areas(CORBY_PART, share=0.5))),),
        "Nobody takes over E06000004:2. Choose a body for each of them.",
    ),
    (
        Guard.NOT_DIVISIBLE,
        (transfer(ALPHA, BETA, *areas("barton", share=0.5)),),
        "barton cannot belong to two authorities. Give all of it to one, or split",
    ),
    (
        Guard.ENDS_TWICE,
        (Merge((EAST,), WEST), Close(EAST)),
        "East ICB ends in 2 operations. Keep one of them.",
    ),
    (
        Guard.ENDS_TWICE,
        (Merge((EAST,), WEST), Merge((WEST,), SOUTH)),
        "West ICB ends with this change and cannot take over.",
    ),
    (
        Guard.WHICH_AUTHORITY,
        (OPEN_COUNCIL, Merge((BARTON, CORBY), NEW_COUNCIL)),
        "New Council takes over from councils of different strategic authorities. Add a transfer",
    ),
    (
        Guard.CLUSTER_TOO_SMALL,
        (ClusterStart(BodyKey(CLUSTER, "new"), (SOUTH,), "New"),),
        "Choose at least two ICBs that share their leaders.",
    ),
    (
        Guard.IN_A_CLUSTER,
        (ClusterStart(BodyKey(CLUSTER, "new"), (SOUTH, EAST), "New"),),
        "East ICB is in another cluster, Twins. End that first.",
    ),
    (
        Guard.IN_A_CLUSTER,
        (
            ClusterEnd(TWINS),
            ClusterStart(BodyKey(CLUSTER, "one"), (SOUTH, EAST), "One"),
            ClusterStart(BodyKey(CLUSTER, "two"), (SOUTH, WEST), "Two"),
        ),
        "South ICB joins two clusters by this change. Keep one of them.",
    ),
    (
        Guard.NOT_IN_CLUSTER,
        (ClusterEnd(TWINS, (SOUTH,)),),
        "South ICB is not in this cluster on 1 April 2027. Remove it.",
    ),
    (
        Guard.PEOPLE_LEFT,
        (Close(EAST),),
        "East closes on 1 April 2027 and would still have area. Give its area to somebody in the",
    ),
]
# What is on record later, and what may not be entered before it any more.
OUT_OF_ORDER: list[tuple[Operation, Operation]] = [
    (Rename(EAST, "The Orient", "Orient"), Rename(EAST, "The Sunrise", "Sunrise")),
    (Rename(EAST, "The Orient", "Orient"), Merge((EAST,), WEST)),
    (Recode(EAST, "ods", "NEW"), Recode(EAST, "ods", "OTHER")),
    (Recode(EAST, "ods", "NEW"), EAST_IN_TWO),
    (Retype(ALPHA, "combined_authority", "mayoral"), Close(ALPHA)),
    (
        Retype(ALPHA, "combined_authority", "mayoral"),
        Retype(ALPHA, "combined_authority", "established_mayoral"),
    ),
    (transfer(EAST, WEST, *areas(ASHBY_PART)), transfer(EAST, SOUTH, *areas(ASHBY_PART))),
    (transfer(EAST, WEST, *areas(ASHBY_PART)), Merge((EAST,), SOUTH)),
    (transfer(ALPHA, BETA, *areas("barton")), transfer(ALPHA, None, *areas("barton"))),
    (transfer(ALPHA, BETA, *areas("barton")), Merge((ALPHA,), BETA)),
    (Merge((SOUTH,), EAST), Rename(SOUTH, "The Midi", "Midi")),
]
