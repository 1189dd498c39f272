"""100,000 limits and standardised rates, against the bare expressions of numpy."""

from collections.abc import Callable

import numpy as np

from engagement.management.benchmarks.rows import Measured, seconds_in_turn
from outcomes import stats
from outcomes.stats.standardisation import EUROPEAN_STANDARD_POPULATION_2013

ROWS = 100_000
GOAL = 3.0
_Z = 1.959963984540054
_TIMES = 9


def statistics(*, rows: int = ROWS, times: int = _TIMES) -> tuple[Measured, ...]:
    """Measure Wilson's and Byar's limits and standardised rates."""
    random = np.random.default_rng(7)
    count = random.integers(10, 900, rows).astype(float)
    people = count + random.integers(100, 9_000, rows)
    weight = np.array(EUROPEAN_STANDARD_POPULATION_2013, dtype=float)
    cases = random.integers(1, 50, (rows, len(weight))).astype(float)
    lived = random.integers(500, 9_000, (rows, len(weight))).astype(float)
    pairs: tuple[tuple[str, Callable[[], object], Callable[[], object]], ...] = (
        (
            "wilson",
            lambda: stats.proportion_wilson(count=count, denominator=people),
            lambda: _wilson(count, people),
        ),
        (
            "byar",
            lambda: stats.rate_byar(count=count, denominator=people),
            lambda: _byar(count, people),
        ),
        (
            "standardised_rates",
            lambda: stats.directly_standardised_rate(count=cases, population=lived),
            lambda: _standardised(cases, lived, weight),
        ),
    )
    return tuple(_measure(f"{rows}_{name}", ours, bare, times) for name, ours, bare in pairs)


def _measure(
    name: str, ours: Callable[[], object], bare: Callable[[], object], times: int
) -> Measured:
    if not np.allclose(np.asarray(ours()), np.asarray(bare())):
        raise RuntimeError(f"{name}: the two expressions differ.")
    value, limit = seconds_in_turn(ours, bare, times=times)
    return Measured(name=name, value=value, unit="s", limit=limit, goal=GOAL)


def _wilson(count: np.ndarray, people: np.ndarray) -> tuple[np.ndarray, ...]:
    share = count / people
    spread = _Z * np.sqrt(_Z * _Z + 4 * count * (1 - share))
    scale = 2 * (people + _Z * _Z)
    middle = 2 * count + _Z * _Z
    return share, (middle - spread) / scale, (middle + spread) / scale


def _byar_limits(count: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    after = count + 1
    lower = count * (1 - 1 / (9 * count) - _Z / (3 * np.sqrt(count))) ** 3
    return lower, after * (1 - 1 / (9 * after) + _Z / (3 * np.sqrt(after))) ** 3


def _byar(count: np.ndarray, people: np.ndarray) -> tuple[np.ndarray, ...]:
    lower, upper = _byar_limits(count)
    return count / people * 1e5, lower / people * 1e5, upper / people * 1e5


def _standardised(
    cases: np.ndarray, lived: np.ndarray, weight: np.ndarray
) -> tuple[np.ndarray, ...]:
    total = weight.sum()
    events = cases.sum(axis=-1)
    rate = (weight * cases / lived).sum(axis=-1) / total
    variance = ((weight / lived) ** 2 * cases).sum(axis=-1) / total**2
    lower, upper = _byar_limits(events)
    scale = np.sqrt(variance / events)
    return (
        rate * 1e5,
        (rate + scale * (lower - events)) * 1e5,
        (rate + scale * (upper - events)) * 1e5,
    )
