"""The headlines and the first definition of the mission, loaded from the project's own files."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from authorities import audit
from outcomes.actions import mission_reading
from outcomes.actions.catalogue import FOLDER
from outcomes.mission_file import (
    DefinitionRow,
    FigureRow,
    MissionFileError,
    read_definition,
    read_figures,
    read_releases,
)
from outcomes.models import (
    DefinitionState,
    MissionDefinition,
    MissionFigure,
    MissionRelease,
)

__all__ = ["FOLDER", "Loaded", "MissionFileError", "load"]


@dataclass(frozen=True)
class Loaded:
    """How many rows are new, and how many figures were put right."""

    releases: int
    figures: int
    corrected: int
    definitions: int


@transaction.atomic
def load(*, folder: Path = FOLDER, at: datetime) -> Loaded:
    """Load releases, figures and the first definition; a second load of the same writes nothing.

    A figure that says otherwise now supersedes the one that was loaded. A definition is loaded
    only where there is none at all: what people have drafted or approved is left.

    Raises:
        MissionFileError: a file is wrong; nothing is loaded.
    """
    releases = _load_releases((folder / "mission_releases.csv").read_bytes(), at)
    added, corrected = _load_figures((folder / "mission_figures.csv").read_bytes(), at)
    row = read_definition(content=(folder / "mission_definition.csv").read_bytes())
    definitions = 0
    if not MissionDefinition.objects.exists():
        _store_definition(row, at)
        definitions = 1
    if releases or added or corrected or definitions:
        mission_reading.request(reason="figures loaded", at=at)
    return Loaded(releases, added, corrected, definitions)


def _load_releases(content: bytes, at: datetime) -> int:
    added = 0
    for row in read_releases(content=content):
        held = MissionRelease.objects.filter(key=row.release).first()
        said = {"title": row.title, "method": row.method, "source": row.source, "note": row.note}
        if held is None:
            made = MissionRelease.objects.create(key=row.release, loaded_at=at, **said)
            audit.record(action="mission_release.loaded", target=made, by=None, at=at)
            added += 1
        elif any(getattr(held, name) != value for name, value in said.items()):
            raise MissionFileError(
                f"Release {row.release} is on record with other words, and is never changed. "
                "Give a correction a release of its own."
            )
    return added


def _load_figures(content: bytes, at: datetime) -> tuple[int, int]:
    releases = {row.key: row for row in MissionRelease.objects.all()}
    held = {
        (row.release_id, row.first_year, row.last_year, row.sex, row.measure, row.area_code): row
        for row in MissionFigure.objects.filter(superseded_at__isnull=True)
    }
    counts: Counter[int] = Counter()
    added = corrected = 0
    for row in read_figures(content=content):
        release = releases.get(row.release)
        if release is None:
            raise MissionFileError(f"Figures of {row.release} are given, but no such release.")
        wanted = _figure(row, release, at)
        key = (release.pk, *(getattr(wanted, name) for name in _KEY))
        before = held.get(key)
        if before is not None and all(
            getattr(before, name) == getattr(wanted, name) for name in _SAID
        ):
            continue
        if before is not None:
            before.superseded_at = at
            before.save(update_fields=["superseded_at"])
            corrected += 1
        else:
            added += 1
        wanted.save()
        counts[release.pk] += 1
    for release in releases.values():
        if counts[release.pk]:
            audit.record(
                action="mission_figures.loaded",
                target=release,
                by=None,
                at=at,
                figures=counts[release.pk],
            )
    return added, corrected


_KEY = ("first_year", "last_year", "sex", "measure", "area_code")
_SAID = ("area_name", "value", "lower_95", "upper_95", "rank")


def _figure(row: FigureRow, release: MissionRelease, at: datetime) -> MissionFigure:
    return MissionFigure(
        release=release,
        first_year=row.period.first,
        last_year=row.period.last,
        sex=row.sex,
        measure=row.measure,
        area_code=row.area_code,
        area_name=row.area_name,
        value=row.value,
        lower_95=row.lower,
        upper_95=row.upper,
        rank=row.rank.value,
        loaded_at=at,
    )


def _store_definition(row: DefinitionRow, at: datetime) -> None:
    said = row.definition
    made = MissionDefinition.objects.create(
        number=said.number,
        state=DefinitionState.IN_USE,
        words=row.words,
        areas=said.areas.value,
        gap_rule=said.rule.value,
        highest_code=said.highest,
        lowest_code=said.lowest,
        sexes=said.sexes.value,
        baseline_first_year=said.baseline.first,
        baseline_last_year=said.baseline.last,
        baseline_reason=row.baseline_reason,
        share=said.share.value,
        target_first_year=said.target.first if said.target else None,
        target_last_year=said.target.last if said.target else None,
        source=row.source,
        made_at=at,
        approved_at=at,
    )
    audit.record(action="mission_definition.loaded", target=made, by=None, at=at, number=1)
