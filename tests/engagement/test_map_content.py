"""A draft of the matrix as plain values: changed, and judged."""

from dataclasses import replace

import pytest

from engagement import map_content as content
from engagement.map_content import CELLS, CellText, GroupText, LevelLabels, MapContent
from engagement.matrix import Level
from engagement.rubric_content import NoSuchPartError

LOOKS = frozenset({"green", "red", "teal"})


def group(code: str, **said: str) -> GroupText:
    words = {
        "name": f"Group {code}",
        "note": "In few words",
        "offer": "Support",
        "aimed_at": "both",
        "look": code,
    }
    return GroupText(code=code, **(words | said))


WHOLE = MapContent(
    labels=LevelLabels(),
    groups=(group("green"), group("red")),
    cells=tuple(
        CellText(sa, icb, "red" if sa == icb == "low" else "green", "Something")
        for sa, icb in CELLS
    ),
    source="The tests",
)


def said(found) -> list[tuple[str, str, str]]:
    return [(fault.part, fault.field, fault.message) for fault in found]


def faults(changed: MapContent) -> list[tuple[str, str, str]]:
    return said(content.faults(content=changed, looks=LOOKS))


def test_a_whole_matrix_has_no_fault_and_places_all_nine_cells() -> None:
    assert faults(WHOLE) == []
    by_cell = content.groups_by_cell(content=WHOLE)
    assert len(by_cell) == 9
    assert by_cell[Level.LOW, Level.LOW] == "red"


def test_what_is_stored_is_read_back() -> None:
    assert content.from_json(stored=content.to_json(content=WHOLE)) == WHOLE


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"code": "Green"}, "code", "small letter"),
        ({"code": "not-assessed"}, "code", "small letter"),
        ({"code": "red"}, "code", "The code red is taken"),
        ({"name": ""}, "name", "Enter a name"),
        ({"name": "Group red"}, "name", "Another group has this name"),
        ({"note": "x" * 61}, "note", "at most 60"),
        ({"offer": ""}, "offer", "Enter what the support is"),
        ({"aimed_at": "everyone"}, "aimed_at", "Choose whom"),
        ({"look": "#ff0000"}, "look", "Choose a colour with its pattern"),
        ({"look": "red"}, "look", "Another group looks like this"),
    ],
)
def test_a_fault_of_a_group_is_said_at_its_field(change, field, words) -> None:
    groups = (replace(WHOLE.groups[0], **change), WHOLE.groups[1])

    found = faults(replace(WHOLE, groups=groups))

    assert any(row[1] == field and words in row[2] for row in found), found


@pytest.mark.parametrize("cell", CELLS)
def test_each_of_the_nine_cells_is_needed(cell: tuple[str, str]) -> None:
    left = tuple(one for one in WHOLE.cells if (one.authority_level, one.board_level) != cell)

    fields = {row[1] for row in faults(replace(WHOLE, cells=left))}

    assert {f"{cell[0]}_{cell[1]}_group", f"{cell[0]}_{cell[1]}_outcome"} <= fields


def test_a_group_without_a_cell_is_a_fault() -> None:
    found = faults(replace(WHOLE, groups=(*WHOLE.groups, group("teal"))))

    assert found == [("teal", "cells", "No cell brings the group Group teal. Use or remove it")]


@pytest.mark.parametrize(
    ("labels", "field"),
    [
        (LevelLabels(high=""), "high"),
        (LevelLabels(low="x" * 25), "low"),
        (LevelLabels(low="HIGH"), "low"),
        (LevelLabels(not_assessed="Low"), "not_assessed"),
    ],
)
def test_words_of_levels_are_short_and_told_apart(labels: LevelLabels, field: str) -> None:
    assert [row[1] for row in faults(replace(WHOLE, labels=labels))] == [field]


def test_a_source_and_a_group_are_needed() -> None:
    assert faults(replace(WHOLE, source=""))[0][1] == "source"
    assert "groups" in {row[1] for row in faults(replace(WHOLE, groups=()))}


def test_cells_follow_a_group_that_gets_another_code_or_goes() -> None:
    renamed = content.put_group(content=WHOLE, group=group("teal"), instead_of="red")
    gone = content.without_group(content=WHOLE, code="red")

    assert renamed.cell("low", "low").group == "teal"
    assert gone.cell("low", "low").group == ""
    assert (("", "low_low_group") in {row[:2] for row in faults(gone)}) is True


def test_groups_are_added_at_the_end_and_moved() -> None:
    added = content.put_group(content=WHOLE, group=group("teal"))
    moved = content.moved_group(content=added, code="teal", up=True)

    assert [one.code for one in moved.groups] == ["green", "teal", "red"]
    assert content.moved_group(content=moved, code="green", up=True) == moved
    with pytest.raises(NoSuchPartError):
        content.without_group(content=WHOLE, code="blue")
