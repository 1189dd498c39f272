"""The page of an authority: published values, and to members their own."""

import csv
import io
from datetime import date

import pytest
from django.urls import reverse

from authorities.models import Body, Council, Role
from outcomes.actions import indicator_pages
from outcomes.models import Note
from tests.factories.authorities import (
    CouncilMembershipFactory,
    CountryFactory,
    GovernanceSeatFactory,
    HeldFunctionFactory,
    MembershipFactory,
    NationalMembershipFactory,
    PairFactory,
    RecordedAgreementFactory,
    StrategicAuthorityFactory,
    between,
    since,
)
from tests.factories.outcomes import (
    NOW,
    BreakdownFactory,
    IndicatorFactory,
    ObservationFactory,
)

OWN = "Sent in by you"


@pytest.fixture
def hle():
    return IndicatorFactory(code="hle", name="Healthy life expectancy at birth", unit="years")


@pytest.fixture
def values(authority, hle):
    """Ashby has a value, Barrow none, England one; women have none for Ashby."""
    publish(hle, "ashby", 60.1)
    publish(hle, "barrow", None, note=Note.MISSING)
    publish(hle, "england", 61.0)
    publish(hle, "ashby", None, note=Note.SUPPRESSED, sex="Female")
    refresh(authority)


def publish(indicator, slug, value, *, sex="Male", owner=None, **facts):
    return ObservationFactory(
        indicator=indicator,
        area=Body.objects.get(slug=slug),
        breakdown=BreakdownFactory(sex=sex),
        value=value,
        owner=owner,
        **facts,
    )


def refresh(authority):
    return indicator_pages.refresh(authority=authority, at=NOW)


def get(client, authority, query=""):
    return client.get(reverse("outcomes:authority", args=[authority.slug]) + query)


def text_of(response):
    return " ".join(response.content.decode().split())


def test_the_page_shows_facts_and_links_to_pairs(client, authority):
    pair = PairFactory(authority=authority, overlap__share_of_board=0.4)

    text = text_of(get(client, authority))

    assert "North Testshire Combined Authority" in text
    assert ">Ashby</a>, <a" in text
    assert f'href="/pairs/north-testshire/{pair.board.slug}/"' in text
    assert "100% of the authority’s people, 40% of the board’s" in text
    assert "No indicators have been published for this area yet." in text


def test_the_page_shows_the_day_asked_for(client, authority):
    from_then = between(date(2022, 7, 1), date(2026, 4, 1))
    CouncilMembershipFactory(authority=authority, council__name="Cole", valid=from_then)

    before = text_of(get(client, authority, "?as_at=2026-03-31"))
    after = text_of(get(client, authority, "?as_at=2026-04-01"))

    assert "What the register says is as on 31 March 2026." in before
    assert ">Cole</a>" in before
    assert ">Cole</a>" not in after
    assert "?as_at=2026-03-31" in before


def test_a_closed_authority_shows_its_last_day(client, db):
    closed = StrategicAuthorityFactory(closed_on=date(2026, 4, 1))

    text = text_of(get(client, closed, "?as_at=2026-11-23"))

    assert "This authority closed on 1 April 2026. The page shows it as on 31 March 2026" in text


def test_a_planned_authority_shows_the_day_of_its_plan(client, db):
    planned = StrategicAuthorityFactory(
        opened_on=None,
        planned=True,
        name__valid=since(date(2026, 11, 23)),
        designation__valid=since(date(2026, 11, 23)),
    )

    text = text_of(get(client, planned, "?as_at=2020-01-01"))

    assert "The plan for this authority is on record from 23 November 2026." in text
    assert "Not yet" in text


def test_a_day_that_is_none_is_said(client, authority):
    response = get(client, authority, "?as_at=2026-02-30")

    assert response.status_code == 200
    assert "Enter a date as year, month and day" in text_of(response)


def test_the_page_shows_governance_codes_and_the_timeline(client, authority):
    HeldFunctionFactory(authority=authority, note="By order.", certainty="low")
    GovernanceSeatFactory(authority=authority, holder="Mayor", board__slug="care")
    RecordedAgreementFactory(authority=authority, board__slug="cure", title="Compact")

    text = text_of(get(client, authority))

    assert "Devolved functions held" in text
    assert "By order." in text
    assert "Chair of the integrated care partnership" in text
    assert 'href="/icbs/care/"' in text
    assert "Agreements on record" in text
    assert "Compact" in text
    assert 'href="/icbs/cure/"' in text
    assert "Function transport began" in text


def test_what_is_not_on_record_is_not_said_to_be_none(client, authority):
    text = text_of(get(client, authority))

    assert "None is recorded. That does not mean that the authority holds none." in text
    assert "None is recorded. That does not mean that there is none." in text


def test_values_are_shown_with_words_and_never_a_made_up_comparison(client, authority, values):
    text = text_of(get(client, authority))

    assert "<strong>60.1 years, 2022-24</strong>. Not compared: no limits were published" in text
    assert "Missing, 2022-24" in text
    assert "Lower" not in text
    assert 'aria-label="Ashby, men, years: 60.1 in 2022-24, 60.1 in 2022-24. England: 61.0' in text
    assert "Last calculated</b> 23 November 2026 at 9am" in text


def test_missing_and_suppressed_are_said_and_are_not_nought(client, authority, values):
    men, women = text_of(get(client, authority)), text_of(get(client, authority, "?sex=female"))

    assert "missing" in men
    assert "suppressed" in women
    assert ">0<" not in men + women
    assert ">0.0<" not in men + women


@pytest.mark.parametrize("query", ["", "?sex=", "?sex=nobody", "?sex=%00", "?sex[]=1"])
def test_who_is_not_known_is_shown_as_the_first(client, authority, values, query):
    assert "Healthy life expectancy at birth, men" in text_of(get(client, authority, query))


def test_limits_are_shown_where_they_were_published(client, authority, hle):
    publish(hle, "ashby", 60.1, lower_95=59.0, upper_95=61.2)
    refresh(authority)

    assert "95% limits 59.0 to 61.2" in text_of(get(client, authority))


def test_own_values_are_shown_to_those_who_work_there_alone(client, authority, hle, values, editor):
    publish(hle, "ashby", 71.5, owner=authority)
    refresh(authority)

    public = text_of(get(client, authority))
    client.force_login(MembershipFactory().user)
    stranger = text_of(get(client, authority))
    # Who says who works there does not see the work.
    client.force_login(MembershipFactory(body=authority, role=Role.PEOPLE_LEAD).user)
    stranger += text_of(get(client, authority))
    stranger += client.get("/api/v1/observations/").content.decode()
    client.force_login(editor.user)
    member = text_of(get(client, authority))

    assert "71.5" not in public + stranger
    assert OWN not in public + stranger
    assert "71.5" in member
    assert OWN in member


def test_an_indicator_that_only_a_member_sent_in_is_not_there_for_others(client, authority, editor):
    secret = IndicatorFactory(code="secret", name="Secret measure")
    publish(secret, "ashby", 1.5, owner=authority)
    refresh(authority)
    csv_address = reverse("outcomes:indicator-csv", args=[authority.slug, "secret"])

    assert "Secret measure" not in text_of(get(client, authority))
    assert client.get(csv_address).status_code == 404
    client.force_login(editor.user)
    assert "Secret measure" in text_of(get(client, authority))
    assert client.get(csv_address).status_code == 200


@pytest.mark.parametrize(("who", "seen"), [(None, False), ("reader", False), ("analyst", True)])
def test_published_values_of_a_draft_are_for_the_centre(client, authority, who, seen):
    publish(IndicatorFactory(code="draft", name="Brought by a file", draft=True), "ashby", 1.5)
    refresh(authority)
    if who:
        client.force_login(NationalMembershipFactory(role=who).user)

    page = get(client, authority)
    file = client.get(reverse("outcomes:indicator-csv", args=[authority.slug, "draft"]))

    assert ("Brought by a file" in text_of(page)) is seen
    assert file.status_code == (200 if seen else 404)


def test_an_own_value_that_is_the_published_one_is_shown_as_published(
    client, authority, hle, values, editor
):
    publish(hle, "ashby", 60.1, owner=authority)
    refresh(authority)
    client.force_login(editor.user)

    assert OWN not in text_of(get(client, authority))


def test_values_of_councils_elsewhere_are_not_shown(client, authority, hle, values):
    publish(hle, "elsewhere", 99.9)
    refresh(authority)

    assert "99.9" not in text_of(get(client, authority))


def test_the_csv_has_the_numbers_of_the_page_with_codes_and_dates(client, authority, values):
    answer = client.get(reverse("outcomes:indicator-csv", args=[authority.slug, "hle"]))

    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    ashby = next(row for row in rows if row["area"] == "Ashby" and row["sex"] == "Male")
    assert (ashby["area_code"], ashby["value"], ashby["note"]) == ("E06000001", "60.1", "value")
    assert (ashby["period_first_day"], ashby["period_last_day"]) == ("2022-01-01", "2024-12-31")
    barrow = next(row for row in rows if row["area"] == "Barrow")
    assert (barrow["value"], barrow["note"]) == ("", "missing")
    assert {row["status"] for row in rows} == {"published"}


def test_a_name_that_would_run_in_a_spreadsheet_does_not(client, authority):
    publish(IndicatorFactory(code="bad", name="=HYPERLINK(1)"), "ashby", 1.0)
    refresh(authority)

    answer = client.get(reverse("outcomes:indicator-csv", args=[authority.slug, "bad"]))

    assert ",'=HYPERLINK(1)," in answer.content.decode()


def test_names_cannot_break_out_of_the_page(client, authority):
    publish(IndicatorFactory(name="</script><script>alert(1)</script>"), "ashby", 1.0)
    refresh(authority)

    assert "<script>alert" not in get(client, authority).content.decode()


def test_more_indicators_take_no_more_queries(client, authority, django_assert_max_num_queries):
    for _ in range(5):
        publish(IndicatorFactory(), "ashby", 1.0)
    refresh(authority)

    # The authority, its facts (a dozen at most, whatever their number), and one for the figures.
    with django_assert_max_num_queries(25) as one:
        get(client, authority)
    for _ in range(5):
        publish(IndicatorFactory(), "barrow", 1.0)
    refresh(authority)
    with django_assert_max_num_queries(len(one)):
        get(client, authority)


def test_an_authority_that_is_not_there_is_not_found(client, db):
    assert client.get(reverse("outcomes:authority", args=["atlantis"])).status_code == 404


def test_a_recompute_without_a_change_writes_nothing(authority, hle, values):
    assert refresh(authority) == 0


def test_a_page_goes_when_its_values_are_no_longer_of_the_area(authority, hle, values):
    Council.objects.get(slug="ashby").authority_memberships.all().delete()
    Council.objects.get(slug="barrow").authority_memberships.all().delete()
    CountryFactory()

    assert refresh(authority) == 1
    assert not authority.indicator_pages.exists()
