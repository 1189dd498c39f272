"""Steps of a change as tests take them, and what a change could alter."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from authorities.actions import reorganisations
from authorities.models import (
    Body,
    Membership,
    Pair,
    PairOverlap,
    Reorganisation,
    Succession,
)
from tests.factories.authorities import UserFactory


def now() -> Any:
    return timezone.now()


def heading(**said: Any) -> reorganisations.Heading:
    return reorganisations.Heading(
        **{
            "title": "A change",
            "effective_date": timezone.localdate() + timedelta(days=30),
            "source": "The Testshire Order 2026",
            "certainty": "high",
            **said,
        }
    )


def facts() -> tuple[object, ...]:
    """Everything that a change could alter in the register."""
    return (
        list(Body.objects.order_by("pk").values()),
        list(Pair.objects.order_by("pk").values()),
        list(PairOverlap.objects.order_by("pk").values()),
        list(Succession.objects.order_by("pk").values()),
        list(Membership.objects.order_by("pk").values()),
    )


def decide(made: Reorganisation, decisions: dict[int, str]) -> None:
    made.refresh_from_db()
    reorganisations.decide_rights(
        reorganisation=made,
        version=made.version,
        decisions=decisions,
        by=UserFactory(),
        at=now(),
    )
    made.refresh_from_db()


def approve(made: Reorganisation, *, by: Any) -> None:
    made.refresh_from_db()
    reorganisations.approve(reorganisation=made, version=made.version, by=by, at=now())


def cancel(made: Reorganisation, *, reason: str = "A mistake.") -> None:
    made.refresh_from_db()
    reorganisations.cancel(
        reorganisation=made, version=made.version, reason=reason, by=UserFactory(), at=now()
    )
