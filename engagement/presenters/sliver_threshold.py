"""Pages of the sliver threshold: over time, and what another one would bring and take."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.urls import reverse

from authorities.models import ThresholdState
from authorities.presenters.tables import Cell, Column, SummaryRow
from authorities.queries.pairs import load_pairs
from authorities.queries.thresholds import StoredThreshold, threshold_of_day
from authorities.thresholds import Moves, SharedPeople, moves
from duty.words import london_date
from engagement.picture import pair_name

COLUMNS = (Column("Threshold"), Column("Holds from"), Column("Why"), Column("State"))
MOVE_COLUMNS = (
    Column("Pair"),
    Column("Share of the authority’s people", numeric=True),
    Column("What would change"),
)


@dataclass(frozen=True)
class ThresholdPage:
    """One threshold; `rows` are the pairs that it would bring and take."""

    number: int
    title: str
    facts: tuple[SummaryRow, ...]
    waits: bool
    own: bool
    rows: tuple[tuple[Cell, ...], ...]


def percent_text(*, share: Decimal | float) -> str:
    """Write a share as a percentage with no more decimals than it has, as '2%' or '2.25%'."""
    return f"{Decimal(str(share)) * 100:f}".rstrip("0").rstrip(".") + "%"


def list_rows(
    *, thresholds: tuple[StoredThreshold, ...], for_centre: bool
) -> tuple[tuple[Cell, ...], ...]:
    """Return a row for each threshold, the newest first; others see approved ones alone."""
    return tuple(
        (
            Cell(
                percent_text(share=one.share),
                url=reverse("readings:threshold", args=[one.number]) if for_centre else "",
            ),
            Cell(_from(one)),
            Cell(one.reason, note=one.declined_reason if for_centre else ""),
            Cell(str(ThresholdState(one.state).label)),
        )
        for one in thresholds
        if for_centre or one.state == ThresholdState.APPROVED
    )


def threshold_page(*, threshold: StoredThreshold, own: bool) -> ThresholdPage:
    """Return the page of one threshold; of one that waits, with the pairs that would move."""
    waits = threshold.state == ThresholdState.PROPOSED
    facts = [
        SummaryRow("Holds from", _from(threshold)),
        SummaryRow("Why it changes", threshold.reason),
        SummaryRow("State", str(ThresholdState(threshold.state).label)),
    ]
    if threshold.proposed_by:
        day = london_date(moment=threshold.proposed_at)
        facts.append(SummaryRow("Proposed", f"{threshold.proposed_by}, {day}"))
    if threshold.decided_by and threshold.decided_at:
        day = london_date(moment=threshold.decided_at)
        facts.append(SummaryRow("Decided", f"{threshold.decided_by}, {day}"))
    if threshold.declined_reason:
        facts.append(SummaryRow("Why it was declined", threshold.declined_reason))
    rows: tuple[tuple[Cell, ...], ...] = ()
    if waits and threshold.holds_from is not None:
        before = threshold_of_day(day=threshold.holds_from)
        found = _moves(day=threshold.holds_from, before=before, after=float(threshold.share))
        facts.append(SummaryRow("Threshold before it", percent_text(share=before)))
        facts.append(
            SummaryRow(
                "Pairs on that day",
                f"{len(found.come)} would come, {len(found.go)} would go, {found.stay} would stay",
            )
        )
        rows = tuple(
            (Cell(pair.name), Cell(f"{pair.share_of_authority:.2%}"), Cell(what))
            for what, pairs in (
                ("Would be assessed", found.come),
                ("Would be a sliver", found.go),
            )
            for pair in pairs
        )
    return ThresholdPage(
        number=threshold.number,
        title=f"Sliver threshold of {percent_text(share=threshold.share)}",
        facts=tuple(facts),
        waits=waits,
        own=own and waits,
        rows=rows,
    )


def _moves(*, day: date, before: float, after: float) -> Moves:
    return moves(
        pairs=[
            SharedPeople(
                name=pair_name(authority=facts.authority_short_name, board=facts.board_short_name),
                share_of_authority=facts.share_of_authority,
            )
            for facts in load_pairs(as_at=day, which=Q())
            # A planned authority is assessed by nobody yet.
            if not facts.planned
        ],
        before=before,
        after=after,
    )


def _from(threshold: StoredThreshold) -> str:
    if threshold.holds_from is None:
        return "The beginning"
    return london_date(moment=threshold.holds_from)
