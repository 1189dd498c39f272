"""Tells people of a reorganisation: when it is set, and when it has happened."""

from datetime import date, datetime
from functools import partial

from django.db.models import Q

from authorities.actions import messages
from authorities.models import (
    Membership,
    Notice,
    Reorganisation,
    ReorganisationState,
    RightsMove,
    User,
)
from authorities.notices import Draft, Letter, NoticeKind


def tell_people(*, reorganisation: Reorganisation, step: str, at: datetime) -> None:
    """Tell everybody whose role the change touches, and those whom they join.

    step: announced, when it is scheduled; applied, on its day.
    """
    messages.announce(
        kind=f"reorganisation.{step}",
        # Whoever takes it back and sets it again for another day tells of it again.
        key=f"{reorganisation.pk} {reorganisation.effective_date}",
        about=reorganisation.pk,
        at=at,
    )


def foreseen(*, first: date, last: date) -> tuple[Draft, ...]:
    """Return which changes of bodies take effect on the days; one whose job is late, today."""
    rows = Reorganisation.objects.filter(
        state=ReorganisationState.SCHEDULED, effective_date__lte=last
    ).order_by("effective_date", "pk")
    return tuple(
        Draft(
            kind="reorganisation.applied",
            key=f"foreseen {key}",
            day=max(day, first),
            about=key,
        )
        for key, day in rows.values_list("pk", "effective_date")
    )


def _people(row: Reorganisation) -> list[User]:
    moves = RightsMove.objects.filter(reorganisation=row)
    kinds = [
        (move.membership.body.kind, move.successor_slug)
        for move in moves.select_related("membership__body")
    ]
    joined = Q(pk__in=[])
    for kind, slug in sorted(set(kinds)):
        if slug:
            joined |= Q(body__kind=kind, body__slug=slug)
    return list(
        User.objects.filter(
            Q(memberships__reorganisation_moves__reorganisation=row)
            | Q(memberships__in=Membership.objects.current().filter(joined)),
            is_active=True,
        )
        .distinct()
        .order_by("pk")
    )


def _letters(
    notice: Notice, at: datetime, *, state: ReorganisationState, applied: bool
) -> tuple[Letter, ...]:
    row = Reorganisation.objects.defer("picture", "preview").get(pk=notice.about)
    if row.state != state:
        return ()
    day = f"{row.effective_date.day} {row.effective_date:%B %Y}"
    subject = f"{row.title}: {'has taken effect' if applied else f'takes effect on {day}'}"
    text = (
        "This change of bodies and areas "
        + (f"took effect on {day}." if applied else f"takes effect on {day}.")
        + "\n\nEverything that was submitted or published stays with the body that sent it. "
        "What you may do from then on, and what you may still finish, stands on your home page:"
    )
    return tuple(Letter(person, subject, text, (("", "/"),)) for person in _people(row))


KINDS = {
    "reorganisation.announced": NoticeKind(
        label="Change of bodies announced",
        letters=partial(_letters, state=ReorganisationState.SCHEDULED, applied=False),
    ),
    "reorganisation.applied": NoticeKind(
        label="Change of bodies applied",
        letters=partial(_letters, state=ReorganisationState.APPLIED, applied=True),
    ),
}
