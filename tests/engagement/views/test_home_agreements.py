"""What partnership agreements ask of people on their first page."""

from dataclasses import replace
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from authorities.models import Body, Role
from duty.actions import standing_records
from duty.standing_records import RecordKind
from tests.factories.agreements import AgreementStory, tell_agreement
from tests.factories.authorities import MembershipFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SIGN = "Partnership agreement “Memorandum on work and health”: sign or decline it"
FIRST = (
    "Partnership agreement “Memorandum on work and health”: "
    "sign it here, so that the ICBs can read and sign it"
)
AGAIN = "Partnership agreement “Another title”: sign it again after a change"
OWN_SIGNATORY = "your signatory to sign"


@pytest.fixture
def story() -> AgreementStory:
    return tell_agreement()


def home_of(body: Body, role: Role = Role.SIGNATORY) -> str:
    """Return the first page of somebody at a body."""
    client = Client()
    client.force_login(MembershipFactory(body=body, role=role).user)
    page: str = client.get(reverse("home")).content.decode()
    return page


def test_an_agreement_waits_for_the_signatory_of_each_icb_once_the_authority_signed(
    story: AgreementStory,
) -> None:
    assert SIGN not in home_of(story.north)
    story.sign(story.authority)
    story.sign(story.south)

    assert SIGN in home_of(story.north)
    editors = home_of(story.north, Role.EDITOR)
    assert (SIGN in editors, OWN_SIGNATORY in editors) == (False, True)
    for body in (story.south, story.authority):
        assert SIGN not in home_of(body)


def test_the_authoritys_signatory_is_asked_first_for_what_is_said_to_be_signed() -> None:
    story = tell_agreement(status="signed", signed_on=date(2026, 5, 1))
    before = [FIRST in home_of(body) for body in (story.authority, story.north)]
    editors = home_of(story.authority, Role.EDITOR)
    story.sign(story.authority)

    assert before == [True, False]
    assert FIRST not in editors
    assert FIRST not in home_of(story.authority)


def test_nobody_is_asked_for_an_agreement_that_is_being_written(story: AgreementStory) -> None:
    assert FIRST not in home_of(story.authority)


def test_a_change_asks_the_authoritys_signatory_again(story: AgreementStory) -> None:
    story.sign(story.authority)
    standing_records.change(
        authority=story.authority,
        kind=RecordKind.AGREEMENT,
        key=story.agreement.pk,
        content=replace(story.content(), title="Another title"),
        expected_version=1,
        by=story.editor,
        at=timezone.now(),
    )

    assert AGAIN in home_of(story.authority)
    assert SIGN not in home_of(story.north)


def test_the_lists_of_commitments_lead_to_the_agreements(story: AgreementStory) -> None:
    of_pair = reverse("commitments:pair", args=[story.authority.slug, story.north.slug])
    for body, page, to in (
        (story.north, "commitments:board", reverse("agreements:board", args=["north"])),
        (
            story.authority,
            "commitments:authority",
            reverse("records:list", args=[story.authority.slug, "agreements"]),
        ),
    ):
        client = Client()
        client.force_login(story.signatory(body))
        assert to in client.get(reverse(page, args=[body.slug])).content.decode()
        assert to in client.get(of_pair).content.decode()
