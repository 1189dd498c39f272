"""What is asked of own views."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple, TypeVar
from uuid import UUID

from authorities.models import Membership, Pair, PairOverlap, Role
from duty.deadlines import london_date
from duty.models import Round, RoundState
from engagement.models import OwnView, Pick, SideView, StatementPick

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


def takes_views(*, round: Round, at: datetime) -> bool:
    """Whether views may be written: the round is open and its last day for edits not over."""
    return round.state == RoundState.OPEN and london_date(now=at) <= round.edits_until


def signatories_of(*, pair: Pair, side: str) -> tuple[str, ...]:
    """Return the names of the people who may confirm the side's view."""
    body_id = pair.authority_id if side == "sa" else pair.board_id
    return tuple(
        Membership.objects.current()
        .filter(body_id=body_id, role=Role.SIGNATORY)
        .order_by("user__full_name", "pk")
        .values_list("user__full_name", flat=True)
    )
