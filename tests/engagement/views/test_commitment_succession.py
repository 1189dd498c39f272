"""The pages of commitments after a reorganisation, for each who may come to them."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from authorities.models import Role, User
from engagement.models import Commitment
from tests.factories import reorganisations as change
from tests.factories.authorities import MembershipFactory, NationalMembershipFactory
from tests.factories.engagement_commitments import (
    AgreedCommitmentFactory,
    CommitmentUpdateFactory,
)

pytestmark = pytest.mark.django_db


def people(*bodies: Any) -> dict[str, User]:
    """An editor and a signatory of each body, an analyst, and a stranger."""
    found = {
        f"{body.slug}_{role.value}": MembershipFactory(body=body, role=role).user
        for body in bodies
        for role in (Role.EDITOR, Role.SIGNATORY)
    }
    return {**found, "analyst": NationalMembershipFactory().user}


@pytest.fixture
def country() -> change.Country:
    return change.small_country()


@pytest.fixture
def moved(country: change.Country) -> Commitment:
    """A commitment of South and Mid, now of South and West And Mid."""
    row: Commitment = AgreedCommitmentFactory(pair=change.pair("south", "mid"))
    CommitmentUpdateFactory(commitment=row, side="icb", narrative="The old board said so.")
    change.applied(change.boards_merge())
    row.refresh_from_db()
    return row


@pytest.fixture
def unassigned(country: change.Country) -> Commitment:
    """A commitment of South and Mid, which Lower or Upper may go on with."""
    row: Commitment = AgreedCommitmentFactory(pair=change.pair("south", "mid"))
    change.applied(change.mid_splits())
    row.refresh_from_db()
    return row


def statuses(client: Client, url: str, who: dict[str, User]) -> dict[str, int]:
    found = {}
    for name, person in who.items():
        client.force_login(person)
        found[name] = client.get(url).status_code
    return found


def page(client: Client, person: User, url: str) -> str:
    client.force_login(person)
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_every_page_says_where_a_commitment_came_from(client: Client, moved: Commitment) -> None:
    who = people(moved.pair.authority, moved.pair.board)
    words = f"Came from South and Mid on {moved.moved_on.day} {moved.moved_on:%B %Y}. Both sides"

    for url in (
        reverse("commitments:detail", args=[moved.pk]),
        reverse("commitments:pair", args=["south", "west-and-mid"]),
        reverse("commitments:board", args=["west-and-mid"]),
        reverse("commitments:authority", args=["south"]),
        reverse("engagement:pair", args=["south", "west-and-mid"]),
    ):
        name = "south_editor" if "authorities" in url else "west-and-mid_editor"
        assert words in page(client, who[name], url), url


def test_what_the_old_board_said_stands_under_its_own_name(
    client: Client, moved: Commitment
) -> None:
    who = people(moved.pair.board)

    text = page(client, who["west-and-mid_editor"], reverse("commitments:detail", args=[moved.pk]))

    assert "The old board said so." in text
    assert "<strong>Mid</strong>" in text
    assert "Our last update" not in text.split("The old board said so.")[0]


def test_each_side_s_signatory_confirms_it_again(client: Client, moved: Commitment) -> None:
    who = people(moved.pair.authority, moved.pair.board)
    url = reverse("commitments:reconfirm", args=[moved.pk])
    detail = reverse("commitments:detail", args=[moved.pk])
    assert url in page(client, who["south_signatory"], detail)
    assert url not in page(client, who["south_editor"], detail)

    client.force_login(who["south_signatory"])
    assert client.post(url).status_code == 302
    half = page(client, who["analyst"], detail)
    assert url not in page(client, who["south_signatory"], detail)
    client.force_login(who["west-and-mid_signatory"])
    assert client.post(url).status_code == 302

    assert "South has confirmed it again; NHS West And Mid should, too." in half
    text = page(client, who["analyst"], detail)
    assert "To be confirmed again" not in text
    assert "South and Mid, " in text


def test_only_signatories_of_both_sides_confirm_again(
    client: Client, country: change.Country, moved: Commitment
) -> None:
    who = people(moved.pair.authority, moved.pair.board, country.north)

    found = statuses(client, reverse("commitments:reconfirm", args=[moved.pk]), who)

    assert found == {
        "south_editor": 403,
        "south_signatory": 200,
        "west-and-mid_editor": 403,
        "west-and-mid_signatory": 200,
        "north_editor": 404,
        "north_signatory": 404,
        "analyst": 403,
    }


def test_confirming_again_what_needs_it_not_is_refused_in_words(client: Client) -> None:
    row = AgreedCommitmentFactory()
    signatory = MembershipFactory(body=row.pair.board, role=Role.SIGNATORY).user
    client.force_login(signatory)

    response = client.post(reverse("commitments:reconfirm", args=[row.pk]))

    assert response.status_code == 422
    assert "needs no new confirmation" in response.content.decode()


def test_the_page_of_the_old_pair_says_where_its_commitments_went(
    client: Client, moved: Commitment
) -> None:
    analyst = NationalMembershipFactory().user

    text = page(client, analyst, reverse("commitments:pair", args=["south", "mid"]))

    assert "1 commitment went on with South and NHS West And Mid on" in text
    assert reverse("commitments:pair", args=["south", "west-and-mid"]) in text


def test_without_a_pair_it_is_shown_on_every_side_and_to_nobody_else(
    client: Client, country: change.Country, unassigned: Commitment
) -> None:
    lower, upper = (change.body(change.board(slug)) for slug in ("lower", "upper"))
    who = people(country.south, lower, upper, country.west)

    found = statuses(client, reverse("commitments:detail", args=[unassigned.pk]), who)
    choosing = statuses(client, reverse("commitments:assign", args=[unassigned.pk]), who)

    reading = {name for name, status in found.items() if status == 200}
    assert reading == {
        f"{body}_{role}" for body in ("south", "lower", "upper") for role in ("editor", "signatory")
    } | {"analyst"}
    assert {name for name, status in found.items() if status == 404} == {
        "west_editor",
        "west_signatory",
    }
    assert {name for name, status in choosing.items() if status == 200} == {
        f"{body}_signatory" for body in ("south", "lower", "upper")
    }
    for name, url in (
        ("south_editor", reverse("commitments:authority", args=["south"])),
        ("upper_editor", reverse("commitments:board", args=["upper"])),
        ("lower_editor", reverse("commitments:pair", args=["south", "lower"])),
        ("analyst", reverse("commitments:pair", args=["south", "mid"])),
        ("analyst", reverse("commitments:board", args=["mid"])),
    ):
        text = page(client, who[name], url)
        assert "Not assigned" in text, url
        assert "Its pair, South and Mid, ended on" in text, url


def test_a_signatory_chooses_the_pair_and_both_sides_then_confirm_it_again(
    client: Client, country: change.Country, unassigned: Commitment
) -> None:
    lower, upper = (change.body(change.board(slug)) for slug in ("lower", "upper"))
    who = people(country.south, lower, upper)
    url = reverse("commitments:assign", args=[unassigned.pk])
    client.force_login(who["lower_signatory"])

    nothing = client.post(url, {})
    done = client.post(url, {"pair": str(change.pair("south", "upper").pk)}, follow=True)

    assert nothing.status_code == 422
    assert "Select the pair that goes on with it" in nothing.content.decode()
    assert done.status_code == 200
    assert "goes on with that pair" in done.content.decode()
    found = statuses(client, reverse("commitments:detail", args=[unassigned.pk]), who)
    assert found["upper_editor"] == found["south_editor"] == 200
    assert found["lower_signatory"] == 404
    text = page(client, who["upper_signatory"], reverse("commitments:detail", args=[unassigned.pk]))
    assert "Confirm it again" in text


def test_a_second_choice_is_told_that_it_comes_too_late(
    client: Client, country: change.Country, unassigned: Commitment
) -> None:
    signatory = people(country.south)["south_signatory"]
    client.force_login(signatory)
    url = reverse("commitments:assign", args=[unassigned.pk])
    client.post(url, {"pair": str(change.pair("south", "upper").pk)})

    late = client.get(url)

    assert "There is no pair to choose" in late.content.decode()
    assert client.post(url, {"pair": str(change.pair("south", "lower").pk)}).status_code == 422


def test_the_home_page_says_what_waits_after_a_change(
    client: Client, country: change.Country, moved: Commitment
) -> None:
    who = people(moved.pair.board)

    assert "1 commitment to confirm again" in page(
        client, who["west-and-mid_signatory"], reverse("home")
    )
    assert "your signatory to confirm again" in page(
        client, who["west-and-mid_editor"], reverse("home")
    )
