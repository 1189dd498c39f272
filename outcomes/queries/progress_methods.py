"""Methods of computing progress, and what each later one moves against the public one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from authorities.queries.dated import names_on
from outcomes.models import ProgressStatus, VersionState
from outcomes.queries import progress

_LABELS = ("trajectory", "trend", "england", "confidence")


@dataclass(frozen=True)
class Moved:
    """An indicator of which another method says something else, with both stored contents."""

    authority: str
    framework: UUID
    lineage: UUID
    indicator: str
    area: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@dataclass(frozen=True)
class ComparedMethod:
    """A method; one that is not public yet with what it moves.

    computed: how many indicators in force were computed by it, of how many. moved: those of which
    anything in one of the four labels differs.
    """

    number: int
    text: str
    public_at: datetime | None
    computed: int
    of: int
    moved: tuple[Moved, ...]


def compared(*, day: date) -> tuple[ComparedMethod, ...]:
    """Return every method, the newest first, in a constant number of queries.

    Args:
        day: as of which areas are named.
    """
    kept = progress.methods()
    public = max((one.number for one in kept if one.public_at is not None), default=0)
    later = [one.number for one in kept if one.number >= public]
    rows: dict[int, dict[int, ProgressStatus]] = {number: {} for number in later}
    found = (
        ProgressStatus.objects.filter(
            framework_indicator__framework_version__state=VersionState.AGREED, method__in=later
        )
        .select_related(
            "framework_indicator__framework_version__framework", "framework_indicator__indicator"
        )
        .order_by("framework_indicator__order", "framework_indicator_id")
    )
    for row in found:
        rows[row.method][row.framework_indicator_id] = row
    names = _names(rows.get(public, {}), day)
    in_force = progress.number_in_force()
    return tuple(
        ComparedMethod(
            number=one.number,
            text=one.text,
            public_at=one.public_at,
            computed=len(rows.get(one.number, {})),
            of=in_force,
            moved=_moved(rows.get(public, {}), rows[one.number], names)
            if one.number > public
            else (),
        )
        for one in kept
    )


def _names(rows: dict[int, ProgressStatus], day: date) -> dict[UUID, str]:
    keys = set()
    for row in rows.values():
        keys |= {
            row.framework_indicator.area_id,
            row.framework_indicator.framework_version.framework.authority_id,
        }
    names = names_on(day=day, bodies=keys)
    return {key: names.name(key) for key in keys}


def _moved(
    before: dict[int, ProgressStatus], after: dict[int, ProgressStatus], names: dict[UUID, str]
) -> tuple[Moved, ...]:
    found = []
    for key, old in before.items():
        new = after.get(key)
        if new is None or all(old.content[one] == new.content[one] for one in _LABELS):
            continue
        row = old.framework_indicator
        framework = row.framework_version.framework
        found.append(
            Moved(
                authority=names[framework.authority_id],
                framework=framework.pk,
                lineage=row.lineage,
                indicator=row.indicator.name,
                area=names[row.area_id],
                before=old.content,
                after=new.content,
            )
        )
    return tuple(sorted(found, key=lambda one: (one.authority, one.indicator, one.area)))
