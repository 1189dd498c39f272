"""The frameworks that tests make pass the database's own rules."""

import pytest

from outcomes.models import VersionState
from tests.factories.frameworks import (
    CountTargetFactory,
    FrameworkIndicatorFactory,
    FrameworkVersionFactory,
    MilestoneFactory,
    TheoryLinkFactory,
    agree,
    agreed_framework,
    parties_of,
)
from tests.factories.progress import OwnerNoteFactory

pytestmark = pytest.mark.django_db


def test_a_framework_is_agreed_by_all_of_its_parties() -> None:
    version = agreed_framework(partners=2, indicators=({}, {"untargeted": True}))

    version.refresh_from_db()
    assert version.state == VersionState.AGREED
    assert version.signatures.count() == len(parties_of(version.framework)) == 3
    assert version.indicators.count() == 2


def test_the_next_version_replaces_the_one_in_force() -> None:
    first = agreed_framework()
    second = FrameworkVersionFactory(framework=first.framework)
    FrameworkIndicatorFactory(framework_version=second)

    agree(second)

    states = dict(first.framework.versions.values_list("number", "state"))
    assert states == {1: VersionState.SUPERSEDED, 2: VersionState.AGREED}


def test_a_draft_takes_links_milestones_and_counts() -> None:
    link = TheoryLinkFactory()
    milestone = MilestoneFactory()
    target = CountTargetFactory()
    note = OwnerNoteFactory()

    assert link.cause.framework_version == link.effect.framework_version
    assert milestone.framework_indicator.baseline_value == 60.0
    assert target.measure.item.kind == "output"
    assert note.body_id == note.framework.authority_id
