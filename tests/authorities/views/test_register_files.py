"""The register's data to take away, as on a day or all of it."""

import csv
import io

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from authorities.actions.directory import LoadReport
from tests.authorities.views.test_directories import words
from tests.factories.authorities import PairFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

FILES = ("bodies", "codes", "names", "overlaps", "changes")
Rows = list[dict[str, str]]


def rows_of(client: Client, name: str, query: str = "") -> Rows:
    response = client.get(f"/register/{name}.csv{query}")
    assert response.status_code == 200
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    text = response.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def boards(rows: Rows) -> Rows:
    return [row for row in rows if row["kind_code"] == "integrated_care_board"]


@pytest.mark.parametrize(("day", "count"), [("2026-03-31", 42), ("2026-04-01", 36)])
def test_bodies_are_those_of_the_day_with_codes_and_labels(
    register_loaded: LoadReport, client: Client, day: str, count: int
) -> None:
    found = boards(rows_of(client, "bodies", f"?as_at={day}"))

    assert len(found) == count
    assert {row["kind"] for row in found} == {"Integrated care board"}
    assert all(row["ons_code"] and row["ods_code"] and row["name"] for row in found)


def test_without_a_day_every_body_is_there(register_loaded: LoadReport, client: Client) -> None:
    found = rows_of(client, "bodies")

    assert len(found) == 252
    assert len(boards(found)) == 48
    [frimley] = [row for row in found if row["slug"] == "frimley"]
    assert (frimley["opened_on"], frimley["closed_on"]) == ("2022-07-01", "2026-04-01")


def test_a_planned_authority_is_there_once_it_is_known(
    register_loaded: LoadReport, client: Client
) -> None:
    before = {row["slug"] for row in rows_of(client, "bodies", "?as_at=2026-11-22")}
    after = {
        row["slug"]: row["planned"]
        for row in rows_of(client, "bodies", "?as_at=2026-11-23")
        if row["kind_code"] == "strategic_authority"
    }

    assert "greater-essex" not in before
    assert (after["greater-essex"], after["south-yorkshire"]) == ("yes", "no")


def test_codes_are_spans_or_those_of_the_day(register_loaded: LoadReport, client: Client) -> None:
    spans = [r for r in rows_of(client, "codes") if r["body_slug"] == "hampshire-and-isle-of-wight"]
    of_day = [
        row["code"]
        for row in rows_of(client, "codes", "?as_at=2026-03-31")
        if row["body_slug"] == "hampshire-and-isle-of-wight" and row["scheme"] == "ONS"
    ]

    assert [(row["code"], row["valid_from"], row["valid_to"]) for row in spans] == [
        ("QRL", "2022-07-01", ""),
        ("E54000042", "2022-07-01", "2026-04-01"),
        ("E54000067", "2026-04-01", ""),
    ]
    assert of_day == ["E54000042"]


def test_names_come_with_their_days(register_loaded: LoadReport, client: Client) -> None:
    [row] = [row for row in rows_of(client, "names") if row["body_slug"] == "frimley"]

    assert row["name"] == "NHS Frimley Integrated Care Board"
    assert (row["valid_from"], row["valid_to"]) == ("2022-07-01", "2026-04-01")


def test_overlaps_are_marked_as_slivers_and_planned(
    register_loaded: LoadReport, client: Client
) -> None:
    found = rows_of(client, "overlaps", "?as_at=2026-11-23")

    assert len(found) == 34
    assert [row["authority_slug"] for row in found if row["sliver"] == "yes"] == [
        "york-and-north-yorkshire"
    ]
    assert sorted({row["authority_slug"] for row in found if row["planned"] == "yes"}) == [
        "cornwall",
        "greater-essex",
        "norfolk-and-suffolk",
    ]
    [sliver] = [row for row in found if row["sliver"] == "yes"]
    assert (sliver["fit_code"], sliver["fit"]) == ("", "Not classed")
    assert {row["fit"] for row in found if row["fit_code"] == "coterminous"} == {"Coterminous"}


def test_changes_are_those_that_had_happened(register_loaded: LoadReport, client: Client) -> None:
    before = rows_of(client, "changes", "?as_at=2026-03-31")
    after = rows_of(client, "changes", "?as_at=2026-04-01")

    assert (len(before), len(after)) == (0, 16)
    [row] = [
        row
        for row in after
        if row["predecessor_slug"] == "frimley" and row["successor_slug"] == "thames-valley"
    ]
    assert (row["change_code"], row["change"]) == ("split", "Split")
    assert row["share_of_predecessor"].startswith("0.57")
    assert row["people"].isdigit()


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("day", ["1+April", "2026-02-30", "%00", "x" * 500])
def test_a_day_that_is_none_is_refused_with_what_to_do(client: Client, name: str, day: str) -> None:
    response = client.get(f"/register/{name}.csv?as_at={day}")

    assert response.status_code == 400
    assert response["Content-Type"].startswith("text/plain")
    said = response.content.decode()
    assert "Enter a date as year, month and day" in said or "Null characters" in said


def test_a_file_is_named_by_what_it_holds(client: Client) -> None:
    of_day = client.get("/register/codes.csv?as_at=01/04/2026")["Content-Disposition"]
    of_all = client.get("/register/codes.csv")["Content-Disposition"]

    assert of_day == 'attachment; filename="register-codes-2026-04-01.csv"'
    assert of_all == 'attachment; filename="register-codes.csv"'


def test_the_page_lists_the_files_and_keeps_the_day(client: Client) -> None:
    seen = client.get("/register/?as_at=2026-04-01").content.decode()

    for name in FILES:
        assert f'href="/register/{name}.csv?as_at=2026-04-01"' in seen
        assert f'href="/api/v1/{name}/?as_at=2026-04-01"' in seen
    assert "Each file holds what was so on 1 April 2026." in words(
        client, "/register/?as_at=2026-04-01"
    )


def test_the_page_says_that_a_day_is_none(client: Client) -> None:
    seen = words(client, "/register/?as_at=never")

    assert "Enter a date as year, month and day" in seen
    assert "Each file holds everything on record." in seen


def test_a_file_that_is_not_there_is_not_found(client: Client) -> None:
    assert client.get("/register/people.csv").status_code == 404


@pytest.mark.parametrize(("name", "most"), [(name, 4) for name in FILES])
@pytest.mark.parametrize("many", [1, 6])
def test_a_file_costs_the_same_queries_always(
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    name: str,
    most: int,
    many: int,
) -> None:
    for _ in range(many):
        PairFactory()

    with django_assert_max_num_queries(most):
        client.get(f"/register/{name}.csv")
