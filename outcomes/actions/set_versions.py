"""Numbers what stands in a set of indicators, once something is read by it."""

from datetime import datetime

from django.db import transaction

from authorities import audit
from authorities.models import User
from outcomes.models import IndicatorSet, IndicatorSetVersion
from outcomes.queries.set_versions import content_of, last_version


@transaction.atomic
def version_now(
    *, indicator_set: IndicatorSet, by: User | None, at: datetime
) -> IndicatorSetVersion:
    """Return the version that holds what stands in a set now: the last one, or a new number.

    A set that nothing asks has no versions, so that sorting a list makes none.
    """
    held = IndicatorSet.objects.select_for_update().get(pk=indicator_set.pk)
    content, last = content_of(indicator_set=held), last_version(indicator_set=held)
    if last is not None and last.digest == content.digest:
        return last
    made = IndicatorSetVersion.objects.create(
        indicator_set=held,
        number=last.number + 1 if last else 1,
        name=content.name,
        indicators=list(content.indicators),
        digest=content.digest,
        made_at=at,
    )
    audit.record(action="indicator_set.versioned", target=held, by=by, at=at, number=made.number)
    return made
