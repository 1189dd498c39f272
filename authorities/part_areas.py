"""The file of part areas: writing it the same each time, and reading it back."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

import shapely
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

BRITISH_NATIONAL_GRID = "urn:ogc:def:crs:EPSG::27700"


class PartAreasError(ValueError):
    """The text is not a file of part areas."""


@dataclass(frozen=True)
class PartAreas:
    """Areas of council parts with what must be said wherever they are shown.

    Attributes:
        source: who published the locations, in words for the page.
        licence: the attribution that the licence asks for.
        label: what kind of areas they are, for example that they are approximate.
        date: the day to which the source belongs, ISO.
        areas: metres of the British National Grid, by part key.
    """

    source: str
    licence: str
    label: str
    date: str
    areas: Mapping[str, BaseGeometry]


def write_part_areas(*, part_areas: PartAreas) -> bytes:
    """Return the areas as GeoJSON; equal areas give equal bytes.

    Args:
        part_areas: corners must be whole metres, since they are written so.

    Returns:
        A FeatureCollection in UTF-8, one feature a line, keys in order.
    """
    head = {
        "type": "FeatureCollection",
        "crs": {"type": "name", "properties": {"name": BRITISH_NATIONAL_GRID}},
        "label": part_areas.label,
        "date": part_areas.date,
        "source": part_areas.source,
        "licence": part_areas.licence,
    }
    opening = json.dumps(head, ensure_ascii=False)[:-1]
    features = ",\n".join(
        json.dumps(
            {"type": "Feature", "id": key, "properties": {}, "geometry": _whole(area)},
            separators=(",", ":"),
        )
        for key, area in sorted(part_areas.areas.items())
    )
    return f'{opening}, "features": [\n{features}\n]}}\n'.encode()


def read_part_areas(*, text: str | bytes) -> PartAreas:
    """Return the areas of a file that `write_part_areas` wrote.

    Raises:
        PartAreasError: something is missing or has another form.
    """
    try:
        content = json.loads(text)
        areas = {
            str(feature["id"]): shapely.from_geojson(json.dumps(feature["geometry"]))
            for feature in content["features"]
        }
        return PartAreas(
            source=str(content["source"]),
            licence=str(content["licence"]),
            label=str(content["label"]),
            date=str(content["date"]),
            areas=areas,
        )
    except (ValueError, KeyError, TypeError, shapely.GEOSException) as error:
        raise PartAreasError(
            "This is not a file of part areas. Run build_boundaries to write one."
        ) from error


def _whole(area: BaseGeometry) -> dict[str, object]:
    """GeoJSON of an area with coordinates as integers, a single polygon where one is enough."""
    parts = shapely.get_parts(area)
    shape = mapping(parts[0] if len(parts) == 1 else area)
    return {"type": shape["type"], "coordinates": _integers(shape["coordinates"])}


def _integers(value: object) -> object:
    if isinstance(value, (list, tuple)):
        return [_integers(item) for item in value]
    return round(value) if isinstance(value, float) else value
