"""Whom a step of a return is told by mail."""

import logging
from uuid import uuid4

import pytest
from django.core import mail
from django.utils import timezone

from authorities.actions import message_sending, messages
from authorities.models import Membership, Message, Role, User
from duty.actions import returns, review, sign_off
from tests.factories.authorities import MembershipFactory
from tests.factories.duty import ReturnStory, send, submit, tell_return

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def story() -> ReturnStory:
    """A return that was signed and submitted, of which everybody was told."""
    told = tell_return()
    submit(told)
    address()
    return told


@pytest.fixture
def analyst() -> User:
    """Somebody who reviews returns."""
    return MembershipFactory(role=Role.ANALYST).user


def take(name: str, story: ReturnStory, by: User, **more: object) -> None:
    """Take a step of the review."""
    story.duty_return.refresh_from_db()
    getattr(review, name)(
        duty_return=story.duty_return,
        expected_version=story.duty_return.version,
        by=by,
        at=timezone.now(),
        **more,
    )


def resubmit(story: ReturnStory) -> None:
    """Confirm the section that came back, send and sign."""
    returns.mark_section_complete(
        duty_return=story.duty_return, section="about", by=story.editor, at=timezone.now()
    )
    sign_off.send_for_sign_off(duty_return=story.duty_return, by=story.editor, at=timezone.now())
    sign_off.sign_and_submit(
        duty_return=story.duty_return,
        declaration_ticked=True,
        form_key=uuid4(),
        by=story.signatory,
        at=timezone.now(),
    )


def address() -> None:
    """Ask of what was written so far whom it concerns."""
    messages.address_due(at=timezone.now())


def told(kind: str) -> set[User]:
    """Who is written to about this."""
    address()
    return {row.recipient for row in Message.objects.filter(notice__kind=kind)}


def test_a_submission_is_told_to_both_roles_and_nobody_else(story):
    MembershipFactory(role=Role.EDITOR)

    assert told("return.submitted") == {story.editor, story.signatory}
    assert Message.objects.count() == 2


def test_a_request_is_told_to_both_roles_with_its_sections_and_no_names(story, analyst):
    take("request_changes", story, analyst, sections=["about", "strategy"], reason="CANARY")

    assert told("return.request_changes") == {story.editor, story.signatory}
    row = Message.objects.filter(notice__kind="return.request_changes")[0]
    assert "changes in Strategy, About this return" in row.text
    assert f"/rounds/{story.round.slug}/returns/{story.authority.slug}/" in row.text
    assert "CANARY" not in row.text
    assert analyst.full_name not in row.text


def test_who_asked_for_changes_is_told_when_they_come(story, analyst):
    other = MembershipFactory(role=Role.ANALYST).user
    take("request_changes", story, analyst, sections=["about"], reason="Say more")

    resubmit(story)

    assert told("return.resubmitted") == {analyst}
    assert other not in told("return.resubmitted")
    assert Message.objects.filter(notice__kind="return.submitted").count() == 4
    assert (
        f"/review/returns/{story.duty_return.pk}/"
        in Message.objects.get(notice__kind="return.resubmitted").text
    )


def test_who_asked_and_has_left_the_centre_is_not_told(story, analyst):
    take("request_changes", story, analyst, sections=["about"], reason="Say more")
    Membership.objects.filter(user=analyst).update(ended_at=timezone.now())

    resubmit(story)

    assert told("return.resubmitted") == set()


@pytest.mark.parametrize("name", ["accept", "reopen"])
def test_what_the_centre_did_is_told_to_both_roles(story, analyst, name):
    take(name, story, analyst, **({} if name == "accept" else {"reason": "They asked"}))

    assert told(f"return.{name}") == {story.editor, story.signatory}


def test_a_second_acceptance_is_told_again(story):
    lead = MembershipFactory(role=Role.LEAD_ANALYST).user
    for name, more in (("accept", {}), ("unaccept", {"reason": "Too soon"}), ("accept", {})):
        take(name, story, lead, **more)
        address()

    assert Message.objects.filter(notice__kind="return.accept").count() == 4
    assert Message.objects.filter(notice__kind="return.unaccept").count() == 2


def test_a_form_sent_twice_writes_once(story, analyst):
    story.duty_return.refresh_from_db()
    for _ in range(2):
        review.accept(
            duty_return=story.duty_return,
            expected_version=story.duty_return.version,
            by=analyst,
            at=timezone.now(),
        )
    address()

    assert Message.objects.filter(notice__kind="return.accept").count() == 2


def test_whoever_has_left_before_it_is_sent_gets_nothing(story, caplog):
    User.objects.filter(pk=story.editor.pk).update(is_active=False)

    with caplog.at_level(logging.DEBUG):
        message_sending.send_waiting(at=timezone.now())

    assert {person for sent in mail.outbox for person in sent.to} == {story.signatory.email}
    assert not any(person.email in caplog.text for person in (story.editor, story.signatory))


def test_a_mail_about_a_test_round_says_so_at_once():
    submit(tell_return(is_test=True))
    address()

    subjects = list(Message.objects.values_list("subject", flat=True))
    assert len(subjects) == 2
    assert all(subject.startswith("[TEST] ") for subject in subjects)


def test_who_may_sign_is_told_that_it_waits_and_who_wrote_that_it_is_locked():
    sent = tell_return()
    both = MembershipFactory(body=sent.authority, role=Role.SIGNATORY).user
    MembershipFactory(body=sent.authority, user=both, role=Role.EDITOR)
    send(sent)
    address()

    texts = {row.recipient: row.text for row in Message.objects.all()}
    assert set(texts) == {sent.editor, sent.signatory, both}
    assert "waits for your signature" in texts[sent.signatory]
    assert "waits for your signature" in texts[both]
    assert "locked until it is signed" in texts[sent.editor]
    assert all("/sign-off/" in text for text in texts.values())


def test_a_decline_is_told_to_both_roles_in_their_own_words_without_its_reason():
    sent = tell_return()
    send(sent)
    sign_off.decline(
        duty_return=sent.duty_return,
        reason="CANARY",
        sections=["about"],
        by=sent.signatory,
        at=timezone.now(),
    )

    address()
    found = Message.objects.filter(notice__kind="return.decline")
    texts = {row.recipient: row.text for row in found}
    assert set(texts) == {sent.editor, sent.signatory}
    assert texts[sent.editor] != texts[sent.signatory]
    assert not any("CANARY" in text for text in texts.values())


def test_a_recall_is_told_to_those_who_were_asked_to_sign():
    sent = tell_return()
    send(sent)
    sign_off.recall(duty_return=sent.duty_return, by=sent.editor, at=timezone.now())

    assert told("return.recall") == {sent.signatory}
