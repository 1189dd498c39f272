"""Completing a section of an invented return, what is unusual about its answers included."""

from datetime import datetime

from authorities.models import User
from duty.actions import returns
from duty.models import DutyReturn
from duty.queries.loaded import load
from duty.queries.returns import earlier_submission
from duty.queries.soft_warnings import decisions_of, open_warnings

_WHY = "Nothing has changed since, so the words still hold."


def complete_section(made: DutyReturn, *, section: str, by: User, at: datetime) -> None:
    """Mark a section complete; an invented reason stands for each soft warning."""
    loaded = load(round_=made.round, authority=made.authority)
    warnings = open_warnings(
        loaded=loaded,
        last=earlier_submission(round_=made.round, authority=made.authority),
        decisions=decisions_of(loaded=loaded),
        now=at,
    )
    returns.mark_section_complete(
        duty_return=made,
        section=section,
        warning_reasons={one.key: _WHY for one in warnings},
        by=by,
        at=at,
    )
