"""What the labels of an indicator in a framework are made from, and by which method."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from outcomes.area_figures import AreaValue, Definition, decimals
from outcomes.stats.comparability import TargetMode
from outcomes.stats.trajectory import DEFAULT_TOLERANCE, TrajectoryKind

Days = tuple[date, date]


@dataclass(frozen=True)
class Method:
    """A numbered way to compute progress.

    number: as its row in the database.
    text: what it does, for people.
    tolerance: for values without limits, as a part of the way from baseline to target.
    stale_months: how long after its usual day a value may fail to come before a status is stale.
    """

    number: int
    text: str
    tolerance: float = DEFAULT_TOLERANCE
    stale_months: int = 12


@dataclass(frozen=True)
class AgreedMilestone:
    """A value agreed for a period between baseline and target."""

    label: str
    days: Days
    value: float


@dataclass(frozen=True)
class AgreedTarget:
    """A target as it was agreed, in the indicator's unit.

    tolerance: for values without limits; None is the method's part of the way.
    maintain: keep the baseline, so that the target follows it when it is revised.
    """

    label: str
    days: Days
    value: float
    mode: TargetMode = TargetMode.LEVEL
    kind: TrajectoryKind = TrajectoryKind.LINEAR
    milestones: tuple[AgreedMilestone, ...] = ()
    tolerance: float | None = None
    maintain: bool = False


@dataclass(frozen=True)
class Series:
    """The current values of one area for the same people, oldest first, with their keys.

    ids: key of each observation by its period's days.
    """

    values: tuple[AreaValue, ...] = ()
    ids: Mapping[Days, int] = field(default_factory=dict)

    def at(self, days: Days | None) -> AreaValue | None:
        """Return the value of a period; None where nothing is published for it."""
        return None if days is None else self._by_days.get(days)

    @cached_property
    def plain(self) -> list[list[Any]]:
        """The values as JSON can hold them, for who draws the series."""
        return [
            [
                one.period,
                one.start_date.isoformat(),
                one.end_date.isoformat(),
                one.value,
                one.lower_95,
                one.upper_95,
                one.note,
                one.provisional,
                one.publishers_comparison,
            ]
            for one in self.values
        ]

    @cached_property
    def releases(self) -> frozenset[UUID]:
        """The releases that the values came in."""
        return frozenset(one.release_id for one in self.values if one.release_id is not None)

    @cached_property
    def _by_days(self) -> dict[Days, AreaValue]:
        return {one.key: one for one in self.values}


@dataclass(frozen=True)
class Bridge:
    """What crosses a break of comparability, for one series.

    ratio: new over old in a period that was published by both ways; None where none was.
    restated: the baseline's period itself was published again by the new ways.
    """

    ratio: float | None = None
    restated: bool = False


@dataclass(frozen=True)
class ProgressInputs:
    """Everything that the labels of one indicator of a framework rest on.

    framework_indicator: its key, which stands for the version of its target.
    baseline: as it was frozen when it was agreed; None where there is none.
    definition, version: how the indicator's values are read, and the number of that version.
    publication_lag_months: from the end of a period to its figures; None where it is not known.
    bridges: by the first day of a break.
    made_by: how the releases that say so made the values.
    unofficial: releases of bodies, which are no official statistics.
    is_england: the area is what it would be compared with.
    """

    framework_indicator: int
    unit: str
    definition: Definition
    version: int
    baseline: AreaValue | None
    target: AgreedTarget | None
    series: Series
    england: Series
    publication_lag_months: int | None = None
    in_development: bool = False
    bridges: Mapping[date, Bridge] = field(default_factory=dict)
    made_by: Mapping[UUID, str] = field(default_factory=dict)
    unofficial: frozenset[UUID] = frozenset()
    is_england: bool = False

    @cached_property
    def places(self) -> int:
        """How many digits after the point the indicator's numbers are shown with."""
        agreed = [self.baseline]
        if self.target is not None:
            agreed.append(AreaValue(self.target.label, *self.target.days, value=self.target.value))
        return decimals(
            values=(*self.series.values, *self.england.values, *agreed),
            scale=self.definition.scale,
        )


METHODS: tuple[Method, ...] = (
    Method(
        number=1,
        text=(
            "Four labels side by side. The trajectory by 95% limits where there are any, else by a "
            "tenth of the way from baseline to target. The recent trend over five periods that "
            "share no day. The comparison with England by the indicator’s own rule, or the "
            "publisher’s own where that allows none, with the gap and who moved. How sure the "
            "data are. A value that is a year overdue is stale."
        ),
    ),
)
