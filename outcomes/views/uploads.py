"""An authority sends in indicators and follows what becomes of them."""

import uuid
from typing import Any, cast

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from authorities.permissions import Permission
from authorities.received_files import FormUsedError
from authorities.views.csv_files import csv_answer
from outcomes.actions import uploads
from outcomes.forms import UploadForm
from outcomes.models import Upload
from outcomes.presenters import uploads as presenter
from outcomes.queries import uploads as upload_queries
from outcomes.return_file import STANDARD_LIMITS, ReturnFileError
from outcomes.views.pages import AuthorityPageMixin

# The form's other fields and the lines around the file need room too.
_MOST_BODY_BYTES = STANDARD_LIMITS.max_bytes + 100_000
_TOO_LARGE = "The file is larger than 10 MB. Split it into smaller files."


# The token stands in the body, and a body that is too large must not be read: the size is looked
# at first, and the token is checked right after it.
@method_decorator(csrf_exempt, name="dispatch")
class UploadCreate(AuthorityPageMixin):
    """The form that sends a file."""

    permission = Permission.INDICATOR_UPLOAD

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Keep a body that is too large unread."""
        self.is_too_large = _body_bytes(request) > _MOST_BODY_BYTES
        if self.is_too_large:
            return super().dispatch(request, *args, **kwargs)
        return csrf_protect(super().dispatch)(request, *args, **kwargs)

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:
        """Show the form."""
        return self._show(form=UploadForm())

    def post(self, request: HttpRequest, **address: Any) -> HttpResponse:
        """Take the file and go to its report."""
        if self.is_too_large:
            return self._refuse_size()
        form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._show(form=form, status=422)
        file = cast("UploadedFile[bytes]", form.cleaned_data["file"])
        try:
            upload = uploads.receive(
                body=self.authority,
                file=file,
                file_name=file.name or "",
                form_key=form.cleaned_data["form_key"],
                by=self.member,
                at=timezone.now(),
            )
        except ReturnFileError as refusal:
            form.add_error("file", refusal.message)
            return self._show(form=form, status=413 if refusal.code == "too-large" else 422)
        except FormUsedError as refusal:
            form.add_error("file", str(refusal))
            return self._show(form=form, status=422)
        return redirect("outcomes:upload-report", self.authority.slug, upload.pk)

    def _refuse_size(self) -> HttpResponse:
        form = UploadForm({"form_key": str(uuid.uuid4())}, {})
        form.errors.clear()
        form.add_error("file", _TOO_LARGE)
        answer = self._show(form=form, status=413)
        # What is still on its way is not waited for.
        answer.headers["Connection"] = "close"
        return answer

    def _show(self, *, form: UploadForm, status: int = 200) -> HttpResponse:
        if form.is_bound:
            # The next try is a form of its own.
            form.data = {**dict(form.data.items()), "form_key": str(uuid.uuid4())}
        return render(
            self.request,
            "outcomes/upload_create.html",
            {"form": form, "authority": self.authority, "visibility": presenter.VISIBILITY},
            status=status,
        )


class UploadList(AuthorityPageMixin):
    """What the authority has sent in."""

    permission = Permission.INDICATOR_UPLOAD

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:
        """Show the newest uploads first."""
        rows = presenter.present_list(
            authority=self.authority,
            uploads=upload_queries.uploads_of(authority=self.authority),
        )
        return render(
            request, "outcomes/upload_list.html", {"rows": rows, "authority": self.authority}
        )


class UploadReport(AuthorityPageMixin):
    """How far one upload is, or what became of it."""

    permission = Permission.INDICATOR_UPLOAD

    def get(self, request: HttpRequest, upload_id: uuid.UUID, **address: Any) -> HttpResponse:
        """Show the progress or the report."""
        upload = _upload(page=self, upload_id=upload_id)
        problems = upload_queries.problems_of(upload=upload, most=presenter.MOST_SHOWN)
        report = presenter.present_report(upload=upload, problems=problems)
        return render(
            request,
            "outcomes/upload_report.html",
            {
                "report": report,
                "problem_columns": presenter.PROBLEM_COLUMNS,
                "authority": self.authority,
                "upload_id": upload.pk,
            },
        )


class UploadReportCsv(AuthorityPageMixin):
    """All errors of one upload to take away."""

    permission = Permission.INDICATOR_UPLOAD

    def get(self, request: HttpRequest, upload_id: uuid.UUID, **address: Any) -> HttpResponse:
        """Send the errors, and keep that they were sent."""
        upload = _upload(page=self, upload_id=upload_id)
        if not upload.problem_count:
            raise Http404
        uploads.note_download(upload=upload, by=self.member, at=timezone.now())
        return csv_answer(
            text=upload_queries.problems_csv(upload=upload), name=f"report-{upload.pk}.csv"
        )


def _upload(*, page: AuthorityPageMixin, upload_id: uuid.UUID) -> Upload:
    upload = upload_queries.upload_of(authority=page.authority, upload_id=upload_id)
    if upload is None:
        raise Http404
    return upload


def _body_bytes(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
