"""Specifications, rounds and returns for tests; every default may be said otherwise."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from authorities.models import IntegratedCareBoard, Role, StrategicAuthority, User
from duty.actions import answers, documents, returns, sign_off, specifications
from duty.models import Answer as AnswerRow
from duty.models import (
    Declaration,
    DutyReturn,
    Evidence,
    EvidenceKind,
    ExpectedReturn,
    Question,
    Round,
    RoundState,
    Section,
    Specification,
    Submission,
)
from duty.queries.loaded import load
from duty.questions import Answer, AnswerField, AnswerType, EvidenceNeed, FieldType, QuestionSpec
from duty.specification_file import read_specification
from tests.factories.authorities import (
    BoardFactory,
    MembershipFactory,
    PairFactory,
    StrategicAuthorityFactory,
)

GEOGRAPHY_DATE = date(2026, 10, 1)
_CSV = Path(__file__).parents[2] / "duty" / "configuration" / "specification_v1.csv"


@cache
def version_one() -> tuple[QuestionSpec, ...]:
    """The questions of version 1."""
    return read_specification(text=_CSV.read_text(encoding="utf-8"))


def today() -> date:
    """Today in London: rounds of tests lie around it, since pages ask the clock."""
    return timezone.localdate()


class SpecificationFactory(DjangoModelFactory):
    """A published version with the questions of version 1, or those given as `questions`."""

    class Meta:
        model = Specification

    version = factory.Sequence(lambda n: n + 1)
    title = "Specification of a test"

    @classmethod
    def _create(cls, model_class: type[Specification], *args: Any, **kwargs: Any) -> Specification:
        questions = kwargs.pop("questions", None)
        kwargs.pop("source", None)
        stored = specifications.load_specification(
            questions=version_one() if questions is None else questions,
            by=None,
            at=timezone.now(),
            **kwargs,
        )
        return specifications.publish(specification=stored, by=None, at=timezone.now())


class RoundFactory(DjangoModelFactory):
    """A round that is open and due in 18 days."""

    class Meta:
        model = Round

    slug = factory.Sequence(lambda n: f"autumn-{2026 + n}")
    name = factory.LazyAttribute(lambda made: made.slug.replace("-", " ").capitalize())
    covers_from = date(2026, 4, 1)
    covers_to = date(2026, 9, 30)
    geography_date = GEOGRAPHY_DATE
    opens_on = factory.LazyFunction(lambda: today() - timedelta(days=30))
    due_on = factory.LazyFunction(lambda: today() + timedelta(days=18))
    edits_until = factory.LazyFunction(lambda: today() + timedelta(days=32))
    reply_opens_on = factory.LazyAttribute(lambda made: made.edits_until + timedelta(days=24))
    reply_closes_on = factory.LazyAttribute(lambda made: made.edits_until + timedelta(days=45))
    publish_at = factory.LazyAttribute(
        lambda made: datetime.combine(
            made.edits_until + timedelta(days=76), time(8, 30), tzinfo=UTC
        )
    )
    specification = factory.SubFactory(SpecificationFactory)
    state = RoundState.OPEN
    created_at = factory.LazyFunction(timezone.now)


class ExpectedReturnFactory(DjangoModelFactory):
    class Meta:
        model = ExpectedReturn

    round = factory.SubFactory(RoundFactory)
    authority = factory.SubFactory(StrategicAuthorityFactory)


class DeclarationFactory(DjangoModelFactory):
    class Meta:
        model = Declaration
        django_get_or_create = ("version",)

    version = 1
    text = "The answers are complete and accurate."


class SubmissionFactory(DjangoModelFactory):
    """A snapshot without answers: a whole story takes far longer."""

    class Meta:
        model = Submission

    duty_return = factory.LazyFunction(
        lambda: DutyReturn.objects.create(
            round=RoundFactory(specification__questions=version_one()[:1]),
            authority=StrategicAuthorityFactory(),
            state="submitted",
            started_at=timezone.now(),
        )
    )
    number = 1
    reference = factory.Sequence(lambda n: f"HDT-2026A-TST-{n:04}")
    content = factory.LazyFunction(
        lambda: {
            "round": {
                "name": "Autumn 2026",
                "covers_from": "2026-04-01",
                "covers_to": "2026-09-30",
                "geography_date": "2026-10-01",
                "due_on": "2026-12-11",
            },
            "authority": {"slug": "a", "name": "South Testshire", "ons_code": "E47000099"},
            "boards": [],
            "specification": {"version": 1},
            "declaration": {"version": 1, "text": "The answers are complete."},
            "signed": {"by": "Sam Signer", "as": "signatory"},
            "sections": [],
        }
    )
    content_sha256 = "ab" * 32
    submitted_at = factory.LazyFunction(timezone.now)
    submitted_by = factory.LazyFunction(lambda: MembershipFactory().user)
    late = False
    form_key = factory.LazyFunction(uuid4)

    @classmethod
    def _create(cls, model_class: type[Submission], *args: Any, **kwargs: Any) -> Submission:
        made: Submission = super()._create(model_class, *args, **kwargs)
        documents.ask(submission=made, at=timezone.now())
        return made


@dataclass(frozen=True)
class ReturnStory:
    """An authority with a board, an editor and a signatory, and its return in an open round."""

    round: Round
    authority: StrategicAuthority
    boards: tuple[IntegratedCareBoard, ...]
    editor: User
    signatory: User
    duty_return: DutyReturn

    @property
    def at(self) -> datetime:
        """Now."""
        return timezone.now()


def tell_return(
    *, boards: int = 1, slug: str = "south-testshire", round_: Round | None = None, **of_round: Any
) -> ReturnStory:
    """Make an authority with its people and a return that was just started."""
    authority = StrategicAuthorityFactory(slug=slug)
    made = tuple(BoardFactory(slug=f"{slug}-board-{n}") for n in range(1, boards + 1))
    for board in made:
        PairFactory(authority=authority, board=board, overlap__share_of_authority=1 / boards)
    return tell_return_of(
        authority=authority, boards=made, round_=round_ or RoundFactory(**of_round)
    )


def tell_return_of(
    *, authority: StrategicAuthority, boards: tuple[IntegratedCareBoard, ...] = (), round_: Round
) -> ReturnStory:
    """Give an authority its people and a return that was just started."""
    editor = MembershipFactory(body=authority, role=Role.EDITOR).user
    signatory = MembershipFactory(body=authority, role=Role.SIGNATORY).user
    ExpectedReturnFactory(round=round_, authority=authority)
    DeclarationFactory()
    started = returns.start(
        round_=round_, authority=authority, by=editor, at=timezone.now() - timedelta(hours=2)
    )
    return ReturnStory(round_, authority, boards, editor, signatory, started)


def valid_answer(question: QuestionSpec) -> Answer:
    """An answer that the rules accept: the first option, or something in each field."""
    if question.options:
        option = question.options[0]
        value: dict[str, Any] = {field.code: _text_for(field) for field in option.follow_ups}
        if question.answer_type == AnswerType.MULTI_CHOICE:
            return Answer(value={"options": [option.code], **value})
        return Answer(value={"option": option.code, **value})
    record = {field.code: _text_for(field) for field in question.fields}
    if question.answer_type == AnswerType.TABLE:
        return Answer(value={"rows": [record]})
    return Answer(value=record)


def _text_for(field: AnswerField) -> str:
    return {
        FieldType.TEXT: "Some words",
        FieldType.LONG_TEXT: "Some more words than the fewest",
        FieldType.INTEGER: "4",
        FieldType.DECIMAL: "2.5",
        FieldType.MONEY: "250000",
        FieldType.DATE: "2026-06-12",
        FieldType.LINK: "https://example.org/plan.pdf",
        FieldType.YES_NO: "yes",
        FieldType.YEAR: "2026/27",
    }[field.type]


def answer(
    story: ReturnStory,
    code: str,
    given: Answer | None = None,
    *,
    board: str | None = None,
    by: User | None = None,
    at: datetime | None = None,
) -> None:
    """Save an answer over whatever is stored; a per-pair one for the first board unless named."""
    loaded = load(round_=story.round, authority=story.authority)
    slots = [slot for slot in loaded.slots if slot.question.code == code]
    slot = next(slot for slot in slots if board is None or slot.board == board)
    stored = loaded.answers.get(slot.key)
    needs = slot.question.evidence.need not in (EvidenceNeed.NONE, EvidenceNeed.OPTIONAL)
    answers.save_answer(
        duty_return=story.duty_return,
        question=code,
        board=slot.board,
        answer=given or valid_answer(slot.question),
        evidence=(answers.EvidenceLink(url="https://example.org/paper.pdf", title="The paper"),)
        if needs
        else (),
        expected_version=stored.row.version if stored else 0,
        by=by or story.editor,
        at=at or timezone.now() - timedelta(hours=1),
    )


def answer_section(story: ReturnStory, section: str, *, only_required: bool = False) -> None:
    """Answer what is still open of a section, in two inserts: a story has many answers."""
    loaded = load(round_=story.round, authority=story.authority)
    boards = {board.slug: board for board in story.boards}
    now = timezone.now() - timedelta(hours=1)
    rows = AnswerRow.objects.bulk_create(
        [
            AnswerRow(
                duty_return=story.duty_return,
                question=loaded.question_rows[slot.question.code],
                board=boards.get(slot.board or ""),
                value=valid_answer(slot.question).value,
                updated_at=now,
                updated_by=story.editor,
            )
            for slot in loaded.slots
            if slot.question.specification == section
            and not slot.question.derived
            and slot.key not in loaded.answers
            and (slot.question.required or not only_required)
        ]
    )
    Evidence.objects.bulk_create(
        [
            Evidence(
                answer=row,
                kind=EvidenceKind.LINK,
                url="https://example.org/paper.pdf",
                title="The paper",
                added_at=now,
                added_by=story.editor,
            )
            for row in rows
            if row.question.config["evidence"]["need"] not in ("none", "optional")
        ]
    )


def mark_complete(story: ReturnStory, section: str, *, by: User, at: datetime) -> None:
    """Mark a section complete; what is unusual about its answers is right, whatever it is."""

    def mark(reasons: dict[str, str]) -> None:
        returns.mark_section_complete(
            duty_return=story.duty_return,
            section=section,
            warning_reasons=reasons,
            by=by,
            at=at,
        )

    try:
        mark({})
    except returns.WarningsNotConfirmedError as error:
        mark({warning.key: "It is right" for warning in error.warnings})


def complete(story: ReturnStory, *sections: str) -> None:
    """Answer sections in full and mark them complete; all of them unless named."""
    for section in sections or Section.values:
        answer_section(story, section)
        mark_complete(story, section, by=story.editor, at=timezone.now() - timedelta(minutes=50))


def send(story: ReturnStory) -> None:
    """Complete every section and send the return for sign-off."""
    complete(story)
    sign_off.send_for_sign_off(
        duty_return=story.duty_return,
        by=story.editor,
        at=timezone.now() - timedelta(minutes=40),
    )


def submit(story: ReturnStory) -> Submission:
    """Take the return all the way to its receipt."""
    send(story)
    return sign_off.sign_and_submit(
        duty_return=story.duty_return,
        declaration_ticked=True,
        form_key=uuid4(),
        by=story.signatory,
        at=timezone.now(),
    )


def many_questions(count: int) -> tuple[QuestionSpec, ...]:
    """Questions of a specification of any size: texts, spread over the sections."""
    text = next(question for question in version_one() if question.code == "CO8")
    codes = list(Section.values)
    return tuple(
        replace(text, specification=codes[n % len(codes)], code=f"Q{n}", order=n)
        for n in range(count)
    )


def question_row(story: ReturnStory, code: str) -> Question:
    """The stored question with this code."""
    return Question.objects.get(specification=story.round.specification, code=code)
