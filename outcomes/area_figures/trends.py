"""The recent trend of a series, with the reason where there is none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from outcomes.area_figures.values import AreaValue, Break, Definition, ValueScale
from outcomes.stats import Trend, recent_trend
from outcomes.stats.trend import TrendKind

_NOT_MARKED = "this indicator is not marked as fit for a trend"


@dataclass(frozen=True)
class TrendWords:
    """A trend in words.

    label: 'Increasing', 'Cannot be calculated'.
    judgement: 'getting better', or nothing.
    reason: to stand after a colon.
    trend: the label of `outcomes.stats`.
    periods: labels of the periods that were used, oldest first.
    """

    label: str
    judgement: str
    reason: str
    trend: Trend
    periods: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """All in one: 'Increasing, getting better: over the latest 5 independent periods'."""
        judged = f"{self.label}, {self.judgement}" if self.judgement else self.label
        return f"{judged}: {self.reason}"


def trend_of(*, definition: Definition, values: Sequence[AreaValue]) -> TrendWords:
    """Return the recent trend of a series by the publisher's rules.

    Args:
        definition: with eligibility, breaks, scale and polarity.
        values: of one area and the same people, in any order.

    Returns:
        The label of `recent_trend` over values since the last break. Where both a rule and the
        number of periods stand in the way, both are said. Values that this site computed are never
        mixed with published ones.

    Source: `outcomes.stats.recent_trend`; Fingertips Technical Guidance, trend markers.
    """
    known = sorted(
        (value for value in values if value.value is not None), key=lambda value: value.key
    )
    if not known:
        return _none("no value is published")
    known = [value for value in known if value.is_computed == known[-1].is_computed]
    if any(value.months % 12 for value in known):
        return _none("the periods are not whole years")
    last_break = definition.last_break(values=known)
    used = [
        value for value in known if last_break is None or value.start_date >= last_break.starts_on
    ]
    is_share = definition.scale == ValueScale.PROPORTION
    found = recent_trend(
        first_year=[value.first_year for value in used],
        last_year=[value.last_year for value in used],
        value=_column(used, "value"),
        lower=None if is_share else _column(used, "lower_95"),
        upper=None if is_share else _column(used, "upper_95"),
        count=_column(used, "count") if is_share else None,
        denominator=_column(used, "denominator") if is_share else None,
        kind=TrendKind.PROPORTION if is_share else TrendKind.OTHER,
        polarity=definition.polarity,
    )
    reasons = []
    if found.label == Trend.CANNOT_BE_CALCULATED:
        reasons.append(f"{found.reason}{_since(last_break, known)}")
    if not definition.trend_eligible:
        reasons.append(_in_a_sentence(definition.trend_text) or _NOT_MARKED)
    if reasons:
        return _none("; ".join(reasons))
    return TrendWords(
        label=found.label.value.capitalize(),
        judgement=found.judgement,
        reason=found.reason,
        trend=found.label,
        periods=tuple(used[position].period for position in found.points),
    )


def overlapping(*, values: Sequence[AreaValue]) -> frozenset[tuple[date, date]]:
    """Return the periods that share days with the one before them in the series."""
    ordered = sorted(values, key=lambda value: value.key)
    return frozenset(
        later.key for earlier, later in pairwise(ordered) if later.start_date < earlier.end_date
    )


def _since(last_break: Break | None, known: Sequence[AreaValue]) -> str:
    if last_break is None or known[0].start_date >= last_break.starts_on:
        return ""
    day = last_break.starts_on
    return f", counted since the break of {day.day} {day:%B} {day.year}"


def _in_a_sentence(text: str) -> str:
    """Return a sentence so that it may stand behind a colon; an abbreviation stays as it is."""
    text = text.strip().rstrip(".")
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def _column(values: Sequence[AreaValue], name: str) -> list[float]:
    return [
        float("nan") if (number := getattr(value, name)) is None else number for value in values
    ]


def _none(reason: str) -> TrendWords:
    label = Trend.CANNOT_BE_CALCULATED
    return TrendWords(label.value.capitalize(), "", reason, label)
