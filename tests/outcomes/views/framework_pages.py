"""What tests of frameworks' pages share: a whole draft, and people who look at it."""

from datetime import date
from typing import Any

from django.test import Client
from django.urls import reverse

from authorities.models import Body, Role
from outcomes.actions import framework_indicators as indicators
from outcomes.actions import framework_targets as targets
from outcomes.actions import frameworks
from outcomes.actions.framework_targets import ChosenBaseline
from outcomes.framework_rules import Wanted
from outcomes.models import FrameworkIndicator, FrameworkVersion
from tests.factories import outcomes as make
from tests.factories.authorities import (
    CouncilFactory,
    CouncilMembershipFactory,
    MembershipFactory,
    NationalBodyFactory,
)
from tests.outcomes.framework_people import Parties


def member(body: Body, role: str = Role.SIGNATORY) -> Client:
    """Return the browser of somebody with a role at a body."""
    client = Client()
    client.force_login(MembershipFactory(body=body, role=role).user)
    return client


def of_the_centre() -> Client:
    """Return the browser of an analyst."""
    return member(NationalBodyFactory(), Role.ANALYST)


def published(parties: Parties) -> Any:
    """Publish a value of three years for men of a council of the authority."""
    council = CouncilFactory()
    CouncilMembershipFactory(authority=parties.pair.authority, council=council)
    indicator = make.IndicatorFactory(
        name="Healthy life expectancy", year_type="calendar", period_months=36, step_months=12
    )
    return value_of(indicator, council)


def value_of(indicator: Any, area: Body, *, first: int = 2019, **facts: Any) -> Any:
    """Publish a value of three years for men."""
    period = make.PeriodFactory(
        label=f"{first} - {(first + 2) % 100}",
        start_date=date(first, 1, 1),
        end_date=date(first + 3, 1, 1),
    )
    return make.ObservationFactory(
        indicator=indicator, area=area, period=period, **{"value": 60.0, **facts}
    )


def whole_draft(parties: Parties) -> FrameworkVersion:
    """Begin a framework that lacks nothing."""
    draft = parties.start()
    value = published(parties)
    outcome = parties.add(draft, "outcome", "People live well")
    place = indicators.add_indicator(
        edit=parties.edit(draft),
        item=outcome.lineage,
        code=value.indicator.code,
        area_id=value.area_id,
        breakdown_id=value.breakdown_id,
    )
    targets.set_baseline(
        edit=parties.edit(draft),
        lineage=place.lineage,
        chosen=ChosenBaseline(value.period_id, value.release_id),
    )
    targets.set_target(
        edit=parties.edit(draft),
        lineage=place.lineage,
        wanted=Wanted(kind="reach", amount=62.0, period="2028 - 30"),
    )
    indicators.name_owners(
        edit=parties.edit(draft),
        lineage=place.lineage,
        authority_owner="Director of health",
        board_owner="Director of population health",
    )
    return now(draft)


def proposed(parties: Parties) -> FrameworkVersion:
    """Propose a framework that lacks nothing."""
    draft = whole_draft(parties)
    return frameworks.propose(
        version=draft,
        expected_version=draft.version,
        acting=parties.authority,
        by=parties.person,
        at=make.NOW,
    )


def agreed(parties: Parties) -> FrameworkVersion:
    """Let both sides sign it."""
    version = proposed(parties)
    for acting in (parties.authority, parties.board):
        frameworks.sign(
            version=version,
            content_read=version.content_hash,
            acting=acting,
            by=parties.person,
            at=make.NOW,
        )
    return now(version)


def now(version: FrameworkVersion) -> FrameworkVersion:
    """Return the version as it is stored."""
    return FrameworkVersion.objects.get(pk=version.pk)


def address(name: str, version: FrameworkVersion, *more: object) -> str:
    """Return the address of a page of a version."""
    return reverse(f"outcomes:{name}", args=[version.framework_id, version.number, *more])


def place_in(version: FrameworkVersion) -> FrameworkIndicator:
    """Return the indicator of the version."""
    return FrameworkIndicator.objects.get(framework_version=version)
