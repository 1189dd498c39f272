"""Corrections of published levels for tests, led by the same actions as the site's."""

from datetime import timedelta

from django.utils import timezone

from authorities.models import Pair, Role, User
from duty.models import Round, RoundState
from engagement.actions import corrections, placements
from engagement.models import Assessment, FindingCorrection, Publication, Side
from tests.factories import engagement as make
from tests.factories.engagement_assessments import central, settle, side_draft

REASON = "A statement was read from the wrong minutes."


def published_round(*, pairs: tuple[Pair, ...], level: str = "high", **said: object) -> Round:
    """A published round in which all pairs are moderated at one level, in revision 1."""
    made = make.earlier_round(state=RoundState.OPEN, **said)
    for pair in pairs:
        for side in ("sa", "icb"):
            make.confirmed(pair=pair, round=made, side=side, level=level)
    settle(round=made)
    placements.recompute_round(round=made, at=make.NOW)
    Round.objects.filter(pk=made.pk).update(
        state=RoundState.FINALISING, publish_at=timezone.now() - timedelta(days=1)
    )
    made.refresh_from_db()
    make.approve(round=made, clock=timezone.now)
    return made


def view_of(*, pair: Pair, round: Round) -> Assessment:
    """The national view of a pair in a round, as it is now."""
    return Assessment.objects.select_related("round", "pair").get(pair=pair, round=round)


def proposed(
    *,
    pair: Pair,
    round: Round,
    side: Side = Side.AUTHORITY,
    level: str | None = "low",
    by: User | None = None,
    reason: str = REASON,
    **said: object,
) -> FindingCorrection:
    """A correction that waits for its second person."""
    held = view_of(pair=pair, round=round)
    return corrections.propose(
        assessment=held,
        side=side,
        draft=side_draft(round=round, side=side, level=level, **said),
        reason=reason,
        expected_version=held.version,
        by=by or central(),
        at=timezone.now(),
    )


def approved(*, correction: FindingCorrection, by: User | None = None) -> Publication:
    """The revision that a correction was published with."""
    held = Assessment.objects.get(pk=correction.assessment_id)
    return corrections.approve(
        correction=correction,
        expected_version=held.version,
        by=by or central(Role.MODERATOR),
        at=timezone.now(),
    )
