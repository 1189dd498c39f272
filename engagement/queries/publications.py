"""What is asked of the publication of a round: what would be published, what was, by whom."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from authorities.models import User
from duty.models import (
    DutyReturn,
    ExpectedReturn,
    ReturnState,
    Round,
    RoundHappening,
    RoundState,
    Submission,
)
from duty.round_lifecycle import RoundEvent
from engagement.models import Placement, Publication, PublishedReturn
from engagement.queries import pairs as pair_queries
from outcomes.models import RecomputeRequest

# The newest of these says whether a proposal waits for its second person.
_SETTLING = (
    RoundEvent.PROPOSE,
    RoundEvent.TAKE_BACK,
    RoundEvent.APPROVE,
    RoundEvent.CORRECT,
    RoundEvent.REOPEN_REPLY,
    RoundEvent.MOVE_PUBLICATION,
)


@dataclass(frozen=True)
class Proposal:
    """A publication that waits for its second person; `digest` says what it is about."""

    by: User
    at: datetime
    reason: str
    digest: str


@dataclass(frozen=True)
class WaitingProposal:
    """A round whose publication, or correction, somebody has proposed."""

    round: Round
    by: User
    at: datetime


@dataclass(frozen=True)
class ReturnToPublish:
    """An expected return as it now stands: its newest submission, or none."""

    authority_id: UUID
    submission_id: UUID | None
    accepted: bool


def proposal_of(*, round_: Round) -> Proposal | None:
    """Return what waits for a second person, None where nothing does."""
    last = (
        RoundHappening.objects.filter(round=round_, type__in=[one.value for one in _SETTLING])
        .select_related("actor")
        .order_by("-at", "-pk")
        .first()
    )
    if last is None or last.type != RoundEvent.PROPOSE.value or last.actor is None:
        return None
    return Proposal(
        by=last.actor, at=last.at, reason=last.reason, digest=str(last.payload["content"])
    )


def waiting_proposals() -> tuple[WaitingProposal, ...]:
    """Return what waits for its second person in any round, the oldest first; from one query."""
    newest = (
        RoundHappening.objects.filter(
            round__state__in=[RoundState.FINALISING, RoundState.PUBLISHED],
            type__in=[one.value for one in _SETTLING],
        )
        .select_related("actor", "round")
        .order_by("round_id", "-at", "-pk")
        .distinct("round_id")
    )
    waiting = [
        WaitingProposal(round=row.round, by=row.actor, at=row.at)
        for row in newest
        if row.type == RoundEvent.PROPOSE.value and row.actor is not None
    ]
    return tuple(sorted(waiting, key=lambda one: (one.at, one.round.slug)))


def embargoed(*, round_: Round) -> Publication | None:
    """Return the approved revision that nobody outside the centre may see yet."""
    return (
        Publication.objects.embargoed()
        .filter(round=round_)
        .select_related("proposed_by", "approved_by")
        .order_by("-number")
        .first()
    )


def standing(*, round_: Round) -> Publication | None:
    """Return the newest approved revision, whether or not its instant has come."""
    return Publication.objects.standing().filter(round=round_).order_by("-number").first()


def visible_revisions(*, round_: Round) -> tuple[Publication, ...]:
    """Return the revisions that everybody may see, the newest first."""
    return tuple(
        Publication.objects.visible()
        .filter(round=round_)
        .select_related("proposed_by", "approved_by")
        .order_by("-number")
    )


def returns_to_publish(*, round_: Round) -> tuple[ReturnToPublish, ...]:
    """Return each expected return with its newest submission, from three queries."""
    expected = ExpectedReturn.objects.filter(round=round_).values_list("authority_id", flat=True)
    newest: dict[UUID, UUID] = dict(
        Submission.objects.filter(duty_return__round=round_)
        .order_by("number")
        .values_list("duty_return__authority_id", "pk")
    )
    accepted = set(
        DutyReturn.objects.filter(round=round_, state=ReturnState.ACCEPTED).values_list(
            "authority_id", flat=True
        )
    )
    return tuple(
        ReturnToPublish(authority_id=key, submission_id=newest.get(key), accepted=key in accepted)
        for key in sorted(expected)
    )


def returns_of(*, publication: Publication) -> tuple[PublishedReturn, ...]:
    """Return what a revision says of each expected return, by address."""
    return tuple(
        PublishedReturn.objects.filter(publication=publication)
        .select_related("authority", "submission")
        .defer("submission__content")
        .order_by("authority__slug", "pk")
    )


def content_digest(*, round_: Round) -> str:
    """Return the hash of what would be published now: two people must mean the same."""
    placed = Placement.objects.filter(round=round_).order_by("pair_id")
    canonical = json.dumps(
        [
            [[str(key), value] for key, value in placed.values_list("pair_id", "input_hash")],
            [
                [str(one.authority_id), str(one.submission_id), one.accepted]
                for one in returns_to_publish(round_=round_)
            ],
        ]
    )
    return hashlib.sha256(canonical.encode()).hexdigest()


def is_complete(*, round_: Round) -> bool:
    """Return whether exactly the pairs of the round's day have a placement, or “not assessed”."""
    placed = set(Placement.objects.filter(round=round_).values_list("pair_id", flat=True))
    return bool(placed) and placed == set(pair_queries.expected_pairs(on=round_.geography_date))


def waits_for_recompute(*, round_: Round) -> bool:
    """Return whether the ledger holds something that may still change a placement of the round."""
    subjects = [round_.pk, *pair_queries.expected_pairs(on=round_.geography_date)]
    return RecomputeRequest.objects.filter(
        subject_id__in=subjects, finished_at__isnull=True
    ).exists()
