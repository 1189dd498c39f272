"""How many joint commitments each ICB of an authority has confirmed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Min, Q

from engagement.commitment_lifecycle import PROMISED
from engagement.models import Commitment, CommitmentState, Side


@dataclass(frozen=True)
class Confirmed:
    """The open commitments of one pair.

    asked_at: when the oldest was proposed that awaits the board's answer.
    again: agreed before a reorganisation, and not confirmed by this board since.
    """

    commitments: int
    confirmed: int
    awaits_board: int
    awaits_authority: int
    again: int
    asked_at: datetime | None


def confirmed_by_boards(*, authority_id: UUID, boards: Collection[str]) -> dict[str, Confirmed]:
    """Return, by slug, what boards with a commitment have confirmed; from one query.

    What was declined, or waits for a pair since a reorganisation, is not counted.
    """
    agreed = Q(state__in=[state.value for state in PROMISED])
    again = agreed & Q(needs_reconfirmation=True, board_reconfirmed_at__isnull=True)
    proposed = Q(state=CommitmentState.PROPOSED)
    asked = proposed & Q(proposed_side=Side.AUTHORITY)
    rows = (
        Commitment.objects.filter(
            agreed | proposed,
            unassigned=False,
            pair__authority_id=authority_id,
            pair__board__slug__in=list(boards),
        )
        .order_by()
        .values_list("pair__board__slug")
        .annotate(
            commitments=Count("pk"),
            confirmed=Count("pk", filter=agreed & ~again),
            awaits_board=Count("pk", filter=asked),
            awaits_authority=Count("pk", filter=proposed & Q(proposed_side=Side.BOARD)),
            again=Count("pk", filter=again),
            asked_at=Min("proposed_at", filter=asked),
        )
    )
    return {slug: Confirmed(*counts) for slug, *counts in rows}
