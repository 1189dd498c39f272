"""A register that breaks a rule is refused, with the file, the row and the rule."""

import csv
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from authorities.register_file import RegisterError, read_register

REGISTER = Path(__file__).parents[2] / "authorities" / "register"
Row = dict[str, str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for path in REGISTER.glob("*.csv"):
        shutil.copy(path, tmp_path / path.name)
    return tmp_path


def rewrite(path: Path, change: Callable[[list[Row]], None]) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    columns = list(rows[0])
    change(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)


def set_cell(number: int, column: str, value: str) -> Callable[[list[Row]], None]:
    """Change a cell; rows are numbered as a spreadsheet shows them."""

    def change(rows: list[Row]) -> None:
        rows[number - 2][column] = value

    return change


def repeat(number: int, **cells: str) -> Callable[[list[Row]], None]:
    """Put a copy of a row at the end, with some cells changed."""

    def change(rows: list[Row]) -> None:
        rows.append({**rows[number - 2], **cells})

    return change


def drop(number: int) -> Callable[[list[Row]], None]:
    def change(rows: list[Row]) -> None:
        del rows[number - 2]

    return change


def test_the_projects_own_register_keeps_every_rule() -> None:
    register = read_register(folder=REGISTER)

    assert register.gathered_on == date(2026, 11, 23)
    assert register.begins_on == date(2000, 7, 3)
    assert len(register.authorities) == 23
    assert sum(row.planned for row in register.authorities) == 3
    assert len(register.boards) == 48
    assert len(register.councils) == 153


@pytest.mark.parametrize(
    ("file", "change", "message"),
    [
        (
            "constituents.csv",
            set_cell(2, "sa_slug", "greater-londn"),
            "constituents.csv, row 2: greater-londn is not a known strategic authority",
        ),
        (
            "constituents.csv",
            set_cell(3, "council_code", "E09000099"),
            "constituents.csv, row 3: E09000099 is not a known council code",
        ),
        (
            "part_boards.csv",
            set_cell(2, "icb_slug", "nowhere"),
            "part_boards.csv, row 2: nowhere is not a known board",
        ),
        (
            "part_boards.csv",
            set_cell(2, "part", "E06000001:9"),
            "part_boards.csv, row 2: E06000001:9 is not a known part",
        ),
        (
            "icb_codes.csv",
            set_cell(2, "valid_to", "2022-07-01"),
            "icb_codes.csv, row 2: valid_to is 2022-07-01, not after valid_from 2022-07-01",
        ),
        (
            "strategic_authorities.csv",
            set_cell(2, "abolished_on", "1999-01-01"),
            "strategic_authorities.csv, row 2: abolished_on is 1999-01-01, not after",
        ),
        (
            "icb_codes.csv",
            set_cell(3, "ons_code", "E54000050"),
            "row 3: the code E54000050 means two bodies on one day: see icb_codes.csv, row 2",
        ),
        (
            "strategic_authorities.csv",
            set_cell(3, "ons_code", "E06000001"),
            "row 3: the code E06000001 means two bodies on one day: see councils.csv, row 2",
        ),
        (
            "icb_codes.csv",
            repeat(2, ons_code="E54000999", ods_code="Q99"),
            "board north-east-and-north-cumbria has two codes on one day",
        ),
        (
            "council_codes.csv",
            set_cell(2, "valid_to", "2025-05-01"),
            "council_codes.csv, row 3: council E08000038 has two codes on one day",
        ),
        (
            "constituents.csv",
            repeat(2, sa_slug="greater-manchester", valid_from="2015-01-01"),
            "council E09000001 is in two strategic authorities on one day",
        ),
        (
            "part_boards.csv",
            repeat(2, icb_slug="essex", valid_from="2026-04-01"),
            "part E06000001:1 is in two boards on one day",
        ),
        (
            "council_regions.csv",
            repeat(2, region_slug="south-east"),
            "council E06000001 is in two regions on one day",
        ),
        (
            "council_regions.csv",
            set_cell(2, "region_slug", "middle-earth"),
            "council_regions.csv, row 2: middle-earth is not a known region",
        ),
        (
            "part_boards.csv",
            set_cell(2, "valid_from", "2022-06-30"),
            "part_boards.csv, row 2: the row holds from 2022-06-30",
        ),
        (
            "constituents.csv",
            set_cell(2, "valid_from", "1999-01-01"),
            "constituents.csv, row 2: the row holds from 1999-01-01",
        ),
        (
            "constituents.csv",
            set_cell(2, "valid_from", ""),
            "constituents.csv, row 2: valid_from is empty, yet the authority is established",
        ),
        (
            "council_parts.csv",
            set_cell(2, "population", "193847"),
            "the parts add up to",
        ),
        (
            "sa_icb_overlap_2026.csv",
            set_cell(2, "share_of_sa_population", "0.5"),
            "sa_icb_overlap_2026.csv, row 2: the parts add up to 3534",
        ),
        (
            "sa_icb_overlap_2022.csv",
            drop(2),
            "sa_icb_overlap_2022.csv: no row for greater-london and north-west-london",
        ),
        (
            "sa_icb_overlap_2026.csv",
            repeat(2, icb_slug="devon"),
            "sa_icb_overlap_2026.csv, row 36: no part lies in both greater-london and devon",
        ),
        (
            "part_boards.csv",
            drop(2),
            "council_parts.csv, row 2: part E06000001:1 is in no board on 2026-03-31",
        ),
        ("councils.csv", repeat(2, name="New"), "the council code E06000001 stands in row 2, too"),
        (
            "strategic_authorities.csv",
            set_cell(2, "slug", "Greater London"),
            "slug is 'Greater London'. Use small letters",
        ),
        (
            "strategic_authorities.csv",
            set_cell(2, "tier", "supreme"),
            "row 2: tier is 'supreme'. Use one of: established_mayoral, foundation, mayoral.",
        ),
        (
            "strategic_authorities.csv",
            set_cell(22, "established_on", "2026-01-01"),
            "an authority has established_on if, and only if, its status says established",
        ),
        ("council_parts.csv", set_cell(2, "population", "-1"), "population is '-1'. Enter a whole"),
        ("council_parts.csv", set_cell(2, "population", "9" * 19), "Enter a whole number from 0"),
        ("icb_succession.csv", set_cell(2, "share_of_predecessor", "nan"), "Enter a share from 0"),
        (
            "icb_succession.csv",
            set_cell(2, "succession_date", "2026-05-01"),
            "bedfordshire-luton-and-milton-keynes was not abolished on 2026-05-01",
        ),
        (
            "icb_succession.csv",
            set_cell(2, "succession_date", "1 April 2026"),
            "succession_date is '1 April 2026'. Write a day as 2026-04-01",
        ),
        ("icb_clusters.csv", set_cell(2, "member_slugs", "devon"), "devon is a member here, but"),
        (
            "integrated_care_boards.csv",
            set_cell(2, "nhs_region", "North"),
            "region E40000012 is North East and Yorkshire here and North above",
        ),
        ("integrated_care_boards.csv", set_cell(2, "name", ""), "row 2: name is empty. Fill it in"),
        ("councils.csv", set_cell(2, "name", "x" * 201), "name has 201 characters. Use at most"),
    ],
)
def test_a_broken_rule_is_named_with_its_row(
    folder: Path, file: str, change: Callable[[list[Row]], None], message: str
) -> None:
    rewrite(folder / file, change)

    with pytest.raises(RegisterError) as refusal:
        read_register(folder=folder)

    assert message in str(refusal.value)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "councils.csv is missing"),
        (b"", "councils.csv, row 1: no column code, name, source, certainty"),
        (b"\xff\xfe", "councils.csv cannot be read. Save it as CSV in UTF-8"),
        (b"code,name,source,certainty\x00\n", "councils.csv holds a NUL character"),
        (b"code,name,source,certainty\nE06000001,A\n", "row 2: there are 2 cells, not 4"),
        (b'code,name,source,certainty\n"E06"x,A,b,high\n', "row 2: not readable as CSV"),
        (b"code,code,name,source,certainty\n", "row 1: a column is there twice"),
    ],
)
def test_a_file_that_is_no_table_is_refused(
    folder: Path, content: bytes | None, message: str
) -> None:
    path = folder / "councils.csv"
    path.unlink()
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(RegisterError) as refusal:
        read_register(folder=folder)

    assert message in str(refusal.value)


def test_a_register_without_the_day_of_gathering_is_refused(folder: Path) -> None:
    rewrite(folder / "about.csv", set_cell(2, "key", "something"))

    with pytest.raises(RegisterError, match=r"about\.csv: no row gathered_on"):
        read_register(folder=folder)
