"""Adding evidence to an answer, taking it away, and downloading a file of it."""

import uuid
from typing import Any, cast

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.datastructures import MultiValueDict
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from authorities.access import may
from authorities.permissions import Permission
from authorities.received_files import FormUsedError
from duty.actions import evidence
from duty.actions.answers import UnknownQuestionError
from duty.actions.held_answers import NoAnswerYetError
from duty.evidence_file import EvidenceFileError, too_large
from duty.forms.evidence import EvidenceFileForm, EvidenceLinkForm
from duty.lifecycle import TransitionRefusedError
from duty.queries.evidence import file_of
from duty.views.evidence_block import evidence_context, takes_evidence
from duty.views.questions import ReturnQuestion
from duty.views.return_page import ReturnPage
from duty.views.sent_files import REFUSAL_STATUS, is_there, is_too_large, send_file, unread


# The token stands in the body, and a body that is too large must not be read: the size is looked
# at first, and the token is checked right after it.
@method_decorator(csrf_exempt, name="dispatch")
class ReturnEvidence(ReturnQuestion):
    """The evidence of one answer."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Keep a body that is too large unread."""
        if not takes_evidence(slot=self.slot):
            raise Http404
        self.is_too_large = is_too_large(request=request)
        if self.is_too_large:
            # Past what looks into the form.
            return View.dispatch(self, request, *args, **kwargs)
        return csrf_protect(super().dispatch)(request, *args, **kwargs)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show what there is, and the forms that add to it."""
        if self.loaded.duty_return is None:
            return redirect(self.addresses.tasks)
        forms = self._again()
        if not self.loaded.asks(self.slot.key):
            return self._hidden(form=next(iter(forms.values()), None))
        return self._evidence_page(**forms)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Add a file or a link, or take one away."""
        if not self.loaded.asks(self.slot.key):
            return self._closed()
        if self.is_too_large:
            return self._refuse_size()
        try:
            if "remove" in request.POST:
                return self._take_away(request.POST["remove"])
            if request.POST.get("add") == "link":
                return self._add_link()
            return self._add_file()
        except (NoAnswerYetError, TransitionRefusedError, evidence.EvidenceQuotaError) as error:
            self.forget()
            return self._evidence_page(status=409, refused=str(error), **self._kept())
        except UnknownQuestionError:
            self.forget()
            return self._closed()

    def _closed(self) -> HttpResponse:
        """Say that the question is not asked any more, with what was typed for it."""
        if self.is_too_large:
            return unread(answer=self._hidden(status=413))
        return self._hidden(form=next(iter(self._kept().values())), status=409)

    @property
    def place(self) -> evidence.Place:
        """Which answer the evidence is of."""
        return evidence.Place(self.duty_return, self.slot.question.code, self.slot.board)

    def _add_file(self) -> HttpResponse:
        form = EvidenceFileForm(self.request.POST, self.request.FILES)
        if not form.is_valid():
            return self._wrong_file(form)
        file = cast("UploadedFile[bytes]", form.cleaned_data["file"])
        try:
            added = evidence.add_file(
                place=self.place,
                file=file,
                file_name=file.name or "",
                title=form.cleaned_data["file_title"],
                form_key=form.cleaned_data["form_key"],
                by=self.user,
                at=self.now,
            )
        except EvidenceFileError as refusal:
            form.add_error("file", str(refusal))
            return self._wrong_file(form, status=REFUSAL_STATUS.get(refusal.fault, 422))
        except (evidence.SameEvidenceError, FormUsedError) as refusal:
            form.add_error("file", str(refusal))
            return self._wrong_file(form)
        return self._done("The file was added.", also_at=added.also_at)

    def _add_link(self) -> HttpResponse:
        form = EvidenceLinkForm(self.request.POST)
        if not form.is_valid():
            return self._evidence_page(status=422, link_form=form)
        evidence.add_link(place=self.place, link=form.added, by=self.user, at=self.now)
        return self._done("The link was added.")

    def _again(self) -> dict[str, Any]:
        """Return the form with what came in after the session's end, if anything did."""
        data = self.kept_data
        return {} if data is None else self._with(data)

    def _kept(self) -> dict[str, Any]:
        """Return the form that was sent, with what was typed and without an error."""
        return self._with(self.request.POST)

    def _with(self, sent: MultiValueDict[str, str]) -> dict[str, Any]:
        if sent.get("add") == "link":
            names = EvidenceLinkForm.base_fields
            return {
                "link_form": EvidenceLinkForm(initial={one: sent.get(one, "") for one in names})
            }
        return {"file_form": EvidenceFileForm(initial={"file_title": sent.get("file_title", "")})}

    def _take_away(self, key: str) -> HttpResponse:
        try:
            evidence.remove(
                place=self.place,
                evidence_id=int(key) if key.isascii() and key.isdecimal() else 0,
                by=self.user,
                at=self.now,
            )
        except evidence.UnknownEvidenceError as error:
            return self._done(str(error))
        return self._done("The evidence was removed.")

    def _done(self, said: str, *, also_at: tuple[str, ...] = ()) -> HttpResponse:
        texts = [row.text for code, row in self.loaded.question_rows.items() if code in also_at]
        if texts:
            also = "”, “".join(texts)
            said = f"{said} The same file already stands behind your answer to “{also}”."
        messages.success(self.request, said)
        return redirect(f"{self._question_url}#evidence")

    def _refuse_size(self) -> HttpResponse:
        form = EvidenceFileForm({"form_key": str(uuid.uuid4())}, {})
        form.errors.clear()
        form.add_error("file", str(too_large()))
        return unread(answer=self._wrong_file(form, status=413))

    def _wrong_file(self, form: EvidenceFileForm, *, status: int = 422) -> HttpResponse:
        # The next try is a form of its own.
        form.data = {**dict(form.data.items()), "form_key": str(uuid.uuid4())}
        return self._evidence_page(status=status, file_form=form)

    @property
    def _question_url(self) -> str:
        return self.addresses.question(self.slot.question.specification, self.slot.key)

    def _evidence_page(self, *, status: int = 200, refused: str = "", **forms: Any) -> HttpResponse:
        page = self._presented()
        if page.lock is not None and status >= 400 and not refused:
            # Nobody can correct it here: what counts is the lock.
            for form in forms.values():
                form.errors.clear()
            status, refused = 409, f"{page.lock.title}."
        context = evidence_context(page=self, slot=self.slot, locked=page.lock is not None)
        return self.show(
            "duty/return_evidence.html",
            status=status,
            page=page,
            refused=refused,
            question_url=self._question_url,
            **(context | forms),
        )


class EvidenceDownload(ReturnPage):
    """A file behind an answer: for the authority's people, and once submitted for the centre."""

    def permission_for(self, request: HttpRequest, needed: Permission) -> Permission:
        """Ask the centre for its own right: it reads what was submitted, never a draft."""
        if may(request.user, Permission.SUBMITTED_RETURN_READ):
            return Permission.SUBMITTED_RETURN_READ
        return needed

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        """Send the file, and keep that it was sent."""
        file = file_of(
            round_=self.round,
            authority=self.authority,
            file_id=kwargs["file_id"],
            drafts=self.may(Permission.RETURN_READ),
        )
        if file is None or not is_there(kept=file):
            raise Http404
        evidence.note_download(file=file, by=self.user, at=self.now)
        return send_file(kept=file)
