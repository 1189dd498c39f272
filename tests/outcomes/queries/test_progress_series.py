"""The series that others are held against: kept by a process, and as new as what is stored."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from outcomes.models import Observation
from outcomes.queries import progress_series
from tests.factories.authorities import CountryFactory
from tests.factories.outcomes import NOW, BreakdownFactory, IndicatorFactory
from tests.outcomes.progress_world import published

pytestmark = pytest.mark.django_db


@pytest.fixture
def england():
    return CountryFactory()


@pytest.fixture
def people():
    return BreakdownFactory()


def shared(england, people, *indicators):
    return progress_series.shared_series_of(
        area=england.pk, indicators=[one.pk for one in indicators], breakdowns=[people.pk]
    )


def read(england, people, *indicators):
    return progress_series.series_of(
        areas=[england.pk], indicators=[one.pk for one in indicators], breakdowns=[people.pk]
    )


def test_they_are_what_one_reading_finds(england, people):
    first, second = IndicatorFactory(), IndicatorFactory()
    published(first, england, {2019: 60.0, 2022: 61.0}, breakdown=people)
    published(second, england, {2022: 3.0}, breakdown=people)
    published(second, england, {2022: 4.0}, breakdown=BreakdownFactory(age="65"))

    found = shared(england, people, first, second)

    assert found == read(england, people, first, second)
    assert {key[0] for key in found} == {first.pk, second.pk}


def test_values_are_read_once_and_again_where_they_changed(england, people):
    first, second = IndicatorFactory(), IndicatorFactory()
    for one in (first, second):
        published(one, england, {2019: 60.0}, breakdown=people)
    before = shared(england, people, first, second)
    with CaptureQueriesContext(connection) as again:
        kept = shared(england, people, first, second)
    Observation.objects.filter(indicator=first).update(superseded_at=NOW)
    published(first, england, {2019: 60.4, 2020: 60.5}, breakdown=people)

    after = shared(england, people, first, second)

    assert len(again) == 1
    assert kept == before
    key, other = ((one.pk, england.pk, people.pk) for one in (first, second))
    assert [one.value for one in after[key].values] == [60.4, 60.5]
    assert after[other] is before[other]
    assert after == read(england, people, first, second)


def test_what_is_kept_stays_within_its_bound(england, people, monkeypatch):
    monkeypatch.setattr(progress_series, "_MOST", 2)
    several = [IndicatorFactory() for _ in range(3)]
    for one in several:
        published(one, england, {2019: 60.0}, breakdown=people)
    shared(england, people, *several[:2])

    found = shared(england, people, *several)

    assert found == read(england, people, *several)
    assert len(progress_series._kept) <= 2


def test_an_area_without_values_has_no_series(england, people):
    assert shared(england, people, IndicatorFactory()) == {}
