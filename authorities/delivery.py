"""How a mail leaves: Django's e-mail or GOV.UK Notify, behind one interface.

The setting `MESSAGE_CHANNEL` says which. Both sort what can go wrong in two: what may work later,
and what never will.
"""

from dataclasses import dataclass
from smtplib import SMTPException, SMTPRecipientsRefused
from typing import Protocol
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from notifications_python_client.errors import APIError
from notifications_python_client.notifications import NotificationsAPIClient

DEMONSTRATION_MARK = "[Demonstration] "
_NOTIFY_SECONDS = 20
# SMTP and Notify say 5xx and 400 of what will not work however often it is tried.
_SMTP_PERMANENT = range(500, 600)
_NOTIFY_PERMANENT = 400


class DeliveryError(Exception):
    """A mail did not leave; the message is fit for those who look after the site."""


class TemporaryDeliveryError(DeliveryError):
    """It may leave later."""


class PermanentDeliveryError(DeliveryError):
    """It never will: the address is no address, or the service may not write to it."""


@dataclass(frozen=True)
class Mail:
    """One mail to one person. The reference stays the same when it is tried again."""

    reference: UUID
    address: str
    subject: str
    text: str


class Channel(Protocol):
    """Something that mails leave by."""

    def deliver(self, *, mail: Mail) -> str:
        """Hand a mail over; return what the service calls it, if it calls it anything.

        Raises:
            TemporaryDeliveryError, PermanentDeliveryError: it was not taken.
        """


class EmailChannel:
    """Django's e-mail: a server, the console or files, as `EMAIL_BACKEND` says."""

    def deliver(self, *, mail: Mail) -> str:
        """Send it. Its Message-ID is its own, so that one sent twice can be seen to be one."""
        host = urlsplit(settings.SITE_URL).hostname
        identity = f"<{mail.reference}@{host}>"
        message = EmailMessage(
            subject=mail.subject,
            body=mail.text,
            to=[mail.address],
            headers={"Message-ID": identity, "Auto-Submitted": "auto-generated"},
        )
        try:
            message.send()
        except SMTPRecipientsRefused as error:
            codes = sorted({code for code, _ in error.recipients.values()})
            # Without the address, which the error quotes.
            said = f"SMTPRecipientsRefused: {', '.join(map(str, codes))}"
            if codes and all(code in _SMTP_PERMANENT for code in codes):
                raise PermanentDeliveryError(said) from error
            raise TemporaryDeliveryError(said) from error
        except (SMTPException, OSError) as error:
            raise TemporaryDeliveryError(f"{type(error).__name__}: {error}"[:500]) from error
        return identity


class NotifyChannel:
    """GOV.UK Notify, by a template whose subject is ((subject)) and whose text is ((text))."""

    def __init__(self, *, key: str, template: str, url: str) -> None:
        self._client = NotificationsAPIClient(key, base_url=url, timeout=_NOTIFY_SECONDS)
        self._template = template

    def deliver(self, *, mail: Mail) -> str:
        """Ask Notify to send it, and return Notify's id.

        Source: GOV.UK Notify, REST API documentation, "Send an email" and its error codes.
        """
        try:
            answer = self._client.send_email_notification(
                email_address=mail.address,
                template_id=self._template,
                personalisation={"subject": mail.subject, "text": mail.text},
                reference=str(mail.reference),
            )
        except APIError as error:
            said = _said_by_notify(error)
            # A refused key or clock (403) is the site's fault and not the mail's: it can be mended.
            if error.status_code == _NOTIFY_PERMANENT:
                raise PermanentDeliveryError(said) from error
            raise TemporaryDeliveryError(said) from error
        return str(answer["id"])


def channel() -> Channel:
    """Return what the settings name; they were checked when the site started."""
    if settings.MESSAGE_CHANNEL == "notify":
        return NotifyChannel(
            key=settings.NOTIFY_API_KEY,
            template=settings.NOTIFY_TEMPLATE_ID,
            url=settings.NOTIFY_URL,
        )
    return EmailChannel()


def _said_by_notify(error: APIError) -> str:
    said = error.message
    if isinstance(said, list):
        said = "; ".join(f"{one.get('error')}: {one.get('message')}" for one in said)
    return f"{error.status_code} {said}"[:500]
