"""How a commitment stands by both sides' latest updates (pure: no Django, no database)."""

import calendar
from datetime import date

# Two rounds a year: a side that says nothing for six months has let a whole round go by.
# Source: the project's own rule; the client's workflow asks for "no update for a period".
STALE_AFTER_MONTHS = 6
# Nothing more is to be said of what is done.
_DONE = "met"


def views_differ(*, authority_status: str | None, board_status: str | None) -> bool:
    """Return whether both sides have a status and the two are not the same.

    Args:
        authority_status: the authority's latest status; None when it has given none.
        board_status: the ICB's latest status; None when it has given none.

    Returns:
        False when a side has said nothing: silence is not another view.

    Source: the project's own rule.
    """
    if authority_status is None or board_status is None:
        return False
    return authority_status != board_status


def months_before(*, day: date, months: int) -> date:
    """Return the day some calendar months earlier.

    Args:
        day: the day to count back from.
        months: calendar months, 0 or more.

    Returns:
        The same day of that month, or its last day where it has no such day (31 August less six
        months is 28 or 29 February).

    Source: the corresponding date rule, Dodds v Walker [1981] 1 WLR 1027.
    """
    months_since_year_0 = day.year * 12 + day.month - 1 - months
    year, month = divmod(months_since_year_0, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def is_stale(*, status: str | None, since: date | None, on: date) -> bool:
    """Return whether a side has been silent for longer than `STALE_AFTER_MONTHS`.

    Args:
        status: the side's latest status; None when it has given none.
        since: the day of its latest update, or of the agreement where there is none; None for a
            commitment that is not agreed.
        on: the day that is asked about.

    Returns:
        True once the day lies before the same day six months earlier. Never for what is met, nor
        for what is not agreed.

    Source: the project's own rule.
    """
    if status == _DONE or since is None:
        return False
    return since < months_before(day=on, months=STALE_AFTER_MONTHS)


def is_overdue(*, agreed: bool, target_date: date | None, on: date) -> bool:
    """Return whether what was promised by a day is still open after that day.

    Args:
        agreed: whether it is agreed, and neither closed nor asked to be closed.
        target_date: the day by which it was to be done; None where none was promised.
        on: the day that is asked about.

    Returns:
        True from the day after the target date on, whatever both sides say of it. Never for what
        has no date.

    Source: the project's own rule.
    """
    return agreed and target_date is not None and target_date < on


def update_is_due(
    *, status: str | None, updated_on: date | None, since: date, sent_back: bool = False
) -> bool:
    """Return whether a side still owes its update.

    Args:
        status: the side's latest status; None when it has given none.
        updated_on: the day of its latest update; None when there is none.
        since: first day of the open round; between rounds, the day six months earlier.
        sent_back: whether its latest update was sent back.

    Returns:
        True when there is no update from that day on, or it was sent back. Else never for what is
        met.

    Source: the project's own rule: each side says once a round how it stands.
    """
    if sent_back:
        return True
    if status == _DONE:
        return False
    return updated_on is None or updated_on < since
