"""What a program is told of questions and their answers, to the authority's own people."""

from dataclasses import dataclass
from datetime import date, datetime

from duty.models import Evidence
from duty.presenters.return_records import SectionRecord, section_record
from duty.queries.loaded import LoadedReturn, StoredAnswer
from duty.queries.standing import Standing
from duty.questions import AnswerField, EvidenceRule, Option, Problem, QuestionSpec
from duty.slots import Slot, SlotJudgement, SlotKey, show_slot


@dataclass(frozen=True)
class AnswerRecord:
    """The answer to one question, or for one board. Version 0 and no state: unanswered."""

    question: str
    board: str | None
    board_name: str
    state: str
    value: object
    reason: str
    expected_on: date | None
    public_note: str
    private_note: str
    evidence: tuple[Evidence, ...]
    lines: tuple[tuple[str, str], ...]
    needs_review: bool
    version: int
    updated_at: datetime | None
    updated_by: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class QuestionRecord:
    """A question as its specification asks it, with its answers."""

    code: str
    text: str
    help: str
    theory_of_change: str
    floor: bool
    required: bool
    derived: bool
    answer_type: str
    options: tuple[Option, ...]
    fields: tuple[AnswerField, ...]
    word_limit: int | None
    evidence: EvidenceRule
    answers: tuple[AnswerRecord, ...]


@dataclass(frozen=True)
class SectionDetail:
    """A section with its questions."""

    about: SectionRecord
    questions: tuple[QuestionRecord, ...]


def section_detail(*, loaded: LoadedReturn, standing: Standing, code: str) -> SectionDetail:
    """Return a section with all that it asks and all that was answered."""
    judged = {one.slot.key: one for one in standing.judgements[code].slots}
    return SectionDetail(
        about=section_record(loaded=loaded, standing=standing, code=code),
        questions=tuple(
            _question(
                question,
                tuple(
                    _answer(loaded, slot, judged[slot.key])
                    for slot in loaded.slots
                    if slot.question is question
                ),
            )
            for question in loaded.questions
            if question.specification == code
        ),
    )


def slot_of(*, loaded: LoadedReturn, key: SlotKey) -> Slot | None:
    """Return what the return asks by this key, if it asks it."""
    return next((slot for slot in loaded.slots if slot.key == key), None)


def answer_record(*, loaded: LoadedReturn, standing: Standing, slot: Slot) -> AnswerRecord:
    """Return the answer of one slot as it is stored."""
    judged = standing.judgements[slot.question.specification].slots
    return _answer(loaded, slot, next(one for one in judged if one.slot.key == slot.key))


def _question(question: QuestionSpec, answers: tuple[AnswerRecord, ...]) -> QuestionRecord:
    return QuestionRecord(
        code=question.code,
        text=question.text,
        help=question.help,
        theory_of_change=question.theory_of_change.value,
        floor=question.floor,
        required=question.required,
        derived=question.derived,
        answer_type=question.answer_type.value,
        options=question.options,
        fields=question.fields,
        word_limit=question.word_limit,
        evidence=question.evidence,
        answers=answers,
    )


def _answer(loaded: LoadedReturn, slot: Slot, judged: SlotJudgement) -> AnswerRecord:
    board = loaded.board(slot.board)
    stored: StoredAnswer | None = loaded.answers.get(slot.key)
    given = loaded.given.get(slot.key)
    return AnswerRecord(
        question=slot.question.code,
        board=slot.board,
        board_name=board.name if board else "",
        state=given.answer.state if given else "",
        value=given.answer.value if given else None,
        reason=(given.answer.reason or "") if given else "",
        expected_on=stored.row.expected_on if stored else None,
        public_note=stored.row.public_note if stored else "",
        private_note=stored.row.private_note if stored else "",
        evidence=stored.evidence if stored else (),
        lines=show_slot(slot=slot, answer=given.answer) if given else (),
        needs_review=stored is not None and stored.row.needs_review,
        version=stored.row.version if stored else 0,
        updated_at=stored.row.updated_at if stored else None,
        updated_by=stored.row.updated_by.full_name if stored else "",
        problems=judged.problems,
    )
