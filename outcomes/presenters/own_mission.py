"""A strategic authority's own healthy life expectancy beside what the mission asks of regions."""

from dataclasses import dataclass

from django.urls import reverse

from authorities.presenters.tables import Cell, Column
from outcomes.mission import OwnFigure
from outcomes.mission.words import change_text, number_text, sex_words
from outcomes.queries.mission import OwnMission


@dataclass(frozen=True)
class OwnMissionBlock:
    """A table, or why there is none."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str
    url: str


def own_block(*, name: str, own: OwnMission | None) -> OwnMissionBlock | None:
    """Return the block of an authority's page; None before the mission was ever computed."""
    if own is None:
        return None
    return OwnMissionBlock(
        columns=(
            Column("Sex and period"),
            Column("This area", numeric=True),
            Column("England", numeric=True),
            Column("Highest region", numeric=True),
            Column("Floor", numeric=True),
        ),
        rows=tuple(_row(one) for one in own.figures),
        empty=(
            f"No healthy life expectancy that the ONS publishes for {name} as a whole is on "
            "record here. It is not worked out from its councils: districts and sexes are never "
            "averaged."
        ),
        url=reverse("mission:page"),
    )


def _row(one: OwnFigure) -> tuple[Cell, ...]:
    limits = ""
    if one.lower is not None and one.upper is not None:
        limits = f"{number_text(one.lower)} to {number_text(one.upper)}"
    return (
        Cell(
            f"{sex_words(one.sex).capitalize()}, {one.period.label}",
            note=f"Published as {one.area}, {one.release}",
        ),
        Cell(f"{one.value:.1f}", note=limits),
        _beside(one.england, one.england_gap, _interval(one)),
        _beside(
            one.best.value if one.best else None, one.best_gap, one.best.name if one.best else ""
        ),
        _beside(one.floor, one.floor_gap, ""),
    )


def _interval(one: OwnFigure) -> str:
    if one.england_interval is None:
        return ""
    lower, upper = one.england_interval.lower, one.england_interval.upper
    return f"{change_text(lower)} to {change_text(upper)}"


def _beside(value: float | None, gap: float | None, more: str) -> Cell:
    if value is None or gap is None:
        return Cell("Not known")
    words = f"this area {change_text(gap)}"
    return Cell(number_text(value), note=f"{more}: {words}" if more else words)
