"""What the statistics share: how plain numbers, arrays and series come in and go out again."""

from collections.abc import Callable
from functools import cache
from math import isfinite, nan
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

Numbers = float | npt.ArrayLike | pd.Series
Floats = npt.NDArray[np.float64]


class ConfidenceError(ValueError):
    """A confidence level that is not between 0 and 1."""


class Estimate(NamedTuple):
    """A value and its limits, each of the shape of what came in; missing is NaN, never 0."""

    value: Any
    lower: Any
    upper: Any


def floats(*inputs: Numbers | None) -> tuple[Floats, ...]:
    """Return the inputs as arrays of one shape; what is missing is NaN.

    Args:
        inputs: numbers, arrays or series that broadcast together; None is missing.

    Returns:
        Arrays of floats, infinite values read as missing too.

    Raises:
        ValueError: the shapes do not fit together.

    Source: the project's own rule: missing in, missing out.
    """
    if all(isinstance(each, float) for each in inputs):
        # Single numbers come by thousands, and making arrays of them takes longer than a test.
        return tuple(_single(each) for each in inputs)
    return tuple(np.broadcast_arrays(*map(_finite, inputs)))


def _single(given: Any) -> Any:
    """Return a number as one that NumPy computes with as with an array of no dimension."""
    return np.float64(given if isfinite(given) else nan)


def _finite(given: Numbers | None) -> Floats:
    """Return the input as floats that nobody may write to: they may be the caller's own."""
    array = np.asarray(np.nan if given is None else given, dtype=np.float64)
    is_finite = np.isfinite(array)
    found = array.view() if is_finite.all() else np.where(is_finite, array, np.nan)
    found.flags.writeable = False
    return found


def shaped(result: Floats, *inputs: Numbers | None) -> Any:
    """Return a result in the form of the inputs: a float, a series with their index, or an array.

    Args:
        result: what was computed, of the inputs' common shape.
        inputs: what came in.

    Returns:
        A float where every input was a number; a series where one was; else the array.

    Source: the project's own rule.
    """
    for each in inputs:
        if isinstance(each, pd.Series) and result.shape == each.shape:
            return pd.Series(result, index=each.index)
    return float(result) if result.ndim == 0 else result


def estimate(arrays: tuple[Floats, Floats, Floats], *inputs: Numbers | None) -> Estimate:
    """Return a value and its limits in the form of the inputs."""
    return Estimate(*(shaped(each, *inputs) for each in arrays))


def normal_quantile(confidence: float) -> float:
    """Return how many standard errors each two-sided limit lies away.

    Args:
        confidence: two-sided level, between 0 and 1.

    Returns:
        1.959964 at 0.95 and 3.090232 at 0.998; never the rounded 1.96.

    Raises:
        ConfidenceError: the level is not between 0 and 1.

    Source: Fingertips Public Health Technical Guidance, confidence intervals.
    """
    return _quantile(0.5 + _checked(confidence) / 2)


@cache
def _quantile(probability: float) -> float:
    # Two levels are asked for thousands of times in a recompute, and each takes longer than a test.
    return float(stats.norm.ppf(probability))


def tail_of(confidence: float) -> float:
    """Return the probability that lies beyond each limit.

    Raises:
        ConfidenceError: the level is not between 0 and 1.
    """
    return (1 - _checked(confidence)) / 2


def _checked(confidence: float) -> float:
    if not 0 < confidence < 1:
        raise ConfidenceError("A confidence level lies between 0 and 1, for example 0.95.")
    return confidence


def quietly(compute: Callable[[], Any]) -> Any:
    """Compute where some rows are missing or impossible: they come out NaN, without a warning."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        return compute()
