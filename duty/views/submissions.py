"""The receipt of a submitted return, and what was submitted."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from authorities.access import may
from authorities.permissions import Permission
from duty.presenters.submissions import receipt
from duty.queries.links import dead_links_in
from duty.queries.returns import latest_submission
from duty.views.return_page import ReturnPage


class ReturnSubmitted(ReturnPage):
    """The newest snapshot of a return, for its own people and for the centre."""

    def permission_for(self, request: HttpRequest, needed: Permission) -> Permission:
        """Ask the centre for its own right: it reads what was submitted, never a draft."""
        if may(request.user, Permission.SUBMITTED_RETURN_READ):
            return Permission.SUBMITTED_RETURN_READ
        return needed

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the receipt; there is none before a return is submitted."""
        submission = latest_submission(round_=self.round, authority=self.authority)
        if submission is None:
            raise Http404
        own = self.may(Permission.RETURN_READ)
        return self.show(
            "duty/return_submitted.html",
            page=receipt(submission=submission, links=dead_links_in(content=submission.content)),
            own=own,
            back_url=self.addresses.tasks if own else "",
        )
