"""Changes of the register are read as people enter them, or refused with file, row and rule."""

import csv
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from authorities.register_file import RegisterError, ReorganisationRow, read_register
from authorities.register_file.reorganisations import read_reorganisations
from authorities.reorganisation.facts import BOARD, NHS_REGION, BodyKey
from authorities.reorganisation.operations import (
    AreaShare,
    Close,
    Merge,
    Open,
    Recode,
    Rename,
    Split,
    SplitTarget,
    Transfer,
)
from tests.authorities.conftest import REGISTER
from tests.authorities.test_register_file import rewrite, set_cell

FILE = "reorganisations.csv"
COLUMNS = (
    *("change", "title", "effective_date", "position", "operation", "kind", "body", "target"),
    *("areas", "name", "short_name", "ons_code", "ods_code", "group", "primary"),
    *("source", "certainty"),
)
OF_CHANGE = {
    "change": "a-change",
    "title": "A change",
    "effective_date": "2027-04-01",
    "kind": "integrated_care_board",
    "source": "an order",
    "certainty": "high",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for path in REGISTER.glob("*.csv"):
        shutil.copy(path, tmp_path / path.name)
    return tmp_path


def read(folder: Path, *rows: dict[str, str]) -> tuple[ReorganisationRow, ...]:
    """Read a file of rows that say what differs from the change above."""
    with (folder / FILE).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="")
        writer.writeheader()
        writer.writerows([{**OF_CHANGE, **row} for row in rows])
    return read_reorganisations(folder=folder)


def board(slug: str) -> BodyKey:
    return BodyKey(BOARD, slug)


def test_every_operation_is_read_as_people_enter_it(folder: Path) -> None:
    [change] = read(
        folder,
        {
            **{"position": "1", "operation": "open", "body": "new", "name": "NHS New"},
            **{"short_name": "New", "ons_code": "E54000099", "group": "south-east"},
        },
        {"position": "2", "operation": "merge", "body": "one; two", "target": "new"},
        {
            **{"position": "3", "operation": "split", "body": "three", "target": "new"},
            **{"areas": "E06000001:1; E06000002:1"},
        },
        {
            **{"position": "3", "operation": "split", "body": "three", "target": "four"},
            **{"areas": "E06000003:1", "primary": "yes"},
        },
        {
            **{"position": "4", "operation": "transfer", "body": "four", "target": "five"},
            **{"areas": "E06000004:1"},
        },
        {
            **{"position": "5", "operation": "rename", "body": "five"},
            **{"name": "NHS Fifth", "short_name": "Fifth"},
        },
        {"position": "6", "operation": "recode", "body": "five", "ods_code": "Q5Q5Q"},
        {"position": "7", "operation": "close", "body": "six"},
    )

    assert (change.key, change.title, change.source) == ("a-change", "A change", "an order")
    assert change.change.on == date(2027, 4, 1)
    assert change.change.operations == (
        Open(
            body=board("new"),
            name="NHS New",
            short_name="New",
            ons_code="E54000099",
            group=BodyKey(NHS_REGION, "south-east"),
        ),
        Merge((board("one"), board("two")), board("new")),
        Split(
            source=board("three"),
            targets=(
                SplitTarget(board("new"), (AreaShare("E06000001:1"), AreaShare("E06000002:1"))),
                SplitTarget(board("four"), (AreaShare("E06000003:1"),)),
            ),
            primary=board("four"),
        ),
        Transfer((AreaShare("E06000004:1"),), source=board("four"), target=board("five")),
        Rename(board("five"), "NHS Fifth", "Fifth"),
        Recode(board("five"), "ods", "Q5Q5Q"),
        Close(board("six")),
    )


def test_a_file_may_hold_several_changes_or_none(folder: Path) -> None:
    closing = {"position": "1", "operation": "close", "body": "one"}

    changes = read(folder, closing, {**closing, "change": "another"})

    assert [change.key for change in changes] == ["a-change", "another"]
    assert read(folder) == ()


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"operation": "abolish"}, "row 2: operation is 'abolish'. Use one of: close, merge"),
        ({"kind": "council"}, "row 2: kind is 'council'. Use one of: integrated_care_board"),
        ({"effective_date": ""}, "row 2: effective_date is empty. Fill it in."),
        ({"effective_date": "1.4.27"}, "row 2: effective_date is '1.4.27'. Write a day as"),
        ({"position": "2"}, "row 2: position is 2, not 1. Number the operations"),
        ({"position": "first"}, "row 2: position is 'first'. Enter a whole number"),
        ({"body": ""}, "row 2: body is empty. Fill it in."),
        ({"body": "One Board"}, "row 2: body is 'One Board'. Use small letters"),
        ({"target": "two"}, "row 2: target does not belong to the operation close. Empty it."),
        ({"primary": "yes"}, "row 2: primary does not belong to the operation close"),
        ({"title": ""}, "row 2: title is empty. Fill it in."),
        ({"source": ""}, "row 2: source is empty. Fill it in."),
        ({"certainty": "sure"}, "row 2: certainty is 'sure'. Use one of: high, low, medium."),
        ({"operation": "merge"}, "row 2: target is empty. Fill it in."),
        ({"operation": "rename", "name": "NHS One"}, "row 2: short_name is empty. Fill it in."),
        ({"operation": "transfer", "target": "two"}, "row 2: areas is empty. Fill it in."),
        ({"operation": "recode"}, "row 2: a recode has one code. Fill in ons_code or ods_code."),
        (
            {"operation": "recode", "ons_code": "E54000099", "ods_code": "Q1Q"},
            "row 2: a recode has one code.",
        ),
        (
            {"operation": "recode", "ons_code": "e54"},
            "row 2: ons_code is 'e54'. Use a code of capital letters and figures",
        ),
        (
            {"operation": "split", "target": "two", "areas": "E06000001:1"},
            "row 2: a split has one primary successor. Write yes in one of its rows.",
        ),
        (
            {"operation": "split", "target": "two", "areas": "E06000001:1", "primary": "no"},
            "row 2: primary is 'no'. Use one of: yes.",
        ),
    ],
)
def test_a_wrong_cell_is_refused(folder: Path, row: dict[str, str], message: str) -> None:
    closing = {"position": "1", "operation": "close", "body": "one"}

    with pytest.raises(RegisterError) as refused:
        read(folder, {**closing, **row})

    assert str(refused.value).startswith(f"{FILE}, {message}")


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"position": "1"}, "row 3: position is that of row 2. Only a split has several rows."),
        ({"position": "1", "body": "two"}, "row 3: body is not that of row 2. Make it so."),
        ({"position": "3"}, "row 3: position is 3, not 2."),
        ({"title": "Another"}, "row 3: title is not that of row 2. Make it so."),
        ({"effective_date": "2027-05-01"}, "row 3: effective_date is not that of row 2."),
    ],
)
def test_a_row_that_does_not_fit_the_one_above_is_refused(
    folder: Path, row: dict[str, str], message: str
) -> None:
    closing = {"operation": "close", "body": "one"}

    with pytest.raises(RegisterError) as refused:
        read(folder, {**closing, "position": "1"}, {**closing, "position": "2", **row})

    assert str(refused.value).startswith(f"{FILE}, {message}")


def test_the_rows_of_a_change_stand_together(folder: Path) -> None:
    closing = {"position": "1", "operation": "close", "body": "one"}

    with pytest.raises(RegisterError, match="row 4: the rows of a-change stand apart"):
        read(folder, closing, {**closing, "change": "another"}, closing)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("change", "message"),
    [
        (set_cell(2, "body", "atlantis"), "row 2: atlantis is not known. Correct it, or add it"),
        (set_cell(2, "group", "south"), "row 2: south is not known"),
        (
            set_cell(2, "group", "south-east"),
            "row 2: central-east is in the region East of England",
        ),
        (
            set_cell(2, "body", "devon"),
            "row 2: devon is not established on 2026-04-01 in integrated_care",
        ),
        (
            set_cell(2, "name", "NHS Middle East"),
            "row 2: central-east is called NHS Central East Integrated Care Board, Central",
        ),
        (
            set_cell(2, "ods_code", "S1Y5E"),
            "row 2: central-east has other codes from 2026-04-01 in icb_codes.csv, row 45",
        ),
        (
            set_cell(8, "body", "devon"),
            "row 8: devon is not abolished on 2026-04-01 in integrated_care_boards",
        ),
        (
            set_cell(8, "target", "essex"),
            "row 8: part E06000032:1 does not go from bedfordshire-luton-and-milton-keynes to e",
        ),
        (
            set_cell(14, "areas", "E10000012:3"),
            "row 14: part E10000012:3 does not go from hertfordshire-and-west-essex",
        ),
        (
            set_cell(21, "body", "devon"),
            "row 21: devon has no code from 2026-04-01 in icb_codes.csv. Add it.",
        ),
    ],
)
def test_a_change_that_contradicts_the_other_files_is_refused(
    folder: Path, change: Callable[[list[dict[str, str]]], None], message: str
) -> None:
    rewrite(folder / FILE, change)

    with pytest.raises(RegisterError) as refused:
        read_register(folder=folder)

    assert str(refused.value).startswith(f"{FILE}, {message}")


def test_a_folder_without_the_file_is_refused(folder: Path) -> None:
    (folder / FILE).unlink()

    with pytest.raises(RegisterError, match=r"reorganisations\.csv is missing"):
        read_register(folder=folder)
