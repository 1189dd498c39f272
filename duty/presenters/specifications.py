"""What the centre's pages show of the versions of a specification."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from duty import words
from duty.models import Round, Section, Specification
from duty.presenters.question_rules import applies_words, opens_words
from duty.queries.specifications import SpecificationPage, SpecificationRow
from duty.questions import QuestionSpec
from duty.specification_checks import VersionProblem
from duty.specification_words import ANSWER_TYPE_WORDS, EVIDENCE_WORDS
from duty.ui.components import Action, SummaryRow, Tag


@dataclass(frozen=True)
class ListedVersion:
    """A version of the list."""

    name: str
    title: str
    url: str
    tag: Tag
    since: str
    questions: int
    rounds: str


@dataclass(frozen=True)
class VersionListPage:
    """All that the list shows."""

    rows: tuple[ListedVersion, ...]
    page: int
    pages: int


@dataclass(frozen=True)
class QuestionLine:
    """A question of a version, with its rules in words and what can be done with it."""

    code: str
    text: str
    kind: str
    marks: tuple[str, ...]
    rules: tuple[str, ...]
    problems: tuple[str, ...]
    preview_url: str
    edit_url: str
    move_url: str
    remove_url: str
    first: bool
    last: bool


@dataclass(frozen=True)
class SectionBlock:
    """A section of a version."""

    code: str
    title: str
    intro: str
    problems: tuple[str, ...]
    questions: tuple[QuestionLine, ...]
    edit_url: str
    new_url: str
    move_url: str
    first: bool
    last: bool


@dataclass(frozen=True)
class VersionPage:
    """All that the page of a version shows."""

    name: str
    title: str
    tag: Tag
    is_draft: bool
    revision: int
    facts: tuple[SummaryRow, ...]
    sections: tuple[SectionBlock, ...]
    problems: int
    preview_url: str
    actions: tuple[Action, ...]


def tag_of(*, specification: Specification) -> Tag:
    """Return the state of a version as a tag."""
    return Tag("Published", "green") if specification.published_at else Tag("Draft", "grey")


def list_page(*, found: SpecificationPage) -> VersionListPage:
    """Return what the list shows."""
    return VersionListPage(
        rows=tuple(_listed(row) for row in found.rows), page=found.page, pages=found.pages
    )


def version_page(
    *,
    specification: Specification,
    questions: Sequence[QuestionSpec],
    rounds: Sequence[Round],
    problems: Sequence[VersionProblem],
    may_draft: bool,
    may_publish: bool,
) -> VersionPage:
    """Return what the page of a version shows, with what the person may do there."""
    is_draft = specification.published_at is None
    return VersionPage(
        name=f"Version {specification.version}",
        title=specification.title,
        tag=tag_of(specification=specification),
        is_draft=is_draft,
        revision=specification.revision,
        facts=_facts(specification, rounds),
        sections=tuple(
            _section(specification, code, questions, problems, may_draft and is_draft)
            for code in specification.section_order
        ),
        problems=len(problems),
        preview_url=_of(specification, "preview"),
        actions=_actions(specification, may_draft=may_draft, may_publish=may_publish),
    )


def _listed(row: SpecificationRow) -> ListedVersion:
    version = row.specification
    when = version.published_at or version.drafted_at
    by = version.published_by if version.published_at else version.drafted_by
    since = words.london_date(moment=when) if when else ""
    return ListedVersion(
        name=f"Version {version.version}",
        title=version.title,
        url=_of(version, "detail"),
        tag=tag_of(specification=version),
        since=f"{since}, {by.full_name}" if by else since,
        questions=row.questions,
        rounds=", ".join(one.called for one in row.rounds) or "None",
    )


def _facts(specification: Specification, rounds: Sequence[Round]) -> tuple[SummaryRow, ...]:
    published = specification.published_at
    facts = [SummaryRow("Title", specification.title)]
    if specification.source:
        facts.append(SummaryRow("Source", specification.source))
    if specification.copied_from:
        facts.append(SummaryRow("Copied from", f"Version {specification.copied_from}"))
    if specification.drafted_by and specification.drafted_at:
        day = words.london_date(moment=specification.drafted_at)
        facts.append(SummaryRow("Drafted", f"{day}, {specification.drafted_by.full_name}"))
    if published:
        by = specification.published_by
        day = words.london_date(moment=published)
        facts.append(SummaryRow("Published", f"{day}, {by.full_name}" if by else day))
    used = ", ".join(one.called for one in rounds) or "None"
    facts.append(SummaryRow("Rounds that ask it", used))
    return tuple(facts)


def _section(
    specification: Specification,
    code: str,
    questions: Sequence[QuestionSpec],
    problems: Sequence[VersionProblem],
    may_change: bool,
) -> SectionBlock:
    own = [one for one in questions if one.specification == code]
    moved = [one for one in specification.section_order if one != Section.ABOUT]
    return SectionBlock(
        code=code,
        title=specification.section_title(code),
        intro=specification.section_intro(code),
        problems=tuple(p.message for p in problems if p.section == code and not p.code),
        questions=tuple(
            _line(
                specification,
                one,
                questions,
                tuple(p.message for p in problems if p.code == one.code),
                may_change=may_change,
                first=one is own[0],
                last=one is own[-1],
            )
            for one in own
        ),
        edit_url=_of(specification, "section", code) if may_change else "",
        new_url=_of(specification, "question-new", code) if may_change else "",
        move_url=_of(specification, "section-move", code) if may_change and code in moved else "",
        first=code == moved[0],
        last=code == moved[-1],
    )


def _line(
    specification: Specification,
    question: QuestionSpec,
    questions: Sequence[QuestionSpec],
    problems: tuple[str, ...],
    *,
    may_change: bool,
    first: bool,
    last: bool,
) -> QuestionLine:
    kind = ANSWER_TYPE_WORDS[question.answer_type]
    if question.word_limit:
        kind = f"{kind}, up to {question.word_limit} words"
    marks = [question.theory_of_change.value.capitalize()]
    if question.floor:
        marks.append("Minimum floor")
    if question.concurrent:
        marks.append("Rests with councils or is held concurrently")
    marks.append(f"Evidence: {EVIDENCE_WORDS[question.evidence.need].lower()}")
    opens = opens_words(question=question, questions=questions)
    changes = {
        name: _of(specification, f"question-{name}", question.code) if may_change else ""
        for name in ("edit", "move", "remove")
    }
    return QuestionLine(
        code=question.code,
        text=question.text,
        kind=kind,
        marks=tuple(marks),
        rules=tuple(filter(None, (opens, *applies_words(question=question)))),
        problems=problems,
        preview_url=_of(specification, "preview-question", question.code),
        edit_url=changes["edit"],
        move_url=changes["move"],
        remove_url=changes["remove"],
        first=first,
        last=last,
    )


def _actions(
    specification: Specification, *, may_draft: bool, may_publish: bool
) -> tuple[Action, ...]:
    is_draft = specification.published_at is None
    offered = (
        (is_draft and may_publish, "Publish this version", "publish"),
        (is_draft and may_draft, "Change its title and source", "words"),
        (may_draft, "Copy it into a new draft", "copy"),
        (is_draft and may_draft, "Delete this draft", "delete"),
    )
    return tuple(
        Action(label, _of(specification, name)) for allowed, label, name in offered if allowed
    )


def _of(specification: Specification, name: str, *more: str) -> str:
    return reverse(f"specifications:{name}", args=[specification.version, *more])
