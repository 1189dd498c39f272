"""A what-if is looked at beside today, shared within the centre, and mixed with nothing real."""

import pytest
from django.urls import reverse

from authorities.actions.directory import LoadReport
from authorities.models import Reorganisation, Role
from tests.authorities.views.changes import HEADING, Centre, errors_of
from tests.factories.stored_changes import merger

pytestmark = pytest.mark.slow

_NAME = "Wharfedale"
_MERGER = merger("south-yorkshire", "west-yorkshire", into="wharfedale", name=_NAME)


@pytest.fixture
def centre(register_loaded: LoadReport, db: None) -> Centre:
    return Centre.arrive()


def test_a_what_if_stands_beside_today(centre: Centre) -> None:
    change = centre.preview(centre.draft(*_MERGER, what_if=True, title="What if"))
    url = reverse("changes:what-if", args=[change.pk])

    seen = {
        role: centre.clients[role].get(url).content.decode()
        for role in (Role.ANALYST, Role.MODERATOR)
    }

    for text in seen.values():
        assert "A draft. Nothing here has happened." in text
        assert "With the change, 1 April 2027" in text
        assert "South Yorkshire with Wharfedale ICB" in text
        assert "Share it by the address of this page" in text
    assert "Copy into a change" in seen[Role.ANALYST]
    assert "Copy into a change" not in seen[Role.MODERATOR]


def test_a_what_if_is_never_approved_and_keeps_nobody_waiting(centre: Centre) -> None:
    change = centre.preview(centre.draft(*_MERGER, what_if=True))

    approved = centre.send(change, "approve", role=Role.LEAD_ANALYST)
    copied = centre.send(change, "copy", **HEADING)

    assert "Copy it into a change" in " ".join(errors_of(approved)["__all__"])
    assert copied.status_code == 302
    made = Reorganisation.objects.get(what_if=False, origin="entered")
    assert made.operations.count() == 2
