"""The API's lists of indicators and values."""

import pytest
from drf_spectacular.generators import SchemaGenerator

from authorities.models import Body
from outcomes.models import Indicator, Note
from tests.factories.authorities import (
    BoardFactory,
    MembershipFactory,
    NationalMembershipFactory,
)
from tests.factories.outcomes import (
    NOW,
    BreakdownFactory,
    ComparabilityBreakFactory,
    DomainFactory,
    IndicatorFactory,
    IndicatorSetFactory,
    IndicatorSetMemberFactory,
    ObservationFactory,
    PeriodFactory,
    ReleaseFactory,
)

OBSERVATIONS = "/api/v1/observations/"
INDICATORS = "/api/v1/indicators/"


@pytest.fixture
def values(authority):
    ashby, england = Body.objects.get(slug="ashby"), Body.objects.get(slug="england")
    hle = IndicatorFactory(code="hle", name="Healthy life expectancy")
    ObservationFactory(indicator=hle, area=ashby, value=60.1)
    ObservationFactory(
        indicator=hle,
        area=ashby,
        breakdown=BreakdownFactory(sex="Female"),
        value=None,
        note=Note.SUPPRESSED,
    )
    ObservationFactory(indicator=hle, area=england, area_code="E92000001", value=61.0)
    ObservationFactory(
        indicator=IndicatorFactory(code="other"),
        area=ashby,
        period=PeriodFactory(
            label="2020/21",
            kind="financial year",
            start_date="2020-04-01",
            end_date="2021-04-01",
        ),
        value=None,
        note=Note.MISSING,
    )
    ObservationFactory(indicator=hle, area=ashby, value=44.4, owner=authority)


def results(client, address, **query):
    answer = client.get(address, query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_anybody_reads_what_is_published(client, values):
    answer = results(client, OBSERVATIONS)

    assert answer["count"] == 4
    assert 44.4 not in [one["value"] for one in answer["results"]]
    assert all(one["published"] for one in answer["results"])


def test_missing_and_suppressed_values_are_null_and_say_which(client, values):
    rows = results(client, OBSERVATIONS)["results"]

    empty = {(one["indicator"], one["sex"]): one for one in rows if one["value"] is None}
    assert empty["hle", "Female"]["note"] == "suppressed"
    assert empty["other", "Male"]["note"] == "missing"


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"indicator": "hle"}, 3),
        ({"indicator": "none"}, 0),
        ({"area_code": "E92000001"}, 1),
        ({"area_kind": "council"}, 3),
        ({"period": "2020/21"}, 1),
        ({"sex": "Female"}, 1),
        ({"indicator": "hle", "sex": "Male", "area_kind": "country"}, 1),
    ],
)
def test_a_list_is_narrowed_by_each_filter(client, values, query, count):
    assert results(client, OBSERVATIONS, **query)["count"] == count


@pytest.mark.parametrize(
    "query", [{"area_kind": "planet"}, {"indicator": "a\x00b"}, {"sex": "\x00"}]
)
def test_a_filter_that_cannot_be_is_refused(client, values, query):
    assert client.get(OBSERVATIONS, query).status_code == 400


@pytest.mark.parametrize("query", [{"fingertips_id": "x"}, {"fingertips_id": "1e400"}])
def test_an_identifier_that_is_no_number_is_refused(client, values, query):
    assert client.get(INDICATORS, query).status_code == 400


def test_lists_are_paged(client, values):
    answer = results(client, OBSERVATIONS, page_size=3)

    assert (answer["count"], len(answer["results"])) == (4, 3)
    assert "page=2" in answer["next"]


def test_superseded_values_are_not_listed(client, authority):
    ObservationFactory(superseded_at=NOW)

    assert results(client, OBSERVATIONS)["count"] == 0


def test_a_member_reads_what_the_body_sent_in_marked_as_such(client, values, editor):
    client.force_login(editor.user)

    rows = results(client, OBSERVATIONS)["results"]

    own = [one for one in rows if not one["published"]]
    assert [one["value"] for one in own] == [44.4]


@pytest.mark.parametrize("who", ["another authority", "board", "analyst"])
def test_nobody_else_reads_what_a_body_sent_in(client, values, who):
    if who == "analyst":
        member = NationalMembershipFactory()
    else:
        member = MembershipFactory(**({"body": BoardFactory()} if who == "board" else {}))
    client.force_login(member.user)

    assert results(client, OBSERVATIONS)["count"] == 4


def test_drafts_that_only_a_member_sent_in_are_listed_to_members_alone(client, authority, editor):
    ObservationFactory(
        indicator=IndicatorFactory(code="draft", draft=True),
        area=Body.objects.get(slug="ashby"),
        owner=authority,
    )

    assert results(client, INDICATORS)["count"] == 0
    assert client.get(f"{INDICATORS}draft/").status_code == 404
    client.force_login(editor.user)
    assert [one["code"] for one in results(client, INDICATORS)["results"]] == ["draft"]


def publish(indicator, value, day, area="ashby", **facts):
    return ObservationFactory(
        indicator=indicator,
        area=Body.objects.get(slug=area),
        value=value,
        release=ReleaseFactory(title=f"Of {day}", published_on=day),
        **facts,
    )


@pytest.mark.parametrize(
    ("who", "count"), [(None, 0), ("member", 0), ("reader", 0), ("analyst", 1)]
)
def test_values_of_a_draft_are_for_the_centre(client, authority, editor, who, count):
    ObservationFactory(
        indicator=IndicatorFactory(code="draft", draft=True), area=Body.objects.get(slug="ashby")
    )
    if who:
        member = editor if who == "member" else NationalMembershipFactory(role=who)
        client.force_login(member.user)

    for query in ({}, {"indicator": "draft"}, {"indicator": "draft", "as_published": "2026-11-24"}):
        assert results(client, OBSERVATIONS, **query)["count"] == count
    assert results(client, INDICATORS)["count"] == count


def test_values_are_listed_as_they_were_published_on_a_day(client, values):
    hle = IndicatorFactory(code="revised")
    publish(hle, 50.5, "2025-05-01", superseded_at=NOW)
    publish(hle, 51.5, "2026-05-01", superseded_at=NOW)
    publish(hle, 52.5, "2026-11-01")

    found = {
        day: [
            (one["value"], one["released_on"])
            for one in results(client, OBSERVATIONS, indicator="revised", as_published=day)[
                "results"
            ]
        ]
        for day in ("2025-04-30", "2025-05-01", "2026-10-31", "2026-11-02")
    }

    assert found == {
        "2025-04-30": [],
        "2025-05-01": [(50.5, "2025-05-01")],
        "2026-10-31": [(51.5, "2026-05-01")],
        "2026-11-02": [(52.5, "2026-11-01")],
    }


def test_what_is_suppressed_now_has_no_number_on_any_day(client, values):
    hle = IndicatorFactory(code="revised")
    facts = {"count": 3, "denominator": 47, "lower_95": 50.25, "upper_95": 50.75}
    publish(hle, 50.5, "2025-05-01", superseded_at=NOW, note_text="50.5 is small", **facts)
    publish(hle, None, "2026-05-01", note=Note.SUPPRESSED)

    answer = client.get(
        OBSERVATIONS,
        {"indicator": "revised", "as_published": "2025-06-01", "area_code": "E06000001"},
    )

    [row] = answer.json()["results"]
    assert (row["value"], row["note"], row["released_on"]) == (None, "suppressed", "2025-05-01")
    assert not [number for number in ("50.", "47", "3.0") if number in answer.content.decode()]


def test_a_code_narrows_what_spoke_on_the_day(client, values):
    hle = IndicatorFactory(code="revised")
    publish(hle, 50.5, "2025-05-01", area_code="E06000077", superseded_at=NOW)
    publish(hle, 51.5, "2026-05-01")

    asked = {"indicator": "revised", "as_published": "2026-06-01"}

    assert results(client, OBSERVATIONS, **asked, area_code="E06000077")["count"] == 0
    assert results(client, OBSERVATIONS, **asked, period="2022 - 24", sex="Male")["count"] == 1


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"as_published": "2026-05-01"}, "Name the indicator, too"),
        ({"as_published": "yesterday", "indicator": "hle"}, "Enter a date as year"),
        ({"as_published": "2999-01-01", "indicator": "hle"}, "Give today or an earlier day"),
    ],
)
def test_a_day_that_cannot_be_asked_for_is_said(client, values, query, words):
    answer = client.get(OBSERVATIONS, query)

    assert answer.status_code == 400
    assert words in answer.content.decode()


def test_each_filter_of_values_is_described(client, db):
    described = SchemaGenerator().get_schema(request=None, public=True)

    parameters = {
        one["name"]: one.get("description", "")
        for one in described["paths"][OBSERVATIONS]["get"]["parameters"]
    }
    assert {"indicator", "area_code", "area_kind", "period", "sex", "as_published"} <= set(
        parameters
    )
    assert "as they stood on this day" in parameters["as_published"]


def test_an_indicator_is_reached_by_its_code(client, values):
    assert client.get(f"{INDICATORS}hle/").json()["name"] == "Healthy life expectancy"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("address", [OBSERVATIONS, INDICATORS])
def test_nothing_is_written(client, values, editor, method, address):
    client.force_login(editor.user)

    assert getattr(client, method)(address).status_code in {403, 405}


def test_more_values_take_no_more_queries(client, values, django_assert_num_queries):
    # How many there are, and one page of them.
    with django_assert_num_queries(2):
        results(client, OBSERVATIONS)


def test_an_indicator_tells_its_facts_and_standing_breaks(client, values):
    hle = Indicator.objects.get(code="hle")
    hle.domain = DomainFactory(slug="health")
    hle.period_months = 36
    hle.save()
    ComparabilityBreakFactory(indicator=hle, text="Stands.")
    ComparabilityBreakFactory(
        indicator=hle, kind="other", withdrawn_at=NOW, withdrawn_reason="None."
    )

    answer = client.get(f"{INDICATORS}hle/").json()

    assert (answer["domain"], answer["period_months"], answer["multiplier"]) == ("health", 36, None)
    assert [one["text"] for one in answer["breaks"]] == ["Stands."]


@pytest.mark.parametrize(("who", "count"), [(None, 0), ("reader", 0), ("moderator", 1)])
def test_a_draft_without_values_is_for_the_centre(client, db, who, count):
    IndicatorFactory(draft=True)
    if who:
        client.force_login(NationalMembershipFactory(role=who).user)

    assert results(client, INDICATORS)["count"] == count


def test_indicators_are_narrowed_by_domain_set_and_direction(client, values):
    hle = Indicator.objects.get(code="hle")
    Indicator.objects.filter(code="hle").update(domain=DomainFactory(slug="health"), polarity="low")
    member = IndicatorSetMemberFactory(indicator=hle)

    for query in ({"domain": "health"}, {"set": member.indicator_set.slug}, {"polarity": "low"}):
        assert [one["code"] for one in results(client, INDICATORS, **query)["results"]] == ["hle"]


def test_sets_and_domains_in_use_are_listed(client, db):
    place = IndicatorSetMemberFactory(order=1)
    IndicatorSetMemberFactory(
        indicator_set=place.indicator_set, order=2, indicator=IndicatorFactory(draft=True)
    )
    IndicatorSetFactory(in_use=False)
    DomainFactory(slug="second", order=2)
    DomainFactory(slug="first", order=1)
    DomainFactory(in_use=False)

    [found] = results(client, "/api/v1/indicator-sets/")["results"]
    domains = results(client, "/api/v1/indicator-domains/")["results"]

    assert [one["code"] for one in found["indicators"]] == [place.indicator.code]
    assert [one["slug"] for one in domains] == ["first", "second"]
