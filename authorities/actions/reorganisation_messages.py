"""Tells people of a reorganisation: when it is set, and when it has happened."""

from datetime import datetime

from django.conf import settings
from django.db.models import Q

from authorities.actions import messages
from authorities.models import Membership, Reorganisation, RightsMove, User


def tell_people(*, reorganisation: Reorganisation, step: str, at: datetime) -> None:
    """Write to everybody whose role the change touches, and to those whom they join.

    step: announced, when it is scheduled; applied, on its day.
    """
    moves = RightsMove.objects.filter(reorganisation=reorganisation)
    kinds = [
        (move.membership.body.kind, move.successor_slug)
        for move in moves.select_related("membership__body")
    ]
    joined = Q(pk__in=[])
    for kind, slug in sorted(set(kinds)):
        if slug:
            joined |= Q(body__kind=kind, body__slug=slug)
    people = User.objects.filter(
        Q(memberships__reorganisation_moves__reorganisation=reorganisation)
        | Q(memberships__in=Membership.objects.current().filter(joined))
    ).distinct()
    day = f"{reorganisation.effective_date.day} {reorganisation.effective_date:%B %Y}"
    subject = (
        f"{reorganisation.title}: takes effect on {day}"
        if step == "announced"
        else f"{reorganisation.title}: has taken effect"
    )
    messages.write(
        recipients=people,
        kind=f"reorganisation.{step}",
        about=reorganisation.pk,
        subject=subject[:200],
        text=(
            f"{reorganisation.title}\n\nThis change of bodies and areas "
            + (f"takes effect on {day}." if step == "announced" else f"took effect on {day}.")
            + "\n\nEverything that was submitted or published stays with the body that sent it. "
            "What you may do from then on, and what you may still finish, stands on your home "
            f"page:\n{settings.SITE_URL}/\n\nHealth Duty Tracker\n"
        ),
        at=at,
    )
