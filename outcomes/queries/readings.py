"""By which version of its definition each value is read: many indicators at once."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from outcomes.definitions import facts_of
from outcomes.indicator_series import ReadBy
from outcomes.models import Indicator, IndicatorVersion, ReleaseIndicator
from outcomes.queries.definitions import current_definition, is_read_otherwise


@dataclass(frozen=True)
class Reading:
    """How the values of one indicator are read.

    now: the version that holds.
    earlier: versions before it, by number, that read values otherwise.
    under: the version that each release came under, where it reads values otherwise.
    """

    now: ReadBy
    earlier: Mapping[int, ReadBy] = field(default_factory=dict)
    under: Mapping[UUID, int] = field(default_factory=dict)

    def of(self, release: UUID) -> ReadBy:
        """Return the version that the values of a release are read by."""
        return self.earlier.get(self.under.get(release, self.now.version), self.now)

    def newest(self, releases: Iterable[UUID]) -> ReadBy:
        """Return the newest version among those that values of the releases are read by."""
        found = map(self.of, releases)
        return max(found, key=lambda one: one.version, default=self.now)


def readings_of(*, indicators: Collection[int], releases: Collection[UUID]) -> dict[int, Reading]:
    """Return how values of the releases are read, by indicator, in three queries."""
    known = Indicator.objects.select_related("domain").in_bulk(list(indicators))
    earlier: dict[int, dict[int, ReadBy]] = {}
    versions = IndicatorVersion.objects.filter(indicator__in=list(indicators))
    facts = {
        key: facts_of(definition=current_definition(indicator=one)) for key, one in known.items()
    }
    for one in versions.order_by("indicator_id", "number"):
        if is_read_otherwise(then=one.facts, now=facts[one.indicator_id]):
            earlier.setdefault(one.indicator_id, {})[one.number] = ReadBy(
                version=one.number,
                unit=str(one.facts.get("unit", "")),
                definition=str(one.facts.get("definition", "")),
            )
    under: dict[int, dict[UUID, int]] = {}
    came = ReleaseIndicator.objects.filter(indicator__in=list(earlier), release__in=releases)
    for key, release, number in came.values_list("indicator", "release", "indicator_version"):
        under.setdefault(key, {})[release] = number
    return {
        key: Reading(
            now=ReadBy(version=one.version, unit=one.unit, definition=one.definition),
            earlier=earlier.get(key, {}),
            under=under.get(key, {}),
        )
        for key, one in known.items()
    }
