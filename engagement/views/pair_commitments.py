"""The part of the pair's page that is about commitments."""

from datetime import date

from authorities.access import Visitor
from authorities.models import Pair
from authorities.permissions import Permission
from engagement.access import may_read_commitments, own_sides
from engagement.models import Side
from engagement.presenters import pair_commitments as presenter
from engagement.queries import commitments as queries
from engagement.queries.public_commitments import public_page


def commitments_block(
    visitor: Visitor, *, pair: Pair, on: date, page: int = 1
) -> presenter.PairCommitmentsBlock:
    """Return what this visitor may see of the pair's commitments.

    `pair` comes with its authority and board loaded. `page` is of what is public.
    """
    if not may_read_commitments(visitor, pair=pair):
        return presenter.public_block(found=public_page(pair=pair, page=page))
    editing = own_sides(visitor, pair=pair, permission=Permission.COMMITMENT_EDIT)
    signing = own_sides(visitor, pair=pair, permission=Permission.COMMITMENT_CONFIRM)
    own = next((side for side in Side if side in editing), None)
    return presenter.insiders_block(
        pair=pair,
        found=queries.commitments_of_pair(pair=pair, on=on),
        own=own,
        on=on,
        may_edit=own is not None,
        may_confirm=own in signing,
    )
