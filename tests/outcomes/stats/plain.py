"""Second implementations: one number at a time, straight from the papers, in plain Python."""

from math import erfc, exp, sqrt

Z95 = 1.959963984540054


def wilson(x: float, n: float, z: float = Z95) -> tuple[float, float]:
    """Solve the quadratic of Wilson (1927) instead of using its solution's usual form."""
    p = x / n
    a, b, c = 1 + z * z / n, -(2 * p + z * z / n), p * p
    root = sqrt(max(b * b - 4 * a * c, 0))
    return (-b - root) / (2 * a), (-b + root) / (2 * a)


def poisson_tail(k: int, mean: float) -> float:
    """Return the probability of k events or fewer."""
    term = total = exp(-mean)
    for i in range(1, k + 1):
        term *= mean / i
        total += term
    return total


def exact_poisson(x: int, tail: float = 0.025) -> tuple[float, float]:
    """Find the limits of a count by halving, from the definition of Clopper and Pearson."""

    def find(beyond, low: float, high: float) -> float:
        for _ in range(200):
            middle = (low + high) / 2
            low, high = (middle, high) if beyond(middle) else (low, middle)
        return (low + high) / 2

    lower = 0.0 if x == 0 else find(lambda m: 1 - poisson_tail(x - 1, m) < tail, 0, x + 1)
    return lower, find(lambda m: poisson_tail(x, m) > tail, x, x + 60)


def two_sided_p(z: float) -> float:
    """Return how likely a normal deviate is at least so far out."""
    return erfc(abs(z) / sqrt(2))


def life_table(deaths, population) -> list[tuple[float, float]]:
    """Walk down a life table once and up again; return expectation and variance of each age."""
    ages = [0, 1, *range(5, 95, 5)]
    alive, rows = 100_000.0, []
    for i, age in enumerate(ages):
        rate = deaths[i] / population[i]
        if i == len(ages) - 1:
            rows.append((alive, alive / rate, 1.0, 0.0, 0.0, rate))
            break
        width = ages[i + 1] - age
        part = 0.1 if i == 0 else 0.5
        dying = width * rate / (1 + width * rate * (1 - part))
        if deaths[i] > population[i] / width / part:
            dying = 1.0
        survivors = alive * (1 - dying)
        rows.append(
            (alive, width * (survivors + part * (alive - survivors)), dying, width, part, rate)
        )
        alive = survivors
    found: list[tuple[float, float]] = []
    lived = spread = after = 0.0
    for i in reversed(range(len(ages))):
        alive, years, dying, width, part, rate = rows[i]
        lived += years
        if i == len(ages) - 1:
            spread += (alive / 2) ** 2 * 4 / (deaths[i] * rate**2)
        elif deaths[i]:
            one = dying**2 * (1 - dying) / deaths[i]
            spread += one * alive**2 * ((1 - part) * width + after) ** 2
        after = lived / alive
        found.append((after, spread / alive**2))
    return found[::-1]


def quantile(values, groups: int, *, inverse: bool) -> list[int | None]:
    """Count how many values lie before each, instead of ranking them all."""
    known = [v for v in values if v is not None]
    if len(known) < groups:
        return [None] * len(values)
    result: list[int | None] = []
    for v in values:
        if v is None:
            result.append(None)
            continue
        before = sum((other > v) if inverse else (other < v) for other in known)
        # The smallest group whose share of the ranks reaches beyond those before.
        after = len(known) - before
        result.append(
            next(g for g in range(1, groups + 1) if (groups - g) * len(known) < after * groups)
        )
    return result
