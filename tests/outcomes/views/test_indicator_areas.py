"""The pages of one indicator: what they say, and what they keep to themselves."""

import csv
import io
import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from authorities.models import Body, BodyKind
from outcomes.actions import indicator_pages, indicators
from outcomes.models import (
    BenchmarkMethod,
    ComparabilityBreak,
    Note,
    Polarity,
    ReleaseIndicator,
    Scale,
)
from outcomes.queries.definitions import current_definition
from tests.factories.authorities import (
    BodyCodeFactory,
    BodyGroupingFactory,
    BodyNameFactory,
    CouncilFactory,
    NationalMembershipFactory,
    SuccessionFactory,
    between,
)
from tests.factories.outcomes import (
    NOW,
    BreakdownFactory,
    IndicatorFactory,
    ObservationFactory,
    PeriodFactory,
    ReleaseFactory,
)

# Far from every other number of the page, so that finding it anywhere is finding it.
SECRET = 73.21987


@pytest.fixture
def hle(authority):
    return IndicatorFactory(
        code="hle",
        name="Healthy life expectancy",
        unit="years",
        benchmark_method=BenchmarkMethod.LIMITS_95,
        trend_eligible=True,
        period_months=36,
        step_months=12,
    )


def period(first, years=1):
    return PeriodFactory(
        label=str(first) if years == 1 else f"{first} - {(first + years - 1) % 100:02d}",
        kind="calendar years",
        start_date=date(first, 1, 1),
        end_date=date(first + years, 1, 1),
    )


def publish(indicator, slug, first, value, *, years=1, sex="Male", category=None, **facts):
    kind, name = category or ("", "")
    return ObservationFactory(
        indicator=indicator,
        area=Body.objects.get(slug=slug),
        period=period(first, years),
        breakdown=BreakdownFactory(sex=sex, category_type=kind, category=name),
        value=value,
        **facts,
    )


def around(value, half=0.5):
    return {"lower_95": value - half, "upper_95": value + half}


def get(client, indicator, area="E06000001", **asked):
    return client.get(reverse("outcomes:indicator-area", args=[indicator.code, area]), asked)


def get_named(client, indicator, name, area="E06000001"):
    return client.get(reverse(f"outcomes:{name}", args=[indicator.code, area]))


def text_of(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def rows_of(response):
    text = response.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_a_label_says_the_numbers_behind_it(client, hle):
    publish(hle, "ashby", 2022, 60.4, lower_95=59.9, upper_95=60.9)
    publish(hle, "england", 2022, 61.4)

    text = text_of(get(client, hle))

    assert "Worse than England: the upper 95% limit 60.9 is below 61.4" in text
    assert "60.4 years in 2022" in text


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({}, "Not compared: no 95% limits were published"),
        ({"value": None, "note": Note.MISSING}, "Not compared: the value is missing"),
        ({"value": None, "note": Note.SUPPRESSED}, "Not compared: the value is suppressed"),
    ],
)
def test_what_cannot_be_compared_says_why(client, hle, facts, words):
    publish(hle, "ashby", 2022, **{"value": 60.4, **facts})
    publish(hle, "england", 2022, 61.4)

    assert words in text_of(get(client, hle))


def test_rolling_periods_have_too_few_independent_ones_for_a_trend(client, hle):
    for first in range(2011, 2023):
        publish(hle, "ashby", first, 60.0 + first % 3, years=3, **around(60.0 + first % 3))

    text = text_of(get(client, hle))

    assert "Cannot be calculated: 4 independent periods, 5 needed" in text
    assert "Rolling periods of 3 years" in text
    assert "Overlaps with the period before" in text


def test_a_trend_that_the_rules_forbid_says_so(client, hle):
    hle.trend_eligible, hle.trend_text = False, "The publisher gives no trend for estimates."
    hle.save()
    for first in range(2015, 2022):
        publish(hle, "ashby", first, 60.0 + first - 2015, **around(60.0 + first - 2015))

    text = text_of(get(client, hle))

    assert "Cannot be calculated: the publisher gives no trend for estimates" in text


def test_a_trend_is_counted_since_the_last_break_and_the_break_is_marked(client, hle):
    for first in range(2015, 2022):
        publish(hle, "ashby", first, 60.0 + first - 2015, **around(60.0 + first - 2015))
    ComparabilityBreak.objects.create(
        indicator=hle,
        starts_on=date(2019, 1, 1),
        kind="method",
        text="A new model.",
        recorded_at=NOW,
    )

    text = text_of(get(client, hle))

    assert "3 independent periods, 5 needed, counted since the break of 1 January 2019" in text
    assert "Not comparable with earlier periods: A new model" in text
    assert ">Break 2019</text>" in text


def test_a_withdrawn_break_is_none(client, hle):
    for first in range(2015, 2022):
        publish(hle, "ashby", first, 60.0 + first - 2015, **around(60.0 + first - 2015))
    ComparabilityBreak.objects.create(
        indicator=hle,
        starts_on=date(2019, 1, 1),
        kind="method",
        text="A new model.",
        recorded_at=NOW,
        withdrawn_at=NOW,
        withdrawn_reason="It was none.",
    )

    text = text_of(get(client, hle))

    assert "Increasing, getting better: over the latest 5 independent periods" in text
    assert "A new model" not in text


def test_the_change_is_against_the_last_period_that_does_not_overlap(client, hle):
    for first, value in ((2016, 66.0), (2019, 64.0), (2020, 62.0), (2022, 60.0)):
        publish(hle, "ashby", first, value, years=3, **around(value))

    text = text_of(get(client, hle))

    assert "Decreased since 2019 - 21, which is worse: 60.0 after 64.0 in 2019 - 21; chance" in text


def suppress(hle):
    publish(hle, "england", 2021, 61.0)
    publish(hle, "ashby", 2020, 60.0, **around(60.0))
    earlier = ReleaseFactory(title="The first", published_on=date(2025, 1, 1))
    later = ReleaseFactory(title="The second", published_on=date(2026, 1, 1))
    publish(
        hle,
        "ashby",
        2021,
        SECRET,
        release=earlier,
        superseded_at=NOW,
        lower_95=SECRET - 1,
        upper_95=SECRET + 1,
    )
    publish(hle, "ashby", 2021, None, note=Note.SUPPRESSED, release=later)


@pytest.mark.parametrize("day", ["", "2025-06-01", "2026-06-01"])
@pytest.mark.parametrize(
    "name", ["indicator-area", "indicator-area-csv", "indicator-area-groups-csv"]
)
def test_a_suppressed_value_is_nowhere_not_even_as_published_earlier(client, hle, name, day):
    suppress(hle)

    response = client.get(
        reverse(f"outcomes:{name}", args=["hle", "E06000001"]), {"as_published": day}
    )

    text = text_of(response)
    assert not any(str(number) in text for number in ("73.2", "74.2", "72.2"))
    if name != "indicator-area-groups-csv":
        assert "suppressed" in text


def test_the_list_of_areas_keeps_a_suppressed_value_to_itself(client, hle):
    suppress(hle)
    asked = {"period": "2021", "as_published": "2025-06-01", "kind": "council"}

    page = text_of(client.get(reverse("outcomes:indicator-areas", args=["hle"]), asked))
    file = text_of(client.get(reverse("outcomes:indicator-areas-csv", args=["hle"]), asked))

    assert "73.2" not in page + file
    assert "suppressed" in page


def test_values_are_shown_as_they_were_published_on_a_day(client, hle):
    first = ReleaseFactory(title="The first", published_on=date(2025, 1, 1))
    second = ReleaseFactory(title="The second", published_on=date(2026, 1, 1))
    publish(hle, "ashby", 2021, 58.8, release=first, superseded_at=NOW)
    publish(hle, "ashby", 2021, 59.9, release=second)

    then = text_of(get(client, hle, as_published="2025-12-31"))
    on_the_day = text_of(get(client, hle, as_published="2026-01-01"))
    before = text_of(get(client, hle, as_published="2024-12-31"))

    assert "58.8 years in 2021" in then
    assert "The first" in then
    assert "59.9" not in then
    assert "59.9 years in 2021" in on_the_day
    assert "No value is published for this area" in before


def test_a_day_that_is_none_is_said_and_today_is_shown(client, hle):
    publish(hle, "ashby", 2021, 59.9)

    wrong = text_of(get(client, hle, as_published="yesterday"))
    coming = text_of(get(client, hle, as_published="2999-01-01"))

    assert "Enter a date as year, month and day" in wrong
    assert "Enter today or an earlier day" in coming
    assert "59.9 years in 2021" in wrong


def test_releases_are_named_with_their_day_definition_and_method(client, hle):
    release = ReleaseFactory(title="Spring", published_on=date(2026, 5, 1))
    ReleaseIndicator.objects.create(
        release=release, indicator=hle, indicator_version=3, method="modelled", rows=1
    )
    publish(hle, "ashby", 2021, 59.9, release=release)

    text = text_of(get(client, hle))

    assert "Spring" in text
    assert "1 May 2026" in text
    assert "version 3" in text
    assert "modelled" in text


def describe(indicator, *, at=NOW, **facts):
    """Store a definition as an analyst does: the first version, or the next with a reason."""
    before = current_definition(indicator=indicator)
    return indicators.change(
        indicator=indicator,
        definition=replace(
            before,
            definition="Years in good health.",
            source="ONS",
            licence="Open Government Licence v3.0",
            trend_eligible=False,
            trend_text="Its periods overlap",
            **facts,
        ),
        expected_version=indicator.version,
        reason="The publisher says so",
        by=NationalMembershipFactory().user,
        at=at,
    )


def release_under(indicator, version, day="2026-05-01"):
    release = ReleaseFactory(published_on=day)
    ReleaseIndicator.objects.create(
        release=release, indicator=indicator, indicator_version=version, rows=1
    )
    return release


@pytest.fixture
def redefined(hle):
    """Ashby was published as worse than England; then somebody turned the direction round."""
    first = describe(hle)
    publish(hle, "ashby", 2021, 60.4, release=release_under(hle, 1), **around(60.4))
    publish(hle, "england", 2021, 61.4)
    describe(first, polarity=Polarity.LOW, unit="bad years", at=datetime(2026, 11, 25, tzinfo=UTC))
    return hle


def test_a_published_label_stays_when_the_definition_changes_and_the_page_says_so(
    client, redefined
):
    page = text_of(get(client, redefined))
    listed = text_of(
        client.get(reverse("outcomes:indicator-areas", args=["hle"]), {"kind": "council"})
    )
    [row, *_] = rows_of(get_named(client, redefined, "indicator-area-csv"))
    said = client.get("/api/v1/indicators/hle/areas/E06000001/").json()

    assert "Worse than England: the upper 95% limit 60.9 is below 61.4" in page
    assert "60.4 years in 2021" in page
    assert "bad years" not in page
    for text in (page, listed):
        assert "These values came under version 1 of the definition and are read by it" in text
        assert "Version 2 has held since 25 November 2026" in text
    assert "Worse than England" in listed
    assert row["comparison"] == said["values"][0]["comparison"] == "Worse than England"
    assert (said["definition_version"], said["current_definition_version"]) == (1, 2)


def test_a_value_that_came_under_the_new_definition_is_read_by_it(client, redefined):
    publish(redefined, "ashby", 2022, 60.2, release=release_under(redefined, 2), **around(60.2))
    publish(redefined, "england", 2022, 61.4)

    text = text_of(get(client, redefined))

    assert "Better than England: the upper 95% limit 60.7 is below 61.4" in text
    assert "60.2 bad years in 2022" in text
    assert "read by version 1 of the definition, under which it came" in text.lower()
    assert "These values came under version" not in text


def test_a_change_that_reads_no_value_otherwise_is_not_said(client, hle):
    first = describe(hle)
    publish(hle, "ashby", 2021, 60.4, release=release_under(hle, 1))
    describe(first, publication_lag_months=17)

    assert "These values came under version" not in text_of(get(client, hle))


def links_of(response):
    return set(re.findall(r'href="([^"#?]*)', response.content.decode()))


def test_catalogue_areas_and_authority_lead_to_each_other(client, hle, authority, editor):
    publish(hle, "ashby", 2022, 60.4)
    indicator_pages.refresh(authority=authority, at=NOW)
    code = authority.codes.get().value
    about = reverse("catalogue:indicator", args=["hle"])
    areas = reverse("outcomes:indicator-areas", args=["hle"])
    own, england = (
        reverse("outcomes:indicator-area", args=["hle", one]) for one in (code, "E92000001")
    )
    client.force_login(editor.user)

    assert {areas, own, england} <= links_of(client.get(about))
    for address in (areas, own, england):
        assert about in links_of(client.get(address))
    assert {about, areas, own} <= links_of(
        client.get(reverse("outcomes:authority", args=[authority.slug]))
    )


def test_a_visitor_who_belongs_nowhere_is_led_to_england_and_all_areas(client, hle, authority):
    publish(hle, "ashby", 2022, 60.4)

    found = links_of(client.get(reverse("catalogue:indicator", args=["hle"])))

    assert reverse("outcomes:indicator-area", args=["hle", "E92000001"]) in found
    assert not [one for one in found if authority.codes.get().value in one]


def test_an_indicator_without_a_value_leads_to_no_figures_and_says_so(client, hle):
    page = client.get(reverse("catalogue:indicator", args=["hle"]))
    listed = client.get(reverse("outcomes:indicator-areas", args=["hle"]))

    assert "No value of it is published yet" in text_of(page)
    assert reverse("outcomes:indicator-areas", args=["hle"]) not in links_of(page)
    assert "No value is published yet" in text_of(listed)
    assert "Ashby" not in text_of(listed)


def test_no_link_of_the_indicator_pages_leads_nowhere(client, hle, authority):
    """Walk as a visitor: every page that the catalogue leads to is there."""
    for first in (2020, 2021):
        publish(hle, "ashby", first, 60.4, **around(60.4))
        publish(hle, "england", first, 61.4)
    indicator_pages.refresh(authority=authority, at=NOW)
    seen, waiting = set(), [reverse("catalogue:list")]
    while waiting:
        address = waiting.pop()
        seen.add(address)
        answer = client.get(address)
        assert answer.status_code == 200, address
        if "html" in answer["Content-Type"]:
            waiting += [
                one
                for one in links_of(answer) - seen - set(waiting)
                if one.startswith(("/indicators/", "/authorities/", "/councils/"))
            ]

    assert {
        reverse("catalogue:releases"),
        reverse("catalogue:missing"),
        reverse("outcomes:indicator-area-csv", args=["hle", "E06000001"]),
        reverse("outcomes:authority", args=[authority.slug]),
    } <= seen


def test_the_link_holds_what_is_shown(client, hle):
    publish(hle, "ashby", 2021, 59.9)
    publish(hle, "ashby", 2021, 62.2, sex="Female")

    text = text_of(get(client, hle, sex="female", as_published="2026-11-25"))

    assert "62.2 years" in text
    assert "?sex=Female&amp;age=All+ages&amp;comparator=england&amp;as_published=2026-11-25" in text


def test_what_is_provisional_estimated_or_missing_is_said(client, hle):
    publish(hle, "ashby", 2019, 59.0, provisional=True)
    publish(hle, "ashby", 2020, 59.5, note=Note.ESTIMATED)
    publish(hle, "ashby", 2021, None, note=Note.MISSING)

    text = text_of(get(client, hle))

    assert "Provisional" in text
    assert "Estimated" in text
    assert "missing" in text.split("<tbody")[1].split("</tbody>")[0]


def test_a_region_is_the_comparator_where_it_is_asked_for(client, hle):
    region = Body.objects.create(kind=BodyKind.REGION, slug="north", opened_on=date(2000, 1, 1))
    BodyNameFactory(body=region, name="The North")
    BodyCodeFactory(body=region, value="E12000001")
    BodyGroupingFactory(member=Body.objects.get(slug="ashby"), group=region)
    publish(hle, "ashby", 2022, 60.4, **around(60.4))
    publish(hle, "north", 2022, 62.0)
    publish(hle, "england", 2022, 60.5)

    against_north = text_of(get(client, hle, comparator="region"))
    against_england = text_of(get(client, hle))

    assert "Worse than The North: the upper 95% limit 60.9 is below 62.0" in against_north
    assert "Similar to England: the 95% limits 59.9 to 60.9 include 60.5" in against_england


def test_groups_have_a_slope_and_a_relative_index(client, hle):
    names = ("Most", "Second most", "Middle", "Second least", "Least")
    for number, name in enumerate(names):
        value = 70.0 + 2 * number
        publish(
            hle,
            "ashby",
            2022,
            value,
            category=("Deprivation quintiles", f"{name} deprived quintile (IMD2019)"),
            denominator=1000,
            **around(value, 1),
        )
    publish(hle, "ashby", 2022, 74.0)

    text = text_of(get(client, hle))
    rows = rows_of(
        client.get(reverse("outcomes:indicator-area-groups-csv", args=["hle", "E06000001"]))
    )

    # The worked example of docs/methods/slope-index-of-inequality.md.
    assert "10.0 years from the most to the least deprived (95% limits 8.4 to 11.6)" in text
    assert "1.14, the least deprived over the most" in text
    assert [row["value"] for row in rows] == ["70.0", "72.0", "74.0", "76.0", "78.0"]
    assert float(rows[0]["slope_index"]) == pytest.approx(10)


def test_groups_that_are_not_all_there_have_no_slope(client, hle):
    publish(
        hle,
        "ashby",
        2022,
        70.0,
        category=("Deprivation quintiles", "Most deprived quintile"),
        denominator=1000,
        **around(70.0),
    )

    text = text_of(get(client, hle))

    assert "Not calculated: 1 of 5 groups are published" in text


@pytest.fixture
def smoking(authority):
    return IndicatorFactory(
        code="smoking",
        name="Smoking prevalence",
        unit="%",
        scale=Scale.PROPORTION,
        polarity=Polarity.LOW,
        multiplier=100,
        benchmark_method=BenchmarkMethod.LIMITS_95,
    )


def test_an_authority_is_the_sum_of_its_councils_where_counts_allow_it(client, smoking):
    publish(smoking, "ashby", 2022, 10.0, count=100, denominator=1000)
    publish(smoking, "barrow", 2022, 20.0, count=600, denominator=3000)
    code = Body.objects.get(slug="north-testshire").codes.get().value

    text = text_of(get(client, smoking, code))
    rows = rows_of(client.get(reverse("outcomes:indicator-area-csv", args=["smoking", code])))

    assert "17.5% in 2022" in text
    assert "Computed by this site from Ashby, Barrow" in text
    assert rows[0]["status"] == "computed by this site from Ashby, Barrow"
    assert rows[0]["release"] == ""


def test_published_beats_computed_even_where_it_is_suppressed(client, smoking):
    publish(smoking, "ashby", 2022, 10.0, count=100, denominator=1000)
    publish(smoking, "barrow", 2022, 20.0, count=600, denominator=3000)
    publish(smoking, "north-testshire", 2022, None, note=Note.SUPPRESSED)
    code = Body.objects.get(slug="north-testshire").codes.get().value

    text = text_of(get(client, smoking, code))

    assert "17.5" not in text
    assert "Suppressed in 2022" in text


def test_one_suppressed_council_leaves_nothing_to_add_up(client, smoking):
    publish(smoking, "ashby", 2022, 10.0, count=100, denominator=1000)
    publish(smoking, "barrow", 2022, None, note=Note.SUPPRESSED, denominator=3000)
    code = Body.objects.get(slug="north-testshire").codes.get().value

    text = text_of(get(client, smoking, code))

    assert "Not computed from its councils: the value of Barrow is suppressed" in text


def test_years_are_never_added_up(client, hle):
    publish(hle, "ashby", 2022, 60.0)
    publish(hle, "barrow", 2022, 62.0)
    code = Body.objects.get(slug="north-testshire").codes.get().value

    text = text_of(get(client, hle, code))

    assert "only proportions and rates can be added up" in text
    assert "61" not in text.split("Over time")[1].split("Where the numbers")[0]


def test_values_of_a_body_that_merged_stay_with_it_and_its_successor_leads_there(client, hle):
    old = CouncilFactory(
        slug="old-town", name="Old Town", ons_code="E07000001", closed_on=date(2025, 4, 1)
    )
    new = CouncilFactory(slug="new-town", name="New Town", ons_code="E06000077")
    SuccessionFactory(predecessor=old, successor=new, on_date=date(2025, 4, 1))
    publish(hle, "old-town", 2022, 57.7, area_code="E07000001")

    page = text_of(get(client, hle, "E06000077"))
    earlier = text_of(get(client, hle, "E07000001"))

    assert "Values before 1 April 2025 are of Old Town." in page
    assert "/indicators/hle/areas/E07000001/" in page
    assert "57.7" not in page
    assert "57.7 years in 2022" in earlier
    assert "Old Town ended on 1 April 2025" in earlier
    assert "which took over from Old Town" in earlier


def test_a_code_that_was_given_up_leads_to_its_area_and_is_said_beside_its_values(client, hle):
    ashby = Body.objects.get(slug="ashby")
    ashby.codes.update(valid=between(date(2022, 7, 1), date(2024, 1, 1)))
    BodyCodeFactory(
        body=ashby, value="E06000111", valid=between(date(2024, 1, 1), date(2090, 1, 1))
    )
    publish(hle, "ashby", 2022, 60.6, area_code="E06000001")

    text = text_of(get(client, hle, "E06000001"))

    assert "60.6 years in 2022" in text
    assert "These values were published under E06000001, an earlier code of Ashby" in text


def test_an_own_value_that_nobody_approved_is_not_shown(client, hle, editor):
    publish(hle, "ashby", 2022, 60.4)
    publish(hle, "ashby", 2022, SECRET, owner=editor.body)
    client.force_login(editor.user)

    text = text_of(get(client, hle))

    assert "73.2" not in text
    assert "60.4" in text


@pytest.mark.parametrize(
    ("code", "area"), [("hle", "E06999999"), ("nothing", "E06000001"), ("draft", "E06000001")]
)
def test_what_is_not_there_is_not_found(client, hle, code, area):
    IndicatorFactory(code="draft", draft=True)

    response = client.get(reverse("outcomes:indicator-area", args=[code, area]))

    assert response.status_code == 404


def many(indicator, number):
    for one in range(number):
        council = CouncilFactory(slug=f"c-{one}", name=f"Town {one:02d}", ons_code=f"E08{one:06d}")
        publish(indicator, council.slug, 2022, 50.0 + one, **around(50.0 + one))


@pytest.mark.parametrize(("who", "status"), [(None, 404), ("reader", 404), ("analyst", 200)])
def test_published_values_of_a_draft_are_for_the_centre(client, authority, who, status):
    draft = IndicatorFactory(code="draft", draft=True)
    publish(draft, "ashby", 2022, SECRET)
    if who:
        client.force_login(NationalMembershipFactory(role=who).user)

    answers = [
        client.get(reverse("outcomes:indicator-areas", args=["draft"])),
        client.get(reverse("outcomes:indicator-areas-csv", args=["draft"])),
        *(
            get_named(client, draft, name)
            for name in ("indicator-area", "indicator-area-csv", "indicator-area-groups-csv")
        ),
        client.get("/api/v1/indicators/draft/areas/E06000001/"),
    ]

    assert {answer.status_code for answer in answers} == {status}


def test_the_list_shows_labels_sorted_and_paged(client, hle):
    many(hle, 30)
    publish(hle, "england", 2022, 60.0)
    address = reverse("outcomes:indicator-areas", args=["hle"])

    highest = text_of(client.get(address, {"kind": "council", "sort": "highest"}))
    second = text_of(client.get(address, {"kind": "council", "page": "2"}))
    file = rows_of(
        client.get(
            reverse("outcomes:indicator-areas-csv", args=["hle"]),
            {"kind": "council", "sort": "lowest"},
        )
    )

    assert highest.index("Town 29") < highest.index("Town 28")
    assert "Better than England" in highest
    assert "the lower 95% limit 78.5 is above 60.0" in highest
    assert "page 2 of 2" in second
    assert [row["area"] for row in file[:2]] == ["Town 00", "Town 01"]
    assert file[0]["comparison"] == "Worse than England"
    # Councils without a value are there, too.
    assert {row["area"]: row["note"] for row in file}["Ashby"] == "not published"


def test_the_list_puts_areas_in_fifths_where_that_is_the_rule(client, hle):
    hle.benchmark_method = BenchmarkMethod.QUINTILES
    hle.save()
    many(hle, 10)

    file = rows_of(
        client.get(reverse("outcomes:indicator-areas-csv", args=["hle"]), {"sort": "highest"})
    )
    page = text_of(get(client, hle, "E08000009"))

    assert [row["comparison"] for row in file[:3]] == [
        "Highest fifth",
        "Highest fifth",
        "Second highest fifth",
    ]
    assert "Highest fifth: by rank among the values of 10 councils" in page


def test_an_area_never_compares_with_itself(client, hle):
    publish(hle, "england", 2022, 60.0, **around(60.0))

    text = text_of(get(client, hle, "E92000001"))

    assert "England is not compared with itself" in text


def test_names_that_hold_markup_stay_text(client, hle):
    hle.name = "<b>Bold</b> & “odd”"
    hle.save()
    publish(hle, "ashby", 2022, 60.0, note=Note.REMARKED, note_text="<script>x</script>")

    text = text_of(get(client, hle))

    assert "<b>Bold" not in text
    assert "<script>x" not in text


@pytest.mark.parametrize("name", ["indicator-area", "indicator-area-csv"])
def test_as_many_queries_for_many_values_as_for_few(client, hle, name):
    publish(hle, "ashby", 2000, 60.0)
    address = reverse(f"outcomes:{name}", args=["hle", "E06000001"])
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for first in range(2001, 2021):
        publish(hle, "ashby", first, 60.0, **around(60.0))
        publish(hle, "england", first, 60.0, release=ReleaseFactory(created_at=_then(first)))

    with CaptureQueriesContext(connection) as more:
        client.get(address)

    assert len(more) == len(few)


def _then(year):
    return datetime(year, 1, 1, tzinfo=UTC)


def test_the_api_says_what_the_page_says(client, hle):
    publish(hle, "ashby", 2022, 60.4, lower_95=59.9, upper_95=60.9)
    publish(hle, "england", 2022, 61.4)

    said = client.get("/api/v1/indicators/hle/areas/E06000001/").json()

    assert said["area_name"] == "Ashby"
    assert said["trend_reason"] == "1 independent period, 5 needed"
    assert said["values"][0]["comparison"] == "Worse than England"
    assert said["values"][0]["comparison_reason"] == "the upper 95% limit 60.9 is below 61.4"


@pytest.mark.parametrize("query", ["", "?as_published=2025-06-01", "?as_published=2026-06-01"])
def test_the_api_keeps_a_suppressed_value_to_itself(client, hle, query):
    suppress(hle)

    answer = client.get(f"/api/v1/indicators/hle/areas/E06000001/{query}")

    values = {one["period"]: (one["value"], one["note"]) for one in answer.json()["values"]}
    assert values["2021"] == (None, "suppressed")
    assert "73.2" not in answer.content.decode()


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("hle/areas/E06999999/", 404),
        ("nothing/areas/E06000001/", 404),
        ("hle/areas/E06000001/?as_published=soon", 400),
        ("hle/areas/E06000001/?colour=red", 400),
    ],
)
def test_the_api_refuses_what_is_not_there(client, hle, address, status):
    assert client.get(f"/api/v1/indicators/{address}").status_code == status


def test_an_index_leads_to_the_values_of_the_page(client, hle):
    publish(hle, "ashby", 2022, 60.4)
    with CaptureQueriesContext(connection) as captured:
        for day in ("", "2026-11-25"):
            get(client, hle, as_published=day)
    asked = [one["sql"] for one in captured if 'FROM "outcomes_observation"' in one["sql"]]

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        plans = []
        for sql in asked:
            cursor.execute(f"EXPLAIN {sql}")
            plans.append("\n".join(line for (line,) in cursor.fetchall()))

    assert len(plans) >= 5
    assert not any("Seq Scan on outcomes_observation" in plan for plan in plans)
