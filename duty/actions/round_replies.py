"""The reply of a round and the time of its publication: started, ended, and given other days."""

from datetime import date, datetime

from django.db import transaction

from authorities.models import User
from duty.actions.round_publication import (
    asked_guards,
    tell_reply_ended,
    tell_reply_reopened,
    tell_reply_started,
)
from duty.actions.round_steps import date_guards, hold, take
from duty.models import Round
from duty.round_lifecycle import RoundEvent, RoundGuard
from outcomes import recompute
from outcomes.models import Subject


@transaction.atomic
def start_reply(*, round_: Round, by: User | None, at: datetime) -> Round:
    """Begin the days of the reply: what was found of pairs is shared with both bodies.

    Args:
        round_: closed.
        by: an administrator, or None for the job.
        at: when.

    Raises:
        RoundRefusedError: its day has not come, a pair is not settled, or the role or state does
            not allow it.
    """
    held = hold(round_=round_)
    holding = date_guards(round_=held, at=at) | asked_guards(round_=held)
    take(held=held, event=RoundEvent.START_REPLY, holding=holding, by=by, at=at)
    tell_reply_started(round_=held, by=by, at=at)
    _recompute(held, "round.reply_started", at)
    return held


@transaction.atomic
def end_reply(*, round_: Round, by: User | None, at: datetime) -> Round:
    """Take no more replies.

    Raises:
        RoundRefusedError: its last day is not over, or the role or state does not allow it.
    """
    held = hold(round_=round_)
    holding = date_guards(round_=held, at=at)
    take(held=held, event=RoundEvent.END_REPLY, holding=holding, by=by, at=at)
    tell_reply_ended(round_=held, at=at)
    _recompute(held, "round.reply_ended", at)
    return held


@transaction.atomic
def reopen_reply(
    *,
    round_: Round,
    reply_closes_on: date,
    publish_at: datetime,
    reason: str,
    by: User | None,
    at: datetime,
) -> Round:
    """Give every body more days to reply; a proposal to publish lapses.

    Raises:
        RoundRefusedError: dates out of order or past, an approved publication, no reason, or the
            role or state does not allow it.
    """
    held = hold(round_=round_)
    before = held.reply_closes_on
    held.reply_closes_on, held.publish_at = reply_closes_on, publish_at
    take(
        held=held,
        event=RoundEvent.REOPEN_REPLY,
        holding=_guards(held, reason, at),
        reason=reason.strip(),
        by=by,
        at=at,
        reply_closes_on=reply_closes_on.isoformat(),
        reply_closed_on=before.isoformat() if before else None,
        publish_at=publish_at.isoformat(),
    )
    held.save(update_fields=["reply_closes_on", "publish_at"])
    tell_reply_reopened(round_=held, at=at)
    _recompute(held, "round.reply_reopened", at)
    return held


@transaction.atomic
def move_publication(
    *, round_: Round, publish_at: datetime, reason: str, by: User | None, at: datetime
) -> Round:
    """Set another time of publication; a proposal to publish lapses.

    Raises:
        RoundRefusedError: a time that is past or before the end of the reply, an approved
            publication, no reason, or the role or state does not allow it.
    """
    held = hold(round_=round_)
    before = held.publish_at
    held.publish_at = publish_at
    take(
        held=held,
        event=RoundEvent.MOVE_PUBLICATION,
        holding=_guards(held, reason, at),
        reason=reason.strip(),
        by=by,
        at=at,
        publish_at=publish_at.isoformat(),
        published_at_before=before.isoformat() if before else None,
    )
    held.save(update_fields=["publish_at"])
    return held


def _guards(held: Round, reason: str, at: datetime) -> set[RoundGuard]:
    holding = date_guards(round_=held, at=at) | asked_guards(round_=held)
    if reason.strip():
        holding.add(RoundGuard.REASON_GIVEN)
    return holding


def _recompute(held: Round, reason: str, at: datetime) -> None:
    recompute.request(subject=Subject.ROUND, subject_id=held.pk, reason=reason, at=at)
