"""What is different between two versions, in words."""

from dataclasses import replace

from engagement import rubric_content
from engagement.map_content import LevelLabels
from engagement.version_differences import differences
from tests.engagement.test_map_content import WHOLE as MATRIX
from tests.engagement.test_rubric_content import WHOLE as RUBRIC
from tests.engagement.test_rubric_content import theme


def rows(before, after) -> list[tuple[str, str, str, str]]:
    return [
        (one.part, one.what, one.before, one.after)
        for one in differences(before=before, after=after)
    ]


def test_a_version_is_not_different_from_itself() -> None:
    assert rows(RUBRIC, RUBRIC) == []
    assert rows(MATRIX, MATRIX) == []


def test_changes_of_a_rubric_are_said_part_by_part() -> None:
    after = rubric_content.without_theme(content=RUBRIC, code="S2")
    after = rubric_content.put_theme(
        content=after, theme=theme("S1", core=False, high="Very much"), instead_of="S1"
    )
    after = replace(after, high_at_least="3/4")

    assert rows(RUBRIC, after) == [
        ("Authority’s themes", "Order", "S1, S2", "S1"),
        ("Authority’s theme S1", "Statement for high", "Much", "Very much"),
        ("Authority’s theme S1", "Core", "Yes", "No"),
        ("Rule", "Share of all themes that must be high for a high level", "2/3", "3/4"),
        ("Authority’s theme S2", "Name", "Theme S2", ""),
        ("Authority’s theme S2", "Statement for high", "Much", ""),
        ("Authority’s theme S2", "Statement for partial", "Some", ""),
        ("Authority’s theme S2", "Statement for low", "None", ""),
        ("Authority’s theme S2", "Core", "No", ""),
    ]


def test_changes_of_a_matrix_are_said_part_by_part() -> None:
    cells = tuple(
        replace(cell, group="red") if cell.authority_level == cell.board_level == "high" else cell
        for cell in MATRIX.cells
    )
    groups = (replace(MATRIX.groups[0], aimed_at="less_engaged_side"), MATRIX.groups[1])
    after = replace(MATRIX, cells=cells, groups=groups, labels=LevelLabels(low="Beginning"))

    assert rows(MATRIX, after) == [
        ("Levels", "Word for low", "Low", "Beginning"),
        ("Group green", "Aimed at", "Both sides", "The less engaged side"),
        ("Authority high with ICB high", "Group", "Group green", "Group red"),
    ]
