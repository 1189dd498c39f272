"""The part of the pair's page that is about support: each body sees its own, others what exists."""

from datetime import date

from django.urls import reverse

from authorities.access import Visitor
from authorities.models import Pair
from authorities.permissions import Permission
from engagement.access import own_sides
from engagement.models import OfferState, Side
from engagement.presenters import support as presenter
from engagement.queries import enrolments, peers, support_offers


def support_block(
    visitor: Visitor, *, pair: Pair, group: str | None, on: date
) -> presenter.PairSupport:
    """Return what this visitor may see of the pair's support.

    group: the published group of the pair; None where there is none, or it is not assessed.
    """
    sides = own_sides(visitor, pair=pair, permission=Permission.SUPPORT_READ)
    ids = [pair.authority_id if side == Side.AUTHORITY else pair.board_id for side in sorted(sides)]
    return presenter.PairSupport(
        cards=tuple(
            presenter.enrolment_card(facts=one)
            for one in enrolments.of_pair(pair=pair, body_ids=ids, on=on)
        )
        if ids
        else (),
        links=tuple(
            presenter.link_card(facts=one)
            for one in peers.links_of_bodies(body_ids=ids, on=on, pair_id=pair.pk)
        )
        if ids
        else (),
        offers=tuple(
            presenter.offer_card(facts=one)
            for one in support_offers.offers(states=[OfferState.OPEN])
            if one.group_code == group
        )
        if group
        else (),
        not_assessed=group is None,
        own_urls=tuple(reverse("support:own", args=[one]) for one in ids),
    )
