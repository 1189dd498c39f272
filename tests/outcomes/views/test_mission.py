"""The public page of the mission, its files and what stands on an authority's page."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from outcomes.actions import mission_definitions, mission_files, mission_reading
from outcomes.models import MissionReading
from outcomes.presenters.mission_files import COLUMNS
from tests.factories.authorities import StrategicAuthorityFactory, UserFactory
from tests.factories.mission import NOW
from tests.factories.outcomes import (
    BreakdownFactory,
    IndicatorFactory,
    ObservationFactory,
    PeriodFactory,
)
from tests.outcomes.actions.test_mission_definitions import FACTS

pytestmark = pytest.mark.django_db


@pytest.fixture
def drawn():
    mission_files.load(at=NOW)
    mission_reading.refresh(at=timezone.now())


def words(response):
    return " ".join(response.content.decode().replace("&nbsp;", " ").split())


@pytest.fixture
def page(drawn, client):
    return words(client.get(reverse("mission:page")))


@pytest.mark.parametrize(
    "text",
    [
        # The cards.
        "Men, 2022-24",
        "6.0 years",
        "South East 63.0, North East 57.0. England 60.9.",
        "Half of the baseline gap (7.0) is <strong>3.5 years</strong>",
        "7.4 years",
        "Half of the baseline gap (6.9) is <strong>3.45 years</strong>",
        "Not assessed</span> because the periods overlap",
        "No confidence interval: the regions’ limits are not among our sources.",
        # When it can be.
        "2021-23 and 2022-24 share 2022 and 2023, so most of what they measure is the same.",
        "compared with the 2021-23 baseline is <strong>2024-26</strong>",
        "about February 2028",
        # The definition.
        "<strong>Version 1</strong>",
        "The 9 regions of England",
        "Men and women apart, never averaged",
        "2021-23, the latest published when the aim was stated to Parliament in May 2025",
        "Half of the baseline gap. End date: not published",
        # What moved.
        "The gap is 1.0 smaller: 0.9 because the top fell, 0.1 because the North East rose.",
        "−14% of the way to half: moving away, by these numbers alone.",
        # Sensitivity.
        "D1 Highest minus lowest of 9 regions (version 1, in use)",
        "The same with baseline 2022-24",
        "half is 3.0",
        # The floor.
        "South East 63.0 less 3.5 is 59.5 years.",
        "Not among our sources for this period: North West, Yorkshire and The Humber",
        "Not to be compared with later periods.",
    ],
)
def test_the_page_says(text, page):
    assert text in page


def test_the_chart_has_its_table_and_needs_no_script(page):
    assert "<svg" in page
    assert "The figures are in the table of the same name" in page
    assert "The axis starts at 56." in page
    assert page.count('class="pm earlier"') == 2
    assert page.count('class="pw"') == 4


def test_it_never_speaks_of_a_contribution_but_to_refuse_it(page):
    assert page.count("contribution") == 1
    assert "never a “contribution to halving”" in page


def test_before_anything_was_computed_the_page_says_so(client):
    response = client.get(reverse("mission:page"))

    assert response.status_code == 200
    assert "have not been calculated yet" in words(response)
    assert client.get(reverse("mission:figures-csv")).status_code == 404


def test_a_picture_that_was_not_drawn_last_night_is_marked(drawn, client):
    assert "Out of date" not in words(client.get(reverse("mission:page")))
    MissionReading.objects.update(computed_at=timezone.now() - timedelta(hours=26, minutes=1))

    assert "Out of date" in words(client.get(reverse("mission:page")))


def test_the_short_address_leads_to_the_page(client):
    assert client.get("/mission/")["Location"] == "/mission/hle/"


@pytest.fixture
def replaced(drawn):
    made = mission_definitions.draft(
        facts=FACTS, form_key="6d697373-696f-4e68-8c65-676170000002", by=UserFactory(), at=NOW
    )
    mission_definitions.approve(
        number=made.number, expected_revision=1, by=UserFactory(full_name="B. Two"), at=NOW
    )


def test_an_earlier_version_stays_readable_at_its_permanent_address(replaced, client):
    now = words(client.get(reverse("mission:page")))
    then = words(client.get(reverse("mission:page"), {"definition": "1"}))

    assert "is <strong>3.0 years</strong>" in now
    assert "because nothing is published after the baseline yet" in now
    assert "Version 2, in use" in now
    assert "Approved by B. Two. A definition was published." in now
    assert 'href="/mission/hle/?definition=2"' in now
    assert "is <strong>3.5 years</strong>" in then
    assert "version 1, which was replaced" in then


@pytest.mark.parametrize("asked", ["9", "0", "x", "-1", "²", "1e3", "99999", "1\x00"])
def test_a_version_that_there_is_not_is_not_found(asked, drawn, client):
    for name in ("mission:page", "mission:figures-csv"):
        assert client.get(reverse(name), {"definition": asked}).status_code == 404


def test_a_draft_is_not_shown_to_the_public(drawn, client):
    mission_definitions.draft(
        facts=FACTS, form_key="6d697373-696f-4e68-8c65-676170000002", by=UserFactory(), at=NOW
    )

    assert client.get(reverse("mission:page"), {"definition": "2"}).status_code == 404


def rows_of(response):
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_the_figures_carry_definition_and_release(drawn, client):
    response = client.get(reverse("mission:figures-csv"))
    rows = rows_of(response)

    assert "mission-hle-definition-1.csv" in response["Content-Disposition"]
    assert [(row["sex"], row["period"], row["gap"], row["role"]) for row in rows] == [
        ("Male", "2020-22", "6.5", "other"),
        ("Male", "2021-23", "7", "baseline"),
        ("Male", "2022-24", "6", "newest"),
        ("Female", "2020-22", "5.7", "other"),
        ("Female", "2021-23", "6.9", "baseline"),
        ("Female", "2022-24", "7.4", "newest"),
    ]
    newest = rows[5]
    assert newest["progress_to_half"] == "-0.144928"
    assert (newest["status"], newest["status_reason"]) == ("not_assessed", "overlapping")
    assert (newest["first_comparable_period"], newest["comparable_from"]) == ("2024-26", "2028-02")
    assert (newest["definition_version"], newest["release"]) == ("1", "2026-02")
    # What is not known is empty.
    assert (newest["gap_lower_95"], newest["target_period"], rows[0]["progress_to_half"]) == (
        *("", "", ""),
    )
    assert [row["comparable"] for row in rows[:2]] == ["no", "yes"]


def test_the_dictionary_explains_every_column_of_the_figures(drawn, client):
    rows = rows_of(client.get(reverse("mission:dictionary-csv")))
    figures = rows_of(client.get(reverse("mission:figures-csv")))

    assert [row["column"] for row in rows] == list(figures[0])
    assert all(row["meaning"] for row in rows)
    assert len(rows) == len(COLUMNS)


def authority_page(client, authority):
    return words(client.get(reverse("outcomes:authority", args=[authority.slug])))


def test_an_authoritys_page_shows_its_own_figure_beside_the_regions(drawn, client):
    authority = StrategicAuthorityFactory(slug="own", name="Own Combined Authority")
    ObservationFactory(
        indicator=IndicatorFactory(fingertips_id=90362),
        area=authority,
        period=PeriodFactory(),
        breakdown=BreakdownFactory(sex="Male"),
        value=58.5,
    )
    mission_reading.refresh(at=timezone.now())

    shown = authority_page(client, authority)

    assert "Men, 2022-24" in shown
    for beside in (
        "this area −2.4",
        "South East: this area −4.5",
        "59.5</span>",
        "this area −1.0",
    ):
        assert beside.replace("</span>", "") in shown
    assert "Women, 2022-24" not in shown


def test_without_a_figure_of_its_own_it_says_so_and_averages_nothing(drawn, client):
    authority = StrategicAuthorityFactory(slug="none", name="None Combined Authority")

    shown = authority_page(client, authority)

    assert "for None Combined Authority as a whole is on record here" in shown
    assert "districts and sexes are never averaged" in shown


def test_before_the_mission_was_computed_an_authoritys_page_is_silent(client):
    authority = StrategicAuthorityFactory()

    assert "national aim" not in authority_page(client, authority)
