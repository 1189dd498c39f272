"""The part of the pair's page that is about views of the other side: one's own, and released."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from authorities.access import Visitor
from authorities.models import Pair
from authorities.permissions import Permission
from duty.models import Round
from engagement.access import own_sides
from engagement.models import PartnerView, Side, ViewState
from engagement.presenters import partner_views as presenter
from engagement.queries import own_views, partner_views


@dataclass(frozen=True)
class PartnerBlock:
    """Where the own view of the other side is, and what the other side released."""

    other_name: str
    round_name: str
    state_words: str
    started: bool
    url: str
    released: tuple[presenter.PartnerPart, ...]


def partner_block(
    visitor: Visitor,
    *,
    pair: Pair,
    round_: Round | None,
    names: tuple[str, str],
    now: datetime,
) -> PartnerBlock | None:
    """Return what this visitor may see of it; None for who is of neither body.

    With a role on both sides, the authority's is shown.

    round_: the one that takes views, or took them last.
    names: of the authority and of the ICB.
    """
    sides = own_sides(visitor, pair=pair, permission=Permission.PARTNER_VIEW_READ)
    side = next((one for one in Side if one in sides), None)
    if side is None:
        return None
    other = names[1] if side == Side.AUTHORITY else names[0]
    own = (
        own_views.side_view_of(model=PartnerView, round=round_, pair=pair, side=side)
        if round_
        else None
    )
    opens = (
        round_ is not None
        and own_views.takes_views(round=round_, pair=pair, side=side, at=now)
        and own_views.is_expected(round=round_, pair=pair)
    )
    return PartnerBlock(
        other_name=other,
        round_name=round_.name if round_ else "",
        state_words=_state(own) if own is not None or opens else "",
        started=own is not None,
        url=reverse("engagement:partner-view", args=[pair.authority.slug, pair.board.slug]),
        released=presenter.for_the_other_side(
            views=partner_views.released_to(pair=pair, side=side), by=other
        ),
    )


def _state(view: PartnerView | None) -> str:
    if view is None:
        return "Not started"
    if view.final:
        return "Released"
    return str(ViewState(view.state).label)
