"""How indicators are defined now, as the pure modules have it."""

from outcomes.definitions import FIELDS, Definition
from outcomes.models import Indicator, Observation


def current_definition(*, indicator: Indicator) -> Definition:
    """Return the indicator's definition as it stands in its row."""
    facts = {name: getattr(indicator, name) for name in FIELDS if name != "domain"}
    return Definition(domain=indicator.domain.slug if indicator.domain else "", **facts)


def has_values(*, indicator: Indicator) -> bool:
    """Whether any value of the indicator was ever stored, superseded ones included."""
    own = Observation.objects.filter(indicator=indicator)
    # Apart, since the indexes are of current and of superseded values.
    return own.current().exists() or own.filter(superseded_at__isnull=False).exists()
