"""Answers to take away: of a round for the centre, of one return for its own people."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import IO, Any, ClassVar

from django.conf import settings
from django.core.files.temp import NamedTemporaryFile
from django.http import FileResponse, HttpRequest

from authorities.permissions import Permission
from authorities.workbook import write_csv_file, write_workbook
from duty.actions import downloads
from duty.presenters.answer_files import AnswerTables, answer_tables
from duty.queries.answer_files import answers_of, own_return, returns_in
from duty.queries.returns import latest_submission
from duty.views.return_page import ReturnPage
from duty.views.round_pages import RoundPage

_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class AnswerFile(StrEnum):
    """Which file is asked for."""

    WORKBOOK = "workbook"
    ANSWERS = "answers"
    EVIDENCE = "evidence"
    WIDE = "wide"
    DICTIONARY = "dictionary"


@dataclass(frozen=True)
class MadeFile:
    """A file that was written, and how many rows its main table has."""

    content: IO[bytes]
    rows: int
    format: str

    def answer(self, *, name: str) -> FileResponse:
        """Return the file to be saved."""
        return FileResponse(
            self.content,
            as_attachment=True,
            filename=f"{name}.{self.format}",
            content_type=_TYPES[self.format],
        )


class RoundAnswersFile(RoundPage):
    """What every expected authority last submitted; drafts are nobody else's."""

    permission: ClassVar[Permission] = Permission.SUBMITTED_RETURN_READ
    file: AnswerFile = AnswerFile.WORKBOOK

    def get(self, request: HttpRequest, **kwargs: Any) -> FileResponse:
        """Give the file, and keep who took it."""
        answers = answers_of(round_=self.round, now=self.now)
        made = made_file(
            file=self.file,
            tables=answer_tables(
                round_=self.round,
                questions=answers.questions,
                returns=lambda: returns_in(answers=answers),
                holds="Every authority that the round expects, with what it last submitted.",
                made_at=self.now,
                demonstration=settings.DEMONSTRATION,
            ),
            made_at=self.now,
        )
        downloads.note(
            action="round.answers_downloaded",
            target=self.round,
            body=None,
            permission=self.permission,
            by=self.person,
            at=self.now,
            file=self.file.value,
            format=made.format,
            rows=made.rows,
        )
        return made.answer(name=f"{self.round.slug}-{self.file.value}")


class ReturnAnswersFile(ReturnPage):
    """An authority's own answers: as submitted while they are so, else as they now are."""

    permission: ClassVar[Permission] = Permission.RETURN_READ
    file: AnswerFile = AnswerFile.WORKBOOK

    def get(self, request: HttpRequest, **kwargs: Any) -> FileResponse:
        """Give the file, and keep who took it; there is none before the return is started."""
        started = self.duty_return
        own = own_return(
            loaded=self.loaded,
            standing=self.standing,
            submission=latest_submission(round_=self.round, authority=self.authority),
        )
        made = made_file(
            file=self.file,
            tables=answer_tables(
                round_=self.round,
                questions=self.loaded.questions,
                returns=lambda: iter((own,)),
                holds="The return of one authority, for its own people.",
                made_at=self.now,
                demonstration=settings.DEMONSTRATION,
            ),
            made_at=self.now,
        )
        downloads.note(
            action="return.downloaded",
            target=started,
            body=self.authority,
            permission=self.permission,
            by=self.user,
            at=self.now,
            file=self.file.value,
            format=made.format,
            rows=made.rows,
        )
        return made.answer(name=f"{self.round.slug}-{self.authority.slug}-{self.file.value}")


def made_file(*, file: AnswerFile, tables: AnswerTables, made_at: datetime) -> MadeFile:
    """Write a file to the disk, where it is until it was sent: memory does not grow with it."""
    content = NamedTemporaryFile()
    if file is AnswerFile.WORKBOOK:
        counts = write_workbook(
            file=content,
            title=tables.title,
            made_at=made_at,
            tables=tables.sheets,
        )
        made = MadeFile(content, counts[tables.answers.name], "xlsx")
    else:
        chosen = {
            AnswerFile.ANSWERS: tables.answers,
            AnswerFile.EVIDENCE: tables.evidence,
            AnswerFile.WIDE: tables.wide,
            AnswerFile.DICTIONARY: tables.dictionary,
        }[file]
        made = MadeFile(content, write_csv_file(file=content, table=chosen), "csv")
    content.seek(0)
    return made
