"""Uploads over HTTP: send a file, follow it, read its problems, confirm or cancel it."""

import hashlib
from abc import ABC, abstractmethod
from dataclasses import asdict
from typing import Any, ClassVar
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import Http404, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from authorities.access import access_authority
from authorities.api.callers import credential_of
from authorities.api.pagination import NumberedPages
from authorities.api.problems import Problem, ProblemsError, ProblemsSerializer
from authorities.api.writes import (
    KEY_PARAMETER,
    WriteView,
    answered_once,
    key_of,
    person_of,
)
from authorities.models import StrategicAuthority
from authorities.permissions import Permission
from authorities.received_files import FormUsedError, body_bytes
from outcomes.actions import upload_steps, uploads
from outcomes.api.upload_serializers import (
    CellProblemsSerializer,
    ConfirmInput,
    NothingInput,
    UploadInput,
    UploadSerializer,
)
from outcomes.models import Upload, UploadState
from outcomes.presenters.upload_records import cell_problem, record_of, refusal_problems
from outcomes.problem_codes import refusal_status
from outcomes.queries import uploads as upload_queries
from outcomes.return_file import ReturnFileError
from outcomes.upload_lifecycle import Guard, UploadRefusedError
from outcomes.views.uploads import MOST_BODY_BYTES, TOO_LARGE

REFUSALS: dict[int, Any] = dict.fromkeys((400, 401, 403, 404, 409, 422), ProblemsSerializer)
_CREATE_REFUSALS = {**REFUSALS, **dict.fromkeys((413, 415, 422), CellProblemsSerializer)}


class AuthorityUploads(WriteView):
    """The uploads of one authority."""

    parser_classes = [MultiPartParser]
    pagination_class = NumberedPages
    authority: StrategicAuthority

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Let the caller in, and look at the size before anything is read."""
        APIView.initial(self, request, *args, **kwargs)
        self.authority = access_authority(
            request.user, kwargs["authority_slug"], permission=Permission.INDICATOR_UPLOAD
        )
        self.raw = b""
        if request.method == "POST":
            if body_bytes(request._request) > MOST_BODY_BYTES:
                problem = Problem("too-large", "file", TOO_LARGE, "Send less at a time.")
                raise ProblemsError(problem, status_code=413)
            self.raw = _print_of(request)

    @extend_schema(
        operation_id="uploads_list",
        description="The authority's uploads, the newest first; for its own people.",
        responses={200: UploadSerializer(many=True), **REFUSALS},
    )
    def get(self, request: Request, **_address: Any) -> Response:
        """Answer with a page of uploads."""
        pages = self.pagination_class()
        found = upload_queries.with_people().filter(body=self.authority)
        rows = found.order_by("-uploaded_at", "-pk")
        page = pages.paginate_queryset(rows, request, view=self) or []
        records = [record_of(upload=upload) for upload in page]
        return pages.get_paginated_response(list(UploadSerializer(records, many=True).data))

    @extend_schema(
        operation_id="uploads_create",
        description=(
            "Send a file of figures. It is read by a worker: ask for the upload until its state "
            "is no longer uploaded or checking."
        ),
        parameters=[KEY_PARAMETER],
        request={"multipart/form-data": UploadInput},
        responses={201: UploadSerializer, **_CREATE_REFUSALS},
    )
    @answered_once
    def post(self, request: Request, **_address: Any) -> HttpResponseBase:
        """Keep the file and have it read."""
        file = request.FILES.get("file")
        if file is None:
            raise ProblemsError(
                Problem(
                    "required",
                    "file",
                    "There is no file.",
                    "Send it as the part named file of multipart/form-data.",
                )
            )
        key = key_of(request)
        named = f"upload {credential_of(request)} {key}"
        form_key = uuid5(NAMESPACE_URL, named) if key else uuid4()
        try:
            upload = uploads.receive(
                body=self.authority,
                file=file,
                file_name=file.name or "",
                form_key=form_key,
                by=person_of(request),
                at=timezone.now(),
            )
        except ReturnFileError as refusal:
            return _refused_file(refusal)
        except FormUsedError as error:
            raise ProblemsError(
                Problem("key-reused", "Idempotency-Key", str(error), "Make a new key."),
                status_code=422,
            ) from error
        return Response(
            UploadSerializer(record_of(upload=upload)).data,
            status=201,
            headers={"Location": reverse("upload-detail", args=[upload.pk])},
        )


class UploadView(WriteView):
    """An address of one upload; who may not know of it is told that there is none."""

    upload: Upload

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Let the caller in, or not."""
        super().initial(request, *args, **kwargs)
        self.upload = self._found(kwargs["upload_id"])
        access_authority(
            request.user, self.upload.body.slug, permission=Permission.INDICATOR_UPLOAD
        )

    def _found(self, upload_id: UUID) -> Upload:
        person_of(self.request)
        found = upload_queries.with_people().filter(pk=upload_id).first()
        if found is None:
            raise Http404
        return found

    def answer(self) -> Response:
        """Return the upload as it is by now."""
        upload = self._found(self.upload.pk)
        problems = upload_queries.first_problems(upload=upload, most=0, most_warnings=0)
        return Response(UploadSerializer(record_of(upload=upload, problems=problems)).data)

    def handle_exception(self, exc: Exception) -> Any:
        """Say why a step was not taken."""
        if isinstance(exc, UploadRefusedError):
            stale = exc.guard == Guard.SEEN_AS_IT_IS
            exc = ProblemsError(
                Problem(
                    "stale" if stale else "not-now",
                    "fingerprint" if stale else "",
                    str(exc),
                    "Read the upload again, and see its next_steps.",
                ),
                status_code=409,
            )
        elif isinstance(exc, upload_steps.ReasonsMissingError):
            exc = ProblemsError(
                *(
                    Problem("reason-missing", f"reasons.{code}", str(exc), "Send a reason for it.")
                    for code in (*exc.codes, *exc.too_long)
                )
            )
        return super().handle_exception(exc)


class OneUpload(UploadView):
    """One upload."""

    @extend_schema(
        operation_id="uploads_retrieve",
        description="How far an upload is, what it would do, and what you may do next.",
        responses={200: UploadSerializer, **REFUSALS},
    )
    def get(self, request: Request, **_address: Any) -> Response:
        """Answer with the upload."""
        return self.answer()


class UploadProblems(UploadView):
    """What is wrong with a file."""

    @extend_schema(
        operation_id="uploads_problems_list",
        description="Every error and warning that was kept, with row, column and what to do.",
        responses={200: CellProblemsSerializer, **REFUSALS},
    )
    def get(self, request: Request, **_address: Any) -> Response:
        """Answer with the problems."""
        found = upload_queries.problems_of(upload=self.upload)
        return Response(
            {
                "errors": [asdict(cell_problem(problem=problem)) for problem in found],
                "total": self.upload.problem_count,
            }
        )


class UploadStep(UploadView, ABC):
    """A step of an upload: takes what it needs, answers with the upload as it then is."""

    input: ClassVar[type[Any]] = NothingInput

    @abstractmethod
    def take(self, wanted: dict[str, Any]) -> object:
        """Take the step."""

    @answered_once
    def post(self, request: Request, **_address: Any) -> HttpResponseBase:
        """Take the step once."""
        sent = self.input(data=request.data)
        sent.is_valid(raise_exception=True)
        self.take(sent.validated_data)
        return self.answer()


class UploadConfirm(UploadStep):
    """The word that a file may be stored."""

    input = ConfirmInput

    @extend_schema(
        operation_id="uploads_confirm",
        description=(
            "Have the file stored, with a reason for each kind of warning. Ask for the upload "
            "until its state is no longer storing; if it is ready again, what it would do has "
            "changed in between."
        ),
        parameters=[KEY_PARAMETER],
        request=ConfirmInput,
        responses={200: UploadSerializer, **REFUSALS},
    )
    def post(self, request: Request, **address: Any) -> HttpResponseBase:
        """Confirm once."""
        return super().post(request, **address)

    def take(self, wanted: dict[str, Any]) -> object:
        """Keep the reasons and give the word, or neither."""
        reasons = {one["code"]: one["reason"] for one in wanted.get("reasons", ())}
        by, at = person_of(self.request), timezone.now()
        with transaction.atomic():
            upload = self.upload
            if upload.state == UploadState.NEEDS_CONFIRMING:
                upload = upload_steps.give_reasons(upload=upload, reasons=reasons, by=by, at=at)
            return upload_steps.confirm(upload=upload, seen=wanted["fingerprint"], by=by, at=at)


class UploadCancel(UploadStep):
    """Gives a file up."""

    @extend_schema(
        operation_id="uploads_cancel",
        description="Give the file up before anything of it is stored.",
        parameters=[KEY_PARAMETER],
        request=NothingInput,
        responses={200: UploadSerializer, **REFUSALS},
    )
    def post(self, request: Request, **address: Any) -> HttpResponseBase:
        """Cancel once."""
        return super().post(request, **address)

    def take(self, wanted: dict[str, Any]) -> object:
        """Stop it."""
        return upload_steps.cancel(
            upload=self.upload, by=person_of(self.request), at=timezone.now()
        )


def _print_of(request: Request) -> bytes:
    """Return what tells one sent file from another; multipart bodies differ by their borders."""
    file: UploadedFile[bytes] | None = request.FILES.get("file")
    if file is None:
        return b""
    digest = hashlib.sha256()
    for block in file.chunks():
        digest.update(block)
    file.seek(0)
    return digest.digest() + (file.name or "").encode()


def _refused_file(refusal: ReturnFileError) -> Response:
    found = refusal_problems(refusal=refusal)
    errors = [asdict(problem) for problem in found]
    return Response(
        {"errors": errors[:20], "total": len(errors)},
        status=refusal_status(code=refusal.code),
    )
