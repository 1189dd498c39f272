"""Corrects a level of a published pair: proposed by one person, approved by another.

Nothing that was published changes. The correction stands beside the finding, and its approval
writes the next revision of the round: a copy of the one before, but for this pair.
"""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from authorities.models import Membership, Role, User
from duty.actions.clock import database_time
from duty.actions.round_steps import hold as hold_round
from duty.actions.round_steps import take as take_round
from duty.models import Round
from duty.round_lifecycle import RoundEvent, RoundGuard, RoundRefusedError
from engagement.actions import correction_messages, national, placements
from engagement.actions.assessment_steps import (
    check,
    hold,
    person_guards,
    reason_guard,
    take,
    version_guard,
)
from engagement.actions.assessments import SideDraft, computed_level
from engagement.actions.publications import COPIED
from engagement.assessment_lifecycle import AssessmentRefusedError, Event, Guard
from engagement.models import (
    Assessment,
    CorrectionState,
    Finding,
    FindingCorrection,
    Level,
    Placement,
    Publication,
    PublishedPlacement,
    PublishedReturn,
    Side,
)
from engagement.queries import assessments as assessment_queries
from engagement.queries import corrections as queries
from engagement.queries import publications as publication_queries
from outcomes import recompute
from outcomes.models import Subject

Clock = Callable[[], datetime]


@transaction.atomic
def propose(
    *,
    assessment: Assessment,
    side: Side,
    draft: SideDraft,
    reason: str,
    expected_version: int,
    by: User,
    at: datetime,
) -> FindingCorrection:
    """Propose another level for one side of a published pair. Nobody outside the centre sees it.

    Args:
        assessment: final, of a published round.
        side: whose level was wrong.
        draft: statements, level, texts and evidence as they should have been.
        reason: why the published level was wrong; everybody reads it with the revision.
        expected_version: of the assessment, as the form read it.
        by: an analyst or lead analyst without an interest in either body.
        at: when.

    Raises:
        ForeignThemeError: a statement is for a theme of the other side.
        AssessmentRefusedError: the round is not published, the level is the same, something is
            missing, another correction waits, it changed meanwhile, or the state or the role does
            not allow it.
    """
    held = hold(assessment=assessment, with_round=True)
    before = level_now(assessment=held, side=side)
    level = None if draft.undecided else draft.level
    computed = computed_level(round=held.round, side=side, picks=draft.picks)
    holding = (
        person_guards(held=held, by=by)
        | reason_guard(reason)
        | version_guard(held=held, expected_version=expected_version)
        | _content_guards(draft=draft, before=before, computed=computed)
    )
    if queries.is_published(round=held.round):
        holding.add(Guard.ROUND_PUBLISHED)
    if queries.waiting_of(assessment=held) is None:
        holding.add(Guard.NO_CORRECTION_WAITS)
    check(held=held, event=Event.PROPOSE_CORRECTION, holding=holding, by=by)
    made = FindingCorrection.objects.create(
        assessment=held,
        side=side.value,
        level_before=before,
        computed_level=computed,
        level=level,
        changed_reason=draft.changed_reason.strip() if level != computed else "",
        rationale=draft.rationale.strip(),
        picks={code: picked.value for code, picked in draft.picks.items()},
        evidence=[{**vars(one), "kind": one.kind.value} for one in draft.evidence],
        reason=reason.strip(),
        proposed_by=by,
        proposed_at=at,
    )
    take(
        held=held,
        event=Event.PROPOSE_CORRECTION,
        holding=holding,
        by=by,
        at=at,
        reason=reason,
        correction=str(made.pk),
        side=side.value,
        before=before,
        after=made.level,
    )
    correction_messages.tell_of_proposal(correction=made, at=at)
    return made


@transaction.atomic
def approve(
    *,
    correction: FindingCorrection,
    expected_version: int,
    by: User,
    at: datetime,
    clock: Clock = database_time,
) -> Publication:
    """Approve a correction: the next revision of the round holds it, and everybody sees it.

    Args:
        correction: that waits.
        expected_version: of the assessment, as the page read it.
        by: a moderator or lead analyst without an interest, not the one who proposed it.
        at: when.
        clock: what says when it was approved; another one only tells an invented past.

    Raises:
        AssessmentRefusedError: it is decided already, the same person, an interest, it changed
            meanwhile, a correction of the whole round waits, or the role does not allow it.
    """
    held = hold(assessment=correction.assessment, with_round=True)
    row = FindingCorrection.objects.select_for_update().get(pk=correction.pk)
    holding = _deciding_guards(held=held, row=row, by=by) | version_guard(
        held=held, expected_version=expected_version
    )
    check(held=held, event=Event.APPROVE_CORRECTION, holding=holding, by=by)
    round_ = hold_round(round_=held.round)
    before = publication_queries.standing(round_=round_)
    assert before is not None  # noqa: S101 - nothing else is corrected
    _take_round_step(round_=round_, row=row, number=before.number + 1, by=by, at=at)
    approved_at = clock()
    publication = Publication.objects.create(
        round=round_,
        number=before.number + 1,
        published_at=approved_at,
        proposed_by=row.proposed_by,
        approved_by=by,
        approved_at=approved_at,
        reason=row.reason,
    )
    row.state, row.publication = CorrectionState.APPROVED, publication
    row.decided_by, row.decided_at = by, at
    row.save()
    placements.recompute_round_pair(pair=held.pair, round=round_, at=at)
    _copy(before=before, publication=publication, held=held)
    # Drawn now, so that the page has it in the moment in which everybody may see it.
    national.refresh(round=round_, at=at)
    take(
        held=held,
        event=Event.APPROVE_CORRECTION,
        holding=holding,
        by=by,
        at=at,
        correction=str(row.pk),
        side=row.side,
        number=publication.number,
    )
    correction_messages.tell_of_publication(correction=row, at=at)
    recompute.request(
        subject=Subject.ROUND, subject_id=round_.pk, reason="round.level_corrected", at=at
    )
    return publication


@transaction.atomic
def decline(*, correction: FindingCorrection, reason: str, by: User, at: datetime) -> None:
    """Decline a correction: nothing of what is published changes.

    Raises:
        AssessmentRefusedError: it is decided already, no reason, the same person, an interest, or
            the role does not allow it.
    """
    held = hold(assessment=correction.assessment)
    row = FindingCorrection.objects.select_for_update().get(pk=correction.pk)
    holding = _deciding_guards(held=held, row=row, by=by) | reason_guard(reason)
    take(
        held=held,
        event=Event.DECLINE_CORRECTION,
        holding=holding,
        by=by,
        at=at,
        reason=reason,
        correction=str(row.pk),
    )
    _end(row, CorrectionState.DECLINED, reason, by, at)


@transaction.atomic
def take_back(*, correction: FindingCorrection, reason: str, by: User, at: datetime) -> None:
    """Take a correction back that waits for its second person.

    Raises:
        AssessmentRefusedError: it is decided already, no reason, somebody else proposed it, or
            the role does not allow it.
    """
    held = hold(assessment=correction.assessment)
    row = FindingCorrection.objects.select_for_update().get(pk=correction.pk)
    holding = reason_guard(reason)
    if row.state == CorrectionState.PROPOSED:
        holding.add(Guard.CORRECTION_WAITS)
    leads = Membership.objects.current().filter(user=by, role=Role.LEAD_ANALYST).exists()
    if row.proposed_by_id == by.pk or leads:
        holding.add(Guard.PROPOSED_IT_OR_LEADS)
    take(
        held=held,
        event=Event.TAKE_CORRECTION_BACK,
        holding=holding,
        by=by,
        at=at,
        reason=reason,
        correction=str(row.pk),
    )
    _end(row, CorrectionState.TAKEN_BACK, reason, by, at)


def level_now(*, assessment: Assessment, side: Side) -> str | None:
    """Return a side's level as it stands: found, changed by a challenge, or corrected."""
    return assessment_queries.level_now(
        finding=Finding.objects.get(assessment=assessment, side=side.value),
        resolution=assessment_queries.resolutions_of(assessment=assessment).get(side.value),
        correction=queries.last_of(assessment=assessment).get(side.value),
    )


def may_decide(*, correction: FindingCorrection, by: User) -> str:
    """Return why a person may not approve or decline a correction, "" where they may."""
    held = correction.assessment
    holding = _deciding_guards(held=held, row=correction, by=by) | {Guard.VERSION_MATCHES}
    try:
        check(held=held, event=Event.APPROVE_CORRECTION, holding=holding, by=by)
    except AssessmentRefusedError as error:
        return str(error)
    return ""


def _content_guards(*, draft: SideDraft, before: str | None, computed: Level | None) -> set[Guard]:
    level = None if draft.undecided else draft.level
    holding = set()
    if (draft.undecided or level is not None) and level != before:
        holding.add(Guard.CORRECTS_THE_LEVEL)
    if level is None or level == computed or draft.changed_reason.strip():
        holding.add(Guard.CHANGE_EXPLAINED)
    if draft.rationale.strip():
        holding.add(Guard.RATIONALE_GIVEN)
    if level not in (Level.HIGH, Level.LOW) or draft.evidence:
        holding.add(Guard.EVIDENCE_AT_HIGH_AND_LOW)
    return holding


def _deciding_guards(*, held: Assessment, row: FindingCorrection, by: User) -> set[Guard]:
    holding = person_guards(held=held, by=by)
    if row.state == CorrectionState.PROPOSED:
        holding.add(Guard.CORRECTION_WAITS)
    if row.proposed_by_id != by.pk:
        holding.add(Guard.NOT_PROPOSER)
    return holding


def _take_round_step(
    *, round_: Round, row: FindingCorrection, number: int, by: User, at: datetime
) -> None:
    """Let the round's own table say that it may be corrected, and keep its event.

    Raises:
        AssessmentRefusedError: a correction of the whole round waits.
    """
    holding = {RoundGuard.REASON_GIVEN}
    if row.proposed_by_id != by.pk:
        holding.add(RoundGuard.SECOND_PERSON)
    if publication_queries.proposal_of(round_=round_) is None:
        holding.add(RoundGuard.NO_PUBLICATION_PROPOSED)
    try:
        take_round(
            held=round_,
            event=RoundEvent.CORRECT_LEVEL,
            holding=holding,
            reason=row.reason,
            by=by,
            at=at,
            number=number,
            proposed_by=str(row.proposed_by_id),
        )
    except RoundRefusedError as error:
        raise AssessmentRefusedError(str(error)) from error


def _copy(*, before: Publication, publication: Publication, held: Assessment) -> None:
    """Write the revision: the one before it, and this pair as it now is."""
    kept = PublishedPlacement.objects.filter(publication=before).exclude(pair_id=held.pair_id)
    rows: list[Placement | PublishedPlacement] = [
        *kept,
        Placement.objects.get(round_id=held.round_id, pair_id=held.pair_id),
    ]
    PublishedPlacement.objects.bulk_create(
        PublishedPlacement(publication=publication, **{name: getattr(row, name) for name in COPIED})
        for row in sorted(rows, key=lambda one: one.pair_id)
    )
    PublishedReturn.objects.bulk_create(
        PublishedReturn(
            publication=publication,
            authority_id=row.authority_id,
            submission_id=row.submission_id,
            accepted=row.accepted,
        )
        for row in PublishedReturn.objects.filter(publication=before).order_by("authority_id")
    )


def _end(
    row: FindingCorrection, state: CorrectionState, reason: str, by: User, at: datetime
) -> None:
    row.state, row.decided_by, row.decided_at = state, by, at
    row.decided_reason = reason.strip()
    row.save()
