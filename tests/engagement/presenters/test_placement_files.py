"""Placements as CSV: nothing in a cell is run by a spreadsheet, and nothing is lost."""

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from duty.ui.looks import FIRST_WORDS
from engagement.content import LevelReasons
from engagement.presenters.placement_files import HEADINGS, RoundLine, write_csv
from tests.engagement.test_picture import ROW

LINE = RoundLine(
    slug="spring-2026",
    name="Spring 2026",
    working=False,
    revision=2,
    published_at=datetime(2026, 9, 14, 7, 30, tzinfo=UTC),
    geography_date="2026-06-30",
    rubric_version="1",
    group_map_version=1,
    computed_at=datetime(2026, 9, 14, 7, 30, tzinfo=UTC),
)


def written(
    row=ROW,
    line=LINE,
    demonstration=False,
    reasons=LevelReasons(),  # noqa: B008 - frozen
) -> dict[str, str]:
    text = write_csv(
        lines=[(line, row, reasons)],
        words_by_version={1: FIRST_WORDS},
        demonstration=demonstration,
    )
    return next(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_is_never_a_formula(start):
    row = written(replace(ROW, authority_name=f'{start}HYPERLINK("x")'))

    assert row["authority"].startswith("'")


def test_each_line_has_a_cell_for_each_heading():
    assert tuple(written()) == HEADINGS
    assert None not in written()


def test_days_are_iso_and_not_assessed_is_said_in_code_and_words():
    row = written()

    assert (row["published_on"], row["bodies_as_at"]) == ("2026-09-14", "2026-06-30")
    assert row["last_calculated_at"] == "2026-09-14T07:30:00+00:00"
    assert (row["icb_level_code"], row["icb_level"]) == ("not_assessed", "Not assessed")
    assert (row["support_group_code"], row["support_group"]) == ("not_assessed", "Not assessed")
    assert row["less_engaged_side"] == ""


def test_each_side_says_what_its_level_rests_on():
    row = written(reasons=LevelReasons(authority="=3 of 7 are high", board="rationale: few meet"))

    assert row["authority_reasons"] == "'=3 of 7 are high"
    assert row["icb_reasons"] == "rationale: few meet"


def test_equal_levels_have_no_less_engaged_side_and_say_so():
    placed = replace(ROW, authority_level="high", board_level="high", group="green", gap=0)

    assert written(placed)["less_engaged_side"] == "Neither"


def test_a_working_round_is_called_so():
    line = replace(LINE, working=True, revision=None, published_at=None)

    row = written(line=line)
    assert (row["state"], row["revision"], row["published_on"]) == (
        "working, not published",
        "",
        "",
    )


def test_a_demonstration_is_called_so_on_each_line():
    assert "Demonstration: " in written(demonstration=True)["note"]
    assert "Demonstration" not in written()["note"]
    assert written()["note"].startswith("This is about support, not performance")
