"""Who reads which version of an example, and what pages say beside a pair."""

import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from authorities.models import User
from engagement.models import PracticeState, PracticeVersion
from tests.engagement.commitment_people import People, people_of_a_pair
from tests.factories import engagement as placements
from tests.factories import practice as make

pytestmark = pytest.mark.django_db

DRAFT = "canary-draft"
CENTRE = {"analyst", "moderator", "lead_analyst", "administrator"}
OWN = {"authority_editor", "authority_signatory"}


@pytest.fixture
def people() -> People:
    placements.load_configuration()
    return people_of_a_pair()


def client_of(person: User | None) -> Client:
    client = Client()
    if person is not None:
        client.force_login(person)
    return client


def fields(**said: Any) -> dict[str, Any]:
    return {
        "title": "Warm homes",
        "summary": "Homes were made warm.",
        "what_was_done": "Walls were mended.",
        "what_came": "People stayed well.",
        "place": "South Testshire",
        "period": "2025",
        "by_whom": "The authority",
        "source_title": "A report",
        "source_url": "https://www.example.org/report",
        "themes": ["S1"],
        "function": "",
        "form_key": uuid.uuid4(),
        **said,
    }


def test_drafts_and_reasons_are_for_the_body_and_the_centre(people: People) -> None:
    public = make.published(example__body=people.pair.authority, title="Public words")
    draft = make.VersionFactory(example=public.example, number=2, title=DRAFT, what_was_done=DRAFT)
    make.stepped(draft, PracticeState.PROPOSED)
    make.stepped(draft, PracticeState.RETURNED, reason=f"{DRAFT} reason")
    addresses = [
        reverse("practice:list") + f"?q={DRAFT}",
        reverse("practice:file"),
        reverse("practice:example", args=[public.example_id]),
        reverse("practice:versions", args=[public.example_id]),
        reverse("practice:moderation"),
        reverse("practice:own", args=[people.pair.authority_id]),
        reverse("practice-example-list") + f"?q={DRAFT}",
        reverse("engagement:pair", args=[people.pair.authority.slug, people.pair.board.slug]),
    ]
    seen = set()
    for who, person in {"anybody": None, **people.by_role}.items():
        for address in addresses:
            page = client_of(person).get(address, follow=True).content.decode()
            # What was typed into the search is shown again, and is no finding.
            if DRAFT in page.replace(f'value="{DRAFT}"', "").replace(f"q={DRAFT}", ""):
                seen.add((who, address))

    versions, own = addresses[3], addresses[5]
    assert seen == {
        *((who, versions) for who in OWN | CENTRE),
        *((who, own) for who in OWN),
    }
    assert "Public words" in client_of(None).get(addresses[2]).content.decode()


def test_from_a_draft_to_the_library_and_out_of_it(people: People) -> None:
    body = client_of(people.by_role["authority_editor"])
    centre = client_of(people.by_role["moderator"])

    wrong = body.post(
        reverse("practice:new", args=[people.pair.authority_id]), fields(source_url="report")
    )
    assert (wrong.status_code, "Warm homes" in wrong.content.decode()) == (422, True)
    body.post(reverse("practice:new", args=[people.pair.authority_id]), fields())
    row = PracticeVersion.objects.get()
    one = [row.example_id]
    assert "Warm homes" not in body.get(reverse("practice:list")).content.decode()
    body.post(reverse("practice:propose", args=one), {"seen": row.version})
    assert "Warm homes" in centre.get(reverse("practice:moderation")).content.decode()
    assert "1 practice example to publish" in centre.get(reverse("home")).content.decode()
    row.refresh_from_db()
    centre.post(reverse("practice:publish", args=one), {"seen": row.version})
    found = Client().get(reverse("practice:list") + "?q=walls&theme=S1").content.decode()
    assert "<mark>Walls</mark>" in found
    answer = Client().get(reverse("practice-example-list") + "?q=walls").json()
    assert [item["title"] for item in answer["results"]] == ["Warm homes"]

    refused = centre.post(reverse("practice:withdraw", args=one), {"reason": ""})
    assert "Say why" in refused.content.decode()
    centre.post(reverse("practice:withdraw", args=one), {"reason": "It was wrong."})
    assert Client().get(reverse("practice:example", args=one)).status_code == 404
    assert "It was wrong." in body.get(reverse("practice:versions", args=one)).content.decode()


def test_a_stale_publication_is_refused_in_words(people: People) -> None:
    row = make.proposed(example__body=people.pair.authority)
    centre = client_of(people.by_role["moderator"])

    answer = centre.post(
        reverse("practice:publish", args=[row.example_id]), {"seen": "9"}, follow=True
    )

    assert "Somebody else changed this example" in answer.content.decode()
    row.refresh_from_db()
    assert row.state == PracticeState.PROPOSED


@pytest.mark.parametrize("asked", ["q=%00", "q=" + "x" * 500, "theme=%27", "page=x", "q=a%26%7C!"])
def test_no_address_breaks_the_search(asked: str) -> None:
    assert Client().get(f"{reverse('practice:list')}?{asked}").status_code == 200


def test_the_pair_page_shows_examples_for_its_themes_and_no_judgement(people: People) -> None:
    make.published(title="For purpose", themes=["S1"])
    make.published(title="For nothing here", themes=[])
    placements.publish(round=placements.earlier_round(), levels={people.pair: ("low", "high")})

    page = (
        Client()
        .get(reverse("engagement:pair", args=[people.pair.authority.slug, people.pair.board.slug]))
        .content.decode()
    )

    assert "Examples that others have shared" in page
    assert "They say nothing of this pair." in page
    assert "For purpose" in page
    assert "For nothing here" not in page


def test_a_pair_that_is_not_published_is_shown_no_examples(people: People) -> None:
    make.published(themes=["S1"])

    page = (
        Client()
        .get(reverse("engagement:pair", args=[people.pair.authority.slug, people.pair.board.slug]))
        .content.decode()
    )

    assert "Examples that others have shared" not in page
