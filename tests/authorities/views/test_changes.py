"""A change on its way through the pages: previewed, approved, scheduled, applied, given up."""

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from authorities.actions.directory import LoadReport
from authorities.actions.reorganisation_jobs import apply_due
from authorities.effects import Affected, Applied, OpenWork
from authorities.models import AuditEvent, Body, Reorganisation, ReorganisationState, Role, User
from tests.authorities.views.changes import BOARDS, HEADING, MERGER, Centre, errors_of, page_of
from tests.factories.authorities import MembershipFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


_DAY = date(2027, 4, 1)


@pytest.fixture
def centre(register_loaded: LoadReport) -> Centre:
    return Centre.arrive()


@pytest.fixture
def editor(register_loaded: LoadReport) -> User:
    """Somebody with a role at a board that ends."""
    person: User = UserFactory(full_name="Alex Reed")
    MembershipFactory(
        user=person, role=Role.EDITOR, body=Body.objects.get(kind=BOARDS, slug="south-yorkshire")
    )
    return person


def scheduled(centre: Centre, change: Reorganisation) -> Reorganisation:
    """Take a change that is drafted up to its day."""
    centre.preview(change)
    assert centre.send(change, "approve", role=Role.LEAD_ANALYST).status_code == 302
    assert centre.send(change, "schedule", role=Role.ADMINISTRATOR).status_code == 302
    change.refresh_from_db()
    return change


def test_the_preview_shows_everything_and_takes_decisions_about_roles(
    centre: Centre, editor: User
) -> None:
    change = centre.preview(centre.draft(*MERGER))
    [held] = editor.memberships.all()

    shown = page_of(centre, change, "preview")
    response = centre.send(change, "preview", **{f"role_{held.pk}": ""})

    for text in ("Yorkshire", "Begins", "South Yorkshire with Yorkshire ICB", "Alex Reed"):
        assert text in shown
    assert response.status_code == 302
    assert change.rights_moves.get().successor_slug == ""
    assert f'name="role_{held.pk}"' not in page_of(centre, change, "preview", role=Role.MODERATOR)


def test_a_role_follows_nobody_but_a_successor(centre: Centre, editor: User) -> None:
    change = centre.preview(centre.draft(*MERGER))
    [held] = editor.memberships.all()

    response = centre.send(change, "preview", **{f"role_{held.pk}": "devon"})

    assert response.status_code == 422
    assert f"role_{held.pk}" in errors_of(response)


def test_the_preview_is_taken_away_as_files_that_are_recorded(centre: Centre, editor: User) -> None:
    change = centre.preview(centre.draft(*MERGER))
    client = centre.clients[Role.MODERATOR]

    pairs, people = (
        list(
            csv.DictReader(
                io.StringIO(
                    client.get(reverse(f"changes:preview-{what}-csv", args=[change.pk]))
                    .content.decode()
                    .lstrip("\ufeff")
                )
            )
        )
        for what in ("pairs", "people")
    )

    ends = next(row for row in pairs if row["icb_slug"] == "south-yorkshire")
    assert (ends["what_happens"], ends["share_of_icb_without_change"]) == ("Ends", "1.000000")
    assert ends["people_with_change"] == ""
    assert [(row["person"], row["successor_slug"]) for row in people] == [
        ("Alex Reed", "yorkshire")
    ]
    taken = AuditEvent.objects.filter(action="reorganisation.downloaded")
    assert {event.detail["what"] for event in taken} == {"pairs", "people"}


def test_whoever_had_a_hand_in_it_cannot_approve(centre: Centre) -> None:
    change = centre.draft(*MERGER)
    centre.send(change, "edit", role=Role.LEAD_ANALYST, **HEADING)
    centre.preview(change)

    shown = page_of(centre, change, role=Role.LEAD_ANALYST)
    response = centre.send(change, "approve", role=Role.LEAD_ANALYST)

    assert "another lead analyst has to approve it" in shown
    assert response.status_code == 422
    assert "somebody else has to approve it" in " ".join(errors_of(response)["__all__"])


def test_what_was_approved_stays_to_be_seen(centre: Centre) -> None:
    change = centre.preview(centre.draft(*MERGER))
    centre.send(change, "approve", role=Role.LEAD_ANALYST)

    shown = page_of(centre, change, "preview")
    edit = centre.clients[Role.ANALYST].get(reverse("changes:edit", args=[change.pk]))

    assert f"by {centre.people[Role.LEAD_ANALYST].full_name} on" in shown
    assert "This is what was approved" in shown
    assert edit["Location"] == reverse("changes:detail", args=[change.pk])


def test_a_scheduled_change_is_announced_and_then_happens(centre: Centre) -> None:
    change = scheduled(centre, centre.draft(*MERGER))
    visitor = Client()

    ahead = visitor.get("/icbs/south-yorkshire/").content.decode()
    assert apply_due(today=_DAY, at=timezone.now()) == 1
    after = visitor.get("/icbs/south-yorkshire/?as_at=2027-04-02").content.decode()
    boards = visitor.get("/icbs/?as_at=2027-04-01").content.decode()

    assert "This board is part of a change on 1 April 2027." in ahead
    assert "It ends, and Yorkshire takes over." in ahead
    assert '<a class="govuk-link" href="/icbs/yorkshire/">NHS Yorkshire Integrated Care' in after
    assert "35 integrated care boards on 1 April 2027" in boards
    said = page_of(centre, change)
    assert "Took effect on 1 April 2027." in said
    assert "The site" in said


_WAITS = "South Yorkshire’s return waits for its signature."


def blockers(*, bodies: Sequence[Body]) -> tuple[str, ...]:
    return (_WAITS,)


def open_work(*, bodies: Sequence[Body], on: date) -> tuple[OpenWork, ...]:
    return ()


def affected(*, change: Applied) -> tuple[Affected, ...]:
    return (Affected(what="Open returns", count=1, becomes="They can be finished."),)


def carry(*, change: Applied, by: User | None, at: datetime) -> None:
    """Nothing is to be done."""


def test_what_waits_needs_a_reason_and_only_then_is_asked_for(
    centre: Centre, settings: Settings
) -> None:
    change = centre.preview(centre.draft(*MERGER))
    centre.send(change, "approve", role=Role.LEAD_ANALYST)
    free = page_of(centre, change, "schedule", role=Role.ADMINISTRATOR)
    settings.REORGANISATION_EFFECTS = [__name__]

    asked = page_of(centre, change, "schedule", role=Role.ADMINISTRATOR)
    without = centre.send(change, "schedule", role=Role.ADMINISTRATOR)
    with_reason = centre.send(
        change, "schedule", role=Role.ADMINISTRATOR, override_reason="The order says so."
    )

    assert "Why can it not wait?" not in free
    assert "Why can it not wait?" in asked
    assert _WAITS in asked
    assert errors_of(without)["override_reason"] == [_WAITS]
    assert with_reason.status_code == 302
    assert "The order says so." in page_of(centre, change)


def test_a_failure_says_why_and_is_tried_again(centre: Centre) -> None:
    change = scheduled(centre, centre.draft(*MERGER))
    Body.objects.filter(kind=BOARDS, slug="devon").update(closed_on=date(2027, 3, 1))
    Reorganisation.objects.filter(pk=change.pk).update(
        state=ReorganisationState.FAILED, failure="The register has changed since."
    )

    shown = page_of(centre, change, role=Role.ADMINISTRATOR)
    asked = page_of(centre, change, "schedule", role=Role.ADMINISTRATOR)
    response = centre.send(change, "schedule", role=Role.ADMINISTRATOR)

    assert "The register has changed since." in shown
    assert "Try again" in shown
    assert "The register has changed since." in asked
    assert response.status_code == 302
    change.refresh_from_db()
    assert change.state == ReorganisationState.SCHEDULED


def test_a_change_is_cancelled_with_a_reason_that_stays(centre: Centre) -> None:
    change = centre.draft(*MERGER)

    without = centre.send(change, "cancel", reason=" ")
    response = centre.send(change, "cancel", role=Role.ADMINISTRATOR, reason="Not agreed.")

    assert errors_of(without)["reason"] == ["Enter why this change is cancelled."]
    assert response.status_code == 302
    said = page_of(centre, change)
    assert "Not agreed." in said
    assert "Copy into a change" in said


def test_a_cancelled_change_is_copied_into_a_new_one(centre: Centre) -> None:
    change = centre.draft(*MERGER)
    centre.send(change, "cancel", reason="Not agreed.")

    response = centre.send(change, "copy", **HEADING)

    made = Reorganisation.objects.exclude(pk=change.pk).get(origin="entered")
    assert response["Location"] == reverse("changes:detail", args=[made.pk])
    assert [row.kind for row in made.operations.order_by("position")] == ["open", "merge"]


def test_a_copy_of_what_is_in_a_change_says_so(centre: Centre) -> None:
    change = centre.draft(*MERGER)

    response = centre.send(change, "copy", **HEADING)

    assert response.status_code == 422
    assert "is already part of the change" in " ".join(errors_of(response)["__all__"])
