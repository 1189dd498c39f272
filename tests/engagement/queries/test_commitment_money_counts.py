"""Money of commitments added up, beside a plain recount; not known is never nought."""

import random
from collections import defaultdict
from datetime import date
from decimal import Decimal

import pytest

from engagement.models import Commitment, CommitmentMoney, MoneySource, Side
from engagement.queries import commitment_money_counts as counts
from tests.factories.commitment_terms import MoneyFactory
from tests.factories.engagement_commitments import (
    AgreedCommitmentFactory,
    CommitmentFactory,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 30)


def test_sums_are_those_of_a_plain_recount() -> None:
    chance = random.Random(8)  # noqa: S311 - the same lines each time
    for _ in range(12):
        commitment = AgreedCommitmentFactory()
        for side in Side:
            for year in (2026, 2027):
                for source in chance.sample(list(MoneySource), 2):
                    MoneyFactory(
                        commitment=commitment,
                        side=side,
                        source=source,
                        year=year,
                        prevention=chance.choice(["yes", "no", "unknown"]),
                        amount=chance.choice([None, Decimal(0), Decimal("1200.50"), Decimal(80)]),
                    )
    plain: dict[tuple[str, ...], list[Decimal | None]] = defaultdict(list)
    for line in CommitmentMoney.objects.all():
        key = (line.side, line.source, str(line.year), line.prevention)
        plain[key].append(line.amount)

    found = counts.tallies_of(rows=Commitment.objects.all())

    assert len(found) == len(plain)
    for one in found:
        amounts = plain[one.side, one.source, str(one.year), one.prevention]
        known = [amount for amount in amounts if amount is not None]
        assert one.lines == len(amounts)
        assert one.unknown == len(amounts) - len(known)
        assert one.stated == (sum(known) if known else None)


def test_money_of_what_is_only_proposed_is_not_counted() -> None:
    MoneyFactory(commitment=CommitmentFactory())

    assert counts.tallies_of(rows=Commitment.objects.all()) == ()
    assert counts.lines_of(rows=Commitment.objects.all(), on=TODAY).rows == ()


def test_lines_say_by_whom_and_for_what_and_are_paged() -> None:
    commitment = AgreedCommitmentFactory(title="Warm homes")
    for year in range(2000, 2000 + counts.PAGE_SIZE + 1):
        MoneyFactory(commitment=commitment, year=year, prevention="yes", purpose="Insulation")
    MoneyFactory(commitment=commitment, year=2050, prevention="no")

    rows = Commitment.objects.all()
    first = counts.lines_of(rows=rows, on=TODAY, prevention="yes")
    last = counts.lines_of(rows=rows, on=TODAY, page=9, prevention="yes")
    every = counts.lines_of(rows=rows, on=TODAY, page=None)

    assert (len(first.rows), first.pages, first.count) == (counts.PAGE_SIZE, 2, 26)
    assert (len(last.rows), last.page) == (1, 2)
    assert len(every.rows) == 27
    assert (first.rows[0].title, first.rows[0].purpose) == ("Warm homes", "Insulation")
