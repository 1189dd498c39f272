"""The mission for programs says what its page says."""

import pytest
from django.utils import timezone

from outcomes.actions import mission_files, mission_reading
from tests.factories.authorities import StrategicAuthorityFactory
from tests.factories.mission import NOW

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/mission/hle/"


@pytest.fixture
def drawn():
    mission_files.load(at=NOW)
    mission_reading.refresh(at=timezone.now())


def test_the_numbers_of_the_page(drawn, client):
    answer = client.get(ADDRESS).json()

    men, women = answer["sexes"]
    assert answer["definition"]["version"] == 1
    assert answer["definition"]["target_period"] is None
    assert (men["baseline_gap"], men["half_of_baseline_gap"], men["newest_gap"]) == (7.0, 3.5, 6.0)
    assert women["progress_to_half"] == pytest.approx(-0.1449, abs=1e-4)
    assert (men["status"], men["status_reason"]) == ("not_assessed", "overlapping")
    assert (men["first_comparable_period"], men["comparable_from"]) == ("2024-26", "2028-02")
    assert men["gaps"][1]["highest_regions"] == ["London"]
    assert men["gaps"][0]["comparable"] is False
    assert men["range_by_chance"] == pytest.approx(1.04, abs=0.005)


def test_what_is_not_known_is_null_and_never_nought(drawn, client):
    men = client.get(ADDRESS).json()["sexes"][0]

    assert (men["gaps"][2]["lower_95"], men["gaps"][2]["upper_95"]) == (None, None)
    london = next(one for one in men["regions"] if one["name"] == "London")
    assert (london["value"], london["to_floor"]) == (None, None)


def test_the_alternatives_stand_beside_the_definition(drawn, client):
    answer = client.get(ADDRESS).json()

    assert [one["key"] for one in answer["alternatives"]] == [
        *("D1", "D2", "D2-now", "D3", "D4", "D1-baseline")
    ]
    assert [one["in_use"] for one in answer["alternatives"]] == [True, *[False] * 5]


def test_an_authoritys_own_figures(drawn, client):
    london = StrategicAuthorityFactory(slug="london", name="London", ons_code="E12000007")
    mission_reading.refresh(at=timezone.now())

    [own] = client.get(ADDRESS).json()["authorities"]

    assert own["authority"] == london.slug
    assert own["figures"][0]["less_england"] == 2.4
    assert own["figures"][0]["less_england_lower_95"] is None


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("?definition=1", 200),
        ("?definition=2", 404),
        ("?definition=x", 400),
        ("?definition=0", 400),
        ("?version=1", 400),
    ],
)
def test_another_version_can_be_asked_for(query, status, drawn, client):
    assert client.get(f"{ADDRESS}{query}").status_code == status


def test_before_anything_was_computed_there_is_nothing(client):
    assert client.get(ADDRESS).status_code == 404


def test_nobody_writes_to_it(drawn, client):
    assert client.post(ADDRESS).status_code == 405
