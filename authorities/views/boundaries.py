"""The boundary sets that maps are drawn from, and how official ones come in."""

import uuid
from typing import Any, cast

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.generic import View

from authorities import queries
from authorities.access import may, require
from authorities.actions import boundary_imports
from authorities.actions.boundary_plan import BoundariesError
from authorities.actions.boundary_previews import preview_of
from authorities.boundary_file import BoundaryFileError
from authorities.forms import BoundaryImportForm
from authorities.models import BoundaryImport, BoundaryImportState, User
from authorities.permissions import Permission
from authorities.presenters import boundaries as presenter
from authorities.received_files import FormUsedError, body_bytes

# The form's other fields and the lines around the file need room too.
_MOST_BODY_BYTES = boundary_imports.MOST_BYTES + 100_000


class BoundaryList(View):
    """Every boundary set; for who may import, the files that wait too."""

    permission = Permission.REGISTER_READ

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the list."""
        importing = may(request.user, Permission.BOUNDARIES_IMPORT)
        shown = presenter.boundary_list_page(
            sets=queries.boundary_sets(),
            pending=queries.pending_boundary_imports() if importing else None,
            today=timezone.localdate(),
        )
        return render(request, "authorities/boundary_list.html", {"page": shown})


class _Import(View):
    """Lets in who may import boundaries."""

    permission = Permission.BOUNDARIES_IMPORT

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Refuse everybody else.

        Raises:
            Http404, PermissionDenied: as `require`.
        """
        super().setup(request, *args, **kwargs)
        require(request.user, self.permission)

    @property
    def member(self) -> User:
        """Who is signed in."""
        assert isinstance(self.request.user, User)  # noqa: S101 - `setup` let nobody else in
        return self.request.user


# The token stands in the body, and a body that is too large must not be read: the size is looked
# at first, and the token is checked right after it.
@method_decorator(csrf_exempt, name="dispatch")
class BoundaryImportCreate(_Import):
    """The form that sends a file."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Keep a body that is too large unread."""
        self.is_too_large = body_bytes(request) > _MOST_BODY_BYTES
        if self.is_too_large:
            return super().dispatch(request, *args, **kwargs)
        return csrf_protect(super().dispatch)(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form."""
        return self._show(form=BoundaryImportForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep the file and go to the page that says how far it is."""
        if self.is_too_large:
            return self._refuse_size()
        form = BoundaryImportForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._show(form=form, status=422)
        file = cast("UploadedFile[bytes]", form.cleaned_data["file"])
        if (file.size or 0) > boundary_imports.MOST_BYTES:
            form.add_error("file", boundary_imports.too_large())
            return self._show(form=form, status=413)
        try:
            pending = boundary_imports.propose(
                file=file,
                file_name=file.name or "",
                name=form.cleaned_data["name"],
                valid_from=form.cleaned_data["valid_from"],
                source=form.cleaned_data["source"],
                licence=form.cleaned_data["licence"],
                form_key=form.cleaned_data["form_key"],
                by=self.member,
                at=timezone.now(),
            )
        except (BoundaryFileError, FormUsedError) as refusal:
            form.add_error("file", str(refusal))
            return self._show(form=form, status=422)
        except BoundariesError as refusal:
            form.add_error("name", str(refusal))
            return self._show(form=form, status=422)
        return redirect("authorities:boundary-preview", pending.pk)

    def _refuse_size(self) -> HttpResponse:
        form = BoundaryImportForm({"form_key": str(uuid.uuid4())}, {})
        form.errors.clear()
        form.add_error("file", boundary_imports.too_large())
        answer = self._show(form=form, status=413)
        # What is still on its way is not waited for.
        answer.headers["Connection"] = "close"
        return answer

    def _show(self, *, form: BoundaryImportForm, status: int = 200) -> HttpResponse:
        if form.is_bound:
            # The next try is a form of its own.
            form.data = {**dict(form.data.items()), "form_key": str(uuid.uuid4())}
        return render(
            self.request, "authorities/boundary_import.html", {"form": form}, status=status
        )


class _OneImport(_Import):
    """A page of one file."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the file.

        Raises:
            Http404, PermissionDenied: as `require`; or there is no such file.
        """
        super().setup(request, *args, **kwargs)
        found = (
            BoundaryImport.objects.select_related("proposed_by")
            .filter(pk=kwargs["import_id"])
            .first()
        )
        if found is None:
            raise Http404
        self.pending = found

    def back(self, refusal: boundary_imports.NotPendingError) -> HttpResponse:
        """Say why nothing was done, where what became of the file is shown."""
        messages.info(self.request, str(refusal))
        return redirect("authorities:boundary-preview", self.pending.pk)

    def show(self, *, error: str = "", status: int = 200) -> HttpResponse:
        """Answer with the preview, and with what stood in the way."""
        preview = preview_of(pending=self.pending)
        shown = presenter.preview_page(pending=self.pending, preview=preview) if preview else None
        return render(
            self.request,
            "authorities/boundary_preview.html",
            {"page": shown, "pending": self.pending, "error": error or self.pending.failure},
            status=status,
        )


class BoundaryPreview(_OneImport):
    """How far a file is; once it is read, what it would give, and the button that stores it."""

    def get(self, request: HttpRequest, import_id: uuid.UUID) -> HttpResponse:
        """Show the progress, the preview, or what became of the file."""
        if self.pending.state == BoundaryImportState.DISCARDED:
            messages.info(request, f"{self.pending.name}: discarded.")
            return redirect("authorities:boundary-list")
        if self.pending.state == BoundaryImportState.PENDING:
            return self.show()
        return render(
            request,
            "authorities/boundary_progress.html",
            {"page": presenter.progress_page(pending=self.pending)},
        )

    def post(self, request: HttpRequest, import_id: uuid.UUID) -> HttpResponse:
        """Have the areas stored."""
        try:
            boundary_imports.confirm(import_id=import_id, by=self.member, at=timezone.now())
        except boundary_imports.NotPendingError as refusal:
            return self.back(refusal)
        except BoundariesError as refusal:
            return self.show(error=str(refusal), status=422)
        return redirect("authorities:boundary-preview", import_id)


class BoundaryCheck(_OneImport):
    """Compares a file with the register again, after the register was updated."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, import_id: uuid.UUID) -> HttpResponse:
        """Have the preview made again."""
        try:
            boundary_imports.check_again(import_id=import_id, by=self.member, at=timezone.now())
        except boundary_imports.NotPendingError as refusal:
            return self.back(refusal)
        return redirect("authorities:boundary-preview", import_id)


class BoundaryDiscard(_OneImport):
    """Forgets a file."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, import_id: uuid.UUID) -> HttpResponse:
        """Discard it."""
        try:
            boundary_imports.discard(import_id=import_id, by=self.member, at=timezone.now())
        except boundary_imports.NotPendingError as refusal:
            return self.back(refusal)
        messages.success(request, f"{self.pending.name} was discarded. Nothing was stored.")
        return redirect("authorities:boundary-list")
