"""A break that is bridged by a period which was published by the old ways and again by the new."""

from datetime import date, timedelta

import pytest

from outcomes.actions import indicator_breaks, progress, progress_methods
from outcomes.models import BreakKind, ComparabilityBreak, ProgressStatus, RecomputeRequest
from tests.factories.authorities import UserFactory
from tests.factories.outcomes import NOW, ReleaseFactory, ReleaseIndicatorFactory
from tests.outcomes.progress_world import framework_with, published, years

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=30)


@pytest.fixture
def version():
    """The baseline of 2019-21 by the old ways; 2020-22 by both; 2022-24 by the new ones."""
    progress_methods.load(at=NOW)
    made = framework_with({2019: 60.0})
    row = made.indicators.get()
    old, new = ReleaseFactory(created_at=NOW), ReleaseFactory(created_at=LATER)
    area = made.framework.authority
    [common] = published(row.indicator, area, {2020: 60.0}, release=old)
    common.superseded_at = LATER
    common.save()
    published(row.indicator, area, {2020: 57.0, 2022: 58.0}, release=new)
    return made


def bridge(version, **changed):
    row = version.indicators.get()
    facts = {
        "indicator": row.indicator,
        "starts_on": date(2020, 1, 1),
        "kind": BreakKind.METHOD,
        "text": "Another method.",
        "source": "",
        "common_period": years(2020),
        "old_release": row.indicator.observations.get(value=60.0, period=years(2020)).release,
        "by": UserFactory(),
        "at": LATER,
    }
    return indicator_breaks.record(**{**facts, **changed})


def status(version):
    progress.refresh(authority=version.framework.authority, at=LATER)
    return ProgressStatus.objects.get(framework_indicator=version.indicators.get())


def test_without_a_bridge_the_break_leaves_nothing_to_compare(version):
    bridge(version, common_period=None, old_release=None)

    assert status(version).reason == "not_comparable"


def test_the_ratio_of_the_common_period_carries_the_baseline_over(version):
    asked = bridge(version)

    found = status(version).content

    assert RecomputeRequest.objects.filter(reason=indicator_breaks.REASON_RECORDED).exists()
    assert asked.common_period == years(2020)
    assert found["trajectory"]["baseline"] == pytest.approx(60.0 * 57.0 / 60.0)
    assert found["trajectory"]["spliced"] is True
    assert found["trajectory"]["why"].endswith("Bridged by a ratio over: Another method.")
    assert found["trend"]["since_baseline"]["label"] == "not_compared"
    assert found["confidence"]["level"] == "low"


def test_a_bridge_that_is_recorded_later_computes_again(version):
    recorded = bridge(version, common_period=None, old_release=None)
    before = status(version).status
    indicator_breaks.withdraw(
        recorded=recorded, reason="Without bridge.", by=UserFactory(), at=LATER
    )
    bridge(version)

    assert before == "not_assessed"
    assert status(version).status != "not_assessed"


def test_a_baseline_that_was_published_again_needs_no_ratio(version):
    row = version.indicators.get()
    held = row.indicator.observations.get(period=years(2019), area=version.framework.authority)
    held.superseded_at = LATER
    held.save()
    published(
        row.indicator,
        version.framework.authority,
        {2019: 57.5},
        release=row.indicator.observations.get(value=58.0).release,
    )
    bridge(version)

    found = status(version).content["trajectory"]

    assert (found["baseline"], found["baseline_agreed"], found["spliced"]) == (57.5, 60.0, False)


def test_releases_made_by_other_methods_are_not_mixed(version):
    row = version.indicators.get()
    mine = row.indicator.observations.filter(area=version.framework.authority)
    for first, method in ((2019, "until 2024"), (2022, "since 2024")):
        ReleaseIndicatorFactory(
            release=mine.get(period=years(first)).release, indicator=row.indicator, method=method
        )

    found = status(version)

    assert found.reason == "not_comparable"
    assert "made by ‘until 2024’" in found.content["trajectory"]["why"]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"old_release": None}, "Choose both the period and the release, or neither"),
        ({"common_period": None}, "Choose both the period and the release, or neither"),
        ({"starts_on": date(2021, 1, 1)}, "starts on the day of the break or after it"),
        ({"year": 2022}, "there is nothing to bridge with"),
    ],
)
def test_what_bridges_nothing_is_refused_and_nothing_is_stored(version, changed, message):
    if first := changed.pop("year", None):
        changed = {"common_period": years(first)}

    with pytest.raises(indicator_breaks.BridgeError, match=message):
        bridge(version, **changed)

    assert not ComparabilityBreak.objects.exists()
