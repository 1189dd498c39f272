"""The demonstration from nothing: real geography and figures, and what is invented around them."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from authorities.actions import memberships, seals
from authorities.models import Body, BodyKind, Role, User
from duty.actions import round_stages
from duty.actions.clock import invented_past
from duty.models import Round, RoundState
from engagement.management.demonstration import (
    accounts,
    agreements,
    changes,
    commitments,
    corrections,
    engagement,
    figures,
    framework_parts,
    frameworks,
    invited,
    levers,
    returns,
    rounds,
    standing_records,
    succession,
    support,
)
from engagement.management.demonstration.dates import (
    RoundDates,
    first_round,
    open_round,
    published_round,
)
from outcomes import recompute
from outcomes.models import IndicatorSet

_FIGURES = (
    Path(settings.BASE_DIR)
    / "outcomes"
    / "published"
    / "fingertips_90362_healthy_life_expectancy.csv"
)
# Who makes and schedules rounds.
# What all rounds ask figures of.
_ASKED_SET = "wider-determinants"
_KEEPER = "administrator@dhsc.example"
Say = Callable[[str], None]


def load(*, now: datetime, say: Say) -> None:
    """Load what is missing; what is there stays. May be run again at any time."""
    say("Bodies, places and pairs")
    call_command("load_register", verbosity=0)
    call_command("load_boundaries", verbosity=0)
    say("What the duty asks, and how engagement is read")
    call_command("load_specification", verbosity=0)
    call_command("load_engagement_configuration", verbosity=0)
    say("Published figures")
    call_command("load_indicators", verbosity=0)
    call_command(
        "import_observations",
        str(_FIGURES),
        layout="fingertips",
        title="Healthy life expectancy at birth, May 2026",
        source="Fingertips indicator 90362, from ONS figures",
        method="Good health modelled from the survey (ONS, since December 2024)",
        published_on="2026-05-01",
        verbosity=0,
    )
    call_command("load_mission", verbosity=0)
    call_command("load_practice", verbosity=0)
    say("Accounts")
    people = accounts.make_accounts(at=now)
    invited.fill(people=people, at=now)
    author, approver, predecessor = _authors(at=now)
    # Each round whole or not at all: a load that is stopped half-way starts it again.
    say("Two published rounds")
    with transaction.atomic():
        _first_round(now=now, people=people, author=predecessor, approver=approver)
    with transaction.atomic():
        _published_round(now=now, people=people, author=author, approver=approver)
    say("An open round")
    with transaction.atomic():
        _open_round(now=now, people=people, author=author)
    say("A round to come, and one for trying out")
    with transaction.atomic():
        rounds.fill(people=people, indicator_set=_asked_set(), by=people[_KEEPER], today=now.date())
    say("Figures that one authority sent in, and others approved")
    with transaction.atomic():
        figures.publish(people=people, approver=approver, at=now - timedelta(days=170))
    say("Outcomes frameworks")
    with transaction.atomic():
        frameworks.fill(people=people, author=author, at=now - timedelta(days=160))
    say("What commitments are linked with, and their money")
    with transaction.atomic():
        commitments.link(people=people, at=now - timedelta(days=15))
    say("Support, and who takes it up")
    with transaction.atomic():
        support.fill(people=people, by=author, at=now - timedelta(days=50))
    say("A board that is formed anew, and what goes on with it")
    succession.fill(people=people, at=now)
    say("Changes of boards that are only proposed")
    changes.fill(people=people, at=now)
    say("Figures that wait for approval")
    with transaction.atomic():
        figures.send_in(people=people, at=now - timedelta(days=2))
    say("What the pages show")
    _recompute()
    # After the recompute, since notes and reviews keep how a status reads when they are written.
    say("Counts, notes and expert reviews of frameworks in force")
    with transaction.atomic():
        framework_parts.fill(people=people, at=now)
    _recompute()
    say("Seals over who did what")
    seals.seal(at=now)


def _recompute() -> None:
    while recompute.run_pending():
        pass


def _first_round(
    *, now: datetime, people: Mapping[str, User], author: User, approver: User
) -> None:
    made = _round(dates=first_round(today=now.date()), by=people[_KEEPER])
    if made.state == RoundState.PUBLISHED:
        return
    during = datetime.combine(made.due_on, time(10, 0), tzinfo=UTC)
    engagement.fill_first_round(
        round=made, people=people, by=author, approved_by=approver, at=during
    )


def _published_round(
    *, now: datetime, people: Mapping[str, User], author: User, approver: User
) -> None:
    made = _round(dates=published_round(today=now.date()), by=people[_KEEPER])
    if made.state == RoundState.PUBLISHED:
        return
    during = datetime.combine(made.due_on, time(10, 0), tzinfo=UTC)
    returns.fill(round=made, people=people, by=author, at=during, complete=True)
    engagement.fill_published_round(
        round=made, people=people, by=author, approved_by=approver, at=during
    )
    corrections.fill(round=made, people=people)


def _open_round(*, now: datetime, people: Mapping[str, User], author: User) -> None:
    made = _round(dates=open_round(today=now.date()), by=people[_KEEPER])
    if made.returns.exists():
        return
    returns.fill(round=made, people=people, by=author, at=now - timedelta(days=3), complete=False)
    engagement.fill_open_round(round=made, people=people, by=author, at=now - timedelta(days=4))
    levers.fill(people=people, by=author, at=now - timedelta(days=75))
    commitments.fill(people=people, at=now - timedelta(days=60))
    standing_records.fill(people=people, at=now - timedelta(days=20))
    agreements.fill(people=people, at=now - timedelta(days=20))


def _authors(*, at: datetime) -> tuple[User, ...]:
    """People of the centre who made the demonstration. They have no password.

    The last drafted the first round's national views: nobody drafts those of a pair twice running.
    """
    made = []
    for name in ("Author", "Approver", "Predecessor"):
        person = memberships.add_person(
            email=f"{name.lower()}@demonstration.example",
            full_name=f"{name} of the demonstration",
            password=None,
            by=None,
            at=at,
        )
        body = Body.objects.get(kind=BodyKind.NATIONAL, slug="department-of-health-and-social-care")
        memberships.grant(person=person, body=body, role=Role.LEAD_ANALYST, by=None, at=at)
        made.append(person)
    return tuple(made)


def _round(*, dates: RoundDates, by: User) -> Round:
    existing = Round.objects.filter(slug=dates.slug).first()
    if existing is not None:
        return existing
    opened_at = datetime.combine(dates.opens_on, time(8, 0), tzinfo=UTC)
    made = rounds.scheduled(dates=dates, indicator_set=_asked_set(), by=by, at=opened_at)
    with invented_past():
        return round_stages.open_round(round_=made, by=None, at=opened_at)


def _asked_set() -> IndicatorSet | None:
    return IndicatorSet.objects.filter(slug=_ASKED_SET).first()
