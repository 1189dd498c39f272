"""What stands in the addresses of frameworks: one in force, with what is counted and reviewed."""

from django.utils import timezone

from authorities.models import Pair, User
from outcomes.models import CountMeasure, FrameworkVersion, VersionState
from tests.architecture.addresses import Visitor
from tests.factories.frameworks_in_force import in_force, measure_of


def framework_in_force(*, pair: Pair) -> FrameworkVersion:
    """Return the version in force of the pair's framework; one is made where there is none."""
    found = FrameworkVersion.objects.filter(
        framework__partners__pair=pair, state=VersionState.AGREED
    ).first()
    if found is not None:
        return found
    return in_force(
        pairs=[pair],
        by=User.objects.get(email=Visitor.OWN_SIGNATORY),
        at=timezone.now(),
        fill=measure_of,
    )


def framework_things(*, pair: Pair) -> dict[str, str]:
    """Return the keys of what stands beside the pair's framework."""
    version = framework_in_force(pair=pair)
    measure = CountMeasure.objects.filter(framework_version=version).earliest("order")
    return {"framework": str(version.framework_id), "measure": str(measure.lineage)}
