"""When a role is to be confirmed, and what becomes of one that nobody confirms.

Days are London's. A year counts 365 days from the last confirmation, or from when the role began.
"""

from dataclasses import dataclass
from datetime import date, timedelta

YEAR = timedelta(days=365)
ASKED_BEFORE = timedelta(days=30)
ASKED_AGAIN_BEFORE = timedelta(days=7)
# So long after the year is over, and after somebody was asked, the role ends.
ENDS_AFTER = timedelta(days=14)


@dataclass(frozen=True)
class Standing:
    """How a role stands on a day.

    due_on: the last day of the year; ends_on: the first day without the role, unless confirmed.
    is_asked: whether it is time to confirm it. is_overdue: whether the year is over.
    """

    due_on: date
    ends_on: date
    is_asked: bool
    is_overdue: bool


def standing_of(*, confirmed_on: date, today: date) -> Standing:
    """Return how a role stands that was confirmed, or began, on a day."""
    due = confirmed_on + YEAR
    return Standing(
        due_on=due,
        ends_on=due + ENDS_AFTER,
        is_asked=today >= due - ASKED_BEFORE,
        is_overdue=today > due,
    )


def asked_again_from(*, due_on: date) -> date:
    """Return from which day the second mail may go."""
    return due_on - ASKED_AGAIN_BEFORE


def may_end(*, due_on: date, asked_on: date | None, today: date) -> bool:
    """Say whether the role ends unconfirmed: 14 days over, and 14 days after it was asked for.

    After a night that the job missed, nobody loses a role of which nobody was asked.
    """
    return asked_on is not None and today >= due_on + ENDS_AFTER and today >= asked_on + ENDS_AFTER
