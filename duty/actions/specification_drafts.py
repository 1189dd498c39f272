"""Drafting a version of what the duty asks: made or copied, changed, published, deleted.

Each change carries the revision of the draft that was read, so that nobody overwrites what they
have not seen.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max

from authorities import audit
from authorities.models import User
from duty.actions.specifications import question_row
from duty.models import Question, Section, Specification
from duty.queries.specifications import questions_of, titles_of
from duty.questions import QuestionSpec
from duty.specification_checks import VersionProblem, version_problems

_STEP = 10
_WRITTEN = ("code", "theory_of_change", "floor", "text", "answer_type", "config")


class DraftPublishedError(ValueError):
    """A version that is published would change."""


class DraftChangedError(ValueError):
    """Somebody else changed the draft since it was read."""


class CodeTakenError(ValueError):
    """Another question of the version has this code."""


class UnknownQuestionError(LookupError):
    """The draft has no such question."""


class SpecificationInUseError(ValueError):
    """A round uses the version."""


class NotPublishableError(ValueError):
    """Something stands in the way of publication; `problems` says what."""

    def __init__(self, *, problems: tuple[VersionProblem, ...]) -> None:
        self.problems = problems
        super().__init__(" ".join(f"{one.message}." for one in problems))


@transaction.atomic
def draft(*, title: str, source: str, form_key: UUID, by: User, at: datetime) -> Specification:
    """Make an empty draft of the next version; the same form sent twice makes one."""
    return _make(title, source, None, form_key, by=by, at=at)


@transaction.atomic
def copy(
    *, origin: Specification, title: str, source: str, form_key: UUID, by: User, at: datetime
) -> Specification:
    """Make a draft with all sections and questions of another version, drafts included."""
    return _make(title, source, origin, form_key, by=by, at=at)


@transaction.atomic
def change_words(
    *,
    specification: Specification,
    title: str,
    source: str,
    expected_revision: int,
    by: User,
    at: datetime,
) -> Specification:
    """Change what the draft is called and where it comes from.

    Raises:
        DraftPublishedError: it is published.
        DraftChangedError: somebody else changed it meanwhile.
    """
    held = _hold(specification)
    if (held.title, held.source) == (title, source):
        return held
    _refuse_if_changed(held, expected_revision)
    held.title, held.source = title, source
    return _changed(held, "words", by=by, at=at)


@transaction.atomic
def change_section(
    *,
    specification: Specification,
    section: str,
    title: str,
    intro: str,
    expected_revision: int,
    by: User,
    at: datetime,
) -> Specification:
    """Change a section's title and the words before its questions.

    Raises:
        DraftPublishedError, DraftChangedError: as `change_words`.
    """
    held = _hold(specification)
    if (held.section_title(section), held.section_intro(section)) == (title, intro):
        return held
    _refuse_if_changed(held, expected_revision)
    held.sections = _with(held, section, title=title, intro=intro)
    return _changed(held, "section", by=by, at=at, about=section)


@transaction.atomic
def move_section(
    *,
    specification: Specification,
    section: str,
    up: bool,
    expected_revision: int,
    by: User,
    at: datetime,
) -> Specification:
    """Move a section one place up or down; at the end it stays, and “about this return” is last.

    Raises:
        DraftPublishedError, DraftChangedError: as `change_words`.
    """
    held = _hold(specification)
    _refuse_if_changed(held, expected_revision)
    order = [code for code in held.section_order if code != Section.ABOUT]
    place = order.index(section) if section in order else -1
    other = place - 1 if up else place + 1
    if place < 0 or not 0 <= other < len(order):
        return held
    order[place], order[other] = order[other], order[place]
    for number, code in enumerate(order):
        held.sections = _with(held, code, place=number)
    return _changed(held, "section_order", by=by, at=at, about=section)


@transaction.atomic
def store_question(
    *,
    specification: Specification,
    code: str | None,
    question: QuestionSpec,
    expected_revision: int,
    by: User,
    at: datetime,
) -> Specification:
    """Store a question: a new one at the end of its section, a known one in its place.

    Questions that wait for it follow when its code changes.

    Args:
        specification: the draft.
        code: the code that it has now; None for a new one.
        question: what it is to be; its order is not looked at.
        expected_revision: the revision of the draft that was read.
        by: who writes.
        at: when.

    Raises:
        UnknownQuestionError: there is no question with the code.
        CodeTakenError: another question has the new code.
        DraftPublishedError, DraftChangedError: as `change_words`.
    """
    held = _hold(specification)
    rows = {row.code: row for row in held.questions.all()}
    row = _known(rows, code) if code is not None else rows.get(question.code)
    if row is not None and _same(row, question):
        return held
    _refuse_if_changed(held, expected_revision)
    if question.code in rows and question.code != code:
        raise CodeTakenError(f"Question {question.code} is there already. Use another code")
    if row is None or code is None:
        row = question_row(question=replace(question, order=_last(held, question) + _STEP))
        row.specification = held
    else:
        _write(row, question)
    row.save()
    if code is not None and code != question.code:
        _follow(rows, old=code, new=question.code)
    return _changed(held, "question", by=by, at=at, about=question.code)


@transaction.atomic
def move_question(
    *,
    specification: Specification,
    code: str,
    up: bool,
    expected_revision: int,
    by: User,
    at: datetime,
) -> Specification:
    """Move a question one place up or down in its section; at the end it stays.

    Raises:
        UnknownQuestionError: there is no question with the code.
        DraftPublishedError, DraftChangedError: as `change_words`.
    """
    held = _hold(specification)
    _refuse_if_changed(held, expected_revision)
    row = _known({one.code: one for one in held.questions.all()}, code)
    siblings = held.questions.filter(section=row.section)
    if up:
        other = siblings.filter(order__lt=row.order).order_by("-order").first()
    else:
        other = siblings.filter(order__gt=row.order).order_by("order").first()
    if other is None:
        return held
    places = row.order, other.order
    # A place is taken once at any moment, so one of them waits at the end.
    spare = siblings.aggregate(last=Max("order"))["last"] + 1
    for one, place in ((row, spare), (other, places[0]), (row, places[1])):
        one.order = place
        one.save(update_fields=["order"])
    return _changed(held, "order", by=by, at=at, about=code)


@transaction.atomic
def remove_question(
    *, specification: Specification, code: str, expected_revision: int, by: User, at: datetime
) -> Specification:
    """Take a question out of the draft; one that is gone stays away.

    Raises:
        DraftPublishedError, DraftChangedError: as `change_words`.
    """
    held = _hold(specification)
    found = held.questions.filter(code=code)
    if not found.exists():
        return held
    _refuse_if_changed(held, expected_revision)
    found.delete()
    return _changed(held, "question_removed", by=by, at=at, about=code)


@transaction.atomic
def delete(*, specification: Specification, expected_revision: int, by: User, at: datetime) -> None:
    """Delete a draft that no round uses.

    Raises:
        SpecificationInUseError: a round uses it.
        DraftPublishedError, DraftChangedError: as `change_words`.
    """
    held = _hold(specification)
    _refuse_if_changed(held, expected_revision)
    if held.rounds.exists():
        raise SpecificationInUseError(
            f"A round uses version {held.version}, so it cannot be deleted."
        )
    audit.record(action="specification.deleted", target=held, by=by, at=at, version=held.version)
    held.questions.all().delete()
    held.delete()


@transaction.atomic
def publish(
    *, specification: Specification, expected_revision: int, by: User, at: datetime
) -> Specification:
    """Freeze a draft for good, so that rounds can ask it; one that is published stays as it is.

    Raises:
        NotPublishableError: a check finds something.
        DraftChangedError: somebody else changed it meanwhile.
    """
    held = Specification.objects.select_for_update().get(pk=specification.pk)
    if held.published_at is not None:
        return held
    _refuse_if_changed(held, expected_revision)
    problems = version_problems(
        questions=questions_of(specification=held), sections=titles_of(specification=held)
    )
    if problems:
        raise NotPublishableError(problems=problems)
    held.published_at, held.published_by = at, by
    held.save(update_fields=["published_at", "published_by"])
    audit.record(action="specification.published", target=held, by=by, at=at, version=held.version)
    return held


def _make(
    title: str,
    source: str,
    origin: Specification | None,
    form_key: UUID,
    *,
    by: User,
    at: datetime,
) -> Specification:
    with connection.cursor() as cursor:
        # Two people who draft at once take two numbers.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('specification', 0))")
    stored = Specification.objects.filter(form_key=form_key).first()
    if stored is not None:
        return stored
    last = Specification.objects.aggregate(last=Max("version"))["last"] or 0
    made = Specification.objects.create(
        version=last + 1,
        title=title,
        source=source,
        sections=origin.sections if origin else {},
        copied_from=origin.version if origin else None,
        drafted_at=at,
        drafted_by=by,
        form_key=form_key,
    )
    if origin is not None:
        rows = list(origin.questions.order_by("pk"))
        for row in rows:
            row.pk, row.specification = None, made
        Question.objects.bulk_create(rows)
    audit.record(
        action="specification.copied" if origin else "specification.drafted",
        target=made,
        by=by,
        at=at,
        version=made.version,
        source=origin.version if origin else None,
    )
    return made


def _hold(specification: Specification) -> Specification:
    held = Specification.objects.select_for_update().get(pk=specification.pk)
    if held.published_at is not None:
        raise DraftPublishedError(
            f"Version {held.version} is published and cannot change. Copy it into a new draft."
        )
    return held


def _refuse_if_changed(held: Specification, expected_revision: int) -> None:
    if held.revision != expected_revision:
        raise DraftChangedError(
            "Somebody changed this draft since you opened the page. Nothing of yours is lost: "
            "compare with what is stored now, and save again if yours should stay."
        )


def _with(held: Specification, section: str, **said: object) -> dict[str, Any]:
    """Return what is stored of the sections, with something said anew of one of them."""
    return {**held.sections, section: {**held.sections.get(section, {}), **said}}


def _changed(
    held: Specification, what: str, *, by: User, at: datetime, about: str = ""
) -> Specification:
    held.revision += 1
    held.save()
    audit.record(
        action="specification.changed",
        target=held,
        by=by,
        at=at,
        version=held.version,
        revision=held.revision,
        what=what,
        about=about,
    )
    return held


def _known(rows: dict[str, Question], code: str) -> Question:
    if code not in rows:
        raise UnknownQuestionError(f"There is no question {code} in this draft.")
    return rows[code]


def _same(row: Question, question: QuestionSpec) -> bool:
    wanted = question_row(question=question)
    return all(getattr(row, name) == getattr(wanted, name) for name in ("section", *_WRITTEN))


def _write(row: Question, question: QuestionSpec) -> None:
    wanted = question_row(question=question)
    for name in _WRITTEN:
        setattr(row, name, getattr(wanted, name))


def _last(held: Specification, question: QuestionSpec) -> int:
    section = Section(question.specification)
    found = held.questions.filter(section=section).aggregate(last=Max("order"))
    return found["last"] or 0


def _follow(rows: dict[str, Question], *, old: str, new: str) -> None:
    """Let the questions that wait for another know its new code."""
    for row in rows.values():
        rule = row.config.get("condition")
        if rule and rule["question"] == old:
            row.config["condition"]["question"] = new
            row.save(update_fields=["config"])
