"""The template of a file of commitments, and what its columns mean."""

import io
from typing import Any, Final

from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils import timezone

from authorities.csv_text import write_csv
from authorities.views.csv_files import csv_answer
from authorities.workbook import (
    DICTIONARY_COLUMNS,
    dictionary_rows,
    write_csv_file,
    write_workbook,
)
from engagement.presenters import commitment_import as presenter
from engagement.views.body_pages import AuthorityPage, BoardPage
from engagement.views.commitment_import import ImportPage

_TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class ImportTemplate(ImportPage):
    """A file with the headings alone, to be filled in."""

    def get(self, request: HttpRequest, file_type: str, **address: Any) -> FileResponse:
        """Send it."""
        table = presenter.template_table(side=self.side)
        made = io.BytesIO()
        if file_type == "csv":
            write_csv_file(file=made, table=table)
        else:
            now = timezone.now()
            write_workbook(file=made, title=table.name, made_at=now, tables=[table])
        made.seek(0)
        return FileResponse(
            made,
            as_attachment=True,
            filename=f"commitments-template.{file_type}",
            content_type=_TYPES[file_type],
        )


class ImportColumns(ImportPage):
    """What each column means, and what may stand in it."""

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:
        """Send the data dictionary."""
        text = write_csv(
            headings=[column.name for column in DICTIONARY_COLUMNS],
            rows=dictionary_rows(tables=[presenter.template_table(side=self.side)]),
        )
        return csv_answer(text=text, name="commitments-columns.csv")


class AuthorityTemplate(AuthorityPage, ImportTemplate):
    """The template of an authority."""


class AuthorityColumns(AuthorityPage, ImportColumns):
    """The columns of an authority's file."""


class BoardTemplate(BoardPage, ImportTemplate):
    """The template of an ICB."""


class BoardColumns(BoardPage, ImportColumns):
    """The columns of an ICB's file."""
