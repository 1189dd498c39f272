"""A plainer second implementation, written from the definition and not from the code."""

import math


def phi(x):
    return math.exp(-x * x / 2) / math.sqrt(2 * math.pi)


def cumulative(x):
    return (1 + math.erf(x / math.sqrt(2))) / 2


def range_probability(*, limit, means, errors, steps=400):
    """The probability that highest minus lowest is at most `limit`, by adding up strips.

    Whichever is the lowest lies at x; all others lie between x and x + limit.
    """
    low, high = min(means) - 8 * max(errors), max(means) + 8 * max(errors)
    width = (high - low) / steps
    total = 0.0
    for step in range(steps):
        x = low + (step + 0.5) * width
        for lowest, (mean, error) in enumerate(zip(means, errors, strict=True)):
            part = phi((x - mean) / error) / error
            for other, (mean_2, error_2) in enumerate(zip(means, errors, strict=True)):
                if other != lowest:
                    part *= cumulative((x + limit - mean_2) / error_2) - cumulative(
                        (x - mean_2) / error_2
                    )
            total += part * width
    return total


def expected_range(*, count, error, steps=120):
    """The mean of the range, from the probability that it is beyond each length."""
    width = 12 / steps
    beyond = (
        1 - range_probability(limit=(step + 0.5) * width, means=[0.0] * count, errors=[1.0] * count)
        for step in range(steps)
    )
    return sum(beyond) * width * error


def halving(*, best, worst, baseline_best, baseline_worst):
    """The numbers of the mission, one line each."""
    gap, baseline = best - worst, baseline_best - baseline_worst
    return {
        "gap": gap,
        "target": baseline / 2,
        "progress": (baseline - gap) / (baseline / 2),
        "top": best - baseline_best,
        "bottom": worst - baseline_worst,
        "floor": best - baseline / 2,
    }


def percentile(values, percent):
    """Straight lines between the values in order."""
    ordered = sorted(values)
    place = (len(ordered) - 1) * percent / 100
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)
