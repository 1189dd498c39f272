"""The commitments of a pair or body as CSV, for those who may read them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from authorities.csv_text import write_csv
from duty.deadlines import london_date
from engagement.models import MoneySource, Side
from engagement.presenters.commitment_terms import NOT_SAID, value_words
from engagement.queries.commitment_money import MoneyFacts
from engagement.queries.commitments import CommitmentFacts

_SIDES = {Side.AUTHORITY: "Authority", Side.BOARD: "ICB"}
_TERMS = (
    *("Commitment", "Authority", "ICB", "Title", "What each side does", "State"),
    *("Part of the duty", "Theory of change", "Theme", "Resources are there"),
    *("Who may read it", "Indicator", "Outcome of the framework", "Partnership agreement"),
    *("Owner at the authority", "Owner at the ICB", "Lead", "Date", "Reason for no date"),
    *("Proposed by", "Proposed on", "Agreed or declined on", "Reason for declining"),
    *("Ended as", "Closed on", "Views differ", "Overdue"),
)
_OF_A_SIDE = ("status", "update", "updated on", "is stale")
HEADINGS = (
    *_TERMS,
    *(f"{name} {what}" for name in _SIDES.values() for what in _OF_A_SIDE),
    *(
        f"{name}: {source.label.lower()}, {what}"
        for name in _SIDES.values()
        for source in MoneySource
        for what in ("pounds", "lines not known")
    ),
)


def csv_text(
    *,
    facts: Sequence[CommitmentFacts],
    money: Mapping[UUID, tuple[MoneyFacts, ...]],
    on: date,
) -> str:
    """Return one row a commitment: terms, latest word of both, flags, and money by source.

    A sum is empty where no amount is known; lines without one are counted beside it.
    """
    return write_csv(
        headings=HEADINGS,
        rows=[
            (
                *_terms(one, on),
                *(cell for side in _SIDES for cell in _side(one, side, on)),
                *(
                    cell
                    for side in _SIDES
                    for source in MoneySource
                    for cell in _sum(money.get(one.id, ()), side, source)
                ),
            )
            for one in facts
        ],
    )


def _terms(one: CommitmentFacts, on: date) -> tuple[str, ...]:
    return (
        *(str(one.id), one.authority.name, one.board.name, one.title, one.description),
        *(one.state.label, value_words(name="specification", value=one.specification)),
        *(value_words(name="stage", value=one.stage), value_words(name="theme", value=one.theme)),
        *(one.resources.label, one.visibility.label, one.indicator or NOT_SAID),
        *(one.outcome or NOT_SAID, one.agreement or NOT_SAID),
        *(one.authority_owner, one.board_owner, _SIDES[one.lead] if one.lead else "Both"),
        one.target_date.isoformat() if one.target_date else "",
        *(one.no_date_reason, _SIDES[one.proposed_side], _day(one.proposed_at)),
        *(_day(one.decided_at), one.declined_reason),
        *(one.final_status.label if one.final_status else "", _day(one.closed_at)),
        *(_yes(one.views_differ), _yes(one.is_overdue(on=on))),
    )


def _side(one: CommitmentFacts, side: Side, on: date) -> tuple[str, ...]:
    said, stale = one.update_of(side), _yes(one.is_stale(side=side, on=on))
    if said is None:
        return ("No status", "", "", stale)
    return (said.status.label, said.narrative, _day(said.at), stale)


def _sum(lines: Sequence[MoneyFacts], side: Side, source: MoneySource) -> tuple[str, str]:
    amounts = [line.amount for line in lines if (line.side, line.source) == (side, source)]
    known = [amount for amount in amounts if amount is not None]
    total = f"{sum(known, Decimal(0)):.2f}" if known else ""
    return total, str(len(amounts) - len(known))


def _day(moment: datetime | None) -> str:
    return "" if moment is None else london_date(now=moment).isoformat()


def _yes(fact: bool) -> str:
    return "Yes" if fact else "No"
