"""The API of placements: published ones for everybody, working ones for the centre."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from authorities.models import Role
from tests.engagement import sight
from tests.factories import engagement as make
from tests.factories.authorities import PairFactory

pytestmark = pytest.mark.django_db
URL = "/api/v1/placements/"


@pytest.fixture
def published(pair, other_pair, round):
    made = make.earlier_round()
    make.publish(round=made, levels={pair: ("high", "low"), other_pair: ("partial", None)})
    return made


def results(client, **query) -> list[dict[str, object]]:
    response = client.get(URL, query)
    assert response.status_code == 200, response.content
    return list(response.json()["results"])


def test_anybody_reads_published_placements(client, pair, published):
    rows = {row["authority"]: row for row in results(client)}

    south = rows["south-testshire"]
    assert south["pair"] == str(pair.pk)
    assert (south["round"], south["status"], south["revision"]) == ("spring-2026", "published", 1)
    assert (south["authority_level"], south["icb_level"]) == ("high", "low")
    assert (south["group"], south["gap"], south["less_engaged"]) == ("pink", 2, "icb")
    assert (south["share_of_authority"], south["share_of_icb"]) == (1.0, 0.9)
    assert (south["basis"], south["rubric_version"]) == ("moderated", 1)


def test_each_level_comes_with_its_reasons(client, published):
    rows = {row["authority"]: row for row in results(client)}

    reasons = rows["south-testshire"]["reasons"]
    authority, board = reasons[0], reasons[1]
    assert (authority["side"], board["side"]) == ("sa", "icb")
    assert (authority["computed_level"], board["computed_level"]) == ("high", "low")
    assert authority["explanation"][0] == "7 of 7 themes high"
    assert [row["code"] for row in board["statements"]] == [f"I{n}" for n in range(1, 9)]
    assert {row["level"] for row in board["statements"]} == {"low"}
    assert authority["rationale"]
    assert [set(one) for one in authority["evidence"]] == [{"title", "address", "note"}]
    undecided = rows["north-testshire"]["reasons"][1]
    assert (undecided["computed_level"], undecided["statements"]) == (None, [])


def test_not_assessed_is_null_with_its_reason_and_never_low(client, published):
    row = next(row for row in results(client) if row["authority"] == "north-testshire")

    assert (row["authority_level"], row["icb_level"], row["group"]) == ("partial", None, None)
    assert row["not_assessed_reasons"] == ["the level of the ICB could not be decided"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"round": "spring-2026"}, 2),
        ({"round": "autumn-2026"}, 0),
        ({"authority": "south-testshire"}, 1),
        ({"icb": "mid-testshire"}, 1),
        ({"group": "pink"}, 1),
        ({"group": "not_assessed"}, 1),
        ({"level": "low"}, 1),
        ({"level": "not_assessed"}, 1),
        ({"authority_level": "high"}, 1),
        ({"authority_level": "low"}, 0),
        ({"icb_level": "not_assessed"}, 1),
        ({"basis": "own_views"}, 0),
        ({"basis": "moderated"}, 2),
    ],
)
def test_filters(client, published, query, found):
    assert len(results(client, **query)) == found


@pytest.mark.parametrize(
    "query", [{"level": "good"}, {"colour": "green"}, {"status": "draft"}, {"group": "a b"}]
)
def test_a_wrong_question_is_answered_as_one(client, published, query):
    assert client.get(URL, query).status_code == 400


def test_lists_are_paged(client, published):
    body = client.get(URL, {"page_size": 1}).json()

    assert (body["count"], len(body["results"])) == (2, 1)


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("anybody", 404),
        ("reader", 404),
        ("authority signatory", 404),
        ("board editor", 404),
        ("analyst", 200),
        ("moderator", 200),
        ("lead analyst", 200),
        ("administrator", 200),
    ],
)
def test_working_placements_exist_for_the_centre_only(pair, published, round, who, status):
    sight.write_secret(pair=pair, round=round, side="sa", confirm=True)
    client = sight.sign_in(sight.people_of(pair)[who])

    response = client.get(URL, {"status": "working"})

    assert response.status_code == status
    if status == 200:
        (row,) = response.json()["results"]
        assert (row["round"], row["status"], row["revision"]) == ("autumn-2026", "working", None)


def test_without_being_asked_even_the_centre_gets_what_is_published(pair, published, round):
    sight.write_secret(pair=pair, round=round, side="sa", confirm=True)

    rows = results(sight.sign_in(make.central(Role.ANALYST)))

    assert {row["status"] for row in rows} == {"published"}


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_is_written_through_the_api(published, method):
    client = sight.sign_in(make.central(Role.LEAD_ANALYST))

    assert getattr(client, method)(URL).status_code in (403, 405)


def test_a_revision_replaces_the_one_before(client, published):
    make.publish(round=published, levels={}, reason="A share was wrong.")

    assert {row["revision"] for row in results(client)} == {2}


def test_many_placements_cost_as_many_queries_as_few(client, published):
    few = _queries(client)
    for _ in range(20):
        PairFactory()
    later = make.earlier_round(slug="summer-2026", name="Summer 2026", covers_to="2026-06-30")
    make.publish(round=later, levels={})

    assert _queries(client) == few == 2


def _queries(client) -> int:
    with CaptureQueriesContext(connection) as captured:
        client.get(URL)
    return len(captured)
