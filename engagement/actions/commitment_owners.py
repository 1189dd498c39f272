"""Names who owns a commitment on a side: somebody of the side's own body."""

from datetime import datetime

from django.db import transaction

from authorities.models import User
from engagement.actions.commitment_rows import locked, record, that_hold
from engagement.commitment_lifecycle import Actor, Event, Guard, next_state
from engagement.models import Commitment, CommitmentOwner, Side
from engagement.queries.commitment_owners import body_id_of, offered


@transaction.atomic
def name_owner(
    *, commitment: Commitment, side: Side, person: User | None, by: User, at: datetime
) -> CommitmentOwner | None:
    """Name the person who owns it on a side, or nobody. The same said again changes nothing.

    Raises:
        CommitmentRefusedError: it is settled, has no pair, or the person has no role at the side's
            body.
    """
    row = locked(commitment=commitment)
    held = CommitmentOwner.objects.filter(commitment=row, side=side).first()
    if (held.person_id if held else None) == (person.pk if person else None):
        return held
    is_own = person is None or (
        offered(body_id=body_id_of(commitment=row, side=side)).filter(pk=person.pk).exists()
    )
    next_state(
        state=row.state,
        event=Event.NAME_OWNER,
        actor=Actor.MOVER,
        holding=that_hold(
            {Guard.ASSIGNED: not row.unassigned, Guard.OWNER_OF_THE_BODY: is_own},
        ),
    )
    before = str(held.person_id) if held else ""
    if person is None:
        if held is not None:
            held.delete()
        held = None
    elif held is None:
        held = CommitmentOwner.objects.create(commitment=row, side=side, person=person)
    else:
        held.person = person
        held.save()
    record(
        action="commitment.owner_named",
        commitment=row,
        side=side,
        by=by,
        at=at,
        before=before,
        after=str(person.pk) if person else "",
    )
    return held
