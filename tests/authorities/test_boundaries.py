"""The committed areas, and that the command still writes them."""

from io import StringIO
from pathlib import Path

import pytest
import shapely
from django.core.management import call_command

from authorities.management.commands.build_boundaries import Command
from authorities.map_frames import INSETS
from tests.authorities.geography import BOUNDARIES, part_areas, places_of_november_2026, rows_of

KM2 = 1_000_000


def areas_of_authority(slug: str) -> float:
    areas = part_areas("parts.json").areas
    return float(
        sum(areas[p.part].area for p in places_of_november_2026() if p.authority == slug) / KM2
    )


def test_every_part_of_the_register_has_an_area_and_no_other_is_there() -> None:
    parts = {row["part"] for row in rows_of("council_parts.csv")}

    drawn = part_areas("parts.json").areas

    assert drawn.keys() == parts
    assert all(area.is_valid and area.area > 0 for area in drawn.values())


@pytest.mark.parametrize("name", ["parts.json", "parts_fine.json"])
def test_parts_do_not_overlap(name: str) -> None:
    areas = list(part_areas(name).areas.values())

    together = shapely.union_all(areas).area

    assert sum(area.area for area in areas) == pytest.approx(together, rel=1e-9)


def test_the_land_adds_up_to_england() -> None:
    together = shapely.union_all(list(part_areas("parts.json").areas.values()))

    # 130,300 km² to the mean high water mark (ONS standard area measurements, rounded).
    assert together.area / KM2 == pytest.approx(130_300, rel=0.01)


@pytest.mark.parametrize(
    ("slug", "square_km"),
    [
        ("greater-london", 1_572),
        ("greater-manchester", 1_276),
        ("west-midlands", 902),
        ("cumbria", 6_767),
        ("cornwall", 3_546),
    ],
)
def test_areas_are_near_the_published_ones(slug: str, square_km: float) -> None:
    assert areas_of_authority(slug) == pytest.approx(square_km, rel=0.04)


def test_the_fine_areas_fill_the_land_of_the_enlargements() -> None:
    national = shapely.union_all(list(part_areas("parts.json").areas.values()))
    fine = shapely.union_all(list(part_areas("parts_fine.json").areas.values()))

    for inset in INSETS:
        expected = national.intersection(inset.frame.box()).area
        assert fine.intersection(inset.frame.box()).area == pytest.approx(expected, rel=0.02)


@pytest.mark.parametrize("name", ["parts.json", "parts_fine.json"])
def test_the_files_say_what_they_are_and_whose(name: str) -> None:
    stated = part_areas(name)

    assert stated.label == "approximate areas drawn from postcode locations"
    assert "Office for National Statistics" in stated.source
    assert "Open Government Licence v3.0" in stated.licence
    assert "Royal Mail" in stated.licence
    assert stated.date == "2025-11-30"


def test_both_files_together_are_small() -> None:
    assert sum(path.stat().st_size for path in BOUNDARIES.iterdir()) < 700_000


@pytest.mark.slow
def test_the_command_writes_the_committed_files_again(tmp_path: Path) -> None:
    said = StringIO()

    call_command(Command(stdout=said), to=tmp_path)

    for name in ("parts.json", "parts_fine.json"):
        assert (tmp_path / name).read_bytes() == (BOUNDARIES / name).read_bytes(), name
    assert "E06000063:2 holds 3.2% of the postcodes of its council" in said.getvalue()
