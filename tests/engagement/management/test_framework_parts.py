"""The demonstration's counts and reviews, for a framework in force and for none."""

from datetime import date

import pytest

from engagement.management.demonstration import framework_parts
from outcomes.counts import CountStatus
from outcomes.models import Aggregation, CountValue, ExpertReview, ReviewState
from outcomes.queries.counts import measures_of
from tests.factories.authorities import PairFactory, StrategicAuthorityFactory, UserFactory
from tests.factories.frameworks_in_force import draft_framework, in_force, measure_of
from tests.factories.outcomes import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    return PairFactory(authority=StrategicAuthorityFactory(slug="north-testshire"))


@pytest.fixture
def people():
    return {f"{role}@north-testshire.example": UserFactory() for role in ("editor", "signatory")}


def fill_measures(version):
    targets = [(2024, 50), (2025, 50), (2026, 50)]
    measure_of(version, targets=targets)
    measure_of(version, name="Share", order=2, targets=targets, aggregation=Aggregation.PERCENTAGE)


def test_what_is_in_force_is_counted_and_reviewed_once(pair, people):
    version = in_force(pairs=[pair], by=UserFactory(), fill=fill_measures)

    for _ in range(2):
        framework_parts.fill(people=people, at=NOW)

    count, share = measures_of(version=version, day=date(2026, 11, 23))
    assert [one.status for one in count.reading.periods] == [
        CountStatus.ON,
        CountStatus.ON,
        CountStatus.NO_VALUE,
    ]
    assert share.reading.so_far.amount.denominator == 200
    assert sorted(ExpertReview.objects.values_list("state", flat=True)) == [
        ReviewState.DRAFT,
        ReviewState.SIGNED,
    ]


def test_without_a_framework_in_force_nothing_is_made(pair, people):
    draft_framework(pairs=[pair], by=UserFactory(), fill=fill_measures)

    framework_parts.fill(people=people, at=NOW)

    assert not CountValue.objects.exists()
    assert not ExpertReview.objects.exists()


def test_a_framework_without_people_of_the_demonstration_is_left_alone(pair):
    in_force(pairs=[pair], by=UserFactory(), fill=fill_measures)

    framework_parts.fill(people={}, at=NOW)

    assert not CountValue.objects.exists()
