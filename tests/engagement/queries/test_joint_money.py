"""What joint commitments bring to the question on joint resources."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from authorities.models import Pair
from duty.known_records import Covered, JointMoney
from engagement.models import Commitment, CommitmentMoney, MoneySource, Side
from engagement.queries.joint_money import joint_money
from tests.factories.authorities import PairFactory
from tests.factories.commitment_terms import MoneyFactory
from tests.factories.engagement_commitments import AgreedCommitmentFactory, CommitmentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

COVERED = Covered(first=date(2026, 4, 1), last=date(2026, 9, 30))


@pytest.fixture
def commitment() -> Commitment:
    made: Commitment = AgreedCommitmentFactory(title="Warm homes")
    return made


def known(pair: Pair, *, covered: Covered = COVERED) -> tuple[JointMoney, ...]:
    return joint_money(
        authority_id=pair.authority_id,
        covered=covered,
        board_names={pair.board.slug: "NHS North"},
    )


def test_a_line_of_money_says_what_with_whom_how_much_and_when(commitment: Commitment) -> None:
    row = MoneyFactory(commitment=commitment)

    (found,) = known(commitment.pair)

    assert found == JointMoney(
        initiative="Warm homes",
        partner="NHS North",
        amount=Decimal("1200000.00"),
        source="Integrated settlement",
        year="2026/27",
        changed_at=row.stated_at,
    )


def test_what_nobody_knows_is_none_and_not_nought(commitment: Commitment) -> None:
    MoneyFactory(commitment=commitment, amount=None)

    assert [one.amount for one in known(commitment.pair)] == [None]


@pytest.mark.parametrize(
    ("ours", "theirs", "said"),
    [
        ("5.00", "5.00", [("5.00", "The ICB")]),
        (None, "5.00", [("5.00", "The ICB")]),
        (None, None, [(None, "The ICB")]),
        (
            "4.00",
            "5.00",
            [
                ("5.00", "The ICB, as the ICB states"),
                ("4.00", "The ICB, as the authority states"),
            ],
        ),
    ],
)
def test_the_same_line_of_both_sides_stands_once_unless_they_differ(
    commitment: Commitment, ours: str | None, theirs: str | None, said: list[tuple[str, str]]
) -> None:
    for side, amount in ((Side.AUTHORITY, ours), (Side.BOARD, theirs)):
        MoneyFactory(
            commitment=commitment,
            side=side,
            source=MoneySource.BOARD,
            amount=amount and Decimal(amount),
        )

    found = [(one.amount and str(one.amount), one.source) for one in known(commitment.pair)]

    assert sorted(found, key=str) == sorted(said, key=str)


@pytest.mark.parametrize(
    "changes", [{"prevention": "no"}, {"prevention": "unknown"}, {"year": 2025}]
)
def test_other_money_and_other_years_are_left_out(
    commitment: Commitment, changes: dict[str, Any]
) -> None:
    MoneyFactory(commitment=commitment, **changes)

    assert known(commitment.pair) == ()


def test_a_round_over_two_financial_years_asks_both(commitment: Commitment) -> None:
    MoneyFactory(commitment=commitment, year=2025)
    MoneyFactory(commitment=commitment, year=2026)

    found = known(commitment.pair, covered=Covered(first=date(2026, 1, 1), last=date(2026, 6, 30)))

    assert [one.year for one in found] == ["2025/26", "2026/27"]


def test_what_was_corrected_or_is_only_proposed_or_anothers_is_left_out(
    commitment: Commitment,
) -> None:
    first = MoneyFactory(commitment=commitment, amount=Decimal("1.00"))
    CommitmentMoney.objects.filter(pk=first.pk).update(
        superseded_at=first.stated_at,
        superseded_by=first.stated_by,
        withdrawn_reason="Counted twice",
    )
    MoneyFactory(commitment=CommitmentFactory(pair=commitment.pair))
    MoneyFactory(commitment=AgreedCommitmentFactory(pair=PairFactory()))

    assert known(commitment.pair) == ()
