"""The pages of boards, councils, clusters and NHS regions, and their lists, on any day."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from authorities.actions.directory import LoadReport
from tests.authorities.views.test_directories import words
from tests.factories.authorities import BoardFactory, CouncilFactory, RecordedAgreementFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

TODAY = "?as_at=2026-11-23"


def links(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_a_council_says_its_authority_and_its_boards_part_by_part(
    register_loaded: LoadReport, client: Client
) -> None:
    seen = words(client, "/councils/essex/?as_at=2026-03-31")

    assert "Council Essex As on 31 March 2026" in seen
    assert "1,519,859 (modelled, mid-2022)" in seen
    assert "Mid and South Essex Part 1 E10000012:1 851,683 56.0%" in seen
    assert "Hertfordshire and West Essex Part 3 E10000012:3 322,128 21.2%" in seen
    assert "None is recorded on this day." in seen
    assert 'href="/icbs/mid-and-south-essex/?as_at=2026-03-31"' in links(
        client, "/councils/essex/?as_at=2026-03-31"
    )


def test_a_council_tells_its_codes_over_time(register_loaded: LoadReport, client: Client) -> None:
    seen = words(client, f"/councils/sheffield/{TODAY}")

    assert "E08000019 ONS Not recorded 31 March 2025 E08000039 ONS 1 April 2025 Still in" in seen
    assert "1 April 2025 ONS code E08000019 ended; E08000039 began Source: " in seen
    assert "Membership of South Yorkshire began" in seen
    assert "The whole council" in seen


def test_what_lies_ahead_of_the_day_is_told_as_to_come(
    register_loaded: LoadReport, client: Client
) -> None:
    seen = words(client, "/councils/sheffield/?as_at=2025-03-31")

    assert "1 April 2025 To come ONS code E08000019 ends; E08000039 begins" in seen


def test_a_cluster_links_to_its_members(register_loaded: LoadReport, client: Client) -> None:
    path = f"/clusters/cornwall-devon/{TODAY}"

    seen = words(client, path)

    assert "Cluster of integrated care boards Cornwall and Isles of Scilly with Devon" in seen
    assert "Member Cornwall and the Isles of Scilly joined; Devon joined" in seen
    assert 'href="/icbs/devon/?as_at=2026-11-23"' in links(client, path)
    assert 'href="/pairs/devon-and-torbay/devon/"' in links(client, path)


def test_a_region_has_the_boards_of_the_day(register_loaded: LoadReport, client: Client) -> None:
    before = words(client, "/nhs-regions/east-of-england/?as_at=2026-03-31")
    after = words(client, f"/nhs-regions/east-of-england/{TODAY}")

    assert "Norfolk and Waveney 1 July 2022" in before
    assert "Norfolk and Suffolk 1 April 2026" in after
    assert "Norfolk and Waveney left" in after
    assert "E40000013" in after


def test_a_board_links_to_its_region_cluster_and_kin(
    register_loaded: LoadReport, client: Client
) -> None:
    devon = links(client, "/icbs/devon/")
    essex = links(client, f"/icbs/essex/{TODAY}")

    assert 'href="/nhs-regions/south-west/"' in devon
    assert 'href="/clusters/cornwall-devon/"' in devon
    assert 'href="/icbs/mid-and-south-essex/"' in essex
    assert "21.4% of its people came from it" in essex


def test_a_board_shows_the_seats_that_join_it_to_authorities(
    register_loaded: LoadReport, client: Client
) -> None:
    with_seat = words(client, f"/icbs/west-yorkshire/{TODAY}")
    without = words(client, f"/icbs/devon/{TODAY}")

    assert "Joint post Population health adviser West Yorkshire Not recorded" in with_seat
    assert "None is recorded. That does not mean that there is none." in without


def test_authorities_and_boards_show_their_agreements(
    register_loaded: LoadReport, client: Client
) -> None:
    board = words(client, f"/icbs/west-yorkshire/{TODAY}")
    authority = words(client, f"/authorities/greater-manchester/{TODAY}")
    without = words(client, f"/icbs/devon/{TODAY}")

    title = "Partnership Agreement of West Yorkshire Combined Authority and West Yorkshire ICB"
    assert f"{title} West Yorkshire Not recorded Signed in September 2023" in board
    assert (
        "Health and social care devolution agreement No single board is recorded Not recorded"
        in authority
    )
    assert "Agreement With Agreed on On record Certainty None is recorded." in without


def test_an_agreement_links_to_where_it_is_published(client: Client) -> None:
    board = BoardFactory(slug="north")
    RecordedAgreementFactory(board=board, url="https://agreement.example/text")

    assert 'href="https://agreement.example/text"' in links(client, "/icbs/north/")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (f"/councils/{TODAY}", "153 councils on 23 November 2026, page 1 of 4"),
        (f"/councils/{TODAY}&page=4", "153 councils on 23 November 2026, page 4 of 4"),
        (f"/councils/{TODAY}&page=99", "page 4 of 4"),
        (f"/councils/{TODAY}&page=nonsense", "page 1 of 4"),
        ("/councils/?as_at=1990-01-01", "No council is on record for this day."),
        (f"/clusters/{TODAY}", "8 clusters on 23 November 2026"),
        ("/clusters/?as_at=2020-01-01", "No cluster is on record for this day."),
        (f"/nhs-regions/{TODAY}", "7 NHS regions on 23 November 2026"),
        ("/nhs-regions/?as_at=1990-01-01", "No NHS region is on record for this day."),
    ],
)
def test_lists_are_those_of_the_day(
    register_loaded: LoadReport, client: Client, path: str, said: str
) -> None:
    assert said in words(client, path)


def test_a_page_of_councils_keeps_the_day_in_its_links(
    register_loaded: LoadReport, client: Client
) -> None:
    seen = links(client, "/councils/?as_at=2026-03-31")

    assert 'href="?as_at=2026-03-31&amp;page=2"' in seen
    assert 'href="/councils/barnet/?as_at=2026-03-31"' in seen
    assert 'href="/clusters/?as_at=2026-03-31"' in seen
    assert 'href="/register/?as_at=2026-03-31"' in seen


@pytest.mark.parametrize(
    "path",
    [
        "/councils/nowhere/",
        "/clusters/nowhere/",
        "/nhs-regions/nowhere/",
        "/councils/south-yorkshire/",
        "/clusters/devon/",
        "/nhs-regions/england/",
    ],
)
def test_a_body_of_another_kind_is_not_found(
    register_loaded: LoadReport, client: Client, path: str
) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "path", ["/councils/", "/councils/devon/", "/clusters/cornwall-devon/", "/nhs-regions/"]
)
@pytest.mark.parametrize("day", ["yesterday", "2026-02-30", "%00"])
def test_a_day_that_is_none_is_said(
    register_loaded: LoadReport, client: Client, path: str, day: str
) -> None:
    seen = words(client, f"{path}?as_at={day}")

    assert "Enter a date as year, month and day" in seen or "Null characters" in seen


def test_bodies_of_one_slug_have_their_own_pages(client: Client) -> None:
    CouncilFactory(slug="north", name="North Council")
    BoardFactory(slug="north", name="North Board")

    assert "North Council" in words(client, "/councils/north/")
    assert "North Board" in words(client, "/icbs/north/")


def test_a_closed_council_shows_its_last_day(client: Client) -> None:
    CouncilFactory(slug="north", closed_on=date(2026, 4, 1))

    seen = words(client, f"/councils/north/{TODAY}")

    assert "This council closed on 1 April 2026. The page shows it as on 31 March 2026" in seen
    assert "Closed 1 April 2026" in seen


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/councils/essex/", "Essex"),
        ("/clusters/cornwall-devon/", "Cornwall and Isles of Scilly with Devon"),
        ("/nhs-regions/london/", "London"),
    ],
)
def test_a_body_has_a_map_once_there_are_areas(
    register_loaded: LoadReport, client: Client, path: str, name: str
) -> None:
    without = links(client, f"{path}{TODAY}")
    call_command("load_boundaries", stdout=StringIO())

    with_areas = links(client, f"{path}{TODAY}")

    assert "Map: the area of" not in without
    assert f"Map: the area of {name} among" in with_areas


@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("/councils/", 10),
        ("/councils/essex/", 20),
        ("/clusters/", 13),
        ("/clusters/cornwall-devon/", 21),
        ("/nhs-regions/", 13),
        ("/nhs-regions/london/", 21),
    ],
)
def test_a_page_costs_the_same_queries_always(
    register_loaded: LoadReport,
    client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
    path: str,
    queries: int,
) -> None:
    call_command("load_boundaries", stdout=StringIO())
    client.get(f"{path}{TODAY}")

    with django_assert_num_queries(queries):
        client.get(f"{path}{TODAY}")
