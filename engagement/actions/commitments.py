"""Writes joint commitments: propose, confirm, decline, update, confirm again.

No dashboard and no level depends on a commitment, so none of these asks for a recompute: the
progress of a commitment never moves an engagement level by itself.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from authorities.models import Pair, PairOverlap, User
from duty.deadlines import london_date
from engagement.actions import levers
from engagement.actions.commitment_drafts import forget_sent
from engagement.actions.commitment_messages import tell_of_commitment
from engagement.actions.commitment_particulars import (
    NAMES,
    NOTHING_SAID,
    Particulars,
    UnknownChoiceError,
    require_known,
)
from engagement.actions.commitment_rows import (
    FormUsedError,
    PastDateError,
    actor_of,
    locked,
    record,
    require_no_past_date,
    that_hold,
)
from engagement.commitment_lifecycle import Actor, Event, Guard, State, next_state
from engagement.models import (
    NARRATIVE_NOT_NEEDED,
    Commitment,
    CommitmentState,
    CommitmentStatus,
    CommitmentUpdate,
    Lever,
    Side,
    Visibility,
)

__all__ = [
    "DateOrReasonError",
    "FormUsedError",
    "MissingTextError",
    "PairEndedError",
    "Particulars",
    "PastDateError",
    "UnknownChoiceError",
    "UpdateOvertakenError",
    "confirm",
    "decline",
    "propose",
    "reconfirm",
    "require_date_or_reason",
    "update",
]


class MissingTextError(ValueError):
    """A text that a commitment needs is empty; `field` names the argument."""

    def __init__(self, message: str, *, field: str) -> None:
        super().__init__(message)
        self.field = field


class DateOrReasonError(ValueError):
    """A commitment needs a date, or a reason for none, and not both."""


class PairEndedError(ValueError):
    """The two bodies share no people any more, so they promise nothing new together."""


class UpdateOvertakenError(ValueError):
    """The side gave another update while this one was written; nobody has compared the two."""


@transaction.atomic
def propose(
    *,
    pair: Pair,
    side: Side,
    title: str,
    description: str,
    own_owner: str,
    target_date: date | None,
    no_date_reason: str,
    lead: Side | None,
    form_key: UUID,
    by: User,
    at: datetime,
    other_owner: str = "",
    particulars: Particulars = NOTHING_SAID,
    visibility: Visibility = Visibility.RESTRICTED,
    lever: Lever | None = None,
    told: bool = True,
) -> Commitment:
    """Store a proposal of one side; sending the same form twice stores it once.

    `lead` is None where both lead. `other_owner` is a suggestion that the other side may change.
    `lever` is what the authority makes the commitment of: both keep that. Not `told` where the
    caller tells the other side of several proposals at once.

    Raises:
        MissingTextError, UnknownChoiceError, DateOrReasonError, PastDateError: the proposal is
            not complete, or names what both sides do not know.
        PairEndedError: the pair takes no new commitments.
        FormUsedError: the form key stands for another pair's commitment.
        LeverRefusedError: the lever is not on the authority's list, or is a commitment of the
            pair already.
    """
    texts = {"title": title.strip(), "own_owner": own_owner.strip()}
    # Held until the end, so that the same form sent twice at once is seen.
    Pair.objects.select_for_update().get(pk=pair.pk)
    sent = Commitment.objects.filter(form_key=form_key).first()
    if sent is not None:
        if sent.pair_id != pair.pk:
            raise FormUsedError("This form was sent before. Open the page again.")
        return sent
    if not texts["title"]:
        raise MissingTextError("Enter what you promise together, in a few words.", field="title")
    if not texts["own_owner"]:
        raise MissingTextError("Enter the role that owns it on your side.", field="own_owner")
    require_known(particulars=particulars, pair=pair)
    require_date_or_reason(target_date=target_date, reason=no_date_reason, at=at)
    _require_shared_people(pair=pair, at=at)
    commitment = Commitment.objects.create(
        pair=pair,
        title=texts["title"],
        description=description.strip(),
        **{name: getattr(particulars, name) for name in NAMES},
        visibility=visibility,
        authority_owner=texts["own_owner"] if side == Side.AUTHORITY else other_owner.strip(),
        board_owner=texts["own_owner"] if side == Side.BOARD else other_owner.strip(),
        target_date=target_date,
        no_date_reason=no_date_reason.strip(),
        lead=lead or "",
        proposed_side=side,
        proposed_at=at,
        proposed_by=by,
        form_key=form_key,
    )
    if lever is not None:
        levers.turn(lever=lever, commitment=commitment, by=by, at=at)
    record(action="commitment.proposed", commitment=commitment, side=side, by=by, at=at)
    if told:
        tell_of_commitment(commitment=commitment, at=at)
    return commitment


@transaction.atomic
def confirm(
    *, commitment: Commitment, side: Side, owner: str, by: User, at: datetime
) -> Commitment:
    """Agree to the other side's proposal and name the owner on one's own side.

    Of one that came from another pair, this is the side's new confirmation as well.

    Raises:
        CommitmentRefusedError: it is the side's own proposal, somebody decided on it meanwhile, it
            has no pair, or no owner is named.
    """
    row = locked(commitment=commitment)
    named = owner.strip()
    if row.state == CommitmentState.AGREED and row.decided_by_id == by.pk:
        return row
    state = next_state(
        state=row.state,
        event=Event.CONFIRM,
        actor=actor_of(side=side, mover=row.proposed_side),
        holding=that_hold({Guard.ASSIGNED: not row.unassigned, Guard.OWNER_NAMED: bool(named)}),
    )
    if side == Side.AUTHORITY:
        row.authority_owner = named
    else:
        row.board_owner = named
    if row.needs_reconfirmation:
        _reconfirm_side(row=row, side=side, at=at)
    _decide(row=row, state=state, action="commitment.confirmed", side=side, by=by, at=at)
    return row


@transaction.atomic
def decline(
    *, commitment: Commitment, side: Side, reason: str, by: User, at: datetime
) -> Commitment:
    """Turn the other side's proposal down, and say why.

    Raises:
        CommitmentRefusedError: it is the side's own proposal, somebody decided on it meanwhile, it
            has no pair, or no reason is given.
    """
    row = locked(commitment=commitment)
    if row.state == CommitmentState.DECLINED and row.decided_by_id == by.pk:
        return row
    said = reason.strip()
    state = next_state(
        state=row.state,
        event=Event.DECLINE,
        actor=actor_of(side=side, mover=row.proposed_side),
        holding=that_hold({Guard.ASSIGNED: not row.unassigned, Guard.REASON_GIVEN: bool(said)}),
    )
    row.declined_reason = said
    row.needs_reconfirmation = False
    _decide(row=row, state=state, action="commitment.declined", side=side, by=by, at=at)
    return row


@transaction.atomic
def reconfirm(*, commitment: Commitment, side: Side, by: User, at: datetime) -> Commitment:
    """Say that the side stands by what it took over; once both have, the mark is gone.

    Raises:
        CommitmentRefusedError: it has no pair, or is not marked.
    """
    row = locked(commitment=commitment)
    if row.needs_reconfirmation and _reconfirmed_at(row=row, side=side) is not None:
        return row
    next_state(
        state=row.state,
        event=Event.RECONFIRM,
        actor=Actor.MOVER,
        holding=that_hold(
            {
                Guard.ASSIGNED: not row.unassigned,
                Guard.WAITS_FOR_THE_SIDE: row.needs_reconfirmation,
            }
        ),
    )
    _reconfirm_side(row=row, side=side, at=at)
    row.version += 1
    row.save()
    record(
        action="commitment.reconfirmed",
        commitment=row,
        side=side,
        by=by,
        at=at,
        waits=row.needs_reconfirmation,
    )
    return row


@transaction.atomic
def update(
    *,
    commitment: Commitment,
    side: Side,
    status: CommitmentStatus,
    narrative: str,
    form_key: UUID,
    by: User,
    at: datetime,
    after: int | None = None,
) -> CommitmentUpdate:
    """Store how the commitment stands in one side's view. Earlier updates stay.

    What the person kept as a draft is gone with it. `after` is the side's newest update that the
    person has read, 0 where they saw none; None where nobody asks.

    Raises:
        CommitmentRefusedError: it is not agreed, has no pair, or the status needs a sentence.
        FormUsedError: the form key stands for an update of another commitment or side.
        UpdateOvertakenError: the side's newest update is another one by now.
    """
    row = locked(commitment=commitment)
    sent = CommitmentUpdate.objects.filter(form_key=form_key).first()
    if sent is not None:
        if (sent.commitment_id, sent.side) != (row.pk, side):
            raise FormUsedError("This form was sent before. Open the page again.")
        return sent
    said = narrative.strip()
    next_state(
        state=row.state,
        event=Event.UPDATE,
        actor=Actor.MOVER,
        holding=that_hold(
            {
                Guard.ASSIGNED: not row.unassigned,
                Guard.NARRATIVE_GIVEN: bool(said) or status in NARRATIVE_NOT_NEEDED,
            }
        ),
    )
    newest = row.updates.filter(side=side).order_by("-at", "-pk").first()
    if after is not None and after != (newest.pk if newest else 0):
        raise UpdateOvertakenError(
            "Somebody of your side gave another update while you were writing. Read it, then "
            "save yours again if it still holds."
        )
    stored = CommitmentUpdate.objects.create(
        commitment=row,
        side=side,
        status=status,
        narrative=said,
        at=at,
        by=by,
        form_key=form_key,
    )
    record(action="commitment.updated", commitment=row, side=side, by=by, at=at, status=str(status))
    forget_sent(commitment=row, side=side, by=by)
    return stored


def require_date_or_reason(*, target_date: date | None, reason: str, at: datetime) -> None:
    """Let through a date that is still to come, or a reason for none.

    Raises:
        DateOrReasonError: there is neither, or both.
        PastDateError: the date is over.
    """
    if target_date is None and not reason.strip():
        raise DateOrReasonError("Enter a date, or say why there is none.")
    if target_date is not None and reason.strip():
        raise DateOrReasonError("Enter a date or a reason for none, not both.")
    require_no_past_date(target_date=target_date, at=at)


def _require_shared_people(*, pair: Pair, at: datetime) -> None:
    """Pairs of a planned authority may begin early; those that ended may not go on."""
    today = london_date(now=at)
    if not PairOverlap.objects.filter(pair=pair, valid__overlap=DateRange(today, None)).exists():
        raise PairEndedError(
            "These two bodies serve no area together any more, so they cannot make a new "
            "commitment. Make it with the body that took over."
        )


def _reconfirmed_at(*, row: Commitment, side: Side) -> datetime | None:
    return row.authority_reconfirmed_at if side == Side.AUTHORITY else row.board_reconfirmed_at


def _reconfirm_side(*, row: Commitment, side: Side, at: datetime) -> None:
    """Note the side's new confirmation; the second one takes the mark away."""
    if side == Side.AUTHORITY:
        row.authority_reconfirmed_at = at
    else:
        row.board_reconfirmed_at = at
    row.needs_reconfirmation = (
        row.authority_reconfirmed_at is None or row.board_reconfirmed_at is None
    )


def _decide(
    *, row: Commitment, state: State, action: str, side: Side, by: User, at: datetime
) -> None:
    row.state = state.value
    row.decided_at, row.decided_by = at, by
    row.version += 1
    row.save()
    record(action=action, commitment=row, side=side, by=by, at=at)
    tell_of_commitment(commitment=row, at=at)
