"""Lists by theme, state and flag: the database and the pure rules say the same."""

from datetime import UTC, date, datetime

import pytest

from authorities.models import Pair
from engagement.models import CommitmentState, Side
from engagement.queries import commitments
from engagement.queries.commitment_filter import DIFFER, DUE, OVERDUE, STALE, Asked
from tests.factories.authorities import PairFactory
from tests.factories.engagement_commitments import (
    AgreedCommitmentFactory,
    ClosedCommitmentFactory,
    CommitmentFactory,
    CommitmentUpdateFactory,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)
SINCE = date(2026, 10, 1)
DECIDED_LONG_AGO = datetime(2026, 1, 10, 9, 0, tzinfo=UTC)


@pytest.fixture
def pair() -> Pair:
    made = PairFactory()
    for number, (target, theirs, ours) in enumerate(
        [
            (date(2027, 3, 31), ("on_track", datetime(2026, 11, 2, tzinfo=UTC)), None),
            (date(2026, 11, 22), ("met", datetime(2026, 2, 1, tzinfo=UTC)), None),
            (date(2026, 11, 23), ("on_track", datetime(2026, 5, 22, 22, tzinfo=UTC)), None),
            (
                None,
                ("on_track", datetime(2026, 11, 2, tzinfo=UTC)),
                ("constrained", datetime(2026, 11, 2, tzinfo=UTC)),
            ),
        ]
    ):
        row = AgreedCommitmentFactory(
            pair=made,
            title=f"Promise {number}",
            theme="housing" if number == 0 else "",
            target_date=target,
            no_date_reason="" if target else "It depends",
            decided_at=DECIDED_LONG_AGO,
        )
        for side, said in ((Side.AUTHORITY, theirs), (Side.BOARD, ours)):
            if said:
                CommitmentUpdateFactory(commitment=row, side=side, status=said[0], at=said[1])
    CommitmentFactory(pair=made, theme="housing", target_date=date(2026, 11, 1))
    ClosedCommitmentFactory(pair=made, target_date=date(2026, 11, 1))
    return made


@pytest.mark.parametrize("flag", ["", DUE, STALE, OVERDUE, DIFFER])
@pytest.mark.parametrize("sides", [(Side.AUTHORITY,), (Side.BOARD,), tuple(Side)])
def test_flags_in_the_database_are_those_of_the_rules(
    pair: Pair, flag: str, sides: tuple[Side, ...]
) -> None:
    every = commitments.commitments_of_pair(pair=pair, on=TODAY).rows
    says = {
        "": lambda one: True,
        DUE: lambda one: any(one.update_is_due(side=side, since=SINCE) for side in sides),
        STALE: lambda one: any(one.is_stale(side=side, on=TODAY) for side in sides),
        OVERDUE: lambda one: one.is_overdue(on=TODAY),
        DIFFER: lambda one: one.views_differ,
    }[flag]

    found = commitments.commitments_of_pair(
        pair=pair, on=TODAY, asked=Asked(flag=flag), since=SINCE, sides=sides
    )

    assert found.count > 0
    assert {one.id for one in found.rows} == {one.id for one in every if says(one)}


def test_a_list_is_chosen_by_theme_and_state(pair: Pair) -> None:
    found = commitments.commitments_of_pair(
        pair=pair, on=TODAY, asked=Asked(theme="housing", state="agreed")
    )

    assert [one.title for one in found.rows] == ["Promise 0"]


def test_what_is_no_choice_is_left_out() -> None:
    asked = Asked(theme="weather", state=CommitmentState.AGREED, flag="late")

    assert asked.known() == Asked(state=CommitmentState.AGREED)
