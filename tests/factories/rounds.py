"""Rounds in every state, with the people of the centre who run them."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from authorities.models import Role, StrategicAuthority, User
from duty.actions import round_stages, rounds
from duty.models import Round, Specification
from duty.queries.round_checks import checked
from duty.round_checks import digest
from engagement.models import GroupMap, Rubric
from outcomes.models import Indicator
from tests.factories.authorities import MembershipFactory, NationalMembershipFactory, PairFactory
from tests.factories.duty import GEOGRAPHY_DATE, DeclarationFactory, SpecificationFactory, today
from tests.factories.outcomes import IndicatorFactory

REASON = "The people are being appointed."


@dataclass(frozen=True)
class Centre:
    """One person of each role at the centre."""

    analyst: User
    lead_analyst: User
    moderator: User
    reader: User
    administrator: User


def make_centre() -> Centre:
    """Make the people of the centre."""
    roles = (Role.ANALYST, Role.LEAD_ANALYST, Role.MODERATOR, Role.READER, Role.ADMINISTRATOR)
    return Centre(**{role.value: NationalMembershipFactory(role=role).user for role in roles})


def plan(**changes: Any) -> rounds.Plan:
    """A plan whose round opens tomorrow, with every date."""
    first = changes.pop("opens_on", today() + timedelta(days=1))
    given: dict[str, Any] = {
        "name": "Autumn 2026",
        "covers_from": GEOGRAPHY_DATE.replace(month=4),
        "covers_to": GEOGRAPHY_DATE.replace(month=9, day=30),
        "geography_date": GEOGRAPHY_DATE,
        "opens_on": first,
        "due_on": first + timedelta(days=40),
        "edits_until": first + timedelta(days=47),
        "reply_opens_on": first + timedelta(days=60),
        "reply_closes_on": first + timedelta(days=80),
        "publish_at": datetime.combine(first + timedelta(days=110), time(8, 30), tzinfo=UTC),
    }
    if "specification" not in changes:
        published = Specification.objects.filter(published_at__isnull=False).first()
        given["specification"] = published or SpecificationFactory()
    return rounds.Plan(**(given | changes))


def load_versions() -> None:
    """Store a rubric and a group map to freeze, a declaration to sign and an indicator."""
    Rubric.objects.get_or_create(version=1, defaults={"rule": {}, "source": "tests"})
    GroupMap.objects.get_or_create(version=1, defaults={"source": "tests"})
    DeclarationFactory()
    if not Indicator.objects.exists():
        IndicatorFactory()


def staff(authority: StrategicAuthority) -> None:
    """Give an authority and the ICB that it shares people with an editor and a signatory each."""
    for body in (authority, PairFactory(authority=authority).board):
        for role in (Role.EDITOR, Role.SIGNATORY):
            MembershipFactory(body=body, role=role)


def draft_round(by: User, *, is_test: bool = False, **changes: Any) -> Round:
    """Make a draft; it expects who exists on its geography date."""
    load_versions()
    return rounds.create(plan=plan(**changes), is_test=is_test, by=by, at=timezone.now())


def seen_of(round_: Round) -> str:
    """What a form says of the findings that a person sees."""
    return digest(keys=[finding.key for finding in checked(round_=round_).undecided])


def scheduled_round(by: User, **changes: Any) -> Round:
    """Make a round that is scheduled, whatever the checks find."""
    made = draft_round(by, **changes)
    return round_stages.schedule(
        round_=made, reason=REASON, seen=seen_of(made), by=by, at=timezone.now()
    )


def opened_round(by: User, **changes: Any) -> Round:
    """Make a round that was opened by an administrator."""
    made = scheduled_round(by, **changes)
    return round_stages.open_round(round_=made, by=by, at=timezone.now())
