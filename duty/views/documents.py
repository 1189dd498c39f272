"""A submission's PDF to take away."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from duty.actions import documents, downloads
from duty.models import ReturnDocument
from duty.queries.documents import document_numbered
from duty.views.submissions import SubmissionPage


class ReturnDocumentFile(SubmissionPage):
    """The PDF of one submission, for its own people and for the centre."""

    def get(self, request: HttpRequest, number: int, **kwargs: Any) -> HttpResponseBase:
        """Give the file, and keep who took it."""
        try:
            document = document_numbered(
                round_slug=self.round.slug, authority_slug=self.authority.slug, number=number
            )
        except ReturnDocument.DoesNotExist as error:
            raise Http404 from error
        if not documents.has_file(document=document):
            documents.make_lost(document=document, at=self.now)
            return redirect(self.addresses.submitted)
        submission = document.submission
        downloads.note(
            action="return.downloaded",
            target=submission.duty_return,
            body=self.authority,
            permission=self.held_by,
            by=self.user,
            at=self.now,
            format="pdf",
            number=number,
            reference=submission.reference,
        )
        return pdf_response(document=document)


def pdf_response(*, document: ReturnDocument) -> FileResponse:
    """Return the file of a document, named by its submission's reference."""
    return FileResponse(
        document.file.open("rb"),
        as_attachment=True,
        filename=f"{document.submission.reference}.pdf",
        content_type="application/pdf",
    )
