"""Describing a commitment: either side, without asking the other, and never over a newer page."""

from datetime import UTC, datetime
from typing import Any

import pytest

from authorities.models import AuditEvent
from duty.models import AgreementParty
from engagement.actions import commitment_particulars as actions
from engagement.actions.commitment_particulars import Particulars, UnknownChoiceError
from engagement.commitment_lifecycle import Guard
from engagement.models import Commitment, CommitmentDescription, Side
from tests.engagement.commitment_people import refused
from tests.factories.authorities import PairFactory, UserFactory
from tests.factories.commitment_terms import agreed_outcome, agreement_of
from tests.factories.engagement_commitments import (
    AgreedCommitmentFactory,
    ClosedCommitmentFactory,
    CommitmentFactory,
    DeclinedCommitmentFactory,
)
from tests.factories.outcomes import IndicatorFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def describe(commitment: Commitment, **said: Any) -> Commitment:
    """Describe it from the ICB's side, with what is said otherwise."""
    words: dict[str, Any] = {
        "side": Side.BOARD,
        "particulars": Particulars(stage="output", theme="housing", resources="yes"),
        "own_owner": commitment.board_owner,
        "seen": commitment.version,
        "by": UserFactory(),
        "at": NOW,
    }
    return actions.describe(commitment=commitment, **{**words, **said})


@pytest.mark.parametrize("side", Side)
def test_either_side_describes_it_and_what_was_stays_on_record(side: Side) -> None:
    row = AgreedCommitmentFactory(stage="input")
    indicator = IndicatorFactory()
    outcome, agreement = agreed_outcome(row.pair), agreement_of(row.pair)

    describe(
        row,
        side=side,
        own_owner="Head of homes",
        particulars=Particulars(
            stage="output",
            theme="housing",
            indicator=indicator,
            framework_outcome=outcome,
            agreement=agreement,
        ),
    )

    stored = Commitment.objects.get(pk=row.pk)
    assert (stored.stage, stored.theme, stored.version) == ("output", "housing", row.version + 1)
    assert (stored.indicator, stored.framework_outcome, stored.agreement) == (
        indicator,
        outcome,
        agreement,
    )
    owners = {Side.AUTHORITY: stored.authority_owner, Side.BOARD: stored.board_owner}
    assert [owners[one] == "Head of homes" for one in (side, *set(Side) - {side})] == [True, False]
    said = CommitmentDescription.objects.get()
    assert (said.side, said.before["stage"], said.after["stage"]) == (side, "input", "output")
    assert said.after["framework_outcome"] == outcome.title
    assert "resources" not in said.after
    audited = AuditEvent.objects.get(action="commitment.described")
    assert (audited.detail["before"]["stage"], audited.detail["after"]["agreement"]) == (
        "input",
        str(agreement.pk),
    )
    assert "Head of homes" not in str(audited.detail)


def test_a_description_sent_twice_is_stored_once() -> None:
    row, by = AgreedCommitmentFactory(), UserFactory()

    describe(row, by=by)
    describe(row, by=by)

    assert CommitmentDescription.objects.count() == 1


def test_what_somebody_changed_meanwhile_is_not_written_over() -> None:
    row = AgreedCommitmentFactory()
    describe(row)

    with refused(Guard.AS_IT_WAS_READ):
        describe(row, particulars=Particulars(stage="input"))

    assert Commitment.objects.get(pk=row.pk).stage == "output"


def test_who_changes_nothing_is_told_so() -> None:
    row = AgreedCommitmentFactory()

    with refused(Guard.SOMETHING_CHANGES):
        describe(row, particulars=Particulars())


def test_an_owner_is_named_but_by_who_has_not_answered_yet() -> None:
    with refused(Guard.OWNER_NAMED):
        describe(AgreedCommitmentFactory(), own_owner=" ")
    proposed = CommitmentFactory()
    with refused(Guard.OWNER_NAMED):
        describe(proposed, side=Side.AUTHORITY, own_owner="")

    assert describe(proposed, own_owner="").theme == "housing"


def test_what_has_no_pair_is_not_described() -> None:
    pair = PairFactory()
    row = AgreedCommitmentFactory(
        pair=pair,
        origin_pair=pair,
        moved_on=NOW.date(),
        unassigned=True,
        needs_reconfirmation=True,
    )

    with refused(Guard.ASSIGNED):
        describe(row)


@pytest.mark.parametrize("factory", [ClosedCommitmentFactory, DeclinedCommitmentFactory])
def test_what_is_settled_is_not_described(factory: Any) -> None:
    with refused(None):
        describe(factory())


@pytest.mark.parametrize(
    "field", ["specification", "stage", "theme", "resources", "agreement", "indicator"]
)
def test_only_what_both_sides_know_can_be_chosen(field: str) -> None:
    row = AgreedCommitmentFactory()
    wrong = {
        "agreement": agreement_of(PairFactory(authority=row.pair.authority)),
        "indicator": IndicatorFactory(draft=True),
    }.get(field, "wrong")

    with pytest.raises(UnknownChoiceError) as told:
        describe(row, particulars=Particulars(**{field: wrong}))

    assert told.value.field == field


@pytest.mark.parametrize(
    "wrong",
    [
        lambda pair: agreement_of(pair, status="in_development", signed_on=None, review_on=None),
        lambda pair: agreed_outcome(PairFactory(authority=pair.authority)),
    ],
)
def test_a_draft_or_what_others_agreed_cannot_be_chosen(wrong: Any) -> None:
    row = AgreedCommitmentFactory()
    made = wrong(row.pair)
    field = "agreement" if made._meta.app_label == "duty" else "framework_outcome"

    with pytest.raises(UnknownChoiceError):
        describe(row, particulars=Particulars(**{field: made}))


def test_a_link_that_stays_is_not_asked_again() -> None:
    row = AgreedCommitmentFactory()
    linked = describe(row, particulars=Particulars(agreement=agreement_of(row.pair)))
    AgreementParty.objects.update(left_at="2030-01-01T00:00Z")

    again = describe(linked, particulars=Particulars(agreement=linked.agreement, stage="input"))

    assert (again.stage, again.agreement) == ("input", linked.agreement)
