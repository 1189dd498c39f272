"""Taking one step of an assessment's life: asked of the transition table, stored as an event.

Every action on a national view goes through here, so that no state changes without its event.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from authorities import audit
from authorities.models import Body, Membership, User
from duty.models import Round
from engagement.assessment_lifecycle import (
    JOB,
    TRANSITIONS,
    AssessmentRefusedError,
    Event,
    Guard,
    State,
    next_state,
)
from engagement.models import Assessment, AssessmentHappening
from engagement.queries import assessments as queries
from outcomes import recompute
from outcomes.models import Subject

# What may move the levels of the pair, or what is said beside them.
_MOVING = frozenset(
    {
        Event.AGREE,
        Event.MARK_NOT_ASSESSED,
        Event.UNMARK,
        Event.RESOLVE,
        Event.RESOLVE_LAST,
        Event.REPLY,
        Event.UNFINALISE,
        Event.WITHDRAW_EVIDENCE,
        Event.APPROVE_CORRECTION,
    }
)


@dataclass(frozen=True)
class _Acting:
    """As whom somebody takes a step: one role of theirs, and the body that they hold it at."""

    role: str
    body: Body | None = None


def hold(*, assessment: Assessment, with_round: bool = False) -> Assessment:
    """Lock an assessment until the transaction ends, and read it as it now is.

    `with_round` locks its round first: for steps that depend on where the round stands.
    """
    if with_round:
        Round.objects.select_for_update(of=("self",)).get(pk=assessment.round_id)
    return (
        Assessment.objects.select_for_update(of=("self",))
        .select_related("round", "pair__authority", "pair__board")
        .get(pk=assessment.pk)
    )


def reason_guard(reason: str) -> set[Guard]:
    """Return the guard that a reason is given, where one is."""
    return {Guard.REASON_GIVEN} if reason.strip() else set()


def person_guards(*, held: Assessment, by: User | None) -> set[Guard]:
    """Return what holds of who takes a step: no interest in a body, and not the drafter."""
    if by is None:
        return set()
    holding = set()
    if by.pk not in queries.interested_in(pair=held.pair):
        holding.add(Guard.NO_INTEREST)
    if by.pk != held.drafted_by_id and by.pk not in queries.writers_of(assessment=held):
        holding.add(Guard.NOT_DRAFTER)
    return holding


def version_guard(*, held: Assessment, expected_version: int) -> set[Guard]:
    """Return the guard that nobody changed the assessment meanwhile."""
    return {Guard.VERSION_MATCHES} if held.version == expected_version else set()


def _acting_for(*, event: Event, by: User | None, body: Body | None) -> _Acting:
    if by is None:
        return _Acting(JOB)
    held = list(
        Membership.objects.current()
        .filter(user=by)
        .select_related("body")
        .order_by("role", "started_at", "pk")
    )
    if not held:
        raise AssessmentRefusedError("You have no role.")
    allowed = {role for row in TRANSITIONS if row.event == event for role in row.roles}
    mine = [one for one in held if body is None or one.body_id == body.pk]
    chosen = next((one for one in mine if one.role in allowed), (mine or held)[0])
    return _Acting(chosen.role, chosen.body)


def take(
    *,
    held: Assessment,
    event: Event,
    holding: Collection[Guard],
    by: User | None,
    at: datetime,
    reason: str = "",
    body: Body | None = None,
    **payload: Any,
) -> State:
    """Take a step: refuse it, or store the row, its event, an audit row and the ledger's.

    Args:
        held: the assessment, locked, with what the step changes.
        event: what is done.
        holding: the guards that hold.
        by: who does it; None for the job of a round.
        at: when.
        reason: why, in the person's words.
        body: for whom, where a body acts.
        payload: what else the event keeps.

    Raises:
        AssessmentRefusedError: the table does not allow it.
    """
    acting = _acting_for(event=event, by=by, body=body)
    reached = next_state(state=held.state, event=event, role=acting.role, holding=holding)
    held.state = reached.value
    held.version += 1
    held.updated_at = at
    held.save()
    AssessmentHappening.objects.create(
        assessment=held,
        type=event.value,
        actor=by,
        actor_role=acting.role,
        actor_body=acting.body,
        at=at,
        reason=reason.strip(),
        payload=payload,
    )
    audit.record(
        action=f"assessment.{event.value}",
        target=held,
        by=by,
        at=at,
        body=body,
        round=held.round.slug,
        pair=f"{held.pair.authority.slug}/{held.pair.board.slug}",
        **payload,
    )
    if event in _MOVING:
        recompute.request(
            subject=Subject.PAIR,
            subject_id=held.pair_id,
            reason=f"assessment.{event.value}",
            at=at,
        )
    return reached


def check(
    *,
    held: Assessment,
    event: Event,
    holding: Collection[Guard],
    by: User | None,
    body: Body | None = None,
) -> None:
    """Refuse a step before anything of it is written.

    Raises:
        AssessmentRefusedError: the table does not allow it.
    """
    acting = _acting_for(event=event, by=by, body=body)
    next_state(state=held.state, event=event, role=acting.role, holding=holding)
