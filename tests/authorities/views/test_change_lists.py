"""Changes as lists show them, and England’s own."""

import pytest
from django.urls import reverse

from authorities.actions.directory import LoadReport
from authorities.models import Reorganisation, ReorganisationState, Role
from tests.authorities.views.changes import Centre, page_of
from tests.factories.stored_changes import AHEAD, stored_change

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def centre(register_loaded: LoadReport) -> Centre:
    return Centre.arrive()


def test_the_lists_keep_apart_what_is_open_done_given_up_and_only_looked_at(
    centre: Centre,
) -> None:
    analyst, lead = centre.people[Role.ANALYST], centre.people[Role.LEAD_ANALYST]
    stored_change(by=analyst, title="Waits")
    stored_change(by=analyst, title="Ahead", state=ReorganisationState.SCHEDULED, approved_by=lead)
    stored_change(by=analyst, title="Imagined", what_if=True)
    given_up = stored_change(by=analyst, title="Given up")
    centre.send(given_up, "cancel", reason="No.")
    client = centre.clients[Role.MODERATOR]

    seen = {
        shelf: client.get(f"{reverse('changes:list')}?show={shelf}").content.decode()
        for shelf in ("open", "applied", "cancelled", "what-if")
    }

    assert [
        name for name in ("Waits", "Ahead", "Imagined", "Given up") if name in seen["open"]
    ] == [
        "Waits",
        "Ahead",
    ]
    assert seen["open"].index("Waits") < seen["open"].index('">Ahead</a>')
    assert "Imagined" in seen["what-if"]
    assert "Given up" in seen["cancelled"]
    assert "36 integrated care boards instead of 42" in seen["applied"]
    assert "Loaded with the register" in seen["applied"]
    assert client.get(f"{reverse('changes:list')}?show=all").status_code == 404


def test_a_long_list_has_pages(centre: Centre) -> None:
    for number in range(30):
        stored_change(by=centre.people[Role.ANALYST], title=f"Change {number:02}", on=AHEAD)
    client = centre.clients[Role.ANALYST]

    first, second = (
        client.get(f"{reverse('changes:list')}?page={page}").content.decode() for page in (1, 2)
    )

    assert "Change 24" in first
    assert "Change 25" not in first
    assert "Change 25" in second


def test_englands_own_change_is_told_without_people(centre: Centre) -> None:
    england = Reorganisation.objects.get(origin="register")

    said = page_of(centre, england)

    assert "Took effect on 1 April 2026." in said
    assert "Central East ICB begins." in said
    assert "Frimley ICB is split: Thames Valley ICB, Hampshire and Isle of Wight ICB and" in said
    assert "Hampshire and Isle of Wight ICB: Hampshire (E10000014:2)" in said
    assert "Loaded with the register" in said
