"""Writes a side's view of the other; `side_views` holds what it shares with the own view.

It never moves a placement, so no change of it asks for a recompute. The centre reads it once it is
confirmed; the other side, once a signatory has released it, and then for good.
"""

from datetime import datetime

from django.db import transaction

from authorities.models import User
from engagement.actions import side_views
from engagement.models import PartnerView, ViewState


class NotConfirmedError(ValueError):
    """A draft is released."""


def _nothing_follows(view: PartnerView, action: str, at: datetime) -> None:
    """Levels and placements rest on other things."""


PARTNER = side_views.Kind(name="partner_view", model=PartnerView, follows=_nothing_follows)


@transaction.atomic
def release(*, view: PartnerView, expected_version: int, by: User, at: datetime) -> PartnerView:
    """Let the other side read statements, level and reason from now on; it is not taken back.

    Releasing what is released changes nothing. A round that takes no views hinders no release.

    Raises:
        NotConfirmedError: it is a draft.
        StaleViewError: somebody changed it since it was read.
    """
    row = side_views.locked(view=view)
    if row.released_at is not None:
        return row
    if row.state != ViewState.CONFIRMED:
        raise NotConfirmedError("Only a confirmed view is released. Confirm it first.")
    if row.version != expected_version:
        choices = side_views.choices_of(view=row)
        raise side_views.stale(view=row, submitted=choices, stored=choices)
    row.released_at, row.released_by = at, by
    side_views.write(kind=PARTNER, view=row, action="released", by=by, at=at)
    return row
