"""The recompute of one pair against the recompute of all."""

from django.db import transaction
from django.utils import timezone

from engagement.actions import placements
from engagement.management.benchmarks.rows import Measured, seconds
from engagement.models import Placement
from engagement.queries import placements as placement_queries

# One of some thirty pairs; what both read once (rules, the round) weighs on the one.
GOAL = 0.25


def one_pair() -> Measured:
    """Measure both from nothing: the stored placements are deleted and rolled back."""
    current = placement_queries.working_rounds()[0]
    pair = Placement.objects.filter(round=current).select_related("pair")[0].pair

    def one() -> None:
        with transaction.atomic():
            Placement.objects.filter(round=current, pair=pair).delete()
            placements.recompute(pair=pair, round=current, at=timezone.now())
            transaction.set_rollback(True)

    def all_of_them() -> None:
        with transaction.atomic():
            Placement.objects.filter(round=current).delete()
            placements.recompute_round(round=current, at=timezone.now())
            transaction.set_rollback(True)

    return Measured(
        name="recompute_one_pair",
        value=seconds(one, times=7),
        unit="s",
        limit=seconds(all_of_them, times=5),
        goal=GOAL,
    )
