"""Statuses and dashboards of frameworks: computed once, and again only where something changed."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from outcomes import recompute
from outcomes.actions import indicator_pages, progress, progress_methods
from outcomes.models import (
    ProgressPicture,
    ProgressStatus,
    RecomputeRequest,
    RecomputeStep,
    Subject,
)
from tests.factories.authorities import StrategicAuthorityFactory
from tests.factories.frameworks import FrameworkIndicatorFactory, FrameworkVersionFactory, agree
from tests.factories.outcomes import NOW, ObservationFactory, ReleaseFactory
from tests.outcomes.progress_world import framework_with, published, years

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def method(settings):
    settings.RECOMPUTE_TASKS = ["outcomes.refresh_progress", "outcomes.refresh_nation_progress"]
    progress_methods.load(at=NOW)


def refresh(version, *, at=NOW):
    return progress.refresh(authority=version.framework.authority, at=at)


def test_each_indicator_in_force_gets_its_labels_and_what_they_rest_on():
    version = framework_with({2019: 60.0, 2022: 61.0})

    refresh(version)

    row = ProgressStatus.objects.get()
    stored = list(version.indicators.get().indicator.observations.order_by("pk"))
    assert (row.status, row.reason, row.computed_at) == ("on_track", "", NOW)
    assert row.content["latest"]["observation"] == stored[1].pk
    assert row.content["england"]["observation"] == stored[3].pk
    assert row.content["framework_indicator"] == version.indicators.get().pk
    assert row.content["method"] == 1


def test_what_is_a_draft_or_was_replaced_is_not_computed():
    version = framework_with({2019: 60.0, 2022: 61.0})
    refresh(version)
    before = ProgressStatus.objects.get()
    later = FrameworkVersionFactory(framework=version.framework)
    indicator = before.framework_indicator.indicator
    FrameworkIndicatorFactory(framework_version=later, indicator=indicator)

    refresh(version)
    drafted = ProgressStatus.objects.count()
    agree(later)
    published(indicator, version.framework.authority, {2023: 55.0})
    refresh(version, at=NOW + timedelta(days=1))

    assert drafted == 1
    # The status of the replaced version stands as it was, and points at its own target.
    assert ProgressStatus.objects.get(pk=before.pk).content == before.content
    assert ProgressStatus.objects.filter(framework_indicator__framework_version=later).exists()


def test_again_writes_nothing_but_when_it_was_calculated():
    version = framework_with({2019: 60.0, 2022: 61.0}, {2019: 60.0})
    refresh(version)
    progress.refresh_nation(at=NOW)
    statuses = list(ProgressStatus.objects.order_by("pk").values())
    pictures = list(ProgressPicture.objects.order_by("pk").values("content", "input_hash"))

    night = NOW + timedelta(hours=12)
    changed = refresh(version, at=night) + progress.refresh_nation(at=night)

    assert changed == 0
    assert list(ProgressStatus.objects.order_by("pk").values()) == statuses
    assert list(ProgressPicture.objects.order_by("pk").values("content", "input_hash")) == pictures
    assert set(ProgressPicture.objects.values_list("computed_at", flat=True)) == {night}


def test_the_nightly_run_changes_nothing():
    version = framework_with({2019: 60.0, 2022: 61.0})
    recompute.request(
        subject=Subject.AUTHORITY,
        subject_id=version.framework.authority_id,
        reason="agreed",
        at=NOW,
    )
    recompute.run_pending()
    assert RecomputeStep.objects.filter(rows_changed__gt=0).count() == 2
    RecomputeStep.objects.all().delete()

    indicator_pages.request_all(at=NOW)
    recompute.run_pending()

    assert set(RecomputeStep.objects.values_list("rows_changed", flat=True)) == {0}


def test_one_new_value_writes_one_status():
    version = framework_with({2019: 60.0, 2022: 61.0}, {2019: 60.0, 2022: 58.0})
    refresh(version)
    indicator = version.indicators.order_by("pk").first().indicator
    published(indicator, version.framework.authority, {2025: 63.5})

    changed = refresh(version, at=NOW + timedelta(days=1))

    later = ProgressStatus.objects.filter(computed_at__gt=NOW)
    # The status, and the pictures of framework, pair and authority.
    assert changed == 4
    assert [row.content["latest"]["period"] for row in later] == ["2025-27"]


def test_it_asks_as_often_for_many_indicators_as_for_few():
    few = framework_with({2019: 60.0, 2022: 61.0})
    many = framework_with(*[{2019: 60.0, 2022: 60.0 + n} for n in range(9)], partners=3)

    asked = []
    for version in (few, many):
        with CaptureQueriesContext(connection) as captured:
            refresh(version)
        asked.append(len(captured))

    assert asked[0] == asked[1] == 28


def test_a_value_that_turns_stale_is_computed_again_on_the_day():
    version = framework_with({2019: 60.0, 2022: 61.0})
    refresh(version)

    changed = [
        refresh(version, at=NOW.replace(year=2027, month=5, day=31)),
        refresh(version, at=NOW.replace(year=2027, month=6, day=1)),
    ]

    assert (changed[0], ProgressStatus.objects.get().reason) == (0, "stale")
    assert changed[1] > 0


def test_a_suppressed_value_leaves_no_number_in_status_and_picture():
    version = framework_with({2019: 60.0, 2022: 61.234})
    refresh(version)
    indicator = version.indicators.get().indicator
    indicator.observations.filter(value=61.234).update(superseded_at=NOW)
    ObservationFactory(
        indicator=indicator,
        area=version.framework.authority,
        period=years(2022),
        value=None,
        note="suppressed",
    )

    refresh(version, at=NOW + timedelta(days=1))

    kept = [ProgressStatus.objects.get().content] + [
        row.content for row in ProgressPicture.objects.all()
    ]
    assert all("61.2" not in str(content) for content in kept)
    assert ProgressStatus.objects.get().reason == "suppressed"
    assert "'note': 'suppressed'" in str(kept[1])


def test_what_a_body_sent_in_and_nobody_approved_is_no_progress():
    version = framework_with({2019: 60.0})
    published(
        version.indicators.get().indicator,
        version.framework.authority,
        {2022: 65.0},
        owner=version.framework.authority,
        release=ReleaseFactory(body=version.framework.authority),
    )

    refresh(version)

    assert ProgressStatus.objects.get().content["latest"]["period"] == "2019-21"


def test_a_pair_shows_its_framework_and_its_authority_all_of_them():
    authority = StrategicAuthorityFactory()
    first = framework_with({2019: 60.0, 2022: 61.0}, authority=authority)
    framework_with({2019: 60.0}, {2019: 60.0, 2022: 61.0}, authority=authority)

    refresh(first)

    rows = {
        (row.scope, row.subject_id): len(row.content["rows"])
        for row in ProgressPicture.objects.all()
    }
    pair = first.framework.partners.get().pair_id
    assert rows["pair", pair] == rows["framework", first.framework_id] == 1
    assert rows["authority", authority.pk] == 3


def test_the_pictures_of_a_pair_that_left_go():
    version = framework_with({2019: 60.0, 2022: 61.0}, partners=2)
    refresh(version)
    partner = version.framework.partners.order_by("pk").first()
    partner.ended_on = NOW.date()
    partner.save()

    refresh(version)

    assert not ProgressPicture.objects.filter(subject_id=partner.pair_id).exists()


def test_the_nation_counts_what_its_authorities_count():
    for _ in range(3):
        refresh(framework_with({2019: 60.0, 2022: 61.0}, {2019: 60.0}))

    progress.refresh_nation(at=NOW)

    content = ProgressPicture.objects.get(scope="nation").content
    assert content["counts"] == {
        "statuses": {"on_track": 3, "not_assessed": 3},
        "reasons": {"overlapping": 3},
    }
    names = [one["name"] for one in content["authorities"]]
    assert names == sorted(names)
    assert len(names) == 3


def test_without_a_framework_in_force_nothing_is_kept():
    draft = FrameworkVersionFactory()
    FrameworkIndicatorFactory(framework_version=draft)

    assert refresh(draft) == 0
    assert not ProgressPicture.objects.exists()


def test_a_change_of_the_definition_asks_who_agreed_on_the_indicator_and_has_no_page():
    version = framework_with({2019: 60.0})

    asked = indicator_pages.request_for(
        indicator=version.indicators.get().indicator, reason="tests", at=NOW
    )

    assert asked == 1
    request = RecomputeRequest.objects.get()
    assert request.subject_id == version.framework.authority_id
