"""Changing what stands beside a stored answer: it counts as a change of the answer."""

from dataclasses import dataclass
from datetime import datetime

from authorities.models import User
from duty.actions.answers import after_a_change, next_version, refuse_if_locked, typed_slot
from duty.actions.steps import Held, hold
from duty.models import DutyReturn
from duty.queries.loaded import StoredAnswer
from duty.slots import Slot


@dataclass(frozen=True)
class HeldAnswer:
    """A stored answer whose return is locked for a change of what stands beside it."""

    held: Held
    slot: Slot
    stored: StoredAnswer


class NoAnswerYetError(ValueError):
    """Something was to stand beside an answer that is not stored."""

    def __init__(self) -> None:
        super().__init__("Save your answer first. Then add evidence to it.")


def hold_answer(
    *, duty_return: DutyReturn, question: str, board: str | None, by: User, at: datetime
) -> HeldAnswer:
    """Lock a return for a change beside one of its answers. The caller holds the transaction.

    Raises:
        UnknownQuestionError: the return does not ask this.
        TransitionRefusedError: the answers are locked, or the role does not allow it.
        NoAnswerYetError: nothing is stored for the question.
    """
    held = hold(duty_return=duty_return, at=at)
    slot = typed_slot(held, question, board)
    refuse_if_locked(held, by=by, at=at)
    stored = held.loaded.answers.get(slot.key)
    if stored is None:
        raise NoAnswerYetError
    return HeldAnswer(held, slot, stored)


def changed_beside(*, answer: HeldAnswer, by: User, at: datetime) -> None:
    """Note that something beside an answer changed, as a save of the answer does."""
    row = answer.stored.row
    row.version = next_version(answer.held)
    row.updated_at = at
    row.updated_by = by
    row.save(update_fields=["version", "updated_at", "updated_by"])
    after_a_change(answer.held, answer.slot, by=by, at=at)
