"""Files around an upload: its report, itself with what is wrong in each row, and the template."""

from typing import Any

from django.core.files.temp import NamedTemporaryFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils import timezone

from authorities.permissions import Permission
from authorities.views.csv_files import csv_answer
from authorities.workbook import write_csv_file, write_workbook
from outcomes.actions import uploads
from outcomes.forms import TemplateForm
from outcomes.marked_file import write_marked
from outcomes.presenters import upload_template as presenter
from outcomes.queries import rounds, upload_facts, upload_template
from outcomes.queries import uploads as upload_queries
from outcomes.views.pages import AuthorityPageMixin
from outcomes.views.uploads import UploadPage

_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class UploadReportCsv(UploadPage):
    """All errors of one upload to take away."""

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:
        """Send the errors, and keep that they were sent."""
        upload = self.found()
        if not upload.problem_count:
            raise Http404
        uploads.note_download(upload=upload, what="report", by=self.member, at=timezone.now())
        return csv_answer(
            text=upload_queries.problems_csv(upload=upload), name=f"report-{upload.pk}.csv"
        )


class UploadMarked(UploadPage):
    """The file as it was sent, with a note in each wrong row."""

    def get(self, request: HttpRequest, **address: Any) -> FileResponse:
        """Send the file, and keep that it was sent."""
        upload = self.found()
        notes = upload_queries.notes_by_row(upload=upload)
        if not notes:
            raise Http404
        made = NamedTemporaryFile()
        try:
            with upload.file.open("rb") as content:
                is_workbook = write_marked(content=content.file, file=made, notes=notes)
        except FileNotFoundError as error:
            made.close()
            raise Http404 from error
        made.seek(0)
        uploads.note_download(upload=upload, what="marked_file", by=self.member, at=timezone.now())
        return _file(
            made=made, name=f"corrections-{upload.pk}", kind="xlsx" if is_workbook else "csv"
        )


class UploadTemplate(AuthorityPageMixin):
    """A file with the authority's own rows, to be filled in."""

    permission = Permission.INDICATOR_UPLOAD

    def get(self, request: HttpRequest, kind: str, **address: Any) -> FileResponse:
        """Send the template for the round that is asked for, or that closes first."""
        now = timezone.now()
        form = TemplateForm(request.GET)
        if not form.is_valid():
            raise Http404
        open_rounds = rounds.open_rounds(body=self.authority, at=now)
        asked = form.cleaned_data["round"]
        chosen = [one for one in open_rounds if asked in ("", one.slug)]
        if asked and not chosen:
            raise Http404
        day = timezone.localdate(now)
        table = presenter.template_table(
            rows=upload_template.template_rows(
                authority=self.authority,
                set_slug=form.cleaned_data["set"],
                day=day,
                asked=chosen[0].asked.codes if asked and chosen[0].asked else None,
            ),
            body=upload_facts.own_places(body=self.authority, day=day).name,
            round=chosen[0].name if chosen else "",
        )
        made = NamedTemporaryFile()
        if kind == "csv":
            write_csv_file(file=made, table=table)
        else:
            write_workbook(file=made, title=table.name, made_at=now, tables=[table])
        made.seek(0)
        return _file(made=made, name=f"indicators-{self.authority.slug}", kind=kind)


def _file(*, made: Any, name: str, kind: str) -> FileResponse:
    return FileResponse(
        made, as_attachment=True, filename=f"{name}.{kind}", content_type=_TYPES[kind]
    )
