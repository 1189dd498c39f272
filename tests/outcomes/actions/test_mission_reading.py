"""The picture is drawn by a job from what is published, and kept."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from outcomes import recompute, tasks
from outcomes.actions import indicator_pages, mission_files, mission_reading
from outcomes.mission import REGIONS
from outcomes.models import (
    MISSION_ID,
    MissionReading,
    RecomputeRequest,
    RecomputeStep,
    ReleaseKind,
)
from outcomes.queries.mission import own_mission, shown_mission
from tests.factories.authorities import (
    CouncilFactory,
    CouncilMembershipFactory,
    CountryFactory,
    RegionFactory,
    StrategicAuthorityFactory,
)
from tests.factories.mission import NOW
from tests.factories.outcomes import (
    BreakdownFactory,
    IndicatorFactory,
    ObservationFactory,
    PeriodFactory,
    ReleaseFactory,
)

pytestmark = pytest.mark.django_db
# Nine regions in the order of their codes, and the ends: North East 57.2, South East 63.4.
NINE = (57.2, 59.4, 60.1, 60.8, 60.9, 61.7, 62.6, 63.4, 62.4)


@pytest.fixture
def loaded():
    mission_files.load(at=NOW)


@pytest.fixture
def hle():
    return IndicatorFactory(fingertips_id=90362)


@pytest.fixture
def regions():
    return {
        code: RegionFactory(slug=f"region-{code[-1]}", name=name, ons_code=code)
        for code, name in REGIONS.items()
    }


def published(hle, area, code, value, *, half=None, sex="Male", first=2022, release=None):
    return ObservationFactory(
        indicator=hle,
        area=area,
        area_code=code,
        value=value,
        lower_95=None if half is None else value - half,
        upper_95=None if half is None else value + half,
        period=PeriodFactory(
            label=f"{first} - {first + 2}",
            start_date=date(first, 1, 1),
            end_date=date(first + 3, 1, 1),
        ),
        breakdown=BreakdownFactory(sex=sex),
        release=release or ReleaseFactory(title="Regions", published_on=date(2026, 5, 1)),
    )


def men():
    return shown_mission().picture.sexes[0]


def test_the_picture_of_the_headlines(loaded):
    assert mission_reading.refresh(at=NOW) == 1

    found = men()
    assert (found.baseline.value, found.target, found.current.value) == (7.0, 3.5, 6.0)
    assert found.reason == "overlapping"
    assert [row.key for row in shown_mission().picture.sensitivity][3] == "D3"


def test_a_picture_that_comes_out_the_same_is_not_written(loaded):
    mission_reading.refresh(at=NOW)
    later = NOW + timedelta(days=1)

    assert mission_reading.refresh(at=later) == 0
    assert MissionReading.objects.get().computed_at == later


def test_without_a_definition_there_is_nothing_to_draw():
    assert mission_reading.refresh(at=NOW) == 0
    assert mission_reading.request(reason="x", at=NOW) is False
    assert not RecomputeRequest.objects.exists()


def test_a_national_release_with_all_nine_regions_takes_the_place_of_the_headlines(
    loaded, hle, regions
):
    release = ReleaseFactory(title="Regions", published_on=date(2026, 5, 1))
    for (code, area), value in zip(regions.items(), NINE, strict=True):
        published(hle, area, code, value, half=0.7, release=release)

    mission_reading.refresh(at=NOW)

    found = men()
    assert found.current.value == pytest.approx(6.2)
    assert found.current.release.key == "2026-05"
    # By the method of the newest headline before it, so that it is comparable.
    assert found.current.comparable
    assert found.current.interval.lower < 6.2 < found.current.interval.upper
    assert all(line.value is not None for line in found.regions)


def test_eight_regions_of_nine_do_not(loaded, hle, regions):
    for (code, area), value in list(zip(regions.items(), NINE, strict=True))[:8]:
        published(hle, area, code, value)

    mission_reading.refresh(at=NOW)

    assert men().current.value == 6.0


def test_the_spread_of_councils_is_of_the_newest_period(loaded, hle):
    for number, value in enumerate([50.0, 60.0, 70.0]):
        area = CouncilFactory(slug=f"council-{number}")
        published(hle, area, f"E0600010{number}", value)
        published(hle, area, f"E0600010{number}", value + 5 * number, first=2021)

    mission_reading.refresh(at=NOW)

    [row] = [one for one in shown_mission().picture.sensitivity if one.key == "D3"]
    assert row.cells[0].value == pytest.approx(19.0)
    assert row.cells[1].value is None
    assert row.note.startswith("3 councils, 2022-24; ONS for the UK: 14.7 men")


def test_an_authoritys_own_figure_is_the_one_that_is_published_for_it(loaded, hle):
    authority = StrategicAuthorityFactory(slug="own", name="Own Combined Authority")
    published(hle, authority, "E47000099", 58.5, half=0.8)
    published(hle, CountryFactory(), "E92000001", 60.9, half=0.2)

    mission_reading.refresh(at=NOW)

    [found] = own_mission(slug=authority.slug).figures
    assert (found.value, found.england_gap, found.floor_gap) == (58.5, -2.4, -1.0)
    assert found.england_interval is not None


def test_councils_are_never_averaged_for_an_authority(loaded, hle):
    authority = StrategicAuthorityFactory(slug="two", name="Two")
    for number in range(2):
        council = CouncilFactory(slug=f"of-two-{number}")
        CouncilMembershipFactory(authority=authority, council=council)
        published(hle, council, f"E0600020{number}", 60.0)

    mission_reading.refresh(at=NOW)

    assert own_mission(slug=authority.slug).figures == ()


def test_an_authority_that_is_one_council_has_that_councils_figure(loaded, hle):
    authority = StrategicAuthorityFactory(slug="one", name="One")
    council = CouncilFactory(slug="the-one", name="The One Council")
    CouncilMembershipFactory(authority=authority, council=council)
    published(hle, council, "E06000301", 60.0)

    mission_reading.refresh(at=NOW)

    [found] = own_mission(slug=authority.slug).figures
    assert (found.area, found.value) == ("The One Council", 60.0)


def test_londons_region_is_the_area_of_its_authority(loaded):
    london = StrategicAuthorityFactory(slug="london", name="London", ons_code="E12000007")

    mission_reading.refresh(at=NOW)

    [found] = own_mission(slug=london.slug).figures
    assert (found.sex, found.period.label, found.value) == ("Male", "2021-23", 63.9)
    assert (found.best.name, found.best_gap, found.england_gap) == ("London", 0.0, 2.4)


def test_what_a_body_sent_in_and_got_approved_is_not_the_ons(loaded, hle):
    authority = StrategicAuthorityFactory(slug="sender", name="Sender")
    sent = ReleaseFactory(body=authority)
    copy = ReleaseFactory(kind=ReleaseKind.APPROVED, approved_from=sent)
    published(hle, authority, "E47000098", 70.0, release=copy)

    mission_reading.refresh(at=NOW)

    assert own_mission(slug=authority.slug).figures == ()


def test_what_is_superseded_or_of_other_periods_is_not_read(loaded, hle):
    authority = StrategicAuthorityFactory(slug="old", name="Old")
    row = published(hle, authority, "E47000097", 70.0)
    type(row).objects.filter(pk=row.pk).update(superseded_at=NOW)
    published(hle, authority, "E47000097", 71.0, sex="Female", first=2019)
    ObservationFactory(
        indicator=hle,
        area=authority,
        period=PeriodFactory(
            label="2022/23", start_date=date(2022, 4, 1), end_date=date(2023, 4, 1)
        ),
        breakdown=BreakdownFactory(sex="Female"),
        value=72.0,
    )

    mission_reading.refresh(at=NOW)

    assert [one.value for one in own_mission(slug=authority.slug).figures] == [71.0]


def test_the_step_draws_for_its_own_subject_only(loaded, settings):
    settings.RECOMPUTE_TASKS = [tasks.refresh_mission.name]
    authority = StrategicAuthorityFactory()
    recompute.request(subject="authority", subject_id=authority.pk, reason="x", at=NOW)
    while recompute.run_pending():
        pass

    changed = RecomputeStep.objects.values_list("request__subject", "rows_changed")
    assert sorted(changed) == [("authority", 0), ("mission", 1)]


def test_the_nightly_run_asks_for_the_mission(loaded):
    RecomputeRequest.objects.all().delete()

    indicator_pages.request_all(at=NOW)

    assert RecomputeRequest.objects.filter(subject_id=MISSION_ID).count() == 1


def queries_of_a_refresh():
    mission_reading.refresh(at=NOW)
    with CaptureQueriesContext(connection) as captured:
        mission_reading.refresh(at=NOW)
    return len(captured)


def test_the_facts_cost_as_many_queries_for_many_values(loaded, hle):
    def publish(numbers):
        for number in numbers:
            authority = StrategicAuthorityFactory(slug=f"more-{number}", name=f"More {number}")
            published(hle, authority, f"E4700010{number}", 60.0)

    publish(range(1))
    few = queries_of_a_refresh()
    publish(range(1, 6))

    assert queries_of_a_refresh() == few
