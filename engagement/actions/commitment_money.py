"""The money of a joint commitment: each side states what it knows, and corrects its own lines."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from authorities.models import User
from duty.standing_records import LARGEST_AMOUNT, Prevention
from engagement.actions.commitment_rows import (
    FormUsedError,
    actor_of,
    locked,
    record,
    that_hold,
)
from engagement.commitment_lifecycle import Actor, Event, Guard, next_state
from engagement.models import Commitment, CommitmentMoney, MoneySource, Side
from engagement.models.commitment_money import FIRST_YEAR, LAST_YEAR


@dataclass(frozen=True)
class Money:
    """A line of money.

    source: a `MoneySource`. year: the first one of the financial year. amount: in pounds; None is
    not known. prevention: a `Prevention`. purpose: what it is for, in a few words.
    """

    source: str
    year: int
    amount: Decimal | None
    prevention: str
    purpose: str = ""


@transaction.atomic
def state(
    *, commitment: Commitment, side: Side, money: Money, form_key: UUID, by: User, at: datetime
) -> CommitmentMoney:
    """Store a line of money, as one side states it; the same form sent twice stores it once.

    Raises:
        CommitmentRefusedError: the commitment is settled or has no pair, no source is said, the
            year or amount is none, or the side has such a line already.
        FormUsedError: the form key stands for something else.
    """
    row = locked(commitment=commitment)
    sent = _sent(form_key, row, side, replaces=None)
    if sent is not None:
        return sent
    next_state(
        state=row.state,
        event=Event.STATE_MONEY,
        actor=Actor.MOVER,
        holding=_holding(row=row, side=side, money=money),
    )
    made = _store(row, side, money, uuid.uuid4(), form_key, by, at)
    record(
        action="commitment.money_stated",
        commitment=row,
        side=side,
        by=by,
        at=at,
        line=str(made.pk),
    )
    return made


@transaction.atomic
def correct(
    *, line: CommitmentMoney, side: Side, money: Money, form_key: UUID, by: User, at: datetime
) -> CommitmentMoney:
    """Put another line in place of one; the earlier one stays, marked.

    Raises:
        CommitmentRefusedError: as `state`; or the other side stated the line, it was corrected or
            withdrawn meanwhile, or nothing would change.
        FormUsedError: the form key stands for something else.
    """
    row = locked(commitment=line.commitment)
    sent = _sent(form_key, row, side, replaces=line)
    if sent is not None:
        return sent
    held = CommitmentMoney.objects.get(pk=line.pk)
    next_state(
        state=row.state,
        event=Event.CORRECT_MONEY,
        actor=actor_of(side=side, mover=held.side),
        holding=_holding(row=row, side=side, money=money, instead_of=held)
        | that_hold(
            {
                Guard.STILL_STANDS: held.superseded_at is None,
                Guard.SOMETHING_CHANGES: money != money_of(line=held),
            }
        ),
    )
    # The new line's key is known before it is stored: both would else be current for a moment.
    key = uuid.uuid4()
    held.superseded_at, held.superseded_by, held.replaced_by_id = at, by, key
    held.save()
    made = _store(row, side, money, key, form_key, by, at)
    record(
        action="commitment.money_corrected",
        commitment=row,
        side=side,
        by=by,
        at=at,
        line=str(made.pk),
        replaces=str(held.pk),
    )
    return made


@transaction.atomic
def withdraw(
    *, line: CommitmentMoney, side: Side, reason: str, by: User, at: datetime
) -> CommitmentMoney:
    """Take a line out of what is stated, and say why; it stays on record. Twice is once.

    Raises:
        CommitmentRefusedError: the commitment is settled or has no pair, the other side stated the
            line, it was corrected or withdrawn meanwhile, or there is no reason.
    """
    row = locked(commitment=line.commitment)
    held = CommitmentMoney.objects.get(pk=line.pk)
    said = reason.strip()
    if held.withdrawn_reason and (held.withdrawn_reason, held.superseded_by_id) == (said, by.pk):
        return held
    next_state(
        state=row.state,
        event=Event.WITHDRAW_MONEY,
        actor=actor_of(side=side, mover=held.side),
        holding=that_hold(
            {
                Guard.ASSIGNED: not row.unassigned,
                Guard.STILL_STANDS: held.superseded_at is None,
                Guard.REASON_GIVEN: bool(said),
            }
        ),
    )
    held.superseded_at, held.superseded_by, held.withdrawn_reason = at, by, said
    held.save()
    record(
        action="commitment.money_withdrawn",
        commitment=row,
        side=side,
        by=by,
        at=at,
        line=str(held.pk),
    )
    return held


def money_of(*, line: CommitmentMoney) -> Money:
    """Return what a stored line says."""
    return Money(
        source=line.source,
        year=line.year,
        amount=line.amount,
        prevention=line.prevention,
        purpose=line.purpose,
    )


def _holding(
    *,
    row: Commitment,
    side: Side,
    money: Money,
    instead_of: CommitmentMoney | None = None,
) -> frozenset[Guard]:
    others = Q() if instead_of is None else ~Q(pk=instead_of.pk)
    stated = row.money.filter(
        others,
        side=side,
        source=money.source,
        year=money.year,
        prevention=money.prevention,
        superseded_at__isnull=True,
    )
    return that_hold(
        {
            Guard.ASSIGNED: not row.unassigned,
            Guard.SOURCE_SAID: money.source in MoneySource.values,
            Guard.YEAR_AND_AMOUNT: FIRST_YEAR <= money.year <= LAST_YEAR
            and money.prevention in set(Prevention)
            and (money.amount is None or 0 <= money.amount <= LARGEST_AMOUNT),
            Guard.NOT_STATED_YET: not stated.exists(),
        }
    )


def _sent(
    form_key: UUID, row: Commitment, side: Side, *, replaces: CommitmentMoney | None
) -> CommitmentMoney | None:
    """Return the line that this form stored already."""
    found = CommitmentMoney.objects.filter(form_key=form_key).select_related("replaces").first()
    if found is None:
        return None
    if (found.commitment_id, found.side, getattr(found, "replaces", None)) != (
        row.pk,
        side,
        replaces,
    ):
        raise FormUsedError("This form was sent before. Open the page again.")
    return found


def _store(
    row: Commitment,
    side: Side,
    money: Money,
    key: UUID,
    form_key: UUID,
    by: User,
    at: datetime,
) -> CommitmentMoney:
    return CommitmentMoney.objects.create(
        pk=key,
        commitment=row,
        side=side,
        source=money.source,
        year=money.year,
        amount=money.amount,
        prevention=money.prevention,
        purpose=money.purpose.strip(),
        stated_at=at,
        stated_by=by,
        form_key=form_key,
    )
