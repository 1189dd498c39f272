"""Life expectancy and healthy life expectancy from abridged life tables."""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from outcomes.stats.shapes import Floats, Numbers, floats, normal_quantile, quietly

# First age of each band; the last one is open.
AGES = (0, 1, *range(5, 95, 5))
# Years lived by those who die in a band, as a part of its width.
# Source: Chiang (1984), The Life Table and its Applications.
_FIRST_YEAR, _OTHERS = 0.1, 0.5
_RADIX = 100_000
# Source: Fingertips Technical Guidance, life expectancy; PHEindicatormethods, R/LifeExpectancy.R.
FEWEST_PERSON_YEARS = 5000
WIDEST_INTERVAL = 20


class BandsError(ValueError):
    """Deaths, populations or prevalences are not in the twenty bands."""


class LifeExpectancy(NamedTuple):
    """Years still to be expected at the start of each band, with limits; missing is NaN.

    value, lower, upper, standard_error: in years, of the shape of what came in.
    reason: why nothing was calculated, empty otherwise; an array of texts for several populations.
    """

    value: Floats
    lower: Floats
    upper: Floats
    standard_error: Floats
    reason: Any


class _Table(NamedTuple):
    alive: Floats
    lived: Floats
    dying: Floats
    rate: Floats
    width: Floats
    part: Floats
    deaths: Floats


def life_expectancy(
    *, deaths: Numbers, population: Numbers, confidence: float = 0.95
) -> LifeExpectancy:
    """Return life expectancy at the start of each of twenty bands of age.

    Args:
        deaths: in each band along the last axis: 0, 1-4, 5-9, up to 85-89, and 90 and over.
        population: person-years in each band.
        confidence: two-sided level, between 0 and 1.

    Returns:
        Years with their limits and standard error. Nothing is calculated without people in a
        band, with fewer than nought deaths or more deaths than people, without deaths at 90 and
        over, or with 5,000 person-years or fewer; a value is left out, and its limits kept, where
        they are more than 20 years apart.

    Raises:
        ConfidenceError: the level is not between 0 and 1.
        BandsError: there are not twenty bands.

    Source: Chiang (1984), method II, with the variance of Silcocks et al. (2001), J Epidemiol
        Community Health 55:38-43; Fingertips Technical Guidance, life expectancy.
    """
    d, p = _bands(deaths, population)
    z = normal_quantile(confidence)
    reason = _reasons(d, p)

    def compute() -> tuple[Floats, Floats, Floats, Floats]:
        table = _table(d, p)
        remaining = _from_oldest(table.lived)
        value = remaining / table.alive
        error = np.sqrt(_from_oldest(_variances(table, value))) / table.alive
        none = (reason != "")[..., np.newaxis]
        value, error = np.where(none, np.nan, value), np.where(none, np.nan, error)
        lower, upper = value - z * error, value + z * error
        return np.where(upper - lower > WIDEST_INTERVAL, np.nan, value), lower, upper, error

    value, lower, upper, error = quietly(compute)
    return LifeExpectancy(value, lower, upper, error, _said(reason))


def healthy_life_expectancy_sullivan(
    *,
    deaths: Numbers,
    population: Numbers,
    prevalence: Numbers,
    sample: Numbers | None = None,
    confidence: float = 0.95,
) -> LifeExpectancy:
    """Return the years still to be expected in good health, at the start of each band.

    Args:
        deaths: as for `life_expectancy`.
        population: as for `life_expectancy`.
        prevalence: share of each band in good or very good health, 0 to 1.
        sample: people asked in each band, after the design effect; without it there are no limits.
        confidence: two-sided level, between 0 and 1.

    Returns:
        Years; limits and standard error from the survey alone, since the variance of mortality is
        small beside it. Nothing is calculated where life expectancy is not, or where a prevalence
        is missing or out of range.

    Raises:
        ConfidenceError: the level is not between 0 and 1.
        BandsError: there are not twenty bands.

    Source: Sullivan (1971), HSMHA Health Reports 86:347-354; Jagger et al. (2014), Health
        Expectancy Calculation by the Sullivan Method; ONS, health state life expectancies.
    """
    d, p, healthy, asked = _bands(deaths, population, prevalence, sample)
    z = normal_quantile(confidence)
    reason = _reasons(d, p)
    usable = ((healthy >= 0) & (healthy <= 1)).all(axis=-1)
    reason = np.where((reason == "") & ~usable, "a prevalence is missing or not a share", reason)

    def compute() -> tuple[Floats, Floats, Floats, Floats]:
        table = _table(d, p)
        none = (reason != "")[..., np.newaxis]
        value = np.where(none, np.nan, _from_oldest(table.lived * healthy) / table.alive)
        variance = table.lived**2 * healthy * (1 - healthy) / np.where(asked > 0, asked, np.nan)
        error = np.where(none, np.nan, np.sqrt(_from_oldest(variance)) / table.alive)
        return value, value - z * error, value + z * error, error

    value, lower, upper, error = quietly(compute)
    return LifeExpectancy(value, lower, upper, error, _said(reason))


def _table(deaths: Floats, population: Floats) -> _Table:
    width = np.broadcast_to(np.array([*np.diff(AGES), np.nan], dtype=np.float64), deaths.shape)
    part = np.where(np.arange(len(AGES)) == 0, _FIRST_YEAR, _OTHERS)
    rate = deaths / population
    # The open band is as wide as people there live on average, twice over.
    width = np.where(np.isnan(width), 2 / rate, width)
    dying = width * rate / (1 + width * rate * (1 - part))
    dying = np.where(deaths > population / (width * part), 1.0, dying)
    dying[..., -1] = 1.0
    surviving = np.cumprod(1 - dying[..., :-1], axis=-1)
    alive = _RADIX * np.concatenate([np.ones_like(dying[..., :1]), surviving], axis=-1)
    after = np.concatenate([alive[..., 1:], np.zeros_like(alive[..., :1])], axis=-1)
    lived = width * (after + part * (alive - after))
    lived[..., -1] = alive[..., -1] / rate[..., -1]
    return _Table(alive, lived, dying, rate, width, part, deaths)


def _variances(table: _Table, expected: Floats) -> Floats:
    spread = np.where(table.deaths > 0, table.dying**2 * (1 - table.dying) / table.deaths, 0.0)
    after = np.concatenate([expected[..., 1:], np.zeros_like(expected[..., :1])], axis=-1)
    weights: Floats = spread * table.alive**2 * ((1 - table.part) * table.width + after) ** 2
    last = 4 / (table.deaths[..., -1] * table.rate[..., -1] ** 2)
    weights[..., -1] = (table.alive[..., -1] / 2) ** 2 * last
    return weights


def _from_oldest(values: Floats) -> Floats:
    summed: Floats = np.flip(np.cumsum(np.flip(values, axis=-1), axis=-1), axis=-1)
    return summed


def _bands(*inputs: Numbers | None) -> tuple[Floats, ...]:
    arrays = floats(*inputs)
    if arrays[0].ndim == 0 or arrays[0].shape[-1] != len(AGES):
        raise BandsError(f"A life table has {len(AGES)} bands: 0, 1-4, 5-9, up to 90 and over.")
    return arrays


def _said(reason: npt.NDArray[np.object_]) -> Any:
    return reason.item() if reason.ndim == 0 else reason


def _reasons(deaths: Floats, population: Floats) -> npt.NDArray[np.object_]:
    def any_of(rows: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
        return np.asarray(rows.any(axis=-1))

    found = np.select(
        [
            any_of(np.isnan(deaths) | np.isnan(population)),
            any_of(population <= 0),
            any_of(deaths < 0),
            any_of(deaths > population),
            deaths[..., -1] == 0,
            population.sum(axis=-1) <= FEWEST_PERSON_YEARS,
        ],
        [1, 2, 3, 4, 5, 6],
        default=0,
    )
    words = (
        "",
        "a band is missing",
        "a band has no people",
        "a band has fewer than nought deaths",
        "a band has more deaths than people",
        "there are no deaths at 90 and over",
        f"there are {FEWEST_PERSON_YEARS:,} person-years or fewer",
    )
    return np.asarray(np.array(words, dtype=object)[found], dtype=object)
