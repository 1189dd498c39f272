"""What can be answered one at a time: a question, or a question for one of the boards.

An answer is stored for each slot. A per-pair question has a slot for each board, and its value is
the board's part alone: {"text": "..."} or {"option": "..."}.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from duty.answer_records import AnswerContent, read_content
from duty.answers import FloorMet, check_answer, display_answer, floor_met, is_answered
from duty.questions import Answer, AnswerState, FieldType, Problem, QuestionSpec

# Stands for the slot's board where the rules expect the answers of all pairs at once.
_BOARD = "board"
_ANSWER = "Answer"
_REASONED = frozenset({AnswerState.NOT_APPLICABLE, AnswerState.NO_EVIDENCE})


@dataclass(frozen=True)
class SlotKey:
    """Which slot: a question's code, and the slug of the board where it is about one."""

    code: str
    board: str | None = None


@dataclass(frozen=True)
class Slot:
    """One thing to answer."""

    question: QuestionSpec
    board: str | None = None

    @cached_property
    def key(self) -> SlotKey:
        """Which slot it is."""
        return SlotKey(self.question.code, self.board)


@dataclass(frozen=True)
class Given:
    """What was given for a slot, and how many pieces of evidence stand beside it.

    needs_review: it was only proposed, so it is no answer yet.
    """

    answer: Answer
    evidence_count: int = 0
    needs_review: bool = False


@dataclass(frozen=True)
class SlotJudgement:
    """What the rules say of one slot. `required`: its section cannot be completed without it.

    unreviewed: an answer is proposed that nobody has looked at.
    """

    slot: Slot
    answered: bool
    required: bool
    problems: tuple[Problem, ...]
    unreviewed: bool = False


@dataclass(frozen=True)
class SectionJudgement:
    """What the rules say of a section. Counts are of questions, `touched` alone is of slots.

    hidden: slots that another answer would open; they play no part in anything else here.
    """

    code: str
    slots: tuple[SlotJudgement, ...]
    asked: int
    answered: int
    derived: int
    touched: int
    floor: FloorMet
    hidden: tuple[Slot, ...] = ()

    @property
    def has_questions(self) -> bool:
        """Whether it asks anything, or would."""
        return bool(self.slots or self.hidden)

    @property
    def missing(self) -> tuple[SlotJudgement, ...]:
        """Required slots without an answer, and without one that is proposed."""
        return tuple(
            slot for slot in self.slots if slot.required and not (slot.answered or slot.unreviewed)
        )

    @property
    def unreviewed(self) -> tuple[SlotJudgement, ...]:
        """Slots with a proposed answer that nobody has looked at."""
        return tuple(slot for slot in self.slots if slot.unreviewed)

    @property
    def gaps(self) -> tuple[SlotJudgement, ...]:
        """Slots without an answer that do not need one."""
        return tuple(
            one
            for one in self.slots
            if not (one.required or one.answered or one.unreviewed or one.slot.question.derived)
        )

    @property
    def wrong(self) -> tuple[SlotJudgement, ...]:
        """Slots whose answer has a problem that is not about evidence."""
        return tuple(s for s in self.slots if any(p.field != "evidence" for p in s.problems))

    @property
    def without_evidence(self) -> tuple[SlotJudgement, ...]:
        """Slots whose answer needs evidence and has none."""
        return tuple(s for s in self.slots if any(p.field == "evidence" for p in s.problems))

    @property
    def valid(self) -> bool:
        """Whether nothing stands in the way of completing it."""
        return not (self.missing or self.unreviewed or self.wrong or self.without_evidence)


def slots_of(*, questions: Sequence[QuestionSpec], boards: Sequence[str]) -> tuple[Slot, ...]:
    """Return every slot, in the order of the questions and, within one, of the boards.

    Args:
        questions: in their order.
        boards: slugs of the boards that the authority is asked about.

    Returns:
        One slot for a question, or one for each board where it is asked per pair. A derived
        answer is one slot, since nobody types it.

    Source: the project's own rule.
    """
    slots: list[Slot] = []
    for question in questions:
        if question.per_pair and not question.derived:
            slots += [Slot(question, board) for board in boards]
        else:
            slots.append(Slot(question))
    return tuple(slots)


def open_slots(*, slots: Sequence[Slot], given: Mapping[SlotKey, Given]) -> tuple[Slot, ...]:
    """Return the slots that are asked now: those whose condition holds, or that have none.

    An answer that is hidden itself opens nothing. A question for each board looks at the same
    board's answer; one that is asked once is opened by any board's. A condition on a question
    that is not asked, or that waits for itself, does not hold.

    Args:
        slots: every slot of the whole return.
        given: what was given, by slot.

    Returns:
        The open slots, in their order.

    Source: the project's own rule.
    """
    if not any(slot.question.condition for slot in slots):
        return tuple(slots)
    by_code: dict[str, list[Slot]] = {}
    for slot in slots:
        by_code.setdefault(slot.question.code, []).append(slot)
    known: dict[SlotKey, bool] = {}

    def is_open(slot: Slot) -> bool:
        if slot.key not in known:
            # Until it is known, so that a ring of conditions opens nothing.
            known[slot.key] = False
            known[slot.key] = _condition_holds(slot)
        return known[slot.key]

    def _condition_holds(slot: Slot) -> bool:
        rule = slot.question.condition
        if rule is None:
            return True
        return any(
            is_open(other) and bool(set(rule.options) & _chosen(given.get(other.key)))
            for other in by_code.get(rule.question, ())
            if slot.board is None or other.board in (None, slot.board)
        )

    return tuple(slot for slot in slots if is_open(slot))


def check_slot(*, slot: Slot, given: Given) -> tuple[Problem, ...]:
    """Return everything that is wrong with a slot's answer, or nothing.

    A link inside the answer is evidence of its own: nobody is asked for the same address twice.

    Args:
        slot: what is asked.
        given: what was given; its value is any JSON.

    Returns:
        Problems as `duty.answers.check_answer` gives them, with paths into the board's part.

    Source: the project's own rule.
    """
    answer = _whole(slot, given.answer)
    problems = check_answer(
        question=slot.question,
        answer=answer,
        evidence_count=given.evidence_count + _links_in(slot, answer),
        pairs=(_BOARD,) if slot.board else (),
    )
    prefix = f"pairs.{_BOARD}."
    found = [replace(one, field=one.field.removeprefix(prefix)) for one in problems]
    said = {one.field for one in found}
    state = given.answer.state
    if state in _REASONED and not (given.answer.reason or "").strip() and "reason" not in said:
        found.append(Problem("reason", "“No evidence” needs a reason.", "Say why there is none."))
    return tuple(found)


def slot_answered(*, slot: Slot, answer: Answer | None) -> bool:
    """Return whether a slot has an answer, right or wrong.

    Args:
        slot: what is asked.
        answer: what was given, if anything.

    Returns:
        As `duty.answers.is_answered`.

    Source: the project's own rule.
    """
    return is_answered(
        question=slot.question,
        answer=None if answer is None else _whole(slot, answer),
        pairs=(_BOARD,) if slot.board else (),
    )


def read_slot(*, slot: Slot, answer: Answer) -> AnswerContent:
    """Return what stands in a slot's answer, field by field.

    Args:
        slot: what is asked; not a derived answer.
        answer: what was given.

    Returns:
        The records that are not blank; none where the answer only says why there is none.

    Source: as `duty.answer_records.read_content`.
    """
    if answer.state != AnswerState.VALUE:
        return AnswerContent((), ())
    return read_content(question=slot.question, value=_whole(slot, answer).value)


def show_slot(*, slot: Slot, answer: Answer | None) -> tuple[tuple[str, str], ...]:
    """Return a slot's answer as lines of label and text; the board is named by what is around it.

    Args:
        slot: what is asked.
        answer: what was given, if anything.

    Returns:
        At least one line; 'Not answered' when there is nothing to show.

    Source: as `duty.answers.display_answer`.
    """
    lines = display_answer(
        question=slot.question,
        answer=None if answer is None else _whole(slot, answer),
        pair_names={_BOARD: _ANSWER},
    )
    if slot.board is None:
        return lines
    return tuple((label.removeprefix(f"{_ANSWER}: "), text) for label, text in lines)


def judge_section(
    *,
    code: str,
    slots: Sequence[Slot],
    given: Mapping[SlotKey, Given],
    hidden: Sequence[Slot] = (),
) -> SectionJudgement:
    """Return what the rules say of a section and each of its slots.

    Args:
        code: the section's code.
        slots: the slots of this section that are asked now.
        given: what was given, by slot; derived answers included.
        hidden: the slots of this section that another answer would open.

    Returns:
        The judgement; a question counts as answered when each of its slots is.

    Source: the project's own rule.
    """
    judged = tuple(_judge(slot, given.get(slot.key)) for slot in slots)
    typed = [one for one in judged if not one.slot.question.derived]
    asked = {one.slot.question.code for one in typed}
    open_codes = {one.slot.question.code for one in typed if not one.answered}
    return SectionJudgement(
        code=code,
        slots=judged,
        asked=len(asked),
        answered=len(asked - open_codes),
        derived=len(judged) - len(typed),
        touched=sum(one.answered for one in typed),
        floor=_floor(slots, given),
        hidden=tuple(hidden),
    )


def _chosen(given: Given | None) -> frozenset[str]:
    """Return the codes of the options that an answer chose."""
    value = None if given is None else given.answer.value
    if given is None or given.answer.state != AnswerState.VALUE or not isinstance(value, Mapping):
        return frozenset()
    several = value.get("options")
    codes = [*(several if isinstance(several, list) else ()), value.get("option")]
    return frozenset(code for code in codes if isinstance(code, str))


def _judge(slot: Slot, given: Given | None) -> SlotJudgement:
    required = slot.question.required
    if given is None or given.needs_review:
        return SlotJudgement(
            slot=slot,
            answered=False,
            required=required,
            problems=(),
            unreviewed=given is not None,
        )
    return SlotJudgement(
        slot=slot,
        answered=slot_answered(slot=slot, answer=given.answer),
        required=required,
        problems=() if slot.question.derived else check_slot(slot=slot, given=given),
    )


def _floor(slots: Sequence[Slot], given: Mapping[SlotKey, Given]) -> FloorMet:
    # A question that is asked for each board is one of the floor's for each of them.
    questions = [
        replace(slot.question, code=f"{slot.question.code} {slot.board}")
        if slot.board
        else slot.question
        for slot in slots
    ]
    answers = {
        question.code: _whole(slot, found.answer)
        for slot, question in zip(slots, questions, strict=True)
        if (found := given.get(slot.key)) is not None and not found.needs_review
    }
    return floor_met(questions=questions, answers=answers)


def _whole(slot: Slot, answer: Answer) -> Answer:
    """Return a board's part as the answer for all pairs that the rules expect."""
    if slot.board is None or answer.state != AnswerState.VALUE or answer.value is None:
        return answer
    return replace(answer, value={"pairs": {_BOARD: answer.value}})


def _links_in(slot: Slot, answer: Answer) -> int:
    if answer.state != AnswerState.VALUE or slot.question.derived:
        return 0
    content = read_content(question=slot.question, value=answer.value)
    return sum(
        found.field.type == FieldType.LINK and not found.blank and found.problem is None
        for record in content.records
        for found in record.fields
    )
