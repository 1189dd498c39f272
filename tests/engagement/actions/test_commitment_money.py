"""Money of a commitment: each side states, corrects and withdraws its own."""

import uuid
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from authorities.models import AuditEvent
from engagement.actions import commitment_money as actions
from engagement.actions.commitment_money import Money
from engagement.actions.commitment_rows import FormUsedError
from engagement.commitment_lifecycle import Guard
from engagement.models import Commitment, CommitmentMoney, Side
from tests.engagement.commitment_people import refused
from tests.factories.authorities import PairFactory, UserFactory
from tests.factories.commitment_terms import MoneyFactory
from tests.factories.engagement_commitments import (
    AgreedCommitmentFactory,
    ClosedCommitmentFactory,
    CommitmentFactory,
    DeclinedCommitmentFactory,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def money(**said: Any) -> Money:
    words: dict[str, Any] = {
        "source": "icb",
        "year": 2026,
        "amount": Decimal("250000.00"),
        "prevention": "yes",
        "purpose": "Two posts",
    }
    return Money(**{**words, **said})


def state(commitment: Commitment, **said: Any) -> CommitmentMoney:
    words: dict[str, Any] = {
        "side": Side.BOARD,
        "money": money(),
        "form_key": uuid.uuid4(),
        "by": UserFactory(),
        "at": NOW,
    }
    return actions.state(commitment=commitment, **{**words, **said})


def correct(line: CommitmentMoney, **said: Any) -> CommitmentMoney:
    words: dict[str, Any] = {
        "side": Side(line.side),
        "money": money(amount=Decimal("300000.00")),
        "form_key": uuid.uuid4(),
        "by": UserFactory(),
        "at": NOW,
    }
    return actions.correct(line=line, **{**words, **said})


def withdraw(line: CommitmentMoney, **said: Any) -> CommitmentMoney:
    words: dict[str, Any] = {
        "side": Side(line.side),
        "reason": "Stated in another commitment.",
        "by": UserFactory(),
        "at": NOW,
    }
    return actions.withdraw(line=line, **{**words, **said})


@pytest.mark.parametrize("factory", [CommitmentFactory, AgreedCommitmentFactory])
def test_a_side_states_money_and_the_audit_holds_no_figure(factory: Any) -> None:
    made = state(factory())

    assert (made.side, made.amount, made.year) == (Side.BOARD, Decimal("250000.00"), 2026)
    audited = AuditEvent.objects.get(action="commitment.money_stated")
    assert "250000" not in str(audited.detail)


def test_what_is_not_known_is_kept_apart_from_nought() -> None:
    row = AgreedCommitmentFactory()

    unknown = state(row, money=money(amount=None))
    nought = state(row, money=money(amount=Decimal(0), year=2027))

    assert (unknown.amount, nought.amount) == (None, Decimal(0))


def test_the_same_form_states_one_line() -> None:
    row, key = AgreedCommitmentFactory(), uuid.uuid4()

    assert state(row, form_key=key) == state(row, form_key=key)
    with pytest.raises(FormUsedError):
        state(row, form_key=key, side=Side.AUTHORITY)

    assert CommitmentMoney.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "guard"),
    [
        ({"source": ""}, Guard.SOURCE_SAID),
        ({"source": "lottery"}, Guard.SOURCE_SAID),
        ({"year": 1999}, Guard.YEAR_AND_AMOUNT),
        ({"amount": Decimal(-1)}, Guard.YEAR_AND_AMOUNT),
        ({"prevention": ""}, Guard.YEAR_AND_AMOUNT),
    ],
)
def test_money_without_a_source_or_a_year_is_refused(said: dict[str, Any], guard: Guard) -> None:
    with refused(guard):
        state(AgreedCommitmentFactory(), money=money(**said))

    assert not CommitmentMoney.objects.exists()


def test_the_same_source_and_year_is_corrected_and_not_stated_again() -> None:
    row = AgreedCommitmentFactory()
    state(row)

    with refused(Guard.NOT_STATED_YET):
        state(row, money=money(amount=None))

    state(row, side=Side.AUTHORITY)
    assert CommitmentMoney.objects.count() == 2


def test_a_correction_keeps_the_line_that_it_corrects() -> None:
    line, key = state(AgreedCommitmentFactory()), uuid.uuid4()

    made = correct(line, form_key=key)
    again = correct(line, form_key=key)

    line.refresh_from_db()
    assert (made.amount, again) == (Decimal("300000.00"), made)
    assert (line.replaced_by, line.superseded_at, line.amount) == (made, NOW, Decimal("250000.00"))


def test_a_correction_changes_something_and_meets_no_other_line() -> None:
    row = AgreedCommitmentFactory()
    line = state(row)
    state(row, money=money(year=2027))

    with refused(Guard.SOMETHING_CHANGES):
        correct(line, money=money())
    with refused(Guard.NOT_STATED_YET):
        correct(line, money=money(year=2027))


def test_a_line_is_withdrawn_with_a_reason_and_stays() -> None:
    line, by = state(AgreedCommitmentFactory()), UserFactory()
    with refused(Guard.REASON_GIVEN):
        withdraw(line, reason=" ")

    withdraw(line, by=by)
    withdraw(line, by=by)

    line.refresh_from_db()
    assert (line.withdrawn_reason, line.superseded_by) == ("Stated in another commitment.", by)
    assert AuditEvent.objects.filter(action="commitment.money_withdrawn").count() == 1
    with refused(Guard.STILL_STANDS):
        withdraw(line)
    with refused(Guard.STILL_STANDS):
        correct(line)


def test_a_withdrawn_line_may_be_stated_anew() -> None:
    row = AgreedCommitmentFactory()
    withdraw(state(row))

    assert state(row).superseded_at is None


@pytest.mark.parametrize("act", [correct, withdraw])
def test_the_other_side_leaves_a_line_alone(act: Any) -> None:
    line = state(AgreedCommitmentFactory())

    with refused(None) as told:
        act(line, side=Side.AUTHORITY)

    assert "only they can correct" in str(told.value)


@pytest.mark.parametrize("factory", [ClosedCommitmentFactory, DeclinedCommitmentFactory])
def test_what_is_settled_takes_no_money(factory: Any) -> None:
    with refused(None):
        state(factory())


def test_a_closed_commitment_keeps_its_money_as_it_is() -> None:
    line = MoneyFactory()
    row = Commitment.objects.filter(pk=line.commitment_id)
    row.update(state="closing")
    row.update(state="closed", final_status="met", closed_at=NOW)

    for act in (correct, withdraw):
        with refused(None):
            act(line)


def test_what_has_no_pair_takes_no_money() -> None:
    pair = PairFactory()
    row = AgreedCommitmentFactory(
        pair=pair,
        origin_pair=pair,
        moved_on=NOW.date(),
        unassigned=True,
        needs_reconfirmation=True,
    )

    with refused(Guard.ASSIGNED):
        state(row)
