"""The files of the mission are read whole or not at all."""

import pytest

from outcomes.actions.catalogue import FOLDER
from outcomes.mission import Rank, Years
from outcomes.mission_file import (
    MissionFileError,
    read_definition,
    read_figures,
    read_releases,
)

RELEASE_HEAD = "release,title,method,source,note"
FIGURE_HEAD = (
    "release,first_year,last_year,sex,measure,area_code,area_name,value,lower_95,upper_95,rank"
)
DEFINITION_HEAD = (
    "number,words,areas,gap_rule,highest_code,lowest_code,sexes,baseline_first_year,"
    "baseline_last_year,baseline_reason,share,target_first_year,target_last_year,source"
)


def of(head, *rows):
    return "\n".join([head, *rows, ""]).encode()


def test_the_projects_own_files_are_sound():
    figures = read_figures(content=(FOLDER / "mission_figures.csv").read_bytes())
    releases = read_releases(content=(FOLDER / "mission_releases.csv").read_bytes())
    row = read_definition(content=(FOLDER / "mission_definition.csv").read_bytes())

    assert {one.release for one in figures} == {one.release for one in releases}
    assert len(figures) == 22
    assert [one.value for one in figures if one.rank is Rank.HIGHEST] == [
        *(64.1, 64.7, 63.9, 64.4, 63.0, 64.3)
    ]
    assert (row.definition.baseline, row.definition.target) == (Years(2021, 2023), None)


def figure(**said):
    cells = {
        "release": "2026-02",
        "first_year": "2022",
        "last_year": "2024",
        "sex": "Male",
        "measure": "life",
        "area_code": "E12000001",
        "area_name": "North East",
        "value": "57.0",
        "lower_95": "",
        "upper_95": "",
        "rank": "lowest",
    }
    return ",".join((cells | said).values())


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"release": "2026-13"}, "no year and month"),
        ({"first_year": "22"}, "years like 2022"),
        ({"first_year": "2025"}, "is before"),
        ({"sex": "Persons"}, "Male or Female"),
        ({"measure": "death"}, "measure is"),
        ({"area_code": "north-east"}, "no code"),
        ({"area_name": ""}, "area_name is empty"),
        ({"value": ""}, "value is empty"),
        ({"value": "high"}, "no number"),
        ({"value": "nan"}, "outside"),
        ({"value": "570"}, "outside"),
        ({"lower_95": "56.0"}, "both limits or none"),
        ({"lower_95": "58.0", "upper_95": "59.0"}, "between its limits"),
        ({"rank": "second"}, "rank is"),
    ],
)
def test_a_figure_that_cannot_be_is_refused_with_its_row(said, words):
    with pytest.raises(MissionFileError, match=f"Row 3: .*{words}"):
        read_figures(content=of(FIGURE_HEAD, figure(area_code="E12000002"), figure(**said)))


def test_a_figure_that_stands_twice_is_refused():
    with pytest.raises(MissionFileError, match="Row 3: the same figure stands in row 2"):
        read_figures(content=of(FIGURE_HEAD, figure(), figure(value="58.0")))


def test_a_figure_with_limits_is_read():
    content = of(FIGURE_HEAD, figure(lower_95="56.3", upper_95="57.7", rank=""))

    [found] = read_figures(content=content)

    assert (found.lower, found.upper, found.rank) == (56.3, 57.7, Rank.NONE)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("2026-2,T,m,s,", "no year and month"),
        ("2026-02,T,Two words,s,", "no short name"),
        ("2026-02,,m,s,", "title is empty"),
        ("2026-02,T,m,,", "source is empty"),
        ("2026-02,T,m,s", "5 cells"),
        ("2026-01,T,m,s,", "there twice"),
    ],
)
def test_a_release_that_cannot_be_is_refused(row, words):
    with pytest.raises(MissionFileError, match=f"Row 3: .*{words}"):
        read_releases(content=of(RELEASE_HEAD, "2026-01,T,m,s,", row))


SOUND = "1,Words,regions,range,,,each,2021,2023,since,half,,,Source"


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([], "version 1 and nothing else"),
        ([SOUND, SOUND], "version 1 and nothing else"),
        ([SOUND.replace("1,", "2,", 1)], "version 1 and nothing else"),
        ([SOUND.replace("range", "mean")], "mean"),
        ([SOUND.replace("Words", "")], "words is empty"),
        ([SOUND.replace("half,,", "half,2034,")], "years like 2022"),
    ],
)
def test_a_definition_that_cannot_be_is_refused(rows, words):
    with pytest.raises(MissionFileError, match=words):
        read_definition(content=of(DEFINITION_HEAD, *rows))


def test_a_definition_with_an_end_date_is_read():
    found = read_definition(content=of(DEFINITION_HEAD, SOUND.replace("half,,", "half,2034,2036")))

    assert found.definition.target == Years(2034, 2036)


@pytest.mark.parametrize("content", [b"", b"release\n", "release,title\n".encode("utf-16")])
def test_another_file_is_refused(content):
    with pytest.raises(MissionFileError):
        read_releases(content=content)
