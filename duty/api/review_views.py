"""The review over HTTP: what the centre does with a submitted return."""

from typing import Any

from django.http import Http404
from rest_framework.request import Request

from authorities.permissions import Permission
from duty.actions import review
from duty.api.documented import documented_step
from duty.api.return_inputs import ChangesInput, ReasonedReviewInput, ReviewInput
from duty.api.return_views import ReturnStep


class _ReviewStep(ReturnStep):
    """A step on a return of which something was submitted; any other is not there."""

    permission = Permission.RETURN_REVIEW

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Let the caller in, where there is something to review."""
        super().initial(request, *args, **kwargs)
        if not self.duty_return.submissions.exists():
            raise Http404


@documented_step(
    operation="returns_request_changes",
    description="Send sections back with the reason; none named means all of them.",
    request=ChangesInput,
)
class ReturnRequestChanges(_ReviewStep):
    """Asks for changes."""

    input = ChangesInput

    def take(self, wanted: dict[str, Any], **_address: Any) -> object:
        """Ask."""
        return review.request_changes(
            duty_return=self.duty_return, by=self.person, at=self.now, **wanted
        )


@documented_step(
    operation="returns_reopen",
    description="Give a return back at its authority's request.",
    request=ReasonedReviewInput,
)
class ReturnReopen(_ReviewStep):
    """Reopens a return."""

    input = ReasonedReviewInput

    def take(self, wanted: dict[str, Any], **_address: Any) -> object:
        """Reopen it."""
        return review.reopen(duty_return=self.duty_return, by=self.person, at=self.now, **wanted)


@documented_step(
    operation="returns_accept",
    description="Accept what was submitted.",
    request=ReviewInput,
)
class ReturnAccept(_ReviewStep):
    """Accepts a return."""

    input = ReviewInput

    def take(self, wanted: dict[str, Any], **_address: Any) -> object:
        """Accept it."""
        return review.accept(duty_return=self.duty_return, by=self.person, at=self.now, **wanted)


@documented_step(
    operation="returns_unaccept",
    description="Take an acceptance back, with the reason.",
    request=ReasonedReviewInput,
)
class ReturnUnaccept(_ReviewStep):
    """Takes an acceptance back."""

    permission = Permission.RETURN_UNACCEPT
    input = ReasonedReviewInput

    def take(self, wanted: dict[str, Any], **_address: Any) -> object:
        """Take it back."""
        return review.unaccept(duty_return=self.duty_return, by=self.person, at=self.now, **wanted)
