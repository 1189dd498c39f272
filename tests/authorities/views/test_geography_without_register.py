"""Pages of geography on a site that has no register, or hardly one."""

import pytest
from django.test import Client

from authorities.models import Role
from tests.authorities.views.test_directories import words
from tests.factories.authorities import NationalMembershipFactory, PairFactory, PartBoardFactory

pytestmark = pytest.mark.django_db


def test_without_a_register_the_page_says_so(client: Client) -> None:
    seen = words(client, "/geography/")

    assert "There is no register yet" in seen
    assert client.get("/geography/map.svg").status_code == 404
    assert client.get("/geography/pairs.csv").content.count(b"\n") == 1


def test_nothing_to_warn_of_is_said(client: Client) -> None:
    pair = PairFactory()
    PartBoardFactory(board=pair.board)
    client.force_login(NationalMembershipFactory(role=Role.ANALYST).user)

    seen = words(client, "/geography/warnings/")

    assert "There is no warning for this choice." in seen


def test_without_boundaries_the_list_of_sets_says_so(client: Client) -> None:
    seen = words(client, "/geography/boundaries/")

    assert "There are no boundaries yet, so no map can be drawn." in seen
    assert "Import" not in seen
