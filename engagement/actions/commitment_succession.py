"""Passes commitments on when their pair ends: to the pair that follows, or to whoever is chosen."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction

from authorities import audit
from authorities.models import Body, Pair, User
from engagement.actions.commitment_answers import take_back_all
from engagement.actions.commitment_drafts import forget_all
from engagement.actions.commitment_messages import tell_of_moved
from engagement.actions.commitment_rows import that_hold
from engagement.commitment_lifecycle import Actor, Event, Guard, next_state
from engagement.models import Commitment, PossiblePair, Side
from engagement.queries import commitment_origins


def pass_on(
    *, pair: Pair, successors: Sequence[Pair], on: date, by: User | None, at: datetime
) -> None:
    """Pass on what a pair that ends still has open; what is declined or met by both stays.

    Where one pair follows, the commitment moves there; where several do, or none, it stays and is
    unassigned. Either way both sides are asked to confirm it again. The caller holds the
    transaction.
    """
    # Whoever wrote them spoke for a body of the pair that ends.
    forget_all(commitments=Commitment.objects.filter(pair=pair))
    for row in commitment_origins.open_of_pairs(pairs=[pair]):
        row.state = next_state(state=row.state, event=Event.MOVE, actor=Actor.CHANGE).value
        take_back_all(commitment=row, at=at)
        row.origin_pair, row.moved_on = pair, on
        row.needs_reconfirmation = True
        row.authority_reconfirmed_at = row.board_reconfirmed_at = None
        row.unassigned = len(successors) != 1
        if not row.unassigned:
            row.pair = successors[0]
        row.version += 1
        row.save()
        _offer(commitment=row, pairs=successors if row.unassigned else [])
        tell_of_moved(commitment=row, at=at)
        audit.record(
            action="commitment.unassigned" if row.unassigned else "commitment.moved",
            target=row,
            by=by,
            at=at,
            body=pair.board,
            origin_pair=str(pair.pk),
            pairs=[str(one.pk) for one in successors],
        )
    # What nobody had chosen a pair for may have been meant for this one.
    for offered in PossiblePair.objects.filter(pair=pair).select_related("commitment"):
        _offer(commitment=offered.commitment, pairs=successors)
        offered.delete()
        tell_of_moved(commitment=offered.commitment, at=at)


@transaction.atomic
def assign(
    *, commitment: Commitment, pair: Pair, side: Side, body: Body, by: User, at: datetime
) -> Commitment:
    """Choose the pair that goes on with an unassigned commitment; both sides then confirm it again.

    `body` is the one for which the person chooses, on `side`.

    Raises:
        CommitmentRefusedError: it is not unassigned any more, or the pair is none of those that
            follow.
    """
    row = Commitment.objects.select_for_update().get(pk=commitment.pk)
    if not row.unassigned and row.pair_id == pair.pk:
        return row
    next_state(
        state=row.state,
        event=Event.ASSIGN,
        actor=Actor.MOVER,
        holding=that_hold(
            {
                Guard.UNASSIGNED: row.unassigned,
                Guard.FOLLOWS: PossiblePair.objects.filter(commitment=row, pair=pair).exists(),
            }
        ),
    )
    row.pair, row.unassigned = pair, False
    row.version += 1
    row.save()
    PossiblePair.objects.filter(commitment=row).delete()
    tell_of_moved(commitment=row, at=at)
    audit.record(
        action="commitment.assigned",
        target=row,
        by=by,
        at=at,
        body=body,
        side=str(side.value),
        pair=str(pair.pk),
    )
    return row


def _offer(*, commitment: Commitment, pairs: Iterable[Pair]) -> None:
    for pair in pairs:
        PossiblePair.objects.get_or_create(commitment=commitment, pair=pair)
