"""Answers of published rounds to take away, for readers: of one return, and of a whole round."""

from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest
from django.utils import timezone
from django.views.generic import View

from authorities.access import may, note_seen, require_sign_in, rights_of
from authorities.models import User
from authorities.permissions import Permission
from duty.actions import downloads
from duty.models import Round
from duty.presenters.answer_files import answer_tables
from duty.queries.answer_files import questions_of
from duty.views.answer_files import AnswerFile, made_file
from engagement.queries.shared_answers import one_return, published_answers, returns_of
from engagement.views.shared_returns import SharedReturn


class SharedReturnAnswers(SharedReturn):
    """The answers of a return as it was submitted, for who may read all of it."""

    file: AnswerFile = AnswerFile.WORKBOOK

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find it.

        Raises:
            SignInNeededError, Http404: as `access_shared_return`; 404 too for some sections alone.
        """
        super().setup(request, *args, **kwargs)
        if self.access.sections is not None:
            raise Http404

    def get(self, request: HttpRequest, **kwargs: Any) -> FileResponse:
        """Give the file, and keep who took it."""
        now, duty_return = timezone.now(), self.submission.duty_return
        one = one_return(submission=self.submission)
        made = made_file(
            file=self.file,
            tables=answer_tables(
                round_=duty_return.round,
                questions=questions_of(round_=duty_return.round),
                returns=lambda: iter((one,)),
                holds="The return of one authority, as it was submitted.",
                made_at=now,
                demonstration=settings.DEMONSTRATION,
            ),
            made_at=now,
        )
        assert isinstance(request.user, User)  # noqa: S101 - narrows the type
        downloads.note(
            action="return.downloaded",
            target=duty_return,
            body=duty_return.authority,
            permission=self.access.permission,
            by=request.user,
            at=now,
            file=self.file.value,
            format=made.format,
            rows=made.rows,
            reference=self.submission.reference,
        )
        slugs = f"{duty_return.round.slug}-{duty_return.authority.slug}"
        return made.answer(name=f"{slugs}-{self.file.value}")


class PublishedAnswersFile(View):
    """What a published round says of every authority's return, by its current revision."""

    permission = Permission.PUBLISHED_RETURN_READ
    file: AnswerFile = AnswerFile.WORKBOOK

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find what the round's current revision names.

        Raises:
            SignInNeededError: nobody is signed in.
            Http404: the person is no reader and not of the centre, or nothing is published yet.
        """
        super().setup(request, *args, **kwargs)
        require_sign_in(request.user, permission=self.permission)
        reads = self.permission in rights_of(request.user).once_published
        if not reads and not may(request.user, Permission.SUBMITTED_RETURN_READ):
            raise Http404
        self.held = self.permission if reads else Permission.SUBMITTED_RETURN_READ
        round_ = (
            Round.objects.counted()
            .filter(slug=kwargs["round_slug"])
            .select_related("specification")
            .first()
        )
        published = published_answers(round_=round_) if round_ is not None else None
        if round_ is None or published is None:
            raise Http404
        self.round, self.published = round_, published
        note_seen(request.user, self.held)

    def get(self, request: HttpRequest, **kwargs: Any) -> FileResponse:
        """Give the file, and keep who took it."""
        now = timezone.now()
        made = made_file(
            file=self.file,
            tables=answer_tables(
                round_=self.round,
                questions=questions_of(round_=self.round),
                returns=lambda: returns_of(published=self.published),
                holds="Every authority of the round, with what it had submitted when revision "
                f"{self.published.number} was published.",
                made_at=now,
                demonstration=settings.DEMONSTRATION,
            ),
            made_at=now,
        )
        assert isinstance(request.user, User)  # noqa: S101 - narrows the type
        downloads.note(
            action="round.answers_downloaded",
            target=self.round,
            body=None,
            permission=self.held,
            by=request.user,
            at=now,
            file=self.file.value,
            format=made.format,
            rows=made.rows,
            revision=self.published.number,
        )
        return made.answer(name=f"{self.round.slug}-published-{self.file.value}")
