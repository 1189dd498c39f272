"""What frameworks count, on the dashboards of progress: kept by recomputes, each with its page."""

import uuid
from datetime import date
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from authorities.models import Role
from outcomes.access import Acting
from outcomes.actions import count_values, progress, progress_methods
from outcomes.actions.count_values import Said
from outcomes.counts import Days
from outcomes.models import CountMeasure, ProgressPicture, RecomputeRequest
from tests.factories import outcomes as make
from tests.factories.authorities import PairFactory, UserFactory
from tests.factories.expert_reviews import drafted_review, signed_review
from tests.factories.frameworks import CountMeasureFactory
from tests.factories.frameworks_in_force import in_force, measure_of

pytestmark = pytest.mark.django_db
NAMES = ("Homes", "Clinics", "Visits", "Leaflets")


@pytest.fixture
def pair():
    return PairFactory()


@pytest.fixture
def version(pair):
    """A framework in force with four counts of 100 a year: over, on, under and without a value."""
    progress_methods.load(at=make.NOW)
    made = in_force(pairs=[pair], by=UserFactory(), fill=_measures)
    for name, value in zip(NAMES, (200.0, 101.0, 3.0), strict=False):
        record(made, pair, name=name, value=value)
    progress.refresh(authority=pair.authority, at=make.NOW)
    return made


def _measures(version):
    for order, name in enumerate(NAMES, start=1):
        measure_of(version, name=name, order=order)


def measure(version, name):
    return CountMeasure.objects.get(framework_version=version, name=name)


def record(version, pair, *, name, value):
    row = measure(version, name)
    target = row.targets.earliest("start_date")
    return count_values.record(
        framework=version.framework,
        lineage=row.lineage,
        days=Days(target.start_date, target.end_date),
        said=Said(value=value * target.value / 100),
        correcting=None,
        form_key=uuid.uuid4(),
        acting=Acting(body=pair.board, role=Role.EDITOR),
        by=UserFactory(),
        at=make.NOW,
    )


def dashboards(version, pair):
    return (
        reverse("progress:framework", args=[version.framework_id]),
        reverse("progress:pair", args=[pair.authority.slug, pair.board.slug]),
        reverse("progress:authority", args=[pair.authority.slug]),
    )


def text_of(address):
    return unescape(Client().get(address).content.decode())


def counted_on(page):
    block = page[page.index('id="counted"') :]
    return {
        label: f'<b>{number} <span class="of">of 4</span></b>{label}' in block
        for label, number in (
            ("Over target", 1),
            ("On target", 1),
            ("Under target", 1),
            ("No value yet", 1),
            ("No target", 0),
        )
    }


def test_every_dashboard_counts_what_is_over_on_under_and_without_a_value(version, pair):
    for address in dashboards(version, pair):
        page = text_of(address)

        assert "What was counted: 4 counts" in page
        assert all(counted_on(page).values())
        for name in NAMES:
            url = reverse(
                "outcomes:count", args=[version.framework_id, measure(version, name).lineage]
            )
            assert f'href="{url}">{name}' in page


def test_a_value_asks_for_the_pictures_which_alone_say_how_it_stands(version, pair):
    address = dashboards(version, pair)[0]
    RecomputeRequest.objects.all().delete()

    record(version, pair, name="Leaflets", value=100.0)
    before = text_of(address)
    progress.refresh(authority=pair.authority, at=make.NOW)
    after = text_of(address)

    assert RecomputeRequest.objects.filter(subject_id=pair.authority_id).count() == 1
    assert '<b>1 <span class="of">of 4</span></b>No value yet' in before
    assert '<b>0 <span class="of">of 4</span></b>No value yet' in after


def test_nothing_counted_has_no_block(pair):
    progress_methods.load(at=make.NOW)
    made = in_force(pairs=[pair], by=UserFactory())
    progress.refresh(authority=pair.authority, at=make.NOW)

    assert 'id="counted"' not in text_of(dashboards(made, pair)[0])


def test_a_picture_from_before_counts_were_kept_is_still_shown(version, pair):
    for row in ProgressPicture.objects.all():
        for one in row.content["frameworks"]:
            del one["measures"]
        row.save()

    assert Client().get(dashboards(version, pair)[1]).status_code == 200


def test_the_api_says_what_was_counted_and_how_it_stands(version, pair):
    rows = Client().get("/api/v1/framework-counts/").json()["results"]
    homes = measure(version, "Homes")
    one = Client().get(f"/api/v1/framework-counts/{homes.lineage}/").json()

    assert {row["name"]: row["so_far"]["status"] for row in rows} == {
        "Homes": "over",
        "Clinics": "on",
        "Visits": "under",
        "Leaflets": "no_value",
    }
    assert one == next(row for row in rows if row["name"] == "Homes")
    assert one["authority"] == pair.authority.slug
    assert one["so_far"]["bearing"] == "better"
    [value] = one["values"]
    target = homes.targets.earliest("start_date")
    assert value["value"] == 2 * target.value
    assert date.fromisoformat(value["period_start"]) == target.start_date
    assert [period["status"] for period in one["periods"]] == ["over"]


def test_the_api_lists_no_count_of_a_framework_that_is_not_in_force(pair):
    CountMeasureFactory()

    assert Client().get("/api/v1/framework-counts/").json()["results"] == []


def test_the_api_gives_signed_reviews_of_what_is_in_force(version, pair):
    by = UserFactory()
    signed = signed_review(version, body=pair.authority, by=by, at=make.NOW)
    draft = drafted_review(version, body=pair.authority, by=by, at=make.NOW)

    [row] = Client().get("/api/v1/expert-reviews/").json()["results"]
    one = Client().get(f"/api/v1/expert-reviews/{signed.pk}/").json()
    hidden = Client().get(f"/api/v1/expert-reviews/{draft.pk}/")
    version.framework.versions.update(state="superseded")

    assert row == one
    assert (one["framework"], one["conclusion"]) == (str(version.framework_id), signed.conclusion)
    assert (one["body_slug"], len(one["indicators"])) == (
        pair.authority.slug,
        signed.indicators.count(),
    )
    assert hidden.status_code == 404
    assert Client().get("/api/v1/expert-reviews/").json()["results"] == []
