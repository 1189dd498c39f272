"""Values and definitions for the tests of this folder."""

from datetime import date
from typing import Any

from outcomes.area_figures import AreaValue, ComparisonRule, Definition, ValueScale
from outcomes.stats import Polarity


def value(number: float | None, *, first: int = 2022, years: int = 1, **facts: Any) -> AreaValue:
    """Return a value of some calendar years."""
    return AreaValue(
        period=str(first) if years == 1 else f"{first} - {(first + years - 1) % 100:02d}",
        start_date=date(first, 1, 1),
        end_date=date(first + years, 1, 1),
        value=number,
        **facts,
    )


def limited(number: float, *, half: float = 1.0, **facts: Any) -> AreaValue:
    """Return a value with 95% limits so far from it either way."""
    return value(number, lower_95=number - half, upper_95=number + half, **facts)


def definition(**facts: Any) -> Definition:
    """Return a definition of years of life, compared by limits of 95%."""
    return Definition(
        **{
            "scale": ValueScale.YEARS,
            "polarity": Polarity.HIGH_IS_GOOD,
            "rule": ComparisonRule.LIMITS_95,
            "trend_eligible": True,
            **facts,
        }
    )
