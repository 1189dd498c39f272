"""What a change of bodies concerns in engagement: what was said of pairs, and what is half said."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from authorities.models import Pair, PairOverlap
from duty.models import Round, RoundState
from engagement.models import (
    Assessment,
    Lever,
    OwnView,
    PartnerView,
    Placement,
    PublishedPlacement,
    Side,
    ViewState,
)
from engagement.queries.own_views import closings_of
from engagement.queries.placements import WORKING_STATES, current_publications


@dataclass(frozen=True)
class ViewsToFinish:
    """A body that has views of its own to finish in a round, and until when."""

    body_id: UUID
    round: Round
    until: date


def published_by_pair(*, pairs: Sequence[Pair]) -> dict[UUID, int]:
    """Return how many published placements each pair has, one a round."""
    return _by_pair(
        PublishedPlacement.objects.filter(pair__in=pairs, publication__in=current_publications())
    )


def working_by_pair(*, pairs: Sequence[Pair]) -> dict[UUID, int]:
    """Return how many placements of each pair are still worked on."""
    return _by_pair(Placement.objects.filter(pair__in=pairs, round__state__in=WORKING_STATES))


def views_by_pair(*, pairs: Sequence[Pair]) -> dict[UUID, int]:
    """Return how many own views of each pair stand in rounds that are not published."""
    return _by_pair(OwnView.objects.filter(pair__in=pairs, round__state__in=WORKING_STATES))


def assessments_by_pair(*, pairs: Sequence[Pair]) -> dict[UUID, int]:
    """Return how many national views of each pair stand in rounds that are not published."""
    return _by_pair(Assessment.objects.filter(pair__in=pairs, round__state__in=WORKING_STATES))


def partner_views_of(*, pairs: Sequence[Pair]) -> int:
    """Return how many views of the other side there are of the pairs."""
    return PartnerView.objects.filter(pair__in=pairs).count()


def levers_of(*, bodies: Collection[UUID]) -> int:
    """Return how many levers the bodies have on record."""
    return Lever.objects.filter(authority__in=list(bodies)).count()


def replies_to_give(*, body_ids: Collection[UUID], on: date) -> list[ViewsToFinish]:
    """Return the bodies that may still reply to a finding, in rounds whose reply is not over.

    Only rounds that count bodies as at an earlier day: they ask the bodies that there were then.
    """
    rounds = (
        Round.objects.counted()
        .filter(
            state__in=[RoundState.OPEN, RoundState.CLOSED, RoundState.IN_REPLY],
            reply_closes_on__gte=on,
            geography_date__lt=on,
        )
        .order_by("reply_closes_on", "pk")
    )
    found = []
    for round in rounds:
        asked = (
            PairOverlap.objects.as_at(round.geography_date)
            .filter(
                Q(pair__authority__in=body_ids) | Q(pair__board__in=body_ids),
                sliver=False,
                planned=False,
            )
            .values_list("pair__authority_id", "pair__board_id")
        )
        replying = {body for pair in asked for body in pair if body in body_ids}
        closes = round.reply_closes_on
        if closes is not None:
            found += [
                ViewsToFinish(body_id=body, round=round, until=closes) for body in sorted(replying)
            ]
    return found


def _by_pair(rows: QuerySet[Any]) -> dict[UUID, int]:
    return dict(rows.values_list("pair_id").annotate(number=Count("pk")).order_by("pair_id"))


def views_to_finish(*, body_ids: Collection[UUID], on: date) -> list[ViewsToFinish]:
    """Return the bodies with views that are not confirmed, in rounds that take views on the day.

    Only rounds that count bodies as at an earlier day: they ask the bodies that there were then.
    """
    found = []
    rounds = (
        Round.objects.counted()
        .filter(state__in=[RoundState.OPEN, RoundState.CLOSED], geography_date__lt=on)
        .order_by("edits_until", "pk")
    )
    for round in rounds:
        closings = closings_of(round=round, body_ids=body_ids)
        open_for = {key: one for key, one in closings.items() if one.takes_work_on(day=on)}
        if not open_for:
            continue
        confirmed = set(
            OwnView.objects.filter(round=round, state=ViewState.CONFIRMED).values_list(
                "pair_id", "side"
            )
        )
        asked = (
            PairOverlap.objects.as_at(round.geography_date)
            .filter(
                Q(pair__authority__in=body_ids) | Q(pair__board__in=body_ids),
                sliver=False,
                planned=False,
            )
            .values_list("pair_id", "pair__authority_id", "pair__board_id")
        )
        waiting = {
            body
            for pair, authority, board in asked
            for body, side in ((authority, Side.AUTHORITY), (board, Side.BOARD))
            if body in open_for and (pair, side.value) not in confirmed
        }
        found += [
            ViewsToFinish(body_id=body, round=round, until=open_for[body].edits_until)
            for body in sorted(waiting)
        ]
    return found


def pairs_of_bodies(*, body_ids: Iterable[UUID], on: date) -> list[UUID]:
    """Return the pairs that the bodies have on the day."""
    ids = list(body_ids)
    return list(
        PairOverlap.objects.as_at(on)
        .filter(Q(pair__authority__in=ids) | Q(pair__board__in=ids))
        .order_by("pair_id")
        .values_list("pair_id", flat=True)
    )
