"""What the mission is taken to mean, and the picture that follows from it."""

from dataclasses import dataclass
from enum import StrEnum

from outcomes.mission.figures import Release, Years
from outcomes.mission.intervals import Interval


class Areas(StrEnum):
    """Between which areas the gap is."""

    REGIONS = "regions"


class GapRule(StrEnum):
    """Which two of them the gap is between."""

    RANGE = "range"
    FIXED_PAIR = "fixed_pair"


class Sexes(StrEnum):
    """Of whom; never an average of the two."""

    EACH = "each"
    MEN = "men"
    WOMEN = "women"

    @property
    def published(self) -> tuple[str, ...]:
        """The words of the publications."""
        return {"each": ("Male", "Female"), "men": ("Male",), "women": ("Female",)}[self.value]


class Share(StrEnum):
    """What of the baseline's gap is to be left."""

    HALF = "half"


@dataclass(frozen=True)
class Definition:
    """A reading of the mission.

    highest, lowest: codes of the two regions of a fixed pair; empty for a range.
    target: when the gap shall be halved; None where that is not published.
    """

    number: int
    areas: Areas
    rule: GapRule
    sexes: Sexes
    share: Share
    baseline: Years
    target: Years | None = None
    highest: str = ""
    lowest: str = ""


@dataclass(frozen=True)
class Extreme:
    """The region at one end of a gap; several where they share the value."""

    names: tuple[str, ...]
    value: float

    @property
    def name(self) -> str:
        """In words."""
        return " and ".join(self.names)


@dataclass(frozen=True)
class Gap:
    """The gap of one period and sex, in one release.

    interval: None where no limits are published.
    comparable: whether its method is that of the baseline.
    """

    period: Years
    release: Release
    best: Extreme
    worst: Extreme
    value: float
    interval: Interval | None
    england: float | None
    comparable: bool = True


class MissionStatus(StrEnum):
    """Where the gap stands; the words of `outcomes.stats.trajectory`, and one more."""

    MISSED = "missed"
    NOT_MET_UNCERTAIN = "not_met_uncertain"
    OFF_TRACK = "off_track"
    INCONCLUSIVE = "inconclusive"
    BEHIND_WITHIN_MARGIN = "behind_within_margin"
    ON_TRACK = "on_track"
    AHEAD = "ahead"
    AT_TARGET_UNCERTAIN = "at_target_uncertain"
    ACHIEVED = "achieved"
    NARROWED_BY_DECLINE_AT_TOP = "narrowed_by_decline_at_top"
    NOT_ASSESSED = "not_assessed"


class Reason(StrEnum):
    """Why the gap is not assessed."""

    NO_BASELINE = "no_baseline"
    NO_GAP = "no_gap"
    MISSING = "missing"
    NOT_COMPARABLE = "not_comparable"
    OVERLAPPING = "overlapping"
    NO_DATA_AFTER_BASELINE = "no_data_after_baseline"
    STALE = "stale"
    NO_END_DATE = "no_end_date"


@dataclass(frozen=True)
class RegionLine:
    """A region in the newest period; the floor is what halving asks of every region."""

    code: str
    name: str
    value: float | None
    to_floor: float | None


@dataclass(frozen=True)
class SexPicture:
    """The mission for one sex.

    first_gap: the baseline's gap as the first release by the same method had it.
    same_release: whether baseline and current gap came in one release.
    progress: part of the way to half, 1 when halved and negative when wider; arithmetic alone,
        whatever the status.
    first_comparable: the first period that shares no year with the baseline's.
    comparable_from: year and month in which it is published, should that take as long as of late.
    chance: the range that nine regions without a true difference would show.
    chance_error: the standard error that `chance` rests on; assumed where limits are unpublished.
    """

    sex: str
    gaps: tuple[Gap, ...]
    baseline: Gap | None
    current: Gap | None
    first_gap: float | None
    same_release: bool
    target: float | None
    progress: float | None
    best_change: float | None
    worst_change: float | None
    by_decline_at_top: bool
    expected: float | None
    status: MissionStatus
    reason: Reason | None
    floor: float | None
    regions: tuple[RegionLine, ...]
    first_comparable: Years
    comparable_from: str
    chance: float
    chance_error: float


@dataclass(frozen=True)
class SensitivityCell:
    """What another definition gives for one sex; `words` where it gives no number."""

    sex: str
    value: float | None
    words: str = ""


@dataclass(frozen=True)
class Sensitivity:
    """Another definition beside the one in use."""

    key: str
    title: str
    cells: tuple[SensitivityCell, ...]
    note: str
    in_use: bool = False


@dataclass(frozen=True)
class OwnFigure:
    """A strategic authority's own figure for one sex, beside the regions' of the same period.

    area: whose figure it is, in words; the authority's, or that of the one council it is.
    """

    sex: str
    period: Years
    area: str
    value: float
    lower: float | None
    upper: float | None
    release: str
    england: float | None
    england_gap: float | None
    england_interval: Interval | None
    best: Extreme | None
    best_gap: float | None
    floor: float | None
    floor_gap: float | None


@dataclass(frozen=True)
class OwnFigures:
    """What is published of one strategic authority, by its slug."""

    authority: str
    figures: tuple[OwnFigure, ...]


@dataclass(frozen=True)
class MissionPicture:
    """All that the page shows by one definition."""

    definition: Definition
    sexes: tuple[SexPicture, ...]
    sensitivity: tuple[Sensitivity, ...]
    authorities: tuple[OwnFigures, ...] = ()
