"""A body proposes the commitments of a file: choose it, see what would come of it, confirm.

The file is not kept between the two steps. The page carries its rows, signed.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO, Final, cast

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from authorities.models import User
from authorities.permissions import Permission
from authorities.received_files import body_bytes
from duty.deadlines import london_date
from duty.ui.navigation import BackLink
from engagement.actions.commitment_import import (
    Imported,
    RowRefusedError,
    import_commitments,
    note_refusal,
)
from engagement.commitment_file import (
    LIMITS,
    in_file_order,
    layout_of,
    read_commitments,
)
from engagement.forms.carried_rows import CarriedRows, carried_by, signed_rows
from engagement.forms.commitment_import import (
    PROPOSE_TOO,
    ImportConfirmForm,
    ImportFileForm,
    choices,
)
from engagement.forms.commitment_rows import Checked, check_rows
from engagement.models import Side
from engagement.presenters import commitment_import as presenter
from engagement.queries import bodies
from engagement.queries.commitment_import import KnownBodies, known_bodies
from engagement.views.body_pages import AuthorityPage, BoardPage, BodyPage
from outcomes.problem_codes import refusal_status
from outcomes.return_file import ReturnFileError, RowError
from outcomes.sent_rows import SentRows, read_sent_rows

# The form's other fields and the lines around the file need room too.
_MOST_BODY_BYTES: Final = LIMITS.max_bytes + 100_000
# What Django takes of a form without files, less the other fields.
_MOST_CARRIED: Final = 1_900_000
_TOO_LARGE: Final = "The file is larger than 1 MB. Split it into smaller files."
_TOO_MUCH: Final = "The file has too much text to be shown at once. Split it into smaller files."
_TOO_OLD: Final = "The preview is older than a day, or was changed. Choose your file again."


class ImportPage(BodyPage):
    """Lets in, by the body that proposes."""

    permission = Permission.COMMITMENT_EDIT

    def person(self) -> User:
        """Return who sends the file; `setup` has refused everybody else."""
        assert isinstance(self.request.user, User)  # noqa: S101 - narrows the type
        return self.request.user

    def show(
        self,
        *,
        form: forms.Form,
        status: int = 200,
        errors: tuple[RowError, ...] = (),
        notices: tuple[str, ...] = (),
    ) -> HttpResponse:
        """Show the page that takes a file, with what is wrong with the last one."""
        return render(
            self.request,
            "engagement/commitment_import.html",
            {
                "form": form,
                "report": presenter.problem_report(errors=errors) if errors else None,
                "problem_columns": presenter.PROBLEM_COLUMNS,
                "notices": notices,
                **self._frame(),
            },
            status=status,
        )

    def show_preview(
        self, *, read: "_Read", form: ImportConfirmForm, status: int = 200
    ) -> HttpResponse:
        """Show what would come of each row, and ask whether it shall."""
        return render(
            self.request,
            "engagement/commitment_import_preview.html",
            {
                "form": form,
                "shown": presenter.preview(
                    checked=read.checked,
                    known=read.known,
                    personal=read.carried.personal,
                    side=self.side,
                ),
                "notices": read.notices,
                **self._frame(),
            },
            status=status,
        )

    def _frame(self) -> dict[str, Any]:
        slug = self.body.slug
        urls = {
            name: reverse(f"commitments:{self.page_name}-import-{name}", args=[slug])
            for name in ("confirm", "template-csv", "template-xlsx", "columns")
        }
        return {
            "name": bodies.name_of(body=self.body, on=london_date(now=timezone.now())),
            "file_url": reverse(f"commitments:{self.page_name}-import", args=[slug]),
            "confirm_url": urls["confirm"],
            "template_csv_url": urls["template-csv"],
            "template_xlsx_url": urls["template-xlsx"],
            "columns_url": urls["columns"],
            "most_rows": LIMITS.max_rows,
            "back": BackLink(
                label="Joint commitments", url=reverse(f"commitments:{self.page_name}", args=[slug])
            ),
        }


@dataclass(frozen=True)
class _Read:
    """A file whose rows may all be proposed."""

    carried: CarriedRows
    checked: Checked
    known: KnownBodies
    notices: tuple[str, ...] = ()


# The token stands in the body, and a body that is too large must not be read: the size is looked
# at first, and the token is checked right after it.
@method_decorator(csrf_exempt, name="dispatch")
class CommitmentImport(ImportPage):
    """Takes a file, and shows what would come of it."""

    http_method_names = ["get", "head", "options", "post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Keep a body that is too large unread."""
        self.is_too_large = body_bytes(request) > _MOST_BODY_BYTES
        if self.is_too_large:
            return super().dispatch(request, *args, **kwargs)
        return csrf_protect(super().dispatch)(request, *args, **kwargs)

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:
        """Show the form."""
        return self.show(form=ImportFileForm())

    def post(self, request: HttpRequest, **address: Any) -> HttpResponse:
        """Read the file, and show each of its rows or each of its faults."""
        if self.is_too_large:
            answer = self._refused("too-large", _TOO_LARGE)
            # What is still on its way is not waited for.
            answer.headers["Connection"] = "close"
            return answer
        form = ImportFileForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(form=form, status=422)
        now = timezone.now()
        try:
            content = cast("UploadedFile[bytes]", form.cleaned_data["file"])
            checksum = hashlib.sha256(b"".join(content.chunks())).hexdigest()
            sent = read_sent_rows(
                content=cast("BinaryIO", content.file),
                layout=layout_of(own_is_authority=self.side == Side.AUTHORITY),
                limits=LIMITS,
            )
        except ReturnFileError as refusal:
            if refusal.errors:
                return self._show_errors(refusal.errors)
            return self._refused(refusal.code, refusal.message)
        return self._check(sent, checksum, now)

    def _check(self, sent: SentRows, checksum: str, now: datetime) -> HttpResponse:
        known = known_bodies(body=self.body, side=self.side, on=london_date(now=now))
        file = read_commitments(sent=sent, choices=choices(), own_names=known.own_names)
        checked = check_rows(
            rows=file.rows,
            faulty=file.faulty,
            known=known,
            body=self.body,
            checksum=checksum,
            at=now,
        )
        by_row = {row.row: row for row in sent.rows}
        errors = [
            *file.errors,
            *(sent.error(by_row[one.row], one.column, one.fault) for one in checked.faults),
        ]
        if errors:
            return self._show_errors(in_file_order(errors=errors))
        carried = CarriedRows(checksum=checksum, rows=file.rows, personal=file.personal)
        signed = signed_rows(carried=carried, body=self.body, by=self.person())
        if len(signed) > _MOST_CARRIED:
            return self._refused("too-much-text", _TOO_MUCH)
        read = _Read(carried, checked, known, tuple(one.message for one in sent.notices))
        return self.show_preview(
            read=read,
            form=ImportConfirmForm(
                initial={"rows": signed},
                has_alike=checked.has_alike,
                has_personal=bool(file.personal),
            ),
        )

    def _show_errors(self, errors: tuple[RowError, ...]) -> HttpResponse:
        note_refusal(
            body=self.body,
            codes={one.code for one in errors},
            by=self.person(),
            at=timezone.now(),
        )
        return self.show(form=ImportFileForm(), errors=errors, status=422)

    def _refused(self, code: str, message: str) -> HttpResponse:
        note_refusal(body=self.body, codes={code}, by=self.person(), at=timezone.now())
        return self.show(form=_refused_form(message), status=refusal_status(code=code))


class CommitmentImportConfirm(ImportPage):
    """Proposes every row that was shown, or none."""

    http_method_names = ["options", "post"]

    def post(self, request: HttpRequest, **address: Any) -> HttpResponse:
        """Judge the rows again, and store them."""
        now = timezone.now()
        signed = request.POST.get("rows", "")
        carried = carried_by(signed=signed, body=self.body, by=self.person())
        if carried is None:
            return self.show(form=_refused_form(_TOO_OLD), status=422)
        known = known_bodies(body=self.body, side=self.side, on=london_date(now=now))
        checked = check_rows(
            rows=carried.rows,
            faulty={},
            known=known,
            body=self.body,
            checksum=carried.checksum,
            at=now,
        )
        if checked.faults:
            errors = presenter.placed(faults=checked.faults, side=self.side)
            return self.show(form=ImportFileForm(), errors=errors, status=422)
        read = _Read(carried, checked, known)
        form = ImportConfirmForm(
            request.POST,
            has_alike=checked.has_alike,
            has_personal=bool(carried.personal),
        )
        if not form.is_valid():
            return self.show_preview(read=read, form=form, status=422)
        try:
            imported = self._store(read, form, now)
        except RowRefusedError as error:
            form.add_error(None, str(error))
            return self.show_preview(read=read, form=form, status=422)
        messages.success(request, presenter.stored_words(imported=imported))
        return redirect(f"commitments:{self.page_name}", self.body.slug)

    def _store(self, read: _Read, form: ImportConfirmForm, now: datetime) -> Imported:
        takes_alike = form.cleaned_data.get("alike") == PROPOSE_TOO
        return import_commitments(
            body=self.body,
            side=self.side,
            proposals=[one.proposal for one in read.checked.rows if takes_alike or not one.alike],
            checksum=read.carried.checksum,
            personal_reason=form.cleaned_data.get("personal_reason", ""),
            by=self.person(),
            at=now,
        )


class AuthorityImport(AuthorityPage, CommitmentImport):
    """An authority chooses its file."""


class AuthorityConfirm(AuthorityPage, CommitmentImportConfirm):
    """An authority confirms its rows."""


class BoardImport(BoardPage, CommitmentImport):
    """An ICB chooses its file."""


class BoardConfirm(BoardPage, CommitmentImportConfirm):
    """An ICB confirms its rows."""


def _refused_form(message: str) -> ImportFileForm:
    """Return the form for another file, with why the last one was not taken."""
    form = ImportFileForm({}, MultiValueDict())
    form.errors.clear()
    form.add_error("file", message)
    return form
