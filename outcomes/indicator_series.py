"""What a page shows of one indicator: series of points, frozen, and their JSON (pure)."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Any, NamedTuple

# Raise it when the same values would be kept in another form.
METHOD_VERSION = 3
_MOST_LABELS = 5
# With fewer numbers beside it nobody can read a value off a scale.
_FEWEST_LINES = 3
_BEFORE_COVID, _AFTER_COVID = date(2020, 1, 1), date(2022, 1, 1)


class OwnState(StrEnum):
    """How a value that the authority sent in stands, where the public does not see it as it is."""

    WAITING = "waiting"
    RETURNED = "returned"
    # Approved, and one of these.
    SUPPRESSED = "suppressed"
    PUBLISHED_ELSEWHERE = "published_elsewhere"
    PUBLISHED_OTHERWISE = "published_otherwise"


@dataclass(frozen=True)
class ReadBy:
    """The version of an indicator's definition by which values are read.

    Args:
        version: its number.
        unit: of the values.
        definition: in words.
    """

    version: int
    unit: str
    definition: str


class Point(NamedTuple):
    """One value of a series, or the reason why there is none.

    A tuple, because a recompute makes a hundred thousand of them.

    Args:
        period: the label as published.
        start_date: first day of the period.
        end_date: first day after the period.
        value: in the unit of the indicator; None where the note says why.
        lower: lower 95% limit, None where none was published.
        upper: upper 95% limit, None where none was published.
        note: a code of the model's notes: ok, missing, suppressed and so on.
        note_text: the note as published.
        own: how a value that the authority sent in stands; None for what the public sees.
        read_by: the version that it is read by, where that is not the one of its page.
        unit: that version's, where read_by says one.
        publishers_comparison: with England, as the release itself says it.
    """

    period: str
    start_date: date
    end_date: date
    value: float | None
    lower: float | None
    upper: float | None
    note: str
    note_text: str = ""
    own: OwnState | None = None
    read_by: int | None = None
    unit: str = ""
    publishers_comparison: str | None = None


@dataclass(frozen=True)
class Series:
    """The values of one area for one sex and age, from the earliest period to the latest."""

    area_name: str
    area_code: str
    area_kind: str
    sex: str
    age: str
    points: tuple[Point, ...]

    @property
    def group(self) -> tuple[str, str]:
        """Whom the series is about: sex and age."""
        return self.sex, self.age

    @property
    def has_own(self) -> bool:
        """Whether any point was sent in by the authority itself, and is not what is public."""
        return any(point.own is not None for point in self.points)


def to_json(*, series: Sequence[Series], read_by: ReadBy) -> dict[str, Any]:
    """Return the series, and how they are read, as plain values that JSON can hold."""
    return {
        "read_by": asdict(read_by),
        "series": [
            {
                "name": one.area_name,
                "code": one.area_code,
                "kind": one.area_kind,
                "sex": one.sex,
                "age": one.age,
                "points": [_point_to_json(point) for point in one.points],
            }
            for one in series
        ],
    }


def from_json(*, content: Mapping[str, Any]) -> tuple[Series, ...]:
    """Return the series that `to_json` wrote."""
    return tuple(
        Series(
            area_name=one["name"],
            area_code=one["code"],
            area_kind=one["kind"],
            sex=one["sex"],
            age=one["age"],
            points=tuple(_point_from_json(point) for point in one["points"]),
        )
        for one in content["series"]
    )


def read_by_of(*, content: Mapping[str, Any]) -> ReadBy | None:
    """Return how the series are read; None where `to_json` of an earlier method wrote them."""
    said = content.get("read_by")
    return None if said is None else ReadBy(**said)


def independent(*, points: Sequence[Point]) -> frozenset[str]:
    """Return the labels of periods that do not overlap, counted back from the latest.

    Rolling periods share years; only these stand for different people and times.
    """
    kept: set[str] = set()
    earliest: date | None = None
    for point in sorted(points, key=lambda one: one.end_date, reverse=True):
        if earliest is None or point.end_date <= earliest:
            kept.add(point.period)
            earliest = point.start_date
    return frozenset(kept)


def rolling_words(*, points: Sequence[Point]) -> str:
    """Return '3-year rolling' where periods share days with those before them, else nothing."""
    ordered = sorted(points, key=lambda one: one.start_date)
    if not any(later.start_date < one.end_date for one, later in pairwise(ordered)):
        return ""
    years = {one.end_date.year - one.start_date.year for one in ordered}
    return f"{years.pop()}-year rolling" if len(years) == 1 else "rolling"


def covid_words(*, points: Sequence[Point]) -> str:
    """Return which periods hold a part of 2020 or 2021, as a sentence; nothing where none does."""
    held = [
        one.period.replace(" - ", "-")
        for one in sorted(points, key=lambda one: one.start_date)
        if one.start_date < _AFTER_COVID and one.end_date > _BEFORE_COVID
    ]
    if not held:
        return ""
    if len(held) == 1:
        return f"{held[0]} includes days of 2020 or 2021, the COVID years."
    return f"Periods from {held[0]} to {held[-1]} include days of 2020 or 2021, the COVID years."


def labelled(*, periods: int) -> tuple[int, ...]:
    """Return which of so many periods have a label on an axis: the last, and each n-th before it.

    As many as a phone has room for, so that none is turned or cut.
    """
    every = -(-(periods - 1) // (_MOST_LABELS - 1)) or 1
    return tuple(number for number in range(periods) if not (periods - 1 - number) % every)


def with_unit(*, words: str, unit: str) -> str:
    """Return a number with its unit as people write it: '60.1 years', but '17.5%'."""
    return f"{words}{'' if unit.startswith('%') else ' '}{unit}".strip()


def decimals_of(*, series: Sequence[Series]) -> int:
    """Return how many digits after the point the values need, at least 0 and at most 4."""
    return max(
        (
            min(len(text.partition(".")[2]), 4)
            for one in series
            for point in one.points
            if point.value is not None and (text := f"{point.value:.4f}".rstrip("0").rstrip("."))
        ),
        default=0,
    )


def axis(*, series: Sequence[Series]) -> tuple[float, float, float] | None:
    """Return low end, high end and step of a scale that holds every value, or None without any.

    The step is 1, 2 or 5 times a power of ten, so that the lines fall on round numbers, and there
    are at least three of them.
    """
    return axis_of(
        values=[point.value for one in series for point in one.points if point.value is not None]
    )


def axis_of(*, values: Sequence[float]) -> tuple[float, float, float] | None:
    """Return low end, high end and step of a scale that holds the values, or None without any."""
    if not values:
        return None
    low, high = min(values), max(values)
    if high == low:
        # A scale round the one value.
        room = max(abs(high), 1.0) * 0.05
        low, high = low - room, high + room
    span = high - low
    padding = span * 0.06
    low, high = low - padding, high + padding
    power = 10.0 ** math.floor(math.log10(span))
    # The largest step with enough lines between the ends; a fifth of the span always has them.
    step = next(
        size * power
        for size in (5, 2, 1, 0.5, 0.2)
        if math.floor(high / (size * power)) - math.floor(low / (size * power)) >= _FEWEST_LINES
    )
    return low, high, step


def _point_to_json(point: Point) -> list[Any]:
    return [
        point.period,
        point.start_date.isoformat(),
        point.end_date.isoformat(),
        point.value,
        point.lower,
        point.upper,
        point.note,
        point.note_text,
        point.own,
        point.read_by,
        point.unit,
        point.publishers_comparison,
    ]


def _point_from_json(cells: Sequence[Any]) -> Point:
    period, start, end, value, lower, upper, note, note_text, own, *read = cells
    # The first method kept no more, and the second no comparison.
    read += (None, "", None)[len(read) :]
    read_by, unit, compared = read
    return Point(
        period=period,
        start_date=date.fromisoformat(start),
        end_date=date.fromisoformat(end),
        value=value,
        lower=lower,
        upper=upper,
        note=note,
        note_text=note_text,
        own=_own_from_json(own),
        read_by=read_by,
        unit=unit,
        publishers_comparison=compared,
    )


def _own_from_json(word: str | bool | None) -> OwnState | None:
    # Rows of the first method say no more than that the value is the authority's.
    if isinstance(word, bool):
        return OwnState.WAITING if word else None
    return None if word is None else OwnState(word)
