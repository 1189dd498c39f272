"""Sums over the areas that a new one is made of, where counts and denominators allow them."""

from collections.abc import Sequence
from dataclasses import dataclass

from outcomes.area_figures.comparison import why_not_known
from outcomes.area_figures.values import AreaValue, Definition, ValueScale
from outcomes.stats import proportion_wilson, rate_byar

# Published counts are rounded to five where nothing else is said, so that a published value may
# differ by half of that from count over denominator.
# Source: Fingertips, rules of disclosure and confidence intervals.
_ROUNDED_TO = 5
# Values are published with one decimal at least.
_HALF_A_DIGIT = 0.05
_HIGH = 0.998


@dataclass(frozen=True)
class Part:
    """One of the areas that make up a new one, and its published value; None where none is."""

    name: str
    value: AreaValue | None


@dataclass(frozen=True)
class SumRefused:
    """Why no value can be computed, to stand after a colon."""

    reason: str


def summed(*, definition: Definition, parts: Sequence[Part]) -> AreaValue | SumRefused:
    """Return the value of an area from the counts and denominators of its parts.

    Args:
        definition: only proportions and rates with a known multiplier can be summed.
        parts: all areas that make up the new one, for one period and the same people. They must
            cover it wholly: the caller knows.

    Returns:
        A value with limits, marked as computed from the parts by name; or the reason why not.
        Every part needs a count and a denominator, and a published value that is count over
        denominator: a standardised rate is not, and its sum would be another measure.

    Source: the project's own rule; limits of `proportion_wilson` and `rate_byar`.
    """
    if definition.scale not in (ValueScale.PROPORTION, ValueScale.RATE):
        return SumRefused("only proportions and rates can be added up")
    if definition.multiplier is None:
        return SumRefused("the indicator’s multiplier is not described")
    if not parts:
        return SumRefused("it is not known which areas make it up")
    for part in parts:
        if why := _why_not(part, definition):
            return SumRefused(why)
    values = [part.value for part in parts if part.value is not None]
    first = values[0]
    if any(value.key != first.key for value in values):
        return SumRefused("the values are of different periods")
    count = sum(value.count or 0.0 for value in values)
    denominator = sum(value.denominator or 0.0 for value in values)
    compute = proportion_wilson if definition.scale == ValueScale.PROPORTION else rate_byar
    at_95, at_998 = (
        compute(
            count=count,
            denominator=denominator,
            confidence=level,
            multiplier=definition.multiplier,
        )
        for level in (0.95, _HIGH)
    )
    return AreaValue(
        period=first.period,
        start_date=first.start_date,
        end_date=first.end_date,
        value=at_95.value,
        lower_95=at_95.lower,
        upper_95=at_95.upper,
        lower_998=at_998.lower,
        upper_998=at_998.upper,
        count=count,
        denominator=denominator,
        provisional=any(value.provisional for value in values),
        computed_from=tuple(part.name for part in parts),
    )


def _why_not(part: Part, definition: Definition) -> str:
    value = part.value
    if why := why_not_known(value=value, whose=f"the value of {part.name}"):
        return why
    assert value is not None and value.value is not None  # noqa: S101, PT018 - said just above
    if value.note not in ("ok", "remarked"):
        return f"the value of {part.name} is estimated or not reliable"
    if value.count is None or value.denominator is None or value.denominator <= 0:
        return f"no count or no denominator is published for {part.name}"
    multiplier = definition.multiplier or 1
    if definition.scale == ValueScale.PROPORTION and value.count > value.denominator:
        return f"the count of {part.name} is above its denominator"
    plain = value.count / value.denominator * multiplier
    base = definition.round_counts_to or _ROUNDED_TO
    room = base / 2 / value.denominator * multiplier + _HALF_A_DIGIT
    if abs(plain - value.value) > room:
        return (
            f"the value of {part.name} is not its count over its denominator, "
            "so it may be standardised"
        )
    return ""
