"""What other definitions would give, beside the one in use."""

import csv

import pytest

from outcomes.mission import (
    REGIONS,
    CouncilFigures,
    GapRule,
    Sexes,
    Years,
    picture_of,
)
from outcomes.mission.sensitivity import percentile_spread
from tests.architecture.project import PROJECT
from tests.outcomes.mission import plain
from tests.outcomes.mission.samples import (
    CODES,
    MEN,
    PUBLISHED,
    TODAY,
    WOMEN,
    definition,
)

_FILE = PROJECT / "outcomes" / "published" / "fingertips_90362_healthy_life_expectancy.csv"


def council_values(sex):
    with _FILE.open(encoding="utf-8-sig") as file:
        return tuple(
            float(row["Value"])
            for row in csv.DictReader(file)
            if (row["Sex"], row["Time period"]) == (sex, "2022 - 24")
            and row["Value"]
            and row["Area Type"] != "England"
        )


def rows(**said):
    councils = [CouncilFigures(Years(2022, 2024), sex, council_values(sex)) for sex in (MEN, WOMEN)]
    found = picture_of(
        definition=definition(**said),
        figures=PUBLISHED,
        councils=councils,
        spreads=[(MEN, "14.7 men"), (WOMEN, "15.8 women")],
        today=TODAY,
    )
    return {one.key: one for one in found.sensitivity}


# Source: published values of 130 councils, Fingertips 90362, 2022 to 2024.
@pytest.mark.parametrize(("sex", "spread"), [(MEN, 67.455 - 53.2575), (WOMEN, 68.475 - 53.345)])
def test_the_middle_of_the_councils(sex, spread):
    values = council_values(sex)
    plainer = plain.percentile(values, 97.5) - plain.percentile(values, 2.5)

    found = percentile_spread(values=values)

    assert len(values) == 130
    assert found == pytest.approx(spread)
    assert found == pytest.approx(plainer)


def test_the_alternatives_to_the_definition_in_use():
    found = rows()

    assert list(found) == ["D1", "D2", "D2-now", "D3", "D4", "D1-baseline"]
    assert [cell.value for cell in found["D1"].cells] == [6.0, 7.4]
    assert found["D1"].in_use
    assert "about 1.04 years" in found["D1"].note
    assert [round(cell.value, 1) for cell in found["D3"].cells] == [14.2, 15.1]
    assert found["D3"].note == "130 councils, 2022-24; ONS for the UK: 14.7 men, 15.8 women"
    assert [cell.value for cell in found["D4"].cells] == [None, None]


def test_the_pair_of_the_baseline_is_followed_only_where_both_are_known():
    men, women = rows()["D2"].cells

    assert men.value is None
    assert men.words == (
        "Not known: London minus North East, and London is not among our sources for 2022-24"
    )
    assert (women.value, women.words) == (7.4, "South East minus North East")


def test_the_newest_pair_is_the_range_by_its_making():
    assert [(cell.value, cell.words) for cell in rows()["D2-now"].cells] == [
        (6.0, "South East minus North East"),
        (7.4, "South East minus North East"),
    ]


def test_another_baseline_is_the_period_nearest_july_2024():
    found = rows()["D1-baseline"]

    assert found.title == "The same with baseline 2022-24"
    assert [cell.words for cell in found.cells] == ["half is 3.0", "half is 3.7"]
    assert found.note == "First fair comparison would be 2025-27"
    assert "D1-baseline" not in rows(baseline=Years(2022, 2024))


def test_with_a_fixed_pair_in_use_the_range_stands_beside_it():
    found = rows(rule=GapRule.FIXED_PAIR, highest=CODES["London"], lowest=CODES["North East"])

    assert (found["D1"].in_use, found["D2"].in_use) == (False, True)
    assert [cell.value for cell in found["D1"].cells] == [6.0, 7.4]


def test_only_the_sexes_of_the_definition_are_shown():
    found = rows(sexes=Sexes.WOMEN)

    assert {cell.sex for row in found.values() for cell in row.cells} == {WOMEN}
    assert found["D3"].note.endswith("ONS for the UK: 15.8 women")


def test_without_councils_nothing_is_worked_out():
    found = picture_of(definition=definition(), figures=PUBLISHED, today=TODAY)
    row = next(one for one in found.sensitivity if one.key == "D3")

    assert [(cell.value, cell.words) for cell in row.cells] == [(None, "Not available")] * 2


def test_the_nine_regions_have_nine_codes():
    assert sorted(REGIONS) == [f"E1200000{number}" for number in range(1, 10)]
