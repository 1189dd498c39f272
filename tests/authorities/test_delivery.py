"""Mails leave by either channel, and what goes wrong is sorted in what may work later and never."""

import json
import smtplib
import threading
import uuid
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from pytest_django import Settings

from authorities import delivery

CONTRACT = Path(__file__).parent / "notify"
SERVICE = "c2d9f7a0-53a8-4d6f-9d39-7a3d8a5b1f10"
KEY = f"tests-{SERVICE}-0b0a3c55-28a4-4b8e-9f5f-3a1f1c4d2e6b"
MAIL = delivery.Mail(
    reference=uuid.UUID("6f1f1a52-7d3f-4b0e-9c38-0d9a5f0a1b2c"),
    address="officer@south.example",
    subject="Autumn 2026: open",
    text="You can start your return.",
)


class Notify(HTTPServer):
    """Answers as the contract says, with the status that it is told to."""

    status = 201
    asked: dict[str, Any]


class _Answering(BaseHTTPRequestHandler):
    server: Notify

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        self.server.asked = {
            "path": self.path,
            "authorization": self.headers["Authorization"],
            "body": json.loads(self.rfile.read(length)),
        }
        answer = (CONTRACT / f"{self.server.status}.json").read_bytes()
        self.send_response(self.server.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_args: Any, **_kwargs: Any) -> None:
        """Say nothing."""


@pytest.fixture
def notify(settings: Settings) -> Iterator[Notify]:
    """Notify's API on this machine, and the site set to use it."""
    server = Notify(("127.0.0.1", 0), _Answering)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}).start()
    settings.MESSAGE_CHANNEL = "notify"
    settings.NOTIFY_API_KEY = KEY
    settings.NOTIFY_TEMPLATE_ID = "9d751e0e-f929-4891-82a1-a3e1c3c18ee3"
    settings.NOTIFY_URL = f"http://127.0.0.1:{server.server_port}"
    yield server
    server.shutdown()
    server.server_close()


def test_a_mail_is_asked_of_notify_as_the_contract_says(notify: Notify) -> None:
    known = delivery.channel().deliver(mail=MAIL)

    assert known == "740e5834-3a29-46b4-9a6f-16142fde533a"
    assert notify.asked["path"] == "/v2/notifications/email"
    assert notify.asked["authorization"].startswith("Bearer ")
    assert KEY[-36:] not in notify.asked["authorization"]
    assert notify.asked["body"] == json.loads((CONTRACT / "request.json").read_text())


@pytest.mark.parametrize(
    ("status", "kind", "said"),
    [
        (400, delivery.PermanentDeliveryError, "400 BadRequestError: Can't send to this recipient"),
        (403, delivery.TemporaryDeliveryError, "403 AuthError: Invalid token"),
        (429, delivery.TemporaryDeliveryError, "429 RateLimitError: Exceeded rate limit"),
        (500, delivery.TemporaryDeliveryError, "500 Exception: Internal server error"),
    ],
)
def test_what_notify_refuses_is_sorted(
    notify: Notify, status: int, kind: type[delivery.DeliveryError], said: str
) -> None:
    notify.status = status

    with pytest.raises(kind) as refused:
        delivery.channel().deliver(mail=MAIL)

    assert str(refused.value).startswith(said)
    assert MAIL.address not in str(refused.value)


def test_notify_that_cannot_be_reached_may_be_reached_later(settings: Settings) -> None:
    # Nothing listens on the discard port.
    channel = delivery.NotifyChannel(key=KEY, template="x", url="http://127.0.0.1:9")

    with pytest.raises(delivery.TemporaryDeliveryError, match="503"):
        channel.deliver(mail=MAIL)


def test_a_mail_by_django_has_one_identity_however_often_it_is_sent() -> None:
    known = [delivery.channel().deliver(mail=MAIL) for _ in range(2)]

    assert known == [f"<{MAIL.reference}@localhost>"] * 2
    assert {sent.message()["Message-ID"] for sent in mail.outbox} == set(known)
    assert mail.outbox[0].message()["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize(
    ("code", "kind"),
    [(550, delivery.PermanentDeliveryError), (450, delivery.TemporaryDeliveryError)],
)
def test_an_address_that_a_mail_server_refuses_is_not_quoted(
    monkeypatch: pytest.MonkeyPatch, code: int, kind: type[delivery.DeliveryError]
) -> None:
    def refuse(message: EmailMessage) -> int:
        raise smtplib.SMTPRecipientsRefused({MAIL.address: (code, b"No such person")})

    monkeypatch.setattr(EmailMessage, "send", refuse)

    with pytest.raises(kind) as refused:
        delivery.channel().deliver(mail=MAIL)

    assert str(refused.value) == f"SMTPRecipientsRefused: {code}"
