"""Asks for everything of engagement to be computed again, as a check that nothing was missed."""

from datetime import datetime

from django.db import transaction

from engagement.queries import placements
from outcomes import recompute
from outcomes.models import Subject

REASON = "nightly recompute of all"


@transaction.atomic
def request_rounds(*, at: datetime) -> int:
    """Ask for a recompute of every round that is worked on or published; return how many.

    By round, since one reading serves all pairs of it. It must change nothing: where it does, a
    change was missed. Published placements stay as they are, and so must their pictures.
    """
    rounds = (*placements.working_rounds(), *placements.published_rounds())
    for each in rounds:
        recompute.request(subject=Subject.ROUND, subject_id=each.pk, reason=REASON, at=at)
    return len(rounds)
