"""The second label: the recent trend, and what changed between two independent periods."""

from collections.abc import Sequence
from dataclasses import dataclass

from outcomes.area_figures import AreaValue, Definition, ValueScale, decimals, trend_of
from outcomes.area_figures.numbers import told_apart
from outcomes.progress_labels.times import first_with, period_label, published_about
from outcomes.progress_labels.words import compact, signed
from outcomes.stats import Polarity, Trend, change_between_periods
from outcomes.stats.trend import POINTS_NEEDED, Scale

NOT_COMPARED = "not_compared"
NO_CLEAR_CHANGE = "no_clear_change"
LOWER, HIGHER = "significantly_lower", "significantly_higher"

_SCALES = {
    ValueScale.PROPORTION: Scale.LOGIT,
    ValueScale.RATE: Scale.LOG,
    ValueScale.RATIO: Scale.LOG,
    ValueScale.YEARS: Scale.IDENTITY,
    ValueScale.INDEX: Scale.IDENTITY,
}
_SIDES = {LOWER: "Significantly lower", HIGHER: "Significantly higher"}


@dataclass(frozen=True)
class ChangeLabel:
    """What changed from an earlier period to the latest.

    label: not_compared, no_clear_change, significantly_lower or significantly_higher.
    words, why: the label with the earlier period, and the numbers or the reason.
    z: of the test; None where none was made.
    difference: later less earlier, in the indicator's unit.
    """

    label: str
    words: str
    why: str
    earlier_period: str = ""
    z: float | None = None
    difference: float | None = None


@dataclass(frozen=True)
class TrendLabel:
    """The recent trend with its reason.

    label: a value of `Trend`. judgement: 'getting better', 'getting worse' or nothing.
    independent_periods: how many the series has since its last break.
    since_independent: the change from the last period that shares no day with the latest.
    since_baseline: the change from the baseline, as it stands in today's series.
    first_possible: with which period there are enough independent ones; nothing where there are,
        or where it is not known how the periods follow one another.
    """

    label: str
    judgement: str
    words: str
    why: str
    periods: tuple[str, ...]
    independent_periods: int
    since_independent: ChangeLabel
    since_baseline: ChangeLabel
    first_possible: str = ""


def chain_of(*, values: Sequence[AreaValue]) -> tuple[AreaValue, ...]:
    """Return the values whose periods share no day, oldest first, counted back from the newest.

    Args:
        values: of one area and the same people, in any order; those without a number are left out.
    """
    chain: list[AreaValue] = []
    known = [one for one in values if one.value is not None]
    # By end, then by start: the newest and shortest is met first from the back.
    for one in sorted(known, key=lambda value: (value.end_date, value.start_date), reverse=True):
        if not chain or one.end_date <= chain[-1].start_date:
            chain.append(one)
    return tuple(reversed(chain))


def since_break(*, definition: Definition, values: Sequence[AreaValue]) -> tuple[AreaValue, ...]:
    """Return the values with a number that stand behind the last break of the series."""
    known = [one for one in values if one.value is not None]
    last = definition.last_break(values=known)
    return tuple(one for one in known if last is None or one.start_date >= last.starts_on)


def trend_label(
    *,
    definition: Definition,
    values: Sequence[AreaValue],
    latest: AreaValue | None,
    baseline: AreaValue | None,
    spliced: bool,
    publication_lag_months: int | None = None,
) -> TrendLabel:
    """Return the label, with both changes beside it.

    Args:
        definition: of the indicator.
        values: the area's series.
        latest: the value that is judged; one without a number leaves nothing to compute.
        baseline: as it stands in today's series; None where it may not be compared.
        spliced: the baseline was bridged over a break, so that no test may use it.
        publication_lag_months: from the end of a period to its figures, where that is known.

    Source: `outcomes.area_figures.trend_of`, `outcomes.stats.change_between_periods`.
    """
    judged = [] if latest is None or latest.value is None else list(values)
    trend = trend_of(definition=definition, values=judged)
    behind = since_break(definition=definition, values=judged)
    chain = chain_of(values=behind)
    why = trend.reason
    if latest is not None and latest.value is None:
        why = f"{compact(label=latest.period)} is {latest.note.replace('_', ' ')}"
    first_possible = _first_possible(definition, behind, publication_lag_months)
    if first_possible:
        why = f"{why}. There will be {POINTS_NEEDED} with {first_possible}"
    cannot = trend.trend == Trend.CANNOT_BE_CALCULATED
    words = "Trend cannot be calculated" if cannot else trend.label
    return TrendLabel(
        label=trend.trend.value,
        judgement=trend.judgement,
        words=f"{words}, {trend.judgement}" if trend.judgement else words,
        why=why,
        periods=trend.periods,
        independent_periods=len(chain),
        since_independent=_since_independent(definition, judged, chain),
        since_baseline=_since_baseline(definition, latest, baseline, spliced=spliced),
        first_possible=first_possible,
    )


def _first_possible(definition: Definition, values: Sequence[AreaValue], lag: int | None) -> str:
    if definition.step_months is None:
        return ""
    found = first_with(
        spans=[one.key for one in values], step=definition.step_months, needed=POINTS_NEEDED
    )
    if found is None:
        return ""
    label = period_label(start_date=found[0], end_date=found[1])
    when = published_about(end=found[1], lag=lag)
    return f"{label}, published about {when}" if when else label


def _since_independent(
    definition: Definition, values: Sequence[AreaValue], chain: Sequence[AreaValue]
) -> ChangeLabel:
    if len(chain) > 1:
        return change_between(definition=definition, earlier=chain[-2], later=chain[-1])
    before = chain_of(values=values)
    if len(before) > 1:
        return change_between(definition=definition, earlier=before[-2], later=before[-1])
    return _not("no earlier period that shares no day with the latest")


def _since_baseline(
    definition: Definition, latest: AreaValue | None, baseline: AreaValue | None, *, spliced: bool
) -> ChangeLabel:
    if latest is None or latest.value is None:
        return _not("there is no latest value")
    if baseline is None or baseline.value is None:
        return _not("there is no baseline that it may be compared with")
    if spliced:
        return _not("the baseline is bridged over a break, which no test may use")
    if latest.start_date < baseline.end_date:
        return _not("the latest period overlaps the baseline")
    return change_between(
        definition=definition, earlier=baseline, later=latest, name="the baseline"
    )


def change_between(
    *, definition: Definition, earlier: AreaValue, later: AreaValue, name: str = ""
) -> ChangeLabel:
    """Return what changed between two periods that do not overlap.

    Args:
        definition: with scale, polarity, multiplier and breaks.
        earlier: a value of the earlier period.
        later: a value of the later one, of the same people.
        name: of the earlier period in words; its label where none is given.

    Source: `outcomes.stats.change_between_periods`.
    """
    assert earlier.value is not None and later.value is not None  # noqa: S101, PT018 - by the caller
    period = compact(label=earlier.period)
    since = name or period
    if between := definition.break_between(earlier=earlier, later=later):
        return _not(f"a break lies between: {between.text.rstrip('.')}", period)
    difference = later.value - earlier.value
    places = decimals(values=(earlier, later), scale=definition.scale)
    new, old = told_apart(values=(later.value, earlier.value), places=places)
    numbers = f"{new} after {old} in {period}, {signed(value=difference, places=places)}"
    z = _z(definition, earlier, later)
    if isinstance(z, str):
        return ChangeLabel(
            NOT_COMPARED, f"Not tested since {since}", f"{numbers}; {z}", period, None, difference
        )
    if abs(z) <= 1.959964:
        return ChangeLabel(
            NO_CLEAR_CHANGE,
            f"No clear change since {since}",
            f"{numbers}; chance alone may make such a difference ({_told(z)})",
            period,
            z,
            difference,
        )
    label = HIGHER if z > 0 else LOWER
    return ChangeLabel(
        label,
        f"{_SIDES[label]} than {'at ' if name else 'in '}{since}{_judged(z, definition.polarity)}",
        f"{numbers}; chance alone seldom makes such a difference ({_told(z)})",
        period,
        z,
        difference,
    )


def _z(definition: Definition, earlier: AreaValue, later: AreaValue) -> float | str:
    if definition.scale not in _SCALES:
        return "the indicator’s scale is not described"
    share = 1.0
    if definition.scale == ValueScale.PROPORTION:
        if definition.multiplier is None:
            return "the indicator’s multiplier is not described"
        share = float(definition.multiplier)
    numbers = [
        one for value in (later, earlier) for one in (value.value, value.lower_95, value.upper_95)
    ]
    if any(one is None for one in numbers):
        return "95% limits were not published for both"
    new, new_low, new_high, old, old_low, old_high = (
        float(one) / share for one in numbers if one is not None
    )
    z = change_between_periods(
        value=new,
        lower=new_low,
        upper=new_high,
        earlier_value=old,
        earlier_lower=old_low,
        earlier_upper=old_high,
        scale=_SCALES[definition.scale],
    ).z
    return float(z) if z == z else "a value or limit cannot stand on the scale of the test"


def _told(z: float) -> str:
    # Of the number alone: periods have a hyphen, which is no minus.
    return f"z = {z:.2f}".replace("-", "−")


def _judged(z: float, polarity: Polarity) -> str:
    if polarity == Polarity.NO_JUDGEMENT:
        return ""
    better = (z > 0) == (polarity == Polarity.HIGH_IS_GOOD)
    return ", which is better" if better else ", which is worse"


def _not(reason: str, period: str = "") -> ChangeLabel:
    return ChangeLabel(NOT_COMPARED, "Not compared", reason, period)
