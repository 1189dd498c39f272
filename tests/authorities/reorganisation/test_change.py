"""Bodies open and close, and take other names, codes and types, on the day and not on the eve."""

from authorities.reorganisation.facts import (
    BodyFact,
    BodyKey,
    Geography,
)
from authorities.reorganisation.operations import (
    AreaShare,
    Close,
    Open,
    Recode,
    Rename,
    Retype,
    Transfer,
)
from authorities.span import Span
from tests.authorities.reorganisation.readings import (
    FROM_THEN,
    OPEN_BOARD,
    codes,
    members,
    memberships,
    names,
    successions,
)
from tests.authorities.reorganisation.small_england import (
    ALPHA,
    ASHBY_PART,
    BARTON,
    DAY,
    DERWENT,
    DERWENT_PART,
    EAST,
    EVE,
    GAMMA,
    NEW_BOARD,
    NORTH,
    PLAN_KNOWN,
    SOUTH,
    START,
    WEST,
    after,
    people,
    small_england,
)


def test_a_board_is_opened_with_its_name_codes_and_region() -> None:
    made = after(OPEN_BOARD, Transfer((AreaShare(ASHBY_PART),), source=EAST, target=NEW_BOARD))

    assert made.body(NEW_BOARD) == BodyFact(NEW_BOARD, DAY)
    assert names(made, NEW_BOARD) == [("The New Board", FROM_THEN)]
    assert codes(made, NEW_BOARD) == {
        ("ons", "E54000099", FROM_THEN),
        ("ods", "N3W", FROM_THEN),
    }
    assert NEW_BOARD.slug in members(made, NORTH)


def test_an_authority_that_was_planned_is_opened_with_its_members() -> None:
    made = after(Open(body=GAMMA, name="Gamma Authority", short_name="Gamma", ons_code="E47000009"))

    assert made.body(GAMMA) == BodyFact(GAMMA, DAY, planned=True)
    assert names(made, GAMMA) == [
        ("The Gamma", Span(PLAN_KNOWN, DAY)),
        ("Gamma Authority", FROM_THEN),
    ]
    assert memberships(made, DERWENT) == {
        ("gamma", "constituent", True, Span(PLAN_KNOWN, DAY)),
        ("gamma", "constituent", False, FROM_THEN),
    }
    assert codes(made, GAMMA) == {("ons", "E47000009", FROM_THEN)}


def test_a_plan_that_comes_true_as_planned_needs_no_more_than_its_day() -> None:
    made = after(Open(body=GAMMA))

    assert names(made, GAMMA) == [("The Gamma", Span(PLAN_KNOWN, None))]
    assert [f.tier for f in made.designations if f.body == GAMMA] == ["foundation"]


def test_an_authority_is_opened_with_its_type_and_tier() -> None:
    made = after(
        Open(body=GAMMA, type="combined_county_authority", tier="mayoral"),
    )

    assert [(f.type, f.tier, f.valid) for f in made.designations if f.body == GAMMA] == [
        ("combined_authority", "foundation", Span(PLAN_KNOWN, DAY)),
        ("combined_county_authority", "mayoral", FROM_THEN),
    ]


def test_a_code_that_a_plan_had_ends_with_the_new_one() -> None:
    planned = after(
        Open(
            body=BodyKey(ALPHA.kind, "delta"),
            name="Delta",
            short_name="Delta",
            type="combined_authority",
            tier="mayoral",
            ons_code="E47000005",
        )
    )
    # As a register has it that knows the code beforehand.
    delta = BodyKey(ALPHA.kind, "delta")
    before = Geography(
        **{
            name: getattr(planned, name)
            for name in Geography.__dataclass_fields__
            if name not in {"bodies"} and not name.startswith("_")
        },
        bodies=(
            *(body for body in planned.bodies if body.key != delta),
            BodyFact(delta, None, planned=True),
        ),
    )

    made = after(Open(body=delta, ons_code="E47000006"), before=before, on=DAY.replace(month=5))

    assert {value: valid.end for _, value, valid in codes(made, delta)} == {
        "E47000005": DAY.replace(month=5),
        "E47000006": None,
    }


def test_a_body_is_closed_with_all_that_it_had() -> None:
    made = after(Close(ALPHA))

    assert made.body(ALPHA) == BodyFact(ALPHA, START, closed=DAY)
    assert names(made, ALPHA) == [("The Alpha", Span(START, DAY))]
    assert codes(made, ALPHA) == {("ons", "E47000001", Span(START, DAY))}
    assert memberships(made, BARTON) == {("alpha", "constituent", False, Span(START, DAY))}
    assert people(made, ALPHA, EVE) == 300
    assert successions(made) == []


def test_a_board_closes_whose_area_is_given_away_in_any_order() -> None:
    close = Close(SOUTH)
    move = Transfer((AreaShare(DERWENT_PART),), source=SOUTH, target=WEST)

    assert set(after(close, move).part_boards) == set(after(move, close).part_boards)
    assert people(after(close, move), WEST, DAY) == 750


def test_a_body_is_renamed_from_the_day_on() -> None:
    made = after(Rename(EAST, "The Orient", "Orient"))

    assert names(made, EAST) == [("The East", Span(START, DAY)), ("The Orient", FROM_THEN)]
    assert made.name_on(EAST, EVE) == "East"
    assert made.name_on(EAST, DAY) == "Orient"


def test_a_body_is_recoded_in_one_scheme() -> None:
    made = after(Recode(EAST, "ons", "E54000088"))

    assert codes(made, EAST) == {
        ("ons", "E54000000", Span(START, DAY)),
        ("ons", "E54000088", FROM_THEN),
        ("ods", "Q00", Span(START, None)),
    }


def test_two_bodies_exchange_their_codes_on_one_day() -> None:
    made = after(Recode(EAST, "ods", "Q01"), Recode(WEST, "ods", "Q00"))

    assert ("ods", "Q01", FROM_THEN) in codes(made, EAST)
    assert ("ods", "Q00", FROM_THEN) in codes(made, WEST)


def test_an_authority_is_retyped() -> None:
    made = after(Retype(ALPHA, "combined_authority", "mayoral"))

    assert [(f.tier, f.valid) for f in made.designations if f.body == ALPHA] == [
        ("foundation", Span(START, DAY)),
        ("mayoral", FROM_THEN),
    ]


def test_nothing_else_changes() -> None:
    before, made = small_england(), after(Rename(EAST, "The Orient", "Orient"))

    for kind in ("bodies", "codes", "members", "part_boards", "part_councils", "groups", "parts"):
        assert set(getattr(made, kind)) == set(getattr(before, kind))
    assert made.successions == ()
