"""Areas for maps: the project's own, and official ones in their place."""

import json
from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import shapely
from django.core.management import CommandError, call_command
from shapely.geometry.base import BaseGeometry

from authorities import drawings
from authorities.actions.directory import LoadReport
from authorities.models import (
    AreaPart,
    AuditEvent,
    Boundary,
    BoundarySet,
    Drawing,
    PartBoard,
    PartCouncil,
)
from authorities.part_boundaries import read_part_boundaries
from tests.authorities.conftest import LOADED_AT, REGISTER
from tests.factories.authorities import AreaPartFactory, since

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

OWN = REGISTER / "boundaries"
SOURCE = ("--source", "made for the test", "--name", "Official, test", "--valid-from", "2026-04-01")
Feature = dict[str, Any]


def approximate() -> dict[str, BaseGeometry]:
    return dict(read_part_boundaries(text=(OWN / "parts.json").read_bytes()).areas)


def official(change: Callable[[list[Feature]], None] | None = None, kind: str = "CTYUA") -> str:
    """A file like the official ones: one area for each council, a little wider at the coast."""
    by_council: dict[str, list[BaseGeometry]] = {}
    for key, area in approximate().items():
        by_council.setdefault(key.partition(":")[0], []).append(area)
    features = [
        {
            "type": "Feature",
            "properties": {f"{kind}24CD": code, f"{kind}24NM": code},
            "geometry": json.loads(shapely.to_geojson(shapely.union_all(areas))),
        }
        for code, areas in sorted(by_council.items())
    ]
    if change:
        change(features)
    return json.dumps({"type": "FeatureCollection", "features": features})


def stored(name: str, *, fine: bool = False) -> dict[str, BaseGeometry]:
    rows = Boundary.objects.filter(boundary_set__name=name, fine=fine)
    return {
        key: shapely.from_geojson(json.dumps(geometry))
        for key, geometry in rows.values_list("part__key", "geometry")
    }


def run(command: str, *arguments: str) -> str:
    out = StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue()


def test_every_part_gets_its_approximate_area_once(register_loaded: LoadReport) -> None:
    first, second = run("load_boundaries"), run("load_boundaries")

    kept = BoundarySet.objects.get()
    assert kept.approximate
    assert "approximate areas drawn from postcode locations" in kept.name.lower()
    assert kept.boundaries.filter(fine=False).count() == AreaPart.objects.count()
    assert "249 areas." in first
    assert "Nothing changed." in second
    assert AuditEvent.objects.filter(action__startswith="boundaries.").count() == 1


def test_new_areas_discard_what_was_drawn_from_the_old(register_loaded: LoadReport) -> None:
    Drawing.objects.create(subject="x", valid=since(), content={}, made_at=LOADED_AT)

    run("load_boundaries")

    assert not Drawing.objects.exists()


def test_areas_that_do_not_fit_the_register_are_refused_whole(
    register_loaded: LoadReport, tmp_path: Path
) -> None:
    content = json.loads((OWN / "parts.json").read_text())
    content["features"][0]["id"] = "E06000099:1"
    (tmp_path / "parts.json").write_text(json.dumps(content))
    (tmp_path / "parts_fine.json").write_text((OWN / "parts_fine.json").read_text())

    with pytest.raises(CommandError) as refusal:
        run("load_boundaries", "--folder", str(tmp_path))

    assert "Not in the register: E06000099:1. Without an area: E06000001:1." in str(refusal.value)
    assert not BoundarySet.objects.exists()


def test_areas_need_a_register(register_loaded: LoadReport) -> None:
    PartBoard.objects.all().delete()
    PartCouncil.objects.all().delete()
    AreaPart.objects.all().delete()

    with pytest.raises(CommandError, match=r"Run manage\.py load_register first"):
        run("load_boundaries")


def test_a_folder_without_areas_is_said(register_loaded: LoadReport, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"has no parts\.json"):
        run("load_boundaries", "--folder", str(tmp_path))


def test_official_areas_of_councils_are_taken_and_divided_councils_cut(
    register_loaded: LoadReport, tmp_path: Path
) -> None:
    run("load_boundaries")
    path = tmp_path / "official.json"
    welsh = {
        "type": "Polygon",
        "coordinates": [[[2e5, 2e5], [2.1e5, 2e5], [2e5, 2.1e5], [2e5, 2e5]]],
    }
    path.write_text(
        official(
            lambda features: features.append(
                {"type": "Feature", "properties": {"CTYUA24CD": "W06000001"}, "geometry": welsh}
            )
        )
    )

    answer = run("import_boundaries", str(path), *SOURCE)

    kept = BoundarySet.objects.get(name="Official, test")
    areas, before = stored(kept.name), approximate()
    assert (kept.approximate, kept.valid.lower.isoformat()) == (False, "2026-04-01")
    assert kept.licence == "Open Government Licence v3.0"
    assert areas.keys() == before.keys() == stored(kept.name, fine=True).keys()
    assert "Left out, not in England: W06000001." in answer
    for key, area in areas.items():
        # Simplified to 400 m, so small areas differ by more of themselves.
        assert area.is_valid, key
        difference = area.symmetric_difference(before[key]).area
        assert difference < 0.05 * before[key].area + 400 * before[key].length * 0.5, key


def test_a_part_that_was_divided_keeps_its_land_in_one_piece(
    register_loaded: LoadReport, tmp_path: Path
) -> None:
    run("load_boundaries")
    whole = PartCouncil.objects.select_related("part").get(part__key="E06000002:1")
    AreaPartFactory(key="E06000002:2", population=10, council=whole.council)
    path = tmp_path / "councils.geojson"
    path.write_text(official())

    run("import_boundaries", str(path), *SOURCE)

    areas = stored("Official, test")
    assert "E06000002:2" not in areas
    assert areas["E06000002:1"].area == pytest.approx(approximate()["E06000002:1"].area, rel=0.1)
    drawn = drawings.national_drawing(as_at=date(2026, 11, 23), at=LOADED_AT)
    assert drawn.boundaries.drawn_whole == ("E06000002",)


def test_a_council_that_was_recoded_is_known_by_its_former_code(
    register_loaded: LoadReport, tmp_path: Path
) -> None:
    run("load_boundaries")

    def former(features: list[Feature]) -> None:
        [barnsley] = [f for f in features if f["properties"]["CTYUA24CD"] == "E08000038"]
        barnsley["properties"]["CTYUA24CD"] = "E08000016"

    path = tmp_path / "official.json"
    path.write_text(official(former))

    run("import_boundaries", str(path), *SOURCE)

    assert "E08000038:1" in stored("Official, test")


def rename_first(features: list[Feature]) -> None:
    features[0]["properties"]["CTYUA24CD"] = "E06000099"


def leave_out_last(features: list[Feature]) -> None:
    features.pop()


def name_one_twice(features: list[Feature]) -> None:
    [barnsley] = [f for f in features if f["properties"]["CTYUA24CD"] == "E08000038"]
    features.append({**barnsley, "properties": {"CTYUA24CD": "E08000016"}})


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: official(rename_first), "The register has no council with the code E06000099"),
        (lambda: official(leave_out_last), "The file has no area for E10000034"),
        (lambda: official(name_one_twice), "are one council. Remove one"),
        (lambda: official(kind="ICB"), "The file holds ICB areas. Import counties"),
        (lambda: official(kind="CAUTH"), "The file holds CAUTH areas. Import counties"),
        (lambda: official(kind="LAD"), "The file holds LAD areas. Import counties"),
        (lambda: "{", "The file is not JSON"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_whole(
    register_loaded: LoadReport, tmp_path: Path, make: Callable[[], str], message: str
) -> None:
    run("load_boundaries")
    path = tmp_path / "official.json"
    path.write_text(make())

    with pytest.raises(CommandError) as refusal:
        run("import_boundaries", str(path), *SOURCE)

    assert message in str(refusal.value)
    assert "Nothing was imported." in str(refusal.value)
    assert BoundarySet.objects.count() == 1


def test_divided_councils_need_the_approximate_areas(
    register_loaded: LoadReport, tmp_path: Path
) -> None:
    path = tmp_path / "official.json"
    path.write_text(official())

    with pytest.raises(CommandError, match=r"Run manage\.py load_boundaries first"):
        run("import_boundaries", str(path), *SOURCE)


def test_a_name_is_taken_once(register_loaded: LoadReport, tmp_path: Path) -> None:
    run("load_boundaries")
    path = tmp_path / "official.json"
    path.write_text(official())
    run("import_boundaries", str(path), *SOURCE)

    with pytest.raises(CommandError, match="There are boundaries named Official, test already"):
        run("import_boundaries", str(path), *SOURCE)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("missing.json", *SOURCE), "cannot be read. Check the path"),
        (("x.json", *SOURCE[:-1], "April"), "'April' is not a day. Write it as 2026-04-01"),
    ],
)
def test_wrong_arguments_are_said(
    register_loaded: LoadReport, arguments: tuple[str, ...], message: str
) -> None:
    with pytest.raises(CommandError, match=message):
        run("import_boundaries", *arguments)
