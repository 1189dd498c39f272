"""The pages of what is due, what failed and what was sent."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from authorities.actions import message_sending, messages
from authorities.models import AuditEvent, Message, Notice
from duty.models import ExpectedReturn, Round
from tests.factories.duty import tell_return, today
from tests.factories.rounds import make_centre
from tests.factories.stored_changes import stored_change

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def centre():
    return make_centre()


@pytest.fixture
def story():
    """A return that is due in two days, of which nobody was reminded."""
    due = today() + timedelta(days=2)
    return tell_return(due_on=due, edits_until=due + timedelta(days=9))


def submitted_notice(story, *, key="one"):
    """A notice that goes to everybody of the authority, about its round."""
    messages.announce(
        kind="round.open",
        key=key,
        about=story.round.pk,
        occasion=story.round.pk,
        body_id=story.authority.pk,
        at=timezone.now(),
    )


def page(client, person, name="authorities:message-list", *args):
    client.force_login(person)
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_is_due_is_told_by_body_and_number_of_people(client, centre, story):
    text = page(client, centre.analyst)

    assert "South Testshire" in text
    assert "Reminder" in text
    assert "Due today" in text
    assert story.editor.email not in text


def test_who_has_submitted_is_not_among_what_is_due(client, centre, story):
    story.duty_return.state = "submitted"
    story.duty_return.save()

    assert "Reminder" not in page(client, centre.analyst)


def test_what_was_sent_is_told_with_its_subject_and_addresses_only_to_administrators(
    client, centre, story
):
    submitted_notice(story)
    message_sending.send_waiting(at=timezone.now())

    to_analyst = page(client, centre.analyst)
    to_administrator = page(client, centre.administrator)

    assert f"{story.round.name}: open" in to_analyst
    assert story.editor.email not in to_analyst
    assert story.editor.email in to_administrator


def test_the_page_of_a_round_has_its_own_messages_only(client, centre, story):
    other = tell_return(slug="other")
    submitted_notice(story)
    submitted_notice(other, key="two")
    message_sending.send_waiting(at=timezone.now())

    text = page(client, centre.administrator, "rounds:messages", story.round.slug)

    assert f"{story.round.name}: open" in text
    assert f"{other.round.name}: open" not in text


def fail(story, settings):
    """Let every message fail for good."""
    submitted_notice(story)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    message_sending.send_waiting(at=timezone.now())
    Message.objects.update(failed_at=timezone.now())


def test_what_failed_is_shown_and_an_administrator_lets_it_be_tried_again(
    client, centre, story, settings
):
    fail(story, settings)
    to_analyst = page(client, centre.analyst)
    to_administrator = page(client, centre.administrator)
    url = reverse("authorities:message-try-again", args=[Message.objects.earliest("pk").pk])

    answers = [client.post(url, follow=True).content.decode() for _ in range(2)]

    assert "Refused" in to_analyst
    assert "Try again" not in to_analyst
    assert url in to_administrator
    assert "tried again within minutes" in answers[0]
    assert "being tried again" in answers[1]
    assert AuditEvent.objects.filter(action="message.tried_again").count() == 1


def test_an_analyst_may_not_try_again(client, centre, story, settings):
    fail(story, settings)
    client.force_login(centre.analyst)

    answer = client.post(
        reverse("authorities:message-try-again", args=[Message.objects.earliest("pk").pk])
    )

    assert answer.status_code == 403
    assert Message.objects.filter(failed_at__isnull=True).count() == 0


def test_a_notice_that_could_not_be_addressed_can_be_tried_again(client, centre, story):
    submitted_notice(story)
    Notice.objects.update(attempts=8, error="LookupError: gone")
    notice = Notice.objects.get()

    text = page(client, centre.administrator)
    client.post(reverse("authorities:notice-try-again", args=[notice.pk]))

    assert "LookupError: gone" in text
    assert Notice.objects.get().attempts == 0


@pytest.mark.parametrize("name", ["message", "notice"])
def test_what_is_not_there_cannot_be_tried_again(client, centre, story, name):
    client.force_login(centre.administrator)

    answer = client.post(reverse(f"authorities:{name}-try-again", args=[story.round.pk]))

    assert answer.status_code == 404


def test_a_moderator_may_not_read_them(client, centre):
    client.force_login(centre.moderator)

    assert client.get(reverse("authorities:message-list")).status_code == 403


def many(story, *, count=30, **state):
    """Notices about the round, each with one message."""
    at = timezone.now()
    for number in range(count):
        notice = Notice.objects.create(
            kind="round.open",
            key=f"{sorted(state)} {number}",
            about=story.round.pk,
            occasion=story.round.pk,
            body=story.authority,
            due_at=at,
            next_attempt_at=at,
            addressed_at=at,
        )
        Message.objects.create(
            notice=notice,
            recipient=story.editor,
            subject=f"{'Sent' if 'sent_at' in state else 'Lost'} number {number}.",
            text="Words",
            due_at=at,
            next_attempt_at=at,
            **state,
        )


def many_waiting(story, *, count=30, **state):
    """Notices about the round that nobody was sent yet."""
    for number in range(count):
        Notice.objects.create(
            kind="round.open",
            key=f"{sorted(state)} waits {number}",
            about=story.round.pk,
            occasion=story.round.pk,
            body=story.authority,
            due_at=timezone.now(),
            next_attempt_at=timezone.now(),
            **state,
        )


@pytest.mark.parametrize("name", ["authorities:message-list", "rounds:messages"])
def test_the_list_of_what_was_sent_is_paged(client, centre, story, name):
    many(story, sent_at=timezone.now())
    texts = pages_of(client, centre.analyst, address(name, story), "page", (1, 2, 9, "x"))

    assert [text.count("Sent number ") for text in texts] == [25, 5, 5, 25]
    assert all("30 messages sent" in text for text in texts)


@pytest.mark.parametrize("name", ["authorities:message-list", "rounds:messages"])
def test_the_list_of_what_failed_is_paged_over_both_of_its_parts(client, centre, story, name):
    many_waiting(story, attempts=8, error="LookupError: gone")
    many(story, failed_at=timezone.now(), error="Refused")

    texts = pages_of(client, centre.analyst, address(name, story), "failed", (1, 2, 3, 9, "0"))

    assert [text.count("LookupError: gone") for text in texts] == [25, 5, 0, 0, 25]
    assert [text.count("Lost number ") for text in texts] == [0, 20, 10, 10, 0]
    assert all("60 messages could not be sent" in text for text in texts)


@pytest.mark.parametrize("name", ["authorities:message-list", "rounds:messages"])
def test_the_list_of_what_is_due_is_paged(client, centre, story, name):
    many_waiting(story)

    texts = pages_of(client, centre.analyst, address(name, story), "due", (1, 2, 9, "-1"))

    rows = [text.count('data-l="On"') for text in texts]
    count = rows[0] + rows[1]
    assert rows == [25, count - 25, count - 25, 25]
    assert count > 30
    assert all(f"{count} messages due, as things stand today" in text for text in texts)


def test_a_step_in_one_list_leaves_the_others_where_they_are(client, centre, story):
    many(story, sent_at=timezone.now())
    many(story, failed_at=timezone.now(), error="Refused")
    client.force_login(centre.analyst)

    text = client.get(
        reverse("authorities:message-list"), {"page": "2", "failed": "2"}
    ).content.decode()

    assert 'href="?failed=2&amp;page=1#sent"' in text
    assert 'href="?page=2&amp;failed=1#failed"' in text


def address(name, story):
    return reverse(name, args=[story.round.slug] if name.startswith("rounds") else [])


def pages_of(client, person, url, parameter, asked):
    client.force_login(person)
    return [client.get(url, {parameter: number}).content.decode() for number in asked]


@pytest.mark.parametrize(
    ("changes", "expects"),
    [
        ({"state": "scheduled", "opens_on": 3, "due_on": 10}, "Round opened"),
        # Later than the days ahead.
        ({"state": "scheduled", "opens_on": 9, "due_on": 10}, ""),
        ({"state": "open", "edits_until": 3}, "Round closed"),
        ({"state": "open", "edits_until": 7}, ""),
    ],
)
def test_openings_and_closings_are_listed_ahead_and_not_written(
    client, centre, story, changes, expects
):
    dates = {
        name: today() + timedelta(days=days) for name, days in changes.items() if name != "state"
    }
    Round.objects.filter(pk=story.round.pk).update(**changes | dates)

    text = page(client, centre.analyst, "rounds:messages", story.round.slug)

    assert {word for word in ("Round opened", "Round closed") if word in text} == (
        {expects} if expects else set()
    )
    messages.announce_day(at=timezone.now().replace(hour=12))
    assert not Notice.objects.filter(kind__in=["round.open", "round.close"]).exists()


def test_who_has_an_extension_is_not_told_of_the_closing(client, centre, story):
    Round.objects.filter(pk=story.round.pk).update(edits_until=today() + timedelta(days=3))
    later = today() + timedelta(days=6)
    ExpectedReturn.objects.update(
        extended_due_on=later, extended_edits_until=later, extension_reason="Flood"
    )

    rows = re.findall(r"<tr.*?</tr>", page(client, centre.analyst), re.S)
    name = story.authority.names.get().name
    assert not [row for row in rows if "Round closed" in row and f"\n{name}\n" in row]


def test_dated_changes_of_bodies_are_listed_ahead(client, centre):
    stored_change(
        by=centre.analyst,
        state="scheduled",
        approved_by=centre.lead_analyst,
        on=today() + timedelta(days=2),
    )

    assert "Change of bodies applied" in page(client, centre.analyst)
