"""A second person approves what a body sent in, or returns it with a comment."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from authorities import audit
from authorities.models import User
from authorities.queries.dated import names_on
from outcomes import recompute
from outcomes.actions import observations
from outcomes.actions.approval_messages import tell_of_decision
from outcomes.approval_plan import Decision, Outcome
from outcomes.models import (
    Observation,
    Release,
    ReleaseIndicator,
    ReleaseKind,
    ReleaseState,
    Subject,
)
from outcomes.queries import approvals as queries
from outcomes.queries import places

REASON = "values decided on"
# Version and method of what came before either was kept.
_UNKNOWN = (0, "")


class DecisionRefusedError(ValueError):
    """A release cannot be approved or returned now; the message says why."""


class OwnReleaseError(DecisionRefusedError):
    """Who sent values in asked to approve them."""


class CommentMissingError(DecisionRefusedError):
    """Values were returned without a word of why."""


@dataclass(frozen=True)
class Approved:
    """What an approval published."""

    shown: int
    hidden: int
    same: int
    published_elsewhere: int


@transaction.atomic
def approve(*, release_id: UUID, by: User, at: datetime) -> Approved:
    """Publish what the disclosure rules leave of a release; nobody approves their own.

    Values that a later file of the body has superseded are not published. A value that a national
    publication has stays as it is.

    Raises:
        Release.DoesNotExist: there is no such release of a body.
        OwnReleaseError: the same person sent it in.
        DecisionRefusedError: it was decided already, or nothing of it still stands.
    """
    release = _held(release_id=release_id, by=by)
    # What is public may not change while it is compared, either.
    observations.lock_values(owner=None)
    decisions = queries.decisions_on(release=release, today=timezone.localdate(at))
    if not decisions:
        raise DecisionRefusedError(
            "A later file has replaced every value of this one. Return it, or leave it."
        )
    _decide(release=release, state=ReleaseState.APPROVED, comment="", by=by, at=at)
    _publish(release=release, decisions=decisions, at=at)
    counted = Approved(
        shown=_count(decisions, Outcome.SHOWN),
        hidden=_count(decisions, Outcome.HIDDEN),
        same=_count(decisions, Outcome.SAME),
        published_elsewhere=_count(decisions, Outcome.PUBLISHED_ELSEWHERE),
    )
    # Numbers alone: what was hidden stands in no audit row.
    audit.record(
        action="values.approved",
        target=release,
        body=release.body,
        by=by,
        at=at,
        shown=counted.shown,
        hidden=counted.hidden,
        same=counted.same,
        published_elsewhere=counted.published_elsewhere,
    )
    tell_of_decision(release=release, at=at)
    return counted


@transaction.atomic
def return_to_sender(*, release_id: UUID, comment: str, by: User, at: datetime) -> None:
    """Return a release with a comment; the body corrects it by sending another file.

    Raises:
        Release.DoesNotExist: there is no such release of a body.
        CommentMissingError: the comment is empty.
        DecisionRefusedError: it was decided already.
    """
    if not comment.strip():
        raise CommentMissingError("Say what is to be corrected.")
    release = _held(release_id=release_id, by=None)
    _decide(release=release, state=ReleaseState.RETURNED, comment=comment.strip(), by=by, at=at)
    audit.record(action="values.returned", target=release, body=release.body, by=by, at=at)
    tell_of_decision(release=release, at=at)


def _held(*, release_id: UUID, by: User | None) -> Release:
    release = (
        Release.objects.select_for_update(of=("self",))
        .select_related("body", "created_by")
        .get(pk=release_id, kind=ReleaseKind.BODY)
    )
    if release.state != ReleaseState.SUBMITTED:
        raise DecisionRefusedError(
            "Somebody has decided on these values already. See the decision."
        )
    # No file of the body's is stored between what is read of its values and the decision.
    observations.lock_values(owner=release.body)
    if by is not None and by.pk in queries.sent_in_by(release=release):
        raise OwnReleaseError("You sent these values in, so another person must approve them.")
    return release


def _decide(*, release: Release, state: ReleaseState, comment: str, by: User, at: datetime) -> None:
    release.state = state
    release.comment = comment
    release.decided_by = by
    release.decided_at = at
    release.save(update_fields=["state", "comment", "decided_by", "decided_at"])
    # The body's own pages say how its values stand, also where nothing new is public.
    if release.body_id is not None:
        recompute.request(
            subject=Subject.AUTHORITY, subject_id=release.body_id, reason=REASON, at=at
        )


def _publish(*, release: Release, decisions: Sequence[Decision], at: datetime) -> None:
    """Write the public copy: what is new of it, beside what it supersedes."""
    new = [one for one in decisions if one.shown is not None]
    if not new:
        return
    copy = Release.objects.create(
        kind=ReleaseKind.APPROVED,
        approved_from=release,
        title=f"Sent in by {_name(release, at)}"[:200],
        source=release.source,
        published_on=timezone.localdate(at),
        created_at=at,
    )
    own = Observation.objects.in_bulk([one.figure.key for one in new])
    Observation.objects.filter(pk__in=[one.replaces for one in new if one.replaces]).update(
        superseded_at=at
    )
    Observation.objects.bulk_create(
        [
            Observation(
                indicator_id=own[one.figure.key].indicator_id,
                area_id=own[one.figure.key].area_id,
                period_id=own[one.figure.key].period_id,
                breakdown_id=own[one.figure.key].breakdown_id,
                area_code=own[one.figure.key].area_code,
                release=copy,
                owner=None,
                **asdict(one.shown),
            )
            for one in new
            if one.shown is not None
        ],
        batch_size=2_000,
    )
    _write_contents(release=release, copy=copy, new=new)
    areas = {own[one.figure.key].area_id for one in new}
    for authority in places.authorities_showing(areas=areas, day=timezone.localdate(at)):
        recompute.request(subject=Subject.AUTHORITY, subject_id=authority, reason=REASON, at=at)


def _name(release: Release, at: datetime) -> str:
    bodies = [release.body_id] if release.body_id else []
    return names_on(day=timezone.localdate(at), bodies=bodies).name(*bodies)


def _write_contents(*, release: Release, copy: Release, new: Sequence[Decision]) -> None:
    rows_of = release.contents.values_list("indicator_id", "indicator_version", "method")
    contents = {indicator: (version, method) for indicator, version, method in rows_of}
    rows: dict[int, int] = {}
    for one in new:
        rows[one.figure.indicator] = rows.get(one.figure.indicator, 0) + 1
    ReleaseIndicator.objects.bulk_create(
        [
            ReleaseIndicator(
                release=copy,
                indicator_id=indicator,
                indicator_version=contents.get(indicator, _UNKNOWN)[0],
                method=contents.get(indicator, _UNKNOWN)[1],
                rows=count,
            )
            for indicator, count in rows.items()
        ]
    )


def _count(decisions: Sequence[Decision], outcome: Outcome) -> int:
    return sum(one.outcome is outcome for one in decisions)
