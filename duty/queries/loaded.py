"""A return with everything that a page or an action asks of it, read once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch

from authorities.models import StrategicAuthority
from duty.deadlines import is_overdue, london_date
from duty.models import (
    Answer,
    DutyReturn,
    Evidence,
    ExpectedReturn,
    Question,
    ReturnEvent,
    ReturnSection,
    ReturnState,
    Round,
    RoundState,
    SectionMark,
    Submission,
)
from duty.queries.asked import AskedOf, asked_of, questions_asked
from duty.queries.derived import derived_answers, derived_then
from duty.queries.places import AuthorityFacts, BoardFacts, holder_of, places_of
from duty.questions import Answer as GivenAnswer
from duty.questions import QuestionSpec
from duty.slots import Given, Slot, SlotKey, open_slots

# Extensions outlive the round's closing, but not what follows it.
_EXTENDABLE = frozenset({RoundState.OPEN, RoundState.CLOSED})
_BEFORE = frozenset({RoundState.DRAFT, RoundState.SCHEDULED})
# States in which what was sent stands, and nothing is asked.
_SENT = frozenset({ReturnState.SUBMITTED, ReturnState.SUBMITTED_WITH_CHANGES, ReturnState.ACCEPTED})


@dataclass(frozen=True)
class Closing:
    """Until when one authority may work on its return. Days are London's, inclusive."""

    due_on: date
    edits_until: date
    extended: bool
    extension_reason: str
    round_state: str

    def is_open(self, *, now: datetime) -> bool:
        """Whether answers may still be written, as far as the round goes."""
        return self.takes_work_on(day=london_date(now=now))

    def takes_work_on(self, *, day: date) -> bool:
        """Whether answers may be written on a London day, the round being as it is."""
        if day > self.edits_until:
            return False
        if self.extended:
            return self.round_state in _EXTENDABLE
        return self.round_state == RoundState.OPEN

    def is_over(self, *, now: datetime) -> bool:
        """Whether the round is past for the authority; one that is not open yet is not."""
        return not self.is_open(now=now) and self.round_state not in _BEFORE

    def is_overdue(self, *, came: bool, now: datetime) -> bool:
        """Whether the due day is over and nothing ever came, whatever became of the round.

        The SQL of it is the `overdue` of `with_closing`; what came once and was sent back is not.
        """
        return is_overdue(closing_date=self.due_on, submitted=came, now=now)

    def is_late(self, *, now: datetime) -> bool:
        """Whether what comes now comes after the due day."""
        return london_date(now=now) > self.due_on


@dataclass(frozen=True)
class StoredAnswer:
    """A stored answer with its evidence, oldest first."""

    row: Answer
    key: SlotKey
    given: Given
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class LoadedReturn:
    """One authority's return in a round; `duty_return` is None until somebody starts it.

    Questions and slots are those that are asked now; `hidden` slots wait for another answer.
    Answers are all that are stored, those of hidden slots included.
    """

    round: Round
    authority: StrategicAuthority
    facts: AuthorityFacts
    expected: bool
    closing: Closing
    duty_return: DutyReturn | None
    question_rows: Mapping[str, Question]
    questions: tuple[QuestionSpec, ...]
    boards: tuple[BoardFacts, ...]
    slots: tuple[Slot, ...]
    answers: Mapping[SlotKey, StoredAnswer]
    derived: Mapping[SlotKey, Given]
    events: tuple[ReturnEvent, ...]
    section_rows: Mapping[str, ReturnSection]
    hidden: tuple[Slot, ...] = ()

    @property
    def given(self) -> dict[SlotKey, Given]:
        """What was given for each slot, derived answers included."""
        return {key: one.given for key, one in self.answers.items()} | dict(self.derived)

    def gaps_reason(self, section: str) -> str:
        """Why questions of the section were left out; a mark's words may ask for changes, too."""
        row = self.section_rows.get(section)
        return "" if row is None or row.mark == SectionMark.CHANGES_REQUESTED else row.mark_reason

    @property
    def known_questions(self) -> tuple[QuestionSpec, ...]:
        """The questions that are asked now, and those that wait for another answer."""
        shown = {question.code for question in self.questions}
        waiting = {slot.question.code: slot.question for slot in self.hidden}
        return (*self.questions, *(q for code, q in waiting.items() if code not in shown))

    def asks(self, key: SlotKey) -> bool:
        """Whether a slot is asked now."""
        return any(slot.key == key for slot in self.slots)

    def title(self, section: str) -> str:
        """What the specification calls a section."""
        return self.round.specification.section_title(section)

    def intro(self, section: str) -> str:
        """What the specification says before the questions of a section; often nothing."""
        return self.round.specification.section_intro(section)

    def board(self, slug: str | None) -> BoardFacts | None:
        """The board with this slug, among those that are asked about."""
        return next((board for board in self.boards if board.slug == slug), None)


def closing_of(*, round_: Round, expected: ExpectedReturn | None) -> Closing:
    """Return until when an authority may work, its extension counted.

    An extension never takes time away: a round that is reopened may go on for longer.
    """
    due_on = (expected and expected.extended_due_on) or round_.due_on
    edits_until = (expected and expected.extended_edits_until) or round_.edits_until
    return Closing(
        due_on=max(due_on, round_.due_on),
        edits_until=max(edits_until, round_.edits_until),
        extended=bool(expected and expected.extended_edits_until),
        extension_reason=expected.extension_reason if expected else "",
        round_state=round_.state,
    )


def load(*, round_: Round, authority: StrategicAuthority) -> LoadedReturn:
    """Return an authority's return with its questions, answers, events and derived answers.

    The number of queries does not depend on the number of questions or answers.
    """
    day = round_.geography_date
    expected = ExpectedReturn.objects.filter(round=round_, authority=authority).first()
    asked = questions_asked(specification=round_.specification)
    holder = holder_of(authority=authority, day=day, questions=asked.questions)
    facts, boards = places_of(authority=authority, day=day)
    duty_return = DutyReturn.objects.filter(round=round_, authority=authority).first()
    answers = {} if duty_return is None else _answers(duty_return)
    mine = asked_of(asked=asked, holder=holder, boards=tuple(board.slug for board in boards))
    given = {key: one.given for key, one in answers.items()}
    opened = open_slots(slots=mine.slots, given=given)
    open_keys = {slot.key for slot in opened}
    return LoadedReturn(
        round=round_,
        authority=authority,
        facts=facts,
        expected=expected is not None,
        closing=closing_of(round_=round_, expected=expected),
        duty_return=duty_return,
        question_rows=asked.rows,
        questions=_asked_now(mine, opened),
        boards=boards,
        slots=opened,
        answers=answers,
        derived=_derived(duty_return, authority, round_, boards, mine),
        events=() if duty_return is None else _events(duty_return),
        section_rows={} if duty_return is None else _sections(duty_return),
        hidden=tuple(slot for slot in mine.slots if slot.key not in open_keys),
    )


def _derived(
    duty_return: DutyReturn | None,
    authority: StrategicAuthority,
    round_: Round,
    boards: Sequence[BoardFacts],
    mine: AskedOf,
) -> dict[SlotKey, Given]:
    """Return the derived answers as they are now, or as they were sent while nothing is asked."""
    if duty_return is not None and duty_return.state in _SENT:
        submission = Submission.objects.filter(duty_return=duty_return).order_by("-number").first()
        if submission is not None:
            return derived_then(submission=submission)
    return derived_answers(
        authority=authority, boards=boards, questions=mine.questions, day=round_.geography_date
    )


def _asked_now(mine: AskedOf, opened: Sequence[Slot]) -> tuple[QuestionSpec, ...]:
    """Leave out the questions of which every slot is hidden."""
    if len(opened) == len(mine.slots):
        return mine.questions
    shown = {slot.question.code for slot in opened}
    hidden = {slot.question.code for slot in mine.slots} - shown
    return tuple(question for question in mine.questions if question.code not in hidden)


def _answers(duty_return: DutyReturn) -> dict[SlotKey, StoredAnswer]:
    stored = (
        Answer.objects.filter(duty_return=duty_return)
        .select_related("question", "board", "updated_by")
        .prefetch_related(
            Prefetch("evidence", queryset=Evidence.objects.select_related("file").order_by("pk"))
        )
        .order_by("pk")
    )
    found: dict[SlotKey, StoredAnswer] = {}
    for row in stored:
        key = SlotKey(row.question.code, row.board.slug if row.board else None)
        evidence = tuple(row.evidence.all())
        found[key] = StoredAnswer(
            row=row,
            key=key,
            given=Given(
                answer=answer_of(row=row),
                evidence_count=len(evidence),
                needs_review=row.needs_review,
            ),
            evidence=evidence,
        )
    return found


def answer_of(*, row: Answer) -> GivenAnswer:
    """Return a stored answer as the rules know it."""
    return GivenAnswer(
        state=row.state,
        value=row.value,
        reason=row.reason or None,
        expected_date=row.expected_on.isoformat() if row.expected_on else None,
    )


def _events(duty_return: DutyReturn) -> tuple[ReturnEvent, ...]:
    # Numbered as they were stored, each no earlier than the one before: see actions/steps.py.
    return tuple(
        ReturnEvent.objects.filter(duty_return=duty_return)
        .select_related("actor", "actor_body")
        .order_by("pk")
    )


def _sections(duty_return: DutyReturn) -> dict[str, ReturnSection]:
    return {
        row.section: row
        for row in ReturnSection.objects.filter(duty_return=duty_return)
        .select_related("edited_by")
        .order_by("pk")
    }
