"""The benchmark of geography measures what it says."""

import uuid
from dataclasses import replace

import pytest

from authorities.models import AreaPart
from authorities.queries import Place
from engagement.management.benchmarks import geography

SURREY = Place(
    part="E10000030:1",
    council_id=uuid.UUID(int=1),
    council="surrey",
    authority=None,
    board="surrey",
    pair=None,
    sliver=False,
    planned=False,
    population=1000,
)


@pytest.mark.parametrize("count", [1, 3, 7, 999, 1001])
def test_small_areas_have_the_people_of_their_part_and_nobody_else(count):
    rows = list(geography.small_areas(of=[SURREY], counts={SURREY.part: count}))

    assert len({row[0] for row in rows}) == count
    assert sum(int(row[-1]) for row in rows) == 1000
    assert {row[1:5] for row in rows} == {("E10000030:1", "surrey", "", "surrey")}


def test_the_small_areas_of_each_part_are_counted_apart():
    other = replace(SURREY, part="E10000030:2", population=10)

    rows = list(geography.small_areas(of=[SURREY, other], counts={SURREY.part: 4, other.part: 2}))

    assert [int(row[-1]) for row in rows] == [250, 250, 250, 250, 5, 5]


@pytest.mark.slow
def test_all_of_england_is_rebuilt_and_measured(world):
    measured = geography.all_of_england(times=1)

    assert measured.name == "geography_of_33755_small_areas"
    assert measured.ratio > 1


@pytest.mark.slow
def test_another_number_of_small_areas_fails_the_run(world):
    AreaPart.objects.filter(key="E06000001:1").update(small_areas=58)

    with pytest.raises(geography.WrongGeographyError, match="33756 small areas, not 33755"):
        geography.all_of_england(times=1)


@pytest.mark.slow
def test_small_areas_that_lose_people_fail_the_run(world, monkeypatch):
    honest = geography.small_areas

    def forgetful(**given):
        rows = [list(row) for row in honest(**given)]
        in_a_pair = next(row for row in rows if row[3])
        in_a_pair[-1] = str(int(in_a_pair[-1]) - 1)
        return rows

    monkeypatch.setattr(geography, "small_areas", forgetful)

    with pytest.raises(geography.WrongGeographyError, match="other pairs"):
        geography.all_of_england(times=1)
