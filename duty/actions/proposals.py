"""Proposes answers from what is on record and from the last round, and takes them on.

A proposal is an answer that waits for somebody to look at it: until then it counts nowhere. What
the records say comes before what was said last time.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from authorities import audit
from authorities.models import User
from duty.actions.answers import (
    InvalidAnswerError,
    StaleAnswerError,
    after_a_change,
    next_version,
    refuse_if_locked,
    refuse_if_stale,
    typed_slot,
)
from duty.actions.steps import Held, hold
from duty.carried_answers import CarriedLink
from duty.models import (
    Answer,
    AnswerOrigin,
    AnswerState,
    DutyReturn,
    Evidence,
    EvidenceKind,
)
from duty.queries.proposals import Said, what_is_said
from duty.questions import Answer as GivenAnswer
from duty.sections import SectionState
from duty.slots import Given, Slot, check_slot, show_slot, slot_answered

# A section that is done stays done: nothing is put into it unasked.
_DONE = frozenset({SectionState.COMPLETED, SectionState.CHANGES_MADE, SectionState.CHECK_AGAIN})


@dataclass(frozen=True)
class BroughtOver:
    """How many answers were proposed, by where they come from."""

    from_records: int = 0
    from_last_round: int = 0
    from_reviews: int = 0

    @property
    def count(self) -> int:
        """How many in all."""
        return self.from_records + self.from_last_round + self.from_reviews


@dataclass(frozen=True)
class _Proposal:
    """An answer to write for a slot."""

    slot: Slot
    origin: AnswerOrigin
    answer: GivenAnswer
    public_note: str = ""
    links: tuple[CarriedLink, ...] = ()


@transaction.atomic
def bring_over(*, duty_return: DutyReturn, by: User, at: datetime) -> BroughtOver:
    """Propose an answer to every question that has none; again it changes nothing.

    Sections that are done are left alone.

    Raises:
        TransitionRefusedError: the answers are locked, or the role does not allow it.
    """
    held = hold(duty_return=duty_return, at=at)
    refuse_if_locked(held, by=by, at=at)
    proposals = tuple(_proposals(held))
    if not proposals:
        return BroughtOver()
    _write(held, proposals, by=by, at=at)
    from_records = sum(one.origin == AnswerOrigin.RECORD for one in proposals)
    from_reviews = sum(one.origin == AnswerOrigin.REVIEW for one in proposals)
    brought = BroughtOver(from_records, len(proposals) - from_records - from_reviews, from_reviews)
    audit.record(
        action="answers.brought_over",
        target=held.duty_return,
        body=held.loaded.authority,
        by=by,
        at=at,
        from_records=brought.from_records,
        from_last_round=brought.from_last_round,
        from_reviews=brought.from_reviews,
    )
    return brought


@transaction.atomic
def confirm(
    *,
    duty_return: DutyReturn,
    question: str,
    board: str | None,
    expected_version: int,
    by: User,
    at: datetime,
) -> Answer:
    """Take a proposed answer on as it is; once more it changes nothing.

    Raises:
        UnknownQuestionError: the return does not ask this.
        TransitionRefusedError: the answers are locked, or the role does not allow it.
        StaleAnswerError: it is gone, or somebody else saved in between.
        InvalidAnswerError: something is missing or wrong, so it must be changed first.
    """
    held = hold(duty_return=duty_return, at=at)
    slot = typed_slot(held, question, board)
    refuse_if_locked(held, by=by, at=at)
    stored = held.loaded.answers.get(slot.key)
    if stored is None:
        raise StaleAnswerError(stored=None, lines=show_slot(slot=slot, answer=None))
    if not stored.row.needs_review and stored.row.origin != AnswerOrigin.TYPED:
        return stored.row
    refuse_if_stale(held, slot, stored, expected_version)
    given = Given(answer=stored.given.answer, evidence_count=len(stored.evidence))
    found = check_slot(slot=slot, given=given)
    if problems := tuple(one for one in found if one.field != "evidence"):
        raise InvalidAnswerError(problems=problems)
    row = stored.row
    row.needs_review = False
    row.version = next_version(held)
    row.updated_at = at
    row.updated_by = by
    row.save()
    after_a_change(held, slot, by=by, at=at)
    audit.record(
        action="answer.confirmed",
        target=row,
        body=held.loaded.authority,
        by=by,
        at=at,
        question=question,
        board=board or "",
        version=row.version,
    )
    return row


def _proposals(held: Held) -> Iterable[_Proposal]:
    open_slots = [
        slot
        for slot in held.loaded.slots
        if not slot.question.derived
        and slot.key not in held.loaded.answers
        and held.standing.sections[slot.question.specification] not in _DONE
    ]
    said = what_is_said(loaded=held.loaded, slots=open_slots)
    for slot in open_slots:
        proposal = _proposal(slot, said[slot.key])
        if proposal is not None and slot_answered(slot=slot, answer=proposal.answer):
            yield proposal


def _proposal(slot: Slot, said: Said) -> _Proposal | None:
    if said.by_records is not None:
        return _Proposal(slot, AnswerOrigin.RECORD, said.by_records)
    if said.by_review is not None:
        return _Proposal(slot, AnswerOrigin.REVIEW, said.by_review)
    last = said.last_round
    if last is None or last.answer is None:
        return None
    return _Proposal(slot, AnswerOrigin.LAST_ROUND, last.answer, last.public_note, last.links)


def _write(held: Held, proposals: tuple[_Proposal, ...], *, by: User, at: datetime) -> None:
    first = held.duty_return.version + 1
    rows = Answer.objects.bulk_create(
        [
            _row(held, one, version=first + place, by=by, at=at)
            for place, one in enumerate(proposals)
        ]
    )
    # Counted over the whole return, as each save does.
    held.duty_return.version += len(proposals)
    held.duty_return.save(update_fields=["version"])
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
            for row, one in zip(rows, proposals, strict=True)
            for link in one.links
        ]
    )


def _row(held: Held, proposal: _Proposal, *, version: int, by: User, at: datetime) -> Answer:
    board = held.loaded.board(proposal.slot.board)
    answer = proposal.answer
    return Answer(
        duty_return=held.duty_return,
        question=held.loaded.question_rows[proposal.slot.question.code],
        board_id=board.id if board else None,
        state=answer.state,
        value=answer.value if answer.state == AnswerState.VALUE else None,
        reason=answer.reason or "",
        expected_on=date.fromisoformat(answer.expected_date) if answer.expected_date else None,
        public_note=proposal.public_note,
        origin=proposal.origin,
        needs_review=True,
        version=version,
        updated_at=at,
        updated_by=by,
    )
