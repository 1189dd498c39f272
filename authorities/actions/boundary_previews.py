"""What a file of boundaries would give: worked out once, kept, and read again by pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import shapely
from shapely.geometry.base import BaseGeometry

from authorities.actions.boundaries import approximate_areas
from authorities.actions.boundary_plan import BoundaryPlan, CodedArea, plan_boundaries
from authorities.area_map import AreaMap, draw_area_map
from authorities.boundary_file import BoundaryFile
from authorities.frozen_json import NotThisKindError, from_plain
from authorities.models import BoundaryImport

# Corners finer than this, in metres, are not seen on the small map of a preview.
_PREVIEW_TOLERANCE = 500.0


@dataclass(frozen=True)
class BoundaryPreview:
    """What a file would give, in words and as a small map.

    Attributes:
        problems: why it cannot be stored, and what to do.
        map: matched land as highlight, councils without an area as context, codes that the
            register does not know as surroundings; None where nothing matched.
    """

    kind: str
    year: int
    converted: bool
    matched: tuple[CodedArea, ...]
    unmatched: tuple[CodedArea, ...]
    doubled: tuple[CodedArea, ...]
    left_out: tuple[CodedArea, ...]
    missing: tuple[CodedArea, ...]
    problems: tuple[str, ...]
    map: AreaMap | None


def preview_of(*, pending: BoundaryImport) -> BoundaryPreview | None:
    """Return the preview as it was made; None where another release made it."""
    try:
        return from_plain(kind=BoundaryPreview, plain=pending.preview)
    except NotThisKindError:
        return None


def make_preview(*, file: BoundaryFile, valid_from: date) -> BoundaryPreview:
    """Compare a file with the register of the day.

    Raises:
        BoundariesError: the file is not of councils, or there is no register.
    """
    plan = plan_boundaries(file=file, valid_from=valid_from)
    return BoundaryPreview(
        kind=file.kind,
        year=file.year,
        converted=file.converted,
        matched=plan.matched,
        unmatched=plan.unmatched,
        doubled=plan.doubled,
        left_out=plan.left_out,
        missing=plan.missing,
        problems=plan.problems,
        map=_map(plan),
    )


def _map(plan: BoundaryPlan) -> AreaMap | None:
    if not plan.areas:
        return None
    approximate = approximate_areas()
    # Where a code is unknown and its land is missing, the unknown code is what must be seen.
    unknown = shapely.union_all(list(plan.unmatched_areas.values()))
    missing = {
        key: rest
        for council, keys in plan.parts_of.items()
        if council not in plan.areas
        for key in keys
        if key in approximate and not (rest := approximate[key].difference(unknown)).is_empty
    }
    matched = _coarse(plan.areas)
    return draw_area_map(
        parts={**matched, **_coarse(missing), **_coarse(plan.unmatched_areas)},
        highlight=matched.keys(),
        context=missing.keys(),
        outlines=[{key} for key in sorted(matched)],
    )


def _coarse(areas: Mapping[str, BaseGeometry]) -> dict[str, BaseGeometry]:
    return {key: area.simplify(_PREVIEW_TOLERANCE) for key, area in areas.items()}
