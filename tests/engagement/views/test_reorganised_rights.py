"""Who may do what around a merger and a split: exactly what was decided, and nobody else gains.

One source of this is a bug of another system, whose merges gave everybody access (DHIS2 #20178).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from authorities.access import rights_of
from authorities.actions import reorganisations
from authorities.models import Body, Membership, Reorganisation, Role, User
from authorities.reorganisation.operations import AreaShare, Split, SplitTarget
from duty.models import Round, RoundState
from engagement.models import Commitment
from outcomes import recompute
from tests.factories import duty as returns
from tests.factories import reorganisations as change
from tests.factories.authorities import (
    MembershipFactory,
    NationalMembershipFactory,
    UserFactory,
)
from tests.factories.engagement_commitments import AgreedCommitmentFactory
from tests.factories.outcomes import ObservationFactory

pytestmark = pytest.mark.django_db
LOCAL = (Role.EDITOR, Role.SIGNATORY)
NATIONAL = (
    Role.ANALYST,
    Role.MODERATOR,
    Role.LEAD_ANALYST,
    Role.READER,
    Role.ADMINISTRATOR,
)


@dataclass(frozen=True)
class People:
    """Everybody of the country, by body and role; those of the centre by role."""

    country: change.Country
    by_name: dict[str, User]

    def __getitem__(self, name: str) -> User:
        """A fresh person: rights are kept with the person for one request."""
        return User.objects.get(pk=self.by_name[name].pk)

    def names(self) -> Iterator[str]:
        """Everybody's name in the tests."""
        return iter(self.by_name)


@pytest.fixture
def people() -> People:
    country = change.small_country()
    found: dict[str, User] = {}
    for slug in ("north", "south", "west", "mid", "east"):
        for role in LOCAL:
            made = MembershipFactory(body=getattr(country, slug), role=role)
            found[f"{slug}_{role.value}"] = made.user
    for role in NATIONAL:
        found[role.value] = NationalMembershipFactory(role=role).user
    found["nobody"] = UserFactory()
    return People(country=country, by_name=found)


def rights(people: People) -> dict[str, Any]:
    """What everybody may do: at which body (by its kind and slug), and everywhere."""
    keys = {str(body.pk): f"{body.kind}/{body.slug}" for body in Body.objects.all()}
    found = {}
    for name in people.names():
        held = rights_of(people[name])
        found[name] = {keys[body]: frozenset(own) for body, own in held.at_bodies.items()}
        found[name]["everywhere"] = frozenset(held.everywhere)
    return found


def at(kind: str, *slugs: str) -> tuple[str, ...]:
    return tuple(f"{kind}/{slug}" for slug in slugs)


def renamed(before: dict[str, Any], moves: dict[str, str | None]) -> dict[str, Any]:
    """The rights as they should be: those at the bodies named are at their successors."""
    return {
        name: {
            moves.get(body, body): own
            for body, own in held.items()
            if moves.get(body, body) is not None
        }
        for name, held in before.items()
    }


BOARDS = "integrated_care_board"
AUTHORITIES = "strategic_authority"


def test_a_merger_of_boards_gives_their_people_the_same_roles_and_nobody_else_any(
    people: People,
) -> None:
    before = rights(people)

    change.applied(change.boards_merge())

    after = rights(people)
    west, mid, new = at(BOARDS, "west", "mid", "west-and-mid")
    assert after == renamed(before, {west: new, mid: new})
    assert after["west_editor"][new] == before["west_editor"][west]
    assert after["mid_signatory"][new] == before["mid_signatory"][mid]


def test_a_merger_of_authorities_gives_their_people_the_same_roles_and_nobody_else_any(
    people: People,
) -> None:
    before = rights(people)

    change.applied(change.authorities_merge())

    north, south, new = at(AUTHORITIES, "north", "south", "union")
    assert rights(people) == renamed(before, {north: new, south: new})


def test_people_of_a_split_board_go_where_it_was_decided(people: People) -> None:
    """One to the primary body, one to another, one to none."""
    third = MembershipFactory(body=people.country.mid, role=Role.SIGNATORY)
    people.by_name["mid_third"] = third.user
    before = rights(people)
    made = change.previewed(change.drafted(change.mid_splits()))
    signatory = Membership.objects.get(user=people["mid_signatory"])
    reorganisations.decide_rights(
        reorganisation=made,
        version=made.version,
        decisions={signatory.pk: "upper", third.pk: ""},
        by=UserFactory(),
        at=timezone.now(),
    )
    made.refresh_from_db()
    change.approved(made)
    reorganisations.schedule(
        reorganisation=made,
        version=made.version,
        override_reason="",
        by=UserFactory(),
        at=timezone.now(),
    )

    assert change.apply_due() == 1

    mid, lower, upper = at(BOARDS, "mid", "lower", "upper")
    expected = renamed(before, {mid: lower})
    expected["mid_signatory"] = renamed({"x": before["mid_signatory"]}, {mid: upper})["x"]
    expected["mid_third"] = {"everywhere": frozenset()}
    assert rights(people) == expected
    shown = {
        (line["person"], line["successor"])
        for line in change.preview_of(Reorganisation.objects.get())["people"]
    }
    assert shown == {
        (people["mid_editor"].full_name, "lower"),
        (people["mid_signatory"].full_name, "upper"),
        (third.user.full_name, ""),
    }


def test_people_of_a_split_authority_go_where_it_was_decided(people: People) -> None:
    before = rights(people)
    one, other = change.authority("southam-area"), change.authority("sudbury-area")

    change.applied(
        [
            change.opened(one),
            change.opened(other),
            Split(
                source=change.authority("south"),
                targets=(
                    SplitTarget(one, (AreaShare("southam"),)),
                    SplitTarget(other, (AreaShare("sudbury"),)),
                ),
                primary=other,
            ),
        ]
    )

    south, new = at(AUTHORITIES, "south", "sudbury-area")
    assert rights(people) == renamed(before, {south: new})


def test_somebody_with_a_role_at_both_merging_boards_has_it_once(people: People) -> None:
    both = people["west_editor"]
    MembershipFactory(user=both, body=people.country.mid, role=Role.EDITOR)

    change.applied(change.boards_merge())

    held = Membership.objects.current().filter(user=both)
    assert [row.body.slug for row in held] == ["west-and-mid"]


def test_who_has_left_or_is_locked_out_gains_nothing(people: People) -> None:
    left = MembershipFactory(body=people.country.mid, ended_at=timezone.now() - timedelta(days=1))
    locked = MembershipFactory(body=people.country.mid, user__is_active=False)

    change.applied(change.boards_merge())

    gained = Membership.objects.filter(body__slug="west-and-mid")
    assert not gained.filter(user__in=[left.user, locked.user]).exists()
    assert gained.count() == 4


def statuses(client: Client, people: People, url: str) -> dict[int, set[str]]:
    """Who gets which status."""
    found: dict[int, set[str]] = {}
    for name in people.names():
        client.force_login(people[name])
        found.setdefault(client.get(url).status_code, set()).add(name)
    return found


ALL_CENTRE = {"analyst", "moderator", "lead_analyst", "administrator"}


def both(*bodies: str) -> set[str]:
    return {f"{body}_{role.value}" for body in bodies for role in LOCAL}


def test_pages_of_successor_and_predecessor_open_to_who_is_mapped_and_to_the_centre(
    client: Client, people: People
) -> None:
    row = AgreedCommitmentFactory(pair=change.pair("south", "mid"))
    change.applied(change.boards_merge())
    of_south = both("south", "west", "mid") | ALL_CENTRE
    strangers = {"nobody", "reader"}

    new_list = statuses(client, people, reverse("commitments:board", args=["west-and-mid"]))
    old_list = statuses(client, people, reverse("commitments:board", args=["mid"]))
    detail = statuses(client, people, reverse("commitments:detail", args=[row.pk]))
    new_pair = statuses(client, people, reverse("commitments:pair", args=["south", "west-and-mid"]))
    old_pair = statuses(client, people, reverse("commitments:pair", args=["south", "mid"]))
    proposing = statuses(
        client, people, reverse("commitments:propose", args=["south", "west-and-mid"])
    )

    assert new_list[200] == both("west", "mid") | ALL_CENTRE
    assert new_list[404] == both("north", "south", "east") | strangers
    # Nobody has a role at the old board any more: only the centre reads it.
    assert old_list[200] == ALL_CENTRE
    assert old_list[404] == set(people.names()) - ALL_CENTRE
    assert detail[200] == new_pair[200] == of_south
    assert detail[404] == new_pair[404] == set(people.names()) - of_south
    assert old_pair[200] == both("south") | ALL_CENTRE
    assert proposing[200] == both("south", "west", "mid")
    assert proposing[403] == ALL_CENTRE


def test_own_views_of_the_successor_are_for_its_own_people(
    client: Client, people: People, configuration: None
) -> None:
    today = timezone.localdate()
    returns.RoundFactory(geography_date=today, opens_on=today)
    change.applied(change.boards_merge())

    found = statuses(client, people, reverse("engagement:own-view", args=["south", "west-and-mid"]))

    assert found[200] == both("south", "west", "mid")
    assert found[403] == ALL_CENTRE
    assert found[404] == both("north", "east") | {"nobody", "reader"}


def test_the_return_of_an_ended_authority_is_for_its_own_people_and_the_centre(
    client: Client, people: People
) -> None:
    """Submitted ones stay readable by the centre; nobody of the other authority sees them."""
    today = timezone.localdate()
    round_ = returns.RoundFactory(geography_date=today - timedelta(days=1))
    story = returns.tell_return_of(
        authority=people.country.north,
        boards=(people.country.west, people.country.mid),
        round_=round_,
    )
    returns.submit(story)
    # Nothing of the round is left to be done, replies to findings neither.
    Round.objects.update(state=RoundState.FINALISING)
    people.by_name["north_story"] = story.editor
    change.applied(change.authorities_merge())
    address = [round_.slug, "north"]

    tasks = statuses(client, people, reverse("duty:return-tasks", args=address))
    receipt = statuses(client, people, reverse("duty:return-submitted", args=address))

    assert 200 not in tasks
    assert receipt[200] == ALL_CENTRE
    assert receipt[404] == set(people.names()) - ALL_CENTRE


def test_an_open_return_is_still_worked_on_by_its_own_people_and_by_nobody_else(
    client: Client, people: People
) -> None:
    today = timezone.localdate()
    round_ = returns.RoundFactory(geography_date=today - timedelta(days=1))
    returns.tell_return_of(authority=people.country.north, round_=round_)
    change.applied(change.authorities_merge())

    found = statuses(client, people, reverse("duty:return-tasks", args=[round_.slug, "north"]))

    assert found[200] == both("north")
    assert found[403] == ALL_CENTRE
    uploads = statuses(client, people, reverse("outcomes:upload-list", args=["union"]))
    assert uploads[200] == both("north", "south")


def test_a_role_whose_end_lies_ahead_works_until_then_and_not_after(
    client: Client, people: People
) -> None:
    editor = people["mid_editor"]
    row = Membership.objects.get(user=editor)
    url = reverse("commitments:board", args=["mid"])

    Membership.objects.filter(pk=row.pk).update(ended_at=timezone.now() + timedelta(days=1))
    client.force_login(editor)
    ahead = client.get(url).status_code
    Membership.objects.filter(pk=row.pk).update(ended_at=timezone.now() - timedelta(seconds=1))
    past = client.get(url).status_code

    assert (ahead, past) == (200, 404)


def test_the_api_shows_own_values_to_who_was_mapped_and_to_nobody_else(
    client: Client, people: People
) -> None:
    """What a body sent in itself stays with it: the successor's people do not see it."""
    release_of = {"release__body": people.country.north, "owner": people.country.north}
    ObservationFactory(area=people.country.north, **release_of)
    ObservationFactory(area=people.country.north)
    change.applied(change.authorities_merge())

    found = {}
    for name in people.names():
        client.force_login(people[name])
        found[name] = client.get("/api/v1/observations/").json()["count"]

    assert set(found.values()) == {1}


def test_the_api_tells_strangers_nothing_of_working_placements(
    client: Client, people: People
) -> None:
    before = statuses(client, people, "/api/v1/placements/?status=working")

    change.applied(change.boards_merge())

    assert statuses(client, people, "/api/v1/placements/?status=working") == before


def test_public_pages_of_what_has_ended_stay(client: Client, people: People) -> None:
    ObservationFactory(area=people.country.north)
    change.applied(change.boards_merge())
    change.applied(change.authorities_merge())
    recompute.run_pending()

    for url in (
        reverse("authorities:board", args=["mid"]),
        reverse("outcomes:authority", args=["north"]),
        reverse("engagement:pair", args=["south", "mid"]),
        reverse("engagement:pair-placements", args=["south", "mid"]),
        "/api/v1/icbs/mid/?as_at=2025-01-01",
        "/api/v1/strategic-authorities/north/?as_at=2025-01-01",
    ):
        assert client.get(url).status_code == 200, url


@pytest.mark.parametrize("role", LOCAL)
def test_the_home_page_shows_the_successor(client: Client, people: People, role: Role) -> None:
    AgreedCommitmentFactory(pair=change.pair("south", "mid"))
    change.applied(change.boards_merge())
    client.force_login(people[f"mid_{role.value}"])

    response = client.get(reverse("home"))

    text = response.content.decode()
    assert response.status_code == 200
    assert "NHS West And Mid" in text
    assert reverse("commitments:board", args=["west-and-mid"]) in text
    assert reverse("commitments:board", args=["mid"]) not in text


def test_while_a_return_is_finished_the_home_page_shows_both_and_leads_to_the_successor(
    client: Client, people: People
) -> None:
    round_ = returns.RoundFactory(geography_date=timezone.localdate() - timedelta(days=1))
    returns.tell_return_of(authority=people.country.north, round_=round_)
    change.applied(change.authorities_merge())
    client.force_login(people["north_editor"])

    text = client.get(reverse("home")).content.decode()

    assert reverse("duty:return-tasks", args=[round_.slug, "north"]) in text
    # Replies to findings come after the return.
    last = round_.reply_closes_on
    assert f"Your role here lasts until {last.day} {last:%B %Y}" in text
    navigation = text.split("</nav>")[0]
    assert reverse("commitments:authority", args=["union"]) in navigation
    assert text.index("Union") < text.index(">North<")


@pytest.mark.parametrize("name", ["south_editor", "mid_editor"])
def test_the_open_round_still_asks_for_views_of_the_pairs_of_its_own_day(
    client: Client, people: People, name: str, configuration: None
) -> None:
    returns.RoundFactory(geography_date=timezone.localdate() - timedelta(days=1))
    change.applied(change.boards_merge())
    client.force_login(people[name])

    text = client.get(reverse("home")).content.decode()

    assert reverse("engagement:own-view", args=["south", "mid"]) in text
    assert reverse("engagement:own-view", args=["south", "west-and-mid"]) not in text
    assert client.get(reverse("engagement:own-view", args=["south", "mid"])).status_code == 200


def test_the_lists_of_the_successor_hold_what_both_predecessors_promised(
    client: Client, people: People
) -> None:
    rows = [
        AgreedCommitmentFactory(pair=change.pair("north", "west"), title="Of the west"),
        AgreedCommitmentFactory(pair=change.pair("south", "mid"), title="Of the middle"),
        AgreedCommitmentFactory(pair=change.pair("south", "east"), title="Of the east"),
    ]
    change.applied(change.boards_merge())
    client.force_login(people["west_editor"])

    text = client.get(reverse("commitments:board", args=["west-and-mid"])).content.decode()

    assert ("Of the west" in text, "Of the middle" in text) == (True, True)
    assert "Of the east" not in text
    assert Commitment.objects.count() == len(rows)


def test_a_body_that_opens_with_nobody_mapped_has_nobody(people: People) -> None:
    change.applied(
        [
            change.opened(change.board("empty")),
            Split(
                source=change.board("mid"),
                targets=(
                    SplitTarget(change.board("empty"), (AreaShare(change.SOUTHAM),)),
                    SplitTarget(change.board("west"), (AreaShare(change.NORBURY),)),
                ),
                primary=change.board("west"),
            ),
        ]
    )

    assert not Membership.objects.filter(body__slug="empty").exists()
    assert Membership.objects.current().filter(body__slug="west").count() == 4
