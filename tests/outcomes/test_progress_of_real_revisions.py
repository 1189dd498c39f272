"""Progress over real revisions of healthy life expectancy.

Source: Fingertips, indicator 90362, as published in September 2024, April 2025 and May 2026, in
`healthy_life_expectancy_by_vintage.csv`. The ONS made the values anew by another method in December
2024, and left them nearly as they were afterwards. Seven series go through the whole chain.
"""

import csv
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from outcomes.actions import observations, progress, progress_methods
from outcomes.models import FrameworkIndicator, Observation, ProgressStatus
from outcomes.progress_labels import AgreedTarget, ProgressInputs, Series
from outcomes.queries.revised_baselines import asked
from outcomes.stats import comparable_baseline
from outcomes.stats.comparability import TargetMode
from tests.factories.authorities import CouncilFactory
from tests.factories.frameworks import FrameworkFactory, FrameworkPartnerFactory, agreed_framework
from tests.factories.outcomes import NOW, IndicatorFactory, ReleaseFactory
from tests.outcomes.progress_labels.told import HLE, days, labels_of, seen
from tests.outcomes.rows import row

FILE = Path(__file__).parent / "healthy_life_expectancy_by_vintage.csv"
OLD, NEW, NEWEST = "2024-09", "2025-04", "2026-05"
# What is wanted of everybody: two years more by 2028-30. The latest value is of 2021-23.
MORE, BY, LATEST = 2.0, 2028, 2021
Who = tuple[str, str]


SEVEN: tuple[Who, ...] = (
    ("Hartlepool", "Female"),
    ("Leeds", "Male"),
    ("Rutland", "Female"),
    ("Southwark", "Female"),
    ("Wakefield", "Male"),
    ("Westminster", "Female"),
    ("Westminster", "Male"),
)
# The newest release begins with the period that begins then.
SINCE = 2015


def read() -> dict[Who, dict[str, dict[int, float]]]:
    """Read values by first year of each vintage, of each area and sex."""
    found: dict[Who, dict[str, dict[int, float]]] = {}
    with FILE.open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            of = found.setdefault((line["area_name"], line["sex"]), {OLD: {}, NEW: {}, NEWEST: {}})
            for vintage, values in of.items():
                if line[vintage]:
                    values[int(line["period"][:4])] = float(line[vintage])
    return found


EVERY = read()
REAL = {
    who: {
        vintage: {year: value for year, value in of.items() if year >= SINCE}
        for vintage, of in EVERY[who].items()
    }
    for who in SEVEN
}
BASELINES = [(who, year) for who, of in REAL.items() for year in of[OLD]]


def labels(who, *, year, agreed_in, published_in, mode=TargetMode.CHANGE):
    """Hold what was agreed in one vintage against another one."""
    start = REAL[who][agreed_in][year]
    values = REAL[who][published_in]
    return labels_of(
        ProgressInputs(
            framework_indicator=1,
            unit="years",
            definition=HLE,
            version=1,
            baseline=seen(year, start, last=year + 2),
            target=AgreedTarget("2028 - 30", days(BY, BY + 2), start + MORE, mode=mode),
            series=Series(values=tuple(seen(one, values[one], last=one + 2) for one in values)),
            england=Series(),
        )
    )


def revisions(earlier, later, *, wanted):
    """Hold every value of one vintage, as a baseline, against the same one of a later vintage."""
    return [
        comparable_baseline(
            agreed_value=of[earlier][year],
            agreed_target=of[earlier][year] + wanted,
            mode=TargetMode.CHANGE,
            same_release_value=of[later][year],
            baseline_time=year + 1.5,
            current_time=year + 4.5,
        )
        for of in EVERY.values()
        for year in sorted(of[earlier].keys() & of[later].keys())
    ]


# Source: the project's guide to progress: 1,992 values changed by 0.98 years on average when the
# method changed, 41% of them by a year or more, and none by more than 0.1 when it did not.
def test_the_method_of_december_2024_moved_baselines_by_about_a_year():
    # Values have one decimal, so that more than half of 1.9 years is a year or more.
    found = revisions(OLD, NEW, wanted=1.9)

    sizes = [abs(one.value - one.agreed_value) for one in found]
    assert len(found) == 1_992
    assert sum(sizes) / len(sizes) == pytest.approx(0.98, abs=0.005)
    assert sum(one.needs_confirmation for one in found) / len(found) == pytest.approx(
        0.41, abs=0.005
    )
    assert all(one.target == pytest.approx(one.value + 1.9) for one in found)


def test_the_release_after_it_moved_no_baseline_by_more_than_a_tenth():
    found = revisions(NEW, NEWEST, wanted=0.3)

    sizes = [round(abs(one.value - one.agreed_value), 6) for one in found]
    assert len(found) > 1_800
    assert max(sizes) == pytest.approx(0.1)
    assert not any(one.needs_confirmation for one in found)


@pytest.mark.parametrize("mode", list(TargetMode))
def test_a_baseline_of_an_old_release_is_computed_anew_from_the_new_one(mode):
    asked_to_confirm = 0

    for who, year in BASELINES:
        old, new = REAL[who][OLD][year], REAL[who][NEW][year]
        target = {
            TargetMode.LEVEL: old + MORE,
            TargetMode.CHANGE: new + MORE,
            TargetMode.PERCENT: new * (old + MORE) / old,
        }[mode]
        gone = (LATEST - year) / (BY - year)

        found = labels(who, year=year, agreed_in=OLD, published_in=NEW, mode=mode).trajectory

        assert (found.baseline_agreed, found.baseline) == (old, new)
        assert found.target == pytest.approx(target)
        assert found.expected == pytest.approx(new + (target - new) * gone)
        assert found.revised == (old != new)
        assert found.needs_confirmation == (abs(new - old) > MORE / 2)
        asked_to_confirm += found.needs_confirmation

    # Counted by hand in the file.
    assert (len(BASELINES), asked_to_confirm) == (28, 16)


def test_two_releases_are_never_mixed():
    # 62.7 beside 66.3 would be a fall of 3.6 years, and beside 59.0 it is a rise of 3.7.
    found = labels(("Westminster", "Male"), year=2018, agreed_in=OLD, published_in=NEW).trajectory

    assert (found.words, found.share) == ("Achieved", pytest.approx(1.85))
    assert "66.3 when agreed, 59.0 as revised. The owners are asked to confirm it." in found.why


def test_a_release_that_changed_next_to_nothing_changes_no_label():
    kept: Counter[bool] = Counter()

    for who, year in BASELINES:
        before = labels(who, year=year, agreed_in=NEW, published_in=NEW)
        after = labels(who, year=year, agreed_in=NEW, published_in=NEWEST)

        same = REAL[who][NEW] == REAL[who][NEWEST]
        assert before == after or not same
        assert (before.trajectory.words, before.trend.words, before.confidence.level) == (
            after.trajectory.words,
            after.trend.words,
            after.confidence.level,
        )
        assert not after.trajectory.needs_confirmation
        kept[same] += 1
    assert min(kept[True], kept[False]) > 0


@pytest.mark.django_db
def test_releases_one_after_another_reach_the_owners_only_where_they_revise_much():
    progress_methods.load(at=NOW)
    framework = FrameworkFactory()
    FrameworkPartnerFactory(framework=framework)
    indicator = IndicatorFactory()
    areas = {name: CouncilFactory() for name in {name for name, _ in REAL}}
    publish(OLD, indicator, areas)
    version = agreed_framework(
        framework=framework,
        indicators=[
            {
                "indicator": indicator,
                "area": one.area,
                "breakdown": one.breakdown,
                "baseline_period": one.period,
                "baseline_value": one.value,
                "baseline_release": one.release,
                "target_value": one.value + MORE,
            }
            for one in Observation.objects.filter(period__start_date__year=2018).select_related(
                "area", "breakdown", "period", "release"
            )
        ],
    )

    publish(NEW, indicator, areas)
    progress.refresh(authority=framework.authority, at=NOW)
    waits, first = who_is_asked(framework, areas), statuses(version, areas)
    publish(NEWEST, indicator, areas)
    progress.refresh(authority=framework.authority, at=NOW + timedelta(days=1))
    second = statuses(version, areas)

    assert waits == {
        ("Hartlepool", "Female"),
        ("Rutland", "Female"),
        ("Westminster", "Female"),
        ("Westminster", "Male"),
    }
    assert who_is_asked(framework, areas) == waits
    assert {who: one[0]["baseline"] for who, one in first.items()} == {
        who: of[NEW][2018] for who, of in REAL.items()
    }
    assert {who: one[0]["words"] for who, one in first.items()} == {
        who: one[0]["words"] for who, one in second.items()
    }
    # Where the release said nothing new, nothing was computed anew.
    assert {who for who in REAL if first[who][1] == second[who][1]} == {
        who for who, of in REAL.items() if of[NEW] == of[NEWEST]
    }


def publish(vintage, indicator, areas):
    """Store a vintage as a national release."""
    rows = [
        row(
            area=areas[name],
            indicator_id=0,
            indicator_code=indicator.code,
            indicator_name=indicator.name,
            period=f"{year} - {(year + 2) % 100}",
            sex=sex,
            value=value,
        )
        for (name, sex), of in REAL.items()
        for year, value in of[vintage].items()
    ]
    release = ReleaseFactory(title=vintage)
    observations.store(rows=rows, release=release, owner=None, at=NOW)


def who_is_asked(framework, areas):
    """Return area and sex of each baseline that the owners are asked about."""
    rows = [one.row for one in asked(frameworks=[framework.pk])]
    return {who_of(one, areas) for one in FrameworkIndicator.objects.filter(pk__in=rows)}


def statuses(version, areas):
    """Return the first label, and when it was computed, by area and sex."""
    return {
        who_of(one.framework_indicator, areas): (one.content["trajectory"], one.computed_at)
        for one in ProgressStatus.objects.filter(framework_indicator__framework_version=version)
    }


def who_of(place, areas):
    [name] = [name for name, area in areas.items() if area.pk == place.area_id]
    return name, place.breakdown.sex
