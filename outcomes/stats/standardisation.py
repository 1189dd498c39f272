"""Rates and ratios that take the ages of a population into account."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from outcomes.stats.intervals import byar_limits, count_limits
from outcomes.stats.shapes import Estimate, Floats, Numbers, estimate, floats, quietly, shaped

# People of the European Standard Population in 19 bands: 0-4, 5-9, up to 85-89, and 90 and over.
# Source: Eurostat (2013), Revision of the European Standard Population, with the bands of 90-94
# and 95 and over joined, as Fingertips uses it.
EUROPEAN_STANDARD_POPULATION_2013 = (
    5000, 5500, 5500, 5500, 6000, 6000, 6500, 7000, 7000, 7000,
    7000, 6500, 6000, 5500, 5000, 4000, 2500, 1500, 1000,
)  # fmt: skip

# Fewer events than this are too few for a standardised rate.
# Source: Fingertips Technical Guidance, standardisation; PHEindicatormethods, R/DSR.R.
FEWEST_EVENTS = 10


class BandsError(ValueError):
    """Counts, populations and weights do not have the same bands."""


class StandardisedRatio(NamedTuple):
    """A ratio with its limits, and the two counts behind it; missing is NaN, never 0."""

    value: Any
    lower: Any
    upper: Any
    observed: Any
    expected: Any


def directly_standardised_rate(
    *,
    count: Numbers,
    population: Numbers,
    weight: Numbers = EUROPEAN_STANDARD_POPULATION_2013,
    confidence: float = 0.95,
    multiplier: float = 100_000,
    persons_by_events: Sequence[Numbers] | None = None,
) -> Estimate:
    """Return directly standardised rates with Dobson's limits.

    Args:
        count: events in each band along the last axis, 0 or more.
        population: person-years in each band, above 0.
        weight: people of the standard population in each band.
        confidence: two-sided level, between 0 and 1.
        multiplier: 100,000 for a rate per 100,000.
        persons_by_events: where one person may have several events, such as readmissions: people
            with exactly one event in each band, then those with exactly two, and so on.

    Returns:
        Value, lower and upper limit, one for each row of bands. Below 10 events in all, with a
        missing band or without people in a band, the rate is missing.

    Raises:
        ConfidenceError: the level is not between 0 and 1.
        BandsError: the bands do not fit together.

    Source: Dobson et al. (1991), Statistics in Medicine 10:457-462, with Byar's limits of the
        count; Fingertips Technical Guidance, standardisation; PHEindicatormethods, R/DSR.R.
    """
    x, n, w = _bands(count, population, weight)
    people = (
        [(1, x)]
        if persons_by_events is None
        else [
            (k, _bands(each, population, weight)[0]) for k, each in enumerate(persons_by_events, 1)
        ]
    )

    def compute() -> tuple[Floats, Floats, Floats]:
        usable = ((n > 0) & (x >= 0) & (w >= 0)).all(axis=-1)
        events = np.where(usable, x.sum(axis=-1), np.nan)
        events = np.where(events < FEWEST_EVENTS, np.nan, events)
        total = w.sum(axis=-1)
        rate = (w * x / n).sum(axis=-1) / total
        variance = sum(
            times * times * ((w / n) ** 2 * persons).sum(axis=-1) for times, persons in people
        ) / (total * total)
        low, high = byar_limits(count=events, confidence=confidence)
        scale = np.sqrt(variance / events)
        rate = np.where(np.isnan(events), np.nan, rate)
        return (
            rate * multiplier,
            (rate + scale * (low - events)) * multiplier,
            (rate + scale * (high - events)) * multiplier,
        )

    return estimate(quietly(compute))


def indirectly_standardised_ratio(
    *,
    observed: Numbers,
    population: Numbers,
    reference_count: Numbers,
    reference_population: Numbers,
    confidence: float = 0.95,
    multiplier: float = 100,
) -> StandardisedRatio:
    """Return ratios of the events observed to those expected at the reference's rates.

    Args:
        observed: events in all, 0 or more; one for each row of bands.
        population: person-years of the area in each band along the last axis, 0 or more.
        reference_count: events of the reference in each band, 0 or more.
        reference_population: person-years of the reference in each band, above 0.
        confidence: two-sided level, between 0 and 1.
        multiplier: 100 for a ratio in which the reference is 100.

    Returns:
        Value and limits in units of the multiplier, observed and expected events. Where anything
        is missing, or nothing is expected, the ratio is missing.

    Raises:
        ConfidenceError: the level is not between 0 and 1.
        BandsError: the bands do not fit together.

    Source: Breslow & Day (1987); Fingertips Technical Guidance, standardisation;
        PHEindicatormethods, R/ISRatio.R.
    """
    n, reference_x, reference_n = _bands(population, reference_count, reference_population)
    (x,) = floats(observed)

    def compute() -> tuple[Floats, ...]:
        usable = ((n >= 0) & (reference_x >= 0) & (reference_n > 0)).all(axis=-1)
        expected = np.where(usable, (n * reference_x / reference_n).sum(axis=-1), np.nan)
        events, expected = np.broadcast_arrays(np.where(x >= 0, x, np.nan), expected)
        below = np.where(expected > 0, expected, np.nan)
        low, high = count_limits(count=np.asarray(events), confidence=confidence)
        return (
            events / below * multiplier,
            low / below * multiplier,
            high / below * multiplier,
            np.asarray(events),
            np.asarray(expected),
        )

    return StandardisedRatio(*(shaped(each, observed) for each in quietly(compute)))


def _bands(*inputs: Numbers) -> tuple[Floats, ...]:
    arrays = [np.atleast_1d(np.asarray(each, dtype=np.float64)) for each in inputs]
    if len({each.shape[-1] for each in arrays}) != 1:
        raise BandsError(
            "Counts, populations and weights must have the same bands. They have "
            + ", ".join(str(each.shape[-1]) for each in arrays)
            + "."
        )
    return floats(*arrays)
