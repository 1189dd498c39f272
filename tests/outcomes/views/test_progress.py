"""Dashboards of progress: what is agreed, counted as it is, with its reasons and without drafts."""

import csv
import io
import re
from collections import Counter
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from outcomes.actions import indicator_pages, progress, progress_methods
from outcomes.models import ProgressPicture, ProgressStatus
from outcomes.progress_labels import STATUS_WORDS
from outcomes.progress_picture import by_chance
from tests.factories.authorities import (
    CouncilFactory,
    CouncilMembershipFactory,
    StrategicAuthorityFactory,
)
from tests.factories.frameworks import (
    FrameworkIndicatorFactory,
    FrameworkVersionFactory,
)
from tests.factories.outcomes import NOW, RecomputeRequestFactory
from tests.factories.progress import OwnerNoteFactory
from tests.outcomes.progress_world import framework_with, published

pytestmark = pytest.mark.django_db
# Achieved, on track, inconclusive, off track, inconclusive, suppressed or missing, overlapping.
SERIES = (
    {2019: 60.0, 2022: 64.0},
    {2019: 60.0, 2022: 61.0},
    {2019: 60.0, 2022: 60.5},
    {2019: 60.0, 2022: 58.0},
    {2019: 60.0, 2022: 60.3},
    {2019: 60.0, 2022: None},
    {2019: 60.0},
)


@pytest.fixture
def version():
    """A framework with seven indicators in force."""
    progress_methods.load(at=NOW)
    made = framework_with(*SERIES)
    progress.refresh(authority=made.framework.authority, at=timezone.now())
    progress.refresh_nation(at=timezone.now())
    return made


def text_of(address: str) -> str:
    response = Client().get(address)
    assert response.status_code == 200
    return unescape(response.content.decode())


def rows_of(address: str) -> list[dict[str, str]]:
    response = Client().get(address)
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def dashboards(version) -> dict[str, str]:
    authority, board = version.framework.authority, version.framework.partners.get().pair.board
    return {
        "authority": f"/progress/authorities/{authority.slug}/",
        "pair": f"/progress/pairs/{authority.slug}/{board.slug}/",
        "framework": f"/progress/frameworks/{version.framework_id}/",
        "nation": "/progress/",
    }


def counted_on(page: str) -> dict[str, tuple[int, int]]:
    """Read the tiles: number and denominator by label."""
    tiles = re.search(r'<ul class="app-counts".*?</ul>', page, re.DOTALL)
    assert tiles is not None
    return {
        label: (int(number), int(of))
        for number, of, label in re.findall(
            r"<b>(\d+) <span class=\"of\">of (\d+)</span></b>([^<]+)</li>", tiles[0]
        )
    }


def test_counts_of_every_dashboard_equal_a_plain_recount_of_the_file(version):
    listed = rows_of(dashboards(version)["authority"] + "indicators.csv")
    words = Counter(row["status_words"] for row in listed)
    assessed = len(listed) - words["Not assessed"]

    for address in dashboards(version).values():
        found = counted_on(text_of(address))

        assert {label: n for label, (n, _) in found.items() if n} == words
        assert {of for label, (_, of) in found.items() if label != "Not assessed"} == {assessed}
        assert found["Not assessed"][1] == len(listed) == len(SERIES)


def test_help_is_needed_first_where_it_stands_first(version):
    assert list(counted_on(text_of("/progress/"))) == [
        "Missed",
        "Not met, within margin of error",
        "Off track",
        "Inconclusive",
        "Behind, within margin",
        "On track",
        "Ahead",
        "At target, not yet certain",
        "Achieved",
        "Not assessed",
    ]


def test_the_counts_of_each_authority_are_a_file_too(version):
    [row] = rows_of("/progress/authorities.csv")

    assert (row["authority"], row["indicators"], row["assessed"]) == (
        version.framework.authority.slug,
        "7",
        "5",
    )
    counted = counted_on(text_of(dashboards(version)["authority"]))
    assert [int(row[status]) for status in STATUS_WORDS] == [one for one, _ in counted.values()]
    assert "/progress/authorities.csv" in text_of("/progress/")


def test_the_list_and_its_file_begin_with_what_needs_help(version):
    address = dashboards(version)["authority"]

    page, listed = text_of(address), rows_of(f"{address}indicators.csv")

    order = [one["status_words"] for one in listed]
    assert order == [
        "Off track",
        "Inconclusive",
        "Inconclusive",
        "On track",
        "Achieved",
        "Not assessed",
        "Not assessed",
    ]
    tags = re.findall(r'app-tag--sign">\s*<svg.*?</svg>\s*([^<]+)</span>', page, re.DOTALL)
    assert tags == order
    assert "All 7 indicators, those that need help first" in page
    assert [one["indicator_id"] for one in listed[-2:]] == [
        str(one.lineage) for one in version.indicators.order_by("order")[5:7]
    ]


def test_what_changed_since_the_baseline_and_who_moved_the_gap_stand_beside_the_labels(version):
    address = dashboards(version)["authority"]

    page, listed = text_of(address), rows_of(f"{address}indicators.csv")

    on_track = next(one for one in listed if one["status"] == "on_track")
    achieved = next(one for one in listed if one["status"] == "achieved")
    missing = next(one for one in listed if one["reason"] == "missing")
    assert on_track["since_baseline"] == "No clear change since the baseline"
    assert on_track["since_baseline_reason"] == (
        "61 after 60 in 2019-21, +1; chance alone may make such a difference (z = 1.39)"
    )
    assert "50% of the way · No clear change since the baseline" in page
    assert achieved["gap_change"] == "Gap widened: this area got better; England did not move."
    assert achieved["gap_change_reason"] == (
        "From −1 in 2019-21 to +3 (z = 3.92): this area +4, England 0"
    )
    assert " · Gap widened: this area got better; England did not move" in page
    assert (missing["gap_change"], missing["gap_change_reason"]) == ("", "")
    assert f"{missing['status_reason']} ·" not in page


def test_a_picture_from_before_such_changes_were_kept_is_shown_without_them(version):
    picture = ProgressPicture.objects.get(scope="authority")
    kept = ("since_baseline", "since_baseline_label", "since_baseline_why")
    for row in picture.content["rows"]:
        for name in (*kept, "gap_movement", "gap_change", "gap_change_why"):
            del row[name]
    picture.input_hash = "older"
    picture.save()
    address = dashboards(version)["authority"]

    page, listed = text_of(address), rows_of(f"{address}indicators.csv")

    assert "50% of the way" in page
    assert "since the baseline" not in page
    assert {one["since_baseline"] for one in listed} == {""}


def test_what_owners_say_stands_beside_the_status_on_pages_in_files_and_in_the_api(version):
    first, second, third = version.indicators.order_by("order")[:3]
    said = {"framework": version.framework, "body": version.framework.authority}
    address = dashboards(version)["authority"]
    before = text_of(address)
    OwnerNoteFactory(**said, lineage=first.lineage, text="The sample was small.", contested=True)
    OwnerNoteFactory(**said, lineage=second.lineage, text="We have begun.")
    OwnerNoteFactory(**said, lineage=third.lineage, contested=True, withdrawn_at=NOW)

    page = text_of(address)
    listed = {one["indicator_id"]: one for one in rows_of(f"{address}indicators.csv")}
    nation = {one["indicator_id"]: one for one in rows_of("/progress/indicators.csv")}
    api = {one["indicator_id"]: one for one in Client().get("/api/v1/progress/").json()["results"]}

    assert "app-flag" not in before
    flags = dict(re.findall(r'app-flag" href="[^"]+/([0-9a-f-]+)/#owners">([^<]+)<', page))
    assert flags == {str(first.lineage): "Contested", str(second.lineage): "Owner’s note"}
    own_page = text_of(f"/progress/frameworks/{version.framework_id}/indicators/{first.lineage}/")
    assert re.search(r'Achieved</span>\s*<a class="govuk-link app-flag" href="#owners">', own_page)
    for file in (listed, nation):
        assert [file[str(one.lineage)]["contested"] for one in (first, second, third)] == [
            "yes",
            "no",
            "no",
        ]
        assert "“The sample was small.”" in file[str(first.lineage)]["owners_notes"]
        assert file[str(third.lineage)]["owners_notes"] == ""
    assert [api[str(one.lineage)]["contested"] for one in (first, second, third)] == [
        True,
        False,
        False,
    ]
    assert [one["text"] for one in api[str(second.lineage)]["notes"]] == ["We have begun."]
    assert api[str(first.lineage)]["status"] == "achieved"


def test_what_is_not_assessed_is_counted_by_reason(version):
    page = text_of(dashboards(version)["authority"])

    assert "Why 2 are not assessed" in page
    assert "1: the latest period overlaps the baseline" in page
    assert "1: missing, because the source has not published it" in page


def test_the_share_of_chance_is_said():
    # Source: the project's worked example.
    assert by_chance(rules=["limits_95"] * 24 * 10) == 12
    assert by_chance(rules=["limits_998"] * 24 * 10) == 0
    assert by_chance(rules=["none", "quintiles"] * 24 * 10) == 0


def test_what_chance_does_is_said_of_the_comparisons_that_were_made(version):
    many = framework_with(*[{2019: 60.0, 2022: 61.0}] * 20, *[{2019: 60.0, 2022: None}] * 20)
    progress.refresh(authority=many.framework.authority, at=timezone.now())

    few_page, page = (text_of(dashboards(one)["authority"]) for one in (version, many))

    assert (
        "Of 20 comparisons with England in the list below, about 1 would differ by chance alone."
        in page
    )
    assert "by chance alone" not in few_page


def test_no_page_ranks_scores_or_averages(version):
    for address in dashboards(version).values():
        said = re.sub(r"<[^>]+>", " ", text_of(address)).casefold()

        assert not re.search(r"\b(rank\w*|league|best|worst|averag\w*|overall|scores?)\b", said)


def test_the_list_is_filtered_by_the_address_and_the_counts_stay(version):
    address = dashboards(version)["authority"]

    page = text_of(f"{address}?status=off_track")

    assert "1 of 7 indicators: off track" in page
    assert counted_on(page) == counted_on(text_of(address))
    assert "All 7 indicators" in text_of(f"{address}?status=nonsense")


def test_nothing_agreed_says_so_and_a_draft_is_nowhere(version):
    authority = StrategicAuthorityFactory(slug="new-one", name="New One")
    draft = FrameworkVersionFactory(framework__authority=authority, framework__name="Secret plan")
    row = FrameworkIndicatorFactory(framework_version=draft)
    progress.refresh(authority=authority, at=timezone.now())

    page = text_of("/progress/authorities/new-one/")

    assert "No outcomes framework is agreed here yet" in page
    assert "Secret plan" not in page + text_of("/progress/")
    for address in (
        f"/progress/frameworks/{draft.framework_id}/",
        f"/progress/frameworks/{draft.framework_id}/indicators/{row.lineage}/",
        f"/progress/frameworks/{draft.framework_id}/indicators/{row.lineage}/?version=1",
    ):
        assert Client().get(address).status_code == 404
    assert Client().get("/api/v1/progress/?authority=new-one").json()["results"] == []


def test_what_was_calculated_too_long_ago_is_marked(version):
    address = dashboards(version)["pair"]
    fresh = text_of(address)
    old = timezone.now() - timedelta(hours=26, minutes=1)
    ProgressPicture.objects.update(computed_at=old)

    stale = text_of(address)

    assert "Out of date" not in fresh
    assert "Out of date" in stale
    assert "last night’s are missing" in stale


def test_after_a_recompute_that_failed_dashboards_say_so_until_one_succeeds(version):
    authority = version.framework.authority
    recomputed = {"subject": "authority", "subject_id": authority.pk}
    failed = RecomputeRequestFactory(
        **recomputed, started_at=timezone.now(), error="ZeroDivisionError: no"
    )
    addresses = [one for name, one in dashboards(version).items() if name != "nation"]

    told = [text_of(one) for one in (*addresses, "/progress/")]
    progress.refresh(authority=authority, at=timezone.now())
    RecomputeRequestFactory(
        **recomputed,
        started_at=timezone.now(),
        finished_at=failed.started_at + timedelta(minutes=1),
    )
    after = [text_of(one) for one in (*addresses, "/progress/")]

    assert all("The last calculation failed, and is tried again." in one for one in told)
    assert all("ZeroDivisionError" not in one for one in told)
    assert not any("Out of date" in one for one in after)


def test_areas_stand_beside_each_other_for_the_indicator_asked_for(version):
    authority = version.framework.authority
    first, second = [one.indicator for one in version.indicators.order_by("order")[:2]]
    for name in ("Ashby", "Barrow"):
        council = CouncilFactory(slug=name.lower(), name=name)
        CouncilMembershipFactory(authority=authority, council=council)
        published(first, council, {2019: 60.0, 2022: 61.0})
        published(second, council, {2019: 50.0, 2022: 51.0})
    indicator_pages.refresh(authority=authority, at=NOW)
    address = dashboards(version)["authority"]

    page, asked = text_of(address), text_of(f"{address}?show={second.code}")

    assert f'id="figure">{first.name}, men<' in page
    assert f'id="figure">{second.name}, men<' in asked
    assert "2 independent periods here, 5 needed. There will be 5 with 2031-33." in page
    assert re.findall(r"<h3>(Ashby|Barrow)</h3>", page) == ["Ashby", "Barrow"]
    numbers = rows_of(f"{address}charts.csv?show={second.code}")
    assert [row["value"] for row in numbers if row["area"] == "Ashby"] == ["50.0", "51.0"]


def test_an_indicators_page_shows_four_labels_the_way_and_the_same_numbers_as_a_file(version):
    row = version.indicators.order_by("order")[1]
    address = f"/progress/frameworks/{version.framework_id}/indicators/{row.lineage}/"

    page = text_of(address)
    numbers = rows_of(f"{address}values.csv")

    for question in (
        "Against what was agreed",
        "Recent trend",
        "Change since the baseline",
        "Beside England",
        "Gap to England",
        "Confidence in the data",
    ):
        assert question in page
    assert "On track</span>" in page
    assert "4 independent periods" not in page
    assert 'class="way"' in page
    assert [(one["series"], one["period"], one["value"]) for one in numbers] == [
        ("area", "2019 - 21", "60.0"),
        ("area", "2022 - 24", "61.0"),
        ("England", "2019 - 21", "61.0"),
        ("England", "2022 - 24", "61.0"),
        ("baseline", "2019-21", "60.0"),
        ("target", "2028-30", "62.0"),
    ]
    [permanent] = re.findall(r'href="([^"]+)">Permanent link', page)
    assert permanent.endswith("?version=1&method=1")
    assert "On track</span>" in text_of(permanent)


def test_the_publishers_own_comparison_is_shown_where_no_limits_allow_ours(version):
    row = version.indicators.order_by("order")[1]
    authority = version.framework.authority
    council = CouncilFactory(slug="ashby", name="Ashby")
    CouncilMembershipFactory(authority=authority, council=council)
    row.indicator.observations.filter(area=authority).update(superseded_at=NOW)
    bare = {"lower_95": None, "upper_95": None, "publishers_comparison": "worse"}
    for area in (authority, council):
        published(row.indicator, area, {2019: 60.0, 2022: 59.0}, **bare)
    indicator_pages.refresh(authority=authority, at=NOW)
    progress.refresh(authority=authority, at=timezone.now())
    address = dashboards(version)["authority"]

    page = text_of(f"{address}?show={row.indicator.code}")
    [listed] = [
        one
        for one in rows_of(f"{address}indicators.csv")
        if one["indicator_id"] == str(row.lineage)
    ]
    [api] = Client().get(f"/api/v1/progress/?indicator={row.indicator.code}").json()["results"]
    charts = rows_of(f"{address}charts.csv?show={row.indicator.code}")

    why = "the publisher’s own comparison, since no 95% limits were published"
    assert page.count("<br>Worse than England</p>") == 2
    assert "Comparisons with England are the publisher’s own." in page
    assert re.search(r'data-l="Against England, by the publisher"><span>\s*Worse than', page)
    assert (listed["beside_england"], listed["beside_england_by"]) == (
        "Worse than England",
        "publisher",
    )
    assert (listed["beside_england_reason"], api["beside_england_reason"]) == (why, why)
    assert api["beside_england_by_publisher"] is True
    assert {one["publishers_comparison"] for one in charts if one["area"] == "Ashby"} == {"worse"}


def test_a_suppressed_value_is_on_no_page_no_file_and_not_in_the_api(version):
    row = version.indicators.order_by("order")[1]
    row.indicator.observations.filter(value=61.0, area=version.framework.authority).update(
        superseded_at=NOW
    )
    published(row.indicator, version.framework.authority, {2022: None}, note="suppressed")
    at = timezone.now()
    progress.refresh(authority=version.framework.authority, at=at)

    [listed] = [
        one
        for one in rows_of(dashboards(version)["authority"] + "indicators.csv")
        if one["indicator_id"] == str(row.lineage)
    ]
    address = f"/progress/frameworks/{version.framework_id}/indicators/{row.lineage}/"
    [api] = Client().get(f"/api/v1/progress/?indicator={row.indicator.code}").json()["results"]

    assert (listed["note"], listed["value"], listed["gap"]) == ("suppressed", "", "")
    assert (api["note"], api["value"], api["share"], api["gap"]) == ("suppressed",) + (None,) * 3
    page = text_of(address)
    assert "2022-24 is suppressed, because the numbers are small. This is not zero." in page
    assert [one["value"] for one in rows_of(f"{address}values.csv")][:2] == ["60.0", ""]
    # In the key, and the baseline's in the drawing for a desk and in that for a phone.
    assert page.count('class="ind"') == 3


def test_the_api_says_each_status_with_reasons_and_versions(version):
    board = version.framework.partners.get().pair.board

    listed = Client().get(f"/api/v1/progress/?board={board.slug}&status=on_track").json()

    [one] = listed["results"]
    row = version.indicators.order_by("order")[1]
    stored = ProgressStatus.objects.get(framework_indicator=row)
    assert one["id"] == stored.pk
    assert one["target_version"] == row.pk
    assert (one["framework_version"], one["method"], one["definition_version"]) == (1, 1, 0)
    assert one["observation"] == stored.content["latest"]["observation"]
    assert one["status_reason"].startswith("61.0 (60 to 62) in 2022-24.")
    assert one["confidence_reason"] == "2 independent periods, 5 needed"
    assert Client().get(f"/api/v1/progress/{stored.pk}/").json() == one


def test_every_column_of_every_file_is_in_the_dictionary(version):
    meanings = rows_of("/progress/dictionary.csv")
    row = version.indicators.order_by("order")[0]
    address = dashboards(version)["authority"]
    files = {
        "authorities.csv": rows_of("/progress/authorities.csv")[0],
        "indicators.csv": rows_of("/progress/indicators.csv")[0],
        "values.csv": rows_of(
            f"/progress/frameworks/{version.framework_id}/indicators/{row.lineage}/values.csv"
        )[0],
    }
    charts = Client().get(f"{address}charts.csv").content.decode("utf-8-sig").strip().split(",")

    for name, found in files.items():
        assert list(found) == [one["column"] for one in meanings if one["file"] == name]
    assert charts == [one["column"] for one in meanings if one["file"] == "charts.csv"]


def test_a_dashboard_that_nobody_has_looked_at_asks_as_often_for_many_as_for_few(version):
    many = framework_with(*SERIES, *SERIES, partners=2)
    progress.refresh(authority=many.framework.authority, at=timezone.now())

    asked = []
    for one in (version, many):
        with CaptureQueriesContext(connection) as first:
            text_of(f"/progress/authorities/{one.framework.authority.slug}/")
        with CaptureQueriesContext(connection) as again:
            text_of(f"/progress/authorities/{one.framework.authority.slug}/")
        asked.append((len(first), len(again)))

    assert asked[0] == asked[1]
    assert asked[0][0] <= 11
    assert asked[0][1] == 1
