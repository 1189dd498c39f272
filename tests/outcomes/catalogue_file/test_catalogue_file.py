"""The files of the catalogue are read whole or refused in words."""

import pytest

from outcomes.actions.catalogue import FOLDER
from outcomes.catalogue_file import (
    CatalogueFileError,
    SetRow,
    read_breaks,
    read_domains,
    read_indicators,
    read_sets,
    write_sets,
)
from outcomes.catalogue_file.reading import (
    BREAK_COLUMNS,
    BREAK_KINDS,
    DOMAIN_COLUMNS,
    INDICATOR_COLUMNS,
    MOST_ROWS,
    SET_COLUMNS,
)
from outcomes.models import BreakKind

INDICATOR = {
    **dict.fromkeys(INDICATOR_COLUMNS, ""),
    "code": "good-health",
    "name": "Good health",
    "definition": "Years.",
    "unit": "years",
    "scale": "years",
    "polarity": "high",
    "year_type": "calendar",
    "benchmark_method": "limits_95",
    "trend_eligible": "no",
    "trend_text": "Too young.",
    "source": "Somebody",
    "licence": "OGL",
}
SET = dict(zip(SET_COLUMNS, ("starter", "Starter", "", "us", "1", "good-health"), strict=True))


def file(columns, *rows):
    lines = [",".join(columns), *(",".join(row[column] for column in columns) for row in rows)]
    return "\n".join(lines).encode()


@pytest.mark.parametrize("code", ["healthy-life-expectancy-at-birth", "obesity-year-6"])
def test_the_projects_own_indicators_are_whole(code):
    rows = read_indicators(content=(FOLDER / "indicators.csv").read_bytes())

    found = {row.definition.code: row.definition for row in rows}
    assert found[code].fingertips_id in (90362, 92033)
    assert all(row.definition.fingertips_id for row in rows)


def test_the_projects_own_sets_name_indicators_and_domains_that_there_are():
    codes = {
        row.definition.code: row.definition.domain
        for row in read_indicators(content=(FOLDER / "indicators.csv").read_bytes())
    }
    domains = {row.slug for row in read_domains(content=(FOLDER / "domains.csv").read_bytes())}
    sets = read_sets(content=(FOLDER / "indicator_sets.csv").read_bytes())
    breaks = read_breaks(content=(FOLDER / "comparability_breaks.csv").read_bytes())

    assert {code for one in sets for code in one.indicators} == set(codes)
    assert set(codes.values()) <= domains
    assert {one.indicator for one in breaks} <= set(codes)


def test_an_empty_number_is_not_known():
    [row] = read_indicators(content=file(INDICATOR_COLUMNS, INDICATOR))

    assert (row.row, row.definition.period_months, row.definition.fingertips_id) == (2, None, None)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"scale": "stars"}, "Row 2: scale: stars is not one that we know"),
        ({"period_months": "a year"}, "Row 2: period_months must be a whole number"),
        ({"trend_eligible": "maybe"}, "Row 2: trend_eligible must be yes or no"),
        ({"name": ""}, "Row 2: name: Enter the name"),
    ],
)
def test_a_wrong_cell_is_named(facts, words):
    with pytest.raises(CatalogueFileError, match=words):
        read_indicators(content=file(INDICATOR_COLUMNS, {**INDICATOR, **facts}))


def test_one_indicator_has_one_row():
    with pytest.raises(CatalogueFileError, match="good-health stands in row 2, too"):
        read_indicators(content=file(INDICATOR_COLUMNS, INDICATOR, INDICATOR))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Columns are missing"),
        (b"\x89PNG\r\n\x1a\n\xff", "not UTF-8"),
        (b"set,\x00", "NUL"),
        (b"set,set,set_name,set_text,set_source,place,indicator\n", "Two columns have one heading"),
        (",".join(SET_COLUMNS).encode() + b"\na,b\n", "Row 2: there are 2 cells, not 6"),
        (b"x" * 1_000_001, "larger than 1 MB"),
        (",".join(SET_COLUMNS).encode() + b'\n"a', "no CSV"),
        (",".join(SET_COLUMNS).encode() + b"\n" * (MOST_ROWS + 2), "more than 5,000 rows"),
    ],
)
def test_what_is_no_such_file_is_refused(content, words):
    with pytest.raises(CatalogueFileError, match=words):
        read_sets(content=content)


def test_columns_come_in_any_order_and_others_are_left_out():
    columns = (*reversed(SET_COLUMNS), "remark")

    [found] = read_sets(content=b"\xef\xbb\xbf" + file(columns, {**SET, "remark": "x"}))

    assert found == SetRow("starter", "Starter", "", "us", ("good-health",))


def test_places_put_a_set_in_order():
    rows = ({**SET, "place": "10"}, {**SET, "place": "9", "indicator": "first"})

    [found] = read_sets(content=file(SET_COLUMNS, *rows))

    assert found.indicators == ("first", "good-health")


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"place": "1", "indicator": "b"}, "place 1 of starter is taken by good-health"),
        ({"place": "2"}, "good-health is in starter twice"),
        ({"place": "2", "indicator": "b", "set_name": "Another"}, "differ from those above"),
        ({"place": "0", "indicator": "b"}, "place must be a whole number from 1"),
        ({"place": "2", "indicator": "B b"}, "indicator is 'B b'"),
    ],
)
def test_a_set_that_contradicts_itself_is_refused(other, words):
    with pytest.raises(CatalogueFileError, match=words):
        read_sets(content=file(SET_COLUMNS, SET, {**SET, **other}))


def test_what_is_written_is_read_again():
    sets = (
        SetRow("a", "=A formula, with a comma", 'It says "so"', "", ("one", "two")),
        SetRow("b", "B", "", "'quoted", ("two",)),
    )

    assert read_sets(content=write_sets(sets=sets).encode()) == sets


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"starts_on": "soon"}, "starts_on is no day"),
        ({"kind": "mood"}, "kind is 'mood'"),
        ({"text": ""}, "text is empty"),
    ],
)
def test_a_break_says_when_what_kind_and_what(facts, words):
    row = {
        "indicator": "good-health",
        "starts_on": "2011-01-01",
        "kind": "method",
        "text": "It changed.",
        "source": "",
    }

    with pytest.raises(CatalogueFileError, match=words):
        read_breaks(content=file(BREAK_COLUMNS, {**row, **facts}))


def test_a_domain_is_there_once():
    row = {"slug": "air", "name": "Air", "text": "", "source": ""}

    with pytest.raises(CatalogueFileError, match="air is there twice"):
        read_domains(content=file(DOMAIN_COLUMNS, row, row))


def test_the_kinds_of_breaks_are_those_of_the_database():
    assert set(BreakKind.values) == BREAK_KINDS
