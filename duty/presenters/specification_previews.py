"""A version as an officer would see it: the same pages, for an authority that is made up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse

from duty.models import Specification
from duty.presenters.addresses import PreviewAddresses
from duty.presenters.question_rules import rule_words
from duty.presenters.questions import (
    WHY,
    BoardLine,
    QuestionPage,
    evidence_words,
    heading_of,
    readers_of,
)
from duty.queries.places import BoardFacts
from duty.questions import QuestionSpec
from duty.slots import Slot, show_slot

# Boards of nowhere, so that a question to each is seen as it would be.
BOARDS = (
    BoardFacts(UUID(int=1), "first-board", "NHS First Example Integrated Care Board", 0.6, 0.9),
    BoardFacts(UUID(int=2), "second-board", "NHS Second Example Integrated Care Board", 0.4, 0.3),
)


@dataclass(frozen=True)
class PreviewLine:
    """A question of the preview, with what opens it."""

    code: str
    heading: str
    url: str
    floor: bool
    rules: tuple[str, ...]


@dataclass(frozen=True)
class PreviewSection:
    """A section of the preview; without questions it would not be needed."""

    code: str
    title: str
    intro: str
    lines: tuple[PreviewLine, ...]


@dataclass(frozen=True)
class PreviewList:
    """All sections, and how many questions this kind of authority is not asked."""

    sections: tuple[PreviewSection, ...]
    asked: int
    left_out: int


def preview_page(
    *,
    specification: Specification,
    asked: Sequence[QuestionSpec],
    everything: Sequence[QuestionSpec],
    titles: Mapping[str, str],
    query: str,
) -> PreviewList:
    """Return the list of a preview."""
    return PreviewList(
        sections=tuple(
            PreviewSection(
                code=code,
                title=title,
                intro=specification.section_intro(code),
                lines=tuple(
                    _line(specification, one, asked, query)
                    for one in asked
                    if one.specification == code
                ),
            )
            for code, title in titles.items()
        ),
        asked=len(asked),
        left_out=len(everything) - len(asked),
    )


def first_slot(*, question: QuestionSpec) -> Slot:
    """Return what the page of a question asks: the first board, where it is asked of each."""
    each = question.per_pair and not question.derived
    return Slot(question, BOARDS[0].slug if each else None)


def preview_question(
    *,
    specification: Specification,
    slot: Slot,
    asked: Sequence[QuestionSpec],
    query: str,
    today: date,
) -> QuestionPage:
    """Return the page of one question, unanswered and unlocked."""
    question = slot.question
    siblings = [one for one in asked if one.specification == question.specification]
    title = specification.section_title(question.specification)
    place = siblings.index(question)
    following = siblings[place + 1 : place + 2]
    tasks = f"{reverse('specifications:preview', args=[specification.version])}?{query}"
    own = _url(specification, question, query)
    return QuestionPage(
        round_name="Preview",
        section_title=title,
        caption=f"{title}, question {place + 1} of {len(siblings)}",
        heading=heading_of(question=question, board=BOARDS[0] if slot.board else None),
        help=question.help,
        floor=question.counts_for_floor,
        derived=question.derived,
        stage=question.theory_of_change.value,
        why=WHY[question.theory_of_change],
        rules=rule_words(question=question, questions=asked),
        geography_date=today,
        boards=tuple(
            BoardLine(
                name=board.short_name,
                share_of_authority=board.share_of_authority,
                url=own,
                current=board.slug == slot.board,
                answered=False,
            )
            for board in BOARDS
            if slot.board
        ),
        evidence_words=evidence_words(question=question),
        readers=readers_of(section=question.specification),
        lines=show_slot(slot=slot, answer=None),
        answered=False,
        saved_at=None,
        saved_by="",
        lacks_evidence=False,
        unusual=(),
        earlier=None,
        proposal=None,
        not_carried=(),
        records_now=None,
        lock=None,
        next_url=_url(specification, following[0], query) if following else tasks,
        addresses=PreviewAddresses(tasks=tasks),
    )


def _line(
    specification: Specification,
    question: QuestionSpec,
    asked: Sequence[QuestionSpec],
    query: str,
) -> PreviewLine:
    return PreviewLine(
        code=question.code,
        heading=question.text,
        url=_url(specification, question, query),
        floor=question.counts_for_floor,
        rules=rule_words(question=question, questions=asked),
    )


def _url(specification: Specification, question: QuestionSpec, query: str) -> str:
    url = reverse("specifications:preview-question", args=[specification.version, question.code])
    return f"{url}?{query}"
