"""Decides about national views: returned or agreed, shared, made final, and looked at again."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from authorities.models import Membership, Role, User
from authorities.permissions import Permission
from duty.models import Round, RoundState
from engagement.actions import finding_messages
from engagement.actions.allocations import Refused
from engagement.actions.assessment_steps import (
    check,
    hold,
    person_guards,
    reason_guard,
    take,
    version_guard,
)
from engagement.actions.finding_replies import close_one
from engagement.assessment_lifecycle import AssessmentRefusedError, Event, Guard, State
from engagement.models import Assessment, FindingEvidence, FindingReply, Resolution, Side
from engagement.queries import assessments as queries
from engagement.queries import publications as publication_queries
from engagement.queries.assessments import others_free


@transaction.atomic
def return_draft(
    *, assessment: Assessment, reason: str, expected_version: int, by: User, at: datetime
) -> Assessment:
    """Give a draft back to its drafter, who reads why.

    Raises:
        AssessmentRefusedError: no reason, the person drafted it or has an interest, it changed
            meanwhile, or the state or the role does not allow it.
    """
    held = hold(assessment=assessment)
    holding = (
        person_guards(held=held, by=by)
        | reason_guard(reason)
        | version_guard(held=held, expected_version=expected_version)
    )
    take(held=held, event=Event.RETURN, holding=holding, by=by, at=at, reason=reason)
    return held


@transaction.atomic
def agree(*, assessment: Assessment, expected_version: int, by: User, at: datetime) -> Assessment:
    """Agree to a draft: its findings are the levels of the pair from now on.

    Raises:
        AssessmentRefusedError: the person drafted it, has an interest, or drafted the round
            before while another moderator is free; it changed meanwhile, or the state or the
            role does not allow it.
    """
    held = hold(assessment=assessment)
    holding = person_guards(held=held, by=by) | version_guard(
        held=held, expected_version=expected_version
    )
    if may_moderate_again(assessment=held, person=by):
        holding.add(Guard.NOT_LAST_DRAFTER)
    held.moderated_by, held.moderated_at = by, at
    take(held=held, event=Event.AGREE, holding=holding, by=by, at=at)
    return held


def may_moderate_again(*, assessment: Assessment, person: User) -> bool:
    """Whether the person did not draft the round before, or no other moderator is free."""
    pair, round_ = assessment.pair, assessment.round
    return person.pk not in queries.last_drafters(pair=pair, round=round_) or not others_free(
        permission=Permission.ASSESSMENT_MODERATE,
        pair=pair,
        round=round_,
        barred=queries.writers_of(assessment=assessment),
    )


@transaction.atomic
def share(
    *, assessment: Assessment, unread_reason: str = "", by: User | None, at: datetime
) -> Assessment:
    """Let both bodies read what was found on each side, and reply to it.

    Once the days of the reply are over, nobody can reply, so that its reply ends at once.

    Args:
        assessment: moderated, in a round whose reply has started.
        unread_reason: why it is shared though a body has nobody to read it; by a lead analyst.
        by: a moderator, lead analyst or administrator; None for the start of the reply.
        at: when.

    Raises:
        AssessmentRefusedError: the reply has not started, a body has nobody to read it, or the
            state or the role does not allow it.
    """
    held = hold(assessment=assessment, with_round=True)
    holding = _reply_guards(held.round) | reason_guard(unread_reason)
    if not queries.bodies_without_reader(pair=held.pair):
        holding.add(Guard.READERS_ON_BOTH_SIDES)
    event = Event.SHARE_WITHOUT_READER if unread_reason.strip() else Event.SHARE
    held.shared_at, held.unread_reason = at, unread_reason.strip()
    take(held=held, event=event, holding=holding, by=by, at=at, reason=unread_reason)
    for side in Side:
        FindingReply.objects.get_or_create(assessment=held, side=side.value)
    if held.round.state == RoundState.FINALISING:
        close_one(assessment=held, at=at)
        held.refresh_from_db()
    finding_messages.tell_of_sharing(assessment=held, at=at)
    return held


def share_all(*, round: Round, by: User | None, at: datetime) -> tuple[Refused, ...]:
    """Share every moderated national view of a round that can be; a test round has none.

    Returns:
        Those that wait for a reader, each with why.
    """
    refused = []
    for one in _of_round(round, State.MODERATED):
        try:
            share(assessment=one, by=by, at=at)
        except AssessmentRefusedError as error:
            refused.append(Refused(pair=one.pair, why=str(error)))
    return tuple(refused)


@transaction.atomic
def finalise(*, assessment: Assessment, by: User, at: datetime) -> Assessment:
    """Make a national view final whose reply is over and whose challenges are resolved.

    Raises:
        AssessmentRefusedError: a challenge is not resolved, the person has an interest, or the
            state or the role does not allow it.
    """
    held = hold(assessment=assessment)
    holding = person_guards(held=held, by=by)
    if not queries.unresolved_sides(assessment=held):
        holding.add(Guard.CHALLENGES_RESOLVED)
    held.finalised_by, held.finalised_at = by, at
    take(held=held, event=Event.FINALISE, holding=holding, by=by, at=at)
    return held


def finalise_many(
    *, assessments: Iterable[Assessment], by: User, at: datetime
) -> tuple[Refused, ...]:
    """Make several final; each that is refused says why, the others stand."""
    refused = []
    for one in assessments:
        try:
            finalise(assessment=one, by=by, at=at)
        except AssessmentRefusedError as error:
            refused.append(Refused(pair=one.pair, why=str(error)))
    return tuple(refused)


@transaction.atomic
def unfinalise(
    *, assessment: Assessment, reason: str, expected_version: int, by: User, at: datetime
) -> Assessment:
    """Take “final” back: it is moderated, shared and made final again.

    Its challenges are resolved anew; what was said before stays on record.

    Raises:
        AssessmentRefusedError: a revision stands, no reason, or the state or role refuses.
    """
    held = hold(assessment=assessment, with_round=True)
    holding = (
        person_guards(held=held, by=by)
        | reason_guard(reason)
        | version_guard(held=held, expected_version=expected_version)
    )
    if publication_queries.standing(round_=held.round) is None:
        holding.add(Guard.NO_REVISION_STANDS)
    held.finalised_by, held.finalised_at = None, None
    held.moderated_by, held.moderated_at = None, None
    take(held=held, event=Event.UNFINALISE, holding=holding, by=by, at=at, reason=reason)
    Resolution.objects.filter(reply__assessment=held, superseded_at__isnull=True).update(
        superseded_at=at
    )
    return held


@transaction.atomic
def withdraw_evidence(*, evidence_id: UUID, reason: str, by: User, at: datetime) -> FindingEvidence:
    """Withdraw evidence of a finding. No level changes for that.

    What is past its draft asks for a second look, which a moderator answers.

    Raises:
        AssessmentRefusedError: somebody else gave it, it is withdrawn already, no reason, or the
            state or the role does not allow it.
    """
    row = FindingEvidence.objects.select_related("finding__assessment").get(pk=evidence_id)
    held = hold(assessment=row.finding.assessment)
    row.refresh_from_db(fields=["withdrawn_at"])
    holding = reason_guard(reason)
    if row.withdrawn_at is None:
        holding.add(Guard.NOT_WITHDRAWN_YET)
    leads = Membership.objects.current().filter(user=by, role=Role.LEAD_ANALYST).exists()
    if row.given_by_id == by.pk or leads:
        holding.add(Guard.GAVE_IT_OR_LEADS)
    if held.state != State.NATIONAL_DRAFT and held.second_look_since is None:
        held.second_look_since = at
    take(
        held=held,
        event=Event.WITHDRAW_EVIDENCE,
        holding=holding,
        by=by,
        at=at,
        reason=reason,
        evidence=str(row.pk),
        side=row.finding.side,
    )
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_reason = at, by, reason.strip()
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    return row


@transaction.atomic
def answer_second_look(*, assessment: Assessment, note: str, by: User, at: datetime) -> Assessment:
    """Say what a second look found, after evidence was withdrawn.

    A level that should change is changed by returning the draft, by a challenge, or after
    “final” is taken back.

    Raises:
        AssessmentRefusedError: nobody asks for one, no note, the person drafted it or has an
            interest, or the state or the role does not allow it.
    """
    held = hold(assessment=assessment)
    holding = person_guards(held=held, by=by) | reason_guard(note)
    if held.second_look_since is not None:
        holding.add(Guard.SECOND_LOOK_ASKED)
    held.second_look_since = None
    take(held=held, event=Event.ANSWER_SECOND_LOOK, holding=holding, by=by, at=at, reason=note)
    return held


def may_decide(*, assessment: Assessment, by: User, event: Event) -> str:
    """Return why a person may not return, agree or look again, "" where they may."""
    holding = {
        *Guard,
    } - {Guard.NO_INTEREST, Guard.NOT_DRAFTER, Guard.NOT_LAST_DRAFTER}
    holding |= person_guards(held=assessment, by=by)
    if may_moderate_again(assessment=assessment, person=by):
        holding.add(Guard.NOT_LAST_DRAFTER)
    try:
        check(held=assessment, event=event, holding=holding, by=by)
    except AssessmentRefusedError as error:
        return str(error)
    return ""


def _reply_guards(round_: Round) -> set[Guard]:
    started = round_.state in (RoundState.IN_REPLY, RoundState.FINALISING)
    return {Guard.REPLY_STARTED} if started else set()


def _of_round(round_: Round, *states: State) -> list[Assessment]:
    return list(
        Assessment.objects.filter(round=round_, state__in=[state.value for state in states])
        .select_related("pair")
        .order_by("pk")
    )
