"""The app's steps of a recompute. Each calls one action and may run twice."""

from celery import shared_task
from django.utils import timezone

from authorities.models import Pair
from duty.models import Round
from engagement.actions import national, nightly, placements
from outcomes.models import Subject


@shared_task(name="engagement.recompute_placement")
def recompute_placement(*, subject: str, subject_id: str, **_newer: object) -> int:
    """Compute the working placements of a pair, or of all pairs of a round."""
    if subject == Subject.PAIR:
        return placements.recompute_pair(pair=Pair.objects.get(pk=subject_id), at=timezone.now())
    if subject == Subject.ROUND:
        return placements.recompute_round(round=Round.objects.get(pk=subject_id), at=timezone.now())
    return 0


@shared_task(name="engagement.refresh_national_picture")
def refresh_national_picture(*, subject: str, subject_id: str, **_newer: object) -> int:
    """Draw anew what the national page shows of the rounds that the subject is in."""
    if subject == Subject.PAIR:
        return national.refresh_working(at=timezone.now())
    if subject == Subject.ROUND:
        return national.refresh(round=Round.objects.get(pk=subject_id), at=timezone.now())
    return 0


@shared_task(name="engagement.request_recompute_of_rounds")
def request_recompute_of_rounds(**_newer: object) -> int:
    """Ask for a recompute of all placements and pictures, as a check that nothing was missed."""
    return nightly.request_rounds(at=timezone.now())
