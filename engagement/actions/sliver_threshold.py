"""What follows in rounds from another sliver threshold."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from authorities.actions import thresholds
from authorities.models import SliverThreshold, User
from engagement.actions.reading_messages import tell_of_threshold
from engagement.queries import placements
from outcomes import recompute
from outcomes.models import Subject


@transaction.atomic
def propose(
    *, share: Decimal, holds_from: date, reason: str, form_key: UUID, by: User, at: datetime
) -> SliverThreshold:
    """Propose a threshold, and tell who may approve it.

    Raises:
        ThresholdRefusedError: as the action of the lower app says.
    """
    made = thresholds.propose(
        share=share, holds_from=holds_from, reason=reason, form_key=form_key, by=by, at=at
    )
    tell_of_threshold(threshold=made, at=at)
    return made


@transaction.atomic
def approve(*, number: int, by: User, at: datetime) -> thresholds.Approved:
    """Let a threshold hold from its day, and ask for the placements of rounds that are worked on.

    A round counts bodies as at a day: only those whose day is not before the threshold's move.

    Raises:
        SliverThreshold.DoesNotExist, ThresholdDecidedError, OwnThresholdError,
        ThresholdRefusedError: as the action of the lower app says.
    """
    done = thresholds.approve(number=number, by=by, at=at)
    for round_ in placements.working_rounds():
        recompute.request(
            subject=Subject.ROUND, subject_id=round_.pk, reason="sliver threshold", at=at
        )
    return done
