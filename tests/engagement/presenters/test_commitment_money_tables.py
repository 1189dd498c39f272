"""What is known, what is nought and what nobody knows are three things."""

from decimal import Decimal

import pytest

from engagement.models import Side
from engagement.presenters.commitment_money_tables import (
    NOTHING,
    money_tables,
    stated,
)
from engagement.queries.commitment_money_counts import MoneyTally


def tally(stated: int | None, *, lines: int = 1, unknown: int = 0, **more: str) -> MoneyTally:
    given = {"side": Side.AUTHORITY, "source": "icb", "prevention": "yes", **more}
    return MoneyTally(
        **given,
        year=2026,
        stated=None if stated is None else Decimal(stated),
        lines=lines,
        unknown=unknown,
    )


@pytest.mark.parametrize(
    ("tallies", "words"),
    [
        ([], "Nothing stated"),
        ([tally(0)], "£0"),
        ([tally(None, unknown=1)], "Not known"),
        ([tally(500), tally(None, unknown=1)], "£500 and 1 line not known"),
        ([tally(1_200_000, lines=4, unknown=2)], "£1,200,000 and 2 lines not known"),
    ],
)
def test_what_is_not_known_is_said_and_never_nought(tallies, words) -> None:
    assert stated(tallies=tallies) == words


def test_sides_are_in_tables_of_their_own_and_never_added_together() -> None:
    tables = {
        one.code: one
        for one in money_tables(
            tallies=[
                tally(100),
                tally(7, prevention="unknown"),
                tally(None, unknown=1, source="other", prevention="no"),
                tally(100, side=Side.BOARD),
            ]
        )
    }

    sources = {row[0]: row[1:] for row in tables["money-sa-sources"].rows}
    assert sources["The ICB"] == ("£107", "2 of 2", "£100", NOTHING, "£7")
    assert sources["Another source"] == ("Not known", "0 of 1", NOTHING, "Not known", NOTHING)
    assert sources["Integrated settlement"] == (NOTHING, "0 of 0", *[NOTHING] * 3)
    assert sources["All sources"][0] == "£107"
    assert tables["money-icb-sources"].rows[-1][1:3] == ("£100", "1 of 1")
    assert tables["money-sa-years"].rows == (
        ("2026/27", "£107", "2 of 3", "£100", "Not known", "£7"),
    )
