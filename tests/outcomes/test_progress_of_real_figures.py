"""Real healthy life expectancy through the whole chain, against a plainer second implementation.

The second implementation reads the published file by itself and shares nothing with the first.
"""

import csv
from collections import Counter
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from django.utils import timezone

from authorities.models import CouncilMembership, StrategicAuthority
from outcomes.actions import progress
from outcomes.area_figures import AreaValue
from outcomes.models import Breakdown, Observation, ProgressPicture, ProgressStatus
from outcomes.progress_labels import AgreedTarget, ProgressInputs, Series
from tests.factories.frameworks import FrameworkFactory, agreed_framework
from tests.outcomes.progress_labels.told import HLE, labels_of
from tests.world import World

pytestmark = pytest.mark.slow

FILE = (
    Path(__file__).parents[2]
    / "outcomes"
    / "published"
    / "fingertips_90362_healthy_life_expectancy.csv"
)
FIRST_YEARS = range(2015, 2023)
# What is wanted of everybody: two years more by 2028-30.
MORE, BY = 2.0, 2028
Values = dict[int, float | None]


def plain_reading() -> dict[tuple[str, str], Values]:
    """Read value by first year of each area and sex, with the standard library alone."""
    found: dict[tuple[str, str], Values] = {}
    with FILE.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            values = found.setdefault((row["Area Code"], row["Sex"]), {})
            values[int(row["Time period"][:4])] = float(row["Value"]) if row["Value"] else None
    return found


def plain_status(values: Values, baseline: int) -> tuple[str, str]:
    """Say status and reason in the plainest way: no limits are published, so a tenth counts."""
    start = values.get(baseline)
    if start is None:
        return "not_assessed", "not_comparable"
    newest = max(values)
    latest = max(year for year in values if values[year] is not None)
    if newest > baseline and latest <= baseline:
        return "not_assessed", "missing"
    if latest < baseline + 3:
        return "not_assessed", "overlapping"
    now = values[latest]
    assert now is not None
    gone = (latest - baseline) / (BY - baseline)
    line = start + MORE * gone
    margin = 0.1 * abs(start + MORE - start)
    if now >= start + MORE:
        return "achieved", ""
    if now >= line + margin:
        return "ahead", ""
    if now >= line:
        return "on_track", ""
    return ("behind_within_margin" if now >= line - margin else "off_track"), ""


def seen(first: int, value: float | None) -> AreaValue:
    """A value of three calendar years."""
    return AreaValue(
        f"{first} - {(first + 2) % 100:02d}",
        date(first, 1, 1),
        date(first + 3, 1, 1),
        value,
        note="ok" if value is not None else "missing",
    )


def test_every_area_from_every_baseline_up_to_every_period_agrees():
    compared: Counter[str] = Counter()
    for values in plain_reading().values():
        for baseline, newest in product(FIRST_YEARS, FIRST_YEARS):
            start = values.get(baseline)
            known = {year: one for year, one in values.items() if year <= newest}
            if start is None or baseline > newest:
                continue
            given = ProgressInputs(
                framework_indicator=1,
                unit="years",
                definition=HLE,
                version=1,
                baseline=seen(baseline, start),
                target=AgreedTarget("2028 - 30", seen(BY, None).key, start + MORE),
                series=Series(values=tuple(seen(year, known[year]) for year in sorted(known))),
                england=Series(),
            )

            found = labels_of(given).trajectory

            assert (found.status, found.reason) == plain_status(known, baseline)
            compared[found.status] += 1
    assert sum(compared.values()) > 5_000
    assert set(compared) >= {"off_track", "behind_within_margin", "on_track", "ahead", "achieved"}


def test_every_authority_is_counted_as_a_plain_reading_counts(world: World) -> None:
    plain = plain_reading()
    published = Observation.objects.published().current().filter(indicator__code=world.indicator)
    sexes = Breakdown.objects.filter(sex__in=["Male", "Female"], age="All ages", category_type="")
    expected: dict[str, Counter[tuple[str, str]]] = {}
    made = []
    for number, authority in enumerate(StrategicAuthority.objects.order_by("slug")):
        told: list[dict[str, object]] = []
        mine: Counter[tuple[str, str]] = Counter()
        councils = CouncilMembership.objects.filter(authority=authority).values("council")
        for place, row in enumerate(
            published.filter(area__in=councils, breakdown__in=sexes, value__isnull=False)
            .select_related("period", "indicator", "area", "breakdown", "release")
            .order_by("area_id", "breakdown_id", "period__start_date")
        ):
            # One period of each series is its baseline, another for each.
            if place % len(FIRST_YEARS) != (number + place // len(FIRST_YEARS)) % len(FIRST_YEARS):
                continue
            if any(one["area"] == row.area and one["breakdown"] == row.breakdown for one in told):
                continue
            told.append(
                {
                    "indicator": row.indicator,
                    "area": row.area,
                    "breakdown": row.breakdown,
                    "baseline_period": row.period,
                    "baseline_value": row.value,
                    "baseline_release": row.release,
                    "target_value": row.value + MORE,
                }
            )
            values = plain[row.area_code, row.breakdown.sex]
            mine[plain_status(values, row.period.start_date.year)] += 1
        if told:
            framework = FrameworkFactory(authority=authority)
            agreed_framework(framework=framework, indicators=told)
            made.append(framework)
            expected[authority.slug] = mine

    for slug in expected:
        progress.refresh(authority=StrategicAuthority.objects.get(slug=slug), at=timezone.now())
    progress.refresh_nation(at=timezone.now())

    # The demonstration has frameworks of its own, which the nation counts as well.
    rows = ProgressStatus.objects.values_list(
        "framework_indicator__framework_version__framework",
        "framework_indicator__framework_version__framework__authority__slug",
        "status",
        "reason",
    )
    found: dict[str, Counter[tuple[str, str]]] = {}
    by_status: Counter[str] = Counter()
    for framework_id, slug, status, reason in rows:
        by_status[status] += 1
        if framework_id in {one.pk for one in made}:
            found.setdefault(slug, Counter())[status, reason] += 1
    assert found == expected
    nation = ProgressPicture.objects.get(scope="nation").content
    assert nation["counts"]["statuses"] == dict(by_status)
    assert len(nation["authorities"]) == len(expected) > 15
    assert sum(by_status.values()) > 100
