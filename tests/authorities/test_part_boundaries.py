"""Areas of parts are read from the project's own file, and cut from areas of councils."""

import json
from typing import Any

import pytest
import shapely

from authorities.part_boundaries import PartBoundariesError, cut_by_parts, read_part_boundaries

SQUARE = {"type": "Polygon", "coordinates": [[[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]]]}
BOW_TIE = {"type": "Polygon", "coordinates": [[[0, 0], [10, 10], [10, 0], [0, 10], [0, 0]]]}
LINE = {"type": "LineString", "coordinates": [[0, 0], [1, 1]]}


def file_of(*features: dict[str, Any], **other: Any) -> str:
    about = {"label": "approximate", "date": "2025-11-30", "source": "s", "licence": "l"}
    return json.dumps({**about, "features": features, **other})


def test_areas_come_with_their_label_date_source_and_licence() -> None:
    read = read_part_boundaries(text=file_of({"id": "E06000001:1", "geometry": SQUARE}))

    assert read.areas["E06000001:1"].area == 100
    assert (read.label, read.date, read.source, read.licence) == (
        "approximate",
        "2025-11-30",
        "s",
        "l",
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "not a file of areas of parts"),
        ("[]", "not a file of areas of parts"),
        (json.dumps({"features": []}), "not a file of areas of parts"),
        (file_of({"geometry": SQUARE}), "not a file of areas of parts"),
        (
            file_of({"id": "a", "geometry": SQUARE}, {"id": "a", "geometry": SQUARE}),
            "Part a is in the file twice",
        ),
        (file_of({"id": "a", "geometry": BOW_TIE}), "area of part a is empty or crosses itself"),
        (file_of({"id": "a", "geometry": LINE}), "area of part a is empty or crosses itself"),
        (file_of({"id": "a", "geometry": {"type": "Blob"}}), "geometry of part a is not GeoJSON"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused(text: str, message: str) -> None:
    with pytest.raises(PartBoundariesError, match=message):
        read_part_boundaries(text=text)


def test_an_official_area_is_cut_where_the_approximate_parts_meet() -> None:
    parts = {
        "a:1": shapely.box(0, 0, 50_000, 50_000),
        "a:2": shapely.box(50_000, 0, 80_000, 50_000),
    }
    council = shapely.box(-2_000, -2_000, 82_000, 52_000)

    cut = cut_by_parts(area=council, parts=parts)

    assert cut["a:1"].intersection(cut["a:2"]).area == pytest.approx(0, abs=1)
    assert shapely.union_all(list(cut.values())).equals_exact(council, 1) or (
        shapely.union_all(list(cut.values())).symmetric_difference(council).area < 1
    )
    assert cut["a:1"].covers(shapely.Point(-1_000, 10_000))
    assert cut["a:2"].covers(shapely.Point(81_000, 10_000))
    # Along the coast the cut goes on about where it met it.
    assert cut["a:1"].covers(shapely.Point(47_000, 51_500))
    assert cut["a:2"].covers(shapely.Point(53_000, 51_500))


def test_a_part_outside_its_council_is_refused() -> None:
    parts = {"a:1": shapely.box(0, 0, 10_000, 10_000), "a:2": shapely.box(9e5, 9e5, 9.1e5, 9.1e5)}

    with pytest.raises(PartBoundariesError, match="part a:2 is outside"):
        cut_by_parts(area=shapely.box(0, 0, 10_000, 10_000), parts=parts)
