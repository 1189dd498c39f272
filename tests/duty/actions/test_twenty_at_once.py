"""The last hour of a round: twenty authorities submit in the same second, some of them twice."""

from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from threading import Barrier
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from pytest_django.live_server_helper import LiveServer

from duty.actions import returns, sign_off
from duty.models import ReturnEvent, Submission
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


def _form(story: ReturnStory) -> tuple[str, dict[str, str], str]:
    """The address, the headers and the body of a signatory's form."""
    client = Client()
    client.force_login(story.signatory)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookies = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={_TOKEN}"
    address = reverse("duty:return-sign", args=[story.round.slug, story.authority.slug])
    body = {"form_key": str(uuid4()), "declaration": "on", "csrfmiddlewaretoken": _TOKEN}
    return (
        address,
        {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"},
        urlencode(body),
    )


def test_twenty_authorities_submit_in_the_same_second(live_server: LiveServer) -> None:
    stories = _waiting()
    forms = [_form(story) for story in stories]
    forms += forms[:CLICK_TWICE]
    start = Barrier(len(forms))
    host = urlsplit(live_server.url).netloc

    def send(form: tuple[str, dict[str, str], str]) -> tuple[int, str]:
        address, headers, body = form
        connection = HTTPConnection(host, timeout=120)
        start.wait()
        connection.request("POST", address, body=body, headers=headers)
        answer = connection.getresponse()
        connection.close()
        return answer.status, answer.headers.get("Location", "")

    with ThreadPoolExecutor(len(forms)) as pool:
        answered = list(pool.map(send, forms))

    assert {status for status, _ in answered} == {302}
    assert all(address.endswith("/submitted/") for _, address in answered)
    returned = Submission.objects.values_list("duty_return_id", flat=True)
    assert sorted(returned) == sorted(story.duty_return.pk for story in stories)
    assert ReturnEvent.objects.filter(type="sign").count() == AUTHORITIES
    assert Submission.objects.values("reference").distinct().count() == AUTHORITIES
