"""What the page that checks all answers shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from duty.presenters.addresses import ReturnAddresses
from duty.presenters.evidence import EvidenceLine, dead_inside, drafted
from duty.presenters.progress import (
    SECTION_WORDS,
    LockNotice,
    SectionRequest,
    SentBack,
    differences_url,
    lock_of,
    requests_of,
    sent_back,
)
from duty.presenters.proposals import Proposal, proposal_of
from duty.presenters.question_rules import opens_words, rule_words
from duty.presenters.questions import heading_of
from duty.presenters.tasks import FLOOR_WORDS
from duty.queries.links import LinkNote, links_inside
from duty.queries.loaded import LoadedReturn
from duty.queries.returns import People
from duty.queries.soft_warnings import Decisions, OpenWarning
from duty.queries.standing import Standing
from duty.sections import SectionState
from duty.slots import SectionJudgement, SlotJudgement, show_slot

_DONE = frozenset({SectionState.COMPLETED, SectionState.CHANGES_MADE})


@dataclass(frozen=True)
class ConfirmedLine:
    """What was unusual about an answer, and why it is right."""

    message: str
    reason: str
    by: str


@dataclass(frozen=True)
class UnusualLine:
    """What is unusual about an answer and not confirmed: its key in forms, and its words."""

    key: str
    heading: str
    message: str


@dataclass(frozen=True)
class CheckRow:
    """One question with its answer, and what is still to do about it."""

    code: str
    heading: str
    lines: tuple[tuple[str, str], ...]
    evidence: tuple[EvidenceLine, ...]
    dead_inside: tuple[EvidenceLine, ...]
    public_note: str
    private_note: str
    url: str
    derived: bool
    todo: str
    gap: bool
    rules: tuple[str, ...]
    proposal: Proposal | None
    unusual: tuple[str, ...]
    confirmed: tuple[ConfirmedLine, ...]


@dataclass(frozen=True)
class HiddenLine:
    """A question that is not asked now, and which answer opens it."""

    heading: str
    opens: str


@dataclass(frozen=True)
class CheckSection:
    """A section with its answers, and whether it can be marked complete."""

    code: str
    title: str
    status: str
    colour: str
    floor: str
    answered: int
    asked: int
    rows: tuple[CheckRow, ...]
    hidden: tuple[HiddenLine, ...]
    intro: str
    unusual: tuple[UnusualLine, ...]
    gaps: int
    gaps_reason: str
    request: str
    requested: SectionRequest | None
    done: bool
    ready: bool
    check_again: bool


@dataclass(frozen=True)
class CheckPage:
    """All answers of a return."""

    round_name: str
    authority_name: str
    sections: tuple[CheckSection, ...]
    lock: LockNotice | None
    sent_back: SentBack | None
    completed: int
    needed: int
    differences_url: str
    addresses: ReturnAddresses


def check_page(
    *,
    loaded: LoadedReturn,
    standing: Standing,
    people: People,
    warnings: Sequence[OpenWarning],
    decisions: Decisions,
    now: datetime,
    links: Mapping[str, LinkNote] | None = None,
) -> CheckPage:
    """Return every answer with what is left to do, and which of its links are dead."""
    addresses = ReturnAddresses(loaded.round.slug, loaded.authority.slug)
    requests = requests_of(loaded=loaded)
    return CheckPage(
        round_name=loaded.round.name,
        authority_name=loaded.facts.name,
        sections=tuple(
            _section(
                loaded,
                standing,
                judgement,
                addresses,
                requests.get(judgement.code),
                _Beside(warnings, decisions, links),
            )
            for judgement in standing.judgements.values()
            if judgement.has_questions
        ),
        lock=lock_of(loaded=loaded, standing=standing, people=people, now=now),
        sent_back=sent_back(loaded=loaded),
        completed=len(standing.completed),
        needed=len(standing.needed),
        differences_url=differences_url(loaded=loaded, standing=standing, addresses=addresses),
        addresses=addresses,
    )


@dataclass(frozen=True)
class _Beside:
    """What is unusual about the answers of the return, and which of its links are dead."""

    warnings: Sequence[OpenWarning]
    decisions: Decisions
    links: Mapping[str, LinkNote] | None


def _section(
    loaded: LoadedReturn,
    standing: Standing,
    judgement: SectionJudgement,
    addresses: ReturnAddresses,
    requested: SectionRequest | None,
    beside: _Beside,
) -> CheckSection:
    state = standing.sections[judgement.code]
    words, colour = SECTION_WORDS[state]
    row = loaded.section_rows.get(judgement.code)
    reason = row.mark_reason if row else ""
    sent_back_section = state == SectionState.CHANGES_REQUESTED
    return CheckSection(
        code=judgement.code,
        title=loaded.title(judgement.code),
        status=words,
        colour=colour,
        floor=FLOOR_WORDS[judgement.floor],
        answered=judgement.answered,
        asked=judgement.asked,
        rows=tuple(_row(loaded, one, addresses, beside) for one in judgement.slots),
        hidden=tuple(
            HiddenLine(
                heading=heading_of(question=slot.question, board=loaded.board(slot.board)),
                opens=opens_words(question=slot.question, questions=loaded.known_questions),
            )
            for slot in judgement.hidden
        ),
        intro=loaded.intro(judgement.code),
        unusual=tuple(
            UnusualLine(
                key=one.key,
                heading=heading_of(question=one.slot.question, board=loaded.board(one.slot.board)),
                message=one.warning.message,
            )
            for one in beside.warnings
            if one.slot.question.specification == judgement.code
        ),
        gaps=len({one.slot.question.code for one in judgement.gaps}),
        gaps_reason="" if sent_back_section else reason,
        request=reason if sent_back_section else "",
        requested=requested,
        done=state in _DONE,
        ready=judgement.valid,
        check_again=state == SectionState.CHECK_AGAIN,
    )


def _row(
    loaded: LoadedReturn,
    judged: SlotJudgement,
    addresses: ReturnAddresses,
    beside: _Beside,
) -> CheckRow:
    slot = judged.slot
    board = loaded.board(slot.board)
    stored = loaded.answers.get(slot.key)
    given = loaded.given.get(slot.key)
    return CheckRow(
        code=slot.question.code,
        heading=heading_of(question=slot.question, board=board),
        lines=show_slot(slot=slot, answer=given.answer if given else None),
        evidence=drafted(
            evidence=stored.evidence if stored else (), addresses=addresses, links=beside.links
        ),
        dead_inside=dead_inside(urls=links_inside(stored=stored), links=beside.links),
        public_note=stored.row.public_note if stored else "",
        private_note=stored.row.private_note if stored else "",
        url=addresses.question(slot.question.specification, slot.key),
        derived=slot.question.derived,
        todo=_todo(judged),
        gap=not (judged.required or judged.answered or judged.unreviewed or slot.question.derived),
        rules=rule_words(question=slot.question, questions=loaded.questions),
        proposal=proposal_of(stored=stored, slot=slot, addresses=addresses),
        unusual=tuple(one.warning.message for one in beside.warnings if one.slot.key == slot.key),
        confirmed=tuple(
            ConfirmedLine(message=one.message, reason=one.reason, by=one.decided_by.full_name)
            for one in beside.decisions.get(slot.key, {}).values()
        ),
    )


def _todo(judged: SlotJudgement) -> str:
    if judged.unreviewed:
        return "Say that this is still right, or change it."
    if judged.required and not judged.answered:
        return "Answer this: the section cannot be completed without it."
    return " ".join(f"{problem.message} {problem.fix}" for problem in judged.problems)
