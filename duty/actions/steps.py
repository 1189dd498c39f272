"""Taking one step of a return's life: asked of the transition table, stored as an event.

Every action on a return goes through here, so that no state changes without its event, and no
event is stored that the table refuses.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from authorities import audit
from authorities.models import LOCAL_ROLES, Body, Membership, Role, StrategicAuthority, User
from duty.actions.clock import judged_at
from duty.lifecycle import (
    TRANSITIONS,
    Condition,
    Guard,
    ReturnEvent,
    ReturnState,
    TransitionRefusedError,
    next_state,
)
from duty.models import DutyReturn, ReturnSection, SectionMark
from duty.models import ReturnEvent as StoredEvent
from duty.models import ReturnState as StoredState
from duty.queries.loaded import LoadedReturn, load
from duty.queries.standing import (
    Standing,
    conditions_after,
    happenings_of,
    section_states,
    standing,
)

_IN_ORDER = (
    Role.EDITOR.value,
    Role.SIGNATORY.value,
    Role.ANALYST.value,
    Role.LEAD_ANALYST.value,
    Role.ADMINISTRATOR.value,
)
# Marks under which the words on unanswered questions still say what they said.
_WORDS_STAY = frozenset({SectionMark.COMPLETED, SectionMark.CHANGES_MADE, SectionMark.CHECK_AGAIN})


@dataclass(frozen=True)
class Held:
    """A return whose row is locked, and where it stands by the clock `now`."""

    duty_return: DutyReturn
    loaded: LoadedReturn
    standing: Standing
    now: datetime


def hold(*, duty_return: DutyReturn, at: datetime) -> Held:
    """Lock a return until the transaction ends, and read it as it then is.

    Whether its round still takes work is judged by the database's clock behind the lock; `at` is
    when the step was asked for.
    """
    row = (
        DutyReturn.objects.select_for_update(of=("self",))
        .select_related("round__specification", "authority")
        .get(pk=duty_return.pk)
    )
    loaded = load(round_=row.round, authority=row.authority)
    now = judged_at(at=at)
    return Held(duty_return=row, loaded=loaded, standing=standing(loaded=loaded, now=now), now=now)


@dataclass(frozen=True)
class Acting:
    """As whom a person takes a step: one role of theirs, at the authority or at the centre."""

    role: str
    body: Body


def acting_for(*, event: ReturnEvent, authority: StrategicAuthority, by: User) -> Acting:
    """Return the role in which a person takes a step, and the body that they hold it at.

    Raises:
        TransitionRefusedError: they have no role at the authority and none at the centre.
    """
    held = {
        member.role: member.body
        for member in Membership.objects.current()
        .filter(Q(body=authority) | ~Q(role__in=LOCAL_ROLES), user=by)
        .select_related("body")
        .order_by("started_at", "pk")
    }
    if not held:
        raise TransitionRefusedError("You have no role at this authority.")
    allowed = {role for row in TRANSITIONS if row.event == event for role in row.roles}
    # A person with both roles edits as an editor and signs as a signatory, and reviews as an
    # analyst before they do it as a lead.
    for role in _IN_ORDER:
        if role in held and role in allowed:
            return Acting(role, held[role])
    first = sorted(held)[0]
    return Acting(first, held[first])


def role_for(*, event: ReturnEvent, authority: StrategicAuthority, by: User) -> str:
    """Return the role in which a person takes a step.

    Raises:
        TransitionRefusedError: they have no role at the authority and none at the centre.
    """
    return acting_for(event=event, authority=authority, by=by).role


def take(
    *,
    held: Held,
    event: ReturnEvent,
    holding: Collection[Guard],
    by: User,
    at: datetime,
    sections: frozenset[str] = frozenset(),
    reason: str = "",
    answers_differ: bool = False,
    store: bool = True,
    **payload: Any,
) -> ReturnState:
    """Take a step: refuse it, or store its event, the new state and the sections' marks.

    Args:
        held: the return, locked.
        event: what is done.
        holding: the guards that hold.
        by: who does it.
        at: when; moved on where another clock has already stored something later.
        sections: what the event is about.
        reason: why, in the person's words.
        answers_differ: of signing: whether an answer differs from the last snapshot.
        store: False to ask only, as a save does that changes no section's mark.
        payload: what else the event keeps.

    Raises:
        TransitionRefusedError: the table does not allow it.
    """
    acting = acting_for(event=event, authority=held.loaded.authority, by=by)
    conditions: frozenset[Condition] = conditions_after(
        standing_before=held.standing,
        event=event,
        sections=sections,
        at=_not_before(held, at),
        answers_differ=answers_differ,
    )
    reached = next_state(
        state=held.standing.state,
        event=event,
        role=acting.role,
        holding=holding,
        conditions=conditions,
    )
    if not store:
        return reached
    StoredEvent.objects.create(
        duty_return=held.duty_return,
        type=event.value,
        actor=by,
        actor_role=acting.role,
        actor_body=acting.body,
        at=_not_before(held, at),
        reason=reason,
        payload={"sections": sorted(sections), "answers_differ": answers_differ, **payload},
    )
    _keep_state(held, reached)
    audit.record(
        action=f"return.{event.value}",
        target=held.duty_return,
        body=held.loaded.authority,
        by=by,
        at=at,
        sections=sorted(sections),
    )
    return reached


def refresh_marks(*, held: Held, reasons: dict[str, str] | None = None) -> None:
    """Keep each section's mark as its events say, for queries that do not read events."""
    events = list(StoredEvent.objects.filter(duty_return=held.duty_return).order_by("pk"))
    states = section_states(
        judgements=held.standing.judgements, happenings=happenings_of(events=events)
    )
    for code, state in states.items():
        row = held.loaded.section_rows[code]
        mark = state.value if state.value in SectionMark.values else SectionMark.NONE.value
        stays = mark == row.mark or {mark, row.mark} <= _WORDS_STAY
        reason = (reasons or {}).get(code, row.mark_reason if stays else "")
        if (row.mark, row.mark_reason) != (mark, reason):
            ReturnSection.objects.filter(pk=row.pk).update(mark=mark, mark_reason=reason)


def _keep_state(held: Held, reached: ReturnState) -> None:
    # 'Ready' is said by the sections, so the state under it stays.
    if reached.value in StoredState.values and reached.value != held.duty_return.state:
        held.duty_return.state = reached.value
        # A page that was opened before says by its version that it is of an earlier state.
        held.duty_return.version += 1
        held.duty_return.save(update_fields=["state", "version"])


def _not_before(held: Held, at: datetime) -> datetime:
    # Servers' clocks differ by a little; the order in which things were stored is the truth.
    last = held.loaded.events[-1].at if held.loaded.events else at
    return max(at, last)
