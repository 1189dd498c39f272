"""Returns that others submitted, read by those who may: no draft, no private note, no action."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.generic import View

from authorities.access import may, memberships_of, require_sign_in, rights_of
from authorities.models import BodyKind
from authorities.permissions import Permission
from authorities.views.centre import page_number
from duty.presenters.submissions import receipt
from engagement.access import access_shared_return
from engagement.queries.shared_returns import shared_page


class SharedReturnList(View):
    """What the person may read; the centre has its own list."""

    permission = Permission.SHARED_SECTIONS_READ

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Let in who may read something.

        Raises:
            SignInNeededError: nobody is signed in.
            Http404: the person is neither a reader nor of a board.
        """
        super().setup(request, *args, **kwargs)
        require_sign_in(request.user, permission=self.permission)
        self.boards = [
            one.body_id
            for one in memberships_of(request.user)
            if one.body.kind == BodyKind.INTEGRATED_CARE_BOARD
        ]
        rights = rights_of(request.user)
        self.published_too = Permission.PUBLISHED_RETURN_READ in rights.once_published
        self.central = may(request.user, Permission.SUBMITTED_RETURN_READ)
        if not (self.boards or self.published_too or self.central):
            raise Http404

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show a page of them."""
        if self.central:
            return redirect("duty:review-list")
        page = shared_page(
            published_too=self.published_too,
            board_ids=self.boards,
            page=page_number(request=request),
        )
        return render(request, "engagement/shared_returns.html", {"page": page})


class SharedReturn(View):
    """One return as it was submitted, as far as the person may read it."""

    permission = Permission.SHARED_SECTIONS_READ

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find it.

        Raises:
            SignInNeededError, Http404: as `access_shared_return`.
        """
        super().setup(request, *args, **kwargs)
        self.access = access_shared_return(
            request.user, kwargs["round_slug"], kwargs["authority_slug"]
        )

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show it."""
        page = receipt(submission=self.access.submission, gives_files=False)
        shared = self.access.sections
        if shared is not None:
            page = replace(page, sections=tuple(one for one in page.sections if one.code in shared))
        return render(
            request, "engagement/shared_return.html", {"page": page, "partly": shared is not None}
        )
