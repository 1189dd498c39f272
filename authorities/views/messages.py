"""What people are told: what is due, what was sent, and another try at what failed."""

from typing import Any, ClassVar
from uuid import UUID

from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from authorities.actions.message_sending import (
    NothingToTryAgainError,
    try_message_again,
    try_notice_again,
)
from authorities.models import Message, Notice
from authorities.permissions import Permission
from authorities.presenters.messages import messages_page
from authorities.queries import messages as queries
from authorities.views.centre import CentrePage, page_number


def try_again_url(kind: str, key: UUID) -> str:
    """Return the address that tries a `message` or a `notice` again."""
    return reverse(f"authorities:{kind}-try-again", args=[key])


class MessageList(CentrePage):
    """All messages: due in the next days, failed, and sent."""

    permission: ClassVar[Permission] = Permission.MESSAGES_READ

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show a page of them."""
        today = timezone.localdate(self.now)
        return self.show(
            "authorities/messages.html",
            page=messages_page(
                title="Messages due and sent",
                due=queries.due_page(today=today, page=page_number(request=request, name="due")),
                failed=queries.failed_page(
                    today=today, page=page_number(request=request, name="failed")
                ),
                sent=queries.sent_page(today=today, page=page_number(request=request)),
                shows_addresses=self.may(Permission.MESSAGES_MANAGE),
                try_again=try_again_url,
            ),
        )


class MessageTryAgain(CentrePage):
    """Lets a message that failed be sent again."""

    permission: ClassVar[Permission] = Permission.MESSAGES_MANAGE

    def post(self, request: HttpRequest, message_id: UUID, **kwargs: Any) -> HttpResponse:
        """Put it among those that wait, and go back to the list.

        Raises:
            Http404: there is no such message.
        """
        found = Message.objects.filter(pk=message_id).first()
        if found is None:
            raise Http404
        try:
            try_message_again(message=found, by=self.person, at=self.now)
        except NothingToTryAgainError as refusal:
            flash.info(request, str(refusal))
        else:
            flash.success(request, "The message is tried again within minutes.")
        return redirect("authorities:message-list")


class NoticeTryAgain(CentrePage):
    """Lets it be asked again whom a notice concerns."""

    permission: ClassVar[Permission] = Permission.MESSAGES_MANAGE

    def post(self, request: HttpRequest, notice_id: UUID, **kwargs: Any) -> HttpResponse:
        """Put it among those that wait, and go back to the list.

        Raises:
            Http404: there is no such notice.
        """
        found = Notice.objects.filter(pk=notice_id).first()
        if found is None:
            raise Http404
        try:
            try_notice_again(notice=found, by=self.person, at=self.now)
        except NothingToTryAgainError as refusal:
            flash.info(request, str(refusal))
        else:
            flash.success(request, "The message is tried again within minutes.")
        return redirect("authorities:message-list")
