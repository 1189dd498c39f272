"""What the page for signing warns of, and what a signature keeps."""

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from authorities.models import Membership, Role
from duty.actions import sign_off
from duty.models import Declaration
from duty.questions import Answer as Given
from tests.factories.authorities import MembershipFactory
from tests.factories.duty import ReturnStory, answer, complete, mark_complete, send, submit
from tests.factories.duty import tell_return as told

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

FRESH_EYES = "Another signatory could read it with fresh eyes"


def page_of(story: ReturnStory, who: str, name: str = "return-sign-off") -> str:
    """The words of a page of the return, as somebody reads it."""
    client = Client()
    client.force_login(getattr(story, who))
    page = client.get(reverse(f"duty:{name}", args=[story.round.slug, story.authority.slug]))
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


@pytest.mark.parametrize(
    ("wrote", "another", "warned"),
    [
        ("all of it", True, True),
        ("all of it", False, False),
        ("all but one answer", True, False),
        ("nothing", True, False),
    ],
)
def test_who_signs_only_what_they_wrote_is_warned_where_another_could(wrote, another, warned):
    story = told()
    if another:
        MembershipFactory(body=story.authority, role=Role.SIGNATORY)
    complete(story)
    if wrote != "nothing":
        story.duty_return.answers.update(updated_by=story.signatory)
    if wrote == "all but one answer":
        answer(story, "AB1", Given(value={"text": "Other words"}))
        mark_complete(story, "about", by=story.editor, at=timezone.now())
    sign_off.send_for_sign_off(duty_return=story.duty_return, by=story.editor, at=story.at)

    assert (FRESH_EYES in page_of(story, "signatory")) is warned


def test_a_warning_is_no_refusal():
    story = told()
    MembershipFactory(body=story.authority, role=Role.SIGNATORY)
    complete(story)
    story.duty_return.answers.update(updated_by=story.signatory)
    sign_off.send_for_sign_off(duty_return=story.duty_return, by=story.editor, at=story.at)

    stored = sign_off.sign_and_submit(
        duty_return=story.duty_return,
        declaration_ticked=True,
        form_key=uuid4(),
        by=story.signatory,
        at=story.at,
    )

    assert stored.submitted_by == story.signatory


def test_that_nobody_can_sign_is_said_before_anything_is_sent():
    story = told()
    before = page_of(story, "editor"), page_of(story, "editor", "return-tasks")
    Membership.objects.filter(user=story.signatory).update(ended_at=timezone.now())

    card, tasks = page_of(story, "editor"), page_of(story, "editor", "return-tasks")

    assert "Nobody yet. Ask an administrator to add a signatory." in card
    assert "Signatories: none yet." in tasks
    assert not any("Nobody yet" in page or "none yet" in page for page in before)
    assert story.signatory.full_name in before[0]
    assert story.signatory.full_name in before[1]


def test_a_return_whose_signatory_left_meanwhile_says_so_to_who_waits():
    story = told()
    send(story)
    Membership.objects.filter(user=story.signatory).update(ended_at=timezone.now())

    assert "Signatories: none." in page_of(story, "editor", "return-tasks")


def test_a_signature_keeps_the_text_and_version_of_the_declaration_that_was_signed():
    story = told()
    Declaration.objects.create(version=2, text="I may sign, and it is so.")
    stored = submit(story)
    Declaration.objects.create(version=3, text="Later words.")

    shown = page_of(story, "editor", "return-submitted")

    assert stored.declaration == Declaration.objects.get(version=2)
    assert stored.content["declaration"] == {"version": 2, "text": "I may sign, and it is so."}
    assert "I may sign, and it is so." in shown
    assert "Later words." not in shown


def test_how_the_framework_with_each_icb_is_signed_stands_beside_the_signature():
    story = told(boards=1)
    line = "Outcomes framework with South Testshire Board 1: none: no framework with this ICB"

    before = page_of(story, "signatory")
    tasks = page_of(story, "editor", "return-tasks")
    submit(story)
    after = page_of(story, "signatory") + page_of(story, "editor", "return-tasks")

    assert line in before
    assert f"{line} is recorded on this site (this does not hold up your return)" in tasks
    # What was submitted keeps what was so then; it stands in its answers.
    assert line not in after
