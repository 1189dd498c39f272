"""Kinds of notices for tests of the outbox: told to whoever works for the body of the notice."""

from collections.abc import Sequence
from datetime import date, datetime

from authorities.models import Notice
from authorities.notices import Draft, Letter, NoticeKind, people_at
from tests.factories.authorities import StrategicAuthorityFactory


def _letters(notice: Notice, at: datetime) -> tuple[Letter, ...]:
    words = notice.details.get("words", "A board ends")
    return tuple(
        Letter(person, words, "Read this here:", (("", "/"),))
        for person in people_at(body_id=notice.about)
    )


def _broken(notice: Notice, at: datetime) -> tuple[Letter, ...]:
    raise LookupError("What it is about is gone.")


KINDS = {
    "test.plain": NoticeKind(label="Plain", letters=_letters),
    "test.daily": NoticeKind(label="Daily", letters=_letters, daily=True),
    "test.today": NoticeKind(label="Today", letters=_letters, daily=True, same_day=True),
    "test.broken": NoticeKind(label="Broken", letters=_broken),
}


def drafts(*, first: date, last: date) -> Sequence[Draft]:
    """Ask for one notice for each authority that there is, once."""
    bodies = StrategicAuthorityFactory._meta.model.objects.order_by("slug")
    return [
        Draft(kind="test.daily", key=str(body.pk), day=first, about=body.pk, body_id=body.pk)
        for body in bodies
    ]
