"""Inputs of labels for tests: what is not said is as in the smoking example."""

from dataclasses import replace
from datetime import date

from outcomes.area_figures import AreaValue, ComparisonRule, Definition, ValueScale
from outcomes.progress_labels import (
    METHODS,
    AgreedTarget,
    ProgressInputs,
    ProgressLabels,
    Series,
    progress_labels,
)
from outcomes.stats import Polarity

TODAY = date(2026, 11, 23)
SMOKING = Definition(
    scale=ValueScale.PROPORTION,
    polarity=Polarity.LOW_IS_GOOD,
    rule=ComparisonRule.LIMITS_95,
    multiplier=100,
    trend_eligible=True,
    period_months=12,
    step_months=12,
)
HLE = replace(
    SMOKING,
    scale=ValueScale.YEARS,
    polarity=Polarity.HIGH_IS_GOOD,
    multiplier=None,
    period_months=36,
)


def days(first: int, last: int | None = None) -> tuple[date, date]:
    """Calendar years, the last one included."""
    return date(first, 1, 1), date((last or first) + 1, 1, 1)


def seen(first, value, lower=None, upper=None, *, last=None, **more) -> AreaValue:
    """A value of a calendar year, or of several."""
    start, end = days(first, last)
    label = str(first) if last is None else f"{first} - {last % 100:02d}"
    note = more.pop("note", "ok" if value is not None else "missing")
    return AreaValue(label, start, end, value, lower, upper, note=note, **more)


def series(*values: AreaValue) -> Series:
    """Values with keys in their order, from 1."""
    return Series(
        values=tuple(values), ids={one.key: number for number, one in enumerate(values, start=1)}
    )


BASELINE = seen(2022, 15.0, 14.2, 15.9)
TARGET = AgreedTarget(label="2030", days=days(2030), value=10.0)


def told(*values: AreaValue, **said) -> ProgressInputs:
    """Smoking, 15.0% in 2022 and 10.0% by 2030, with these values after the baseline."""
    baseline = said.pop("baseline", BASELINE)
    held = said.pop("held", baseline)
    before = () if held is None else (held,)
    return ProgressInputs(
        **{
            "framework_indicator": 7,
            "unit": "%",
            "definition": SMOKING,
            "version": 1,
            "baseline": baseline,
            "target": TARGET,
            "series": series(*before, *values),
            "england": Series(),
            **said,
        }
    )


def labels_of(given: ProgressInputs, *, method=METHODS[0], today=TODAY) -> ProgressLabels:
    """The four labels on the day of the examples."""
    return progress_labels(given=given, method=method, today=today)
