"""Returns that others submitted, read by those who may: no draft, no private note, no action."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.generic import View

from authorities.access import may, memberships_of, require_sign_in, rights_of
from authorities.models import BodyKind, User
from authorities.permissions import Permission
from authorities.views.centre import page_number
from duty.actions import documents, downloads
from duty.models import DocumentState
from duty.presenters.documents import document_note
from duty.presenters.submissions import receipt
from duty.queries.documents import document_of
from duty.views.documents import pdf_response
from engagement.access import access_shared_return
from engagement.queries.shared_returns import published_rounds, shared_page


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
        rights = rights_of(request.user)
        self.boards = [
            one.body_id
            for one in memberships_of(request.user)
            if one.body.kind == BodyKind.INTEGRATED_CARE_BOARD
            and self.permission in rights.at(one.body)
        ]
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
        rounds = published_rounds() if self.published_too else ()
        return render(request, "engagement/shared_returns.html", {"page": page, "rounds": rounds})


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
        self.submission = self.access.submission

    @property
    def own_url(self) -> str:
        """The address of the page."""
        slugs = [self.kwargs["round_slug"], self.kwargs["authority_slug"]]
        return reverse("publications:shared-return", args=slugs)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        """Show it; who reads all of it may take it away, too."""
        page = receipt(submission=self.submission, gives_files=False)
        shared = self.access.sections
        if shared is not None:
            page = replace(page, sections=tuple(one for one in page.sections if one.code in shared))
            return render(request, "engagement/shared_return.html", {"page": page, "partly": True})
        document = document_note(
            document=document_of(submission=self.submission),
            url=reverse("publications:shared-return-pdf", kwargs=self.kwargs),
            reference=self.submission.reference,
        )
        return render(
            request,
            "engagement/shared_return.html",
            {
                "page": page,
                "document": document,
                "answers_url": reverse("publications:shared-return-answers", kwargs=self.kwargs),
                "answers_csv_url": reverse(
                    "publications:shared-return-answers-csv", kwargs=self.kwargs
                ),
            },
        )


class SharedReturnDocument(SharedReturn):
    """The PDF of a return as it was submitted, for who may read all of it."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find it.

        Raises:
            SignInNeededError, Http404: as `access_shared_return`; 404 too for some sections alone.
        """
        super().setup(request, *args, **kwargs)
        if self.access.sections is not None:
            raise Http404

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        """Give the file, and keep who took it."""
        document = document_of(submission=self.submission)
        user = request.user
        made = document is not None and document.state == DocumentState.MADE
        if document is None or not made or not isinstance(user, User):
            raise Http404
        now = timezone.now()
        if not documents.has_file(document=document):
            documents.make_lost(document=document, at=now)
            return redirect(self.own_url)
        duty_return = self.submission.duty_return
        downloads.note(
            action="return.downloaded",
            target=duty_return,
            body=duty_return.authority,
            permission=self.access.permission,
            by=user,
            at=now,
            format="pdf",
            number=self.submission.number,
            reference=self.submission.reference,
        )
        return pdf_response(document=document)
