"""Stores the areas that maps are drawn from."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
import shapely
from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from shapely.geometry.base import BaseGeometry

from authorities import audit
from authorities.actions.boundary_plan import BoundariesError, BoundaryPlan, plan_boundaries
from authorities.boundary_file import BoundaryFile
from authorities.coverage import simplify_areas, snap_areas
from authorities.models import (
    AreaPart,
    Boundary,
    BoundarySet,
    Drawing,
    User,
)
from authorities.part_boundaries import PartBoundaries, cut_by_parts

# Official areas are kept as fine as a page can show, not as fine as they come. Metres.
_GRID = 10.0
# Corners finer than this are dropped before councils are divided, which takes long with many.
_FIRST_TOLERANCE = 50.0
_TOLERANCE = 400.0
_FINE_TOLERANCE = 150.0
# Two imports at once would both find the same name free. Any number that nothing else locks.
_IMPORT_LOCK = 20260401


@dataclass(frozen=True)
class BoundariesReport:
    """What was stored: `left_out` are codes outside England."""

    name: str
    stored: int
    changed: bool
    left_out: tuple[str, ...] = ()
    boundary_set: BoundarySet | None = None


@transaction.atomic
def load_boundaries(
    *, country: PartBoundaries, fine: PartBoundaries, by: User | None, at: datetime
) -> BoundariesReport:
    """Store the project's own approximate areas; a second time changes nothing.

    Raises:
        BoundariesError: parts of the files and of the register differ.
    """
    parts = {part.key: part for part in AreaPart.objects.all()}
    if not parts:
        raise BoundariesError("There is no register yet. Run manage.py load_register first.")
    unknown = sorted((country.areas.keys() | fine.areas.keys()) - parts.keys())
    # The piece of a part that a reorganisation divided is drawn with the whole.
    drawn = {key.partition(":")[0] for key in country.areas}
    missing = sorted(
        key for key in parts.keys() - country.areas.keys() if key.partition(":")[0] not in drawn
    )
    if unknown or missing:
        raise BoundariesError(
            "The areas do not fit the register."
            + (f" Not in the register: {', '.join(unknown)}." if unknown else "")
            + (f" Without an area: {', '.join(missing)}." if missing else "")
            + " Make them again with manage.py build_boundaries."
        )
    stored, made = BoundarySet.objects.select_for_update().get_or_create(
        name=f"{country.label[:1].upper()}{country.label[1:]}, {country.date}",
        defaults={
            "valid": DateRange(None, None),
            "approximate": True,
            "source": country.source,
            "licence": country.licence,
        },
    )
    held = {
        (row.part.key, row.fine): row.geometry for row in stored.boundaries.select_related("part")
    }
    wanted = {(key, False): _geometry(area) for key, area in country.areas.items()}
    wanted |= {(key, True): _geometry(area) for key, area in fine.areas.items()}
    if held == wanted:
        return BoundariesReport(name=stored.name, stored=len(wanted), changed=False)
    stored.boundaries.all().delete()
    _store(stored, parts, wanted)
    audit.record(
        action="boundaries.loaded" if made else "boundaries.replaced",
        target=stored,
        by=by,
        at=at,
        areas=len(wanted),
    )
    return BoundariesReport(name=stored.name, stored=len(wanted), changed=True)


@transaction.atomic
def import_boundaries(
    *,
    file: BoundaryFile,
    name: str,
    valid_from: date,
    source: str,
    licence: str,
    by: User | None,
    at: datetime,
) -> BoundariesReport:
    """Store official areas of councils, from a day on; divided councils are cut as before.

    Raises:
        BoundariesError: the file is not of councils, does not fit the register, or its name is
            taken.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_IMPORT_LOCK])
    check_name(name=name)
    plan = plan_boundaries(file=file, valid_from=valid_from)
    if plan.problems:
        raise BoundariesError(" ".join(plan.problems))
    snapped = snap_areas(areas=_cut(plan), grid=_GRID)
    wanted = {
        (key, fine): _geometry(area)
        for fine, tolerance in ((False, _TOLERANCE), (True, _FINE_TOLERANCE))
        for key, area in simplify_areas(areas=snapped, tolerance=tolerance, grid=_GRID).items()
    }
    stored = BoundarySet.objects.create(
        name=name,
        valid=DateRange(valid_from, None),
        approximate=False,
        source=source,
        licence=licence,
    )
    parts = {part.key: part for part in AreaPart.objects.all()}
    _store(stored, parts, wanted)
    audit.record(action="boundaries.imported", target=stored, by=by, at=at, areas=len(wanted))
    return BoundariesReport(
        name=name,
        stored=len(wanted),
        changed=True,
        left_out=tuple(coded.code for coded in plan.left_out),
        boundary_set=stored,
    )


def check_name(*, name: str) -> None:
    """Refuse a name that another set has.

    Raises:
        BoundariesError: it is taken.
    """
    if BoundarySet.objects.filter(name=name).exists():
        raise BoundariesError(f"There are boundaries named {name} already. Choose another name.")


def _cut(plan: BoundaryPlan) -> dict[str, BaseGeometry]:
    """The areas of parts: those of councils, divided along the approximate areas."""
    approximate = approximate_areas()
    councils = sorted(plan.areas)
    coarser = shapely.coverage_simplify(
        np.array([plan.areas[council] for council in councils]), _FIRST_TOLERANCE
    )
    areas = dict(zip(councils, coarser, strict=True))
    cut: dict[str, BaseGeometry] = {}
    for council, keys in plan.parts_of.items():
        # A piece of a part that was divided has no approximate area: where the line runs is not
        # known, so its land stays with the piece that kept the part's key.
        drawn = [key for key in keys if key in approximate]
        if len(keys) > 1 and not approximate:
            raise BoundariesError(
                f"Parts {', '.join(keys)} have no approximate area to cut their council by. "
                "Run manage.py load_boundaries first."
            )
        if len(drawn) > 1:
            cut |= cut_by_parts(area=areas[council], parts={key: approximate[key] for key in drawn})
        else:
            cut[(drawn or list(keys))[0]] = areas[council]
    return cut


def approximate_areas() -> dict[str, BaseGeometry]:
    """Return the project's own areas by the key of the part."""
    return {
        key: shapely.from_geojson(json.dumps(geometry))
        for key, geometry in Boundary.objects.filter(boundary_set__approximate=True, fine=False)
        .order_by("boundary_set_id")
        .values_list("part__key", "geometry")
    }


def _store(
    stored: BoundarySet,
    parts: Mapping[str, AreaPart],
    wanted: Mapping[tuple[str, bool], object],
) -> None:
    Boundary.objects.bulk_create(
        Boundary(boundary_set=stored, part=parts[key], fine=fine, geometry=geometry)
        for (key, fine), geometry in sorted(wanted.items(), key=lambda item: item[0])
    )
    Drawing.objects.all().delete()


def _geometry(area: BaseGeometry) -> object:
    return json.loads(shapely.to_geojson(area))
