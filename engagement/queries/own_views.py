"""What is asked of own views."""

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple, TypeVar
from uuid import UUID

from authorities.models import Membership, Pair, PairOverlap, Role
from duty.models import ExpectedReturn, Round, RoundState
from duty.queries.loaded import Closing, closing_of
from engagement.models import OwnView, Pick, Side, SideView, StatementPick, ViewState

V = TypeVar("V", bound=SideView)


def view_of(*, round: Round, pair: Pair, side: str) -> OwnView | None:
    """Return the side's own view of the pair in the round, None where nobody has started it."""
    return side_view_of(model=OwnView, round=round, pair=pair, side=side)


def side_view_of(*, model: type[V], round: Round, pair: Pair, side: str) -> V | None:
    """Return what the side says by views of a kind, None where nobody has started it."""
    return (
        model._default_manager.select_related("updated_by", "confirmed_by")
        .filter(round=round, pair=pair, side=side)
        .first()
    )


def picks_of(*, view: SideView | None) -> tuple[StatementPick, ...]:
    """Return the picks of a view with their themes, in the rubric's order."""
    if view is None:
        return ()
    return tuple(view.picks.select_related("theme").order_by("theme__order", "pk"))


class Picked(NamedTuple):
    """The statement that was picked for a theme, and what shows it."""

    level: str
    evidence_title: str
    evidence_url: str


def picks_by_view(*, views: Collection[OwnView]) -> dict[UUID, dict[str, Picked]]:
    """Return the picks of many views, by view and then by theme code; one query."""
    found: dict[UUID, dict[str, Picked]] = {view.pk: {} for view in views}
    rows = Pick.objects.filter(view__in=views).values_list(
        "view_id", "theme__code", "level", "evidence_title", "evidence_url"
    )
    for view, code, *said in rows:
        found[view][code] = Picked(*said)
    return found


def is_expected(*, round: Round, pair: Pair) -> bool:
    """Whether the pair is one of the round: an overlap above the threshold, both established."""
    return PairOverlap.objects.filter(
        pair=pair, valid__contains=round.geography_date, sliver=False, planned=False
    ).exists()


def round_for_views() -> Round | None:
    """Return the round that takes views, or else the last one that did; never a test round."""
    begun = Round.objects.counted().exclude(state__in=[RoundState.DRAFT, RoundState.SCHEDULED])
    opened = begun.filter(state=RoundState.OPEN).order_by("-opens_on", "-pk").first()
    return opened or begun.order_by("-opens_on", "-pk").first()


def begun_round(*, slug: str) -> Round | None:
    """Return a round that takes or took views by its name in addresses; never a test round."""
    begun = Round.objects.counted().exclude(state__in=[RoundState.DRAFT, RoundState.SCHEDULED])
    return begun.filter(slug=slug).first()


def closing_for(*, round: Round, pair: Pair, side: str) -> Closing:
    """Return until when a side may work on its view: an authority, as long as on its return.

    An extension is one authority's, for a reason of its own. The ICB reads another engagement, its
    own, and waits for nothing: its view closes with the round, whoever else has more time.
    """
    expected = None
    if side == Side.AUTHORITY:
        expected = ExpectedReturn.objects.filter(round=round, authority=pair.authority_id).first()
    return closing_of(round_=round, expected=expected)


def closings_of(
    *,
    round: Round,
    body_ids: Collection[UUID],
    authority_ids: Collection[UUID] | None = None,
) -> dict[UUID, Closing]:
    """Return until when bodies may work on their views in a round, as `closing_for`.

    Args:
        round: the round.
        body_ids: authorities and ICBs.
        authority_ids: which of them are authorities, where that is known. One query; none where
            there is none of them.
    """
    asked = body_ids if authority_ids is None else authority_ids
    rows = ExpectedReturn.objects.filter(round=round, authority__in=asked) if asked else ()
    extended = {row.authority_id: row for row in rows}
    return {key: closing_of(round_=round, expected=extended.get(key)) for key in body_ids}


def takes_views(*, round: Round, pair: Pair, side: str, at: datetime) -> bool:
    """Whether a side may write its view at a moment, its extension counted."""
    return closing_for(round=round, pair=pair, side=side).is_open(now=at)


def boards_without_views(*, on: date) -> tuple[Round | None, dict[UUID, tuple[Pair, ...]]]:
    """Return the round that takes views on a day, and which ICBs have not confirmed which.

    By ICB, with the pairs whose view it may still write; three queries. Nothing where no round
    takes views on the day.
    """
    round_ = round_for_views()
    if round_ is None or not closing_of(round_=round_, expected=None).takes_work_on(day=on):
        return None, {}
    confirmed = OwnView.objects.filter(round=round_, side=Side.BOARD, state=ViewState.CONFIRMED)
    asked = (
        PairOverlap.objects.as_at(round_.geography_date)
        .filter(sliver=False, planned=False)
        .exclude(pair__in=confirmed.values("pair_id"))
        .select_related("pair__authority", "pair__board")
        .order_by("pair__board__slug", "pair__authority__slug")
    )
    found: dict[UUID, tuple[Pair, ...]] = {}
    for overlap in asked:
        found[overlap.pair.board_id] = (*found.get(overlap.pair.board_id, ()), overlap.pair)
    return round_, found


def signatories_of(*, pair: Pair, side: str) -> tuple[str, ...]:
    """Return the names of the people who may confirm the side's view."""
    body_id = pair.authority_id if side == "sa" else pair.board_id
    return tuple(
        Membership.objects.current()
        .filter(body_id=body_id, role=Role.SIGNATORY)
        .order_by("user__full_name", "pk")
        .values_list("user__full_name", flat=True)
    )
