"""Taking one step of a round's life: asked of the transition table, stored as an event.

Every action on a round goes through here, so that no state changes without its event.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from authorities import audit
from authorities.models import Body, Membership, Role, User
from duty.actions.clock import judged_at
from duty.deadlines import london_date
from duty.lifecycle import JOB
from duty.models import Round, RoundHappening
from duty.round_lifecycle import (
    TRANSITIONS,
    RoundDates,
    RoundEvent,
    RoundGuard,
    RoundRefusedError,
    RoundState,
    date_problems,
    next_state,
)

_AUDIT_WORDS = {
    RoundEvent.CHANGE: "changed",
    RoundEvent.EXPECT: "expected_changed",
    RoundEvent.SCHEDULE: "scheduled",
    RoundEvent.BACK_TO_DRAFT: "drafted_again",
    RoundEvent.OPEN: "opened",
    RoundEvent.CLOSE: "closed",
    RoundEvent.REOPEN: "reopened",
    RoundEvent.EXTEND: "extended",
    RoundEvent.DECIDE: "checks_decided",
    RoundEvent.HOLD_UP: "held_up",
    RoundEvent.START_REPLY: "reply_started",
    RoundEvent.END_REPLY: "reply_ended",
    RoundEvent.REOPEN_REPLY: "reply_reopened",
    RoundEvent.MOVE_PUBLICATION: "publication_moved",
    RoundEvent.PROPOSE: "publication_proposed",
    RoundEvent.TAKE_BACK: "proposal_taken_back",
    RoundEvent.APPROVE: "publication_approved",
    RoundEvent.WITHDRAW: "approval_withdrawn",
    RoundEvent.PUBLISH: "published",
    RoundEvent.CORRECT: "corrected",
    RoundEvent.CORRECT_LEVEL: "level_corrected",
}


def hold(*, round_: Round) -> Round:
    """Lock a round until the transaction ends, and read it as it now is."""
    return (
        Round.objects.select_for_update(of=("self",))
        .select_related("specification", "indicator_set", "indicator_set_version")
        .get(pk=round_.pk)
    )


def roles_of(*, by: User) -> tuple[str, ...]:
    """Return the roles that somebody holds now."""
    held = Membership.objects.current().filter(user=by).order_by("role")
    return tuple(held.values_list("role", flat=True))


@dataclass(frozen=True)
class Acting:
    """As whom somebody takes a step: one role of theirs, and the body that they hold it at."""

    role: str
    body: Body | None = None


def acting_for(*, event: RoundEvent, by: User | None) -> Acting:
    """Return as whom somebody takes a step; nobody is the job.

    Raises:
        RoundRefusedError: they have no role.
    """
    if by is None:
        return Acting(JOB)
    held = list(
        Membership.objects.current()
        .filter(user=by)
        .select_related("body")
        .order_by("role", "started_at", "pk")
    )
    if not held:
        raise RoundRefusedError("You have no role.")
    allowed = {role for row in TRANSITIONS if row.event == event for role in row.roles}
    chosen = next((one for one in held if one.role in allowed), held[0])
    return Acting(chosen.role, chosen.body)


def role_for(*, event: RoundEvent, by: User | None) -> str:
    """Return the role in which somebody takes a step; nobody is the job.

    Raises:
        RoundRefusedError: they have no role.
    """
    return acting_for(event=event, by=by).role


def dates_of(*, round_: Round) -> RoundDates:
    """Return the dates of a round as the rules take them."""
    return RoundDates(
        covers_from=round_.covers_from,
        covers_to=round_.covers_to,
        opens_on=round_.opens_on,
        due_on=round_.due_on,
        edits_until=round_.edits_until,
        reply_opens_on=round_.reply_opens_on,
        reply_closes_on=round_.reply_closes_on,
        publishes_on=london_date(now=round_.publish_at) if round_.publish_at else None,
    )


def date_guards(*, round_: Round, at: datetime) -> set[RoundGuard]:
    """Return the guards about dates that hold now, by the database's clock; behind its lock."""
    now = judged_at(at=at)
    dates, today = dates_of(round_=round_), london_date(now=now)
    holding = set()
    if dates.complete:
        holding.add(RoundGuard.EVERY_DATE_GIVEN)
    if not date_problems(dates=dates):
        holding.add(RoundGuard.DATES_IN_ORDER)
    if today >= round_.opens_on:
        holding.add(RoundGuard.OPENING_DAY_REACHED)
    holding.add(
        RoundGuard.LAST_DAY_AHEAD if today <= round_.edits_until else RoundGuard.LAST_DAY_OVER
    )
    if round_.reply_opens_on is not None and today >= round_.reply_opens_on:
        holding.add(RoundGuard.REPLY_DAY_REACHED)
    if round_.reply_closes_on is not None:
        over = today > round_.reply_closes_on
        holding.add(RoundGuard.REPLY_OVER if over else RoundGuard.REPLY_DAY_AHEAD)
    if round_.publish_at is not None and now < round_.publish_at:
        holding.add(RoundGuard.TIME_AHEAD)
    return holding


def take(
    *,
    held: Round,
    event: RoundEvent,
    holding: Collection[RoundGuard],
    by: User | None,
    at: datetime,
    reason: str = "",
    **payload: Any,
) -> RoundState:
    """Take a step: refuse it, or store its event, the new state and an audit row.

    Args:
        held: the round, locked; what else the step changes is saved by the caller.
        event: what is done.
        holding: the guards that hold.
        by: who does it; None for the job.
        at: when.
        reason: why, in the person's words.
        payload: what else the event keeps.

    Raises:
        RoundRefusedError: the table does not allow it.
    """
    acting = acting_for(event=event, by=by)
    reached = next_state(
        state=RoundState(held.state), event=event, role=acting.role, holding=holding
    )
    held.state = reached.value
    held.version += 1
    held.save(update_fields=["state", "version"])
    record(held=held, event=event, acting=acting, by=by, at=at, reason=reason, **payload)
    # The audit holds identifiers; what the checks found is told in names.
    detail = {name: value for name, value in payload.items() if name != "findings"}
    audit.record(action=f"round.{_AUDIT_WORDS[event]}", target=held, by=by, at=at, **detail)
    return reached


def record(
    *,
    held: Round,
    event: RoundEvent,
    acting: Acting,
    by: User | None,
    at: datetime,
    reason: str = "",
    **payload: Any,
) -> RoundHappening:
    """Store an event of a round."""
    return RoundHappening.objects.create(
        round=held,
        type=event.value,
        actor=by,
        actor_role=acting.role if acting.role in Role.values else "",
        actor_body=acting.body,
        at=at,
        reason=reason,
        payload=payload,
    )
