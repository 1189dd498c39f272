"""A role granted after the preview is neither moved nor ended, and the change says so."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from authorities.actions import memberships, reorganisations
from authorities.models import AuditEvent, Membership, Role
from tests.authorities.views.changes import Centre, page_of
from tests.factories import reorganisations as change
from tests.factories.authorities import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

_BEFORE = "Granted since the preview, not decided"
_AFTER = "Roles that were not decided"


@pytest.fixture
def country() -> change.Country:
    made = change.small_country()
    MembershipFactory(body=made.mid, role=Role.SIGNATORY)
    return made


@pytest.fixture
def centre() -> Centre:
    return Centre.arrive()


def roles() -> set[tuple[str, str, str]]:
    """Who holds which role where, without an end."""
    return set(
        Membership.objects.filter(ended_at__isnull=True).values_list(
            "user__email", "body__slug", "role"
        )
    )


def late_role(country: change.Country, **said: Any) -> Membership:
    return MembershipFactory(
        body=country.mid, role=Role.EDITOR, user=UserFactory(full_name="Late Comer"), **said
    )


def test_people_get_exactly_the_rights_that_the_preview_shows(country: change.Country) -> None:
    made = change.scheduled(change.drafted(change.boards_merge()))
    late = late_role(country)
    before = roles()

    assert change.apply_due() == 1

    people = change.preview_of(made)["people"]
    lost = {(line["email"], line["body_slug"], line["role"].lower()) for line in people}
    gained = {
        (line["email"], line["successor"], line["role"].lower())
        for line in people
        if line["successor"]
    }
    assert lost
    assert roles() == before - lost | gained
    assert (late.user.email, "mid", "editor") in roles()


def test_the_audit_lists_what_was_left(country: change.Country) -> None:
    change.scheduled(change.drafted(change.boards_merge()))
    late = late_role(country)

    change.apply_due()

    event = AuditEvent.objects.get(action="reorganisation.applied")
    assert event.detail["not_decided"] == [{"membership": late.pk, "role": "editor", "body": "mid"}]


def test_the_audit_of_a_change_that_decided_all_lists_nothing(country: change.Country) -> None:
    change.applied(change.boards_merge())

    event = AuditEvent.objects.get(action="reorganisation.applied")
    assert event.detail["not_decided"] == []


@pytest.mark.parametrize("step", [change.previewed, change.scheduled])
def test_the_page_lists_them_until_the_day(
    country: change.Country, centre: Centre, step: Any
) -> None:
    day = timezone.localdate() + timedelta(days=30)
    made = step(change.drafted(change.boards_merge(), on=day))
    without = page_of(centre, made)
    late = late_role(country)
    MembershipFactory(body=country.east)

    said = page_of(centre, made)

    assert _BEFORE not in without
    assert _BEFORE in said
    assert f'<li>Late Comer (<span class="app-break">{late.user.email}</span>): Editor at' in said
    assert said.count("granted on") == 1


def test_an_analyst_previews_again_and_decides(country: change.Country, centre: Centre) -> None:
    made = change.previewed(change.drafted(change.boards_merge()))
    late = late_role(country)
    offered = page_of(centre, made)
    read_only = page_of(centre, made, role=Role.MODERATOR)

    response = centre.send(made, "preview-make")

    again = reverse("changes:preview-make", args=[made.pk])
    assert f'action="{again}"' in offered
    assert f'action="{again}"' not in read_only
    assert _BEFORE in read_only
    assert response.status_code == 302
    assert made.rights_moves.get(membership=late).successor_slug == "west-and-mid"
    assert _BEFORE not in page_of(centre, made)


def test_who_approves_is_told(country: change.Country, centre: Centre) -> None:
    made = change.previewed(change.drafted(change.boards_merge()))
    late_role(country)

    said = page_of(centre, made, role=Role.LEAD_ANALYST, page="approve")

    assert _BEFORE in said
    assert "Late Comer" in said


def test_the_page_lists_them_afterwards_with_what_became_of_them(
    country: change.Country, centre: Centre
) -> None:
    made = change.scheduled(change.drafted(change.boards_merge()))
    late = late_role(country)
    change.apply_due()
    made.refresh_from_db()

    held = page_of(centre, made, role=Role.ADMINISTRATOR)
    memberships.end(membership=late, by=centre.people[Role.ADMINISTRATOR], at=timezone.now())
    ended = page_of(centre, made, role=Role.ADMINISTRATOR)

    assert _AFTER in held
    assert "An administrator can end each" in held
    assert "Still held" in held
    assert _AFTER in ended
    assert "Ended on" in ended
    assert "Still held" not in ended


def test_what_decides_all_and_what_decides_nothing_says_nothing(
    country: change.Country, centre: Centre
) -> None:
    what_if = change.previewed(change.drafted(change.boards_merge(), what_if=True))
    cancelled = change.previewed(change.drafted(change.boards_merge(), title="Given up"))
    late_role(country)
    reorganisations.cancel(
        reorganisation=cancelled,
        version=cancelled.version,
        reason="No.",
        by=UserFactory(),
        at=timezone.now(),
    )
    incomplete = change.drafted(change.boards_merge(), title="Not yet")

    for made in (what_if, cancelled, incomplete):
        assert "not decided" not in page_of(centre, made)
