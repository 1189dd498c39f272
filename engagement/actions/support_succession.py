"""Passes support on when its pair ends: to the pair that follows, or to whichever is chosen.

Taking part stays voluntary: what moved is confirmed by the body that goes on with it, and nothing
is asked of a body that has closed.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from authorities import audit
from authorities.models import Body, Pair, User
from engagement.actions import support_messages
from engagement.models import (
    STANDING_ENROLMENTS,
    Ambassador,
    Enrolment,
    EnrolmentState,
    LinkState,
    PeerLink,
    PossibleSupportPair,
    Side,
)
from engagement.queries.support_successions import links_of_ambassador, standing_of_pairs

Row = Enrolment | PeerLink
_ENDED = "A body changed, and no one pair goes on with it. The national team can propose it anew."


class GoesOnRefusedError(ValueError):
    """It cannot go on so; the message says what to do."""

    field = "pair"


def pass_on(
    *, pair: Pair, successors: Sequence[Pair], on: date, by: User | None, at: datetime
) -> None:
    """Pass on what stands of a pair that ends; what is settled stays there.

    Where one pair follows, it moves there. Where several do it waits until a body of them, on its
    side, chooses; where none does it ends. The caller holds the transaction.
    """
    standing = standing_of_pairs(pairs=[pair])
    for ambassador in standing.ambassadors:
        _pass_ambassador(ambassador, pair, successors, on, by, at)
    rows: tuple[Row, ...] = (*standing.enrolments, *standing.links)
    for row in rows:
        row.origin_pair, row.moved_on = row.origin_pair or pair, on
        row.needs_reconfirmation = True
        free = [one for one in successors if not _is_taken(row, one)]
        if len(free) == 1:
            _move(row, free[0])
        elif not free:
            _end(row, at)
        _store(row)
        if len(free) > 1:
            for one in free:
                PossibleSupportPair.objects.create(**_of(row), pair=one)
        if free:
            heirs = [_body_of(row, one) for one in free]
            support_messages.tell_of_going_on(row=row, body_ids=heirs, at=at)
        _record(row, "moved" if len(free) == 1 else "unassigned" if free else "ended", by, at)
    # What nobody had chosen a pair for may have been meant for this one.
    for offered in PossibleSupportPair.objects.filter(pair=pair).select_related(
        "enrolment", "link"
    ):
        waiting = offered.enrolment or offered.link
        assert waiting is not None  # noqa: S101 - a constraint
        offered.delete()
        for one in successors:
            if not _is_taken(waiting, one):
                PossibleSupportPair.objects.get_or_create(**_of(waiting), pair=one)


@transaction.atomic
def go_on(*, row: Row, pair: Pair, body: Body, by: User, at: datetime) -> Row:
    """Say that a body goes on with what moved, or with what it chooses a pair for.

    Args:
        row: that waits to be confirmed.
        pair: the one that goes on with it: where it moved to, or one of those that may.
        body: for which the person acts: the pair's, on the row's side.
        by: a signatory of the body.
        at: when.

    Raises:
        GoesOnRefusedError: the pair is none of those that may, or was chosen otherwise meanwhile.
    """
    held: Row = type(row).objects.select_for_update().get(pk=row.pk)
    possible = PossibleSupportPair.objects.filter(**_of(held))
    if not held.needs_reconfirmation:
        if held.pair_id == pair.pk:
            return held
        raise GoesOnRefusedError("Somebody else has chosen a pair meanwhile. Open it to see which.")
    allowed = set(possible.values_list("pair_id", flat=True)) or {held.pair_id}
    if pair.pk not in allowed or _body_of(held, pair) != body.pk:
        raise GoesOnRefusedError("Choose one of the pairs that follow the one that ended.")
    if pair.pk != held.pair_id and _is_taken(held, pair):
        raise GoesOnRefusedError("This pair takes part already. Choose another one, or leave it.")
    _move(held, pair)
    held.needs_reconfirmation = False
    _store(held)
    possible.delete()
    _record(held, "went_on", by, at)
    return held


def _pass_ambassador(
    row: Ambassador,
    pair: Pair,
    successors: Sequence[Pair],
    on: date,
    by: User | None,
    at: datetime,
) -> None:
    """Move an ambassador with its pair; where no one pair follows it stands down."""
    row.origin_pair, row.moved_on = row.origin_pair or pair, on
    if len(successors) == 1 and not _volunteers(successors[0], row.side):
        row.pair, row.body_id = successors[0], _body_of(row, successors[0])
        row.save()
        _record(row, "moved", by, at)
        return
    row.withdrawn_at, row.withdrawn_by = at, by
    row.save()
    _record(row, "ended", by, at)
    for link in links_of_ambassador(ambassador=row):
        _end(link, at)
        _store(link)
        _record(link, "ended", by, at)


def _volunteers(pair: Pair, side: str) -> bool:
    return Ambassador.objects.filter(pair=pair, side=side, withdrawn_at__isnull=True).exists()


def _of(row: Row) -> dict[str, Any]:
    return {"enrolment": row} if isinstance(row, Enrolment) else {"link": row}


def _body_of(row: Row | Ambassador, pair: Pair) -> UUID:
    key: UUID = pair.authority_id if row.side == Side.AUTHORITY else pair.board_id
    return key


def _is_taken(row: Row, pair: Pair) -> bool:
    """Whether the same stands for that side of the pair already, as after a merger."""
    if isinstance(row, Enrolment):
        return (
            Enrolment.objects.filter(
                offer_id=row.offer_id, pair=pair, side=row.side, state__in=STANDING_ENROLMENTS
            )
            .exclude(pk=row.pk)
            .exists()
        )
    return (
        PeerLink.objects.filter(
            ambassador_id=row.ambassador_id,
            pair=pair,
            side=row.side,
            state__in=[LinkState.OFFERED, LinkState.ACCEPTED],
        )
        .exclude(pk=row.pk)
        .exists()
    )


def _move(row: Row, pair: Pair) -> None:
    row.pair, row.body_id = pair, _body_of(row, pair)


def _end(row: Row, at: datetime) -> None:
    """End what nobody can go on with."""
    row.needs_reconfirmation = False
    if isinstance(row, Enrolment):
        if row.state == EnrolmentState.OFFERED:
            row.state = EnrolmentState.WITHDRAWN
        else:
            row.state, row.finished_at = EnrolmentState.LEFT, at
    elif row.state == LinkState.OFFERED:
        row.state = LinkState.WITHDRAWN
    else:
        row.state, row.ended_at, row.ended_words = LinkState.ENDED, at, _ENDED


def _store(row: Row) -> None:
    if isinstance(row, Enrolment):
        row.version += 1
    row.save()


def _record(row: Row | Ambassador, what: str, by: User | None, at: datetime) -> None:
    noun = {Enrolment: "enrolment", PeerLink: "peer_link", Ambassador: "ambassador"}[type(row)]
    audit.record(
        action=f"{noun}.{what}",
        target=row,
        by=by,
        at=at,
        body=row.body,
        origin_pair=str(row.origin_pair_id),
        pair=str(row.pair_id),
    )
