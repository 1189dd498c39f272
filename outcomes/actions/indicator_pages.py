"""The read model of an authority's indicators, kept so that a page computes nothing."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from authorities.models import StrategicAuthority
from outcomes import recompute
from outcomes.actions import mission_requests
from outcomes.indicator_series import METHOD_VERSION, to_json
from outcomes.models import (
    AuthorityIndicator,
    FrameworkIndicator,
    Indicator,
    Subject,
    VersionState,
)
from outcomes.queries import indicators, page_marks, places
from outcomes.queries.indicators import Shown
from outcomes.queries.page_marks import PageKey
from outcomes.queries.places import Place

REASON_ALL = "nightly recompute of all"


@transaction.atomic
def refresh(*, authority: StrategicAuthority, at: datetime) -> int:
    """Compute the authority's indicator pages again, and return how many rows changed.

    A page whose values and definition are the same is neither computed nor written. Who belongs
    to the authority is as on the day of `at`; of one that has ended, as on its last day.
    """
    day = timezone.localdate(at)
    if authority.closed_on is not None:
        day = min(day, authority.closed_on - timedelta(days=1))
    shown = places.places_of(authority=authority, day=day)
    stored = {
        (row.indicator_id, row.own): row
        for row in AuthorityIndicator.objects.filter(authority=authority).defer("content")
    }
    wanted = page_marks.marks_of(places=shown, authority=authority)
    asked = [
        key for key, mark in wanted.items() if key not in stored or stored[key].input_hash != mark
    ]
    changed = [
        AuthorityIndicator(
            authority=authority,
            indicator_id=key[0],
            own=key[1],
            content=to_json(series=found.series, read_by=found.read_by),
            input_hash=wanted[key],
            method_version=METHOD_VERSION,
            computed_at=at,
        )
        for key, found in _read(authority=authority, shown=shown, asked=asked).items()
    ]
    AuthorityIndicator.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["authority", "indicator", "own"],
        update_fields=["content", "input_hash", "method_version", "computed_at"],
    )
    gone = [row.pk for key, row in stored.items() if key not in wanted]
    if gone:
        AuthorityIndicator.objects.filter(pk__in=gone).delete()
    return len(changed) + len(gone)


def _read(
    *, authority: StrategicAuthority, shown: Sequence[Place], asked: Sequence[PageKey]
) -> dict[PageKey, Shown]:
    """Return what the pages show that are asked for; values are read only where some are."""
    return {
        (indicator, own): page
        for own, owner in ((False, None), (True, authority))
        if (of_these := [key for key, is_own in asked if is_own == own])
        for indicator, page in indicators.series_of(
            places=shown, owner=owner, indicators=of_these
        ).items()
    }


@transaction.atomic
def request_for(*, indicator: Indicator, reason: str, at: datetime) -> int:
    """Ask for a recompute of every authority with a page of the indicator, or that agreed on it.

    Of any other nothing has been computed from what the indicator is said to be.

    Returns:
        How many authorities those are.
    """
    pages = AuthorityIndicator.objects.filter(indicator=indicator).order_by()
    agreed = FrameworkIndicator.objects.filter(
        indicator=indicator, framework_version__state=VersionState.AGREED
    ).order_by()
    keys = pages.values_list("authority_id").union(
        agreed.values_list("framework_version__framework__authority_id")
    )
    found = sorted(key for (key,) in keys)
    for key in found:
        recompute.request(subject=Subject.AUTHORITY, subject_id=key, reason=reason, at=at)
    return len(found)


@transaction.atomic
def request_all(*, at: datetime) -> int:
    """Ask for a recompute of every authority and the mission; return how many.

    It must change nothing; where it does, a change was missed, or a member came or left. Pairs are
    asked for by their rounds, in a higher app.
    """
    keys = StrategicAuthority.objects.order_by("pk").values_list("pk", flat=True)
    for key in keys:
        recompute.request(subject=Subject.AUTHORITY, subject_id=key, reason=REASON_ALL, at=at)
    return len(keys) + mission_requests.request(reason=REASON_ALL, at=at)
