"""A value with its limits, and what of an indicator's definition decides how it is read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from outcomes.stats import Polarity


class ValueScale(StrEnum):
    """What kind of number a value is; the same words as the catalogue's."""

    PROPORTION = "proportion"
    RATE = "rate"
    YEARS = "years"
    RATIO = "ratio"
    INDEX = "index"
    UNKNOWN = "unknown"


class ComparisonRule(StrEnum):
    """How a value is held against others; the same words as the catalogue's."""

    LIMITS_95 = "limits_95"
    LIMITS_998 = "limits_998"
    LIMITS_BOTH = "limits_both"
    QUINTILES = "quintiles"
    NONE = "none"


class AreaValue(NamedTuple):
    """One value of a series, or the note that says why there is none.

    A tuple, because a recompute makes a hundred thousand of them.

    period: label as published.
    start_date, end_date: first day of the period, and first day after it.
    value, limits: in the indicator's unit; None where there is none.
    count, denominator: people or events; None where none was published.
    note: a code of the model's notes: ok, missing, suppressed and so on.
    area_code: as the release wrote it.
    release_id: where it was published; None where this site computed it.
    publishers_comparison: with England, as the release itself says it; None where it does not.
    """

    period: str
    start_date: date
    end_date: date
    value: float | None
    lower_95: float | None = None
    upper_95: float | None = None
    lower_998: float | None = None
    upper_998: float | None = None
    # Hides tuple.count, which nobody needs of a value.
    count: float | None = None  # type: ignore[assignment]
    denominator: float | None = None
    note: str = "ok"
    note_text: str = ""
    provisional: bool = False
    area_code: str = ""
    release_id: UUID | None = None
    publishers_comparison: str | None = None
    computed_from: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[date, date]:
        """The days of the period, which are its identity."""
        return self.start_date, self.end_date

    @property
    def last_date(self) -> date:
        """The last day of the period."""
        return self.end_date - timedelta(days=1)

    @property
    def months(self) -> int:
        """How long the period is."""
        years = self.end_date.year - self.start_date.year
        return years * 12 + self.end_date.month - self.start_date.month

    @property
    def first_year(self) -> int:
        """The year in which the period starts."""
        return self.start_date.year

    @property
    def last_year(self) -> int:
        """The last year of the period, counted in years that start as the period does.

        2023/24 is one year and shares none with 2024/25, though both have days in 2024.
        """
        return self.start_date.year + max(self.months // 12, 1) - 1

    @property
    def is_computed(self) -> bool:
        """Whether this site made it from the values of other areas."""
        return bool(self.computed_from)


@dataclass(frozen=True)
class Break:
    """Periods that start on or after the day cannot be compared with earlier ones."""

    starts_on: date
    kind: str
    text: str
    source: str = ""


@dataclass(frozen=True)
class Definition:
    """What of an indicator's definition decides how its values are read.

    multiplier: a value is count / denominator x multiplier; None where it is not described.
    trend_text: why the publisher's rules allow no trend.
    round_counts_to: base to which counts were rounded; None where that is not known.
    """

    scale: ValueScale
    polarity: Polarity
    rule: ComparisonRule
    multiplier: int | None = None
    trend_eligible: bool = False
    trend_text: str = ""
    period_months: int | None = None
    step_months: int | None = None
    round_counts_to: int | None = None
    breaks: tuple[Break, ...] = ()

    def last_break(self, *, values: Sequence[AreaValue]) -> Break | None:
        """Return the newest break that the latest of the values lies behind."""
        latest = max((value.start_date for value in values), default=None)
        behind = [one for one in self.breaks if latest is not None and one.starts_on <= latest]
        return max(behind, key=lambda one: one.starts_on, default=None)

    def break_between(self, *, earlier: AreaValue, later: AreaValue) -> Break | None:
        """Return a break that stands between two periods."""
        return next(
            (one for one in self.breaks if earlier.start_date < one.starts_on <= later.start_date),
            None,
        )
