"""The centre's pages of definitions: drafted, looked at, approved by another, discarded."""

import pytest
from django.urls import reverse
from django.utils import timezone

from authorities.models import Role
from outcomes.actions import mission_files, mission_reading
from outcomes.models import MissionDefinition
from tests.factories.authorities import NationalMembershipFactory
from tests.factories.mission import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def drawn():
    mission_files.load(at=NOW)
    mission_reading.refresh(at=timezone.now())


@pytest.fixture
def analyst():
    return NationalMembershipFactory(role=Role.ANALYST).user


@pytest.fixture
def lead():
    return NationalMembershipFactory(role=Role.LEAD_ANALYST).user


SAID = {
    "words": "As published in the strategy.",
    "gap_rule": "range",
    "highest_code": "",
    "lowest_code": "",
    "sexes": "each",
    "baseline": "2022-24",
    "baseline_reason": "as published",
    "target_last_year": "2036",
    "source": "A strategy, page 1",
    "reason": "A definition was published.",
    "form_key": "6d697373-696f-4e68-8c65-676170000003",
}


def words(response):
    return " ".join(response.content.decode().split())


def draft(client, person, **said):
    client.force_login(person)
    return client.post(reverse("mission:definition-new"), SAID | said)


def test_a_new_draft_starts_from_the_words_in_use(client, analyst):
    client.force_login(analyst)

    shown = words(client.get(reverse("mission:definition-new")))

    assert "This is our reading" in shown
    assert '<option value="2021-23" selected' in shown


def test_a_draft_shows_what_it_would_change(client, analyst):
    response = draft(client, analyst)
    shown = words(client.get(response["Location"]))

    made = MissionDefinition.objects.get(number=2)
    assert (made.state, made.made_by, made.target_first_year) == ("draft", analyst, 2034)
    assert "What would change" in shown
    assert "7.0 (2021-23: London less North East)" in shown
    assert "6.0 (2022-24: South East less North East)" in shown
    assert "Half of the baseline gap. By 2034-36" in shown
    assert "2025-27" in shown


def test_who_wrote_a_draft_is_told_that_another_must_approve_it(client, lead):
    draft(client, lead)

    shown = words(client.get(reverse("mission:definition", args=[2])))
    refused = client.post(
        reverse("mission:definition-approve", args=[2]), {"declare": "on", "revision": "1"}
    )

    assert "another person must approve it" in shown
    assert "Approve it" not in shown
    assert refused.status_code == 409
    assert MissionDefinition.objects.in_use().get().number == 1


def test_another_person_puts_it_in_use_and_the_page_follows(client, analyst, lead):
    draft(client, analyst)
    client.force_login(lead)

    asked = words(client.get(reverse("mission:definition-approve", args=[2])))
    response = client.post(
        reverse("mission:definition-approve", args=[2]), {"declare": "on", "revision": "1"}
    )
    page = words(client.get(response["Location"]))

    assert "7.0 (2021-23: London less North East)" in asked
    assert "As published in the strategy. <strong>Version 2</strong>" in page
    assert "is <strong>3.0 years</strong>" in page


def test_an_approval_without_the_declaration_is_asked_again(client, analyst, lead):
    draft(client, analyst)
    client.force_login(lead)

    response = client.post(reverse("mission:definition-approve", args=[2]), {"revision": "1"})

    assert response.status_code == 422
    assert "Confirm that you have read it" in words(response)


def test_a_draft_that_was_changed_since_it_was_read_is_not_approved(client, analyst, lead):
    draft(client, analyst)
    client.post(
        reverse("mission:definition-change", args=[2]),
        SAID | {"words": "Otherwise.", "revision": "1"},
    )
    client.force_login(lead)

    response = client.post(
        reverse("mission:definition-approve", args=[2]), {"declare": "on", "revision": "1"}
    )

    assert response.status_code == 409
    assert "changed or decided on since you opened it" in words(response)


def test_a_draft_is_changed_and_keeps_what_was_typed_when_overtaken(client, analyst):
    draft(client, analyst)
    url = reverse("mission:definition-change", args=[2])
    client.post(url, SAID | {"words": "First change.", "revision": "1"})

    late = client.post(url, SAID | {"words": "Late change.", "revision": "1"})

    assert late.status_code == 409
    assert "Late change." in words(late)
    assert MissionDefinition.objects.get(number=2).words == "First change."


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"words": ""}, "Enter what the page says of the definition"),
        ({"reason": ""}, "Enter why there is a new version"),
        ({"baseline": "1999-01"}, "Select a valid choice"),
        ({"target_last_year": "soon"}, "Enter a year, for example 2036"),
        ({"target_last_year": "2025"}, "The target period must begin after the baseline"),
        ({"gap_rule": "fixed_pair"}, "Choose both regions of the pair"),
        (
            {
                "gap_rule": "fixed_pair",
                "highest_code": "E12000008",
                "lowest_code": "E12000008",
            },
            "Choose two different regions",
        ),
        ({"highest_code": "E12000008"}, "Leave the regions empty"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field_and_kept(said, message, client, analyst):
    response = draft(client, analyst, **said)

    assert response.status_code == 422
    assert message in words(response)
    assert "A strategy, page 1" in words(response)
    assert not MissionDefinition.objects.filter(number=2).exists()


def test_a_fixed_pair_can_be_drafted(client, analyst):
    response = draft(
        client,
        analyst,
        gap_rule="fixed_pair",
        highest_code="E12000008",
        lowest_code="E12000001",
        target_last_year="",
    )
    shown = words(client.get(response["Location"]))

    assert "South East minus North East, whoever is highest" in shown
    assert "End date: not published" in shown


def test_the_same_form_sent_twice_makes_one_draft(client, analyst):
    draft(client, analyst)

    assert draft(client, analyst)["Location"] == reverse("mission:definition", args=[2])
    assert MissionDefinition.objects.count() == 2


def test_a_second_draft_waits_for_the_first(client, analyst, lead):
    draft(client, analyst)

    response = draft(client, lead, form_key="6d697373-696f-4e68-8c65-676170000004")

    assert response.status_code == 422
    assert "A draft is open already" in words(response)
    assert "Draft a new definition" not in words(client.get(reverse("mission:definition-list")))


def test_a_draft_is_discarded_with_a_reason(client, analyst):
    draft(client, analyst)
    url = reverse("mission:definition-discard", args=[2])

    empty = client.post(url, {"revision": "1", "reason": ""})
    done = client.post(url, {"revision": "1", "reason": "Not yet"}, follow=True)

    assert empty.status_code == 422
    assert "Not yet" in words(done)
    assert MissionDefinition.objects.get(number=2).state == "discarded"
    assert client.post(url, {"revision": "1", "reason": "Again"}).status_code == 409


def test_a_version_that_there_is_not_is_not_found(client, analyst):
    client.force_login(analyst)

    assert client.get(reverse("mission:definition", args=[7])).status_code == 404
    assert client.get("/mission/definitions/99999999999999999999/").status_code == 404


def test_people_of_the_centre_find_the_definitions_from_the_page(client, analyst):
    assert "Definitions and drafts" not in words(client.get(reverse("mission:page")))
    client.force_login(analyst)

    assert "Definitions and drafts" in words(client.get(reverse("mission:page")))
