"""What the centre does with a submitted return: asks for changes, reopens it, accepts it.

Each step keeps every submission as it was signed. Only the sections that are named open again.
"""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from authorities.models import LOCAL_ROLES, Membership, User
from duty.actions.return_messages import tell_of_review
from duty.actions.sign_off import UnknownSectionsError
from duty.actions.steps import Held, acting_for, hold, refresh_marks, take
from duty.lifecycle import EVENT_WORDS, Guard, ReturnEvent, ReturnState
from duty.models import DutyReturn, RoundState, Section
from duty.models import ReturnEvent as StoredEvent
from duty.queries.findings import drafted_finding
from duty.queries.review import SEEN_BY_CENTRE


class StaleReturnError(ValueError):
    """The return has changed since the page was opened."""


class OwnReturnError(ValueError):
    """Somebody would judge the return of an authority that they work for."""


@transaction.atomic
def request_changes(
    *,
    duty_return: DutyReturn,
    reason: str,
    sections: Collection[str] = (),
    expected_version: int,
    by: User,
    at: datetime,
) -> ReturnState:
    """Send sections back to the authority, with the reason; none named means all of them.

    The same form sent twice asks once.

    Raises:
        UnknownSectionsError: there is no such section.
        StaleReturnError: the return has changed since the version that the person saw.
        OwnReturnError: the person works for the authority.
        TransitionRefusedError: no reason, the round is closed and not extended, or the state or
            the role does not allow it.
    """
    if unknown := set(sections) - set(Section.values):
        raise UnknownSectionsError(f"There is no section {', '.join(sorted(unknown))}.")
    held = hold(duty_return=duty_return, at=at)
    holding = _reason_given(reason)
    if held.loaded.closing.is_open(now=held.now):
        holding.add(Guard.ROUND_OPEN_OR_EXTENDED)
    named = frozenset(sections)
    return _step(
        held,
        ReturnEvent.REQUEST_CHANGES,
        holding,
        expected_version,
        by=by,
        at=at,
        sections=named,
        reason=reason,
    )


@transaction.atomic
def reopen(
    *, duty_return: DutyReturn, reason: str, expected_version: int, by: User, at: datetime
) -> ReturnState:
    """Give a return back at the authority's own request; its sections ask to be checked again.

    The same form sent twice reopens once.

    Raises:
        StaleReturnError: the return has changed since the version that the person saw.
        OwnReturnError: the person works for the authority.
        TransitionRefusedError: no reason, the round is not open, or the state or the role does
            not allow it.
    """
    held = hold(duty_return=duty_return, at=at)
    holding = _reason_given(reason)
    closing = held.loaded.closing
    if closing.round_state == RoundState.OPEN and closing.is_open(now=held.now):
        holding.add(Guard.ROUND_OPEN)
    return _step(held, ReturnEvent.REOPEN, holding, expected_version, by=by, at=at, reason=reason)


@transaction.atomic
def accept(
    *, duty_return: DutyReturn, expected_version: int, by: User, at: datetime
) -> ReturnState:
    """Accept what was submitted, once. The same form sent twice accepts once.

    Raises:
        StaleReturnError: the return has changed since the version that the person saw.
        OwnReturnError: the person works for the authority.
        TransitionRefusedError: the person drafted the finding on it, or the state or the role
            does not allow it.
    """
    held = hold(duty_return=duty_return, at=at)
    holding: set[Guard] = set()
    if not drafted_finding(duty_return=held.duty_return, person=by):
        holding.add(Guard.NOT_DRAFTER_OF_FINDING)
    return _step(held, ReturnEvent.ACCEPT, holding, expected_version, by=by, at=at)


@transaction.atomic
def unaccept(
    *, duty_return: DutyReturn, reason: str, expected_version: int, by: User, at: datetime
) -> ReturnState:
    """Take an acceptance back, which must come before anything else is asked of the return.

    The same form sent twice takes it back once. The signature stays.

    Raises:
        StaleReturnError: the return has changed since the version that the person saw.
        OwnReturnError: the person works for the authority.
        TransitionRefusedError: no reason, the round is published, or the state or the role does
            not allow it.
    """
    held = hold(duty_return=duty_return, at=at)
    holding = _reason_given(reason)
    if held.loaded.round.state != RoundState.PUBLISHED:
        holding.add(Guard.ROUND_NOT_PUBLISHED)
    return _step(held, ReturnEvent.UNACCEPT, holding, expected_version, by=by, at=at, reason=reason)


def _step(
    held: Held,
    event: ReturnEvent,
    holding: Collection[Guard],
    expected_version: int,
    *,
    by: User,
    at: datetime,
    sections: frozenset[str] = frozenset(),
    reason: str = "",
) -> ReturnState:
    newest = held.loaded.events[-1] if held.loaded.events else None
    if expected_version != held.duty_return.version:
        if newest is not None and _is_same(newest, event, expected_version, by):
            return held.standing.state
        raise StaleReturnError(_what_happened(newest))
    authority = held.loaded.authority
    acting = acting_for(event=event, authority=authority, by=by)
    if (
        acting.role not in LOCAL_ROLES
        and Membership.objects.current().filter(user=by, body=authority).exists()
    ):
        raise OwnReturnError(
            "You work for this authority, so somebody else must do this. Ask another analyst."
        )
    reached = take(
        held=held,
        event=event,
        holding=holding,
        sections=sections,
        reason=reason.strip(),
        by=by,
        at=at,
        seen_version=expected_version,
    )
    named = sections or (Section.values if event == ReturnEvent.REQUEST_CHANGES else ())
    refresh_marks(held=held, reasons=dict.fromkeys(named, reason.strip()))
    tell_of_review(held=held, event=event, sections=sections, at=at)
    return reached


def _is_same(newest: StoredEvent, event: ReturnEvent, seen: int, by: User) -> bool:
    """Whether the newest event is this very form, sent before."""
    return (
        newest.type == event.value
        and newest.actor_id == by.pk
        and newest.payload.get("seen_version") == seen
    )


def what_happened(*, duty_return: DutyReturn) -> str:
    """Say to who read an earlier state what the newest step was, as far as it is theirs to know."""
    return _what_happened(duty_return.events.select_related("actor").order_by("-pk").first())


def _what_happened(newest: StoredEvent | None) -> str:
    if newest is None or newest.type not in SEEN_BY_CENTRE:
        words = "The authority has worked on it."
    else:
        who = newest.actor.full_name if newest.actor else "The system"
        words = f"The last step, by {who}, was to {EVENT_WORDS[ReturnEvent(newest.type)]}."
    return (
        f"The return has changed since you read it. {words} Nothing of yours was stored. "
        "Read the return as it now is before you decide."
    )


def _reason_given(reason: str) -> set[Guard]:
    return {Guard.REASON_GIVEN} if reason.strip() else set()
