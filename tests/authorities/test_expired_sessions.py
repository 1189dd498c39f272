"""Sessions that are over are forgotten each night; those that last are not."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session

from authorities.actions import expired_sessions
from duty.actions import unsent
from duty.models import UnsentText
from tests.factories.authorities import UserFactory

AT = datetime(2026, 11, 30, 3, 30, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def test_sessions_that_are_over_go_in_batches_and_the_others_stay(monkeypatch) -> None:
    monkeypatch.setattr(expired_sessions, "_BATCH", 2)
    for number in range(5):
        Session.objects.create(
            session_key=f"over-{number}", expire_date=AT - timedelta(minutes=number)
        )
    Session.objects.create(session_key="lasts", expire_date=AT + timedelta(seconds=1))

    first, again = expired_sessions.forget_expired(at=AT), expired_sessions.forget_expired(at=AT)

    assert (first, again) == (5, 0)
    assert [one.session_key for one in Session.objects.all()] == ["lasts"]


def test_a_text_that_nobody_fetched_goes_after_a_day() -> None:
    person = UserFactory()
    for path, age in (("/old/", timedelta(days=1)), ("/new/", timedelta(hours=23))):
        UnsentText.objects.create(user=person, path=path, fields=[], kept_at=AT - age)

    assert unsent.forget_old(at=AT) == 1
    assert [one.path for one in UnsentText.objects.all()] == ["/new/"]
