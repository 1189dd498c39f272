import json
from typing import Any

import pytest

from authorities.boundary_file import BoundaryFileError, check_beginning, read_boundary_file

Corners = list[list[float]]

# A square of a tenth of a degree north-east of Greenwich, and one of 10 km on the grid.
DEGREES: Corners = [[0, 51.5], [0.1, 51.5], [0.1, 51.6], [0, 51.6], [0, 51.5]]
METRES: Corners = [[500000, 180000], [510000, 180000], [510000, 190000], [500000, 190000]]
BOW_TIE: Corners = [[500000, 180000], [510000, 190000], [510000, 180000], [500000, 190000]]


def feature(
    corners: Corners = METRES,
    code: str = "E09000001",
    properties: dict[str, str] | None = None,
) -> dict[str, Any]:
    ring = corners if corners[0] == corners[-1] else [*corners, corners[0]]
    return {
        "type": "Feature",
        "properties": properties or {"LAD24CD": code, "LAD24NM": "City of London"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def collection(*features: object, **members: object) -> str:
    return json.dumps({"type": "FeatureCollection", "features": features, **members})


def crs(name: str) -> dict[str, Any]:
    return {"type": "name", "properties": {"name": name}}


def test_a_file_on_the_grid_is_read_as_it_stands() -> None:
    text = collection(feature(code="E09000002"), feature(), crs=crs("urn:ogc:def:crs:EPSG::27700"))

    read = read_boundary_file(text=text)

    assert (read.kind, read.year, read.code_property) == ("LAD", 2024, "LAD24CD")
    assert not read.converted
    assert [b.code for b in read.boundaries] == ["E09000001", "E09000002"]
    assert read.boundaries[0].name == "City of London"
    assert read.boundaries[0].area.area == 100_000_000


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32"])
def test_the_beginning_of_a_file_shows_that_it_may_be_read(encoding: str) -> None:
    content = f" \r\n{collection(feature())}".encode(encoding)

    check_beginning(start=content[:100])

    # What passes can be read, whatever its encoding.
    assert read_boundary_file(text=content).boundaries


@pytest.mark.parametrize("start", [b"", b"  ", b"[1]", b"PK\x03\x04", b"code,name"])
def test_the_beginning_of_anything_else_is_refused(start: bytes) -> None:
    with pytest.raises(BoundaryFileError, match="not JSON"):
        check_beginning(start=start)


def test_northern_ireland_may_reach_beyond_the_grid() -> None:
    text = collection(feature([[-116, 500_000], [9_000, 500_000], [9_000, 510_000]]))

    read = read_boundary_file(text=text)

    assert not read.converted


@pytest.mark.parametrize("members", [{}, {"crs": crs("urn:ogc:def:crs:OGC:1.3:CRS84")}])
def test_longitude_and_latitude_are_converted_to_the_grid(members: dict[str, Any]) -> None:
    text = collection(feature(DEGREES), **members)

    read = read_boundary_file(text=text)

    # A degree of latitude is 111.3 km there and one of longitude 69.4 km.
    area = read.boundaries[0].area
    assert read.converted
    assert area.area == pytest.approx(11_127 * 6_935, rel=0.002)
    assert area.bounds[:2] == pytest.approx((538_900, 179_600), abs=400)


@pytest.mark.parametrize(
    ("code_property", "kind", "year"),
    [("CTYUA24CD", "CTYUA", 2024), ("ICB26CD", "ICB", 2026), ("lad23cd", "LAD", 2023)],
)
def test_the_code_property_tells_kind_and_year(code_property: str, kind: str, year: int) -> None:
    text = collection(feature(properties={code_property: "E54000065"}))

    read = read_boundary_file(text=text)

    assert (read.kind, read.year) == (kind, year)
    assert read.boundaries[0].code == "E54000065"
    assert read.boundaries[0].name == ""


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("not json", "not JSON"),
        (b"\xff\xfe\x00", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ('{"type": "Feature"}', "not a GeoJSON FeatureCollection"),
        ("[1]", "not a GeoJSON FeatureCollection"),
        (collection(), "no features"),
        (collection("text"), "Feature 1 is not a GeoJSON feature"),
        (collection(feature(properties={"name": "London"})), "No property holds ONS codes"),
        (collection(feature(properties={"LAD24CD": "E1", "ICB24CD": "E2"})), "Several properties"),
        (collection(feature(), feature(code="")), "Feature 2 has no LAD24CD"),
        (collection(feature(), feature()), "E09000001 is in the file more than once"),
        (collection(feature() | {"geometry": None}), "E09000001 has no geometry"),
        (collection(feature() | {"geometry": {"type": "Blob"}}), "E09000001 is not GeoJSON"),
        (
            collection(feature() | {"geometry": {"type": "Point", "coordinates": [1, 2]}}),
            "E09000001 is not an area but a Point",
        ),
        (
            collection(feature() | {"geometry": {"type": "Polygon", "coordinates": []}}),
            "area of E09000001 is empty",
        ),
        (collection(feature(BOW_TIE)), "area of E09000001 is not valid: Self-intersection"),
        (collection(feature(), crs=crs("EPSG:3857")), "coordinate system that is not known"),
        (collection(feature(), crs=crs("EPSG:4326")), "do not fit the coordinate system"),
        (collection(feature(DEGREES), crs=crs("EPSG:27700")), "do not fit"),
        (collection(feature([[-9e5, 0], [-8e5, 0], [-8e5, 9]])), "do not fit"),
        (collection(feature([[y, x] for x, y in DEGREES])), "outside the United Kingdom"),
        (collection(feature() | {"geometry": "area"}), "E09000001 is not GeoJSON"),
        (collection(feature() | {"geometry": [1, 2]}), "E09000001 is not GeoJSON"),
        (
            collection(feature([[5e5, 1e5], [float("inf"), 1e5], [5e5, 2e5]])),
            "E09000001 is not GeoJSON",
        ),
        (
            collection(feature([[5e5, 1e5], [float("nan"), 1e5], [5e5, 2e5]])),
            "E09000001 is not GeoJSON",
        ),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_plain_words(
    text: str | bytes, message: str
) -> None:
    with pytest.raises(BoundaryFileError, match=message):
        read_boundary_file(text=text)
