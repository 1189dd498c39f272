"""The benchmark of reorganisations builds a past that is there, and takes it back."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
from django.db import connections

from authorities.models import (
    BodyCode,
    BodyName,
    Pair,
    PairOverlap,
    PartBoard,
    Reorganisation,
    ReorganisationState,
    Succession,
)
from authorities.queries import pair_list, places
from engagement.management.benchmarks import reorganisations
from tests.architecture.addresses import Visitor
from tests.architecture.test_queries import queries_of

pytestmark = pytest.mark.slow
TABLES = (PartBoard, BodyName, BodyCode, Succession, Pair, PairOverlap, Reorganisation)


def geography_of(day):
    """Whose each part is and which pairs there are, but for the day since when that holds."""
    return places(as_at=day), [replace(pair, starts=None) for pair in pair_list(as_at=day)]


def everything():
    return [sorted(table._default_manager.values_list()) for table in TABLES]


def test_forty_are_in_the_past_and_today_is_what_it_was(world):
    today, earlier = date(2026, 11, 23), date(2024, 3, 1)
    one = geography_of(today)
    then = geography_of(earlier)

    with reorganisations.many_reorganisations():
        days = reorganisations.days_of_change()
        applied = Reorganisation.objects.filter(state=ReorganisationState.APPLIED)
        assert len(days) == 40
        assert applied.count() == 40
        assert geography_of(today) == one
        assert geography_of(earlier) != then


def test_nothing_of_it_stays_and_nobody_else_sees_it(world):
    before, days = everything(), reorganisations.days_of_change()

    with ThreadPoolExecutor(max_workers=1) as elsewhere, reorganisations.many_reorganisations():
        seen = elsewhere.submit(reorganisations.days_of_change).result()
        elsewhere.submit(connections.close_all).result()

    assert seen == days
    assert everything() == before


def test_a_page_that_the_past_changed_fails_the_run(world, monkeypatch):
    pages = iter([b"one", b"other"])
    monkeypatch.setattr(reorganisations, "show_national_page", lambda: next(pages))

    with (
        pytest.raises(reorganisations.PageChangedError, match="changed the page of today"),
        reorganisations.many_reorganisations(),
    ):
        pass


def test_the_national_page_asks_as_often_after_one_as_after_forty(world):
    def queries() -> list[int]:
        return [
            queries_of("/national/", Visitor.ANYBODY),
            queries_of("/national/placements.csv", Visitor.ANYBODY),
            queries_of(f"/national/?round={world.round}", Visitor.ANALYST),
        ]

    one = queries()

    with reorganisations.many_reorganisations():
        assert queries() == one


def test_the_page_after_forty_is_measured_against_the_page_after_one(world):
    queries = reorganisations.national_page_queries()
    time = reorganisations.national_page_time(times=1)

    assert (queries.ratio, queries.held) == (1.0, True)
    assert time.ratio > 0
