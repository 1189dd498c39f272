"""Where commitments came from after a reorganisation, and where they may go."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from authorities.models import Pair
from authorities.queries.dated import Names, names_on
from engagement.commitment_lifecycle import OPEN_STATES
from engagement.models import (
    Commitment,
    CommitmentState,
    CommitmentStatus,
    PossiblePair,
    Side,
)


@dataclass(frozen=True)
class Origin:
    """Where a commitment came from.

    authority, board: what the bodies of the old pair were called on its last day.
    waits_for: sides that have not yet confirmed it again; none once both have.
    """

    authority: str
    board: str
    moved_on: date
    unassigned: bool
    needs_reconfirmation: bool
    waits_for: frozenset[Side]


@dataclass(frozen=True)
class PossibleChoice:
    """A pair that may go on with a commitment, as it is called on the day."""

    pair: Pair
    authority: str
    board: str


@dataclass(frozen=True)
class PassedOn:
    """How many commitments of a pair that ended went on with another one."""

    number: int
    moved_on: date
    authority_slug: str
    authority: str
    board_slug: str
    board: str


def open_of_pairs(*, pairs: Sequence[Pair]) -> list[Commitment]:
    """Return what the pairs still have open: neither declined, closed, nor met in both views.

    What waits to be closed goes on, since somebody has still to answer it.
    """
    rows = Commitment.objects.filter(pair__in=pairs, state__in=OPEN_STATES, unassigned=False)
    met_by_both = Q(
        latest__authority_status=CommitmentStatus.MET, latest__board_status=CommitmentStatus.MET
    )
    return list(
        rows.filter(Q(state=CommitmentState.CLOSING) | ~met_by_both)
        .select_related("pair__authority", "pair__board")
        .order_by("proposed_at", "pk")
    )


def origins_of(*, rows: Sequence[Commitment]) -> dict[UUID, Origin]:
    """Return where those of the rows came from that came from another pair.

    Their `origin_pair` is loaded. One query for each day on which any of them moved.
    """
    moved = [row for row in rows if row.origin_pair is not None and row.moved_on is not None]
    names = {
        day: _names_before(day, [row.origin_pair for row in moved if row.origin_pair])
        for day in {row.moved_on for row in moved if row.moved_on}
    }
    found = {}
    for row in moved:
        if row.origin_pair is None or row.moved_on is None:
            continue
        waits = {
            side
            for side, at in (
                (Side.AUTHORITY, row.authority_reconfirmed_at),
                (Side.BOARD, row.board_reconfirmed_at),
            )
            if at is None
        }
        found[row.pk] = Origin(
            authority=names[row.moved_on].name(row.origin_pair.authority_id),
            board=names[row.moved_on].name(row.origin_pair.board_id),
            moved_on=row.moved_on,
            unassigned=row.unassigned,
            needs_reconfirmation=row.needs_reconfirmation,
            waits_for=frozenset(waits if row.needs_reconfirmation else ()),
        )
    return found


def possible_pairs(*, commitment: Commitment) -> list[Pair]:
    """Return the pairs that may go on with the commitment; none where it has its pair."""
    if not commitment.unassigned:
        return []
    return list(
        Pair.objects.filter(possible_commitments__commitment=commitment)
        .select_related("authority", "board")
        .order_by("authority__slug", "board__slug")
    )


def choices_of(*, commitment: Commitment, on: date) -> tuple[PossibleChoice, ...]:
    """Return the pairs that may go on with the commitment, with names, by name."""
    pairs = possible_pairs(commitment=commitment)
    names = names_on(day=on, bodies=_bodies(pairs))
    return tuple(
        sorted(
            (
                PossibleChoice(
                    pair=pair,
                    authority=names.name(pair.authority_id),
                    board=names.name(pair.board_id),
                )
                for pair in pairs
            ),
            key=lambda choice: (choice.authority, choice.board),
        )
    )


def offered_to(*, which: Q) -> QuerySet[PossiblePair, UUID]:
    """Return the keys of commitments that pairs may go on with; `which` is of possible pairs."""
    found: QuerySet[PossiblePair, UUID] = PossiblePair.objects.filter(
        which, commitment__unassigned=True
    ).values_list("commitment_id", flat=True)
    return found


def unassigned_of_bodies(*, body_ids: Iterable[UUID], side: Side) -> dict[UUID, int]:
    """Return how many unassigned commitments each body may go on with."""
    body = "pair__authority_id" if side == Side.AUTHORITY else "pair__board_id"
    rows = (
        PossiblePair.objects.filter(**{f"{body}__in": list(body_ids)})
        .values_list(body)
        .annotate(number=Count("commitment", distinct=True))
        .order_by(body)
    )
    return dict(rows)


def passed_on_by(*, pair: Pair, on: date) -> tuple[PassedOn, ...]:
    """Return where commitments of the pair went when it ended, by day and name."""
    rows = list(
        Commitment.objects.filter(origin_pair=pair, unassigned=False)
        .exclude(pair=pair)
        .order_by("moved_on", "pair__authority__slug", "pair__board__slug")
        .values_list(
            *("moved_on", "pair__authority_id", "pair__authority__slug"),
            *("pair__board_id", "pair__board__slug"),
        )
        .annotate(number=Count("pk"))
    )
    if not rows:
        return ()
    names = names_on(day=on, bodies={body for row in rows for body in (row[1], row[3])})
    return tuple(
        PassedOn(
            number=number,
            moved_on=moved_on,
            authority_slug=authority_slug,
            authority=names.name(authority),
            board_slug=board_slug,
            board=names.name(board),
        )
        for moved_on, authority, authority_slug, board, board_slug, number in rows
        if moved_on is not None
    )


def _names_before(day: date, pairs: Sequence[Pair]) -> Names:
    return names_on(day=day - timedelta(days=1), bodies=_bodies(pairs))


def _bodies(pairs: Iterable[Pair]) -> list[UUID]:
    return [body for pair in pairs for body in (pair.authority_id, pair.board_id)]
