"""What differs between two versions, and how a theory of change is drawn."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from outcomes.framework_content import (
    Baseline,
    Content,
    CountTarget,
    Item,
    Link,
    Measure,
    Place,
    Span,
    Target,
    content_hash,
    frozen,
    thawed,
)
from outcomes.framework_differences import (
    ChangeKind,
    FieldChange,
    baseline_words,
    differences,
    target_words,
    way_words,
)
from outcomes.theory_drawing import theory_drawing

MONEY, HOMES, WELL, HLE, COUNT = (UUID(int=number) for number in range(1, 6))
PERIOD = Span("2019 - 21", date(2019, 1, 1), date(2022, 1, 1))
LATER = Span("2028 - 30", date(2028, 1, 1), date(2031, 1, 1))
TARGET = Target("reach", "level", 62.0, LATER, "linear")
PLACE = Place(
    lineage=HLE,
    item=WELL,
    order=1,
    indicator="hle",
    name="Healthy life expectancy",
    unit="years",
    polarity="high",
    area_id=UUID(int=9),
    area="Salford",
    breakdown_id=1,
    people="men",
    places=1,
    baseline=Baseline(PERIOD, 60.0, 59.0, 61.0, UUID(int=8)),
    target=TARGET,
)
MEASURE = Measure(COUNT, HOMES, 1, "Homes", "homes", "cumulative_sum", "more", 15.0)
BEFORE = Content(
    number=1,
    boards=(UUID(int=7),),
    items=(
        Item(MONEY, "input", 1, "Money"),
        Item(HOMES, "output", 1, "Warm homes"),
        Item(WELL, "outcome", 1, "People live well"),
    ),
    links=(Link(MONEY, HOMES), Link(HOMES, WELL)),
    places=(PLACE,),
    measures=(MEASURE,),
)


def test_the_same_content_has_no_differences():
    assert differences(before=BEFORE, after=replace(BEFORE, number=2, change_reason="x")) == ()


@pytest.mark.parametrize(
    ("changed", "part", "kind", "field"),
    [
        (
            {"summary": "New"},
            "texts",
            ChangeKind.CHANGED,
            FieldChange("Summary", "", "New"),
        ),
        (
            {"links": (*BEFORE.links[:1], Link(HOMES, WELL, "Heat is affordable"))},
            "links",
            ChangeKind.CHANGED,
            FieldChange("Assumption", "", "Heat is affordable"),
        ),
        (
            {"items": (*BEFORE.items[:2], replace(BEFORE.items[2], title="People thrive"))},
            "items",
            ChangeKind.CHANGED,
            FieldChange("Title", "People live well", "People thrive"),
        ),
        (
            {"places": (replace(PLACE, target=replace(TARGET, value=63.0)),)},
            "indicators",
            ChangeKind.CHANGED,
            FieldChange("Target", "Reach 62.0 years in 2028-30", "Reach 63.0 years in 2028-30"),
        ),
        (
            {"measures": (replace(MEASURE, targets=(CountTarget(LATER, 5.0),)),)},
            "counts",
            ChangeKind.CHANGED,
            FieldChange("Target for 2028-30", "", "5"),
        ),
    ],
)
def test_a_change_is_told_field_by_field(changed, part, kind, field):
    found = differences(before=BEFORE, after=replace(BEFORE, **changed))

    changes = [change for change in found if change.part == part]
    assert [change.kind for change in changes] == [kind]
    assert field in changes[0].fields


def test_what_is_only_on_one_side_was_added_or_removed():
    without = replace(BEFORE, places=(), links=BEFORE.links[:1])

    gone = {(one.part, one.kind) for one in differences(before=BEFORE, after=without)}
    come = {(one.part, one.kind) for one in differences(before=without, after=BEFORE)}

    assert gone == {("indicators", ChangeKind.REMOVED), ("links", ChangeKind.REMOVED)}
    assert come == {("indicators", ChangeKind.ADDED), ("links", ChangeKind.ADDED)}


def test_of_a_count_only_the_periods_that_differ_are_told():
    one, other = (Span(f"{year}", date(year, 1, 1), date(year + 1, 1, 1)) for year in (2026, 2027))
    targets = (CountTarget(one, 1200.0), CountTarget(other, 1500.0))
    before = replace(BEFORE, measures=(replace(MEASURE, targets=targets),))
    later = (targets[0], replace(targets[1], value=1650.5))

    [change] = differences(
        before=before, after=replace(BEFORE, measures=(replace(MEASURE, targets=later),))
    )

    assert change.fields == (FieldChange("Target for 2027", "1,500", "1,650.5"),)


def test_an_agreed_number_keeps_all_of_its_digits():
    exact = replace(PLACE, target=replace(TARGET, value=62.25, tolerance=0.125))

    assert target_words(exact) == "Reach 62.25 years in 2028-30"
    assert way_words(exact).endswith("margin 0.125 years")
    assert baseline_words(PLACE, PLACE.baseline) == "60.0 years in 2019-21 (59.0 to 61.0)"


def test_an_area_renamed_is_no_difference():
    renamed = replace(BEFORE, places=(replace(PLACE, area="City of Salford"),))

    assert differences(before=BEFORE, after=renamed) == ()


def test_a_drawing_has_a_box_for_each_item_and_an_arrow_for_each_link():
    drawing = theory_drawing(content=BEFORE)

    assert len(drawing.boxes) == 3
    assert len(drawing.arrows) == 2
    assert [line.text for line in drawing.boxes[2].lines] == ["People live well", "1 indicator"]


def test_boxes_share_no_place_and_lie_inside():
    many = tuple(
        Item(UUID(int=100 + number), kind, number, "A title of many words that must wrap " * 5)
        for kind in ("input", "process", "output", "outcome")
        for number in range(6)
    )

    drawing = theory_drawing(content=Content(number=1, boards=(), items=many))

    for one in drawing.boxes:
        assert 0 <= one.x <= one.x + one.width <= drawing.width
        assert 0 <= one.y <= one.y + one.height <= drawing.height
        assert len(one.lines) == 5
        for other in drawing.boxes:
            apart = (
                one is other
                or one.x + one.width <= other.x
                or other.x + other.width <= one.x
                or one.y + one.height <= other.y
                or other.y + other.height <= one.y
            )
            assert apart


def test_a_signature_is_for_the_set_too_with_which_an_indicator_came_in():
    adopted = replace(PLACE, adopted_set="beacon", set_name="Beacon set")
    renamed = replace(adopted, set_name="Beacon set, named anew")

    found = [
        content_hash(content=replace(BEFORE, places=(one,))) for one in (PLACE, adopted, renamed)
    ]

    assert found[0] != found[1] == found[2]


def test_what_was_proposed_before_sets_were_kept_reads_and_signs_as_ever():
    # As it was stored then, and the digest that was computed then.
    plain = frozen(content=BEFORE)
    for place in plain["places"]:
        del place["adopted_set"], place["set_name"]

    assert thawed(plain=plain) == BEFORE
    assert content_hash(content=BEFORE) == (
        "b2d7db6cd08cb0540dc29ea4f1d610596762cdacfaa59b532bf446245d093e24"
    )
