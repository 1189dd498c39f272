"""Who drafts the national view of a pair: one said by a lead analyst, or several at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from authorities.models import Pair, User
from authorities.permissions import Permission
from duty.models import Round, RoundState
from engagement.actions.assessment_steps import hold, take
from engagement.actions.own_views import PairNotExpectedError
from engagement.assessment_lifecycle import AssessmentRefusedError, Event, Guard
from engagement.models import Assessment
from engagement.queries import assessments as queries
from engagement.queries import own_views as view_queries
from engagement.queries import publications as publication_queries


@dataclass(frozen=True)
class Refused:
    """A pair that was left out when many were asked for, and why."""

    pair: Pair
    why: str


def begin(*, round: Round, pair: Pair, at: datetime) -> Assessment:
    """Return the row of a pair's national view, made where there is none.

    Raises:
        PairNotExpectedError: the pair is not one of the round, or the round is for trying out.
    """
    if round.is_test or not view_queries.is_expected(round=round, pair=pair):
        raise PairNotExpectedError("This pair is not assessed in this round.")
    made, _ = Assessment.objects.get_or_create(round=round, pair=pair, defaults={"updated_at": at})
    return made


@transaction.atomic
def allocate(*, round: Round, pair: Pair, to: User, by: User, at: datetime) -> Assessment:
    """Say who drafts the national view of a pair.

    Raises:
        PairNotExpectedError: the pair is not one of the round.
        AssessmentRefusedError: the person is no analyst, works for a body of the pair or has an
            interest in one, or drafted the round before while another is free; or the state or
            the role does not allow it.
    """
    held = hold(assessment=begin(round=round, pair=pair, at=at))
    if held.assigned_to_id == to.pk:
        return held
    holding = round_guards(held)
    if to in queries.holders_of(Permission.ASSESSMENT_DRAFT):
        holding.add(Guard.ASSIGNEE_MAY_DRAFT)
    if to.pk not in queries.interested_in(pair=pair):
        holding.add(Guard.ASSIGNEE_HAS_NO_INTEREST)
    if may_draft_again(held=held, person=to):
        holding.add(Guard.ASSIGNEE_IS_NOT_LAST_DRAFTER)
    held.assigned_to = to
    take(held=held, event=Event.ALLOCATE, holding=holding, by=by, at=at, to=str(to.pk))
    return held


def allocate_many(
    *, round: Round, pairs: Iterable[Pair], to: User, by: User, at: datetime
) -> tuple[Refused, ...]:
    """Say who drafts several national views; each that is refused says why, the others stand."""
    refused = []
    for pair in pairs:
        try:
            allocate(round=round, pair=pair, to=to, by=by, at=at)
        except (AssessmentRefusedError, PairNotExpectedError) as error:
            refused.append(Refused(pair=pair, why=str(error)))
    return tuple(refused)


def round_guards(held: Assessment) -> set[Guard]:
    """Return the guard that the round is worked on, where it is."""
    takes_drafts = held.round.state in (
        RoundState.OPEN,
        RoundState.CLOSED,
        RoundState.IN_REPLY,
        RoundState.FINALISING,
    )
    if takes_drafts and publication_queries.standing(round_=held.round) is None:
        return {Guard.NOT_PUBLISHED}
    return set()


def may_draft_again(*, held: Assessment, person: User) -> bool:
    """Whether the person did not draft the round before, or nobody else is free."""
    return person.pk not in queries.last_drafters(
        pair=held.pair, round=held.round
    ) or not queries.others_free(
        permission=Permission.ASSESSMENT_DRAFT, pair=held.pair, round=held.round
    )
