"""Who looks at engagement, and what must never be seen by whom."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from authorities.models import Pair, Role, User
from duty.actions.clock import invented_past
from duty.models import Round
from engagement.actions import national, own_views, placements
from engagement.actions.own_views import Choice
from engagement.models import Level, OwnView, Side
from tests.factories import engagement as make


def open_now() -> Round:
    """A round that is open today, whenever the tests run."""
    today = timezone.localdate()
    made: Round = make.RoundFactory(
        opens_on=today - timedelta(days=30),
        due_on=today + timedelta(days=10),
        edits_until=today + timedelta(days=20),
    )
    return made


def sign_in(person: User | None) -> Client:
    """A browser in which the person is signed in; None is anybody."""
    client = Client()
    if person is not None:
        client.force_login(person)
    return client


def people_of(pair: Pair) -> dict[str, User | None]:
    """One of each kind of person, in how they stand to the pair."""
    return {
        "anybody": None,
        "reader": make.central(Role.READER),
        "authority editor": make.member(pair.authority),
        "authority signatory": make.member(pair.authority, Role.SIGNATORY),
        "board editor": make.member(pair.board),
        "board signatory": make.member(pair.board, Role.SIGNATORY),
        "analyst": make.central(Role.ANALYST),
        "moderator": make.central(Role.MODERATOR),
        "lead analyst": make.central(Role.LEAD_ANALYST),
        "administrator": make.central(Role.ADMINISTRATOR),
    }


def secret(side: str) -> str:
    """A word that stands in what one side wrote and nowhere else."""
    return f"canary-{side}"


def write_secret(*, pair: Pair, round: Round, side: str, confirm: bool) -> OwnView:
    """A view with the side's canary in its evidence, perhaps confirmed as low."""
    body = pair.authority if side == Side.AUTHORITY else pair.board
    choices = {
        theme.code: Choice(
            level=Level.LOW,
            evidence_title=secret(side),
            evidence_url=f"https://www.example.org/{secret(side)}",
        )
        for theme in make.themes(side)
    }
    with invented_past():
        view = own_views.save_picks(
            pair=pair,
            round=round,
            side=Side(side),
            choices=choices,
            expected_version=0,
            by=make.member(body),
            at=make.during(round),
        )
        if confirm:
            view = own_views.confirm(
                view=view,
                level=Level.LOW,
                changed_reason="",
                expected_version=view.version,
                by=make.member(body, Role.SIGNATORY),
                at=make.during(round),
            )
    placements.recompute(pair=pair, round=round, at=make.NOW)
    national.refresh(round=round, at=make.NOW)
    return view
