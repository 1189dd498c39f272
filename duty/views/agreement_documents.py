"""The document of a partnership agreement: its authority adds or removes it, parties read it."""

import uuid
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from authorities.access import acting_as
from authorities.permissions import Permission
from authorities.received_files import FormUsedError
from duty.actions import agreement_documents as actions
from duty.actions.standing_records import RecordEndedError
from duty.evidence_file import EvidenceFileError, too_large
from duty.forms.agreement_documents import AgreementDocumentForm
from duty.presenters.agreements import document_line
from duty.queries.agreements import document_of
from duty.ui.navigation import BackLink
from duty.views.agreements import AgreementView
from duty.views.sent_files import REFUSAL_STATUS, is_there, is_too_large, send_file, unread


# The token stands in the body, and a body that is too large must not be read: the size is looked
# at first, and the token is checked right after it.
@method_decorator(csrf_exempt, name="dispatch")
class AgreementDocumentPage(AgreementView):
    """Where the authority adds the agreement's document, replaces it or takes it away."""

    permission = Permission.STANDING_RECORD_EDIT

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Keep a body that is too large unread."""
        if not self.access.of_authority:
            raise PermissionDenied
        self.is_too_large = is_too_large(request=request)
        if self.is_too_large:
            # Past what looks into the form.
            return View.dispatch(self, request, *args, **kwargs)
        return csrf_protect(super().dispatch)(request, *args, **kwargs)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show what there is, and the form; of what has ended, the agreement alone."""
        if self.facts.row.ending:
            return redirect(self.page_url)
        return self._page(AgreementDocumentForm())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Add the file or take one away, or say why not."""
        if self.is_too_large:
            form = AgreementDocumentForm({"form_key": str(uuid.uuid4())}, {})
            form.errors.clear()
            form.add_error("file", str(too_large()))
            return unread(answer=self._page(form, status=413))
        try:
            if "remove" in request.POST:
                return self._remove(request.POST["remove"])
            return self._add()
        except RecordEndedError as error:
            form = AgreementDocumentForm({"form_key": str(uuid.uuid4())}, {})
            form.errors.clear()
            form.add_error(None, str(error))
            return self._page(form, status=409)

    def _add(self) -> HttpResponse:
        form = AgreementDocumentForm(self.request.POST, self.request.FILES)
        if not form.is_valid():
            return self._again(form)
        file = cast("UploadedFile[bytes]", form.cleaned_data["file"])
        try:
            actions.add_document(
                agreement=self.facts.row,
                file=file,
                file_name=file.name or "",
                form_key=form.cleaned_data["form_key"],
                by=self.user,
                at=self.now,
            )
        except EvidenceFileError as refusal:
            form.add_error("file", str(refusal))
            return self._again(form, status=REFUSAL_STATUS.get(refusal.fault, 422))
        except (actions.SameDocumentError, FormUsedError) as refusal:
            form.add_error("file", str(refusal))
            return self._again(form)
        return self._done("The document was added.")

    def _remove(self, key: str) -> HttpResponse:
        try:
            actions.remove_document(
                agreement=self.facts.row, document_id=uuid.UUID(key), by=self.user, at=self.now
            )
        except ValueError:
            return self._done("This document was replaced or removed before.")
        except actions.NoDocumentError as error:
            return self._done(str(error))
        return self._done("The document was removed.")

    def _done(self, said: str) -> HttpResponse:
        messages.success(self.request, said)
        return redirect(self.page_url)

    def _again(self, form: AgreementDocumentForm, *, status: int = 422) -> HttpResponse:
        # The next try is a form of its own.
        form.data = {**dict(form.data.items()), "form_key": str(uuid.uuid4())}
        return self._page(form, status=status)

    def _page(self, form: AgreementDocumentForm, *, status: int = 200) -> HttpResponse:
        facts = self.facts
        context = {
            "form": form,
            "title": facts.content.title,
            "document": document_line(facts=facts),
            "ended": bool(facts.row.ending),
            "is_signed": any(one.at is not None for one in facts.standing.parties),
            "back": BackLink(facts.content.title, self.page_url),
        }
        return render(self.request, "duty/agreement_document.html", context, status=status)


class AgreementDownload(AgreementView):
    """The document, for all who read the agreement; earlier ones for its authority alone."""

    permission = Permission.AGREEMENT_READ

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        """Send the file, and keep that it was sent."""
        held = self.facts.content.document
        key = kwargs["document_id"]
        if not self.access.of_authority and (held is None or held.id != key):
            raise Http404
        document = document_of(agreement=self.facts.row, document_id=key)
        if document is None or not is_there(kept=document):
            raise Http404
        body = next(iter(self.access.bodies), None)
        actions.note_download(
            document=document,
            role=acting_as(self.user, self.permission, body).role,
            by=self.user,
            at=self.now,
        )
        return send_file(kept=document)
