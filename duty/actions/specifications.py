"""Storing what the duty asks, in versions that are frozen once published."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from authorities import audit
from authorities.models import User
from duty.models import Declaration, Question, Specification
from duty.question_config import RECORD_SOURCE, config_of
from duty.questions import QuestionSpec


class SpecificationFrozenError(ValueError):
    """A published version would change."""


class EmptySpecificationError(ValueError):
    """A version without questions would be published."""


class DeclarationFrozenError(ValueError):
    """A stored declaration would change."""


@transaction.atomic
def load_specification(
    *,
    questions: Sequence[QuestionSpec],
    version: int,
    title: str,
    source: str = "",
    by: User | None,
    at: datetime,
) -> Specification:
    """Store a version of the questions; again with the same questions it changes nothing.

    Raises:
        SpecificationFrozenError: the version is published with other questions.
    """
    wanted = [question_row(question=question) for question in questions]
    stored = Specification.objects.select_for_update().filter(version=version).first()
    if stored is None:
        stored = Specification.objects.create(version=version, title=title, source=source)
    rows = Question.objects.filter(specification=stored)
    if _facts(rows) == _facts(wanted):
        return stored
    if stored.published_at is not None:
        if _asked(rows) == _asked(wanted):
            return stored
        raise SpecificationFrozenError(
            f"Version {version} is published and cannot change. Load the questions as version "
            f"{version + 1}."
        )
    rows.delete()
    for question in wanted:
        question.specification = stored
    Question.objects.bulk_create(wanted)
    audit.record(action="specification.loaded", target=stored, by=by, at=at, questions=len(wanted))
    return stored


@transaction.atomic
def publish(*, specification: Specification, by: User | None, at: datetime) -> Specification:
    """Freeze a version, so that rounds can ask it; one that is published stays as it is.

    Raises:
        EmptySpecificationError: it has no questions.
    """
    stored = Specification.objects.select_for_update().get(pk=specification.pk)
    if stored.published_at is not None:
        return stored
    if not stored.questions.exists():
        raise EmptySpecificationError(f"Version {stored.version} has no questions. Load them.")
    stored.published_at = at
    stored.published_by = by
    stored.save(update_fields=["published_at", "published_by"])
    audit.record(action="specification.published", target=stored, by=by, at=at)
    return stored


@transaction.atomic
def load_declaration(*, version: int, text: str, by: User | None, at: datetime) -> Declaration:
    """Store what a signatory declares; again with the same text it changes nothing.

    Raises:
        DeclarationFrozenError: the version is stored with another text.
    """
    stored, created = Declaration.objects.get_or_create(
        version=version, defaults={"text": text.strip()}
    )
    if stored.text != text.strip():
        raise DeclarationFrozenError(
            f"Declaration {version} is stored with another text. Load this one as {version + 1}."
        )
    if created:
        audit.record(action="declaration.loaded", target=stored, by=by, at=at)
    return stored


def question_row(*, question: QuestionSpec) -> Question:
    """Return a question as it is stored, not stored yet and of no version."""
    return Question(
        section=question.specification,
        code=question.code,
        order=question.order,
        theory_of_change=question.theory_of_change.value,
        floor=question.floor,
        text=question.text,
        answer_type=question.answer_type.value,
        config=config_of(question=question),
    )


def _asked(rows: Iterable[Question]) -> dict[str, tuple[Any, ...]]:
    """Return what is asked: which records may answer it is no part of that."""
    return {
        code: (*fact[:-1], {name: one for name, one in fact[-1].items() if name != RECORD_SOURCE})
        for code, fact in _facts(rows).items()
    }


def _facts(rows: Iterable[Question]) -> dict[str, tuple[Any, ...]]:
    return {
        row.code: (
            *(row.section, row.order, row.theory_of_change, row.floor),
            *(row.text, row.answer_type, row.config),
        )
        for row in rows
    }
