"""Tells each morning of authorities of open rounds for which nobody can sign, once in each round.

The opening looks once, and so does the end of a role; a person who is made inactive, or a role that
runs out by itself, takes no such step.
"""

from datetime import date

from django.db.models import Exists, F, OuterRef

from authorities.actions.membership_messages import NO_SIGNATORY
from authorities.models import Membership, Notice, Role
from authorities.notices import Draft
from duty.models import ExpectedReturn, RoundState


def drafts(*, first: date, last: date) -> tuple[Draft, ...]:
    """Return of which authorities is to be told today, from one query.

    What was told since the round opened, by whichever step, is not told again.
    """
    signing = Membership.objects.current().filter(
        body=OuterRef("authority_id"), role=Role.SIGNATORY
    )
    told = Notice.objects.filter(
        kind=NO_SIGNATORY,
        about=OuterRef("authority_id"),
        due_at__date__gte=OuterRef("round__opens_on"),
    )
    rows = (
        ExpectedReturn.objects.filter(~Exists(signing), ~Exists(told), round__state=RoundState.OPEN)
        .annotate(is_test=F("round__is_test"))
        .order_by("round__slug", "pk")
        .values_list("round_id", "authority_id", "is_test")
    )
    return tuple(
        Draft(
            kind=NO_SIGNATORY,
            # As the opening says it, which tells it once in each round.
            key=f"{authority_id} {round_id}",
            day=first,
            about=authority_id,
            occasion=round_id,
            body_id=authority_id,
            details={"is_test": is_test},
        )
        for round_id, authority_id, is_test in rows
    )
