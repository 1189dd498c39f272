"""What the actions on commitments share: the locked row, who acts, and the audit row."""

from collections.abc import Mapping
from datetime import date, datetime

from authorities import audit
from authorities.models import Body, User
from duty.deadlines import london_date
from engagement.commitment_lifecycle import Actor, Guard
from engagement.models import Commitment, Side


class FormUsedError(ValueError):
    """The form was sent before, for something else."""


class PastDateError(ValueError):
    """What is promised anew would have to be done on a day that is over."""


def locked(*, commitment: Commitment) -> Commitment:
    """Return the row as it is now, held until the transaction ends."""
    return (
        Commitment.objects.select_for_update(of=("self",))
        .select_related("pair__authority", "pair__board")
        .get(pk=commitment.pk)
    )


def actor_of(*, side: Side | None, mover: str) -> Actor:
    """Return who acts: whoever asked, the other side, or the centre where there is no side."""
    if side is None:
        return Actor.CENTRE
    return Actor.MOVER if side == mover else Actor.OTHER


def that_hold(facts: Mapping[Guard, bool]) -> frozenset[Guard]:
    """Return the guards whose facts hold."""
    return frozenset(guard for guard, holds in facts.items() if holds)


def require_no_past_date(*, target_date: date | None, at: datetime) -> None:
    """Let a date through that is still to come.

    Raises:
        PastDateError: it is over.
    """
    if target_date is not None and target_date < london_date(now=at):
        raise PastDateError("The date must be today or later.")


def record(
    *,
    action: str,
    commitment: Commitment,
    side: Side | None,
    by: User,
    at: datetime,
    **detail: object,
) -> None:
    """Write the audit row, at the body of the side that acts; at none for the national team."""
    pair = commitment.pair
    bodies: dict[Side | None, Body] = {Side.AUTHORITY: pair.authority, Side.BOARD: pair.board}
    audit.record(
        action=action,
        target=commitment,
        by=by,
        at=at,
        body=bodies.get(side),
        side=str(side.value) if side is not None else "",
        pair=str(pair.pk),
        **detail,
    )
