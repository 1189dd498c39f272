"""The register's rows over HTTP: all of them, or those of a day."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from authorities.actions.directory import LoadReport

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

LISTS = ("bodies", "codes", "names", "overlaps", "changes")


def get(client: Client, path: str, **parameters: str) -> Any:
    response = client.get(f"/api/v1/{path}/", {"page_size": "100", **parameters})
    assert response.status_code == 200, response.content
    return response.json()


@pytest.mark.parametrize(("day", "boards"), [("2026-03-31", 42), ("2026-04-01", 36)])
def test_boards_are_those_of_the_day(
    register_loaded: LoadReport, client: Client, day: str, boards: int
) -> None:
    answer = get(client, "bodies", kind="integrated_care_board", as_at=day)

    assert answer["count"] == boards
    assert {row["as_at"] for row in answer["results"]} == {day}


def test_without_a_day_everything_on_record_is_there(
    register_loaded: LoadReport, client: Client
) -> None:
    counts = {path: get(client, path)["count"] for path in LISTS}

    assert counts["bodies"] == 252
    assert get(client, "bodies", kind="integrated_care_board")["count"] == 48
    assert counts["changes"] == 16
    assert counts["overlaps"] > 34
    assert {row["as_at"] for row in get(client, "names")["results"]} == {None}


def test_a_code_comes_with_its_body_and_days(register_loaded: LoadReport, client: Client) -> None:
    answer = get(client, "codes", slug="hampshire-and-isle-of-wight", scheme="ons")

    assert [(row["code"], row["valid_from"], row["valid_to"]) for row in answer["results"]] == [
        ("E54000042", "2022-07-01", "2026-04-01"),
        ("E54000067", "2026-04-01", None),
    ]
    body = answer["results"][0]["body"]
    assert (body["kind"], body["name"]) == (
        "integrated_care_board",
        "NHS Hampshire and Isle of Wight Integrated Care Board",
    )


@pytest.mark.parametrize(
    ("path", "parameters", "count"),
    [
        ("codes", {"code": "E54000042"}, 1),
        ("codes", {"code": "E54000042", "as_at": "2026-04-01"}, 0),
        ("codes", {"code": "E00000000"}, 0),
        ("names", {"slug": "south-yorkshire"}, 2),
        ("names", {"slug": "south-yorkshire", "kind": "strategic_authority"}, 1),
        ("overlaps", {"as_at": "2026-11-23"}, 34),
        ("overlaps", {"as_at": "2026-11-23", "sliver": "true"}, 1),
        ("overlaps", {"as_at": "2026-11-23", "planned": "true"}, 3),
        ("overlaps", {"as_at": "2026-11-23", "authority": "greater-london"}, 4),
        ("overlaps", {"as_at": "2026-03-31", "authority": "greater-london"}, 5),
        ("overlaps", {"as_at": "2026-11-23", "icb": "devon"}, 1),
        ("changes", {"as_at": "2026-03-31"}, 0),
        ("changes", {"predecessor": "frimley"}, 3),
        ("changes", {"successor": "essex"}, 3),
    ],
)
def test_rows_are_filtered(
    register_loaded: LoadReport, client: Client, path: str, parameters: dict[str, str], count: int
) -> None:
    assert get(client, path, **parameters)["count"] == count


def test_an_overlap_says_its_shares_both_ways(register_loaded: LoadReport, client: Client) -> None:
    [row] = get(client, "overlaps", as_at="2026-11-23", authority="hampshire-and-the-solent")[
        "results"
    ]

    assert (row["share_of_authority"], row["share_of_icb"]) == (1.0, 1.0)
    assert (row["sliver"], row["planned"], row["coterminosity"]) == (False, False, "coterminous")
    assert row["icb"]["ons_code"] == "E54000067"


def test_a_change_names_both_bodies_and_the_people(
    register_loaded: LoadReport, client: Client
) -> None:
    found = get(client, "changes", predecessor="hertfordshire-and-west-essex")["results"]

    assert {row["successor"]["slug"]: row["share"] for row in found} == {
        "central-east": 0.786229,
        "essex": 0.213771,
    }
    assert {(row["on_date"], row["kind"]) for row in found} == {("2026-04-01", "split")}
    assert all(row["source"] for row in found)


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize(
    ("parameters", "field", "message"),
    [
        ({"as_at": "1 April"}, "as_at", "Enter a date as year, month and day"),
        ({"as_at": "2026-02-30"}, "as_at", "Enter a date as year, month and day"),
        ({"as_at": "01/04/2026"}, "as_at", "Enter a date as year, month and day"),
        ({"colour": "red"}, "colour", "This is not a filter. Use one of: as_at"),
        ({"as_at": "2026-\x0011-23"}, "", "NUL character"),
    ],
)
def test_a_wrong_question_is_refused_with_what_to_do(
    client: Client, path: str, parameters: dict[str, str], field: str, message: str
) -> None:
    response = client.get(f"/api/v1/{path}/", parameters)

    assert response.status_code == 400
    [problem] = response.json()["errors"]
    assert problem["field"] == field
    assert message in problem["message"]


@pytest.mark.parametrize(
    ("path", "parameters"),
    [
        ("bodies", {"kind": "parish"}),
        ("codes", {"scheme": "post"}),
        ("codes", {"code": "E" * 13}),
        ("overlaps", {"sliver": "perhaps"}),
        ("changes", {"successor": "no slug"}),
    ],
)
def test_a_filter_of_no_known_value_is_refused(
    client: Client, path: str, parameters: dict[str, str]
) -> None:
    assert client.get(f"/api/v1/{path}/", parameters).status_code == 400


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("path", LISTS)
def test_nobody_writes(client: Client, path: str, method: str) -> None:
    assert getattr(client, method)(f"/api/v1/{path}/").status_code in {403, 405}


@pytest.mark.parametrize(
    ("path", "queries"),
    [("bodies", 3), ("codes", 4), ("names", 4), ("overlaps", 4), ("changes", 4)],
)
def test_a_list_costs_the_same_queries_always(
    register_loaded: LoadReport,
    client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
    path: str,
    queries: int,
) -> None:
    with django_assert_num_queries(queries):
        get(client, path, page_size="1")
    with django_assert_num_queries(queries):
        get(client, path, as_at="2026-11-23")
