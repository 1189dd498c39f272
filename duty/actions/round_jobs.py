"""Takes the steps of rounds whose day or time has come: each in one transaction, or not at all."""

import logging
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from duty.actions.clock import judged_at
from duty.actions.round_publication import publish_due
from duty.actions.round_replies import end_reply, start_reply
from duty.actions.round_stages import close, open_round
from duty.actions.round_steps import hold, take
from duty.models import Round
from duty.queries.due_rounds import due_rounds, last_hold_up
from duty.round_lifecycle import RoundEvent, RoundRefusedError

logger = logging.getLogger(__name__)

_STEPS: dict[RoundEvent, Callable[[Round, datetime], object]] = {
    RoundEvent.OPEN: lambda row, at: open_round(round_=row, by=None, at=at),
    RoundEvent.CLOSE: lambda row, at: close(round_=row, by=None, at=at),
    RoundEvent.START_REPLY: lambda row, at: start_reply(round_=row, by=None, at=at),
    RoundEvent.END_REPLY: lambda row, at: end_reply(round_=row, by=None, at=at),
    RoundEvent.PUBLISH: lambda row, at: publish_due(round_=row, at=at),
}


def turn_due(*, at: datetime) -> int:
    """Open, close, take and end replies, and publish what is due.

    A round that cannot be turned keeps the reason, leaves nothing else behind, stops no other and
    is tried again. One that a killed worker left in the middle was not touched at all.

    Returns:
        How many steps were taken.
    """
    due = due_rounds(now=judged_at(at=at))
    return sum(turn_one(round_id=key, event=event, at=at) for key, event in due)


def turn_one(*, round_id: UUID, event: RoundEvent, at: datetime) -> int:
    """Take one round's step, if nobody else is at it or has taken it.

    Returns:
        1 where it was taken, else 0; why not is kept with the round.
    """
    try:
        with transaction.atomic():
            row = (
                Round.objects.select_for_update(skip_locked=True, of=("self",))
                .filter(pk=round_id)
                .first()
            )
            if row is None or (row.pk, event) not in due_rounds(now=judged_at(at=at)):
                return 0
            _STEPS[event](row, at)
    except RoundRefusedError as error:
        _keep(round_id, str(error), at)
        return 0
    except Exception as error:
        # The edge of the job: whatever went wrong is kept where people can see it.
        logger.exception("round %s could not be turned", round_id)
        _keep(round_id, f"{type(error).__name__}: {error}"[:2000], at)
        return 0
    return 1


@transaction.atomic
def _keep(round_id: UUID, reason: str, at: datetime) -> None:
    """Store why, once for as long as it stays the same: the job comes every few minutes."""
    row = hold(round_=Round(pk=round_id))
    if last_hold_up(round_=row) == reason:
        return
    try:
        take(held=row, event=RoundEvent.HOLD_UP, holding=(), by=None, at=at, reason=reason)
    except RoundRefusedError:
        # Somebody else has turned it meanwhile.
        return
