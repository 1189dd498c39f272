"""The pages of commitments: who gets in, what is kept, what leaks to nobody."""

import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from engagement.models import Commitment, CommitmentState, CommitmentUpdate, Side
from tests.engagement.commitment_people import People, people_of_a_pair
from tests.factories.authorities import PairFactory
from tests.factories.engagement_commitments import (
    AgreedCommitmentFactory,
    CommitmentFactory,
    CommitmentUpdateFactory,
)

pytestmark = pytest.mark.django_db

CANARY = "canary-7c1f"
INSIDERS = {"authority_editor", "authority_signatory", "board_editor", "board_signatory"}
CENTRE = {"analyst", "moderator", "lead_analyst", "administrator"}


@pytest.fixture
def people() -> People:
    return people_of_a_pair()


@pytest.fixture
def agreed(people: People) -> Commitment:
    made: Commitment = AgreedCommitmentFactory(
        pair=people.pair, title=f"Title {CANARY}", description=f"Words {CANARY}"
    )
    CommitmentUpdateFactory(commitment=made, narrative=f"Narrative {CANARY}")
    return made


@pytest.fixture
def proposed(people: People) -> Commitment:
    made: Commitment = CommitmentFactory(pair=people.pair, title=f"Offer {CANARY}")
    return made


def as_(client: Client, people: People, who: str) -> Client:
    client.logout()
    if who != "anonymous":
        client.force_login(people.by_role[who])
    return client


def proposal(**said: Any) -> dict[str, Any]:
    return {
        "title": "Share one list",
        "description": "",
        "specification": "co-operation",
        "own_owner": "Head of health",
        "other_owner": "",
        "lead": "both",
        "timing": "date",
        "target_date_day": "31",
        "target_date_month": "3",
        "target_date_year": "2037",
        "no_date_reason": "",
        "form_key": str(uuid.uuid4()),
        **said,
    }


def update(**said: Any) -> dict[str, Any]:
    return {
        "status": "on_track",
        "narrative": "Signed.",
        "form_key": str(uuid.uuid4()),
        "back": "",
        **said,
    }


def status_for(who: str, *, allowed: set[str], ok: int, members: set[str] | None = None) -> int:
    """Strangers are told 404, members 403; who is signed out is asked to sign in."""
    if who in allowed:
        return ok
    if who == "anonymous":
        return 302
    return 403 if who in (INSIDERS | CENTRE if members is None else members) else 404


def test_a_visitor_cannot_tell_a_commitment_that_exists_from_one_that_does_not(
    client: Client, agreed: Commitment
) -> None:
    there = client.get(reverse("commitments:detail", args=[agreed.pk]))
    nowhere = client.get(reverse("commitments:detail", args=[uuid.uuid4()]))

    assert there.status_code == nowhere.status_code == 302
    assert reverse("account_login") in there["Location"]


def test_every_reading_page_lets_in_both_bodies_and_the_centre_and_nobody_else(
    client: Client, people: People, agreed: Commitment, proposed: Commitment
) -> None:
    slugs = [people.pair.authority.slug, people.pair.board.slug]
    pair_pages = [
        reverse("commitments:pair", args=slugs),
        reverse("commitments:detail", args=[agreed.pk]),
        reverse("commitments:detail", args=[proposed.pk]),
    ]

    for who in ("anonymous", *people.by_role):
        for url in pair_pages:
            response = as_(client, people, who).get(url)
            inside = who in INSIDERS | CENTRE
            expected = status_for(who, allowed=INSIDERS | CENTRE, ok=200)
            assert response.status_code == expected, (who, url)
            assert (CANARY in response.content.decode()) is inside, (who, url)


@pytest.mark.parametrize(
    ("page", "slug_of", "insiders"),
    [
        ("commitments:board", "board", {"board_editor", "board_signatory"}),
        ("commitments:authority", "authority", {"authority_editor", "authority_signatory"}),
    ],
)
def test_a_body_s_list_is_for_the_body_and_the_centre(
    client: Client,
    people: People,
    agreed: Commitment,
    page: str,
    slug_of: str,
    insiders: set[str],
) -> None:
    url = reverse(page, args=[getattr(people.pair, slug_of).slug])

    for who in ("anonymous", *people.by_role):
        response = as_(client, people, who).get(url)
        inside = who in insiders | CENTRE
        expected = status_for(who, allowed=insiders | CENTRE, ok=200, members=set())
        assert response.status_code == expected, who
        assert (CANARY in response.content.decode()) is inside, who


def test_another_pair_of_the_same_board_is_not_shown_to_the_authority(
    client: Client, people: People
) -> None:
    elsewhere = AgreedCommitmentFactory(
        pair=PairFactory(board=people.pair.board), title=f"Elsewhere {CANARY}"
    )
    as_(client, people, "authority_signatory")

    own = client.get(reverse("commitments:authority", args=[people.pair.authority.slug]))
    theirs = client.get(reverse("commitments:detail", args=[elsewhere.pk]))

    assert CANARY not in own.content.decode()
    assert theirs.status_code == 404


def test_only_people_of_both_bodies_propose(client: Client, people: People) -> None:
    slugs = [people.pair.authority.slug, people.pair.board.slug]
    url = reverse("commitments:propose", args=slugs)

    for who in ("anonymous", *people.by_role):
        as_(client, people, who)
        assert client.get(url).status_code == status_for(who, allowed=INSIDERS, ok=200), who
        sent = client.post(url, proposal())
        assert sent.status_code == status_for(who, allowed=INSIDERS, ok=302), who

    sides = list(Commitment.objects.order_by("pk").values_list("proposed_side", flat=True))
    assert sorted(sides) == ["icb", "icb", "sa", "sa"]


def test_only_people_of_both_bodies_give_updates_and_each_for_its_side(
    client: Client, people: People, agreed: Commitment
) -> None:
    url = reverse("commitments:update", args=[agreed.pk])

    for who in ("anonymous", *people.by_role):
        as_(client, people, who)
        assert client.get(url).status_code == status_for(who, allowed=INSIDERS, ok=200), who
        sent = client.post(url, update(narrative=who))
        assert sent.status_code == status_for(who, allowed=INSIDERS, ok=302), who

    stored = dict(
        CommitmentUpdate.objects.exclude(narrative__contains=CANARY).values_list(
            "narrative", "side"
        )
    )
    assert stored == {
        "authority_editor": "sa",
        "authority_signatory": "sa",
        "board_editor": "icb",
        "board_signatory": "icb",
    }


@pytest.mark.parametrize(
    ("page", "sent", "state"),
    [
        ("commitments:confirm", {"owner": "Director"}, CommitmentState.AGREED),
        ("commitments:decline", {"reason": "No money"}, CommitmentState.DECLINED),
    ],
)
def test_only_the_other_side_s_signatory_answers_a_proposal(
    client: Client,
    people: People,
    page: str,
    sent: dict[str, str],
    state: CommitmentState,
) -> None:
    signatories = {"authority_signatory", "board_signatory"}

    for who in ("anonymous", *people.by_role):
        commitment = CommitmentFactory(pair=people.pair, proposed_side=Side.AUTHORITY)
        url = reverse(page, args=[commitment.pk])
        as_(client, people, who)
        assert client.get(url).status_code == status_for(who, allowed=signatories, ok=200), who
        response = client.post(url, sent)
        # The proposer's own signatory has the right, and is told why this one is not theirs.
        ok = 422 if who == "authority_signatory" else 302
        assert response.status_code == status_for(who, allowed=signatories, ok=ok), who
        commitment.refresh_from_db()
        expected = state if who == "board_signatory" else CommitmentState.PROPOSED
        assert commitment.state == expected, who


def test_a_double_click_stores_one_proposal_and_one_update(
    client: Client, people: People, agreed: Commitment
) -> None:
    as_(client, people, "board_editor")
    slugs = [people.pair.authority.slug, people.pair.board.slug]
    offer, word = proposal(), update(narrative="Once.")

    for _ in range(2):
        client.post(reverse("commitments:propose", args=slugs), offer)
        client.post(reverse("commitments:update", args=[agreed.pk]), word)

    assert Commitment.objects.filter(title="Share one list").count() == 1
    assert CommitmentUpdate.objects.filter(narrative="Once.").count() == 1


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"title": ""}, "Enter what you promise together"),
        ({"own_owner": " "}, "Enter the role that owns it on your side"),
        ({"timing": ""}, "Select whether there is a date"),
        ({"target_date_day": "31", "target_date_month": "2"}, "must be a real date"),
        ({"target_date_year": "2020"}, "The date must be today or later."),
        ({"timing": "no_date"}, "Say why there is no date"),
        ({"specification": "weather"}, "Select a valid choice"),
    ],
)
def test_a_wrong_proposal_keeps_what_was_typed_and_stores_nothing(
    client: Client, people: People, said: dict[str, str], message: str
) -> None:
    as_(client, people, "authority_editor")
    slugs = [people.pair.authority.slug, people.pair.board.slug]

    response = client.post(
        reverse("commitments:propose", args=slugs), proposal(other_owner="Kept role", **said)
    )

    page = response.content.decode()
    assert response.status_code == 422
    assert message in page
    assert 'value="Kept role"' in page
    assert not Commitment.objects.exists()


def test_an_update_without_its_sentence_keeps_what_was_chosen(
    client: Client, people: People, agreed: Commitment
) -> None:
    as_(client, people, "board_editor")

    response = client.post(
        reverse("commitments:update", args=[agreed.pk]), update(status="constrained", narrative="")
    )

    page = response.content.decode()
    assert response.status_code == 422
    assert "Say in a sentence or two how it stands." in page
    assert 'value="constrained"' in page
    assert page.count("checked") == 1


def test_saving_from_the_list_goes_back_to_the_list_and_never_to_another_site(
    client: Client, people: People, agreed: Commitment
) -> None:
    as_(client, people, "board_editor")
    url = reverse("commitments:update", args=[agreed.pk])
    listed = reverse("commitments:board", args=[people.pair.board.slug])

    home = client.post(url, update(back=listed))
    away = client.post(url, update(back="https://evil.example/"))
    sideways = client.post(url, update(back="//evil.example/"))

    assert home["Location"] == listed
    assert "evil" not in away["Location"] + sideways["Location"]


def test_the_lists_ask_a_fixed_number_of_queries(
    client: Client, people: People, django_assert_num_queries: Any
) -> None:
    as_(client, people, "board_editor")
    board = reverse("commitments:board", args=[people.pair.board.slug])
    pair = reverse("commitments:pair", args=[people.pair.authority.slug, people.pair.board.slug])
    for _ in range(25):
        CommitmentUpdateFactory(commitment__pair=people.pair)
    client.get(board)

    with django_assert_num_queries(BOARD_QUERIES):
        client.get(board)
    with django_assert_num_queries(PAIR_QUERIES):
        client.get(pair + "?page=2")


# Session, person, rights, then what the page shows; the same for one commitment and for many.
# Two of them ask for what was typed and not sent.
BOARD_QUERIES = 20
PAIR_QUERIES = 12


def test_differing_views_are_said_and_both_are_shown(
    client: Client, people: People, agreed: Commitment
) -> None:
    CommitmentUpdateFactory(
        commitment=agreed, side=Side.BOARD, status="constrained", narrative="No analyst."
    )
    as_(client, people, "board_editor")

    page = client.get(reverse("commitments:board", args=[people.pair.board.slug])).content.decode()

    assert "The two views differ." in page
    assert page.index("No analyst.") < page.index(f"Narrative {CANARY}")
