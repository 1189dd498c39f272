"""A pair in two pages for a board or committee: the same words on the page and in the document."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from textwrap import shorten

from duty.standing_records import Prevention
from duty.ui.components import Column, SummaryRow
from duty.words import london_date
from engagement import words
from engagement.content import from_json
from engagement.models import CommitmentState, MoneySource, Side
from engagement.presenters.commitment_money_tables import stated
from engagement.presenters.commitment_words import (
    NO_STATUS,
    STATUS_TAGS,
    date_words,
)
from engagement.presenters.matrix_words import words_by_version
from engagement.queries.board_summary import SummaryFacts
from engagement.queries.commitments import CommitmentFacts
from outcomes.presenters.progress import summary as progress_summary
from outcomes.progress_picture import counts_from_json

SUPPORT = "This is about support, not performance."
FOR_WHOM = "For the boards and committees of the two bodies. It may hold what is not public."
# What two sheets of paper hold; the page of the pair's commitments has them all.
MOST_SHOWN = 10
_MOST_LINES = 10
_LONGEST_TITLE = 90
_SOON = timedelta(days=90)
DEMONSTRATION = "Demonstration: what is said here of these bodies is invented."


@dataclass(frozen=True)
class Part:
    """A part with its heading: facts in two columns, perhaps a table, and what is said below."""

    heading: str
    lead: str = ""
    facts: tuple[SummaryRow, ...] = ()
    columns: tuple[Column, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class BoardSummary:
    """The whole summary."""

    title: str
    authority: str
    board: str
    day: str
    notices: tuple[str, ...]
    parts: tuple[Part, ...]


def present(*, facts: SummaryFacts, demonstration: bool) -> BoardSummary:
    """Return the summary of a pair."""
    return BoardSummary(
        title=f"{facts.authority.short_name} and {facts.board.short_name}",
        authority=facts.authority.name,
        board=facts.board.name,
        day=london_date(moment=facts.on),
        notices=(SUPPORT, FOR_WHOM, *((DEMONSTRATION,) if demonstration else ())),
        parts=(
            _placement(facts),
            _commitments(facts),
            _money(facts),
            _progress(facts),
            _due(facts),
        ),
    )


def _placement(facts: SummaryFacts) -> Part:
    heading = "Engagement"
    if facts.placement is None:
        return Part(heading, lead="No placement of this pair is published yet.")
    content = from_json(stored=facts.placement.content)
    said = words_by_version(versions=[content.group_map_version])[content.group_map_version]
    publication = facts.placement.publication
    group = said.group(facts.placement.group)
    return Part(
        heading,
        lead=(
            f"As published on {london_date(moment=publication.published_at)} for the "
            f"{publication.round.name} round."
        ),
        facts=(
            SummaryRow(
                "Engagement of both sides",
                words.position(
                    authority_level=facts.placement.authority_level,
                    board_level=facts.placement.board_level,
                    said=said,
                ),
            ),
            SummaryRow("Support group", group.name),
            SummaryRow("Since the round before", words.MOVEMENTS_IN_FULL[facts.placement.movement]),
        ),
    )


def _commitments(facts: SummaryFacts) -> Part:
    standing, more = facts.standing, facts.standing.promised - MOST_SHOWN
    return Part(
        "Joint commitments",
        lead="How they go changes no engagement level.",
        facts=(
            SummaryRow("Agreed by both", f"{standing.promised} of {standing.total}"),
            SummaryRow("The two views differ", f"{standing.differ} of {standing.promised}"),
            SummaryRow(
                "Without a recent update of a side", f"{standing.stale} of {standing.promised}"
            ),
            SummaryRow("Past their date", f"{standing.overdue} of {standing.promised}"),
            SummaryRow("Closed", f"{standing.by_state.get('closed', 0)} of {standing.total}"),
        ),
        columns=tuple(
            Column(label) for label in ("Commitment", "Date", "The authority says", "The ICB says")
        ),
        rows=tuple(
            (
                _short(one.title),
                date_words(target_date=one.target_date, no_date_reason=one.no_date_reason),
                _status(one, Side.AUTHORITY),
                _status(one, Side.BOARD),
            )
            for one in facts.promised[:MOST_SHOWN]
        ),
        lines=(f"And {more} more, which the site lists.",) if more > 0 else (),
    )


def _short(title: str) -> str:
    return shorten(title, width=_LONGEST_TITLE, placeholder=" …")


def _status(facts: CommitmentFacts, side: Side) -> str:
    said = facts.update_of(side)
    if said is None:
        return NO_STATUS.text
    return f"{STATUS_TAGS[said.status].text}, {london_date(moment=said.at)}"


def _money(facts: SummaryFacts) -> Part:
    heading = "Money"
    if not facts.money:
        return Part(heading, lead="No money is stated for what both agreed.")
    return Part(
        heading,
        lead=(
            "As each side states it for what both agreed, in all years. Both may state the same "
            "money, so the two are not added together."
        ),
        columns=tuple(
            Column(label)
            for label in ("Source", "The authority states", "The ICB states", "For prevention")
        ),
        rows=tuple(_money_rows(facts)),
    )


def _money_rows(facts: SummaryFacts) -> Iterator[tuple[str, ...]]:
    for source in MoneySource:
        own = [one for one in facts.money if one.source == source]
        if not own:
            continue
        sides = [[one for one in own if one.side == side] for side in (Side.AUTHORITY, Side.BOARD)]
        names = (facts.authority.short_name, facts.board.short_name)
        prevention = [
            f"{name}: {stated(tallies=[one for one in side if one.prevention == Prevention.YES])}"
            for name, side in zip(names, sides, strict=True)
            if side
        ]
        yield (
            str(source.label),
            *(stated(tallies=side) for side in sides),
            "; ".join(prevention),
        )


def _progress(facts: SummaryFacts) -> Part:
    heading = "Progress of the outcomes framework"
    if facts.progress is None:
        return Part(heading, lead="The two have not agreed an outcomes framework yet.")
    counts = counts_from_json(content=facts.progress.content["counts"])
    summary = progress_summary(counts=counts)
    return Part(
        heading,
        lead=f"{summary.heading}. Calculated {london_date(moment=facts.progress.computed_at)}.",
        facts=tuple(
            SummaryRow(one.label, f"{one.number} of {one.of}")
            for one in summary.counts
            if one.number != "0"
        ),
        lines=(f"{summary.why_heading}: {'; '.join(summary.reasons)}.",) if summary.reasons else (),
    )


def _due(facts: SummaryFacts) -> Part:
    lines = [*_updates(facts), *_answers(facts), *_dates(facts)]
    more = len(lines) - _MOST_LINES
    return Part(
        "What is due",
        lead="" if lines else "Nothing is due in the next three months.",
        lines=(*lines[:_MOST_LINES], *([f"And {more} more."] if more > 0 else [])),
    )


def _updates(facts: SummaryFacts) -> Sequence[str]:
    found = []
    by = f" by {london_date(moment=facts.update_due_on)}" if facts.update_due_on else ""
    for side in (Side.AUTHORITY, Side.BOARD):
        number = sum(one.update_is_due(side=side, since=facts.since) for one in facts.promised)
        if number:
            noun = "commitment" if number == 1 else "commitments"
            name = facts.authority.name if side == Side.AUTHORITY else facts.board.name
            found.append(f"{name}: an update on {number} {noun}{by}.")
    return found


def _answers(facts: SummaryFacts) -> Sequence[str]:
    waits = [
        *(("a proposal", one.proposed_side, one.title) for one in facts.waiting),
        *(
            ("a change" if one.waiting.is_change else "a closure", one.waiting.side, one.title)
            for one in facts.promised
            if one.waiting is not None
        ),
    ]
    return [
        f"{(facts.board if side == Side.AUTHORITY else facts.authority).name}: an answer to "
        f"{what}, “{_short(title)}”."
        for what, side, title in waits
    ]


def _dates(facts: SummaryFacts) -> Sequence[str]:
    dated = [
        (one.target_date, one.title)
        for one in facts.promised
        if one.target_date is not None
        and one.target_date <= facts.on + _SOON
        and one.state == CommitmentState.AGREED
    ]
    return [
        f"{'Past its date' if day < facts.on else 'Due'}, {london_date(moment=day)}: "
        f"“{_short(title)}”."
        for day, title in sorted(dated)
    ]
