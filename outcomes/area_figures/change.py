"""What changed since the last period that does not overlap with the latest."""

from collections.abc import Sequence
from dataclasses import dataclass

from outcomes.area_figures.numbers import number_words
from outcomes.area_figures.values import AreaValue, Definition, ValueScale
from outcomes.stats import Polarity, change_between_periods, non_overlapping_chain
from outcomes.stats.trend import Scale

_SCALES = {
    ValueScale.PROPORTION: Scale.LOGIT,
    ValueScale.RATE: Scale.LOG,
    ValueScale.RATIO: Scale.LOG,
    ValueScale.YEARS: Scale.IDENTITY,
    ValueScale.INDEX: Scale.IDENTITY,
}


@dataclass(frozen=True)
class Change:
    """A change between two periods in words.

    label: 'Increased since 2019 - 21', 'No significant change since 2019 - 21', 'Not compared'.
    reason: the numbers behind it, or why there are none.
    difference: later less earlier, in the indicator's unit; None where it is not compared.
    """

    label: str
    reason: str
    difference: float | None = None
    significant: bool | None = None

    @property
    def words(self) -> str:
        """Label and reason in one."""
        return f"{self.label}: {self.reason}"


def change_since_earlier(
    *, definition: Definition, values: Sequence[AreaValue], places: int
) -> Change:
    """Return what changed from the last earlier period that shares no year with the latest.

    Args:
        definition: with scale, polarity and breaks.
        values: of one area and the same people, in any order.
        places: digits after the point.

    Returns:
        The difference, with the test of `change_between_periods` where limits were published.

    Source: `outcomes.stats.non_overlapping_chain` and `change_between_periods`.
    """
    known = sorted(
        (value for value in values if value.value is not None), key=lambda value: value.key
    )
    if not known:
        return Change("Not compared", "no value is published")
    known = [value for value in known if value.is_computed == known[-1].is_computed]
    if any(value.months % 12 for value in known):
        return Change("Not compared", "the periods are not whole years")
    chain = non_overlapping_chain(
        first_year=[value.first_year for value in known],
        last_year=[value.last_year for value in known],
    )
    if len(chain) < 2:
        return Change("Not compared", "no earlier period that shares no year with the latest")
    earlier, later = known[chain[-2]], known[chain[-1]]
    if between := definition.break_between(earlier=earlier, later=later):
        return Change("Not compared", f"a break lies between: {between.text.rstrip('.')}")
    return _between(definition, earlier, later, places)


def _between(definition: Definition, earlier: AreaValue, later: AreaValue, places: int) -> Change:
    assert earlier.value is not None and later.value is not None  # noqa: S101, PT018 - by the caller
    difference = later.value - earlier.value
    numbers = (
        f"{number_words(value=later.value, places=places)} after "
        f"{number_words(value=earlier.value, places=places)} in {earlier.period}"
    )
    if why := _why_not_tested(definition, earlier, later):
        return Change(f"Not tested since {earlier.period}", f"{numbers}; {why}", difference)
    share = float(definition.multiplier or 1) if definition.scale == ValueScale.PROPORTION else 1.0
    numbers_in = [
        float(number) / share
        for value in (later, earlier)
        for number in (value.value, value.lower_95, value.upper_95)
        if number is not None
    ]
    test = change_between_periods(
        value=numbers_in[0],
        lower=numbers_in[1],
        upper=numbers_in[2],
        earlier_value=numbers_in[3],
        earlier_lower=numbers_in[4],
        earlier_upper=numbers_in[5],
        scale=_SCALES[definition.scale],
    )
    if test.z != test.z:
        reason = "a value or limit cannot stand on the scale of the test"
        return Change(f"Not tested since {earlier.period}", f"{numbers}; {reason}", difference)
    z = f"z {number_words(value=test.z, places=2)}"
    if not test.significant:
        return Change(
            f"No significant change since {earlier.period}",
            f"{numbers}; the difference may be chance ({z} is within ±1.96)",
            difference,
            False,
        )
    label = "Increased" if difference > 0 else "Decreased"
    judged = _judged(difference, definition.polarity)
    return Change(
        f"{label} since {earlier.period}{judged}",
        f"{numbers}; chance alone seldom makes such a difference ({z} is beyond ±1.96)",
        difference,
        True,
    )


def _why_not_tested(definition: Definition, earlier: AreaValue, later: AreaValue) -> str:
    if definition.scale not in _SCALES:
        return "the indicator’s scale is not described"
    if definition.scale == ValueScale.PROPORTION and definition.multiplier is None:
        return "the indicator’s multiplier is not described"
    limits = (earlier.lower_95, earlier.upper_95, later.lower_95, later.upper_95)
    if any(limit is None for limit in limits):
        return "95% limits were not published for both"
    return ""


def _judged(difference: float, polarity: Polarity) -> str:
    if polarity == Polarity.NO_JUDGEMENT:
        return ""
    better = (difference > 0) == (polarity == Polarity.HIGH_IS_GOOD)
    return ", which is better" if better else ", which is worse"
