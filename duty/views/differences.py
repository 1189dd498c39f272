"""What changed in a return since it was last submitted, for its own people."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from duty.lifecycle import ReturnState
from duty.presenters.differences import Difference, difference
from duty.presenters.progress import SENT
from duty.queries.returns import newest_submissions
from duty.queries.snapshots import snapshot
from duty.views.return_page import ReturnPage


class ReturnDifferences(ReturnPage):
    """The answers as they stand now beside the last submission, or the last two submissions."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show them; before there is anything to compare, the task list."""
        found = self._difference()
        if found is None:
            return redirect(self.addresses.tasks)
        return self.show(
            "duty/return_differences.html",
            difference=found,
            round_name=self.round.name,
            authority_name=self.loaded.facts.name,
            waits=self.standing.state == ReturnState.AWAITING_SIGN_OFF,
        )

    def _difference(self) -> Difference | None:
        submissions = newest_submissions(round_=self.round, authority=self.authority)
        if self.standing.state in SENT:
            if len(submissions) < 2:
                return None
            later, earlier = submissions
            return difference(
                before=earlier.content,
                after=later.content,
                called=(f"submission {earlier.number}", f"submission {later.number}"),
            )
        if not submissions:
            return None
        now = snapshot(
            loaded=self.loaded,
            standing=self.standing,
            declaration=None,
            signed_by=self.user,
            signed_as="",
        )
        return difference(
            before=submissions[0].content,
            after=now,
            called=(f"submission {submissions[0].number}", "as the answers stand now"),
        )
