"""Who is told what became of a round."""

from datetime import timedelta

import pytest
from django.utils import timezone

from authorities.actions import messages
from authorities.actions.membership_messages import NO_SIGNATORY
from authorities.models import Message, Notice, Role
from duty.actions import round_bodies, round_jobs, round_stages
from duty.models import RoundState
from tests.factories.authorities import MembershipFactory
from tests.factories.duty import ExpectedReturnFactory, RoundFactory, submit, tell_return, today
from tests.factories.rounds import make_centre

pytestmark = pytest.mark.django_db


def told():
    """Subjects by recipient, once each notice is addressed."""
    messages.address_due(at=timezone.now())
    return sorted(Message.objects.values_list("recipient__email", "subject"))


def test_only_people_of_authorities_that_are_expected_are_told_once_that_a_round_is_open():
    expected = MembershipFactory(role=Role.SIGNATORY).user
    MembershipFactory()
    gone = MembershipFactory(body=expected.memberships.get().body)
    gone.ended_at = timezone.now() - timedelta(minutes=1)
    gone.save()
    made = RoundFactory(state=RoundState.SCHEDULED, opens_on=today(), name="Autumn 2026")
    authority = expected.memberships.get().body.strategicauthority
    ExpectedReturnFactory(round=made, authority=authority)

    for _time in range(2):
        round_jobs.turn_due(at=timezone.now())

    assert told() == [(expected.email, "Autumn 2026: open")]
    text = Message.objects.get().text
    assert f"/rounds/{made.slug}/returns/{authority.slug}/" in text


def test_mails_of_a_test_round_begin_with_test():
    member = MembershipFactory(role=Role.SIGNATORY)
    made = RoundFactory(
        state=RoundState.SCHEDULED, opens_on=today(), name="Autumn 2026", is_test=True
    )
    ExpectedReturnFactory(round=made, authority=member.body.strategicauthority)

    round_jobs.turn_due(at=timezone.now())

    assert told() == [(member.user.email, "[TEST] Autumn 2026: open")]


def test_an_extension_is_told_to_its_authority_and_a_changed_one_again():
    story = tell_return()
    other = tell_return(slug="other", round_=story.round)
    analyst = make_centre().analyst

    for days in (5, 9):
        round_bodies.extend(
            round_=story.round,
            authority=story.authority,
            due_on=story.round.due_on + timedelta(days=days),
            edits_until=story.round.edits_until + timedelta(days=days),
            reason="A flood that nobody should read of in a mail",
            by=analyst,
            at=timezone.now(),
        )
        told()

    emails = [email for email, _ in told()]
    assert sorted(set(emails)) == sorted([story.editor.email, story.signatory.email])
    assert len(emails) == 4
    assert other.editor.email not in emails
    assert not Message.objects.filter(text__contains="flood").exists()


def test_one_that_has_submitted_is_told_what_its_extension_is_for():
    story = tell_return()
    submit(story)
    until = story.round.edits_until + timedelta(days=5)

    round_bodies.extend(
        round_=story.round,
        authority=story.authority,
        due_on=until,
        edits_until=until,
        reason="Its own views",
        by=make_centre().analyst,
        at=timezone.now(),
    )
    told()

    texts = set(Message.objects.filter(notice__kind="round.extend").values_list("text", flat=True))
    assert len(texts) == 1
    assert "Your return was submitted, and stays as it is." in texts.pop()


def test_more_days_are_told_to_all_that_are_expected():
    story = tell_return()
    other = tell_return(slug="other", round_=story.round)

    round_stages.reopen(
        round_=story.round,
        edits_until=story.round.edits_until + timedelta(days=1),
        reply_opens_on=story.round.reply_opens_on,
        reply_closes_on=story.round.reply_closes_on,
        publish_at=story.round.publish_at,
        reason="Outage",
        by=make_centre().administrator,
        at=timezone.now(),
    )

    people = (story.editor, story.signatory, other.editor, other.signatory)
    assert [email for email, _ in told()] == sorted(person.email for person in people)
    assert {subject for _, subject in told()} == {f"{story.round.name}: more days"}


def test_who_is_added_to_an_open_round_is_told_that_it_is_open_and_nobody_else():
    story = tell_return()
    joining = MembershipFactory(role=Role.EDITOR)
    authority = joining.body.strategicauthority
    centre = make_centre()

    round_bodies.change_expected(
        round_=story.round,
        authorities=[story.authority, authority],
        reason="It was left out.",
        by=centre.administrator,
        at=timezone.now(),
    )

    assert told() == [(joining.user.email, f"{story.round.name}: open")]
    # Nobody can sign there, which is told with the morning's mail.
    assert [one.about for one in Notice.objects.filter(kind=NO_SIGNATORY)] == [authority.pk]


def test_who_is_added_to_a_round_that_has_not_opened_is_told_when_it_opens():
    made = RoundFactory(state=RoundState.SCHEDULED)
    ExpectedReturnFactory(round=made)
    joining = MembershipFactory(role=Role.SIGNATORY)

    round_bodies.change_expected(
        round_=made,
        authorities=[joining.body.strategicauthority],
        reason="It was left out.",
        by=make_centre().administrator,
        at=timezone.now(),
    )

    assert told() == []
