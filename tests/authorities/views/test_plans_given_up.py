"""An analyst takes a planned authority back: it stays on record as a plan up to that day."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from authorities.actions.directory import LoadReport
from authorities.actions.reorganisation_jobs import apply_due
from authorities.models import (
    AuditEvent,
    Body,
    CouncilMembership,
    PairOverlap,
    Reorganisation,
    Role,
    StrategicAuthority,
)
from engagement.queries.pairs import planned_authorities
from tests.authorities.views.changes import Centre, errors_of
from tests.factories.authorities import HeldFunctionFactory, MembershipFactory, UserFactory
from tests.factories.stored_changes import AHEAD

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

_KIND = "strategic_authority"
_SLUG = "greater-essex"
_EVE = AHEAD - timedelta(days=1)


@pytest.fixture
def centre(register_loaded: LoadReport) -> Centre:
    return Centre.arrive()


def given_up(centre: Centre) -> Reorganisation:
    """Take the plan back on screen, up to its day."""
    change = centre.draft()
    added = centre.send(change, "operation-new", "close", _KIND, body=_SLUG)
    assert added.status_code == 302, errors_of(added)
    centre.preview(change)
    assert centre.send(change, "approve", role=Role.LEAD_ANALYST).status_code == 302
    assert centre.send(change, "schedule", role=Role.ADMINISTRATOR).status_code == 302
    assert apply_due(today=AHEAD, at=timezone.now()) == 1
    change.refresh_from_db()
    return change


def listed(day: date) -> str:
    return Client().get(f"/authorities/?as_at={day}").content.decode()


def test_a_plan_is_offered_to_be_closed_and_said_to_be_given_up(centre: Centre) -> None:
    change = centre.draft()
    client = centre.clients[Role.ANALYST]

    asked = client.get(reverse("changes:operation-new", args=[change.pk, "close", _KIND]))
    centre.send(change, "operation-new", "close", _KIND, body=_SLUG)
    page = client.get(reverse("changes:detail", args=[change.pk])).content.decode()
    centre.preview(change)
    preview = client.get(reverse("changes:preview", args=[change.pk])).content.decode()

    assert f'value="{_SLUG}"' in asked.content.decode()
    assert "One that is only planned is given up: it never begins" in asked.content.decode()
    assert "Greater Essex, which is planned, is given up before it begins." in page
    assert "Is given up before it began" in preview


def test_a_plan_that_is_given_up_is_a_plan_before_and_nothing_after(centre: Centre) -> None:
    before = listed(_EVE)
    people = PairOverlap.objects.as_at(_EVE).filter(pair__authority__slug=_SLUG).count()

    given_up(centre)

    body = StrategicAuthority.objects.get(slug=_SLUG)
    assert (body.opened_on, body.closed_on, body.planned) == (None, AHEAD, True)
    assert "Greater Essex" in before
    assert listed(_EVE) == before
    for day in (AHEAD, AHEAD + timedelta(days=1000)):
        assert "Greater Essex" not in listed(day)
        assert "Greater Essex" not in planned_authorities(on=day)
        assert not PairOverlap.objects.as_at(day).filter(pair__authority=body).exists()
        assert not CouncilMembership.objects.as_at(day).filter(authority=body).exists()
    assert "Greater Essex" in planned_authorities(on=_EVE)
    assert PairOverlap.objects.as_at(_EVE).filter(pair__authority=body).count() == people > 0


def test_its_page_says_when_it_was_given_up(centre: Centre) -> None:
    given_up(centre)
    visitor = Client()

    after = visitor.get(f"/authorities/{_SLUG}/?as_at={AHEAD}").content.decode()
    council = visitor.get(f"/councils/essex/?as_at={AHEAD}").content.decode()

    assert (
        "This authority was given up on 1 April 2027, before it began. The page shows the plan as "
        "on 31 March 2027, its last day."
    ) in after
    assert "No: given up on 1 April 2027, before it began" in after
    assert "iven up before it began" in after.partition("imeline")[2]
    assert "Planned or proposed" not in council


def test_its_people_and_its_governance_end_with_the_plan(centre: Centre) -> None:
    body = Body.objects.get(kind=_KIND, slug=_SLUG)
    person = UserFactory()
    role = MembershipFactory(user=person, role=Role.EDITOR, body=body)
    function = HeldFunctionFactory(
        authority=StrategicAuthority.objects.get(slug=_SLUG), valid=(date(2026, 11, 23), None)
    )

    change = given_up(centre)

    role.refresh_from_db()
    function.refresh_from_db()
    assert role.ended_at is not None
    assert function.valid.upper == AHEAD
    event = AuditEvent.objects.get(action="body.given_up", body=body)
    assert event.detail["ended"] == [f"function {function.function}"]
    assert [line["what"] for line in change.preview["governance"]] == [function.function]


def test_a_plan_with_a_first_day_ahead_is_given_up_too(centre: Centre) -> None:
    body = Body.objects.get(kind=_KIND, slug=_SLUG)
    body.opened_on = date(2028, 5, 4)
    body.save(update_fields=["opened_on"])

    given_up(centre)

    body.refresh_from_db()
    given_up_on = body.closed_on
    assert body.opened_on is None
    assert given_up_on == AHEAD
    event = AuditEvent.objects.get(action="body.given_up", body=body)
    assert event.detail["would_have_begun"] == "2028-05-04"


def test_a_plan_is_refused_at_its_question_before_it_was_on_record(centre: Centre) -> None:
    change = centre.draft(on=date(2026, 9, 15))

    response = centre.send(change, "operation-new", "close", _KIND, body=_SLUG)

    assert response.status_code == 422
    assert "is on record from" in " ".join(errors_of(response)["body"])


@pytest.mark.parametrize("role", [Role.MODERATOR])
def test_only_who_may_propose_takes_a_plan_back(centre: Centre, role: Role) -> None:
    change = centre.draft()

    response = centre.send(change, "operation-new", "close", _KIND, role=role, body=_SLUG)

    assert response.status_code == 403
    assert not change.operations.exists()
