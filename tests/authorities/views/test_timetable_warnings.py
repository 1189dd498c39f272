"""The page 'Prevent misaligned geographies': who sees it, what it lists, its filters."""

import csv
import io

import pytest
from django.test import Client

from authorities.actions.directory import LoadReport
from authorities.models import Role
from authorities.presenters.timetable_warnings import KINDS
from authorities.timetable import WarningKind
from tests.authorities.views.test_directories import words
from tests.factories.authorities import MembershipFactory, NationalMembershipFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

URL = "/geography/warnings/"


@pytest.fixture
def analyst() -> Client:
    client = Client()
    client.force_login(NationalMembershipFactory(role=Role.ANALYST).user)
    return client


def rows_of(client: Client, query: str) -> list[dict[str, str]]:
    response = client.get(f"/geography/warnings.csv?{query}")
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(response.content.decode())))


@pytest.mark.parametrize("path", [URL, "/geography/warnings.csv"])
def test_strangers_do_not_find_the_warnings(client: Client, path: str) -> None:
    signed_out = client.get(path)
    client.force_login(MembershipFactory().user)

    assert signed_out.status_code == 302
    assert client.get(path).status_code == 404


def test_every_kind_says_why_it_matters_and_what_can_be_done() -> None:
    assert set(KINDS) == set(WarningKind)
    assert all(each.why.endswith(".") and each.do.endswith(".") for each in KINDS.values())


def test_every_warning_of_pairs_and_bodies_is_listed_with_counts(
    register_loaded: LoadReport, analyst: Client
) -> None:
    seen = words(analyst, f"{URL}?as_at=2026-03-31")
    rows = rows_of(analyst, "as_at=2026-03-31")

    kinds = [row["warning_code"] for row in rows]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {
        "icb_change_within_12_months_of_sa_start": 1,
        "pair_ends_on": 16,
        "cluster_member": 27,
        "no_counterpart": 19,
    }
    assert "Pair or body ends on a known day 16 of 63 warnings" in seen
    assert "ICB changes before the authority begins 0 of 63 warnings" in seen
    assert "Why it matters. Commitments and frameworks of a pair that ends need" in seen
    assert "Sussex and Brighton with Sussex Pair 1 April 2026 It ends on 1 April 2026." in seen


def test_a_day_ahead_can_be_looked_at(register_loaded: LoadReport, analyst: Client) -> None:
    seen = words(analyst, f"{URL}?as_at=2027-04-01")

    assert "Warnings as on 1 April 2027" in seen
    assert "Hampshire and the Solent with Hampshire and Isle of Wight Pair" in seen


def test_filters_by_kind_and_authority_hold_on_the_page_and_in_the_file(
    register_loaded: LoadReport, analyst: Client
) -> None:
    query = "as_at=2026-11-23&kind=cluster_member&authority=devon-and-torbay"

    seen, rows = words(analyst, f"{URL}?{query}"), rows_of(analyst, query)

    assert [(row["about_kind"], row["about"]) for row in rows] == [
        ("Integrated care board", "Devon"),
        ("Pair", "Devon and Torbay with Devon"),
    ]
    assert "ICB shares its leaders in a cluster: 2 of 2" in seen
    assert "Why it matters. No strategic authority covers" not in seen


def test_a_filter_that_is_no_choice_is_said_and_filters_nothing(
    register_loaded: LoadReport, analyst: Client
) -> None:
    seen = words(analyst, f"{URL}?as_at=2026-11-23&kind=nonsense")

    assert "There is a problem" in seen
    assert "All 40 warnings of this choice" in seen
    assert analyst.get("/geography/warnings.csv?kind=nonsense").status_code == 404


@pytest.mark.parametrize(("page", "shown"), [("1", 50), ("2", 13), ("99", 13), ("none", 50)])
def test_a_long_list_is_paged(
    register_loaded: LoadReport, analyst: Client, page: str, shown: int
) -> None:
    html = analyst.get(f"{URL}?as_at=2026-03-31&page={page}").content.decode()

    assert html.count('<th role="rowheader"') == shown
    assert 'aria-label="Page 2"' in html
