"""Which versions of the rules this site holds."""

from dataclasses import dataclass

from duty.models import Specification
from engagement.models import GroupMap, Rubric
from outcomes.queries.progress import methods


@dataclass(frozen=True)
class RuleVersion:
    """A version of a set of rules, with where it comes from."""

    name: str
    version: int
    source: str


def versions() -> tuple[RuleVersion, ...]:
    """Return every public version of each set of rules, the newest of each first."""
    return (
        *(
            RuleVersion(name="Engagement rubric", version=row.version, source=row.source)
            for row in Rubric.objects.order_by("-version")
        ),
        *(
            RuleVersion(name="Map of support groups", version=row.version, source=row.source)
            for row in GroupMap.objects.order_by("-version")
        ),
        *(
            RuleVersion(name="Duty specification", version=row.version, source=row.source)
            for row in Specification.objects.filter(published_at__isnull=False).order_by("-version")
        ),
        *(
            RuleVersion(name="Progress method", version=one.number, source=one.text)
            for one in methods()
            if one.public_at is not None
        ),
    )
