"""What is drawn, and the parts of a drawing."""

from dataclasses import dataclass
from datetime import date

from outcomes.area_figures import AreaValue, Break

WIDTH, HEIGHT = 480, 300


@dataclass(frozen=True)
class Line:
    """The values of one area under its name."""

    name: str
    values: tuple[AreaValue, ...]


@dataclass(frozen=True)
class SeriesInput:
    """What is drawn, twice: as SVG by the server and by Plotly where scripts run.

    independent: periods that share no day, counted back from the latest.
    """

    title: str
    unit: str
    places: int
    area: Line
    england: Line | None
    region: Line | None
    independent: frozenset[tuple[date, date]]
    breaks: tuple[Break, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """The area, and what it is held against."""
        return tuple(line for line in (self.area, self.england, self.region) if line is not None)

    @property
    def periods(self) -> tuple[tuple[tuple[date, date], str], ...]:
        """Days and label of every period, oldest first."""
        return tuple(
            sorted(
                {value.key: value.period for line in self.lines for value in line.values}.items()
            )
        )


@dataclass(frozen=True)
class Tick:
    """A line of a scale with its number: along the other axis, `at` and the text's place."""

    at: float
    text_at: float
    label: str


@dataclass(frozen=True)
class Mark:
    """A value; `kind` is the class of its dot."""

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
class BreakLine:
    """Where a series cannot be compared across."""

    x: float
    label: str
    ends_left: bool


@dataclass(frozen=True)
class SeriesDrawing:
    """The parts of an SVG of WIDTH by HEIGHT."""

    width: int
    height: int
    gridlines: tuple[Tick, ...]
    labels: tuple[Tick, ...]
    line: str
    england: str
    region: str
    whiskers: tuple[Whisker, ...]
    marks: tuple[Mark, ...]
    breaks: tuple[BreakLine, ...]


@dataclass(frozen=True)
class RowMark:
    """One row: its name, and its dot and limits where it has a value."""

    name: str
    text_y: float
    y: float
    x: float | None
    left: float | None
    right: float | None
    words: str


@dataclass(frozen=True)
class RowsDrawing:
    """The parts of an SVG with one row an area or a group."""

    width: int
    height: int
    ticks: tuple[Tick, ...]
    rows: tuple[RowMark, ...]
    reference: float | None
    bottom: float
