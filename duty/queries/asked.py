"""The questions that a specification asks, as the rules know them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType

from duty.models import Question, Specification
from duty.question_config import question_of
from duty.questions import Holder, QuestionSpec, questions_for
from duty.slots import Slot, slots_of

# Versions are few, and rounds in work use one or two of them.
_KEPT_VERSIONS = 8
_KEPT_AUTHORITIES = 128


@dataclass(frozen=True, eq=False)
class Asked:
    """The questions of a version, in the order of their sections, with their rows by code."""

    rows: Mapping[str, Question]
    questions: tuple[QuestionSpec, ...]


def questions_asked(*, specification: Specification) -> Asked:
    """Return the questions of a version.

    A published version cannot change, which the database itself refuses: its questions are read
    once by each process, and not again by each page of a return. A draft is read anew.
    """
    if specification.published_at is None:
        return _read(specification.pk)
    return _published(specification.pk, specification.published_at)


@dataclass(frozen=True)
class AskedOf:
    """The questions that apply to an authority, and what it can answer, hidden slots included."""

    questions: tuple[QuestionSpec, ...]
    slots: tuple[Slot, ...]


@lru_cache(maxsize=_KEPT_AUTHORITIES)
def asked_of(*, asked: Asked, holder: Holder, boards: tuple[str, ...]) -> AskedOf:
    """Return what such an authority with these boards is asked, made once for all like it."""
    questions = questions_for(questions=asked.questions, holder=holder)
    return AskedOf(questions, slots_of(questions=questions, boards=boards))


def spec_of(*, row: Question) -> QuestionSpec:
    """Return a stored question as the rules know it."""
    return question_of(
        specification=row.section,
        code=row.code,
        order=row.order,
        theory_of_change=row.theory_of_change,
        floor=row.floor,
        text=row.text,
        answer_type=row.answer_type,
        config=row.config,
    )


@lru_cache(maxsize=_KEPT_VERSIONS)
def _published(specification_id: int, published_at: datetime) -> Asked:
    # The instant tells versions of one number in two databases apart.
    return _read(specification_id)


def _read(specification_id: int) -> Asked:
    rows = {
        row.code: row
        for row in Question.objects.filter(specification_id=specification_id).order_by(
            "section", "order", "pk"
        )
    }
    return Asked(
        rows=MappingProxyType(rows),
        questions=tuple(spec_of(row=row) for row in rows.values()),
    )
