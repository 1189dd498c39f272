"""Which versions of the rules this site holds."""

from dataclasses import dataclass

from duty.models import Specification
from engagement.models import GroupMap, Rubric


@dataclass(frozen=True)
class RuleVersion:
    """A version of a set of rules, with where it comes from."""

    name: str
    version: int
    source: str


def versions() -> tuple[RuleVersion, ...]:
    """Return every version of rubric, group map and specification, the newest of each first."""
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
    )
