"""Signed notes of the centre stand under the mission's figures."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from authorities.models import Role
from outcomes.actions import mission_files, mission_reading
from outcomes.models import MissionNote
from tests.factories.authorities import NationalMembershipFactory
from tests.factories.mission import NOW, MissionNoteFactory

pytestmark = pytest.mark.django_db
PAGE, NEW = reverse("mission:page"), reverse("mission:note-new")
SAID = {
    "text": "The top fell.",
    "form_key": "6d697373-696f-4e68-8c65-676170000004",
}


@pytest.fixture(autouse=True)
def drawn():
    mission_files.load(at=NOW)
    mission_reading.refresh(at=timezone.now())


@pytest.fixture
def analyst(client):
    person = NationalMembershipFactory(role=Role.ANALYST).user
    client.force_login(person)
    return person


def words(response):
    return " ".join(response.content.decode().split())


def test_what_an_analyst_says_stands_there_for_everybody(client, analyst):
    link_to_write = NEW in words(client.get(PAGE))

    answers = [client.post(NEW, SAID) for _ in range(2)]
    client.logout()
    page = words(client.get(PAGE))

    assert link_to_write
    assert [answer["Location"] for answer in answers] == [PAGE, PAGE]
    assert MissionNote.objects.get().by == analyst
    assert "What analysts say of these figures" in page
    assert "The top fell." in page
    assert "Analyst, Department of Health and Social Care," in page
    assert "when version 1 of the definition was in use" in page
    assert NEW not in page


def test_without_a_note_visitors_see_nothing_of_notes(client):
    assert "What analysts say" not in words(client.get(PAGE))


def test_what_is_missing_is_asked_for_at_its_field(client, analyst):
    answer = client.post(NEW, {"text": ""})

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"text"}
    assert not MissionNote.objects.exists()


def test_a_withdrawn_note_leaves_its_reason_in_its_place(client, analyst):
    MissionNoteFactory(text="Older.", at=NOW - timedelta(days=30))
    note = MissionNoteFactory(text="A wrong number.")
    address = reverse("mission:note-withdraw", args=[note.pk])

    without = client.post(address, {"reason": ""})
    done = client.post(address, {"reason": "The number was of men alone."})
    again = client.post(address, {"reason": "Once more."})
    page = words(client.get(PAGE))
    told = client.get("/api/v1/mission/hle/").json()["notes"]

    assert (without.status_code, done["Location"], again.status_code) == (422, PAGE, 409)
    assert "This note was withdrawn already." in words(again)
    assert "A wrong number." not in page
    assert page.index("The number was of men alone.") < page.index("Older.")
    assert [(one["text"], one["withdrawn_reason"]) for one in told] == [
        ("", "The number was of men alone."),
        ("Older.", ""),
    ]


def test_a_note_that_is_not_there_is_withdrawn_by_nobody(client, analyst):
    assert client.get(reverse("mission:note-withdraw", args=[1])).status_code == 404
