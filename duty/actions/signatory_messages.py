"""Tells each morning of authorities of open rounds for which nobody can sign, once for each loss.

The opening looks once, and so does the end of a role; a person who is made inactive, or a role that
runs out by itself, takes no such step.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from authorities.actions.membership_messages import NO_SIGNATORY
from authorities.models import Membership, Notice, Role
from authorities.notices import Draft
from duty.deadlines import london_date
from duty.models import ExpectedReturn, RoundState

# What is told in the mail of a morning was written down at most so long before it.
_MAIL_WAITS = timedelta(days=1)
# Before anything that was told.
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def drafts(*, first: date, last: date) -> tuple[Draft, ...]:
    """Return of which authorities is to be told today, from one query.

    What was told since the round opened, by whichever step, is not told again, unless somebody
    came who could sign and is gone, too.
    """
    signatories = Membership.objects.filter(body=OuterRef("authority_id"), role=Role.SIGNATORY)
    signing = Membership.objects.current().filter(
        body=OuterRef("authority_id"), role=Role.SIGNATORY
    )
    newest = signatories.order_by("-started_at", "-pk")
    told = Notice.objects.filter(
        due_at__gte=OuterRef("came_at") + _MAIL_WAITS,
        kind=NO_SIGNATORY,
        about=OuterRef("authority_id"),
        due_at__date__gte=OuterRef("round__opens_on"),
    )
    rows = (
        ExpectedReturn.objects.filter(~Exists(signing), round__state=RoundState.OPEN)
        .annotate(
            is_test=F("round__is_test"),
            came=Subquery(newest.values("pk")[:1]),
            came_at=Coalesce(Subquery(newest.values("started_at")[:1]), Value(_NEVER)),
        )
        .filter(~Exists(told))
        # Of a loss in two rounds the one that counts is told.
        .order_by("is_test", "round__slug", "pk")
        .values_list(
            "round_id", "authority_id", "is_test", "round__opens_on", "came", "came_at", named=True
        )
    )
    return tuple(
        Draft(
            kind=NO_SIGNATORY,
            key=_key(row),
            day=first,
            about=row.authority_id,
            occasion=row.round_id,
            body_id=row.authority_id,
            details={"is_test": row.is_test},
        )
        for row in rows
    )


def _key(row: Any) -> str:
    """Return the key of the step that says it: the end of the newest role, or the opening."""
    came_since = row.came is not None and london_date(now=row.came_at) >= row.round__opens_on
    return f"{row.authority_id} {row.came if came_since else row.round_id}"
