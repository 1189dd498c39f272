"""Writes a side's own view: draft, confirm, reopen. Each change asks for its pair's placement."""

from collections.abc import Mapping
from datetime import datetime

from authorities.models import Pair, User
from duty.models import Round
from engagement.actions import side_views
from engagement.actions.side_views import (
    Choice,
    EvidenceMissingError,
    ForeignThemeError,
    PairNotExpectedError,
    ReasonMissingError,
    RoundClosedError,
    StaleViewError,
    UnansweredThemesError,
    ViewLockedError,
    choices_of,
    finding_of,
)
from engagement.models import Level, OwnView, Side
from outcomes import recompute
from outcomes.models import Subject

__all__ = [
    "Choice",
    "EvidenceMissingError",
    "ForeignThemeError",
    "PairNotExpectedError",
    "ReasonMissingError",
    "RoundClosedError",
    "StaleViewError",
    "UnansweredThemesError",
    "ViewLockedError",
    "choices_of",
    "confirm",
    "finding_of",
    "reopen",
    "save_picks",
]


def _ask_for_placement(view: OwnView, action: str, at: datetime) -> None:
    recompute.request(subject=Subject.PAIR, subject_id=view.pair_id, reason=action, at=at)


OWN = side_views.Kind(name="own_view", model=OwnView, follows=_ask_for_placement)


def save_picks(
    *,
    pair: Pair,
    round: Round,
    side: Side,
    choices: Mapping[str, Choice],
    expected_version: int,
    by: User,
    at: datetime,
) -> OwnView:
    """Store the draft of a side's own view; see `side_views.save_picks`."""
    return side_views.save_picks(
        kind=OWN,
        pair=pair,
        round=round,
        side=side,
        choices=choices,
        expected_version=expected_version,
        by=by,
        at=at,
    )


def confirm(
    *,
    view: OwnView,
    level: Level,
    changed_reason: str,
    expected_version: int,
    by: User,
    at: datetime,
) -> OwnView:
    """Fix the level of a side's own view; see `side_views.confirm`."""
    return side_views.confirm(
        kind=OWN,
        view=view,
        level=level,
        changed_reason=changed_reason,
        expected_version=expected_version,
        by=by,
        at=at,
    )


def reopen(*, view: OwnView, reason: str, expected_version: int, by: User, at: datetime) -> OwnView:
    """Make a confirmed own view a draft again; see `side_views.reopen`."""
    return side_views.reopen(
        kind=OWN, view=view, reason=reason, expected_version=expected_version, by=by, at=at
    )
