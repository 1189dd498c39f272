"""Publishes a round: copies its working placements as a revision that nothing changes."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from authorities import audit
from authorities.models import Role, User
from duty.actions.round_steps import record
from duty.models import Round, RoundState
from duty.round_lifecycle import RoundEvent
from engagement.actions.publication_messages import tell_of_publication
from engagement.models import Placement, Publication, PublishedPlacement
from engagement.queries import pairs as pair_queries
from outcomes import recompute
from outcomes.models import Subject

_PUBLISHABLE = (
    RoundState.CLOSED,
    RoundState.IN_REPLY,
    RoundState.FINALISING,
    RoundState.PUBLISHED,
)
_COPIED = (
    "pair_id",
    "authority_level",
    "board_level",
    "group",
    "gap",
    "less_engaged",
    "movement",
    "basis",
    "content",
)


class SameApproverError(ValueError):
    """The person who publishes would also approve."""


class RoundNotReadyError(ValueError):
    """The round is still open or a test, or pairs have no placement."""


class RevisionReasonError(ValueError):
    """A correction of a published round must say why."""


@transaction.atomic
def publish_round(
    *, round: Round, by: User, approved_by: User, at: datetime, reason: str = ""
) -> Publication:
    """Publish the round's placements as its next revision.

    Raises:
        SameApproverError, RoundNotReadyError, RevisionReasonError: nothing is published.
    """
    if by.pk == approved_by.pk:
        raise SameApproverError("A second person must approve. Choose somebody else.")
    round = Round.objects.select_for_update(of=("self",)).get(pk=round.pk)
    if round.is_test:
        raise RoundNotReadyError(f"{round.name} is a test round. It is never published.")
    if round.state not in _PUBLISHABLE:
        raise RoundNotReadyError(f"{round.name} is not closed yet. Close it first.")
    placements = list(Placement.objects.filter(round=round).order_by("pair_id"))
    expected = set(pair_queries.expected_pairs(on=round.geography_date))
    if not placements or expected != {placement.pair_id for placement in placements}:
        raise RoundNotReadyError(
            f"The placements of {round.name} are not up to date. Compute them again first."
        )
    latest = Publication.objects.filter(round=round).aggregate(latest=Max("number"))["latest"] or 0
    if latest and not reason.strip():
        raise RevisionReasonError(f"{round.name} is published. Say what the revision corrects.")
    publication = Publication.objects.create(
        round=round,
        number=latest + 1,
        published_at=at,
        published_by=by,
        approved_by=approved_by,
        reason=reason.strip(),
    )
    PublishedPlacement.objects.bulk_create(
        PublishedPlacement(
            publication=publication, **{name: getattr(placement, name) for name in _COPIED}
        )
        for placement in placements
    )
    round.state = RoundState.PUBLISHED
    round.save(update_fields=["state"])
    record(
        held=round,
        event=RoundEvent.CORRECT if latest else RoundEvent.PUBLISH,
        role=Role.LEAD_ANALYST,
        by=by,
        at=at,
        reason=reason.strip(),
        number=publication.number,
        approved_by=str(approved_by.pk),
    )
    audit.record(
        action="round.published",
        target=publication,
        by=by,
        at=at,
        round=round.slug,
        number=publication.number,
        approved_by=str(approved_by.pk),
    )
    tell_of_publication(publication=publication, at=at)
    recompute.request(subject=Subject.ROUND, subject_id=round.pk, reason="round.published", at=at)
    return publication
