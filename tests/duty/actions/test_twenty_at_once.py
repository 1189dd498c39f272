"""The last hour of a round: twenty authorities submit in the same second, some of them twice.

Under gunicorn, with as many processes and threads as the site runs with.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection
from threading import Barrier
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from authorities.models import AuditEvent
from duty.actions import returns, sign_off
from duty.models import DutyReturn, ReturnDocument, ReturnEvent, ReturnState, Submission
from tests.factories.authorities import StrategicAuthorityFactory
from tests.factories.duty import (
    ReturnStory,
    RoundFactory,
    SpecificationFactory,
    answer_section,
    many_questions,
    tell_return_of,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

AUTHORITIES = 20
CLICK_TWICE = 5
_TOKEN = "a" * 32


@dataclass(frozen=True)
class Form:
    """What a signatory's browser sends."""

    address: str
    headers: dict[str, str]
    body: str


def _waiting() -> list[ReturnStory]:
    """Returns of one round that await their signatures."""
    round_ = RoundFactory(specification=SpecificationFactory(questions=many_questions(1)))
    stories = [
        tell_return_of(authority=StrategicAuthorityFactory(), round_=round_)
        for _ in range(AUTHORITIES)
    ]
    for story in stories:
        answer_section(story, "co-operation")
        returns.mark_section_complete(
            duty_return=story.duty_return, section="co-operation", by=story.editor, at=story.at
        )
        sign_off.send_for_sign_off(duty_return=story.duty_return, by=story.editor, at=story.at)
    return stories


def _form(story: ReturnStory) -> Form:
    client = Client()
    client.force_login(story.signatory)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookies = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={_TOKEN}"
    story.duty_return.refresh_from_db()
    body = {
        "form_key": str(uuid4()),
        "version": story.duty_return.version,
        "declaration_version": 1,
        "declaration": "on",
        "csrfmiddlewaretoken": _TOKEN,
    }
    return Form(
        address=reverse("duty:return-sign", args=[story.round.slug, story.authority.slug]),
        headers={"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"},
        body=urlencode(body),
    )


def _ask(
    host: str, method: str, address: str, headers: dict[str, str], body: str | None = None
) -> tuple[int, str, str]:
    """Return the status, where it leads, and the page."""
    connection = HTTPConnection(host, timeout=120)
    try:
        connection.request(method, address, body=body, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.headers.get("Location", ""), answer.read().decode()
    finally:
        connection.close()


def test_twenty_authorities_submit_in_the_same_second(gunicorn: str) -> None:
    stories = _waiting()
    forms = [_form(story) for story in stories]
    twice = [*forms, *forms[:CLICK_TWICE]]
    start = Barrier(len(twice))

    def send(form: Form) -> tuple[int, str, str]:
        start.wait()
        return _ask(gunicorn, "POST", form.address, form.headers, form.body)

    with ThreadPoolExecutor(len(twice)) as pool:
        answered = list(pool.map(send, twice))

    assert [status for status, _, _ in answered] == [302] * len(twice)
    for story, form, (_, leads_to, _) in zip(stories, forms, answered[:AUTHORITIES], strict=True):
        submission = Submission.objects.get(duty_return=story.duty_return)
        status, _, receipt = _ask(gunicorn, "GET", leads_to, form.headers)
        assert (status, submission.reference in receipt) == (200, True)
    assert Submission.objects.values("reference").distinct().count() == AUTHORITIES
    assert DutyReturn.objects.filter(state=ReturnState.SUBMITTED).count() == AUTHORITIES
    assert ReturnEvent.objects.filter(type="sign").count() == AUTHORITIES
    assert ReturnDocument.objects.count() == AUTHORITIES
    signed = AuditEvent.objects.filter(action="return.sign").values_list("body_id", flat=True)
    assert sorted(signed) == sorted(story.authority.pk for story in stories)
