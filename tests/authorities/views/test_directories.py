"""The public pages of the register."""

from html.parser import HTMLParser
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from authorities.actions.directory import LoadReport

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


class _Words(HTMLParser):
    """Collects what a reader sees."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def words(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    reader = _Words()
    reader.feed(response.content.decode())
    return " ".join(" ".join(reader.found).split())


@pytest.mark.parametrize(
    ("path", "caption"),
    [
        ("/authorities/?as_at=2026-11-23", "23 strategic authorities on 23 November 2026"),
        ("/authorities/?as_at=2026-03-31", "19 strategic authorities on 31 March 2026"),
        ("/icbs/?as_at=2026-03-31", "42 integrated care boards on 31 March 2026"),
        ("/icbs/?as_at=2026-04-01", "36 integrated care boards on 1 April 2026"),
        ("/icbs/?as_at=01/04/2026", "36 integrated care boards on 1 April 2026"),
        ("/icbs/?as_at=2020-01-01", "There were no integrated care boards on this day."),
    ],
)
def test_lists_are_those_of_the_day(
    register_loaded: LoadReport, client: Client, path: str, caption: str
) -> None:
    assert caption in words(client, path)


def test_a_list_says_what_is_planned_and_when_a_mayor_comes(
    register_loaded: LoadReport, client: Client
) -> None:
    seen = words(client, "/authorities/?as_at=2026-11-23")

    assert "Greater Essex Planned or proposed" in seen
    assert "Cumbria First mayoral election 6 May 2027" in seen
    assert "Tees Valley Mayoral" in seen


@pytest.mark.parametrize("path", ["/authorities/", "/icbs/", "/icbs/essex/"])
@pytest.mark.parametrize("day", ["yesterday", "2026-02-30", "%00", "1" * 500])
def test_a_day_that_is_none_is_said_and_kept(
    register_loaded: LoadReport, client: Client, path: str, day: str
) -> None:
    seen = words(client, f"{path}?as_at={day}")

    assert "Enter a date as year, month and day" in seen or "Null characters" in seen


@pytest.mark.parametrize(
    ("path", "link"),
    [("/icbs/?as_at=2026-03-31", "/icbs/devon/?as_at=2026-03-31"), ("/icbs/", "/icbs/devon/")],
)
def test_a_day_that_was_asked_for_goes_on_to_the_board(
    register_loaded: LoadReport, client: Client, path: str, link: str
) -> None:
    assert f'href="{link}"' in client.get(path).content.decode()


def test_a_board_shows_its_facts_and_its_pairs(register_loaded: LoadReport, client: Client) -> None:
    seen = words(client, "/icbs/lancashire-and-south-cumbria/?as_at=2026-11-23")

    assert "NHS Lancashire and South Cumbria Integrated Care Board" in seen
    assert "E54000048" in seen
    assert "York and North Yorkshire Too few people to be assessed as a pair" in seen
    assert "Not classed" in seen


def test_a_closed_board_shows_its_last_day_and_where_its_people_went(
    register_loaded: LoadReport, client: Client
) -> None:
    seen = words(client, "/icbs/frimley/?as_at=2026-11-23")

    assert "This board closed on 1 April 2026. The page shows it as on 31 March 2026" in seen
    assert "NHS Thames Valley Integrated Care Board 57.1% of the people here went to it" in seen


def test_a_new_board_asked_for_before_it_opened_shows_its_first_day(
    register_loaded: LoadReport, client: Client
) -> None:
    seen = words(client, "/icbs/essex/?as_at=2026-01-01")

    assert "This board opened on 1 April 2026. The page shows it as on that day." in seen


def test_a_board_that_serves_no_authority_says_so(
    register_loaded: LoadReport, client: Client
) -> None:
    seen = words(client, "/icbs/kent-and-medway/?as_at=2026-11-23")

    assert "No strategic authority covers any of the board’s area on this day." in seen


def test_a_board_that_is_not_there_is_not_found(
    register_loaded: LoadReport, client: Client
) -> None:
    assert client.get("/icbs/nowhere/").status_code == 404


def test_a_board_has_a_map_once_there_are_areas(
    register_loaded: LoadReport, client: Client
) -> None:
    without = client.get("/icbs/essex/?as_at=2026-11-23").content.decode()
    call_command("load_boundaries", stdout=StringIO())

    with_areas = client.get("/icbs/essex/?as_at=2026-11-23").content.decode()

    assert "Map: the area of" not in without
    assert "Map: the area of NHS Essex Integrated Care Board" in with_areas
    assert "Approximate areas drawn from postcode locations" in with_areas
    assert "style=" not in with_areas


@pytest.mark.parametrize(
    ("path", "queries"),
    [("/authorities/", 15), ("/icbs/", 17), ("/icbs/essex/", 28)],
)
def test_a_page_costs_the_same_queries_always(
    register_loaded: LoadReport,
    client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
    path: str,
    queries: int,
) -> None:
    call_command("load_boundaries", stdout=StringIO())
    client.get(f"{path}?as_at=2026-11-23")

    with django_assert_num_queries(queries):
        client.get(f"{path}?as_at=2026-11-23")
