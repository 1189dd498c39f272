"""What stands in the addresses of frameworks: one in force, with what is counted and reviewed."""

import uuid
from datetime import timedelta

from django.utils import timezone

from authorities.models import Pair, PairOverlap, User
from outcomes.models import CountMeasure, CountValue, FrameworkVersion, VersionState
from tests.architecture.addresses import Visitor
from tests.factories.expert_reviews import drafted_review, signed_review
from tests.factories.frameworks_in_force import in_force, measure_of
from tests.world import World


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
    return {
        "framework": str(version.framework_id),
        "measure": str(measure.lineage),
        **_reviews(version),
    }


def _reviews(version: FrameworkVersion) -> dict[str, str]:
    """Write a review that is signed and one that is a draft."""
    made = {"body": version.framework.authority, "at": timezone.now()}
    by = User.objects.get(email=Visitor.OWN_SIGNATORY)
    today = timezone.localdate()
    return {
        "signed_review": str(signed_review(version, by=by, met_on=today, **made).pk),
        "drafted_review": str(drafted_review(version, by=by, met_on=today, **made).pk),
    }


def more_frameworks(world: World) -> None:
    """Let the pair's framework be reviewed and counted often, and agree others."""
    pair = Pair.objects.get(authority__slug=world.authority, board__slug=world.board)
    version = framework_in_force(pair=pair)
    measure = CountMeasure.objects.filter(framework_version=version).earliest("order")
    target = measure.targets.earliest("start_date")
    by = User.objects.get(email=Visitor.OWN_SIGNATORY)
    now = timezone.now()
    for number in range(12):
        signed_review(
            version,
            body=pair.authority,
            by=by,
            at=now,
            met_on=timezone.localdate() - timedelta(days=number),
        )
        CountValue.objects.create(
            framework=version.framework,
            lineage=measure.lineage,
            label=target.label,
            start_date=target.start_date,
            end_date=target.end_date,
            value=number,
            recorded_at=now,
            recorded_by=by,
            recorded_for=pair.board if number % 2 else pair.authority,
            superseded_at=now,
            form_key=uuid.uuid4(),
        )
    standing = PairOverlap.objects.as_at(timezone.localdate()).values("pair")
    free = Pair.objects.filter(framework_partners__isnull=True, pk__in=standing).order_by("pk")
    for other in list(free[:6]):
        signed_review(
            in_force(pairs=[other], by=by, at=now, fill=measure_of),
            body=other.authority,
            by=by,
            at=now,
            met_on=timezone.localdate(),
        )
