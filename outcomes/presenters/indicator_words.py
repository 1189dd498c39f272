"""Facts of an indicator in words: scale, direction, periods, comparison, disclosure."""

from outcomes.definitions import Definition, Fact
from outcomes.models import BenchmarkMethod, Polarity, Scale, YearType

NOT_KNOWN = "Not known"

POLARITY_WORDS: dict[str, str] = {
    Polarity.HIGH: "A high value is good",
    Polarity.LOW: "A low value is good",
    Polarity.NONE: "Neither a high nor a low value is judged",
}
# Source: docs/methods/compare-with-benchmark.md.
BENCHMARK_WORDS: dict[str, str] = {
    BenchmarkMethod.LIMITS_95: (
        "By the value's own 95% confidence limits: when the benchmark lies within them, or on "
        "one, the value is similar."
    ),
    BenchmarkMethod.LIMITS_998: (
        "By the value's own 99.8% confidence limits: when the benchmark lies within them, or on "
        "one, the value is similar."
    ),
    BenchmarkMethod.LIMITS_BOTH: (
        "By the value's own confidence limits at two levels: outside the 95% limits the value "
        "differs, outside the 99.8% limits it differs strongly."
    ),
    BenchmarkMethod.QUINTILES: "By fifths: areas are put in order and cut into five groups.",
    BenchmarkMethod.NONE: "The value is compared with nothing.",
}
_YEARS = {
    YearType.CALENDAR: "calendar years",
    YearType.FINANCIAL: "financial years (April to March)",
    YearType.ACADEMIC: "academic years (September to August)",
}


def months_text(*, months: int) -> str:
    """Return a number of months as people say it: 36 is 3 years."""
    years, rest = divmod(months, 12)
    if rest:
        return f"{months} month{'' if months == 1 else 's'}"
    return f"{years} year{'' if years == 1 else 's'}"


def period_text(*, definition: Definition) -> str:
    """Return how long periods are, whether they roll, and of which years they are."""
    years = _YEARS.get(YearType(definition.year_type), "years of a type that is not known")
    length, step = definition.period_months, definition.step_months
    told = "Of a length that is not known" if length is None else months_text(months=length)
    if step is None:
        return f"{told}; how often a new one comes is not known. In {years}."
    often = "every month" if step == 1 else f"every {_every(step)}"
    rolling = " Each overlaps the one before it: they are rolling periods."
    return f"{told}, a new one {often}, in {years}.{rolling if definition.rolling else ''}"


def _every(step: int) -> str:
    words = months_text(months=step)
    return words.removeprefix("1 ")


def lag_text(*, definition: Definition) -> str:
    """Return how long after a period its values are published."""
    lag = definition.publication_lag_months
    if lag is None:
        return NOT_KNOWN
    return f"{months_text(months=lag)} after the end of the period" if lag else "At once"


def trend_text(*, definition: Definition) -> str:
    """Return whether a recent trend is computed, and why not."""
    if definition.trend_eligible:
        return "Computed from the latest five periods, where their values allow it."
    return f"Not computed. {definition.trend_text}".strip()


def value_text(*, definition: Definition) -> str:
    """Return what kind of number a value is and, where it is counted, from what."""
    kind = Scale(definition.scale).label
    if definition.multiplier is None:
        return kind
    return f"{kind}: count divided by denominator, times {definition.multiplier:,}"


def disclosure_text(*, definition: Definition) -> str:
    """Return what happens to small numbers that bodies send in, and the publisher's own rule."""
    told = []
    if definition.suppress_counts_to is not None:
        told.append(f"Counts from 1 to {definition.suppress_counts_to:,} are suppressed.")
    if definition.suppress_denominators_to is not None:
        told.append(
            f"Everything of a population up to {definition.suppress_denominators_to:,} is "
            "suppressed."
        )
    if definition.round_counts_to is not None:
        told.append(f"Counts are rounded to the nearest {definition.round_counts_to:,}.")
    if definition.disclosure_text:
        told.append(f"The publisher's rule: {definition.disclosure_text}")
    return "\n".join(told) or "No rule is on record."


def fact_text(*, field: str, value: Fact, domain_names: dict[str, str] | None = None) -> str:
    """Return one fact of a version as a reader sees it; what is empty is said to be so."""
    if field == "trend_eligible":
        return "computed" if value else "not computed"
    if value is None or value == "":
        return "empty"
    words: dict[str, dict[str, str]] = {
        "scale": dict(Scale.choices),
        "polarity": POLARITY_WORDS,
        "year_type": dict(YearType.choices),
        "benchmark_method": dict(BenchmarkMethod.choices),
        "domain": domain_names or {},
    }
    if isinstance(value, int):
        return f"{value:,}" if field != "fingertips_id" else str(value)
    return str(words.get(field, {}).get(value, value))
