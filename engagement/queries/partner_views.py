"""What is asked of views of the other side; each question says who may read its answer."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from authorities.models import Pair
from duty.models import Round
from engagement.models import GroupMap, PartnerPick, PartnerView, RoundRubric, Side, ViewState


def confirmed_of_round(*, round: Round, pair: Pair | None = None) -> tuple[PartnerView, ...]:
    """Return what sides of pairs, or of one, say of the other; for the centre.

    A draft is the body's own, and not among them.
    """
    rows = _rows().filter(round=round, state=ViewState.CONFIRMED)
    if pair is not None:
        rows = rows.filter(pair=pair)
    return tuple(rows.order_by("pair__authority__slug", "pair__board__slug", "side"))


def released_to(*, pair: Pair, side: Side) -> tuple[PartnerView, ...]:
    """Return what the other side released of what it says of this one, the newest round first."""
    return tuple(
        _rows()
        .filter(pair=pair, side=side.other, released_at__isnull=False)
        .defer("private_note")
        .order_by("-round__covers_to", "-round__slug")
    )


def readable(*, body_ids: Collection[UUID], centre: bool) -> QuerySet[PartnerView]:
    """Return the views that people of these bodies, or of the centre, may read.

    The bodies' own, drafts too; what others released of them; for the centre all that is confirmed.
    """
    ids = list(body_ids)
    own = Q(side=Side.AUTHORITY, pair__authority__in=ids) | Q(side=Side.BOARD, pair__board__in=ids)
    of_them = Q(side=Side.BOARD, pair__authority__in=ids) | Q(
        side=Side.AUTHORITY, pair__board__in=ids
    )
    found = own | of_them & Q(released_at__isnull=False)
    if centre:
        found |= Q(state=ViewState.CONFIRMED)
    return (
        _rows()
        .filter(found)
        .order_by(
            *("-round__covers_to", "-round__slug", "pair__authority__slug", "pair__board__slug"),
            "side",
        )
    )


def group_maps_of(*, rounds: Collection[UUID]) -> dict[UUID, GroupMap]:
    """Return the matrix that each round is read by, whose words its levels take."""
    return {
        row.round_id: row.group_map
        for row in RoundRubric.objects.select_related("group_map").filter(round__in=list(rounds))
    }


def _rows() -> QuerySet[PartnerView]:
    picks = PartnerPick.objects.select_related("theme").order_by("theme__order", "pk")
    return PartnerView.objects.select_related(
        "round", "pair__authority", "pair__board", "confirmed_by"
    ).prefetch_related(Prefetch("picks", queryset=picks))
