from fractions import Fraction
from pathlib import Path

import pytest

from engagement import matrix, rubric_file
from engagement.matrix import Level, LevelRule, Side
from engagement.rubric_file import RubricFileError, SupportAim

CONFIGURATION = Path(rubric_file.__file__).parent / "configuration"


def shipped(name: str) -> str:
    return (CONFIGURATION / name).read_text(encoding="utf-8")


def test_the_shipped_rubric_holds_seven_and_eight_themes_with_two_core_ones_a_side() -> None:
    themes = rubric_file.read_rubric(text=shipped("rubric_v1_statements.csv"))

    by_side = {side: [theme for theme in themes if theme.side == side] for side in Side}

    assert [theme.code for theme in by_side[Side.SA]] == [f"S{n}" for n in range(1, 8)]
    assert [theme.code for theme in by_side[Side.ICB]] == [f"I{n}" for n in range(1, 9)]
    assert [theme.code for theme in themes if theme.core] == ["S1", "S2", "I1", "I2"]
    assert all(theme.statements[level] for theme in themes for level in Level)


def test_the_shipped_rule_is_two_thirds_a_half_and_a_third() -> None:
    rule = rubric_file.read_rule(text=shipped("rubric_v1_rule.csv"))

    assert rule == LevelRule(Fraction(2, 3), Fraction(1, 2), Fraction(1, 3))


def test_the_shipped_group_map_places_all_nine_cells() -> None:
    groups = rubric_file.read_support_groups(text=shipped("support_groups_v1.csv"))

    group_map = rubric_file.read_group_map(text=shipped("group_map_v1.csv"), groups=groups)

    placed = [
        matrix.place(sa=sa, icb=icb, group_map=group_map.groups).group
        for sa in Level
        for icb in Level
    ]
    assert placed == ["green", "amber", "pink", "amber", "amber", "pink", "pink", "pink", "red"]
    assert len(group_map.likely_outcomes) == 9
    assert {g.code for g in groups if g.aim == SupportAim.LESS_ENGAGED_SIDE} == {"pink"}


RUBRIC = "side,code,core,name,high,partial,low,source\n"
GOOD_ROWS = "sa,S1,yes,Purpose,h,p,l,essay\nicb,I1,yes,Partners,h,p,l,essay\n"


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (GOOD_ROWS + "sa,S1,no,Other,h,p,l,essay\n", "Row 4: the code S1 is already in row 2"),
        (GOOD_ROWS + "nhs,S2,no,Other,h,p,l,essay\n", "Row 4: the side is 'nhs'"),
        (GOOD_ROWS + "sa,S2,no,Other,h,,l,essay\n", "Row 4: the statement for partial is missing"),
        (GOOD_ROWS + "sa,S2,maybe,Other,h,p,l,e\n", "Row 4: core is 'maybe'"),
        (GOOD_ROWS + "\nsa,,no,Other,h,p,l,e\n", "Row 5: code is empty"),
        (GOOD_ROWS + "sa,S2,no,Other,h,p\n", "Row 4 has 6 values, the headings have 8"),
        (GOOD_ROWS.splitlines(keepends=True)[0], "no theme for the side icb"),
        ('sa,S1,yes,"Purpose,h,p,l,essay\n', "cannot be read as CSV"),
    ],
)
def test_a_rubric_with_a_fault_is_refused_with_its_row(rows: str, message: str) -> None:
    text = RUBRIC + rows

    with pytest.raises(RubricFileError, match=message):
        rubric_file.read_rubric(text=text)


def test_every_fault_of_a_rubric_is_said_at_once() -> None:
    text = RUBRIC + "x,S1,yes,Purpose,h,p,l,e\nsa,S2,no,,h,p,,e\n"

    with pytest.raises(RubricFileError) as refused:
        rubric_file.read_rubric(text=text)

    assert [fault.split(":")[0] for fault in refused.value.faults] == ["Row 2", "Row 3", "Row 3"]


def test_wrong_headings_are_refused() -> None:
    with pytest.raises(RubricFileError, match="Row 1: the headings must be side, code, core"):
        rubric_file.read_rubric(text="code,side\n")


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("high_at_least,2,3,x\n", "missing: low_more_than, unanswered_more_than"),
        ("best,2,3,x\n", "Row 2: best is not a threshold"),
        ("low_more_than,1,0,x\n", "Row 2: low_more_than must be a fraction"),
        ("low_more_than,3,2,x\n", "Row 2: low_more_than must be a fraction"),
        ("low_more_than,1,2,x\nlow_more_than,1,2,x\n", "Row 3: low_more_than is there twice"),
    ],
)
def test_a_rule_with_a_fault_is_refused(rows: str, message: str) -> None:
    text = "threshold,numerator,denominator,meaning\n" + rows

    with pytest.raises(RubricFileError, match=message):
        rubric_file.read_rule(text=text)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("high,high,green", "high,high,blue"), "Row 2: 'blue' is not a support group"),
        (("high,high,green", "hi,high,green"), "Row 2: 'hi' is not a level"),
        (("low,low,red", "low,partial,red"), "Row 10: the cell low, partial is there twice"),
        (("low,low,red", "low,partial,red"), "The cell SA low, ICB low is missing"),
    ],
)
def test_a_group_map_with_a_fault_is_refused(change: tuple[str, str], message: str) -> None:
    groups = rubric_file.read_support_groups(text=shipped("support_groups_v1.csv"))
    text = shipped("group_map_v1.csv").replace(*change)

    with pytest.raises(RubricFileError, match=message):
        rubric_file.read_group_map(text=text, groups=groups)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("", "no support groups"),
        ("green,A,note,offer,everyone,green\n", "Row 2: aimed_at is 'everyone'"),
        (
            "green,A,note,offer,both,green\ngreen,B,note,offer,both,red\n",
            "Row 3: the group green is there twice",
        ),
        ("green,,note,offer,both,green\n", "Row 2: name is empty"),
        ("green,A,note,offer,both,\n", "Row 2: look is empty"),
    ],
)
def test_support_groups_with_a_fault_are_refused(rows: str, message: str) -> None:
    text = "group,name,note,offer,aimed_at,look\n" + rows

    with pytest.raises(RubricFileError, match=message):
        rubric_file.read_support_groups(text=text)
