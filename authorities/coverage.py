"""Areas that cover a land without gaps or overlaps, and how to keep them so."""

from collections.abc import Mapping, Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry


def snap_areas(*, areas: Mapping[str, BaseGeometry], grid: float) -> dict[str, BaseGeometry]:
    """Return the areas with every corner on a grid and every border shared exactly.

    All borders are noded together before areas are rebuilt from them, so that rounding
    one area can neither overlap its neighbour nor part from it.

    Args:
        areas: polygons by key, in any unit of length.
        grid: the spacing of the grid in the same unit, above 0.

    Returns:
        The areas by key. An area that is smaller than the grid vanishes.
    """
    faces, owners = _faces(areas=areas, grid=grid)
    return _merge_faces(faces=faces, owners=owners)


def absorb_fragments(
    *, areas: Mapping[str, BaseGeometry], smallest: float, grid: float
) -> dict[str, BaseGeometry]:
    """Return the areas with stray pieces given to the neighbour that surrounds them most.

    Args:
        areas: polygons by key.
        smallest: pieces below this area, in square units, go to the neighbour with the
            longest common border. The largest piece of a key always stays. A small island
            has no neighbour and is left out.
        grid: the grid on which the borders are noded.

    Returns:
        The areas by key; every key of the input that had an area is still there.
    """
    faces, owners = _faces(areas=areas, grid=grid)
    pieces: list[BaseGeometry] = []
    piece_owners: list[str] = []
    for key, area in _merge_faces(faces=faces, owners=owners).items():
        for piece in shapely.get_parts(area):
            pieces.append(piece)
            piece_owners.append(key)
    sizes = shapely.area(np.array(pieces))
    largest: dict[str, int] = {}
    for index, key in enumerate(piece_owners):
        if key not in largest or sizes[index] > sizes[largest[key]]:
            largest[key] = index
    keep = set(largest.values())
    tree = shapely.STRtree(pieces)
    result: list[str | None] = list(piece_owners)
    for index in sorted(range(len(pieces)), key=lambda i: (sizes[i], i)):
        if sizes[index] >= smallest or index in keep:
            continue
        borders: dict[str, float] = {}
        for other in sorted(tree.query(pieces[index], predicate="intersects").tolist()):
            key = result[other]
            if other != index and key is not None:
                shared = shapely.intersection(pieces[index].boundary, pieces[other].boundary)
                borders[key] = borders.get(key, 0.0) + shared.length
        # Two pieces that only touch in a point have no border in common.
        neighbours = {key: length for key, length in borders.items() if length > 0}
        result[index] = max(sorted(neighbours), key=neighbours.__getitem__, default=None)
    kept = [(piece, key) for piece, key in zip(pieces, result, strict=True) if key is not None]
    return _merge_faces(faces=[piece for piece, _ in kept], owners=[key for _, key in kept])


def simplify_areas(
    *, areas: Mapping[str, BaseGeometry], tolerance: float, grid: float
) -> dict[str, BaseGeometry]:
    """Return simpler areas that still share their borders.

    Args:
        areas: a valid coverage by key.
        tolerance: the side of a triangle that may be cut off, in units of length.
        grid: the grid on which corners end.

    Source: Visvalingam and Whyatt (1993), as done for coverages by GEOS.
    """
    keys = sorted(areas)
    simple = shapely.coverage_simplify(np.array([areas[key] for key in keys]), tolerance)
    return snap_areas(areas=dict(zip(keys, simple, strict=True)), grid=grid)


def merge_areas(*, areas: Mapping[str, BaseGeometry], keys: Sequence[str]) -> BaseGeometry:
    """Return one area made of several that share their borders exactly."""
    return shapely.coverage_union_all(np.array([areas[key] for key in keys]))


def _faces(
    *, areas: Mapping[str, BaseGeometry], grid: float
) -> tuple[list[BaseGeometry], list[str]]:
    """Cut the plane along all borders, and say whose each face is."""
    keys = sorted(areas)
    shapes = np.array([areas[key] for key in keys])
    lines = shapely.union_all(shapely.boundary(shapes), grid_size=grid)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(lines)))
    inside = shapely.point_on_surface(faces)
    face_index, shape_index = shapely.STRtree(shapes).query(inside, predicate="within")
    owner = dict(zip(face_index.tolist(), shape_index.tolist(), strict=True))
    named = [i for i in range(len(faces)) if i in owner]
    return [faces[i] for i in named], [keys[owner[i]] for i in named]


def _merge_faces(
    *, faces: Sequence[BaseGeometry], owners: Sequence[str]
) -> dict[str, BaseGeometry]:
    by_owner: dict[str, list[BaseGeometry]] = {}
    for face, owner in zip(faces, owners, strict=True):
        by_owner.setdefault(owner, []).append(face)
    return {
        owner: shapely.normalize(shapely.coverage_union_all(np.array(by_owner[owner])))
        for owner in sorted(by_owner)
    }
