"""What the later life of a round asks of engagement; see `duty/actions/round_publication`."""

from datetime import datetime

from duty.models import Round
from duty.round_lifecycle import RoundGuard
from engagement.actions import publications
from engagement.queries import publications as queries


def guards_of(*, round_: Round) -> set[RoundGuard]:
    """Return which facts hold that the table asks of higher apps.

    Findings are not moderated and not replied to yet, so a pair is settled by its placement, which
    may be “not assessed”, and no reply waits. A test round has no placements to wait for.
    """
    holding = {RoundGuard.REPLIES_RESOLVED}
    if round_.is_test or queries.is_complete(round_=round_):
        holding.add(RoundGuard.PAIRS_SETTLED)
    if queries.standing(round_=round_) is None:
        holding.add(RoundGuard.NOTHING_APPROVED)
    return holding


def publish_due(*, round_: Round, at: datetime) -> None:
    """Move a round on whose instant has passed.

    Raises:
        RoundRefusedError: nobody has approved it, or its instant has not come.
    """
    publications.publish_due(round_=round_, at=at)
