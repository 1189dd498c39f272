"""What is published: values of regions for a period and a sex, with the release they came in."""

from dataclasses import dataclass
from enum import StrEnum

from outcomes.stats.trajectory import Span

ENGLAND_CODE = "E92000001"
# Source: ONS names and codes of the regions of England, which are the same since 2011.
REGIONS = {
    "E12000001": "North East",
    "E12000002": "North West",
    "E12000003": "Yorkshire and The Humber",
    "E12000004": "East Midlands",
    "E12000005": "West Midlands",
    "E12000006": "East of England",
    "E12000007": "London",
    "E12000008": "South East",
    "E12000009": "South West",
}


class Rank(StrEnum):
    """Where a publication itself puts a region, which matters where it names only some."""

    HIGHEST = "highest"
    LOWEST = "lowest"
    NONE = ""


@dataclass(frozen=True, order=True)
class Years:
    """A period of whole calendar years, both ends included: 2022 to 2024."""

    first: int
    last: int

    @property
    def label(self) -> str:
        """As people write it: 2022-24, or 2024."""
        if self.first == self.last:
            return str(self.first)
        same_century = self.first // 100 == self.last // 100
        return f"{self.first}-{self.last % 100:02}" if same_century else f"{self.first}-{self.last}"

    @property
    def span(self) -> Span:
        """The same in decimal years, the end exclusive."""
        return Span(float(self.first), float(self.last + 1))

    def overlaps(self, other: "Years") -> bool:
        """Whether the two share a year."""
        return self.first <= other.last and other.first <= self.last

    def next_apart(self) -> "Years":
        """Return the first period of the same length that shares no year with this one."""
        length = self.last - self.first + 1
        return Years(self.last + 1, self.last + length)

    def shared_with(self, other: "Years") -> tuple[int, ...]:
        """Return the years that both hold."""
        return tuple(range(max(self.first, other.first), min(self.last, other.last) + 1))


@dataclass(frozen=True)
class Release:
    """What figures came in.

    key: year and month of publication, 2026-02; also their order.
    method: a short name; figures of two methods are not compared.
    """

    key: str
    title: str
    method: str
    source: str
    note: str = ""


@dataclass(frozen=True)
class AreaFigure:
    """Healthy life expectancy of one area in years; limits are of 95%, None where unpublished."""

    code: str
    name: str
    value: float
    lower: float | None = None
    upper: float | None = None
    rank: Rank = Rank.NONE

    @property
    def has_limits(self) -> bool:
        """Whether both limits are known."""
        return self.lower is not None and self.upper is not None


@dataclass(frozen=True)
class Figures:
    """What one release says of one period and one sex.

    regions: those that are known, at most the nine.
    """

    period: Years
    sex: str
    release: Release
    regions: tuple[AreaFigure, ...]
    england: AreaFigure | None = None

    @property
    def is_complete(self) -> bool:
        """Whether all nine regions are known."""
        return {one.code for one in self.regions} == set(REGIONS)

    def region(self, code: str) -> AreaFigure | None:
        """Return one region, or None where it is not known."""
        return next((one for one in self.regions if one.code == code), None)


@dataclass(frozen=True)
class CouncilFigures:
    """Values of all upper-tier councils that have one, for one period and one sex, in years."""

    period: Years
    sex: str
    values: tuple[float, ...]
