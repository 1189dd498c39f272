"""Files of others: the list of them, and the form that sends one in."""

from typing import Any, cast

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.generic import View

from authorities.access import may, require
from authorities.actions import register_feeds as actions
from authorities.feed_file import LAYOUTS_READ, MOST_BYTES, FeedFileError, RowError
from authorities.feed_forms import FeedUploadForm
from authorities.models import User
from authorities.permissions import Permission
from authorities.presenters import register_feeds as presenter
from authorities.queries import register_feeds as queries
from authorities.received_files import body_bytes
from authorities.views.centre import page_number

# The form's other fields and the lines around the file need room too.
_MOST_BODY_BYTES = MOST_BYTES + 100_000
_TOO_LARGE = "The file is larger than 10 MB. Take the names and codes of one kind of body."


class UpkeepPage(View):
    """A page of people of the centre: names the right that it needs."""

    permission = Permission.REGISTER_UPKEEP_READ

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse everybody else.

        Raises:
            SignInNeededError, Http404, PermissionDenied: as `require`.
        """
        require(request.user, self.permission)
        return super().dispatch(request, *args, **kwargs)

    @property
    def member(self) -> User:
        """Who is signed in."""
        assert isinstance(self.request.user, User)  # noqa: S101 - narrows the type
        return self.request.user

    @property
    def may_decide(self) -> bool:
        """Whether the person may do more than look."""
        return may(self.request.user, Permission.REGISTER_UPKEEP)


class FeedList(UpkeepPage):
    """The files, newest first, under what the weekly look found."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show a page of them."""
        shown = presenter.feed_list_page(
            feeds=queries.feed_list(page=page_number(request=request)),
            findings=queries.findings(),
            may_upload=self.may_decide,
        )
        return render(request, "authorities/feed_list.html", {"page": shown})


# The token stands in the body, and a body that is too large must not be read: the size is looked
# at first, and the token is checked right after it.
@method_decorator(csrf_exempt, name="dispatch")
class FeedUpload(UpkeepPage):
    """The form that sends a file."""

    permission = Permission.REGISTER_UPKEEP

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Keep a body that is too large unread."""
        self.is_too_large = body_bytes(request) > _MOST_BODY_BYTES
        if self.is_too_large:
            return super().dispatch(request, *args, **kwargs)
        return csrf_protect(super().dispatch)(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form."""
        return self._show(form=FeedUploadForm(today=timezone.localdate()))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Take the file and go to its differences."""
        if self.is_too_large:
            return self._refuse_size()
        form = FeedUploadForm(request.POST, request.FILES, today=timezone.localdate())
        if not form.is_valid():
            return self._show(form=form, status=422)
        file = cast("UploadedFile[bytes]", form.cleaned_data["file"])
        try:
            feed = actions.receive(
                file=file,
                file_name=file.name or "",
                day=form.cleaned_data["day"],
                by=self.member,
                at=timezone.now(),
            )
        except FeedFileError as refusal:
            form.add_error("file", refusal.message)
            status = 413 if refusal.code == "too-large" else 422
            return self._show(form=form, status=status, errors=refusal.errors)
        except actions.KnownFileError as refusal:
            form.add_error("file", str(refusal))
            return self._show(form=form, status=422)
        return redirect("authorities:feed", feed.pk)

    def _refuse_size(self) -> HttpResponse:
        form = FeedUploadForm({}, {}, today=timezone.localdate())
        form.errors.clear()
        form.add_error("file", _TOO_LARGE)
        answer = self._show(form=form, status=413)
        # What is still on its way is not waited for.
        answer.headers["Connection"] = "close"
        return answer

    def _show(
        self, *, form: FeedUploadForm, status: int = 200, errors: tuple[RowError, ...] = ()
    ) -> HttpResponse:
        return render(
            self.request,
            "authorities/feed_upload.html",
            {"form": form, "layouts": LAYOUTS_READ, "row_errors": errors},
            status=status,
        )
