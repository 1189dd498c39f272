"""What the page of one question shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from authorities.models import User
from duty.known_records import Records
from duty.models import Submission
from duty.presenters.addresses import PreviewAddresses, ReturnAddresses
from duty.presenters.progress import LockNotice, lock_of
from duty.presenters.proposals import (
    Proposal,
    RecordsNow,
    not_carried,
    question_proposal,
    records_now,
    review_now,
)
from duty.presenters.question_rules import opens_words, rule_words
from duty.presenters.tasks import name_of
from duty.queries.loaded import LoadedReturn
from duty.queries.places import BoardFacts
from duty.queries.returns import People
from duty.queries.shared_sections import SHARED_SECTIONS
from duty.queries.soft_warnings import last_answer, warnings_of
from duty.queries.standing import Standing
from duty.questions import EvidenceNeed, FieldType, QuestionSpec, TheoryOfChange
from duty.slots import Slot, SlotKey, show_slot
from outcomes.framework_answers import LastReview

WHY = {
    TheoryOfChange.INPUT: "what an authority and its partners put in, which all else builds on.",
    TheoryOfChange.PROCESS: "how people work together, which makes joint work last when they "
    "move on.",
    TheoryOfChange.OUTPUT: "what the work produces, which others can read and use.",
    TheoryOfChange.OUTCOME: "what changes for people, which the duty is for.",
}


@dataclass(frozen=True)
class BoardLine:
    """One of the boards that the question is asked for."""

    name: str
    share_of_authority: float
    url: str
    current: bool
    answered: bool


@dataclass(frozen=True)
class EarlierAnswer:
    """What the authority answered in an earlier round."""

    round_name: str
    lines: tuple[tuple[str, str], ...]
    note: str


@dataclass(frozen=True)
class QuestionPage:
    """The page of one question, for one board where it is asked per pair."""

    round_name: str
    section_title: str
    caption: str
    heading: str
    help: str
    floor: bool
    derived: bool
    stage: str
    why: str
    rules: tuple[str, ...]
    geography_date: date
    boards: tuple[BoardLine, ...]
    evidence_words: str
    readers: str
    lines: tuple[tuple[str, str], ...]
    answered: bool
    saved_at: datetime | None
    saved_by: str
    lacks_evidence: bool
    unusual: tuple[str, ...]
    earlier: EarlierAnswer | None
    proposal: Proposal | None
    not_carried: tuple[str, ...]
    records_now: RecordsNow | None
    lock: LockNotice | None
    next_url: str
    addresses: ReturnAddresses | PreviewAddresses


def question_page(
    *,
    loaded: LoadedReturn,
    standing: Standing,
    slot: Slot,
    people: People,
    earlier: Submission | None,
    records: Records,
    review: LastReview | None,
    person: User,
    now: datetime,
) -> QuestionPage:
    """Return what the page of a slot shows."""
    addresses = ReturnAddresses(loaded.round.slug, loaded.authority.slug)
    question = slot.question
    siblings = [s for s in loaded.questions if s.specification == question.specification]
    board = loaded.board(slot.board)
    stored = loaded.answers.get(slot.key)
    given = loaded.given.get(slot.key)
    judged = next(
        one for one in standing.judgements[question.specification].slots if one.slot.key == slot.key
    )
    title = loaded.title(question.specification)
    return QuestionPage(
        round_name=loaded.round.name,
        section_title=title,
        caption=f"{title}, question {siblings.index(question) + 1} of {len(siblings)}",
        heading=heading_of(question=question, board=board),
        help=question.help,
        floor=question.counts_for_floor,
        derived=question.derived,
        stage=question.theory_of_change.value,
        why=WHY[question.theory_of_change],
        rules=rule_words(question=question, questions=loaded.questions),
        geography_date=loaded.round.geography_date,
        boards=_boards(loaded, standing, slot, addresses),
        evidence_words=evidence_words(question=question),
        readers=readers_of(section=question.specification),
        lines=show_slot(slot=slot, answer=given.answer if given else None),
        answered=stored is not None,
        saved_at=stored.row.updated_at if stored else None,
        saved_by=name_of(person=stored.row.updated_by, reader=person) if stored else "",
        lacks_evidence=any(problem.field == "evidence" for problem in judged.problems),
        unusual=tuple(
            one.message
            for one in warnings_of(
                slot=slot, stored=stored, last=last_answer(last=earlier, key=slot.key), now=now
            )
        )
        if stored
        else (),
        earlier=_earlier(earlier, slot.key),
        proposal=question_proposal(loaded=loaded, slot=slot, earlier=earlier, addresses=addresses),
        not_carried=not_carried(loaded=loaded, slot=slot, earlier=earlier),
        records_now=records_now(loaded=loaded, slot=slot, records=records)
        or review_now(loaded=loaded, slot=slot, review=review),
        lock=lock_of(loaded=loaded, standing=standing, people=people, now=now),
        next_url=_next(loaded, slot, addresses),
        addresses=addresses,
    )


@dataclass(frozen=True)
class HiddenPage:
    """The page of a question that waits for another answer; what was answered before is kept."""

    caption: str
    heading: str
    opens: str
    opener_url: str
    kept: tuple[tuple[str, str], ...]
    addresses: ReturnAddresses


def hidden_page(*, loaded: LoadedReturn, slot: Slot) -> HiddenPage:
    """Return what the page of a hidden slot shows."""
    addresses = ReturnAddresses(loaded.round.slug, loaded.authority.slug)
    stored = loaded.answers.get(slot.key)
    rule = slot.question.condition
    opener = next(
        (one for one in loaded.slots if rule and one.question.code == rule.question), None
    )
    return HiddenPage(
        caption=loaded.title(slot.question.specification),
        heading=heading_of(question=slot.question, board=loaded.board(slot.board)),
        opens=opens_words(question=slot.question, questions=loaded.known_questions),
        opener_url=(
            addresses.question(opener.question.specification, opener.key) if opener else ""
        ),
        kept=show_slot(slot=slot, answer=stored.given.answer) if stored else (),
        addresses=addresses,
    )


def heading_of(*, question: QuestionSpec, board: BoardFacts | None) -> str:
    """Return the question as its page asks it: about one board by its name."""
    if board is None:
        return question.text
    if "this ICB" in question.text:
        return question.text.replace("this ICB", board.short_name)
    return f"With {board.short_name}: {question.text[:1].lower()}{question.text[1:]}"


def evidence_words(*, question: QuestionSpec) -> str:
    """Return when a question needs evidence, in words; empty where it takes none."""
    rule = question.evidence
    words = {
        EvidenceNeed.NONE: "",
        EvidenceNeed.OPTIONAL: "Evidence is optional here.",
        EvidenceNeed.REQUIRED: "Needed before the section is completed.",
        EvidenceNeed.REQUIRED_IF_ANY: "Needed if you enter any row.",
        EvidenceNeed.REQUIRED_IF_ANSWERED: "Needed if you answer.",
    }
    if rule.need == EvidenceNeed.REQUIRED_IF:
        label = next(o.label for o in question.options if o.code == rule.subject)
        said = f"Needed if you choose “{label}”."
    elif rule.need == EvidenceNeed.REQUIRED_IF_OVER_ZERO:
        label = next(c.label for c in question.columns if c.code == rule.subject)
        said = f"Needed if “{label}” is more than 0."
    else:
        said = words[rule.need]
    fields = [*question.fields, *(f for o in question.options for f in o.follow_ups)]
    if said and any(field.type == FieldType.LINK for field in fields):
        return f"{said} A link in your answer counts, so add another only if it helps."
    return said


def readers_of(*, section: str) -> str:
    """Return who reads an answer of a section, and from when, in words."""
    boards = ", and so can the ICBs of your pairs" if section in SHARED_SECTIONS else ""
    return (
        "Your colleagues now. Once it is submitted, analysts in government can read it"
        f"{boards}. Once the round is published, NHS England and the Local Government Association "
        "can, too."
    )


def _boards(
    loaded: LoadedReturn, standing: Standing, slot: Slot, addresses: ReturnAddresses
) -> tuple[BoardLine, ...]:
    if slot.board is None:
        return ()
    section = slot.question.specification
    answered = {
        one.slot.board
        for one in standing.judgements[section].slots
        if one.slot.question.code == slot.question.code and one.answered
    }
    return tuple(
        BoardLine(
            name=board.short_name,
            share_of_authority=board.share_of_authority,
            url=addresses.question(section, SlotKey(slot.question.code, board.slug)),
            current=board.slug == slot.board,
            answered=board.slug in answered,
        )
        for board in loaded.boards
    )


def _next(loaded: LoadedReturn, slot: Slot, addresses: ReturnAddresses) -> str:
    """Return the next question of the section, or its answers to check after the last."""
    section = slot.question.specification
    slots = [one for one in loaded.slots if one.question.specification == section]
    later: Sequence[Slot] = slots[slots.index(slot) + 1 :]
    if not later:
        return addresses.section_check(section)
    return addresses.question(section, later[0].key)


def _earlier(submission: Submission | None, key: SlotKey) -> EarlierAnswer | None:
    """Return the answer to the question of the same code in an earlier submission."""
    if submission is None:
        return None
    content: Mapping[str, Any] = submission.content
    for section in content["sections"]:
        for question in section["questions"]:
            if question["code"] != key.code:
                continue
            for answer in question["answers"]:
                if answer["board"] == key.board and answer["state"]:
                    return EarlierAnswer(
                        round_name=content["round"]["name"],
                        lines=tuple((label, text) for label, text in answer["lines"]),
                        note=answer["public_note"],
                    )
    return None
