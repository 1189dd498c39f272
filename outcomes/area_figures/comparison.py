"""How a value compares, by the indicator's own rule, in words with the numbers behind them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from outcomes.area_figures.numbers import told_apart
from outcomes.area_figures.values import AreaValue, ComparisonRule, Definition
from outcomes.stats import Comparison, compare_one_with_benchmark, quantile_rank

_FIFTHS = 5
# Group 1 holds the highest values.
_FIFTH_WORDS = (
    "Highest fifth",
    "Second highest fifth",
    "Middle fifth",
    "Second lowest fifth",
    "Lowest fifth",
)
_WHY_NO_NUMBER = {
    "missing": "missing",
    "suppressed": "suppressed",
    "withheld": "not published",
    "not_applicable": "one that does not apply",
}
NOT_COMPARED = "Not compared"


@dataclass(frozen=True)
class Judgement:
    """A label with its reason.

    label: 'Worse than England', 'Not compared'.
    reason: the numbers behind it, or why there is no label; without a full stop.
    comparison: the label of `outcomes.stats` behind the words.
    """

    label: str
    reason: str
    comparison: Comparison

    @property
    def words(self) -> str:
        """Label and reason in one."""
        return f"{self.label}: {self.reason}"


def why_not_known(*, value: AreaValue | None, whose: str) -> str:
    """Return why there is no number, as a clause; empty where there is one.

    Args:
        value: of the area; None where nothing was published.
        whose: 'the value', 'the value of Ashby'.
    """
    if value is None:
        return f"{whose} is not published"
    if value.value is None:
        return f"{whose} is {_WHY_NO_NUMBER.get(value.note, 'not there')}"
    return ""


def comparison_words(*, comparison: Comparison, name: str) -> str:
    """Return how a value compares with a benchmark: 'Worse than England'."""
    if comparison == Comparison.SIMILAR:
        return f"Similar to {name}"
    return f"{comparison.value.capitalize()} than {name}"


def against_benchmark(
    *,
    definition: Definition,
    value: AreaValue | None,
    benchmark: AreaValue | None,
    name: str,
    places: int,
    itself: bool = False,
) -> Judgement:
    """Return how a value compares with a benchmark by the indicator's own rule.

    Args:
        definition: with rule and polarity. Fifths are no comparison with a benchmark.
        value: of the area.
        benchmark: the benchmark's value for the same period and people.
        name: of the benchmark, as in 'Worse than England'.
        places: digits after the point, of which more are shown where it takes them.
        itself: whether the area is the benchmark.

    Returns:
        The label of `compare_with_benchmark`, with the limit and the benchmark that decided it.

    Source: methods of comparison as in `outcomes.stats.compare_with_benchmark`.
    """
    if itself:
        return _not(f"{name} is not compared with itself")
    if definition.rule == ComparisonRule.NONE:
        return _not("no rule of comparison is set for this indicator")
    if definition.rule == ComparisonRule.QUINTILES:
        return _not("this indicator is compared by fifths of all areas")
    if why := why_not_known(value=value, whose="the value"):
        return _not(why)
    if why := why_not_known(value=benchmark, whose=f"the value of {name}"):
        return _not(why)
    assert value is not None and benchmark is not None  # noqa: S101, PT018 - said just above
    if definition.rule == ComparisonRule.LIMITS_998:
        return _by_limits(definition, value, benchmark, name, places, level="99.8%")
    first = _by_limits(definition, value, benchmark, name, places, level="95%")
    if definition.rule == ComparisonRule.LIMITS_95 or first.comparison in (
        Comparison.NOT_COMPARED,
        Comparison.SIMILAR,
    ):
        return first
    return _at_both_levels(
        first, _by_limits(definition, value, benchmark, name, places, level="99.8%"), name
    )


def _at_both_levels(first: Judgement, second: Judgement, name: str) -> Judgement:
    if second.comparison == Comparison.NOT_COMPARED:
        return Judgement(
            f"{first.label} at 95%", f"{first.reason}; {second.reason}", first.comparison
        )
    if second.comparison == Comparison.SIMILAR:
        return Judgement(
            f"{first.label} at 95%, similar at 99.8%",
            f"{first.reason}; {second.reason}",
            first.comparison,
        )
    return Judgement(f"{second.label} at 99.8%", second.reason, second.comparison)


def _by_limits(
    definition: Definition,
    value: AreaValue,
    benchmark: AreaValue,
    name: str,
    places: int,
    *,
    level: str,
) -> Judgement:
    lower, upper = (
        (value.lower_95, value.upper_95) if level == "95%" else (value.lower_998, value.upper_998)
    )
    if lower is None or upper is None or value.value is None or benchmark.value is None:
        return _not(f"no {level} limits were published")
    found = compare_one_with_benchmark(
        value=value.value,
        lower=lower,
        upper=upper,
        benchmark=benchmark.value,
        polarity=definition.polarity,
    )
    if found == Comparison.SIMILAR:
        low, high, against = told_apart(values=(lower, upper, benchmark.value), places=places)
        return Judgement(
            comparison_words(comparison=found, name=name),
            f"the {level} limits {low} to {high} include {against}",
            found,
        )
    below = upper < benchmark.value
    limit, against = told_apart(values=(upper if below else lower, benchmark.value), places=places)
    side = "upper" if below else "lower"
    return Judgement(
        comparison_words(comparison=found, name=name),
        f"the {side} {level} limit {limit} is {'below' if below else 'above'} {against}",
        found,
    )


def among_areas(*, values: Sequence[float | None], what: str) -> tuple[Judgement, ...]:
    """Return in which fifth of all areas each value lies.

    Args:
        values: one an area, for the same period and people; None where there is none.
        what: the areas in words, as in 'of 153 councils'.

    Returns:
        One judgement an area, none of them better or worse: a fifth says where a value stands, not
        whether the difference is more than chance.

    Source: `outcomes.stats.quantile_rank`; fewer than five values are not ranked.
    """
    numbers = np.array([np.nan if value is None else value for value in values], dtype=float)
    known = int(np.isfinite(numbers).sum())
    if known < _FIFTHS:
        areas = "area has a value" if known == 1 else "areas have a value"
        reason = f"{known} {areas}, {_FIFTHS} needed for fifths"
        return tuple(_not(reason) for _ in values)
    groups = np.atleast_1d(quantile_rank(values=numbers, quantiles=_FIFTHS))
    return tuple(
        _not("there is no value")
        if np.isnan(group)
        else Judgement(
            _FIFTH_WORDS[int(group) - 1],
            f"by rank among the values of {known} {what}",
            Comparison.NOT_COMPARED,
        )
        for group in groups
    )


def _not(reason: str) -> Judgement:
    return Judgement(NOT_COMPARED, reason, Comparison.NOT_COMPARED)
