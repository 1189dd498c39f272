"""A draft of the rubric as plain values: changed, and judged."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagement import rubric_content as content
from engagement.matrix import LevelRule, Side
from engagement.rubric_content import RubricContent, ThemeText


def theme(code: str, *, side: str = "sa", core: bool = False, **said: str) -> ThemeText:
    words = {"name": f"Theme {code}", "high": "Much", "partial": "Some", "low": "None"}
    return ThemeText(code=code, side=side, core=core, **(words | said))


WHOLE = RubricContent(
    themes=(
        theme("S1", core=True),
        theme("S2"),
        theme("I1", side="icb", core=True),
        theme("I2", side="icb"),
    ),
    high_at_least="2/3",
    low_more_than="1/2",
    unanswered_more_than="1/3",
    source="The tests",
)


def said(found) -> list[tuple[str, str, str]]:
    return [(fault.part, fault.field, fault.message) for fault in found]


def test_a_whole_rubric_has_no_fault_and_is_read_as_the_rules_take_it() -> None:
    assert content.faults(content=WHOLE) == ()
    assert content.pure_rule(content=WHOLE) == LevelRule()
    assert [one.code for one in content.pure_themes(content=WHOLE, side=Side.ICB)] == ["I1", "I2"]


def test_what_is_stored_is_read_back() -> None:
    assert content.from_json(stored=content.to_json(content=WHOLE)) == WHOLE


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("2/3", Fraction(2, 3)),
        (" 1 / 2 ", Fraction(1, 2)),
        ("0", Fraction(0)),
        ("1", Fraction(1)),
        ("3/3", Fraction(1)),
    ],
)
def test_a_threshold_is_a_fraction_as_people_write_it(text: str, share: Fraction) -> None:
    assert content.read_share(text=text) == share


@pytest.mark.parametrize(
    "text", ["", "two thirds", "0.5", "-1/2", "3/2", "2", "1/0", "1/", "/2", "1/2/3", "٢/٣", "1e0"]
)
def test_what_is_no_fraction_from_0_to_1_is_refused(text: str) -> None:
    with pytest.raises(content.ShareError, match="for example 2/3"):
        content.read_share(text=text)


@given(st.integers(0, 999), st.integers(1, 999))
def test_every_fraction_up_to_one_is_read_exactly(top: int, bottom: int) -> None:
    if top <= bottom:
        assert content.read_share(text=f"{top}/{bottom}") == Fraction(top, bottom)


@pytest.mark.parametrize(
    ("change", "part", "field", "words"),
    [
        ({"high": ""}, "S1", "high", "Enter the statement for high"),
        ({"low": ""}, "S1", "low", "Enter the statement for low"),
        ({"name": ""}, "S1", "name", "Enter a name"),
        ({"name": "x" * 121}, "S1", "name", "at most 120"),
        ({"partial": "x" * 1_001}, "S1", "partial", "at most 1,000"),
        ({"code": "s1"}, "s1", "code", "capital letter"),
        ({"code": ""}, "", "code", "capital letter"),
        ({"code": "S2"}, "S2", "code", "Another theme has the code S2"),
        ({"code": "I2"}, "I2", "code", "Another theme has the code I2"),
        ({"low": "Much"}, "S1", "low", "Two statements are the same"),
        ({"core": False}, "", "sa", "No theme on the authority’s side is core"),
        ({"side": "both"}, "S1", "side", "Choose the authority’s side"),
    ],
)
def test_a_fault_of_a_theme_is_said_at_its_field(change, part, field, words) -> None:
    themes = (replace(WHOLE.themes[0], **change), *WHOLE.themes[1:])

    found = said(content.faults(content=replace(WHOLE, themes=themes)))

    assert any(row[:2] == (part, field) and words in row[2] for row in found), found


def test_a_side_without_a_theme_is_a_fault() -> None:
    found = said(content.faults(content=replace(WHOLE, themes=WHOLE.side("sa"))))

    assert found == [("", "icb", "There is no theme on the ICB’s side. Add at least one")]


@pytest.mark.parametrize("name", content.THRESHOLDS)
def test_a_threshold_outside_0_to_1_is_a_fault_at_its_field(name: str) -> None:
    found = said(content.faults(content=replace(WHOLE, **{name: "4/3"})))

    assert found == [("", name, "Enter a fraction from 0 to 1, for example 2/3")]


def test_a_version_says_where_it_comes_from() -> None:
    assert said(content.faults(content=replace(WHOLE, source="")))[0][1] == "source"


def test_themes_are_added_changed_removed_and_moved() -> None:
    added = content.put_theme(content=WHOLE, theme=theme("S3"))
    changed = content.put_theme(content=added, theme=theme("S9"), instead_of="S2")
    moved = content.moved_theme(content=changed, code="S3", up=True)
    gone = content.without_theme(content=moved, code="S1")

    assert [one.code for one in changed.side("sa")] == ["S1", "S9", "S3"]
    assert [one.code for one in moved.side("sa")] == ["S1", "S3", "S9"]
    assert [one.code for one in gone.themes] == ["S3", "S9", "I1", "I2"]


@pytest.mark.parametrize(("code", "up"), [("S1", True), ("S2", False), ("I1", True)])
def test_a_theme_at_the_end_of_its_side_stays_there(code: str, up: bool) -> None:
    assert content.moved_theme(content=WHOLE, code=code, up=up) == WHOLE


def test_what_is_not_there_is_not_changed() -> None:
    for change in (
        lambda: content.without_theme(content=WHOLE, code="X"),
        lambda: content.moved_theme(content=WHOLE, code="X", up=True),
        lambda: content.put_theme(content=WHOLE, theme=theme("S3"), instead_of="X"),
    ):
        with pytest.raises(content.NoSuchPartError):
            change()
