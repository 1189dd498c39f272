"""Values as they had been published on a day."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from django.db import connection

from authorities.models import StrategicAuthority
from outcomes.actions import observations
from outcomes.models import Indicator
from outcomes.queries.vintages import values_as_published
from outcomes.return_file import ValueNote
from tests.factories.authorities import CouncilFactory
from tests.factories.outcomes import NOW, ReleaseFactory
from tests.outcomes.rows import row

MAY, NOVEMBER = date(2025, 5, 28), date(2025, 11, 27)


@pytest.fixture
def vale(db):
    return CouncilFactory(slug="vale")


def publish(*rows, on, owner=None, created_at=NOW):
    release = ReleaseFactory(body=owner, published_on=on, created_at=created_at)
    observations.store(rows=rows, release=release, owner=owner, at=NOW)
    return release


def values_on(day, *areas):
    found = values_as_published(
        indicator_id=Indicator.objects.get().pk, areas=[area.pk for area in areas], day=day
    )
    return [(one.sex, one.value, one.superseded) for one in found]


def test_the_newest_release_of_the_day_or_before_speaks(vale):
    publish(row(area=vale, value=60.1), on=MAY)
    publish(row(area=vale, value=60.4), on=NOVEMBER)

    on_each_day = {
        day: values_on(day, vale)
        for day in (MAY - timedelta(1), MAY, NOVEMBER - timedelta(1), NOVEMBER, date(2026, 1, 1))
    }

    assert list(on_each_day.values()) == [
        [],
        [("Male", 60.1, True)],
        [("Male", 60.1, True)],
        [("Male", 60.4, False)],
        [("Male", 60.4, False)],
    ]


def test_a_value_that_a_later_release_leaves_out_stands(vale):
    publish(row(area=vale, value=60.1), row(area=vale, sex="Female", value=63.2), on=MAY)
    publish(row(area=vale, value=60.4), on=NOVEMBER)

    assert values_on(NOVEMBER, vale) == [("Female", 63.2, False), ("Male", 60.4, False)] or (
        values_on(NOVEMBER, vale) == [("Male", 60.4, False), ("Female", 63.2, False)]
    )


def test_a_value_that_was_withdrawn_is_there_on_the_days_before(vale):
    publish(row(area=vale, value=60.1), on=MAY)
    publish(row(area=vale, value=None, note=ValueNote.SUPPRESSED), on=NOVEMBER)

    assert values_on(MAY, vale) == [("Male", 60.1, True)]
    assert values_on(NOVEMBER, vale) == [("Male", None, False)]


def test_of_two_releases_of_one_day_the_one_stored_later_speaks(vale):
    publish(row(area=vale, value=60.1), on=MAY)
    publish(row(area=vale, value=60.2), on=MAY)

    assert values_on(MAY, vale) == [("Male", 60.2, False)]


def test_a_release_without_a_day_counts_from_its_day_in_london(vale):
    # 23:30 in UTC is the day after in London's summer.
    publish(
        row(area=vale),
        on=None,
        created_at=datetime(2025, 6, 30, 23, 30, tzinfo=UTC),
    )

    assert values_on(date(2025, 6, 30), vale) == []
    assert values_on(date(2025, 7, 1), vale) == [("Male", 60.1, False)]


def test_what_a_body_sent_in_is_never_among_them(authority: StrategicAuthority, vale):
    publish(row(area=vale, value=60.1), on=MAY)
    publish(row(area=vale, value=70.0), on=MAY, owner=authority)

    assert values_on(NOVEMBER, vale) == [("Male", 60.1, False)]


def test_values_come_by_area_and_period_for_the_areas_asked_for(vale):
    other, third = CouncilFactory(slug="moor"), CouncilFactory(slug="third")
    publish(
        *(
            row(area=area, period=period)
            for area in (vale, other, third)
            for period in ("2022 - 24", "2015 - 17")
        ),
        on=MAY,
    )

    found = values_as_published(
        indicator_id=Indicator.objects.get().pk, areas=[vale.pk, other.pk], day=MAY
    )

    keys = [(one.area_id, one.start_date) for one in found]
    assert all(before < after for before, after in pairwise(keys))
    assert {area for area, _ in keys} == {vale.pk, other.pk}
    assert (found[0].period_label, found[0].published_on) == ("2015 - 17", MAY)


def test_one_query_asks_by_the_indexes_of_values(vale, django_assert_num_queries):
    publish(row(area=vale), on=MAY)
    indicator = Indicator.objects.get().pk

    with django_assert_num_queries(1) as asked:
        values_as_published(indicator_id=indicator, areas=[vale.pk], day=MAY)

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {asked.captured_queries[0]['sql']}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Seq Scan on outcomes_observation" not in plan
