"""An ICB of an agreement ends: the one that follows becomes party, and is asked again."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from authorities.actions.messages import address_due
from authorities.models import (
    AuditEvent,
    Body,
    Membership,
    Message,
    Reorganisation,
    Role,
)
from duty.agreements import Answer
from duty.models import AgreementParty
from duty.queries.agreements import agreements_of_board, signing_of
from duty.standing_records import RecordKind
from tests.factories import reorganisations as change
from tests.factories.agreements import AgreementStory, agreement_of
from tests.factories.authorities import MembershipFactory
from tests.factories.standing_records import on_record

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def effects_below_engagement(settings: Settings) -> None:
    """Leave out what bodies may still say of findings."""
    settings.REORGANISATION_EFFECTS = [
        one for one in settings.REORGANISATION_EFFECTS if not one.startswith("engagement.")
    ]


@pytest.fixture
def country() -> change.Country:
    return change.small_country()


def west_ends() -> tuple[Any, ...]:
    """East takes over all of West."""
    return (change.Merge(sources=(change.board("west"),), target=change.board("east")),)


def standing_of(story: AgreementStory) -> Any:
    return signing_of(agreements=[story.agreement])[story.agreement.pk].standing


def things_of(done: Reorganisation) -> dict[str, int]:
    return {one["what"]: one["count"] for one in change.preview_of(done)["things"]}


def told(body: Body) -> list[str]:
    address_due(at=timezone.now() + timedelta(days=2))
    people = Membership.objects.filter(body=body).values("user")
    found = Message.objects.filter(recipient__in=people, notice__kind="agreement.waits")
    return list(found.values_list("subject", flat=True))


def test_the_one_that_follows_is_party_and_what_was_signed_stands_as_the_old_ones(
    country: change.Country,
) -> None:
    story = agreement_of(country, [country.west])
    story.sign(country.north)
    story.sign(country.west)
    MembershipFactory(body=country.east, role=Role.SIGNATORY)

    done = change.applied(west_ends())

    (said,) = standing_of(story).boards
    assert (said.body_id, said.answer, said.said_by) == (
        country.east.pk,
        Answer.ASKED_AGAIN,
        country.west.pk,
    )
    assert standing_of(story).signed_at is not None
    assert agreements_of_board(board=country.east, page=1).count == 1
    assert "A partnership agreement waits for your signature" in told(country.east)
    assert things_of(done)["Partnership agreements that go on with the ICB that follows"] == 1
    assert AuditEvent.objects.filter(action="agreement.passed_on").count() == 1
    story.sign(country.east)
    assert standing_of(story).boards[0].answer == Answer.SIGNED


def test_one_that_is_party_already_is_party_once(country: change.Country) -> None:
    story = agreement_of(country, [country.west, country.mid])
    for body in (country.north, country.west, country.mid):
        story.sign(body)

    change.applied((change.Merge(sources=(change.board("west"),), target=change.board("mid")),))

    (said,) = standing_of(story).boards
    assert (said.body_id, said.answer) == (country.mid.pk, Answer.SIGNED)
    assert AgreementParty.objects.get(board=country.west).followed_by.board == country.mid


def test_where_several_follow_the_one_that_serves_the_authoritys_people_is_party(
    country: change.Country,
) -> None:
    story = agreement_of(country, [country.mid])
    story.sign(country.north)
    story.sign(country.mid)

    change.applied(change.mid_splits())

    (said,) = standing_of(story).boards
    assert (said.body_id, said.said_by) == (country.west.pk, country.mid.pk)


def test_where_several_of_them_serve_it_its_place_stays_as_it_is(country: change.Country) -> None:
    row = on_record(
        country.south,
        RecordKind.AGREEMENT,
        by=MembershipFactory(body=country.south, role=Role.EDITOR).user,
        boards=("mid",),
    )

    done = change.applied(change.mid_splits())

    assert AgreementParty.objects.get(agreement_id=row.pk).board == country.mid
    what = "Partnership agreements of an ICB that no single one follows"
    assert things_of(done)[what] == 1


def test_a_draft_that_nobody_signed_tells_nobody(country: change.Country) -> None:
    story = agreement_of(country, [country.west])
    MembershipFactory(body=country.east, role=Role.SIGNATORY)

    change.applied(west_ends())

    (said,) = standing_of(story).boards
    assert (said.body_id, said.answer) == (country.east.pk, Answer.WAITS)
    assert told(country.east) == []
    assert agreements_of_board(board=country.east, page=1).count == 0
