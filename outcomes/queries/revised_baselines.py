"""Baselines that were revised by more than half of the agreed change, and which owner confirmed it.

An owner is asked until it has confirmed the value as it is revised now; a later one asks again.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from authorities.queries.dated import NameHistory, names_on
from outcomes.models import BaselineConfirmation, FrameworkPartner
from outcomes.queries import progress


@dataclass(frozen=True)
class Revised:
    """An indicator in force whose revised baseline its owners are asked about.

    row: its key in the version. value: the baseline as it is revised now.
    waits_for: owners that have not confirmed this value.
    """

    row: int
    framework: UUID
    framework_name: str
    number: int
    lineage: UUID
    name: str
    value: float
    waits_for: frozenset[UUID]


@dataclass(frozen=True)
class Confirmed:
    """An owner's confirmation of a revised value; the body is named as it was then."""

    body: UUID
    body_name: str
    value: float
    at: datetime


@dataclass(frozen=True)
class Confirmations:
    """What owners have said of the baseline of one indicator, and who has yet to.

    revised: the value that they are asked about; None where they are asked nothing.
    """

    revised: float | None = None
    said: tuple[Confirmed, ...] = ()
    waits_for: Mapping[UUID, str] = field(default_factory=dict)


def revised_value(*, content: Mapping[str, Any]) -> float | None:
    """Return the revised baseline of kept labels that owners are asked about; None for none."""
    trajectory = content["trajectory"]
    value: float | None = trajectory["baseline"] if trajectory["needs_confirmation"] else None
    return value


def asked(
    *,
    bodies: Collection[UUID] = (),
    frameworks: Collection[UUID] = (),
    rows: Collection[int] = (),
) -> tuple[Revised, ...]:
    """Return the revised baselines that some owner has yet to confirm.

    In one query where there is none, else in three.

    Args:
        bodies: owners; those of any of them.
        frameworks: keys; those of any of them too.
        rows: keys of indicators in their versions; these too.
    """
    partner = FrameworkPartner.objects.filter(
        framework=OuterRef("framework_indicator__framework_version__framework"),
        ended_on__isnull=True,
        pair__board__in=list(bodies),
    )
    kept = list(
        progress.statuses_in_force()
        .filter(
            Q(framework_indicator__in=list(rows))
            | Q(framework_indicator__framework_version__framework__in=list(frameworks))
            | Q(framework_indicator__framework_version__framework__authority__in=list(bodies))
            | Exists(partner),
            content__trajectory__needs_confirmation=True,
        )
        .values_list(
            "framework_indicator_id",
            "framework_indicator__framework_version__framework_id",
            "framework_indicator__framework_version__framework__name",
            "framework_indicator__framework_version__framework__authority_id",
            "framework_indicator__framework_version__number",
            "framework_indicator__lineage",
            "framework_indicator__indicator__name",
            "content__trajectory__baseline",
        )
    )
    found = [row for row in kept if row[-1] is not None]
    if not found:
        return ()
    owners = _owners({row[1]: row[3] for row in found})
    last = _last(rows={row[0] for row in found})
    waiting = (
        Revised(
            row=key,
            framework=framework,
            framework_name=framework_name,
            number=number,
            lineage=lineage,
            name=name,
            value=value,
            waits_for=frozenset(
                body for body in owners[framework] if last.get((key, body)) != value
            ),
        )
        for key, framework, framework_name, _, number, lineage, name, value in found
    )
    return tuple(one for one in waiting if one.waits_for)


def _owners(authorities: Mapping[UUID, UUID]) -> dict[UUID, set[UUID]]:
    """Return the owners of frameworks by key, of which the authorities are given."""
    found: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for framework, authority in authorities.items():
        found[framework].add(authority)
    for framework, board in FrameworkPartner.objects.filter(
        framework__in=list(authorities), ended_on__isnull=True
    ).values_list("framework_id", "pair__board_id"):
        found[framework].add(board)
    return dict(found)


def _last(*, rows: Collection[int]) -> dict[tuple[int, UUID], float]:
    """Return the value that each owner confirmed last, by indicator and owner."""
    said = BaselineConfirmation.objects.filter(framework_indicator__in=list(rows))
    return {
        (row, body): value
        for row, body, value in said.order_by("at", "pk").values_list(
            "framework_indicator_id", "body_id", "value"
        )
    }


def confirmations_of(
    *, row: int, framework: UUID, authority: UUID, content: Mapping[str, Any], day: date
) -> Confirmations:
    """Return what owners have said of one indicator's baseline, the newest first.

    Args:
        row: its key in the version.
        framework, authority: whose indicator it is.
        content: the labels as they are kept.
        day: as of which those that have yet to say it are named.
    """
    value = revised_value(content=content)
    if value is None:
        return Confirmations()
    said = list(BaselineConfirmation.objects.filter(framework_indicator=row).order_by("-at", "-pk"))
    last: dict[UUID, float] = {}
    for one in reversed(said):
        last[one.body_id] = one.value
    owners = _owners({framework: authority})[framework]
    waits = sorted(body for body in owners if last.get(body) != value)
    names = names_on(day=day, bodies=waits)
    history = NameHistory.of(bodies={one.body_id for one in said})
    return Confirmations(
        revised=value,
        said=tuple(
            Confirmed(
                body=one.body_id,
                body_name=history.name(one.body_id, day=timezone.localdate(one.at)),
                value=one.value,
                at=one.at,
            )
            for one in said
        ),
        waits_for={body: names.name(body) for body in waits},
    )
