"""The database keeps a commitment's steps, and what was asked of it, whoever writes."""

from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.db.utils import ProgrammingError

from engagement.commitment_lifecycle import LIFE
from engagement.models import (
    AskedState,
    Commitment,
    CommitmentChange,
    CommitmentClosure,
    CommitmentState,
    CommitmentUpdateReturn,
    Side,
)
from tests.factories.authorities import UserFactory
from tests.factories.engagement_commitments import (
    DECIDED,
    PROPOSED,
    AgreedCommitmentFactory,
    ChangeFactory,
    ClosedCommitmentFactory,
    ClosureFactory,
    CommitmentFactory,
    CommitmentUpdateFactory,
    DeclinedCommitmentFactory,
)

pytestmark = pytest.mark.django_db

# What a commitment needs to say in a state, to be refused for nothing but its way there.
SAID: dict[str, dict[str, Any]] = {
    "proposed": {},
    "agreed": {"board_owner": "Director"},
    "closing": {"board_owner": "Director"},
    "closed": {"board_owner": "Director", "final_status": "met", "closed_at": DECIDED},
    "declined": {"declined_reason": "No money."},
}
BEFORE = {
    "proposed": CommitmentFactory,
    "agreed": AgreedCommitmentFactory,
    "closing": lambda: AgreedCommitmentFactory(state=CommitmentState.CLOSING),
    "closed": ClosedCommitmentFactory,
    "declined": DeclinedCommitmentFactory,
}


def refused(words: str) -> Any:
    return pytest.raises(DatabaseError, match=words)


@pytest.mark.parametrize("before", CommitmentState.values)
@pytest.mark.parametrize("after", CommitmentState.values)
def test_the_database_takes_the_steps_of_the_table_and_no_others(before: str, after: str) -> None:
    row = BEFORE[before]()
    change = Commitment.objects.filter(pk=row.pk)

    stays = before == after and before not in ("closed", "declined")
    if stays or (before, after) in LIFE.changes():
        assert change.update(state=after, **SAID[after]) == 1
        return
    same = before == after
    words = "what is declined or closed is frozen" if same else "a commitment does not go from"
    with refused(words), transaction.atomic():
        change.update(state=after, **SAID[after])


@pytest.mark.parametrize("state", ["agreed", "closing", "closed", "declined"])
def test_a_commitment_begins_as_a_proposal(state: str) -> None:
    with refused("a commitment does not begin as"), transaction.atomic():
        Commitment.objects.create(
            pair=CommitmentFactory().pair,
            title="Promise",
            authority_owner="Head",
            no_date_reason="It depends",
            proposed_side=Side.AUTHORITY,
            proposed_at=PROPOSED,
            proposed_by=UserFactory(),
            form_key=CommitmentFactory().pk,
            **{"state": state, **SAID[state]},
        )


@pytest.mark.parametrize("factory", [ClosedCommitmentFactory, DeclinedCommitmentFactory])
def test_what_is_settled_is_frozen(factory: Any) -> None:
    row = factory()

    with refused("what is declined or closed is frozen"), transaction.atomic():
        Commitment.objects.filter(pk=row.pk).update(title="Other words")
    with refused("what is declined or closed is frozen"), transaction.atomic():
        row.delete()


@pytest.mark.parametrize(
    ("state", "wrong"),
    [
        ("closed", {"final_status": ""}),
        ("closed", {"final_status": "on_track"}),
        ("closed", {"closed_at": None}),
        ("closing", {"final_status": "met"}),
    ],
)
def test_a_closed_commitment_says_how_it_ended_and_no_other_does(
    state: str, wrong: dict[str, Any]
) -> None:
    row = AgreedCommitmentFactory(state=CommitmentState.CLOSING)

    with (
        pytest.raises(IntegrityError, match="closed_commitment_says_how_and_when"),
        transaction.atomic(),
    ):
        Commitment.objects.filter(pk=row.pk).update(state=state, **{**SAID[state], **wrong})


@pytest.mark.parametrize(
    ("change", "closure", "wrong"),
    [
        ("commitmentchange_says_why", "commitmentclosure_says_why", {"reason": ""}),
        (
            "commitmentchange_answered_says_when",
            "commitmentclosure_answered_says_when",
            {"answered_at": DECIDED},
        ),
        (
            "commitmentchange_answered_says_when",
            "commitmentclosure_answered_says_when",
            {"state": "taken_back"},
        ),
        (
            "commitmentchange_answer_is_a_persons",
            "commitmentclosure_answer_is_a_persons",
            {"state": "accepted", "answered_at": DECIDED},
        ),
        (
            "commitmentchange_refused_says_why",
            "commitmentclosure_refused_says_why",
            {"refused_reason": "No"},
        ),
    ],
)
def test_what_is_asked_is_whole(change: str, closure: str, wrong: dict[str, Any]) -> None:
    for factory, name in ((ChangeFactory, change), (ClosureFactory, closure)):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            factory(**wrong)


@pytest.mark.parametrize(
    ("factory", "name"),
    [
        (ChangeFactory, "commitmentchange_waits_once_a_commitment"),
        (ClosureFactory, "commitmentclosure_waits_once_a_commitment"),
    ],
)
def test_one_thing_waits_at_a_time(factory: Any, name: str) -> None:
    first = factory()

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        factory(commitment=first.commitment)


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"target_date": None},
        {"no_date_reason": "It depends"},
    ],
)
def test_a_change_leaves_a_whole_promise(wrong: dict[str, Any]) -> None:
    with (
        pytest.raises(IntegrityError, match="change_has_a_title_and_a_date_or_a_reason"),
        transaction.atomic(),
    ):
        ChangeFactory(**wrong)


def test_a_change_changes_something() -> None:
    row = AgreedCommitmentFactory()

    with refused("a change changes something"), transaction.atomic():
        ChangeFactory(commitment=row, target_date=row.target_date)


def test_a_closure_has_a_final_status() -> None:
    with pytest.raises(IntegrityError, match="closure_has_a_final_status"), transaction.atomic():
        ClosureFactory(final_status="on_track")


@pytest.mark.parametrize(
    ("factory", "model"), [(ChangeFactory, CommitmentChange), (ClosureFactory, CommitmentClosure)]
)
def test_what_was_asked_stays_and_is_answered_once(factory: Any, model: Any) -> None:
    asked = model.objects.filter(pk=factory().pk)
    words = "what was asked of a commitment stays as it was"

    with refused(words), transaction.atomic():
        asked.update(reason="Other words")
    with refused(words), transaction.atomic():
        asked.delete()
    asked.update(state=AskedState.TAKEN_BACK, answered_at=DECIDED)
    with refused(words), transaction.atomic():
        asked.update(state=AskedState.ACCEPTED, answered_by=UserFactory())


def test_an_update_is_sent_back_by_another_with_a_comment_and_that_stays() -> None:
    update = CommitmentUpdateFactory(side=Side.AUTHORITY)
    said = {"update": update, "comment": "Which?", "at": DECIDED, "by": UserFactory()}

    with refused("a side does not send back its own update"), transaction.atomic():
        CommitmentUpdateReturn.objects.create(**said, side=Side.AUTHORITY)
    with pytest.raises(IntegrityError, match="sent_back_update_says_why"), transaction.atomic():
        CommitmentUpdateReturn.objects.create(**{**said, "comment": ""}, side=Side.BOARD)
    made = CommitmentUpdateReturn.objects.create(**said, side=Side.BOARD)
    with (
        pytest.raises(ProgrammingError, match="Cannot update or delete"),
        transaction.atomic(),
    ):
        CommitmentUpdateReturn.objects.filter(pk=made.pk).update(comment="Other words")
