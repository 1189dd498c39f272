"""What one side asks of a commitment and the other answers: changes, closures, better updates."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.db import transaction

from authorities.models import User
from engagement.actions.commitment_drafts import forget_all
from engagement.actions.commitment_messages import tell_of_asked, tell_of_returned
from engagement.actions.commitment_rows import (
    FormUsedError,
    actor_of,
    locked,
    record,
    require_no_past_date,
    that_hold,
)
from engagement.commitment_lifecycle import Actor, Event, Guard, next_state
from engagement.models import (
    FINAL_STATUSES,
    AskedState,
    Commitment,
    CommitmentChange,
    CommitmentClosure,
    CommitmentStatus,
    CommitmentUpdate,
    CommitmentUpdateReturn,
    Side,
    Visibility,
)

_Asked = TypeVar("_Asked", CommitmentChange, CommitmentClosure)
# What becomes of what was asked.
_ANSWERS = {
    Event.ACCEPT_CHANGE: AskedState.ACCEPTED,
    Event.REFUSE_CHANGE: AskedState.REFUSED,
    Event.TAKE_BACK_CHANGE: AskedState.TAKEN_BACK,
    Event.CONFIRM_CLOSURE: AskedState.ACCEPTED,
    Event.REFUSE_CLOSURE: AskedState.REFUSED,
    Event.TAKE_BACK_CLOSURE: AskedState.TAKEN_BACK,
}


@dataclass(frozen=True)
class Terms:
    """What changes with the other side's consent. A date, or a reason for none."""

    title: str
    description: str
    target_date: date | None
    no_date_reason: str
    visibility: Visibility

    def tidy(self) -> "Terms":
        """The same without blanks at the ends of its words."""
        return Terms(
            title=self.title.strip(),
            description=self.description.strip(),
            target_date=self.target_date,
            no_date_reason=self.no_date_reason.strip(),
            visibility=self.visibility,
        )


def terms_of(*, commitment: Commitment) -> Terms:
    """Return what a commitment promises now."""
    return Terms(
        title=commitment.title,
        description=commitment.description,
        target_date=commitment.target_date,
        no_date_reason=commitment.no_date_reason,
        visibility=Visibility(commitment.visibility),
    )


@transaction.atomic
def propose_change(
    *,
    commitment: Commitment,
    side: Side,
    terms: Terms,
    reason: str,
    form_key: UUID,
    by: User,
    at: datetime,
) -> CommitmentChange:
    """Ask for another date, words or readers; until the other side answers, what is agreed holds.

    Raises:
        CommitmentRefusedError: it is not agreed, has no pair, a change waits already, nothing would
            change, or there is no reason, no title, or not one of date and reason for none.
        PastDateError: the new date is over.
        FormUsedError: the form key stands for something else.
    """
    row = locked(commitment=commitment)
    sent = _sent(CommitmentChange.objects.filter(form_key=form_key).first(), row, side)
    if sent is not None:
        return sent
    now, before, said = terms.tidy(), terms_of(commitment=row), reason.strip()
    next_state(
        state=row.state,
        event=Event.PROPOSE_CHANGE,
        actor=Actor.MOVER,
        holding=that_hold(
            {
                Guard.ASSIGNED: not row.unassigned,
                Guard.NO_CHANGE_WAITS: _waiting(CommitmentChange, row) is None,
                Guard.DATE_OR_REASON: bool(now.title)
                and (now.target_date is None) == bool(now.no_date_reason),
                Guard.SOMETHING_CHANGES: now != before,
                Guard.REASON_GIVEN: bool(said),
            }
        ),
    )
    if now.target_date != before.target_date:
        require_no_past_date(target_date=now.target_date, at=at)
    made = CommitmentChange.objects.create(
        commitment=row,
        side=side,
        reason=said,
        asked_at=at,
        asked_by=by,
        form_key=form_key,
        title=now.title,
        description=now.description,
        target_date=now.target_date,
        no_date_reason=now.no_date_reason,
        visibility=now.visibility,
        old_title=before.title,
        old_description=before.description,
        old_target_date=before.target_date,
        old_no_date_reason=before.no_date_reason,
        old_visibility=before.visibility,
    )
    record(action="commitment.change_proposed", commitment=row, side=side, by=by, at=at)
    tell_of_asked(asked=made, at=at)
    return made


@transaction.atomic
def propose_closure(
    *,
    commitment: Commitment,
    side: Side,
    final_status: str,
    ending: str,
    form_key: UUID,
    by: User,
    at: datetime,
) -> CommitmentClosure:
    """Say that it is over, and how it ended; the other side confirms or keeps it open.

    Raises:
        CommitmentRefusedError: it is not agreed, has no pair, a change waits, or it has no final
            status and sentence.
        FormUsedError: the form key stands for something else.
    """
    row = locked(commitment=commitment)
    sent = _sent(CommitmentClosure.objects.filter(form_key=form_key).first(), row, side)
    if sent is not None:
        return sent
    said = ending.strip()
    state = next_state(
        state=row.state,
        event=Event.PROPOSE_CLOSURE,
        actor=Actor.MOVER,
        holding=that_hold(
            {
                Guard.ASSIGNED: not row.unassigned,
                Guard.NO_CHANGE_WAITS: _waiting(CommitmentChange, row) is None,
                Guard.FINAL_STATUS: final_status in FINAL_STATUSES and bool(said),
            }
        ),
    )
    made = CommitmentClosure.objects.create(
        commitment=row,
        side=side,
        reason=said,
        final_status=CommitmentStatus(final_status),
        asked_at=at,
        asked_by=by,
        form_key=form_key,
    )
    row.state = state.value
    _save(row)
    record(action="commitment.closure_proposed", commitment=row, side=side, by=by, at=at)
    tell_of_asked(asked=made, at=at)
    return made


@transaction.atomic
def answer(
    *,
    asked: CommitmentChange | CommitmentClosure,
    event: Event,
    side: Side,
    by: User,
    at: datetime,
    reason: str = "",
) -> Commitment:
    """Accept, refuse or take back what was asked, once; the same of the same person is one.

    An accepted change holds from then on, and keeps what was. A confirmed closure closes the
    commitment: from then on nothing of it changes.

    Raises:
        CommitmentRefusedError: another side takes this step, it does not wait any more, or a
            refusal has no reason.
    """
    row = locked(commitment=asked.commitment)
    held = type(asked).objects.get(pk=asked.pk)
    reached = _ANSWERS[event]
    if held.state == reached and held.answered_by_id == by.pk:
        return row
    said = reason.strip()
    state = next_state(
        state=row.state,
        event=event,
        actor=actor_of(side=side, mover=held.side),
        holding=that_hold(
            {
                Guard.STILL_WAITS: held.state == AskedState.WAITS,
                Guard.REASON_GIVEN: bool(said),
            }
        ),
    )
    held.state, held.answered_at, held.answered_by = reached, at, by
    held.refused_reason = said if reached == AskedState.REFUSED else ""
    held.save()
    row.state = state.value
    if reached == AskedState.ACCEPTED:
        _accept(row, held, at)
    _save(row)
    record(
        action=f"commitment.{event.value.replace('-', '_')}",
        commitment=row,
        side=side,
        by=by,
        at=at,
    )
    tell_of_asked(asked=held, at=at)
    return row


@transaction.atomic
def send_back(
    *, update: CommitmentUpdate, side: Side | None, comment: str, by: User, at: datetime
) -> CommitmentUpdateReturn:
    """Ask the side that gave an update for another one, and say why; it stays as it was given.

    `side` is the other side; None for the national team. Sent twice by the same person, it is
    stored once.

    Raises:
        CommitmentRefusedError: it is the side's own, not its newest, sent back already, or of a
            commitment that is not agreed; or there is no comment.
    """
    row = locked(commitment=update.commitment)
    before = CommitmentUpdateReturn.objects.filter(update=update).first()
    if before is not None and before.by_id == by.pk and before.comment == comment.strip():
        return before
    newest = row.updates.filter(side=update.side).order_by("-at", "-pk")[0]
    next_state(
        state=row.state,
        event=Event.SEND_BACK,
        actor=actor_of(side=side, mover=update.side),
        holding=that_hold(
            {
                Guard.NEWEST_OF_ITS_SIDE: newest.pk == update.pk,
                Guard.NOT_SENT_BACK_YET: before is None,
                Guard.COMMENT_GIVEN: bool(comment.strip()),
            }
        ),
    )
    made = CommitmentUpdateReturn.objects.create(
        update=update,
        side=side.value if side is not None else "",
        comment=comment.strip(),
        at=at,
        by=by,
    )
    record(action="commitment.update_sent_back", commitment=row, side=side, by=by, at=at)
    tell_of_returned(update=update, at=at)
    return made


def take_back_all(*, commitment: Commitment, at: datetime) -> None:
    """Take back what waits, since its bodies change; the caller holds the transaction."""
    for kind in (CommitmentChange, CommitmentClosure):
        kind.objects.filter(commitment=commitment, state=AskedState.WAITS).update(
            state=AskedState.TAKEN_BACK, answered_at=at
        )


def _accept(row: Commitment, asked: CommitmentChange | CommitmentClosure, at: datetime) -> None:
    if isinstance(asked, CommitmentChange):
        row.title, row.description = asked.title, asked.description
        row.target_date, row.no_date_reason = asked.target_date, asked.no_date_reason
        row.visibility = asked.visibility
    else:
        row.final_status, row.closed_at = asked.final_status, at
        row.needs_reconfirmation = False
        forget_all(commitments=[row])


def _sent(found: _Asked | None, row: Commitment, side: Side) -> _Asked | None:
    if found is not None and (found.commitment_id, found.side) != (row.pk, side):
        raise FormUsedError("This form was sent before. Open the page again.")
    return found


def _waiting(kind: type[_Asked], row: Commitment) -> _Asked | None:
    return kind.objects.filter(commitment=row, state=AskedState.WAITS).first()


def _save(row: Commitment) -> None:
    row.version += 1
    row.save()
