"""Real healthy life expectancy through the whole chain, against a plainer second implementation.

The second implementation reads the published file by itself and shares nothing with the first.
"""

import csv
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from authorities.models import Body, CouncilMembership, Pair, StrategicAuthority
from outcomes import recompute
from outcomes.actions import observations, progress
from outcomes.area_figures import AreaValue
from outcomes.models import (
    Breakdown,
    FrameworkVersion,
    Indicator,
    Observation,
    PictureScope,
    ProgressPicture,
    ProgressStatus,
    RecomputeRequest,
)
from outcomes.progress_labels import STATUS_WORDS, AgreedTarget, ProgressInputs, Series
from outcomes.queries.progress import NATION
from outcomes.return_file import ValueNote
from tests.factories.frameworks import FrameworkFactory, FrameworkPartnerFactory, agreed_framework
from tests.factories.outcomes import IndicatorFactory, ReleaseFactory
from tests.outcomes.progress_labels.told import HLE, labels_of
from tests.outcomes.rows import row as row_of
from tests.outcomes.views.test_progress import counted_on, text_of
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


@cache
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
    made: list[FrameworkVersion] = []
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
            made.append(agreed_framework(framework=framework, indicators=told))
            expected[authority.slug] = mine

    for slug in expected:
        progress.refresh(authority=StrategicAuthority.objects.get(slug=slug), at=timezone.now())
    progress.refresh_nation(at=timezone.now())

    rows = ProgressStatus.objects.values_list(
        "framework_indicator__framework_version__framework__authority__slug", "status", "reason"
    )
    # The demonstration has frameworks of its own, which the nation counts beside these.
    others = rows.exclude(framework_indicator__framework_version__in=made)
    found: dict[str, Counter[tuple[str, str]]] = {}
    for slug, status, reason in rows.filter(framework_indicator__framework_version__in=made):
        found.setdefault(slug, Counter())[status, reason] += 1
    assert found == expected
    nation = ProgressPicture.objects.get(scope="nation").content
    together = sum(expected.values(), Counter[tuple[str, str]]())
    by_status = Counter(status for _, status, _ in others)
    for (status, _), many in together.items():
        by_status[status] += many
    assert nation["counts"]["statuses"] == dict(by_status)
    assert len(nation["authorities"]) == len({*expected, *(slug for slug, _, _ in others)}) > 15
    assert sum(by_status.values()) > 100


Dashboards = dict[tuple[str, str], Counter[str]]


def counted() -> Dashboards:
    """What each dashboard counts, by what it is of."""
    return {
        (one.scope, str(one.subject_id)): Counter(one.content["counts"]["statuses"])
        for one in ProgressPicture.objects.all()
    }


def publish(indicator: Indicator, areas: Mapping[str, Body], first: int) -> None:
    """Publish one period of every area, as a release of its own."""
    observations.store(
        rows=[
            row_of(
                area=areas[code],
                area_code=code,
                indicator_id=0,
                indicator_code=indicator.code,
                indicator_name=indicator.name,
                period=f"{first} - {(first + 2) % 100:02d}",
                sex=sex,
                value=values[first],
                note=ValueNote.MISSING if values[first] is None else ValueNote.OK,
            )
            for (code, sex), values in plain_reading().items()
            if first in values
        ],
        release=ReleaseFactory(title=f"Up to {first + 2}"),
        owner=None,
        at=timezone.now(),
    )


@dataclass(frozen=True)
class Agreed:
    """A framework in force, with code and sex of each series and the year that it begins from."""

    version: FrameworkVersion
    series: tuple[tuple[str, str, int], ...]

    def recounted(self, *, newest: int) -> Counter[str]:
        """Count it in the plainest way, as if the period that begins then were the newest."""
        plain = plain_reading()
        return Counter(
            plain_status(
                {year: one for year, one in plain[code, sex].items() if year <= newest}, first
            )[0]
            for code, sex, first in self.series
        )

    def dashboards(self) -> list[tuple[str, str]]:
        """Name every dashboard that counts it."""
        framework = self.version.framework
        return [
            (PictureScope.NATION.value, str(NATION)),
            (PictureScope.AUTHORITY.value, str(framework.authority_id)),
            (PictureScope.FRAMEWORK.value, str(framework.pk)),
            *((PictureScope.PAIR.value, str(one.pair_id)) for one in framework.partners.all()),
        ]


def agree_on(authority: StrategicAuthority, indicator: Indicator, first: int) -> list[Agreed]:
    """Agree on every eighth series of an authority, from the period that came last."""
    rows = (
        Observation.objects.published()
        .current()
        .filter(
            indicator=indicator,
            period__start_date__year=first,
            area__in=CouncilMembership.objects.filter(authority=authority).values("council"),
        )
        .select_related("period", "area", "breakdown", "release")
        .order_by("area_id", "breakdown_id")
    )
    mine = [one for one in rows[first - FIRST_YEARS.start :: len(FIRST_YEARS)] if one.value]
    if not mine:
        return []
    framework = FrameworkFactory(authority=authority)
    # With a board where one is free, so that a pair has a dashboard: it is in one framework alone.
    for pair in Pair.objects.filter(authority=authority, framework_partners=None)[:1]:
        FrameworkPartnerFactory(framework=framework, pair=pair)
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
            for one in mine
        ],
    )
    return [Agreed(version, tuple((one.area_code, one.breakdown.sex, first) for one in mine))]


def test_each_period_that_comes_brings_every_dashboard_to_a_plain_recount(
    world: World, settings: Any
) -> None:
    settings.RECOMPUTE_TASKS = ["outcomes.refresh_progress", "outcomes.refresh_nation_progress"]
    areas = {
        one.area_code: one.area
        for one in Observation.objects.filter(indicator__code=world.indicator).select_related(
            "area"
        )
    }
    indicator, before, agreed = IndicatorFactory(), counted(), list[Agreed]()
    met = Counter[str]()

    for newest in FIRST_YEARS:
        publish(indicator, areas, newest)
        for authority in StrategicAuthority.objects.order_by("slug"):
            agreed += agree_on(authority, indicator, newest)
        while recompute.run_pending():
            pass
        assert list(RecomputeRequest.objects.filter(finished_at=None).values_list("error")) == []

        expected: Dashboards = {}
        for one in agreed:
            told = one.recounted(newest=newest)
            met.update(told)
            for name in one.dashboards():
                # What the demonstration's own frameworks count stays as it was.
                expected.setdefault(name, Counter(before.get(name, {}))).update(told)
        found = counted()
        assert {name: found[name] for name in expected} == expected
        assert {scope for scope, _ in expected} == set(PictureScope.values)

    assert set(met) == {
        *("not_assessed", "off_track", "behind_within_margin", "on_track", "ahead", "achieved")
    }
    assert len({name for name in expected if name[0] == PictureScope.AUTHORITY}) > 15
    assert sum(len(one.series) for one in agreed) > 100
    # Pages say what was kept, the zeros as well.
    for (scope, key), numbers in expected.items():
        if scope == PictureScope.AUTHORITY:
            slug = StrategicAuthority.objects.get(pk=key).slug
            page = counted_on(text_of(f"/progress/authorities/{slug}/"))
            assert [one for one, _ in page.values()] == [numbers[one] for one in STATUS_WORDS]
