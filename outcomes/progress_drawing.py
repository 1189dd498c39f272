"""A series, its agreed line and its target over time as the parts of an SVG (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from outcomes.area_drawings.scale import ticks_of
from outcomes.indicator_series import Point, axis_of, independent
from outcomes.progress_labels import compact, span_of

# For a desk, and for a phone, where a wide drawing's letters would be too small to be read.
WIDE, NARROW = 960, 360
HEIGHT = 340
_LEFT, _TOP, _BOTTOM = 56, 36, 292
_MARGIN = 24
# A label this near to another would touch it.
_ROOM = 72


@dataclass(frozen=True)
class Tick:
    """A line of a scale with its number: its place, and the text's place."""

    at: float
    text_at: float
    label: str


@dataclass(frozen=True)
class Mark:
    """A value; `kind` is the class of its sign: ind, over or hollow."""

    x: float
    y: float
    kind: str


@dataclass(frozen=True)
class Whisker:
    """From one limit to the other."""

    x: float
    top: float
    bottom: float


@dataclass(frozen=True)
class Way:
    """The agreed line with its baseline and target: times in decimal years with their values.

    baseline, target: period labels. has_milestones: the points between the two are agreed values.
    """

    points: tuple[tuple[float, float], ...]
    baseline: str
    target: str
    has_milestones: bool = False


@dataclass(frozen=True)
class ProgressDrawing:
    """The parts of an SVG."""

    width: int
    height: int
    left: int
    right: int
    bottom: int
    gridlines: tuple[Tick, ...]
    labels: tuple[Tick, ...]
    line: str
    england: str
    way: str
    target: Mark | None
    milestones: tuple[Mark, ...]
    whiskers: tuple[Whisker, ...]
    marks: tuple[Mark, ...]
    breaks: tuple[Tick, ...]


def draw_progress(
    *,
    points: Sequence[Point],
    england: Sequence[Point],
    way: Way | None,
    provisional: frozenset[tuple[date, date]],
    breaks: Sequence[date],
    width: int,
) -> ProgressDrawing | None:
    """Return the drawing, or None where there is neither a value nor an agreed line.

    Each value stands at the middle of its period, so that the line to a target years ahead keeps
    its slope. Gaps stay gaps, and a value that is not there leaves nothing, its limits neither.

    Args:
        points: the area's series, oldest first.
        england: England's, for the same people.
        way: what was agreed; None where nothing was.
        provisional: periods whose value is expected to change.
        breaks: first days from which values are not comparable with earlier ones.
        width: WIDE or NARROW.
    """
    numbers = [
        number
        for one in points
        if one.value is not None
        for number in (one.value, one.lower, one.upper)
        if number is not None
    ]
    numbers += [one.value for one in england if one.value is not None]
    numbers += [value for _, value in way.points] if way else []
    scale = axis_of(values=numbers)
    times = [_middle(one) for one in (*points, *england)]
    times += [time for time, _ in way.points] if way else []
    if scale is None or not times:
        return None
    low, high, step = scale
    first, last = min(times), max(times)
    right = width - _MARGIN

    def x_of(time: float) -> float:
        share = (time - first) / (last - first) if last > first else 0.5
        return round(_LEFT + 14 + share * (right - _LEFT - 28), 1)

    def y_of(value: float) -> float:
        return round(_BOTTOM - (value - low) / (high - low) * (_BOTTOM - _TOP), 1)

    def path(series: Sequence[Point]) -> str:
        parts, pen = [], "M"
        for one in series:
            if one.value is None:
                pen = "M"
                continue
            parts.append(f"{pen}{x_of(_middle(one))} {y_of(one.value)}")
            pen = "L"
        return "".join(parts)

    kept = independent(points=[one for one in points if one.value is not None])
    return ProgressDrawing(
        width=width,
        height=HEIGHT,
        left=_LEFT,
        right=right,
        bottom=_BOTTOM,
        gridlines=tuple(
            Tick(y_of(at), y_of(at) + 5, label)
            for at, label in ticks_of(low=low, high=high, step=step)
        ),
        labels=_labels([(x_of(time), label) for time, label in _named(points, way)], width=width),
        line=path(points),
        england=path(england),
        way=(
            "M" + "L".join(f"{x_of(time)} {y_of(value)}" for time, value in way.points)
            if way and way.points
            else ""
        ),
        target=Mark(x_of(way.points[-1][0]), y_of(way.points[-1][1]), "target")
        if way and way.points
        else None,
        milestones=tuple(
            Mark(x_of(time), y_of(value), "milestone") for time, value in way.points[1:-1]
        )
        if way and way.has_milestones
        else (),
        whiskers=tuple(
            Whisker(x_of(_middle(one)), y_of(one.upper), y_of(one.lower))
            for one in points
            if one.value is not None and one.lower is not None and one.upper is not None
        ),
        marks=tuple(
            Mark(
                x_of(_middle(one)),
                y_of(one.value),
                "hollow"
                if (one.start_date, one.end_date) in provisional
                else "ind"
                if one.period in kept
                else "over",
            )
            for one in points
            if one.value is not None
        ),
        breaks=tuple(
            Tick(x_of(at), x_of(at), f"Break {day.year}")
            for day in breaks
            if first < (at := span_of(start_date=day, end_date=day).midpoint) < last
        ),
    )


def _middle(one: Point) -> float:
    return span_of(start_date=one.start_date, end_date=one.end_date).midpoint


def _named(points: Sequence[Point], way: Way | None) -> list[tuple[float, str]]:
    """Return the times that must be labelled first: target, latest, baseline; then the others."""
    found = []
    if way and way.points:
        found.append((way.points[-1][0], way.target))
    found += [(_middle(one), compact(label=one.period)) for one in points[-1:]]
    if way and way.points:
        found.append((way.points[0][0], way.baseline))
    found += [(_middle(one), compact(label=one.period)) for one in points]
    return found


def _labels(wanted: Sequence[tuple[float, str]], *, width: int) -> tuple[Tick, ...]:
    """Return as many labels as there is room for, the first ones first."""
    kept: list[Tick] = []
    for x, label in wanted:
        if all(abs(x - one.at) >= _ROOM for one in kept):
            kept.append(Tick(x, min(max(x, 34), width - 34), label))
    return tuple(sorted(kept, key=lambda one: one.at))
