"""Reads official boundaries: a GeoJSON file of the Office for National Statistics."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from authorities.osgb36 import national_grid_of_wgs84

# The kinds of area that the product can use; the two digits are the year of the codes.
_CODE_PROPERTY = re.compile(r"^(CTYUA|UTLA|LAD|ICB|CAUTH)(\d{2})CD$", re.IGNORECASE)

# No place in England has a coordinate on the grid that could be a longitude or a latitude.
_LARGEST_DEGREE = 180.0

# What the grid of Great Britain spans, in metres. Files of the United Kingdom reach a little
# beyond its edge, in Northern Ireland.
_GRID_EAST, _GRID_NORTH, _GRID_MARGIN = 700_000.0, 1_300_000.0, 20_000.0

_GRID_NAMES = ("27700", "british national grid")
_NOT_JSON = "The file is not JSON. Download the GeoJSON file of the boundaries."
_DEGREE_NAMES = ("crs84", "4326", "4258")


class BoundaryFileError(ValueError):
    """A boundary file cannot be used; the message says what to change."""


@dataclass(frozen=True)
class Boundary:
    """One area of a file, in metres of the British National Grid."""

    code: str
    name: str
    area: BaseGeometry


@dataclass(frozen=True)
class BoundaryFile:
    """What a boundary file holds.

    Attributes:
        kind: CTYUA, UTLA, LAD, ICB or CAUTH.
        year: the year of its codes.
        code_property: the property that held the codes, as spelt in the file.
        converted: whether coordinates were degrees and have been converted, which moves
            them by up to about 5 metres.
        boundaries: in the order of their codes.
    """

    kind: str
    year: int
    code_property: str
    converted: bool
    boundaries: tuple[Boundary, ...]


def check_beginning(*, start: bytes) -> None:
    """Refuse what is no JSON object by its first bytes; the rest is for `read_boundary_file`.

    Args:
        start: the first 1,000 bytes or so of the file.

    Raises:
        BoundaryFileError: it is something else, or empty.
    """
    # Marks of the encoding, and the zeros of a wide one, may stand before the first brace.
    if not start.lstrip(b"\xef\xbb\xbf\xfe\xff\x00 \t\r\n").startswith(b"{"):
        raise BoundaryFileError(_NOT_JSON)


def read_boundary_file(*, text: str | bytes) -> BoundaryFile:
    """Return the areas of a GeoJSON FeatureCollection with ONS codes.

    Args:
        text: the file. Coordinates may be longitude and latitude (WGS 84) or metres of the
            British National Grid; the `crs` member decides, else their size.

    Raises:
        BoundaryFileError: the file is not JSON, not a FeatureCollection, has no code property,
            repeats a code, has coordinates of another system, or an area that is empty or
            crosses itself.
    """
    content = _content(text)
    features = content["features"]
    found = _code_property(features)
    code_property, kind, digits = found.group(0), found.group(1), found.group(2)
    name_property = code_property[:-2] + ("nm" if code_property.endswith("cd") else "NM")
    raw: dict[str, tuple[str, BaseGeometry]] = {}
    for number, feature in enumerate(features, start=1):
        properties = feature.get("properties") or {}
        code = str(properties.get(code_property) or "").strip()
        if not code:
            raise BoundaryFileError(
                f"Feature {number} has no {code_property}. Give every feature its code."
            )
        if code in raw:
            raise BoundaryFileError(
                f"{code} is in the file more than once. Merge its areas into one feature."
            )
        raw[code] = (str(properties.get(name_property) or "").strip(), _area(feature, code))
    converted = _is_in_degrees(content=content, areas=[area for _, area in raw.values()])
    if converted:
        raw = {code: (name, _on_grid(area)) for code, (name, area) in raw.items()}
        if not _is_on_grid(*shapely.total_bounds(np.array([area for _, area in raw.values()]))):
            raise BoundaryFileError(
                "The areas lie outside the United Kingdom. "
                "Write longitude first and latitude second, as GeoJSON asks."
            )
    return BoundaryFile(
        kind=kind.upper(),
        year=2000 + int(digits),
        code_property=code_property,
        converted=converted,
        boundaries=tuple(
            Boundary(code=code, name=name, area=area) for code, (name, area) in sorted(raw.items())
        ),
    )


def _content(text: str | bytes) -> Mapping[str, Any]:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BoundaryFileError(_NOT_JSON) from error
    if not isinstance(content, dict) or content.get("type") != "FeatureCollection":
        raise BoundaryFileError(
            "The file is JSON but not a GeoJSON FeatureCollection. Download the GeoJSON file."
        )
    features = content.get("features")
    if not isinstance(features, list) or not features:
        raise BoundaryFileError("The file has no features. Download the whole file again.")
    for number, feature in enumerate(features, start=1):
        if not isinstance(feature, dict) or not isinstance(feature.get("properties") or {}, dict):
            raise BoundaryFileError(f"Feature {number} is not a GeoJSON feature.")
    return content


def _code_property(features: list[dict[str, Any]]) -> re.Match[str]:
    properties = features[0].get("properties") or {}
    matches = [_CODE_PROPERTY.fullmatch(name) for name in sorted(properties)]
    found = [match for match in matches if match]
    if not found:
        raise BoundaryFileError(
            "No property holds ONS codes. Expected one such as CTYUA24CD, LAD24CD or ICB24CD."
        )
    if len(found) > 1:
        raise BoundaryFileError(
            f"Several properties hold ONS codes: {', '.join(match.group(0) for match in found)}. "
            "Keep only one of them."
        )
    return found[0]


def _area(feature: Mapping[str, Any], code: str) -> BaseGeometry:
    geometry = feature.get("geometry")
    if not geometry:
        raise BoundaryFileError(f"{code} has no geometry. Give it an area or leave it out.")
    try:
        area = shapely.from_geojson(json.dumps(geometry))
    except (shapely.GEOSException, ValueError) as error:
        raise BoundaryFileError(
            f"The geometry of {code} is not GeoJSON. Export the file again."
        ) from error
    if area.geom_type not in {"Polygon", "MultiPolygon"}:
        raise BoundaryFileError(f"The geometry of {code} is not an area but a {area.geom_type}.")
    if area.is_empty:
        raise BoundaryFileError(f"The area of {code} is empty. Give it an area or leave it out.")
    if not area.is_valid:
        raise BoundaryFileError(
            f"The area of {code} is not valid: {shapely.is_valid_reason(area)}. Repair it first."
        )
    return shapely.force_2d(area)


def _is_in_degrees(*, content: Mapping[str, Any], areas: list[BaseGeometry]) -> bool:
    crs = json.dumps(content.get("crs") or "").lower()
    west, south, east, north = shapely.total_bounds(np.array(areas))
    small = max(abs(west), abs(east), abs(south), abs(north)) <= _LARGEST_DEGREE
    on_grid = _is_on_grid(west, south, east, north)
    says_grid = any(name in crs for name in _GRID_NAMES)
    says_degrees = any(name in crs for name in _DEGREE_NAMES)
    if crs != '""' and not says_grid and not says_degrees:
        raise BoundaryFileError(
            "The file names a coordinate system that is not known here. "
            "Use longitude and latitude (WGS 84) or the British National Grid."
        )
    if small and not says_grid:
        return True
    if on_grid and not small and not says_degrees:
        return False
    raise BoundaryFileError(
        "The coordinates do not fit the coordinate system. "
        "Use longitude and latitude (WGS 84) or the British National Grid."
    )


def _is_on_grid(west: float, south: float, east: float, north: float) -> bool:
    return (
        west >= -_GRID_MARGIN
        and south >= -_GRID_MARGIN
        and east <= _GRID_EAST + _GRID_MARGIN
        and north <= _GRID_NORTH + _GRID_MARGIN
    )


def _on_grid(area: BaseGeometry) -> BaseGeometry:
    def convert(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(
            national_grid_of_wgs84(longitude=points[:, 0], latitude=points[:, 1])
        )

    placed: BaseGeometry = shapely.transform(area, convert)
    return placed
