"""The pages of a round's reply: what is stored, and what is said where it is not."""

from datetime import timedelta

import pytest
from django.urls import reverse

from duty.models import RoundState
from tests.factories.authorities import NationalMembershipFactory
from tests.factories.duty import RoundFactory, today

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def administrator(client):
    person = NationalMembershipFactory(role="administrator").user
    client.force_login(person)
    return person


def days(name, value):
    return {f"{name}_{part}": getattr(value, part) for part in ("day", "month", "year")}


def test_the_time_of_publication_is_changed_and_a_wrong_day_said_at_its_field(
    client, administrator
):
    made = RoundFactory(state=RoundState.CLOSED)
    url = reverse("rounds:move-publication", args=[made.slug])
    sent = {"publish_time": "9:30", "reason": "The minister is away."}

    wrong = client.post(url, {**sent, **days("publish_on", today())})
    stored = client.post(
        url, {**sent, **days("publish_on", made.reply_closes_on + timedelta(days=40))}, follow=True
    )

    made.refresh_from_db()
    assert wrong.status_code == 422
    assert "The publication must be after the day the reply closes" in wrong.content.decode()
    assert "The minister is away." in wrong.content.decode()
    assert "The round is published on" in stored.content.decode()
    assert made.publish_at.date() == made.reply_closes_on + timedelta(days=40)


def test_more_days_to_reply_are_given(client, administrator):
    made = RoundFactory(state=RoundState.IN_REPLY)
    later = made.reply_closes_on + timedelta(days=5)
    url = reverse("rounds:reopen-reply", args=[made.slug])
    sent = {"publish_time": "9:30", "reason": "Snow.", **days("replies_until", later)}

    client.post(url, {**sent, **days("publish_on", later + timedelta(days=9))})

    made.refresh_from_db()
    assert (made.state, made.reply_closes_on) == (RoundState.IN_REPLY, later)


def test_a_reply_is_not_started_before_its_day(client, administrator):
    made = RoundFactory(state=RoundState.CLOSED)

    response = client.post(reverse("rounds:start-reply", args=[made.slug]))

    assert response.status_code == 422
    assert "The first day of the reply has not come." in response.content.decode()


def test_each_page_of_the_reply_says_that_bodies_read_and_may_reply(client, administrator):
    made = RoundFactory(state=RoundState.CLOSED)
    client.force_login(administrator)
    start = client.get(reverse("rounds:start-reply", args=[made.slug])).content.decode()
    plan = client.get(reverse("rounds:new")).content.decode()
    made.state = RoundState.IN_REPLY
    made.save()
    control = client.get(reverse("rounds:control", args=[made.slug])).content.decode()

    for page in (start, control, plan):
        assert "what the centre found of them, and may reply" in " ".join(page.split())
