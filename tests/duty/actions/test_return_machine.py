"""Two editors, a signatory and the centre at one return, in any order that Hypothesis can think of.

The steps are the real actions on the real database. Beside them the machine keeps its own small
books: which text was acknowledged, who has seen it, and what was signed. A run of the suite takes a
few short walks. The long one, 100 walks of 200 steps, is asked for by name:

    ./run test tests/duty/actions/test_return_machine.py -n 0 --hypothesis-profile=long
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from authorities.models import Role, User
from duty.actions import answers, returns, review, sign_off
from duty.lifecycle import TRANSITIONS, ReturnEvent, ReturnState, TransitionRefusedError
from duty.models import Answer, DutyReturn, Round, RoundState, Submission
from duty.models import ReturnEvent as StoredEvent
from duty.queries.loaded import load
from duty.queries.standing import standing
from duty.questions import Answer as Given
from tests.factories.authorities import MembershipFactory
from tests.factories.duty import SpecificationFactory, many_questions, tell_return

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

LONG_WALK = 200
SHORT_WALK = settings(max_examples=5, stateful_step_count=40)
CODES = ("Q0", "Q1", "Q2")
SECTIONS = ("co-operation", "strategy", "health-team")
EDITABLE = {ReturnState.IN_PROGRESS, ReturnState.CHANGES_REQUESTED, ReturnState.READY}
REFUSED = (
    TransitionRefusedError,
    answers.StaleAnswerError,
    returns.SectionNotCompleteError,
    review.StaleReturnError,
)

codes = st.sampled_from(CODES)
sections = st.sampled_from(SECTIONS)
writers = st.sampled_from(("first editor", "second editor", "signatory"))
several = st.sets(sections, max_size=2).map(sorted)


@dataclass(frozen=True)
class Text:
    """An answer that was acknowledged: its words and its version."""

    words: str
    version: int


class Return(RuleBasedStateMachine):
    """One return in one round, from the first answer on."""

    @initialize()
    def start(self) -> None:
        self.undone = transaction.atomic()
        self.undone.__enter__()
        story = tell_return(
            boards=0, specification=SpecificationFactory(questions=many_questions(3))
        )
        self.row, self.round = story.duty_return, story.round
        self.people: dict[str, User] = {
            "first editor": story.editor,
            "second editor": MembershipFactory(body=story.authority, role=Role.EDITOR).user,
            "signatory": story.signatory,
            "analyst": MembershipFactory(role=Role.ANALYST).user,
            "lead": MembershipFactory(role=Role.LEAD_ANALYST).user,
        }
        self.clock = timezone.now()
        self.texts: dict[str, Text] = {}
        self.seen: dict[tuple[str, str], int] = {}
        self.signed: list[dict[str, str]] = []
        self.state = ReturnState.IN_PROGRESS
        self.open = True
        self.just_judged = False

    def teardown(self) -> None:
        if hasattr(self, "undone"):
            transaction.set_rollback(True)
            self.undone.__exit__(None, None, None)

    # What people at the authority do.

    @rule(who=writers, code=codes)
    def look(self, who: str, code: str) -> None:
        stored = Answer.objects.filter(duty_return=self.row, question__code=code).first()
        self.seen[who, code] = stored.version if stored else 0

    @rule(who=writers, code=codes, number=st.integers(1, 4), looks=st.booleans())
    def save(self, who: str, code: str, number: int, looks: bool) -> None:
        if looks:
            self.look(who, code)
        words = f"The words of this answer, number {number}"
        before, saw = self.texts.get(code), self.seen.get((who, code), 0)
        try:
            stored = answers.save_answer(
                duty_return=self.row,
                question=code,
                board=None,
                answer=Given(value={"text": words}),
                expected_version=saw,
                by=self.people[who],
                at=self.now(),
            )
        except answers.StaleAnswerError as error:
            assert saw != (before.version if before else 0)
            # Both texts are on the page that refuses.
            self.seen[who, code] = error.version
            return
        except TransitionRefusedError:
            assert self.state not in EDITABLE
            return
        assert self.state in EDITABLE
        self.seen[who, code] = stored.version
        if before is not None and before.words == words:
            # The same again changes nothing, not even a completed section.
            assert stored.version == before.version
            return
        assert saw == (before.version if before else 0), "replaced what nobody had seen"
        assert stored.version > (before.version if before else 0)
        self.texts[code] = Text(words, stored.version)
        self.stepped(ReturnEvent.SAVE_ANSWER)

    @rule(who=writers, code=codes)
    def remove(self, who: str, code: str) -> None:
        before, saw = self.texts.get(code), self.seen.get((who, code), 0)
        try:
            answers.remove_answer(
                duty_return=self.row,
                question=code,
                board=None,
                expected_version=saw,
                by=self.people[who],
                at=self.now(),
            )
        except answers.StaleAnswerError as error:
            assert before is not None
            assert saw != before.version
            self.seen[who, code] = error.version
            return
        except TransitionRefusedError:
            assert self.state not in EDITABLE
            return
        self.seen[who, code] = 0
        if before is None:
            return
        assert saw == before.version, "removed what nobody had seen"
        del self.texts[code]
        self.stepped(ReturnEvent.SAVE_ANSWER)

    @rule(who=writers, section=sections)
    def complete(self, who: str, section: str) -> None:
        self.attempt(
            ReturnEvent.COMPLETE_SECTION,
            lambda at: returns.mark_section_complete(
                duty_return=self.row, section=section, by=self.people[who], at=at
            ),
        )

    @rule(who=writers)
    def finish(self, who: str) -> None:
        """Answer and complete what is left: a walk by chance alone seldom comes to a signature."""
        for code, section in zip(CODES, SECTIONS, strict=True):
            if code not in self.texts:
                self.save(who, code, number=1, looks=True)
            self.complete(who, section)

    @rule(who=writers)
    def send(self, who: str) -> None:
        self.attempt(
            ReturnEvent.SEND_FOR_SIGN_OFF,
            lambda at: sign_off.send_for_sign_off(duty_return=self.row, by=self.people[who], at=at),
        )

    @rule(who=writers)
    def recall(self, who: str) -> None:
        self.attempt(
            ReturnEvent.RECALL,
            lambda at: sign_off.recall(duty_return=self.row, by=self.people[who], at=at),
        )

    @rule(who=writers, named=several)
    def decline(self, who: str, named: list[str]) -> None:
        self.attempt(
            ReturnEvent.DECLINE,
            lambda at: sign_off.decline(
                duty_return=self.row,
                reason="It says too little",
                sections=named,
                by=self.people[who],
                at=at,
            ),
        )

    @rule(who=writers, twice=st.booleans())
    def sign(self, who: str, twice: bool) -> None:
        key, before = uuid4(), dict(self.texts)
        for _ in range(2 if twice else 1):
            signed = self.attempt(
                ReturnEvent.SIGN,
                lambda at: sign_off.sign_and_submit(
                    duty_return=self.row,
                    declaration_ticked=True,
                    form_key=key,
                    by=self.people[who],
                    at=at,
                ),
            )
            if signed and Submission.objects.filter(duty_return=self.row).count() > len(
                self.signed
            ):
                self.signed.append({code: text.words for code, text in before.items()})

    # What the centre does.

    @rule(who=st.sampled_from(("analyst", "lead")), named=several, stale=st.booleans())
    def request_changes(self, who: str, named: list[str], stale: bool) -> None:
        self.judge("request_changes", who, stale, reason="Say more", sections=named)

    @rule(who=st.sampled_from(("analyst", "lead")))
    def reopen(self, who: str) -> None:
        self.judge("reopen", who, stale=False, reason="They asked for it")

    @rule(who=st.sampled_from(("analyst", "lead")), stale=st.booleans())
    def accept(self, who: str, stale: bool) -> None:
        self.judge("accept", who, stale)

    @rule(who=st.sampled_from(("analyst", "lead")))
    def unaccept(self, who: str) -> None:
        self.judge("unaccept", who, stale=False, reason="Too soon")

    @rule()
    def close_or_open_the_round(self) -> None:
        self.open = not self.open
        state = RoundState.OPEN if self.open else RoundState.CLOSED
        Round.objects.filter(pk=self.round.pk).update(state=state)
        self.round.refresh_from_db()
        self.state = self.stands()

    # What must always hold.

    @invariant()
    def every_acknowledged_text_is_there(self) -> None:
        rows = Answer.objects.filter(duty_return=self.row).select_related("question")
        stored = {row.question.code: Text(row.value["text"], row.version) for row in rows}

        assert stored == self.texts

    @invariant()
    def the_state_is_the_one_that_steps_led_to(self) -> None:
        # After a step that was taken this was asked already.
        assert self.just_judged or self.stands() == self.state
        assert (self.state in EDITABLE) <= self.open
        self.just_judged = False

    @invariant()
    def events_are_in_order(self) -> None:
        moments = list(
            StoredEvent.objects.filter(duty_return=self.row).order_by("pk").values_list("at")
        )

        assert moments == sorted(moments)

    @invariant()
    def what_was_signed_stays_as_it_was(self) -> None:
        stored = Submission.objects.filter(duty_return=self.row).order_by("number")

        assert [_texts_of(submission) for submission in stored] == self.signed

    # The machine's own books.

    def now(self) -> datetime:
        # Every third step comes from a server whose clock is behind.
        self.clock += timedelta(milliseconds=20)
        behind = self.clock.microsecond // 1000 % 3 == 0
        return self.clock - timedelta(milliseconds=90 if behind else 0)

    def stands(self) -> ReturnState:
        loaded = load(round_=self.round, authority=self.row.authority)
        return standing(loaded=loaded, now=self.clock).state

    def stepped(self, event: ReturnEvent) -> None:
        """Note the state that a step led to, which the table must know."""
        reached = self.stands()
        rows = [row for row in TRANSITIONS if row.event == event and self.state in row.from_states]
        assert reached in {row.to or self.state for row in rows}, (self.state, event, reached)
        self.state, self.just_judged = reached, True

    def attempt(self, event: ReturnEvent, step: Callable[[datetime], object]) -> bool:
        """Take a step, or be refused; whether it was taken. The invariants look at what is left."""
        submissions = Submission.objects.filter(duty_return=self.row).count()
        try:
            step(self.now())
        except REFUSED:
            return False
        if event is ReturnEvent.SIGN and (
            Submission.objects.filter(duty_return=self.row).count() == submissions
        ):
            # The same form again: the receipt is shown, and nothing is done.
            return True
        self.stepped(event)
        return True

    def judge(self, name: str, who: str, stale: bool, **more: object) -> None:
        version = DutyReturn.objects.get(pk=self.row.pk).version - (1 if stale else 0)
        events = StoredEvent.objects.filter(duty_return=self.row).count()
        try:
            getattr(review, name)(
                duty_return=self.row,
                expected_version=version,
                by=self.people[who],
                at=self.now(),
                **more,
            )
        except REFUSED:
            return
        if StoredEvent.objects.filter(duty_return=self.row).count() > events:
            self.stepped(ReturnEvent[name.upper()])


def _texts_of(submission: Submission) -> dict[str, str]:
    return {
        question["code"]: answer["value"]["text"]
        for section in submission.content["sections"]
        for question in section["questions"]
        for answer in question["answers"]
        if answer["state"]
    }


def test_nothing_is_lost_and_no_state_is_illegal_whoever_does_what() -> None:
    long = settings.default.stateful_step_count >= LONG_WALK

    run_state_machine_as_test(Return, settings=settings.default if long else SHORT_WALK)
