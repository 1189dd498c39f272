"""Tells the people of authorities what became of a round: written in the transaction of the step.

A message names no person and quotes no reason: those stand on the pages, for who may read them.
"""

from datetime import date, datetime
from uuid import UUID, uuid5

from django.conf import settings
from django.urls import reverse

from authorities.actions import messages
from authorities.models import LOCAL_ROLES, Membership, StrategicAuthority, User
from duty import words
from duty.models import Round
from duty.round_lifecycle import RoundEvent


def tell_of_opening(*, round_: Round, at: datetime) -> None:
    """Write to everybody who is expected that they can start, and by when."""
    _tell_expected(
        round_,
        RoundEvent.OPEN,
        "open",
        "You can start your return. It is due by the end of "
        f"{words.london_weekday(moment=round_.due_on)}.",
        at,
    )


def tell_of_more_days(*, round_: Round, at: datetime) -> None:
    """Write to everybody who is expected until when they may work now."""
    _tell_expected(
        round_,
        RoundEvent.REOPEN,
        "more days",
        "Every authority may work on its return until the end of "
        f"{words.london_weekday(moment=round_.edits_until)}. The due day has not changed.",
        at,
    )


def tell_of_extension(
    *,
    round_: Round,
    authority: StrategicAuthority,
    due_on: date,
    edits_until: date,
    at: datetime,
) -> None:
    """Write to one authority's people until when they may work now."""
    _write(
        round_,
        authority,
        RoundEvent.EXTEND,
        "extension",
        f"Your return is now due by the end of {words.london_weekday(moment=due_on)}, and you may "
        f"work on it until the end of {words.london_weekday(moment=edits_until)}. Why stands on "
        "the return.",
        at,
    )


def subject_of(*, round_: Round, headline: str) -> str:
    """Return the subject of a mail about a round; a test round's can be told at once."""
    marked = "[TEST] " if round_.is_test else ""
    return f"{marked}{round_.name}: {headline}"[:200]


def _tell_expected(
    round_: Round, event: RoundEvent, headline: str, text: str, at: datetime
) -> None:
    for authority in StrategicAuthority.objects.filter(expected_returns__round=round_).order_by(
        "slug"
    ):
        _write(round_, authority, event, headline, text, at)


def _write(
    round_: Round,
    authority: StrategicAuthority,
    event: RoundEvent,
    headline: str,
    text: str,
    at: datetime,
) -> None:
    subject = subject_of(round_=round_, headline=headline)
    path = reverse("duty:return-tasks", args=[round_.slug, authority.slug])
    messages.write(
        recipients=_people_of(authority.pk),
        kind=f"round.{event.value}",
        about=_step_of(round_, authority.pk),
        subject=subject,
        text=f"{subject}\n\n{text} Your return is here:\n{settings.SITE_URL}{path}\n\n"
        "Health Duty Tracker\n",
        at=at,
    )


def _people_of(authority: UUID) -> list[User]:
    return list(
        User.objects.filter(
            memberships__in=Membership.objects.current().filter(
                body_id=authority, role__in=LOCAL_ROLES
            )
        )
        .distinct()
        .order_by("pk")
    )


def _step_of(round_: Round, authority: UUID) -> UUID:
    """Return a key of the step: a round may be reopened, and an extension changed, again."""
    return uuid5(round_.pk, f"{authority} version {round_.version}")
