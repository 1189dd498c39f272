"""Until when each expected authority may work, for lists: the SQL of `Closing` and `is_overdue`.

A test holds both to the same answers, day by day.
"""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Greatest

from duty.models import DutyReturn, ExpectedReturn, ReturnState, RoundState, Submission

SENT_STATES = (
    ReturnState.SUBMITTED,
    ReturnState.SUBMITTED_WITH_CHANGES,
    ReturnState.ACCEPTED,
)


def with_closing(rows: QuerySet[ExpectedReturn], *, today: date) -> QuerySet[Any]:
    """Add to each row what its return and its days say on a London day.

    Adds `due` and `until` (days, the extension counted), `extended`, `return_state` (None until
    somebody starts), `submitted`, `came`, `overdue` and `takes_work`. What came once is not
    overdue, even if the centre has sent it back since.
    """
    returns = DutyReturn.objects.filter(round=OuterRef("round"), authority=OuterRef("authority"))
    came = Submission.objects.filter(
        duty_return__round=OuterRef("round"), duty_return__authority=OuterRef("authority")
    )
    extended = Q(extended_edits_until__isnull=False)
    return rows.annotate(
        # The database's GREATEST passes over what is null.
        due=Greatest("extended_due_on", "round__due_on"),
        until=Greatest("extended_edits_until", "round__edits_until"),
        extended=_flag(extended),
        return_state=Subquery(returns.values("state")[:1], output_field=CharField(null=True)),
        submitted=Exists(returns.filter(state__in=SENT_STATES)),
        came=Exists(came),
    ).annotate(
        overdue=_flag(Q(due__lt=today, came=False)),
        takes_work=_flag(
            Q(until__gte=today)
            & (Q(round__state=RoundState.OPEN) | (extended & Q(round__state=RoundState.CLOSED)))
        ),
        started=_flag(Q(return_state__isnull=False)),
    )


def worked_on(rows: QuerySet[ExpectedReturn], *, today: date) -> QuerySet[Any]:
    """Keep what its authority is at work on: of an open round, or extended beyond the closing.

    What is due first comes first. A test round is reached by its address only: nobody's work.
    """
    extended = Q(round__state=RoundState.CLOSED, extended_edits_until__isnull=False)
    return (
        rows.filter(round__is_test=False)
        .annotate(
            due=Greatest("extended_due_on", "round__due_on"),
            until=Greatest("extended_edits_until", "round__edits_until"),
        )
        .filter(Q(round__state=RoundState.OPEN) | (extended & Q(until__gte=today)))
        .order_by("due", "round__opens_on", "round__slug")
    )


def awaiting_sign_off(*, round_id: UUID, today: date) -> QuerySet[Any]:
    """Return what would be cut off at closing: returns with their signatories.

    An extension that still runs outlives the closing, so a return that has one is not cut off.
    """
    rows = ExpectedReturn.objects.filter(round_id=round_id).select_related("authority")
    return (
        with_closing(rows, today=today)
        .filter(return_state=ReturnState.AWAITING_SIGN_OFF)
        .exclude(extended=True, until__gte=today)
        .order_by("authority__slug", "pk")
    )


def _flag(condition: Q) -> Case:
    return Case(
        When(condition, then=Value(True)), default=Value(False), output_field=BooleanField()
    )
