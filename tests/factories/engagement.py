"""Rounds, own views and placements for tests, made by the same actions as the site's."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from io import StringIO
from typing import Any

import factory
from django.core.management import call_command
from django.utils import timezone
from factory.django import DjangoModelFactory

from authorities.models import Body, Membership, Pair, Role, User
from duty.actions.clock import invented_past
from duty.models import Round, RoundState, Specification
from engagement.actions import own_views, placements, publications
from engagement.actions.own_views import Choice
from engagement.models import Level, OwnView, Publication, Side, Theme
from tests.factories.authorities import MembershipFactory, NationalMembershipFactory
from tests.factories.engagement_assessments import settle

# A day on which the open round of these tests is open.
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
# Before all that is published in tests: the database's clock says what may be seen.
LONG_AGO = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


class SpecificationFactory(DjangoModelFactory):
    class Meta:
        model = Specification
        django_get_or_create = ("version",)

    version = 1
    # A round asks what is published.
    published_at = LONG_AGO


class RoundFactory(DjangoModelFactory):
    """A round that is open on `NOW`."""

    class Meta:
        model = Round
        django_get_or_create = ("slug",)

    slug = "autumn-2026"
    name = "Autumn 2026"
    covers_from = date(2026, 4, 1)
    covers_to = date(2026, 9, 30)
    geography_date = date(2026, 9, 30)
    opens_on = date(2026, 10, 1)
    due_on = date(2026, 12, 4)
    edits_until = date(2026, 12, 18)
    reply_opens_on = factory.LazyAttribute(lambda made: made.edits_until + timedelta(days=24))
    reply_closes_on = factory.LazyAttribute(lambda made: made.edits_until + timedelta(days=45))
    publish_at = factory.LazyAttribute(
        lambda made: datetime.combine(
            made.edits_until + timedelta(days=76), time(8, 30), tzinfo=UTC
        )
    )
    state = RoundState.OPEN
    created_at = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
    specification = factory.SubFactory(SpecificationFactory)


def load_configuration() -> None:
    """Load rubric 1 and group map 1, as the site does."""
    call_command("load_engagement_configuration", stdout=StringIO())


def earlier_round(**said: Any) -> Round:
    """A round before the open one, closed and ready to be published."""
    fields: dict[str, Any] = {
        "slug": "spring-2026",
        "name": "Spring 2026",
        "covers_from": date(2025, 10, 1),
        "covers_to": date(2026, 3, 31),
        "geography_date": date(2026, 6, 30),
        "opens_on": date(2026, 4, 1),
        "due_on": date(2026, 5, 29),
        "edits_until": date(2026, 6, 12),
        "state": RoundState.CLOSED,
    }
    made: Round = RoundFactory(**{**fields, **said})
    return made


def member(body: Body, role: str = Role.EDITOR) -> User:
    """A person with a role at an authority or a board."""
    membership: Membership = MembershipFactory(body=body, role=role)
    return membership.user


def central(role: str = Role.ANALYST) -> User:
    """A person with a role at the centre."""
    membership: Membership = NationalMembershipFactory(role=role)
    return membership.user


def during(round: Round) -> datetime:
    """A moment at which the round takes views."""
    return datetime.combine(round.opens_on + timedelta(days=1), time(9), tzinfo=UTC)


def themes(side: str) -> tuple[Theme, ...]:
    """The themes of a side in rubric 1."""
    return tuple(Theme.objects.filter(rubric__version=1, side=side).order_by("order"))


def choices(side: str, level: str, **other: str) -> dict[str, Choice]:
    """A statement of one level for each theme of a side, with evidence; others by theme code."""
    return {
        theme.code: Choice(
            level=Level(other.get(theme.code, level)),
            evidence_title=f"Evidence for {theme.name}",
            evidence_url=f"https://www.example.org/{theme.code.lower()}",
        )
        for theme in themes(side)
    }


def draft(*, pair: Pair, round: Round, side: str, level: str, **other: str) -> OwnView:
    """A view that somebody at the body has answered whole and nobody confirmed."""
    body = pair.authority if side == Side.AUTHORITY else pair.board
    with invented_past():
        return own_views.save_picks(
            pair=pair,
            round=round,
            side=Side(side),
            choices=choices(side, level, **other),
            expected_version=0,
            by=member(body),
            at=during(round),
        )


def confirmed(*, pair: Pair, round: Round, side: str, level: str, **other: str) -> OwnView:
    """A view that a signatory has confirmed."""
    view = draft(pair=pair, round=round, side=side, level=level, **other)
    body = pair.authority if side == Side.AUTHORITY else pair.board
    with invented_past():
        return own_views.confirm(
            view=view,
            level=Level(level),
            changed_reason="We chose so." if other else "",
            expected_version=view.version,
            by=member(body, Role.SIGNATORY),
            at=during(round),
        )


def publish(
    *, round: Round, levels: Mapping[Pair, tuple[str | None, str | None]], reason: str = ""
) -> Publication:
    """Publish a round in which the pairs stand at these levels, authority first."""
    Round.objects.filter(pk=round.pk).update(state=RoundState.OPEN)
    round.refresh_from_db()
    for pair, (authority_level, board_level) in levels.items():
        for side, level in (("sa", authority_level), ("icb", board_level)):
            if level is not None:
                confirmed(pair=pair, round=round, side=side, level=level)
    _move_to_the_past(round)
    # A correction is made of a round that is published, and takes what is stored by then.
    published = Publication.objects.visible().filter(round=round).exists()
    state = RoundState.PUBLISHED if published else RoundState.FINALISING
    if not published:
        settle(round=round)
    # A working placement is kept up to date before the publication alone.
    Round.objects.filter(pk=round.pk).update(state=RoundState.FINALISING)
    placements.recompute_round(round=round, at=during(round))
    Round.objects.filter(pk=round.pk).update(state=state)
    round.refresh_from_db()
    publication = approve(round=round, reason=reason)
    round.refresh_from_db()
    return publication


def _move_to_the_past(round: Round) -> None:
    """Let the instant of a round be over, whatever its dates were: the database reads its clock."""
    instant = min(NOW, timezone.now())
    days: dict[str, date] = {"publish_at": instant}
    if round.reply_closes_on >= instant.date():
        ends = date(2026, 1, 30)
        days |= {"opens_on": date(2026, 1, 1), "due_on": ends, "edits_until": ends}
        days |= {"reply_opens_on": date(2026, 2, 2), "reply_closes_on": date(2026, 2, 20)}
    Round.objects.filter(pk=round.pk).update(**days)
    round.refresh_from_db()


def approve(*, round: Round, reason: str = "", **said: Any) -> Publication:
    """Propose and approve a finalising or published round, as two people long ago."""
    seen = publications.propose(
        round_=round, reason=reason, by=central(Role.LEAD_ANALYST), at=timezone.now()
    )
    given = {"by": central(Role.LEAD_ANALYST), "clock": lambda: LONG_AGO, **said}
    publication = publications.approve(round_=round, seen=seen, at=timezone.now(), **given)
    round.refresh_from_db()
    return publication
