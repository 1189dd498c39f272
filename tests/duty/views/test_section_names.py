"""Sections that a version calls and orders in its own way are called so wherever they are named."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from authorities.actions import messages
from authorities.models import Message, Role, User
from duty.actions import review, sign_off, specifications
from duty.models import Specification
from tests.factories.authorities import MembershipFactory
from tests.factories.duty import (
    ReturnStory,
    RoundFactory,
    many_questions,
    send,
    submit,
    tell_return,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

FIRST, SECOND = "Joint work", "Our plan"


@pytest.fixture
def story() -> ReturnStory:
    """A return whose version calls two sections in its own way, and asks one of them first."""
    made = specifications.load_specification(
        questions=many_questions(5), version=1, title="Own words", by=None, at=timezone.now()
    )
    Specification.objects.filter(pk=made.pk).update(
        sections={
            "outcomes-framework": {"title": FIRST, "place": -1},
            "strategy": {"title": SECOND, "place": 7},
        }
    )
    made = specifications.publish(specification=made, by=None, at=timezone.now())
    return tell_return(round_=RoundFactory(specification=made))


def words(client: Client, user: User, url: str) -> str:
    """The words of a page."""
    client.force_login(user)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", client.get(url).content.decode()))


def test_who_declines_is_offered_them_and_the_authority_reads_them(story, client):
    send(story)
    own = [story.round.slug, story.authority.slug]

    form = words(client, story.signatory, reverse("duty:return-sign-off", args=own))
    sign_off.decline(
        duty_return=story.duty_return,
        reason="Say more",
        sections=["strategy", "outcomes-framework"],
        by=story.signatory,
        at=timezone.now(),
    )
    back = words(client, story.editor, reverse("duty:return-tasks", args=own))
    answer = client.get(f"/api/v1/returns/{story.duty_return.pk}/").json()

    offered = form[form.index("Which sections need changes?") :]
    assert offered.index(FIRST) < offered.index("Co-operation") < offered.index(SECOND)
    assert f"because of 2 sections: {FIRST}, {SECOND}" in back
    assert answer["sections"][0]["title"] == FIRST
    assert SECOND in [one["title"] for one in answer["sections"]]


def test_who_asks_for_changes_is_offered_them_and_all_are_told_of_them(story, client):
    submit(story)
    story.duty_return.refresh_from_db()
    analyst = MembershipFactory(role=Role.ANALYST).user
    page = reverse("duty:review-request-changes", args=[story.duty_return.pk])

    form = words(client, analyst, page)
    review.request_changes(
        duty_return=story.duty_return,
        reason="Say more",
        sections=["strategy", "outcomes-framework"],
        expected_version=story.duty_return.version,
        by=analyst,
        at=timezone.now(),
    )
    history = words(client, analyst, reverse("duty:review-return", args=[story.duty_return.pk]))
    messages.address_due(at=timezone.now())

    offered = form[form.index("Which sections need changes?") :]
    assert offered.index(FIRST) < offered.index("Co-operation") < offered.index(SECOND)
    assert f"{FIRST}, {SECOND}" in history
    told = Message.objects.filter(notice__kind="return.request_changes")[0]
    assert f"changes in {FIRST}, {SECOND}" in told.text
