"""What the later life of a round asks of engagement; see `duty/actions/round_publication`."""

from datetime import datetime

from authorities.models import User
from duty.models import Round
from duty.round_lifecycle import RoundGuard
from engagement.actions import finding_replies, moderation, publications
from engagement.assessment_lifecycle import SETTLED, State
from engagement.queries import publications as queries
from engagement.queries.assessments import states_of_round

_CLOSED = frozenset({State.FINAL, State.NOT_ASSESSED})


def guards_of(*, round_: Round) -> set[RoundGuard]:
    """Return which facts hold that the table asks of higher apps.

    A pair is settled once its national view is moderated, or it is marked not assessed; its
    replies are resolved once it is final. A test round has no pairs to wait for.
    """
    holding = set()
    states = states_of_round(round=round_).values()
    if round_.is_test or (states and all(state in SETTLED for state in states)):
        holding.add(RoundGuard.PAIRS_SETTLED)
    if round_.is_test or all(state in _CLOSED for state in states):
        holding.add(RoundGuard.REPLIES_RESOLVED)
    if queries.standing(round_=round_) is None:
        holding.add(RoundGuard.NOTHING_APPROVED)
    return holding


def reply_started(*, round_: Round, by: User | None, at: datetime) -> None:
    """Let both bodies of every pair read what was found; what has no reader yet waits for one."""
    moderation.share_all(round=round_, by=by, at=at)


def reply_ended(*, round_: Round, at: datetime) -> None:
    """Take no more replies to what was found."""
    finding_replies.close_window(round=round_, at=at)


def reply_reopened(*, round_: Round, at: datetime) -> None:
    """Take replies again to what is not final yet."""
    finding_replies.reopen_window(round=round_, at=at)


def publish_due(*, round_: Round, at: datetime) -> None:
    """Move a round on whose instant has passed.

    Raises:
        RoundRefusedError: nobody has approved it, or its instant has not come.
    """
    publications.publish_due(round_=round_, at=at)
