"""A person decides what becomes of each difference between a file and the register."""

import re
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from authorities import audit
from authorities.actions.register_feeds import open_feed
from authorities.feed_operations import Entered
from authorities.frozen_json import to_plain
from authorities.models import (
    AuthorityTier,
    AuthorityType,
    Body,
    BodyKind,
    FeedAspect,
    FeedDecision,
    FeedDifference,
    FeedDifferenceKind,
    ReorganisationState,
    User,
)

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class DecisionError(ValueError):
    """A decision lacks something, or does not fit; `field` is what to correct."""

    def __init__(self, field: str, message: str) -> None:
        """Keep which part of the decision it is about."""
        super().__init__(message)
        self.field = field


class StaleDecisionError(ValueError):
    """Somebody else has decided the row since the page was opened."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            "Somebody else has decided this row since you opened it. Reload the page and look "
            "again."
        )


class RowInChangeError(ValueError):
    """The row is part of a change already."""


@dataclass(frozen=True)
class Decision:
    """What somebody makes of a row.

    match: of an added row, the slug of the body of ours that it means; empty for a new body.
    """

    decision: FeedDecision
    reason: str = ""
    match: str = ""
    entered: Entered = field(default_factory=Entered)


@transaction.atomic
def decide(
    *, difference: FeedDifference, version: int, decision: Decision, by: User, at: datetime
) -> None:
    """Take a row, leave it with a reason, or open it again.

    Raises:
        SettledFeedError, StaleDecisionError, RowInChangeError, DecisionError: nothing is stored.
    """
    open_feed(difference.feed_id)
    row = (
        FeedDifference.objects.select_for_update(of=("self",))
        .select_related("reorganisation")
        .get(pk=difference.pk)
    )
    if row.version != version:
        raise StaleDecisionError
    change = row.reorganisation
    if change is not None and change.state != ReorganisationState.CANCELLED:
        raise RowInChangeError(
            "This row is part of a change. Correct the change itself, or cancel it."
        )
    match = _checked(row, decision)
    taken = decision.decision == FeedDecision.TAKE
    row.decision, row.reason = decision.decision, decision.reason.strip()
    row.match, row.reorganisation, row.to_complete = match, None, ""
    row.entered = to_plain(value=decision.entered) if taken else {}
    decided = decision.decision != FeedDecision.UNDECIDED
    row.decided_by, row.decided_at = (by, at) if decided else (None, None)
    row.version += 1
    row.save()
    audit.record(
        action="register_feed.row_decided",
        target=row,
        body=row.body,
        by=by,
        at=at,
        decision=row.decision,
    )


def _checked(row: FeedDifference, decision: Decision) -> Body | None:
    """Return the body of ours that the row means, where it is taken as one."""
    if row.kind == FeedDifferenceKind.UNKNOWN:
        raise DecisionError(
            "decision", "There is nothing to take: the row is of no body that we could place."
        )
    if decision.decision == FeedDecision.LEAVE and not decision.reason.strip():
        raise DecisionError("reason", "Enter why the row is left.")
    if decision.decision != FeedDecision.TAKE:
        return None
    entered = decision.entered
    if row.kind == FeedDifferenceKind.ADDED:
        if decision.match:
            return _match(row, decision.match)
        _check_new_body(row, entered)
    elif row.aspect == FeedAspect.NAME:
        _check_names(entered)
    elif row.kind == FeedDifferenceKind.CLOSED:
        _check_end(row, entered)
    return None


def _match(row: FeedDifference, slug: str) -> Body:
    body = Body.objects.filter(kind=row.body_kind, slug=slug).first()
    if body is None:
        raise DecisionError("match", "Choose one of the bodies, or that it is a new one.")
    others = _taken_beside(row)
    if others.filter(match=body).exists():
        raise DecisionError(
            "match", "Another row of this file is taken as this body. Change one of the two."
        )
    if others.filter(kind=FeedDifferenceKind.CLOSED, body=body).exists():
        raise DecisionError(
            "match",
            "This body ends by another row that is taken. Open that row again first.",
        )
    return body


def _check_new_body(row: FeedDifference, entered: Entered) -> None:
    _check_names(entered)
    slug = entered.slug
    if len(slug) > 100 or not _SLUG.fullmatch(slug):
        raise DecisionError("slug", "Enter an address of small letters, figures and hyphens.")
    if Body.objects.filter(kind=row.body_kind, slug=slug).exists():
        raise DecisionError(
            "slug",
            "There is or was a body with this address, and an address is never used again. Enter "
            "another one.",
        )
    others = _taken_beside(row).filter(kind=FeedDifferenceKind.ADDED, match__isnull=True)
    if others.filter(body_kind=row.body_kind, entered__slug=slug).exists():
        raise DecisionError("slug", "Another row of this file has this address. Enter another.")
    if row.body_kind == BodyKind.INTEGRATED_CARE_BOARD and not (
        Body.objects.filter(kind=BodyKind.NHS_REGION, slug=entered.region).exists()
    ):
        raise DecisionError("region", "Choose the NHS region of the ICB.")
    if row.body_kind == BodyKind.STRATEGIC_AUTHORITY:
        if entered.type not in AuthorityType.values:
            raise DecisionError("type", "Choose the legal type of the authority.")
        if entered.tier not in AuthorityTier.values:
            raise DecisionError("tier", "Choose the tier of the authority.")


def _check_names(entered: Entered) -> None:
    if not entered.name.strip():
        raise DecisionError("name", "Enter the name.")
    if not entered.short_name.strip():
        raise DecisionError("short_name", "Enter the short name.")


def _check_end(row: FeedDifference, entered: Entered) -> None:
    others = _taken_beside(row)
    if row.body is not None and others.filter(match=row.body).exists():
        raise DecisionError(
            "decision",
            "Another row of this file is taken as this body, so it does not end. Leave this row.",
        )
    if not entered.successor:
        return
    is_new = others.filter(
        kind=FeedDifferenceKind.ADDED,
        match__isnull=True,
        body_kind=row.body_kind,
        entered__slug=entered.successor,
    ).exists()
    known = Body.objects.filter(kind=row.body_kind, slug=entered.successor, closed_on__isnull=True)
    if row.body is not None:
        known = known.exclude(pk=row.body.pk)
    if not is_new and not known.exists():
        raise DecisionError("successor", "Choose a body that goes on, or leave it empty.")


def _taken_beside(row: FeedDifference) -> QuerySet[FeedDifference]:
    return FeedDifference.objects.filter(feed=row.feed_id, decision=FeedDecision.TAKE).exclude(
        pk=row.pk
    )
