"""Enters reorganisations: drafted and previewed by one person, approved by another, then set.

The job that applies them stands in `reorganisation_jobs.py`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from authorities import audit
from authorities.actions.reorganisation_application import (
    ReorganisationProblemsError,
    problems_of,
)
from authorities.actions.reorganisation_messages import tell_people
from authorities.actions.reorganisation_preview import make_preview
from authorities.actions.reorganisation_steps import (
    StaleReorganisationError,
    hold,
    name_bodies,
    touch,
)
from authorities.effects import all_effects
from authorities.frozen_json import to_plain
from authorities.models import (
    Body,
    Reorganisation,
    ReorganisationOperation,
    RightsMove,
    User,
)
from authorities.queries.geography import load_geography
from authorities.queries.reorganisations import change_of, had_a_hand, memberships_at
from authorities.reorganisation.facts import BodyKey
from authorities.reorganisation.guards import Guard, Problem
from authorities.reorganisation.operations import (
    Change,
    Operation,
    closing_bodies,
    default_successor,
    successors,
)
from authorities.reorganisation.states import Step, WrongStateError

# What a later operation of the same change may still put right.
_SETTLED_LATER = frozenset({Guard.NO_OPERATION, Guard.WHICH_AUTHORITY, Guard.PEOPLE_LEFT})

__all__ = ["ReorganisationProblemsError", "StaleReorganisationError", "WrongStateError"]


class SecondPersonError(ValueError):
    """Whoever proposed a change cannot approve it."""


class NotDecidedError(ValueError):
    """Roles at a body that ends have no decision, or the decision names a body of no part in it."""


class StillWaitingError(ValueError):
    """A return waits for its signature; going ahead needs a reason."""


class ReasonMissingError(ValueError):
    """A decision needs its reason."""


class WhatIfError(ValueError):
    """A draft that is only looked at is never approved or applied."""


@dataclass(frozen=True)
class Heading:
    """What a change is, aside from its operations."""

    title: str
    effective_date: date
    source: str
    certainty: str
    reason: str = ""
    what_if: bool = False


@transaction.atomic
def draft(*, heading: Heading, by: User, at: datetime) -> Reorganisation:
    """Store a change without operations.

    Raises:
        ReorganisationProblemsError: its day is too far ahead; nothing is stored.
    """
    made = Reorganisation.objects.create(
        title=heading.title,
        effective_date=heading.effective_date,
        source=heading.source,
        certainty=heading.certainty,
        reason=heading.reason,
        what_if=heading.what_if,
        proposed_at=at,
        proposed_by=by,
    )
    _refuse_problems(made, today=timezone.localdate(at), only=None)
    audit.record(
        action="reorganisation.drafted", target=made, by=by, at=at, what_if=heading.what_if
    )
    return made


@transaction.atomic
def describe(
    *, reorganisation: Reorganisation, version: int, heading: Heading, by: User, at: datetime
) -> None:
    """Change what the change is called, its day, and where it comes from.

    Raises:
        StaleReorganisationError, WrongStateError: nothing is stored.
        ReorganisationProblemsError: its operations do not fit the new day.
    """
    row = hold(reorganisation, version)
    row.title, row.effective_date = heading.title, heading.effective_date
    row.source, row.certainty, row.reason = heading.source, heading.certainty, heading.reason
    row.save(update_fields=["title", "effective_date", "source", "certainty", "reason"])
    _refuse_problems(row, today=timezone.localdate(at), only=None)
    _edited(row, "reorganisation.described", by=by, at=at)


@transaction.atomic
def add_operation(
    *,
    reorganisation: Reorganisation,
    version: int,
    operations: Sequence[Operation],
    by: User,
    at: datetime,
) -> None:
    """Add operations that are entered together, such as a merger and the body that it opens.

    Raises:
        StaleReorganisationError, WrongStateError: nothing is stored.
        ReorganisationProblemsError: guards stand in the way; nothing is stored.
    """
    row = hold(reorganisation, version)
    last = row.operations.order_by("-position").first()
    first = last.position + 1 if last else 1
    for place, operation in enumerate(operations, start=first):
        ReorganisationOperation.objects.create(
            reorganisation=row,
            position=place,
            kind=operation.kind,
            details=to_plain(value=operation),
        )
    count = row.operations.count()
    _refuse_problems(row, today=timezone.localdate(at), only=range(count - len(operations), count))
    _edited(row, "reorganisation.operation_added", by=by, at=at)


@transaction.atomic
def remove_operation(
    *, reorganisation: Reorganisation, version: int, position: int, by: User, at: datetime
) -> None:
    """Take one operation away; the history keeps it.

    Raises:
        StaleReorganisationError, WrongStateError: nothing is stored.
    """
    row = hold(reorganisation, version)
    row.operations.filter(position=position).delete()
    _edited(row, "reorganisation.operation_removed", by=by, at=at)


@transaction.atomic
def preview(*, reorganisation: Reorganisation, version: int, by: User, at: datetime) -> None:
    """Rehearse the change, freeze what it would do, and offer it for approval.

    Roles at bodies that end follow the successor, or the primary one of several, unless
    somebody has decided otherwise.

    Raises:
        StaleReorganisationError, WrongStateError: nothing is stored.
        ReorganisationProblemsError: guards stand in the way.
    """
    row = hold(reorganisation, version, step=Step.PREVIEW)
    _propose_moves(row, change_of(row))
    _make_preview(row, by=by, at=at)
    touch(row, "reorganisation.previewed", by=by, at=at)


@transaction.atomic
def decide_rights(
    *,
    reorganisation: Reorganisation,
    version: int,
    decisions: Mapping[int, str],
    by: User,
    at: datetime,
) -> None:
    """Decide which successor each role follows, by membership; an empty slug ends it.

    Raises:
        StaleReorganisationError, WrongStateError: nothing is stored.
        NotDecidedError: a role is not one of the change's, or would follow a body of no part in it.
    """
    row = hold(reorganisation, version, step=Step.PREVIEW)
    change = change_of(row)
    moves = {
        move.membership_id: move
        for move in row.rights_moves.select_related("membership__body").select_for_update(
            of=("self",)
        )
    }
    for membership_id, slug in decisions.items():
        move = moves.get(membership_id)
        if move is None:
            raise NotDecidedError("A role is no longer part of this change. Preview it again.")
        body = move.membership.body
        heirs = {one.slug for one in successors(change, BodyKey(body.kind, body.slug))}
        if slug and slug not in heirs:
            raise NotDecidedError(
                f"{slug} does not take over from {body.slug}. Choose one of its successors."
            )
        move.successor_slug = slug
        move.save(update_fields=["successor_slug"])
    _make_preview(row, by=by, at=at)
    touch(row, "reorganisation.rights_decided", by=by, at=at)


@transaction.atomic
def approve(*, reorganisation: Reorganisation, version: int, by: User, at: datetime) -> None:
    """Agree to exactly what the preview shows.

    Raises:
        StaleReorganisationError, WrongStateError: nothing is stored.
        SecondPersonError: the person proposed or edited it.
        WhatIfError: it is only a draft to look at.
    """
    row = hold(reorganisation, version, step=Step.APPROVE)
    if row.what_if:
        raise WhatIfError("A what-if is only looked at. Copy it into a change to go ahead.")
    if had_a_hand(reorganisation=row, person=by):
        raise SecondPersonError(
            "You proposed or edited this change, so somebody else has to approve it. Ask a lead "
            "analyst."
        )
    row.approved_by, row.approved_at = by, at
    row.save(update_fields=["approved_by", "approved_at"])
    touch(row, "reorganisation.approved", by=by, at=at)


@transaction.atomic
def schedule(
    *,
    reorganisation: Reorganisation,
    version: int,
    override_reason: str,
    by: User,
    at: datetime,
) -> None:
    """Set the change to be applied on its day; at once where the day has come.

    Raises:
        StaleReorganisationError, WrongStateError: nothing is stored.
        StillWaitingError: a return waits for its signature and no reason is given.
    """
    row = hold(reorganisation, version, step=Step.SCHEDULE)
    waiting = waits_for(reorganisation=row)
    if waiting and not override_reason.strip():
        raise StillWaitingError(" ".join(waiting))
    row.scheduled_by, row.scheduled_at = by, at
    row.override_reason = override_reason.strip()
    row.save(update_fields=["scheduled_by", "scheduled_at", "override_reason"])
    tell_people(reorganisation=row, step="announced", at=at)
    touch(row, "reorganisation.scheduled", by=by, at=at)


@transaction.atomic
def cancel(
    *, reorganisation: Reorganisation, version: int, reason: str, by: User, at: datetime
) -> None:
    """Give the change up; it stays on record with the reason.

    Raises:
        StaleReorganisationError, WrongStateError, ReasonMissingError: nothing is stored.
    """
    row = hold(reorganisation, version, step=Step.CANCEL)
    if not reason.strip():
        raise ReasonMissingError("Enter why this change is cancelled.")
    row.cancelled_by, row.cancelled_at, row.cancel_reason = by, at, reason.strip()
    row.save(update_fields=["cancelled_by", "cancelled_at", "cancel_reason"])
    touch(row, "reorganisation.cancelled", by=by, at=at)


@transaction.atomic
def copy(
    *, reorganisation: Reorganisation, heading: Heading, by: User, at: datetime
) -> Reorganisation:
    """Start a new change, or a what-if, with the same operations.

    Raises:
        ReorganisationProblemsError: they do not fit, for instance since a body is in a change.
    """
    made = draft(heading=heading, by=by, at=at)
    operations = change_of(reorganisation).operations
    if operations:
        add_operation(
            reorganisation=made, version=made.version, operations=operations, by=by, at=at
        )
    made.refresh_from_db()
    return made


def waits_for(*, reorganisation: Reorganisation) -> tuple[str, ...]:
    """Return why the change should wait, in words."""
    keys = closing_bodies(change_of(reorganisation))
    bodies = [
        body
        for body in Body.objects.filter(slug__in=[key.slug for key in keys])
        if BodyKey(body.kind, body.slug) in keys
    ]
    return tuple(text for effects in all_effects() for text in effects.blockers(bodies=bodies))


def _refuse_problems(row: Reorganisation, *, today: date, only: range | None) -> None:
    """Refuse what no later operation can put right."""
    found: list[Problem] = [
        problem
        for problem in problems_of(
            reorganisation=row,
            change=change_of(row),
            geography=load_geography(),
            today=today,
        )
        if problem.guard not in _SETTLED_LATER
        and (only is None or problem.operation is None or problem.operation in only)
    ]
    if found:
        raise ReorganisationProblemsError(found)


def _edited(row: Reorganisation, action: str, *, by: User, at: datetime) -> None:
    """Forget the preview: it is of another change now."""
    row.preview = row.picture = row.previewed_at = None
    row.rights_moves.all().delete()
    row.save(update_fields=["preview", "picture", "previewed_at"])
    name_bodies(row)
    touch(row, action, by=by, at=at)


def _propose_moves(row: Reorganisation, change: Change) -> None:
    """One move for each current role at a body that ends; decisions made before are kept."""
    closing = list(closing_bodies(change))
    decided = {move.membership_id: move for move in row.rights_moves.all()}
    current = memberships_at(closing)
    for gone in decided.keys() - {membership.pk for membership in current}:
        decided[gone].delete()
    for membership in current:
        if membership.pk in decided:
            continue
        heir = default_successor(change, BodyKey(membership.body.kind, membership.body.slug))
        RightsMove.objects.create(
            reorganisation=row,
            membership=membership,
            successor_slug=heir.slug if heir else "",
        )


def _make_preview(row: Reorganisation, *, by: User, at: datetime) -> None:
    made = make_preview(reorganisation=row, today=timezone.localdate(at), by=by, at=at)
    row.preview = to_plain(value=made.preview)
    row.picture = to_plain(value=made.drawing) if made.drawing else None
    row.previewed_at = at
    row.save(update_fields=["preview", "picture", "previewed_at", "state"])
    name_bodies(row)
