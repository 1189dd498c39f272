"""The release log, and what is missing for whom."""

from datetime import date

import pytest
from django.db import transaction
from django.urls import reverse

from authorities import audit
from authorities.models import Body
from outcomes.models import Note, ReleaseIndicator, ReleaseKind, ReleaseState
from outcomes.queries import missing, release_log
from tests.factories.authorities import NationalMembershipFactory
from tests.factories.outcomes import (
    NOW,
    IndicatorFactory,
    IndicatorSetMemberFactory,
    ObservationFactory,
    PeriodFactory,
    ReleaseFactory,
)

TODAY = date(2026, 11, 23)
EARLIER = {
    "label": "2021 - 23",
    "start_date": date(2021, 1, 1),
    "end_date": date(2024, 1, 1),
}


def logged(release, **counts):
    with transaction.atomic():
        audit.record(action="observations.stored", target=release, by=None, at=NOW, **counts)


@pytest.fixture
def releases(authority):
    hle = IndicatorFactory(code="hle", name="Healthy life expectancy")
    national = ReleaseFactory(title="National of May", published_on=date(2026, 5, 28), source="ONS")
    ReleaseIndicator.objects.create(release=national, indicator=hle, indicator_version=1, rows=9)
    logged(national, added=1200, superseded=34, unchanged=5)
    waiting = ReleaseFactory(title="Sent in", body=authority)
    ObservationFactory(indicator=hle, owner=authority, release=waiting)
    # A file that changed nothing waits for nobody.
    ReleaseFactory(title="Sent in again", body=authority)
    ReleaseFactory(
        title="Sent in and approved",
        kind=ReleaseKind.APPROVED,
        approved_from=ReleaseFactory(
            title="Origin",
            body=authority,
            state=ReleaseState.APPROVED,
            decided_at=NOW,
            decided_by=NationalMembershipFactory().user,
        ),
    )
    return waiting


def page_of(client, page, **query):
    response = client.get(reverse(f"catalogue:{page}"), query)
    assert response.status_code == 200
    return response.content.decode()


def test_the_log_tells_what_came_and_what_it_superseded(releases, client):
    page = page_of(client, "releases")

    assert "2 releases" in page
    for text in (
        "National of May",
        "Published 28 May 2026",
        "1,200",
        "34",
        "ONS",
        "/indicators/hle/",
    ):
        assert text in page
    assert "Sent in by North Testshire Combined Authority and approved" in page
    assert "Not recorded" in page


def test_what_waits_is_for_the_centre(releases, client):
    before = page_of(client, "releases") + page_of(client, "releases-csv")
    client.force_login(NationalMembershipFactory(role="moderator").user)
    after = page_of(client, "releases")

    assert "waits for approval" not in before
    assert "body,submitted" not in before
    assert "Sent in by North Testshire Combined Authority, waits for approval" in after
    assert "1 release of bodies waits for approval" in after
    assert "Sent in,body,submitted" in page_of(client, "releases-csv")


def test_the_log_as_a_file_says_an_empty_count_is_not_recorded(releases, client):
    lines = page_of(client, "releases-csv").splitlines()

    national = next(line for line in lines if line.startswith("National of May"))
    approved = next(line for line in lines if line.startswith("Sent in and approved"))
    assert national.endswith(",hle,1200,34,5")
    assert approved.endswith(",,,,")


def test_the_log_is_paged_with_a_constant_number_of_queries(
    releases, django_assert_max_num_queries
):
    for number in range(40):
        logged(ReleaseFactory(title=f"More {number}"), added=1, superseded=0, unchanged=0)

    with django_assert_max_num_queries(6):
        found = release_log.release_page(with_waiting=True, page=2)

    assert (found.total, found.pages, len(found.rows)) == (43, 2, 18)


@pytest.fixture
def values(authority):
    """Ashby has a value of the newest period, Barrow of the one before; England has both."""
    hle = IndicatorFactory(
        code="hle", name="Healthy life", period_months=36, step_months=12, publication_lag_months=17
    )
    ashby, barrow, england = (
        Body.objects.get(slug=slug) for slug in ("ashby", "barrow", "england")
    )
    earlier = PeriodFactory(**EARLIER)
    for area in (ashby, barrow, england):
        ObservationFactory(indicator=hle, area=area, period=earlier)
    for area in (ashby, england):
        ObservationFactory(indicator=hle, area=area)
    return hle


def gaps(**asked):
    given = {"set_slug": "", "authority": "", "page": 1, "today": TODAY}
    return missing.gap_page(**{**given, **asked})


def test_who_lacks_a_value_is_named_with_denominators(values):
    [row] = gaps().rows
    [gap] = row.authorities

    assert (row.period, row.councils, row.with_value) == ("2022 - 24", 2, 1)
    assert (gap.slug, gap.without, gap.itself) == ("north-testshire", ("Barrow",), False)


def test_what_is_kept_back_is_not_missing(values):
    barrow = Body.objects.get(slug="barrow")
    ObservationFactory(indicator=values, area=barrow, value=None, note=Note.SUPPRESSED)

    [row] = gaps().rows

    assert (row.with_value, row.kept_back, row.authorities[0].without) == (1, 1, ())


def test_a_missing_value_is_missing(values):
    barrow = Body.objects.get(slug="barrow")
    ObservationFactory(indicator=values, area=barrow, value=None, note=Note.MISSING)

    assert gaps().rows[0].authorities[0].without == ("Barrow",)


def test_what_a_body_sent_in_and_nobody_approved_is_no_value(values, authority):
    barrow = Body.objects.get(slug="barrow")
    ObservationFactory(indicator=values, area=barrow, owner=authority)

    assert gaps().rows[0].authorities[0].without == ("Barrow",)


def test_an_indicator_without_a_value_says_so(authority, client):
    IndicatorFactory(code="none")

    page = page_of(client, "missing")

    assert "No value is published yet" in page
    assert "0 of 2 councils" not in page


@pytest.mark.parametrize(
    ("lag", "words"),
    [
        (1, "The next period has been due since 1 February 2026."),
        (600, "The next period is not yet due: it is usual by 1 January 2076."),
        (None, "When the next period is due is not known."),
    ],
)
def test_the_next_period_is_due_by_the_lag(values, client, lag, words):
    values.publication_lag_months = lag
    values.save()

    assert words in page_of(client, "missing")


def test_the_page_narrows_to_a_set_and_an_authority(values, client):
    IndicatorFactory(code="other", name="Another one")
    own = IndicatorSetMemberFactory(indicator=values).indicator_set

    page = page_of(client, "missing", set=own.slug, authority="north-testshire")

    assert "1 indicator<" in page
    assert "1 of 2 councils have a value" in page
    assert "Barrow" in page
    assert "Another one" not in page


def test_the_file_has_a_row_for_each_indicator_and_authority(values, client):
    lines = page_of(client, "missing-csv").splitlines()

    assert len(lines) == 2
    assert lines[1].startswith("hle,Healthy life,2022 - 24,2022-01-01,2025-01-01,2027-06-01,")
    assert lines[1].endswith(",2,1,0,1,Barrow,no")


def test_a_file_of_no_choice_is_not_found(values, client):
    address = reverse("catalogue:missing-csv")

    assert client.get(address, {"set": "nowhere"}).status_code == 404


def test_more_indicators_take_no_more_queries(values, django_assert_max_num_queries):
    england = Body.objects.get(slug="england")
    for _ in range(25):
        ObservationFactory(area=england)

    with django_assert_max_num_queries(9):
        found = gaps()

    assert (found.total, found.pages, len(found.rows)) == (26, 2, 20)
