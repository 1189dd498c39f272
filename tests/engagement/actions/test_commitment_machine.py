"""Two sides, the centre and changes of bodies at a few commitments, in any order of steps.

The steps are the real actions on the real database, the changes of bodies too. Beside them the
machine keeps its own small books: which updates were acknowledged, in which state each commitment
is by the steps that were taken, and how it was when it was settled. A run of the suite takes a few
short walks. The long one, 100 walks of 200 steps, is asked for by name:

    ./run test tests/engagement/actions/test_commitment_machine.py -n 0 --hypothesis-profile=long
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from authorities.models import Pair
from authorities.reorganisation.operations import Merge, Operation
from engagement.actions import (
    commitment_answers,
    commitment_drafts,
    commitment_succession,
    commitments,
)
from engagement.commitment_lifecycle import (
    SETTLED,
    TRANSITIONS,
    CommitmentRefusedError,
    Event,
    State,
)
from engagement.models import (
    AskedState,
    Commitment,
    CommitmentStatus,
    CommitmentUpdate,
    CommitmentUpdateDraft,
    PossiblePair,
    Side,
    Visibility,
)
from engagement.presenters.commitment_words import other_side
from engagement.queries.commitment_needs import unassigned_commitments
from engagement.queries.commitments import commitment_of
from tests.factories import reorganisations as change
from tests.factories.authorities import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

LONG_WALK = 200
SHORT_WALK = settings(max_examples=3, stateful_step_count=24)
MOST = 3
REFUSED = (
    CommitmentRefusedError,
    commitments.PairEndedError,
    commitments.UpdateOvertakenError,
)
ANSWERS = (
    Event.ACCEPT_CHANGE,
    Event.REFUSE_CHANGE,
    Event.TAKE_BACK_CHANGE,
    Event.CONFIRM_CLOSURE,
    Event.REFUSE_CLOSURE,
    Event.TAKE_BACK_CLOSURE,
)

which = st.integers(0, MOST - 1)
sides = st.sampled_from(list(Side))
statuses = st.sampled_from(list(CommitmentStatus))


@dataclass
class Book:
    """What is known of a commitment from outside: its state, and what each side has said."""

    state: State
    # Key, narrative and status of each update that was acknowledged, the oldest first.
    said: dict[Side, list[tuple[int, str, str]]] = field(
        default_factory=lambda: {side: [] for side in Side}
    )
    # How it was when it was settled.
    settled: dict[str, Any] | None = None
    # Its pair ended when both sides called it met: nothing more is asked of it.
    over: bool = False

    def is_met_by_both(self) -> bool:
        """Whether both sides said last that it is met."""
        return all(said and said[-1][2] == CommitmentStatus.MET for said in self.said.values())


class Promises(RuleBasedStateMachine):
    """A few commitments in a small country."""

    @initialize()
    def start(self) -> None:
        self.undone = transaction.atomic()
        self.undone.__enter__()
        change.small_country()
        self.clock = datetime.combine(timezone.localdate(), time(9), tzinfo=UTC)
        self.people = {side: UserFactory() for side in (*Side, None)}
        self.books: dict[UUID, Book] = {}
        self.numbers = 0
        self.propose(Side.AUTHORITY, 1)

    def teardown(self) -> None:
        if hasattr(self, "undone"):
            transaction.set_rollback(True)
            self.undone.__exit__(None, None, None)

    # What the two sides do.

    @precondition(lambda self: len(self.books) < MOST)
    @rule(side=sides, number=st.integers(0, 5))
    def propose(self, side: Side, number: int) -> None:
        pairs = self.living()
        made = commitments.propose(
            pair=pairs[number % len(pairs)],
            side=side,
            title="A promise",
            description="",
            own_owner="Head of health",
            target_date=None,
            no_date_reason="Not yet known",
            lead=None,
            form_key=uuid4(),
            by=self.people[side],
            at=self.now(),
        )
        self.books[made.pk] = Book(State.PROPOSED)

    @rule(number=which, side=sides)
    def confirm(self, number: int, side: Side) -> None:
        self.attempt(
            Event.CONFIRM,
            number,
            lambda row, at: commitments.confirm(
                commitment=row, side=side, owner="Director", by=self.people[side], at=at
            ),
        )

    @rule(number=which, side=sides)
    def decline(self, number: int, side: Side) -> None:
        self.attempt(
            Event.DECLINE,
            number,
            lambda row, at: commitments.decline(
                commitment=row, side=side, reason="No money", by=self.people[side], at=at
            ),
        )

    @rule(number=which, side=sides, status=statuses, looks=st.booleans(), twice=st.booleans())
    def update(
        self, number: int, side: Side, status: CommitmentStatus, looks: bool, twice: bool
    ) -> None:
        self.numbers += 1
        words, key = f"Update number {self.numbers}", uuid4()

        def store(row: Commitment, at: datetime) -> None:
            said = self.books[row.pk].said[side]
            newest = said[-1][0] if said else 0
            seen = newest if looks else newest + 1
            for _ in range(2 if twice else 1):
                stored = commitments.update(
                    commitment=row,
                    side=side,
                    status=status,
                    narrative=words,
                    form_key=key,
                    after=seen,
                    by=self.people[side],
                    at=at,
                )
                if not said or said[-1][0] != stored.pk:
                    said.append((stored.pk, words, status.value))
            assert looks, "overtook what nobody had read"

        self.attempt(Event.UPDATE, number, store)

    @rule(number=which, side=sides)
    def draft(self, number: int, side: Side) -> None:
        row = self.row(number)
        if row is not None:
            typed = commitment_drafts.TypedUpdate("", "Half a sentence", uuid4(), None)
            commitment_drafts.keep(
                commitment=row, side=side, typed=typed, by=self.people[side], at=self.now()
            )

    @rule(number=which, side=sides, by_centre=st.booleans())
    def send_back(self, number: int, side: Side, by_centre: bool) -> None:
        row = self.row(number)
        newest = row and row.updates.filter(side=side).order_by("-at", "-pk").first()
        if row is None or newest is None:
            return
        sender = None if by_centre else other_side(side)
        self.attempt(
            Event.SEND_BACK,
            number,
            lambda _, at: commitment_answers.send_back(
                update=newest, side=sender, comment="Which?", by=self.people[sender], at=at
            ),
        )

    @rule(number=which, side=sides)
    def propose_change(self, number: int, side: Side) -> None:
        self.numbers += 1
        title = f"A promise in words {self.numbers}"
        self.attempt(
            Event.PROPOSE_CHANGE,
            number,
            lambda row, at: commitment_answers.propose_change(
                commitment=row,
                side=side,
                terms=commitment_answers.Terms(
                    title=title,
                    description=row.description,
                    target_date=row.target_date,
                    no_date_reason=row.no_date_reason,
                    visibility=Visibility(row.visibility),
                ),
                reason="The words were not clear",
                form_key=uuid4(),
                by=self.people[side],
                at=at,
            ),
        )

    @rule(number=which, side=sides)
    def propose_closure(self, number: int, side: Side) -> None:
        self.attempt(
            Event.PROPOSE_CLOSURE,
            number,
            lambda row, at: commitment_answers.propose_closure(
                commitment=row,
                side=side,
                final_status=CommitmentStatus.MET,
                ending="It is done",
                form_key=uuid4(),
                by=self.people[side],
                at=at,
            ),
        )

    @rule(number=which, side=sides, event=st.sampled_from(ANSWERS))
    def answer(self, number: int, side: Side, event: Event) -> None:
        row = self.row(number)
        if row is None:
            return
        kind = row.changes if event.value.endswith("change") else row.closures
        asked = kind.order_by("-asked_at", "-pk").first()
        if asked is None:
            return
        self.attempt(
            event,
            number,
            lambda _, at: commitment_answers.answer(
                asked=asked, event=event, side=side, reason="Because", by=self.people[side], at=at
            ),
        )

    @rule(number=which, side=sides)
    def reconfirm(self, number: int, side: Side) -> None:
        self.attempt(
            Event.RECONFIRM,
            number,
            lambda row, at: commitments.reconfirm(
                commitment=row, side=side, by=self.people[side], at=at
            ),
        )

    @rule(number=which, side=sides, choice=st.integers(0, 3))
    def assign(self, number: int, side: Side, choice: int) -> None:
        row = self.row(number)
        offered = row and [one.pair for one in row.possible_pairs.order_by("pk")]
        if row is None or not offered:
            return
        pair = offered[choice % len(offered)]
        self.attempt(
            Event.ASSIGN,
            number,
            lambda row, at: commitment_succession.assign(
                commitment=row,
                pair=pair,
                side=side,
                body=pair.board if side == Side.BOARD else pair.authority,
                by=self.people[side],
                at=at,
            ),
        )

    # What becomes of the bodies.

    @rule(kind=st.sampled_from(("authorities", "west and mid", "split", "any two")))
    def change_bodies(self, kind: str) -> None:
        operations = self.possible(kind)
        if operations is None:
            return
        living = {pair.pk for pair in self.living()}
        self.clock += timedelta(days=1)
        change.applied(
            operations, on=self.clock.date(), override_reason="The machine does not wait."
        )
        ended = living - {pair.pk for pair in self.living()}
        # Of what has no pair yet, the pair ended before.
        rows = Commitment.objects.filter(pk__in=self.books, origin_pair__in=ended)
        for book in (self.books[row.pk] for row in rows):
            if book.state == State.CLOSING:
                # What was asked is taken back.
                book.state = State.AGREED
        for row in Commitment.objects.filter(pk__in=self.books, pair__in=ended, unassigned=False):
            book = self.books[row.pk]
            assert book.state in SETTLED or book.is_met_by_both()
            book.over = book.state not in SETTLED

    def possible(self, kind: str) -> tuple[Operation, ...] | None:
        boards = sorted({pair.board.slug for pair in self.living()})
        authorities = {pair.authority.slug for pair in self.living()}
        if kind == "authorities" and {"north", "south"} <= authorities:
            return change.authorities_merge()
        if kind == "west and mid" and {"west", "mid"} <= set(boards):
            return change.boards_merge()
        if kind == "split" and {"west", "mid"} <= set(boards):
            return change.mid_splits()
        if kind == "any two" and len(boards) > 1:
            self.numbers += 1
            new = change.board(f"joint-{self.numbers}")
            sources = tuple(change.board(slug) for slug in boards[:2])
            return change.opened(new), Merge(sources=sources, target=new)
        return None

    # What must always hold.

    @invariant()
    def no_acknowledged_update_is_lost(self) -> None:
        for key, book in self.books.items():
            stored = CommitmentUpdate.objects.filter(commitment=key).order_by("pk")
            shown = commitment_of(commitment=Commitment.objects.get(pk=key), on=self.clock.date())
            for side in Side:
                assert [
                    (row.pk, row.narrative, row.status) for row in stored if row.side == side
                ] == book.said[side]
                newest = shown.update_of(side)
                assert (newest.id if newest else None) == (
                    book.said[side][-1][0] if book.said[side] else None
                )

    @invariant()
    def no_open_commitment_is_without_a_home(self) -> None:
        living = {pair.pk for pair in self.living()}
        for key, book in self.books.items():
            row = Commitment.objects.select_related("pair").get(pk=key)
            if book.state in SETTLED or book.over:
                continue
            offered = set(
                PossiblePair.objects.filter(commitment=row).values_list("pair", flat=True)
            )
            if not row.unassigned:
                assert row.pair_id in living
                assert not offered
                continue
            assert offered <= living
            assert row.needs_reconfirmation
            # Where nothing follows, it is still shown to those whose it was.
            listed = unassigned_commitments(
                body_id=row.pair.authority_id, side=Side.AUTHORITY, on=self.clock.date()
            )
            assert row.pk in {facts.id for facts in listed}

    @invariant()
    def the_state_is_the_one_that_steps_led_to(self) -> None:
        stored = dict(Commitment.objects.filter(pk__in=self.books).values_list("pk", "state"))

        assert stored == {key: book.state.value for key, book in self.books.items()}

    @invariant()
    def what_is_settled_stays_as_it_was(self) -> None:
        for key, book in self.books.items():
            if book.state in SETTLED:
                now: dict[str, Any] = dict(Commitment.objects.filter(pk=key).values().get())
                book.settled = book.settled or now
                assert now == book.settled
                assert not CommitmentUpdateDraft.objects.filter(commitment=key).exists()

    @invariant()
    def one_thing_waits_at_the_most(self) -> None:
        for row in Commitment.objects.filter(pk__in=self.books):
            changes = row.changes.filter(state=AskedState.WAITS).count()
            closures = row.closures.filter(state=AskedState.WAITS).count()
            assert closures == (1 if row.state == State.CLOSING else 0)
            assert changes <= (1 if row.state == State.AGREED else 0)

    # The machine's own books.

    def now(self) -> datetime:
        self.clock += timedelta(milliseconds=20)
        return self.clock

    def living(self) -> list[Pair]:
        """The pairs that share people on the day."""
        return list(
            Pair.objects.filter(overlaps__valid__contains=self.clock.date())
            .select_related("authority", "board")
            .order_by("authority__slug", "board__slug")
        )

    def row(self, number: int) -> Commitment | None:
        """One of the commitments on which somebody may still act."""
        keys = [key for key, book in self.books.items() if not book.over]
        return Commitment.objects.get(pk=keys[number % len(keys)]) if keys else None

    def attempt(
        self, event: Event, number: int, step: Callable[[Commitment, datetime], object]
    ) -> None:
        """Take a step, or be refused; the invariants look at what is left."""
        row = self.row(number)
        if row is None:
            return
        book, version = self.books[row.pk], row.version
        try:
            step(row, self.now())
        except REFUSED:
            return
        reached = State(Commitment.objects.get(pk=row.pk).state)
        if Commitment.objects.get(pk=row.pk).version == version and reached == book.state:
            return
        known = {
            one.to or book.state
            for one in TRANSITIONS
            if one.event == event and book.state in one.from_states
        }
        assert reached in known, (book.state, event, reached)
        book.state = reached


def test_no_update_is_lost_and_no_commitment_is_without_a_home_whoever_does_what() -> None:
    long = settings.default.stateful_step_count >= LONG_WALK

    run_state_machine_as_test(Promises, settings=settings.default if long else SHORT_WALK)
