"""Publishes a round: two people approve a revision, which everybody may see from a set instant.

Every step is asked of the one table, `duty/round_lifecycle.py`. A revision is written once it is
approved, and never changed. Who may see it follows from its instant and the database's clock; the
job that comes afterwards only moves the round on.
"""

from collections.abc import Callable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max

from authorities.models import User
from duty.actions.clock import database_time
from duty.actions.round_publication import asked_guards
from duty.actions.round_stages import SeenAnotherListError
from duty.actions.round_steps import hold, take
from duty.models import Round, RoundState
from duty.round_lifecycle import RoundEvent, RoundGuard
from engagement.actions import national, placements
from engagement.actions.publication_messages import tell_of_proposal, tell_of_publication
from engagement.models import (
    NationalPicture,
    Placement,
    Publication,
    PublishedPlacement,
    PublishedReturn,
)
from engagement.queries import publications as queries
from outcomes import recompute
from outcomes.models import Subject

# What a revision keeps of each placement.
COPIED = (
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
Clock = Callable[[], datetime]


@transaction.atomic
def propose(*, round_: Round, reason: str = "", by: User, at: datetime) -> str:
    """Propose to publish a round, or to correct a published one, as its placements now are.

    Args:
        round_: finalising or published.
        reason: what a correction corrects.
        by: a lead analyst.
        at: when.

    Returns:
        The digest of what is proposed.

    Raises:
        RoundRefusedError: the placements are not fresh, something is proposed or approved already,
            no reason for a correction, or the role or state does not allow it.
    """
    held = hold(round_=round_)
    holding = _guards(held, reason, at)
    digest = queries.content_digest(round_=held)
    take(
        held=held,
        event=RoundEvent.PROPOSE,
        holding=holding,
        reason=reason.strip(),
        by=by,
        at=at,
        content=digest,
    )
    tell_of_proposal(round_=held, at=at)
    return digest


@transaction.atomic
def take_back(*, round_: Round, reason: str, by: User, at: datetime) -> None:
    """Take a proposal back.

    Raises:
        RoundRefusedError: nothing is proposed, no reason, or the role or state does not allow it.
    """
    held = hold(round_=round_)
    holding = {RoundGuard.REASON_GIVEN} if reason.strip() else set()
    if queries.proposal_of(round_=held) is not None:
        holding.add(RoundGuard.PROPOSED)
    take(
        held=held,
        event=RoundEvent.TAKE_BACK,
        holding=holding,
        reason=reason.strip(),
        by=by,
        at=at,
    )


@transaction.atomic
def approve(
    *, round_: Round, seen: str, by: User, at: datetime, clock: Clock = database_time
) -> Publication:
    """Approve what another person proposed: its revision is written, and seen from its instant.

    A correction is seen at once, and so is a publication whose time has passed meanwhile.

    Args:
        round_: finalising, or published for a correction.
        seen: digest of what the person saw.
        by: a lead analyst, moderator or administrator, not the one who proposed.
        at: when.
        clock: what says when it was approved; another one only tells an invented past.

    Raises:
        SeenAnotherListError: what is proposed is not what the person saw.
        RoundRefusedError: nothing is proposed, the same person, it has changed since, or the role
            or state does not allow it.
    """
    held = hold(round_=round_)
    proposal = queries.proposal_of(round_=held)
    if proposal is not None and seen != proposal.digest:
        raise SeenAnotherListError(
            "Something else is proposed since you opened this page. Look at it again."
        )
    corrects = held.state == RoundState.PUBLISHED
    holding = _guards(held, "", at)
    if proposal is not None:
        holding.add(RoundGuard.PROPOSED)
        if proposal.by.pk != by.pk:
            holding.add(RoundGuard.SECOND_PERSON)
        if proposal.digest == queries.content_digest(round_=held):
            holding.add(RoundGuard.AS_PROPOSED)
    number = _next_number(held)
    take(
        held=held,
        event=RoundEvent.CORRECT if corrects else RoundEvent.APPROVE,
        holding=holding,
        reason=proposal.reason if proposal else "",
        by=by,
        at=at,
        number=number,
        proposed_by=str(proposal.by.pk) if proposal else "",
    )
    # Both are there, or the table has refused.
    assert proposal is not None  # noqa: S101
    assert held.publish_at is not None  # noqa: S101
    approved_at = clock()
    publication = Publication.objects.create(
        round=held,
        number=number,
        published_at=approved_at if corrects else max(approved_at, held.publish_at),
        proposed_by=proposal.by,
        approved_by=by,
        approved_at=approved_at,
        reason=proposal.reason,
    )
    _copy(held, publication)
    # Drawn now, so that the page has it in the moment in which everybody may see it.
    national.refresh(round=held, at=at)
    if corrects:
        tell_of_publication(publication=publication, at=at)
        _recompute(held, "round.corrected", at)
    elif queries.embargoed(round_=held) is None:
        publish_due(round_=held, at=max(at, publication.published_at))
    return publication


def withdraw(*, round_: Round, reason: str, by: User, at: datetime) -> None:
    """Withdraw an approved revision that nobody outside the centre has seen.

    Raises:
        RoundRefusedError: nothing is approved, its instant has passed, no reason, or the role or
            state does not allow it.
    """
    try:
        _withdraw(round_=round_, reason=reason, by=by, at=at)
    except IntegrityError:
        # The instant came between the question and the writing, so the trigger had the last word;
        # asked again, the table refuses in its own.
        _withdraw(round_=round_, reason=reason, by=by, at=at)


@transaction.atomic
def _withdraw(*, round_: Round, reason: str, by: User, at: datetime) -> None:
    held = hold(round_=round_)
    waiting, standing = queries.embargoed(round_=held), queries.standing(round_=held)
    holding = {RoundGuard.REASON_GIVEN} if reason.strip() else set()
    if standing is not None:
        holding.add(RoundGuard.APPROVED)
    if waiting is not None or standing is None:
        holding.add(RoundGuard.INSTANT_AHEAD)
    take(
        held=held,
        event=RoundEvent.WITHDRAW,
        holding=holding,
        reason=reason.strip(),
        by=by,
        at=at,
        number=waiting.number if waiting else None,
    )
    assert waiting is not None  # noqa: S101 - the table has refused
    NationalPicture.objects.filter(publication=waiting).delete()
    waiting.withdrawn_at, waiting.withdrawn_by = database_time(), by
    waiting.withdrawn_reason = reason.strip()
    waiting.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])


@transaction.atomic
def publish_due(*, round_: Round, at: datetime) -> None:
    """Move a round on whose instant has passed; everybody sees its revision already.

    Raises:
        RoundRefusedError: nobody has approved it, or its instant has not come.
    """
    held = hold(round_=round_)
    standing = queries.standing(round_=held)
    holding = set()
    if standing is not None:
        holding.add(RoundGuard.APPROVED)
    if queries.embargoed(round_=held) is None:
        holding.add(RoundGuard.INSTANT_REACHED)
    take(
        held=held,
        event=RoundEvent.PUBLISH,
        holding=holding,
        by=None,
        at=at,
        number=standing.number if standing else None,
    )
    assert standing is not None  # noqa: S101 - the table has refused
    tell_of_publication(publication=standing, at=at)
    _recompute(held, "round.published", at)


def _guards(held: Round, reason: str, at: datetime) -> set[RoundGuard]:
    """Return what holds of a round that is to be published; refreshes what a correction copies."""
    holding = asked_guards(round_=held)
    if reason.strip():
        holding.add(RoundGuard.REASON_GIVEN)
    if not held.is_test:
        holding.add(RoundGuard.NO_TEST_ROUND)
    if queries.proposal_of(round_=held) is None:
        holding.add(RoundGuard.NOTHING_PROPOSED)
    corrects = held.state == RoundState.PUBLISHED
    changed = placements.recompute_round(round=held, at=at, corrects=corrects)
    # Before publication a recompute changes nothing where all is up to date. Nothing keeps a
    # published round's up to date, so a correction does; what it copies was seen by its proposer.
    if queries.is_complete(round_=held) and (corrects or not changed):
        holding.add(RoundGuard.PLACEMENTS_FRESH)
    return holding


def _next_number(held: Round) -> int:
    numbers = Publication.objects.standing().filter(round=held)
    return (numbers.aggregate(latest=Max("number"))["latest"] or 0) + 1


def _copy(held: Round, publication: Publication) -> None:
    """Write down what the revision says, of pairs and of returns."""
    PublishedPlacement.objects.bulk_create(
        PublishedPlacement(
            publication=publication, **{name: getattr(placement, name) for name in COPIED}
        )
        for placement in Placement.objects.filter(round=held).order_by("pair_id")
    )
    PublishedReturn.objects.bulk_create(
        PublishedReturn(
            publication=publication,
            authority_id=one.authority_id,
            submission_id=one.submission_id,
            accepted=one.accepted,
        )
        for one in queries.returns_to_publish(round_=held)
    )


def _recompute(held: Round, reason: str, at: datetime) -> None:
    recompute.request(subject=Subject.ROUND, subject_id=held.pk, reason=reason, at=at)
