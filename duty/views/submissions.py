"""The receipt of a submitted return, and what was submitted."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from authorities.access import may
from authorities.permissions import Permission
from duty.presenters.board_signatures import board_lines
from duty.presenters.documents import document_note, document_url, return_downloads
from duty.presenters.submissions import receipt, told_of
from duty.queries.documents import document_of
from duty.queries.links import dead_links_in
from duty.queries.returns import latest_submission, who_asked_for
from duty.views.return_page import ReturnPage


class SubmissionPage(ReturnPage):
    """A page of what was submitted, for its own people and for the centre."""

    held_by: Permission

    def permission_for(self, request: HttpRequest, needed: Permission) -> Permission:
        """Ask the centre for its own right: it reads what was submitted, never a draft."""
        of_centre = may(request.user, Permission.SUBMITTED_RETURN_READ)
        self.held_by = Permission.SUBMITTED_RETURN_READ if of_centre else needed
        return self.held_by


class ReturnSubmitted(SubmissionPage):
    """The newest snapshot of a return."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the receipt; there is none before a return is submitted."""
        submission = latest_submission(round_=self.round, authority=self.authority)
        if submission is None:
            raise Http404
        own = self.may(Permission.RETURN_READ)
        return self.show(
            "duty/return_submitted.html",
            page=receipt(submission=submission, links=dead_links_in(content=submission.content)),
            document=document_note(
                document=document_of(submission=submission),
                url=document_url(
                    round_slug=self.round.slug,
                    authority_slug=self.authority.slug,
                    number=submission.number,
                ),
                reference=submission.reference,
            ),
            own=own,
            told=told_of(people=self.people, asked=who_asked_for(submission=submission))
            if own
            else None,
            answer_files=return_downloads(
                round_slug=self.round.slug, authority_slug=self.authority.slug
            )
            if own
            else (),
            back_url=self.addresses.tasks if own else "",
            # The boards as they were submitted, with what they say by now.
            board_lines=board_lines(
                authority_id=self.authority.pk,
                boards={one["slug"]: one["name"] for one in submission.content["boards"]},
            ),
        )
