"""Saving and removing answers."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from authorities import audit
from authorities.models import User
from duty.actions.steps import Held, hold, refresh_marks, take
from duty.lifecycle import Guard, ReturnEvent
from duty.models import (
    Answer,
    AnswerOrigin,
    AnswerState,
    DutyReturn,
    Evidence,
    EvidenceKind,
    ReturnSection,
)
from duty.queries.loaded import StoredAnswer, load
from duty.queries.standing import judge
from duty.questions import Answer as GivenAnswer
from duty.questions import Problem
from duty.sections import SectionState
from duty.slots import Given, Slot, SlotKey, check_slot, show_slot, slot_answered

# A save takes these back; in the others there is nothing to take back.
_RESET_BY_A_SAVE = frozenset(
    {SectionState.COMPLETED, SectionState.CHECK_AGAIN, SectionState.CHANGES_MADE}
)


@dataclass(frozen=True)
class EvidenceLink:
    """A link that shows that an answer is so; pages as whole numbers with commas."""

    url: str
    title: str = ""
    pages: str = ""


@dataclass(frozen=True)
class Notes:
    """What is said beside an answer; the private note never leaves the authority."""

    public: str = ""
    private: str = ""


class UnknownQuestionError(LookupError):
    """The return does not ask this, or not for this board."""


class BlankAnswerError(ValueError):
    """Nothing was answered."""


class InvalidAnswerError(ValueError):
    """An answer cannot be accepted; `problems` says where and what to do."""

    def __init__(self, *, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__(" ".join(f"{one.message} {one.fix}" for one in problems))


class StaleAnswerError(ValueError):
    """Somebody saved in between. Carries what is stored, by whom and when; nothing is lost."""

    def __init__(self, *, stored: StoredAnswer | None, lines: tuple[tuple[str, str], ...]) -> None:
        self.stored = stored
        self.lines = lines
        self.version = stored.row.version if stored else 0
        self.by = stored.row.updated_by.full_name if stored else ""
        self.at = stored.row.updated_at if stored else None
        super().__init__(
            "Your copy has changed since you opened it. Compare both texts."
            if stored
            else "This answer was removed since you opened it. Save it again if it should stay."
        )


@transaction.atomic
def save_answer(
    *,
    duty_return: DutyReturn,
    question: str,
    board: str | None,
    answer: GivenAnswer,
    evidence: tuple[EvidenceLink, ...] = (),
    notes: Notes | None = None,
    expected_version: int,
    autosaved: bool = False,
    by: User,
    at: datetime,
) -> Answer:
    """Store an answer with its evidence and notes; the same again changes nothing.

    Evidence that is still missing does not stop a save, only the completion of the section: a
    draft is kept as far as it goes.

    Args:
        duty_return: the return.
        question: its code.
        board: the slug of the board, where the question is asked per pair.
        answer: what is answered; its value for one board is that board's part.
        evidence: every link behind it; those that are stored and not named are removed.
        notes: the notes; None leaves them blank.
        expected_version: the version that the person saw, 0 for none.
        autosaved: whether the page saved by itself; the audit row says so.
        by: who saves.
        at: when.

    Raises:
        UnknownQuestionError: the return does not ask this.
        TransitionRefusedError: the answers are locked, or the role does not allow it.
        StaleAnswerError: somebody else saved in between.
        BlankAnswerError: there is nothing to store; an answer is emptied by `remove_answer`.
        InvalidAnswerError: the answer cannot be accepted.
    """
    held = hold(duty_return=duty_return, at=at)
    slot = typed_slot(held, question, board)
    refuse_if_locked(held, by=by, at=at)
    notes = notes or Notes()
    answer = _tidy(answer)
    if not slot_answered(slot=slot, answer=answer):
        raise BlankAnswerError("Enter an answer, or say why you cannot answer.")
    found = check_slot(slot=slot, given=Given(answer=answer, evidence_count=len(evidence)))
    if problems := tuple(one for one in found if one.field != "evidence"):
        raise InvalidAnswerError(problems=problems)
    stored = held.loaded.answers.get(slot.key)
    if stored is not None and _same(stored, answer, evidence, notes):
        return stored.row
    refuse_if_stale(held, slot, stored, expected_version)
    row = _write(held, slot, stored, answer, notes, by=by, at=at)
    _write_evidence(row, stored, evidence, by=by, at=at)
    after_a_change(held, slot, by=by, at=at)
    audit.record(
        action="answer.saved",
        target=row,
        body=held.loaded.authority,
        by=by,
        at=at,
        question=question,
        board=board or "",
        version=row.version,
        **({"autosaved": True} if autosaved else {}),
    )
    return row


@transaction.atomic
def remove_answer(
    *,
    duty_return: DutyReturn,
    question: str,
    board: str | None,
    expected_version: int,
    by: User,
    at: datetime,
) -> None:
    """Take an answer away with its evidence; one that is not there stays away.

    Raises:
        UnknownQuestionError: the return does not ask this.
        TransitionRefusedError: the answers are locked, or the role does not allow it.
        StaleAnswerError: somebody else saved in between.
    """
    held = hold(duty_return=duty_return, at=at)
    slot = typed_slot(held, question, board)
    refuse_if_locked(held, by=by, at=at)
    stored = held.loaded.answers.get(slot.key)
    if stored is None:
        return
    refuse_if_stale(held, slot, stored, expected_version)
    audit.record(
        action="answer.removed",
        target=stored.row,
        body=held.loaded.authority,
        by=by,
        at=at,
        question=question,
        board=board or "",
    )
    stored.row.delete()
    next_version(held)
    after_a_change(held, slot, by=by, at=at)


def _tidy(answer: GivenAnswer) -> GivenAnswer:
    """Leave out what belongs to another way of answering."""
    if answer.state == AnswerState.VALUE:
        return GivenAnswer(state=answer.state, value=answer.value)
    waits = answer.state == AnswerState.NOT_YET_KNOWN
    return GivenAnswer(
        state=answer.state,
        reason=(answer.reason or "").strip() or None,
        expected_date=answer.expected_date if waits else None,
    )


def typed_slot(held: Held, question: str, board: str | None) -> Slot:
    """Return what is asked.

    Raises:
        UnknownQuestionError: the return does not ask this, or nobody types it.
    """
    key = SlotKey(question, board)
    slot = next((one for one in held.loaded.slots if one.key == key), None)
    if slot is None or slot.question.derived:
        raise UnknownQuestionError("This return does not ask that question now.")
    return slot


def refuse_if_locked(held: Held, *, by: User, at: datetime) -> None:
    """Let a save go on while answers may be written.

    Raises:
        TransitionRefusedError: the answers are locked, or the role does not allow it.
    """
    take(
        held=held,
        event=ReturnEvent.SAVE_ANSWER,
        holding={Guard.ANSWERS_NOT_LOCKED, Guard.VERSION_MATCHES},
        by=by,
        at=at,
        store=False,
    )


def refuse_if_stale(
    held: Held, slot: Slot, stored: StoredAnswer | None, expected_version: int
) -> None:
    """Let a save go on when the person saw what is stored.

    Raises:
        StaleAnswerError: somebody else saved in between.
    """
    if expected_version == (stored.row.version if stored else 0):
        return
    lines = show_slot(slot=slot, answer=stored.given.answer if stored else None)
    raise StaleAnswerError(stored=stored, lines=lines)


def _same(
    stored: StoredAnswer, answer: GivenAnswer, evidence: tuple[EvidenceLink, ...], notes: Notes
) -> bool:
    kept = tuple(
        EvidenceLink(url=one.url, title=one.title, pages=one.pages)
        for one in stored.evidence
        if one.kind == EvidenceKind.LINK
    )
    return (
        not stored.row.needs_review
        and stored.given.answer == answer
        and kept == evidence
        and Notes(public=stored.row.public_note, private=stored.row.private_note) == notes
    )


def next_version(held: Held) -> int:
    """Count the return's version on, and return it."""
    # Counted over the whole return, so that an answer that was removed and written anew never
    # takes a version that somebody has seen before.
    held.duty_return.version += 1
    held.duty_return.save(update_fields=["version"])
    return held.duty_return.version


def _write(
    held: Held,
    slot: Slot,
    stored: StoredAnswer | None,
    answer: GivenAnswer,
    notes: Notes,
    *,
    by: User,
    at: datetime,
) -> Answer:
    board = held.loaded.board(slot.board)
    row = stored.row if stored else Answer(duty_return=held.duty_return)
    row.question = held.loaded.question_rows[slot.question.code]
    row.board_id = board.id if board else None
    row.state = answer.state
    row.value = answer.value if answer.state == AnswerState.VALUE else None
    row.reason = answer.reason or ""
    row.expected_on = date.fromisoformat(answer.expected_date) if answer.expected_date else None
    row.public_note = notes.public
    row.private_note = notes.private
    if stored is None or stored.given.answer != answer:
        row.origin = AnswerOrigin.TYPED
    row.needs_review = False
    row.version = next_version(held)
    row.updated_at = at
    row.updated_by = by
    row.save()
    return row


def _write_evidence(
    row: Answer,
    stored: StoredAnswer | None,
    evidence: tuple[EvidenceLink, ...],
    *,
    by: User,
    at: datetime,
) -> None:
    links = [one for one in (stored.evidence if stored else ()) if one.kind == EvidenceKind.LINK]
    wanted = list(evidence)
    for one in links:
        link = EvidenceLink(url=one.url, title=one.title, pages=one.pages)
        if link in wanted:
            wanted.remove(link)
        else:
            one.delete()
    Evidence.objects.bulk_create(
        [
            Evidence(
                answer=row,
                kind=EvidenceKind.LINK,
                url=link.url,
                title=link.title,
                pages=link.pages,
                added_at=at,
                added_by=by,
            )
            for link in wanted
        ]
    )


def after_a_change(held: Held, slot: Slot, *, by: User, at: datetime) -> None:
    """Note who edited the section, and take its mark back, once."""
    section = slot.question.specification
    ReturnSection.objects.filter(duty_return=held.duty_return, section=section).update(
        edited_at=at, edited_by=by
    )
    after = _opened_anew(held, slot)
    touched = {section} | _asking_otherwise(held, after)
    reset = {code for code in touched if held.standing.sections[code] in _RESET_BY_A_SAVE}
    if reset:
        take(
            held=held,
            event=ReturnEvent.SAVE_ANSWER,
            holding={Guard.ANSWERS_NOT_LOCKED, Guard.VERSION_MATCHES},
            sections=frozenset(reset),
            by=by,
            at=at,
        )
        refresh_marks(held=after)


def _opened_anew(held: Held, slot: Slot) -> Held:
    """Read the return again where the answer opens or hides other questions."""
    specs = (*held.loaded.slots, *held.loaded.hidden)
    conditions = (one.question.condition for one in specs)
    if not any(rule and rule.question == slot.question.code for rule in conditions):
        return held
    loaded = load(round_=held.loaded.round, authority=held.loaded.authority)
    return replace(
        held,
        loaded=loaded,
        standing=replace(held.standing, judgements=judge(loaded=loaded)),
    )


def _asking_otherwise(held: Held, after: Held) -> set[str]:
    """Return the sections that ask other questions than before."""
    before = {slot.key: slot.question.specification for slot in held.loaded.slots}
    now = {slot.key: slot.question.specification for slot in after.loaded.slots}
    return {(before | now)[key] for key in before.keys() ^ now.keys()}
