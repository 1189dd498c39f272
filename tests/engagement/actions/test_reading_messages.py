"""Who may approve a version is told that it waits; who wrote in it never is."""

import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from authorities.actions import messages, thresholds
from authorities.models import Message, Role
from engagement.actions import reading_drafts, sliver_threshold
from tests.engagement.actions.test_reading_drafts import proposed
from tests.factories import engagement as make

pytestmark = pytest.mark.django_db


def told(kind: str) -> set[str]:
    messages.address_due(at=timezone.now())
    return set(Message.objects.filter(notice__kind=kind).values_list("recipient__email", flat=True))


@pytest.fixture
def centre(configuration):
    return {
        role: make.central(role)
        for role in (Role.ANALYST, Role.LEAD_ANALYST, Role.MODERATOR, Role.ADMINISTRATOR)
    }


def test_a_draft_that_is_proposed_is_told_to_who_may_approve_it_and_no_author(centre):
    author, other = centre[Role.LEAD_ANALYST], make.central(Role.LEAD_ANALYST)

    proposed(author)

    found = told("reading.draft_proposed")
    assert other.email in found
    assert centre[Role.ADMINISTRATOR].email in found
    assert not {author.email, centre[Role.ANALYST].email, centre[Role.MODERATOR].email} & found


def test_what_was_given_back_meanwhile_is_told_to_nobody(centre):
    draft = proposed(centre[Role.ANALYST])
    reading_drafts.decline(
        draft_id=draft.pk,
        expected_revision=draft.revision,
        reason="Not yet.",
        by=centre[Role.LEAD_ANALYST],
        at=make.NOW,
    )

    assert told("reading.draft_proposed") == set()


def test_a_threshold_that_is_proposed_is_told_once_and_not_to_who_proposed_it(centre):
    lead, other = centre[Role.LEAD_ANALYST], make.central(Role.LEAD_ANALYST)
    said = {
        "share": Decimal("0.05"),
        "holds_from": timezone.localdate() + timedelta(days=30),
        "reason": "Fewer.",
        "form_key": uuid.uuid4(),
        "by": lead,
        "at": timezone.now(),
    }

    for _time in range(2):
        made = sliver_threshold.propose(**said)

    found = told("reading.threshold_proposed")
    assert other.email in found
    assert lead.email not in found
    text = Message.objects.filter(notice__kind="reading.threshold_proposed")[0].text
    assert f"/{made.number}/" in text


def test_a_threshold_that_was_decided_meanwhile_is_told_to_nobody(centre):
    made = sliver_threshold.propose(
        share=Decimal("0.05"),
        holds_from=timezone.localdate() + timedelta(days=30),
        reason="Fewer.",
        form_key=uuid.uuid4(),
        by=centre[Role.ANALYST],
        at=timezone.now(),
    )
    thresholds.decline(
        number=made.number, reason="No.", by=centre[Role.LEAD_ANALYST], at=timezone.now()
    )

    assert told("reading.threshold_proposed") == set()
