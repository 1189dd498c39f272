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
from authorities.received_files import FormUsedError, body_bytes
from outcomes.actions import upload_steps, uploads
from outcomes.forms import ReasonsForm, UploadForm
from outcomes.models import Upload, UploadState
from outcomes.presenters import uploads as presenter
from outcomes.presenters.upload_approval import VISIBILITY
from outcomes.problem_codes import refusal_status
from outcomes.queries import rounds, upload_template
from outcomes.queries import uploads as upload_queries
from outcomes.queries.asked_indicators import asked_of
from outcomes.return_file import STANDARD_LIMITS, ReturnFileError
from outcomes.upload_lifecycle import UploadRefusedError
from outcomes.views.pages import AuthorityPageMixin

# The form's other fields and the lines around the file need room too.
MOST_BODY_BYTES = STANDARD_LIMITS.max_bytes + 100_000
TOO_LARGE = "The file is larger than 10 MB. Split it into smaller files."


# The token stands in the body, and a body that is too large must not be read: the size is looked
# at first, and the token is checked right after it.
@method_decorator(csrf_exempt, name="dispatch")
class UploadCreate(AuthorityPageMixin):
    """The form that sends a file."""

    permission = Permission.INDICATOR_UPLOAD

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Keep a body that is too large unread."""
        self.is_too_large = body_bytes(request) > MOST_BODY_BYTES
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
            return self._show(form=form, status=refusal_status(code=refusal.code))
        except FormUsedError as refusal:
            form.add_error("file", str(refusal))
            return self._show(form=form, status=422)
        return redirect("outcomes:upload-report", self.authority.slug, upload.pk)

    def _refuse_size(self) -> HttpResponse:
        form = UploadForm({"form_key": str(uuid.uuid4())}, {})
        form.errors.clear()
        form.add_error("file", TOO_LARGE)
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
            {
                "form": form,
                "authority": self.authority,
                "visibility": VISIBILITY,
                "sets": upload_template.sets_in_use(),
                "asking": asked_of(
                    body=self.authority,
                    rounds=rounds.open_rounds(body=self.authority, at=timezone.now()),
                ),
            },
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


class UploadPage(AuthorityPageMixin):
    """A page or a step of one upload of the authority."""

    permission = Permission.INDICATOR_UPLOAD
    upload: Upload

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let in who may, and keep the upload for `upload`, which is asked for after the rights."""
        self.upload_id: uuid.UUID = kwargs["upload_id"]
        return super().dispatch(request, *args, **kwargs)

    def found(self) -> Upload:
        """Return the upload.

        Raises:
            Http404: it is not the authority's.
        """
        upload = upload_queries.upload_of(authority=self.authority, upload_id=self.upload_id)
        if upload is None:
            raise Http404
        return upload

    def to_report(self) -> HttpResponse:
        """Go to the report."""
        return redirect("outcomes:upload-report", self.authority.slug, self.upload_id)

    def show(
        self,
        *,
        upload: Upload,
        posted: Any = None,
        refusal: str = "",
        status: int = 200,
    ) -> HttpResponse:
        """Show how far the upload is, or what became of it."""
        problems = upload_queries.first_problems(
            upload=upload, most=presenter.MOST_SHOWN, most_warnings=presenter.MOST_WARNINGS_SHOWN
        )
        report = presenter.present_report(
            authority=self.authority,
            upload=upload,
            problems=problems,
            approval=upload_queries.approval_of(upload=upload, with_indicators=True),
        )
        context: dict[str, Any] = {
            "report": report,
            "problem_columns": presenter.PROBLEM_COLUMNS,
            "authority": self.authority,
            "upload_id": upload.pk,
            "refusal": refusal,
        }
        if report.asks_reasons:
            questions = presenter.warning_questions(problems=problems)
            form = ReasonsForm(posted, questions=questions)
            context["form"] = form
            context["asked"] = [
                (group, form[group.code] if group.code in form.fields else None)
                for group in report.warnings
            ]
        return render(self.request, "outcomes/upload_report.html", context, status=status)

    def refuse(self, *, error: UploadRefusedError) -> HttpResponse:
        """Show the upload as it is by now, and why the step was not taken."""
        return self.show(upload=self.found(), refusal=str(error), status=409)


class UploadReport(UploadPage):
    """How far one upload is, or what became of it."""

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:
        """Show the progress or the report."""
        return self.show(upload=self.found())


class UploadReasons(UploadPage):
    """Takes why the unusual values of a file are right."""

    def post(self, request: HttpRequest, **address: Any) -> HttpResponse:
        """Keep the reasons; a missing one is asked for again."""
        upload = self.found()
        reasons = {name: str(value) for name, value in request.POST.items()}
        try:
            upload_steps.give_reasons(
                upload=upload, reasons=reasons, by=self.member, at=timezone.now()
            )
        except upload_steps.ReasonsMissingError:
            return self.show(upload=upload, posted=request.POST, status=422)
        except UploadRefusedError as error:
            return self.refuse(error=error)
        return self.to_report()


class UploadConfirm(UploadPage):
    """Takes the word that a file may be stored."""

    def post(self, request: HttpRequest, **address: Any) -> HttpResponse:
        """Have it stored by a worker."""
        upload = self.found()
        if upload.state in (UploadState.STORING, UploadState.COMMITTED):
            # A second click: the first one did it.
            return self.to_report()
        try:
            upload_steps.confirm(
                upload=upload,
                seen=request.POST.get("seen", ""),
                by=self.member,
                at=timezone.now(),
            )
        except UploadRefusedError as error:
            return self.refuse(error=error)
        return self.to_report()


class UploadCancel(UploadPage):
    """Gives a file up."""

    def post(self, request: HttpRequest, **address: Any) -> HttpResponse:
        """Stop it; nothing of it is stored."""
        try:
            upload_steps.cancel(upload=self.found(), by=self.member, at=timezone.now())
        except UploadRefusedError as error:
            return self.refuse(error=error)
        return self.to_report()
