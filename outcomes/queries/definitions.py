"""How indicators are defined now, as the pure modules have it."""

from collections.abc import Mapping
from typing import Any, Final

from outcomes.definitions import FIELDS, Definition
from outcomes.models import Indicator, Observation

# What of a version decides how a value is read; a new source, say, changes no label.
_READ_BY: Final = (
    "definition",
    "unit",
    "scale",
    "polarity",
    "multiplier",
    "period_months",
    "step_months",
    "benchmark_method",
    "trend_eligible",
    "trend_text",
    "round_counts_to",
)


def is_read_otherwise(*, then: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Whether values are read otherwise by a version's facts than by those that hold now."""
    return any(then.get(name) != now[name] for name in _READ_BY)


def current_definition(*, indicator: Indicator) -> Definition:
    """Return the indicator's definition as it stands in its row."""
    facts = {name: getattr(indicator, name) for name in FIELDS if name != "domain"}
    return Definition(domain=indicator.domain.slug if indicator.domain else "", **facts)


def has_values(*, indicator: Indicator) -> bool:
    """Whether any value of the indicator was ever stored, superseded ones included."""
    own = Observation.objects.filter(indicator=indicator)
    # Apart, since the indexes are of current and of superseded values.
    return own.current().exists() or own.filter(superseded_at__isnull=False).exists()
