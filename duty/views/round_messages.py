"""What people are told of one round."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from authorities.permissions import Permission
from authorities.presenters.links import BackLink
from authorities.presenters.messages import messages_page
from authorities.queries import messages as queries
from authorities.views.centre import page_number
from authorities.views.messages import try_again_url
from duty.deadlines import london_date
from duty.views.round_pages import RoundPage


class RoundMessages(RoundPage):
    """The messages of one round: due in the next days, failed, and sent."""

    permission: ClassVar[Permission] = Permission.MESSAGES_READ

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show a page of them."""
        today, occasion = london_date(now=self.now), self.round.pk
        control = reverse("rounds:control", args=[self.round.slug])
        return self.show(
            "authorities/messages.html",
            page=messages_page(
                title=f"{self.round.called}: messages due and sent",
                due=queries.due_page(
                    today=today,
                    occasion=occasion,
                    page=page_number(request=request, name="due"),
                ),
                failed=queries.failed_page(
                    today=today,
                    occasion=occasion,
                    page=page_number(request=request, name="failed"),
                ),
                sent=queries.sent_page(
                    today=today, occasion=occasion, page=page_number(request=request)
                ),
                shows_addresses=self.may(Permission.MESSAGES_MANAGE),
                try_again=try_again_url,
                back=BackLink(self.round.name, control),
            ),
        )
