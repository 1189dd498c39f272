"""What has changed in a return since it was last submitted, question by question."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from duty.answers import FloorMet
from duty.differences import AnswerDifference, Kind, SectionDifference, differences
from duty.presenters.addresses import ReturnAddresses
from duty.presenters.evidence import EvidenceLine, submitted
from duty.presenters.submissions import addresses_of, submitted_heading
from duty.presenters.tasks import FLOOR_WORDS

_KINDS = {
    Kind.ADDED: "Answered since",
    Kind.REMOVED: "Answer removed",
    Kind.CHANGED: "Changed",
}


@dataclass(frozen=True)
class AnswerThen:
    """An answer as it stood at one time."""

    lines: tuple[tuple[str, str], ...]
    note: str
    evidence: tuple[EvidenceLine, ...]


@dataclass(frozen=True)
class ChangedAnswer:
    """One answer, before and after."""

    key: str
    heading: str
    status: str
    parts: str
    before: AnswerThen
    after: AnswerThen


@dataclass(frozen=True)
class ChangedSection:
    """A section in which something changed; facts are what changed beside the answers."""

    code: str
    title: str
    facts: tuple[str, ...]
    answers: tuple[ChangedAnswer, ...]


@dataclass(frozen=True)
class Difference:
    """All that changed between two states of a return, with how each is called."""

    before: str
    after: str
    sections: tuple[ChangedSection, ...]

    @property
    def summary(self) -> str:
        """How much changed, in one sentence."""
        count = sum(len(section.answers) for section in self.sections)
        if count:
            answers = "1 answer differs" if count == 1 else f"{count} answers differ"
            return f"{answers} from {self.before}."
        return f"No answer differs from {self.before}."


def difference(
    *, before: Mapping[str, Any], after: Mapping[str, Any], called: tuple[str, str]
) -> Difference:
    """Return what changed between two contents; `called` names the earlier and the later."""
    addresses = addresses_of(content=after)
    return Difference(
        before=called[0],
        after=called[1],
        sections=tuple(_section(one, addresses) for one in differences(before=before, after=after)),
    )


def _section(section: SectionDifference, addresses: ReturnAddresses) -> ChangedSection:
    facts = []
    if section.floor[0] != section.floor[1]:
        was, now = (FLOOR_WORDS[FloorMet(floor)] for floor in section.floor)
        facts.append(f"Minimum floor: {now}. It was {was}.")
    if section.gaps_reason[0] != section.gaps_reason[1]:
        was, now = (f"“{text}”" if text else "nothing said" for text in section.gaps_reason)
        facts.append(f"Why questions are left unanswered: {now}. It was {was}.")
    return ChangedSection(
        code=section.code,
        title=section.title,
        facts=tuple(facts),
        answers=tuple(
            _answer(one, number, addresses) for number, one in enumerate(section.answers, 1)
        ),
    )


def _answer(answer: AnswerDifference, number: int, addresses: ReturnAddresses) -> ChangedAnswer:
    return ChangedAnswer(
        key=f"{answer.code}-{number}",
        heading=submitted_heading(text=answer.text, board_name=answer.board_name),
        status=_KINDS[answer.kind],
        parts=" and ".join(answer.parts) if answer.kind == Kind.CHANGED else "",
        before=_then(answer.before, addresses),
        after=_then(answer.after, addresses),
    )


def _then(answer: Mapping[str, Any] | None, addresses: ReturnAddresses) -> AnswerThen:
    if answer is None:
        return AnswerThen(lines=(("Answer", "Not asked"),), note="", evidence=())
    return AnswerThen(
        lines=tuple((label, text) for label, text in answer["lines"]),
        note=answer["public_note"],
        evidence=submitted(answer=answer, addresses=addresses),
    )
