"""Applies the changes whose day has come: each in one transaction, or not at all."""

import logging
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from authorities import audit
from authorities.actions.reorganisation_application import (
    check_against_preview,
    put_into_effect,
)
from authorities.actions.reorganisations import StillWaitingError, waits_for
from authorities.models import Reorganisation, ReorganisationState
from authorities.queries.reorganisations import roles_not_decided
from authorities.reorganisation.states import State, Step, next_state

logger = logging.getLogger(__name__)

_DUE = (ReorganisationState.SCHEDULED, ReorganisationState.APPLYING)


def apply_due(*, today: date, at: datetime) -> int:
    """Apply every scheduled change whose day has come, in the order of their days.

    A change that fails keeps its reason, leaves nothing else behind, and stops no other. One
    that a killed worker left in the middle is begun again: nothing of it was stored.

    Returns:
        How many were applied.
    """
    due = (
        Reorganisation.objects.filter(state__in=_DUE, effective_date__lte=today)
        .order_by("effective_date", "scheduled_at", "pk")
        .values_list("pk", flat=True)
    )
    return sum(apply_one(reorganisation_id=key, today=today, at=at) for key in list(due))


def apply_one(*, reorganisation_id: UUID, today: date, at: datetime) -> int:
    """Apply one change, if it is due and nobody else is applying it.

    Returns:
        1 where it was applied, else 0; why it failed is kept with it.
    """
    if not _begin(reorganisation_id, today, at):
        return 0
    try:
        with transaction.atomic():
            # Another worker may have come first, or be at it: then there is nothing to do.
            row = (
                Reorganisation.objects.select_for_update(skip_locked=True)
                .filter(pk=reorganisation_id, state=ReorganisationState.APPLYING)
                .first()
            )
            if row is None:
                return 0
            waiting = waits_for(reorganisation=row)
            if waiting and not row.override_reason:
                raise StillWaitingError(" ".join(waiting))
            outcome = put_into_effect(reorganisation=row, today=today, by=None, at=at)
            check_against_preview(reorganisation=row, outcome=outcome)
            row.applied_at = at
            _settle(row, Step.FINISH)
            audit.record(
                action="reorganisation.applied",
                target=row,
                by=None,
                at=at,
                endings=[ending.body.slug for ending in outcome.applied.endings],
                pairs_ended=len(outcome.applied.pair_endings),
                not_decided=[
                    {"membership": role.pk, "role": role.role, "body": role.body.slug}
                    for role in roles_not_decided(row)
                ],
            )
    except Exception as error:
        # The edge of the job: whatever went wrong is kept where people can see it.
        logger.exception("reorganisation %s failed", reorganisation_id)
        _fail(reorganisation_id, error, at)
        return 0
    return 1


@transaction.atomic
def _begin(reorganisation_id: UUID, today: date, at: datetime) -> bool:
    """Mark that it is being applied, in a transaction of its own."""
    row = (
        Reorganisation.objects.select_for_update(skip_locked=True)
        .filter(pk=reorganisation_id, state__in=_DUE, effective_date__lte=today)
        .first()
    )
    if row is None:
        return False
    row.started_at = at
    row.failure = ""
    _settle(row, Step.BEGIN)
    return True


@transaction.atomic
def _fail(reorganisation_id: UUID, error: Exception, at: datetime) -> None:
    row = Reorganisation.objects.select_for_update().get(pk=reorganisation_id)
    if row.state != ReorganisationState.APPLYING:
        return
    row.failure = str(error)[:2000] or type(error).__name__
    _settle(row, Step.FAIL)
    audit.record(
        action="reorganisation.failed", target=row, by=None, at=at, error=type(error).__name__
    )


def _settle(row: Reorganisation, step: Step) -> None:
    row.state = next_state(state=State(row.state), step=step).value
    row.version += 1
    row.save(update_fields=["state", "version", "started_at", "applied_at", "failure"])
    if step is Step.FINISH:
        row.bodies.update(pending=False)
