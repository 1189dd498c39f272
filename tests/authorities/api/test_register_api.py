"""The register over HTTP: pages, filters, days, and questions that are refused."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from authorities.actions.directory import LoadReport
from authorities.models import IntegratedCareBoard, Pair, StrategicAuthority

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

# The register was gathered on this day; without a day the API answers for today.
TODAY = {"as_at": "2026-11-23"}
LISTS = ("strategic-authorities", "icbs", "pairs")


def get(client: Client, path: str, **parameters: str) -> Any:
    response = client.get(f"/api/v1/{path}", {**TODAY, **parameters})
    assert response.status_code == 200, response.content
    return response.json()


def slugs(answer: Any, field: str = "slug") -> list[str]:
    return [row[field] for row in answer["results"]]


@pytest.mark.parametrize(("day", "boards"), [("2026-03-31", 42), ("2026-04-01", 36)])
def test_boards_are_those_of_the_day(
    register_loaded: LoadReport, client: Client, day: str, boards: int
) -> None:
    answer = get(client, "icbs/", as_at=day)

    assert answer["count"] == boards
    assert {row["as_at"] for row in answer["results"]} == {day}


def test_anybody_reads_the_lists_whole(register_loaded: LoadReport, client: Client) -> None:
    counts = {path: get(client, f"{path}/")["count"] for path in LISTS}

    assert counts == {"strategic-authorities": 23, "icbs": 36, "pairs": 34}


def test_pages_follow_one_another_without_loss(register_loaded: LoadReport, client: Client) -> None:
    found: list[str] = []
    page: str | None = "/api/v1/pairs/?as_at=2026-11-23&page_size=10"

    while page:
        answer = client.get(page).json()
        found += slugs(answer, "id")
        page = answer["next"]

    assert len(found) == answer["count"] == 34
    assert len(set(found)) == 34


def test_a_page_has_a_hundred_rows_at_most(register_loaded: LoadReport, client: Client) -> None:
    answer = get(client, "pairs/", page_size="1000000")

    assert len(answer["results"]) == 34


@pytest.mark.parametrize(
    ("path", "parameters", "expected"),
    [
        (
            "strategic-authorities/",
            {"tier": "foundation"},
            ["cornwall", "devon-and-torbay", "lancashire"],
        ),
        ("strategic-authorities/", {"type": "greater_london_authority"}, ["greater-london"]),
        (
            "strategic-authorities/",
            {"planned": "true"},
            ["cornwall", "greater-essex", "norfolk-and-suffolk"],
        ),
        (
            "icbs/",
            {"region": "london"},
            [
                "north-east-london",
                "south-east-london",
                "south-west-london",
                "west-and-north-london",
            ],
        ),
        ("icbs/", {"region": "East of England"}, ["central-east", "essex", "norfolk-and-suffolk"]),
        ("icbs/", {"cluster": "cornwall-devon"}, ["cornwall-and-the-isles-of-scilly", "devon"]),
        (
            "icbs/",
            {"coterminosity": "coterminous"},
            [
                "essex",
                "greater-manchester",
                "hampshire-and-isle-of-wight",
                "norfolk-and-suffolk",
                "south-yorkshire",
            ],
        ),
    ],
)
def test_bodies_are_filtered(
    register_loaded: LoadReport,
    client: Client,
    path: str,
    parameters: dict[str, str],
    expected: list[str],
) -> None:
    answer = get(client, path, **parameters)

    assert slugs(answer) == expected


@pytest.mark.parametrize(
    ("parameters", "count"),
    [
        ({"sliver": "true"}, 1),
        ({"planned": "true"}, 3),
        ({"sliver": "false", "planned": "false"}, 30),
        ({"authority": "greater-london"}, 4),
        ({"icb": "humber-and-north-yorkshire"}, 3),
        ({"authority": "greater-london", "icb": "south-east-london"}, 1),
        ({"authority": "nowhere"}, 0),
        ({"region": "london"}, 4),
        ({"tier": "foundation", "planned": "false"}, 2),
        ({"coterminosity": "mixed"}, 5),
        ({"type": "single_authority"}, 1),
        ({"cluster": "cornwall-devon"}, 2),
    ],
)
def test_pairs_are_filtered(
    register_loaded: LoadReport, client: Client, parameters: dict[str, str], count: int
) -> None:
    answer = get(client, "pairs/", **parameters)

    assert answer["count"] == count


def test_a_pair_says_its_shares_both_ways_with_source_and_warnings(
    register_loaded: LoadReport, client: Client
) -> None:
    pair = Pair.objects.get(authority__slug="hampshire-and-the-solent")

    answer = get(client, f"pairs/{pair.pk}/")

    assert answer["authority"] == "hampshire-and-the-solent"
    assert answer["icb"] == "hampshire-and-isle-of-wight"
    assert (answer["share_of_authority"], answer["share_of_icb"]) == (1.0, 1.0)
    assert answer["coterminosity"] == "coterminous"
    assert answer["population_year"] == 2022
    assert answer["source"]
    assert answer["warnings"] == [
        {
            "kind": "icb_change_within_12_months_of_sa_start",
            "on": "2026-04-01",
            "cluster": None,
            "text": "The integrated care board changes on 1 April 2026, within 12 months of the "
            "authority's start.",
        }
    ]


def test_a_sliver_is_listed_and_has_no_class(register_loaded: LoadReport, client: Client) -> None:
    [sliver] = get(client, "pairs/", sliver="true")["results"]

    assert sliver["coterminosity"] is None
    assert 0 < sliver["share_of_authority"] < 0.02


def test_an_authority_comes_with_councils_and_pairs(
    register_loaded: LoadReport, client: Client
) -> None:
    answer = get(client, "strategic-authorities/south-yorkshire/")

    assert [(council["name"], council["ons_code"]) for council in answer["councils"]] == [
        ("Barnsley", "E08000038"),
        ("Doncaster", "E08000017"),
        ("Rotherham", "E08000018"),
        ("Sheffield", "E08000039"),
    ]
    assert [pair["icb"] for pair in answer["pairs"]] == ["south-yorkshire"]
    assert answer["tier"] == "established_mayoral"


def test_a_closed_board_is_found_on_its_days_only(
    register_loaded: LoadReport, client: Client
) -> None:
    before = get(client, "icbs/frimley/", as_at="2026-03-31")
    after = client.get("/api/v1/icbs/frimley/", {"as_at": "2026-04-01"})

    assert [row["slug"] for row in before["successors"]] == [
        "thames-valley",
        "surrey-and-sussex",
        "hampshire-and-isle-of-wight",
    ]
    assert before["ons_code"] == "E54000034"
    assert after.status_code == 404


def test_a_board_that_was_recoded_has_the_code_of_the_day(
    register_loaded: LoadReport, client: Client
) -> None:
    path = "icbs/hampshire-and-isle-of-wight/"

    before, after = get(client, path, as_at="2026-03-31"), get(client, path, as_at="2026-04-01")

    assert (before["ons_code"], after["ons_code"]) == ("E54000042", "E54000067")
    assert before["id"] == after["id"]


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize(
    ("parameters", "field", "message"),
    [
        ({"as_at": "1 April"}, "as_at", "Enter a date as year, month and day"),
        ({"as_at": "2026-02-30"}, "as_at", "Enter a date as year, month and day"),
        ({"coterminosity": "very"}, "coterminosity", "is not a valid choice"),
        ({"colour": "red"}, "colour", "This is not a filter. Use one of: as_at"),
        ({"colour": "\x00"}, "", "NUL character"),
        ({"as_at": "2026-\x0011-23"}, "", "NUL character"),
        ({"\x00": "x"}, "", "NUL character"),
    ],
)
def test_a_wrong_question_is_refused_with_what_to_do(
    register_loaded: LoadReport,
    client: Client,
    path: str,
    parameters: dict[str, str],
    field: str,
    message: str,
) -> None:
    response = client.get(f"/api/v1/{path}/", parameters)

    assert response.status_code == 400
    [problem] = response.json()["errors"]
    assert problem["field"] == field
    assert message in problem["message"]


@pytest.mark.parametrize(
    "path",
    [
        "icbs/nowhere/",
        "icbs/\x00/",
        "strategic-authorities/%27%20or%201=1/",
        "pairs/not-a-uuid/",
        "pairs/00000000-0000-4000-8000-000000000007/",
        "pairs/?page=99",
        "pairs/?page=",
        "pairs/?page=last",
        "pairs/?page=1&page=2",
        "pairs/?page=0",
        "pairs/?page=\x00",
    ],
)
def test_what_is_not_there_is_not_found(
    register_loaded: LoadReport, client: Client, path: str
) -> None:
    response = client.get(f"/api/v1/{path}")

    assert response.status_code in {400, 404}


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("path", LISTS)
def test_nobody_writes(register_loaded: LoadReport, client: Client, path: str, method: str) -> None:
    response = getattr(client, method)(f"/api/v1/{path}/")

    assert response.status_code in {403, 405}


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("path", LISTS)
def test_the_ends_of_the_calendar_are_days_too(
    register_loaded: LoadReport, client: Client, path: str, day: str
) -> None:
    answer = get(client, f"{path}/", as_at=day)

    assert (answer["count"] == 0) == (day == "0001-01-01")


@pytest.mark.parametrize(
    ("path", "queries"), [("strategic-authorities", 14), ("icbs", 17), ("pairs", 8)]
)
@pytest.mark.parametrize("page_size", ["1", "100"])
def test_a_list_costs_the_same_queries_however_long(
    register_loaded: LoadReport,
    client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
    path: str,
    queries: int,
    page_size: str,
) -> None:
    with django_assert_num_queries(queries):
        get(client, f"{path}/", page_size=page_size)


def test_today_is_the_day_without_one(register_loaded: LoadReport, client: Client) -> None:
    board = IntegratedCareBoard.objects.get(slug="essex")
    authority = StrategicAuthority.objects.get(slug="greater-london")

    days = {
        client.get(f"/api/v1/{path}").json()["as_at"]
        for path in (f"icbs/{board.slug}/", f"strategic-authorities/{authority.slug}/")
    }

    assert len(days) == 1
    assert date.fromisoformat(days.pop()) >= date(2026, 4, 1)


def test_the_schema_has_every_field_that_is_answered(
    register_loaded: LoadReport, client: Client
) -> None:
    schema = client.get("/api/v1/schema/", {"format": "json"}).json()
    names = {"strategic-authorities": "Authority", "icbs": "Board", "pairs": "Pair"}

    for path, name in names.items():
        described = schema["components"]["schemas"][name]["properties"].keys()
        row = get(client, f"{path}/")["results"][0]
        parameters = {
            parameter["name"]
            for parameter in schema["paths"][f"/api/v1/{path}/"]["get"]["parameters"]
        }
        assert described == row.keys()
        assert {"as_at", "page", "page_size", "coterminosity"} <= parameters


@pytest.mark.parametrize("demonstration", [True, False])
def test_only_a_demonstration_says_that_it_is_one(client, settings, demonstration):
    settings.DEMONSTRATION = demonstration

    answer = client.get("/api/v1/pairs/").json()

    assert ("are invented" in answer.get("demonstration", "")) is demonstration
