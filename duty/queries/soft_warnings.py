"""What is unusual about the answers of a return, and what people said of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from duty.deadlines import london_date
from duty.models import EvidenceKind, Submission, WarningDecision
from duty.queries.loaded import LoadedReturn, StoredAnswer
from duty.questions import Answer as GivenAnswer
from duty.slots import Slot, SlotKey, check_slot
from duty.soft_checks import LastAnswer, SoftWarning, soft_warnings

# By slot, then by rule and part.
Decisions = Mapping[SlotKey, Mapping[tuple[str, str], WarningDecision]]


@dataclass(frozen=True)
class OpenWarning:
    """A warning of one version of an answer that nobody has confirmed yet."""

    slot: Slot
    answer_version: int
    warning: SoftWarning

    @property
    def key(self) -> str:
        """What names it in a form: a reason for one version says nothing of the next."""
        board = self.slot.board or ""
        parts = (self.slot.question.code, board, self.warning.rule, self.warning.part)
        return "~".join((*parts, str(self.answer_version)))


def decisions_of(*, loaded: LoadedReturn) -> Decisions:
    """Return the decisions that hold for the answers as they are now, by one query."""
    if loaded.duty_return is None:
        return {}
    versions = {one.row.version: key for key, one in loaded.answers.items()}
    found: dict[SlotKey, dict[tuple[str, str], WarningDecision]] = {}
    rows = (
        WarningDecision.objects.filter(duty_return=loaded.duty_return)
        .select_related("decided_by")
        .order_by("pk")
    )
    for row in rows:
        # Versions are counted over the whole return, so that one names one answer.
        if (key := versions.get(row.answer_version)) is not None:
            found.setdefault(key, {})[row.rule, row.part] = row
    return found


def open_warnings(
    *, loaded: LoadedReturn, last: Submission | None, decisions: Decisions, now: datetime
) -> tuple[OpenWarning, ...]:
    """Return the warnings that are not confirmed, in the order of the questions.

    Args:
        loaded: the return.
        last: what the authority submitted in an earlier round, if anything.
        decisions: what was confirmed.
        now: the time; dates are judged by London's day.
    """
    then = {} if last is None else _answers_then(last)
    found = []
    for slot in loaded.slots:
        stored = loaded.answers.get(slot.key)
        # What is only proposed is no answer yet.
        if stored is None or stored.row.needs_review:
            continue
        decided = decisions.get(slot.key, {})
        found += [
            OpenWarning(slot, stored.row.version, warning)
            for warning in warnings_of(slot=slot, stored=stored, last=then.get(slot.key), now=now)
            if (warning.rule.value, warning.part) not in decided
        ]
    return tuple(found)


def warnings_of(
    *, slot: Slot, stored: StoredAnswer, last: LastAnswer | None, now: datetime
) -> tuple[SoftWarning, ...]:
    """Return what is unusual about a stored answer; hard errors come first and alone."""
    if any(one.field != "evidence" for one in check_slot(slot=slot, given=stored.given)):
        return ()
    return soft_warnings(
        slot=slot,
        answer=stored.given.answer,
        untitled_links=sum(
            one.kind == EvidenceKind.LINK and not one.title for one in stored.evidence
        ),
        last=last,
        today=london_date(now=now),
    )


def last_answer(*, last: Submission | None, key: SlotKey) -> LastAnswer | None:
    """Return what a submission answered to one question."""
    return None if last is None else _answers_then(last).get(key)


def _answers_then(submission: Submission) -> dict[SlotKey, LastAnswer]:
    content: Mapping[str, Any] = submission.content
    return {
        SlotKey(question["code"], answer["board"]): LastAnswer(
            round_name=content["round"]["name"],
            answer=GivenAnswer(state=answer["state"], value=answer["value"]),
        )
        for section in content["sections"]
        for question in section["questions"]
        if not question["derived"]
        for answer in question["answers"]
        if answer["state"]
    }
