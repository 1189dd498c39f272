"""What everybody may read of commitments: what both sides published, and how many there are."""

from datetime import date

import pytest

from engagement.models import CommitmentState, CommitmentStatus, Visibility
from engagement.queries.public_commitments import public_page
from tests.factories.authorities import PairFactory
from tests.factories.engagement_commitments import (
    DECIDED,
    AgreedCommitmentFactory,
    ClosedCommitmentFactory,
    CommitmentFactory,
    DeclinedCommitmentFactory,
)

pytestmark = pytest.mark.django_db


def test_the_public_reads_what_both_published_and_the_count_of_agreed_ones() -> None:
    pair = PairFactory()
    public = {"pair": pair, "visibility": Visibility.PUBLIC}
    AgreedCommitmentFactory(**public, title="Agreed")
    AgreedCommitmentFactory(**public, title="Closing", state=CommitmentState.CLOSING)
    ClosedCommitmentFactory(**public, title="Closed")
    AgreedCommitmentFactory(pair=pair, title="Restricted")
    CommitmentFactory(**public, title="Proposed")
    DeclinedCommitmentFactory(**public, title="Declined")
    AgreedCommitmentFactory(
        **public,
        title="Not confirmed again yet",
        origin_pair=PairFactory(),
        moved_on=DECIDED.date(),
        needs_reconfirmation=True,
    )
    AgreedCommitmentFactory(title="Of another pair", visibility=Visibility.PUBLIC)

    found = public_page(pair=pair)

    assert [row.title for row in found.rows] == ["Agreed", "Closing", "Closed"]
    assert found.rows[-1].final_status == CommitmentStatus.MET
    assert (found.public, found.agreed) == (3, 5)


def test_what_is_public_comes_in_pages() -> None:
    pair = PairFactory()
    for number in range(21):
        AgreedCommitmentFactory(
            pair=pair,
            visibility=Visibility.PUBLIC,
            title=f"Promise {number:02}",
            target_date=date(2027, 3, 31),
        )

    first, last = public_page(pair=pair), public_page(pair=pair, page=99)

    assert (len(first.rows), first.pages) == (20, 2)
    assert [row.title for row in last.rows] == ["Promise 20"]
