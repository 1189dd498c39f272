"""What any body's page says of its past and its governance, besides the facts of the day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from authorities.models import Body, BodyKind, Certainty, CodeScheme, DevolvedFunction, SeatKind
from authorities.presenters.reorganisations.notices import ChangeNotice, change_notices
from authorities.presenters.tables import Cell, Column, Table, body_address
from authorities.presenters.words import day_text, share_text
from authorities.queries import (
    AgreementFacts,
    BodyHistory,
    CodeFacts,
    FunctionFacts,
    KinFacts,
    SeatFacts,
)
from authorities.timeline import Entry, timeline

_NOT_RECORDED = "Not recorded"
_NOUNS: dict[str, str] = {
    BodyKind.STRATEGIC_AUTHORITY: "authority",
    BodyKind.INTEGRATED_CARE_BOARD: "board",
    BodyKind.COUNCIL: "council",
    BodyKind.CLUSTER: "cluster",
    BodyKind.NHS_REGION: "region",
}


@dataclass(frozen=True)
class BodyRecord:
    """Tables of a body's page in their order: before and after, codes, governance, timeline.

    notices: changes that are ahead of the body, and what became of its people.
    """

    tables: tuple[Table, ...]
    notices: tuple[ChangeNotice, ...]


def notice(*, body: Body, day: date, asked: date) -> str:
    """Say that the page shows another day than the one asked for; empty where it does not."""
    noun = _NOUNS[body.kind]
    if body.closed_on is not None and asked >= body.closed_on:
        if body.opened_on is None:
            return (
                f"This {noun} was given up on {day_text(day=body.closed_on)}, before it began. "
                f"The page shows the plan as on {day_text(day=day)}, its last day."
            )
        return (
            f"This {noun} closed on {day_text(day=body.closed_on)}. "
            f"The page shows it as on {day_text(day=day)}, its last day."
        )
    if asked < day and body.planned:
        return (
            f"The plan for this {noun} is on record from {day_text(day=day)}. "
            "The page shows it as on that day."
        )
    if asked < day:
        return f"This {noun} opened on {day_text(day=day)}. The page shows it as on that day."
    return ""


def record(
    *, history: BodyHistory, kind: str, day: date, now: date, asked: date | None
) -> BodyRecord:
    """Return the tables.

    Args:
        history: what is on record.
        kind: the body's kind: governance is that of authorities and boards.
        day: the day that the page shows.
        now: the day on which somebody looks; what comes later is told as to come.
        asked: the day in the address, which goes on in links.
    """
    tables = [_kin_table(history.kin), _code_table(history.codes)]
    if kind == BodyKind.STRATEGIC_AUTHORITY:
        tables.append(_function_table(history.functions, day))
    if kind in {BodyKind.STRATEGIC_AUTHORITY, BodyKind.INTEGRATED_CARE_BOARD}:
        tables.append(_seat_table(history.seats, day, asked))
        tables.append(_agreement_table(history.agreements, day, asked))
    entries = timeline(spells=history.spells, events=history.events, on=now)
    return BodyRecord(
        tables=(*tables, _timeline_table(entries)),
        notices=change_notices(history=history, noun=_NOUNS[kind], now=now),
    )


def _kin_table(kin: Sequence[KinFacts]) -> Table:
    return Table(
        heading="Before and after",
        caption="Bodies that it took over from, and that took over from it",
        columns=(
            Column("Body"),
            Column("What happened"),
            Column("When"),
            Column("People", numeric=True),
            Column("Certainty"),
        ),
        rows=tuple(
            (
                Cell(text=row.name, url=body_address(kind=row.kind, slug=row.slug)),
                Cell(text=_kin_words(row), note=row.source),
                Cell(text=day_text(day=row.on_date)),
                Cell(text=_NOT_RECORDED if row.population is None else f"{row.population:,}"),
                Cell(text=_certainty(row.certainty)),
            )
            for row in kin
        ),
        empty="None is recorded.",
    )


def _kin_words(row: KinFacts) -> str:
    whose = f"{share_text(share=row.share)} of its people" if row.share is not None else "People"
    if row.before:
        return f"{whose} came from it" if row.share is not None else "People came from it"
    if row.share is None:
        return "People went to it"
    return f"{share_text(share=row.share)} of the people here went to it"


def _code_table(codes: Sequence[CodeFacts]) -> Table:
    return Table(
        heading="Codes",
        caption="Official codes, and the days on which they hold",
        columns=(Column("Code"), Column("Scheme"), Column("From"), Column("Until")),
        rows=tuple(
            (
                Cell(text=row.value),
                Cell(text=str(CodeScheme(row.scheme).label)),
                Cell(text=day_text(day=row.starts) if row.starts else _NOT_RECORDED),
                Cell(text=_last_day(row.ends)),
            )
            for row in codes
        ),
        empty="None is recorded.",
    )


def _function_table(functions: Sequence[FunctionFacts], day: date) -> Table:
    return Table(
        heading="Devolved functions held",
        caption=f"Functions on record on {day_text(day=day)}; others may be held",
        columns=(
            Column("Function"),
            Column("Held since"),
            Column("On record"),
            Column("Certainty"),
        ),
        rows=tuple(
            (
                Cell(text=str(DevolvedFunction(row.function).label)),
                Cell(text=day_text(day=row.starts) if row.starts else _NOT_RECORDED),
                Cell(text=row.note or "No more is recorded", note=f"Source: {row.source}"),
                Cell(text=_certainty(row.certainty)),
            )
            for row in functions
        ),
        empty="None is recorded. That does not mean that the authority holds none.",
    )


def _seat_table(seats: Sequence[SeatFacts], day: date, asked: date | None) -> Table:
    return Table(
        heading="Governance seats",
        caption=f"Seats that join authorities and boards, on record on {day_text(day=day)}",
        columns=(
            Column("Seat"),
            Column("Held by"),
            Column("With"),
            Column("Since"),
            Column("On record"),
            Column("Certainty"),
        ),
        rows=tuple(
            (
                Cell(text=str(SeatKind(row.kind).label)),
                Cell(text=row.holder),
                Cell(
                    text=row.other_name,
                    url=body_address(kind=row.other_kind, slug=row.other_slug, asked=asked),
                ),
                Cell(text=day_text(day=row.starts) if row.starts else _NOT_RECORDED),
                Cell(text=row.note or "No more is recorded", note=f"Source: {row.source}"),
                Cell(text=_certainty(row.certainty)),
            )
            for row in seats
        ),
        empty="None is recorded. That does not mean that there is none.",
    )


def _agreement_table(agreements: Sequence[AgreementFacts], day: date, asked: date | None) -> Table:
    return Table(
        heading="Agreements on record",
        caption=f"Agreements of authorities and NHS partners, on record on {day_text(day=day)}",
        columns=(
            Column("Agreement"),
            Column("With"),
            Column("Agreed on"),
            Column("On record"),
            Column("Certainty"),
        ),
        rows=tuple(
            (
                Cell(text=row.title, url=row.url),
                _partner(row, asked),
                Cell(text=day_text(day=row.starts) if row.starts else _NOT_RECORDED),
                Cell(text=row.note or "No more is recorded", note=f"Source: {row.source}"),
                Cell(text=_certainty(row.certainty)),
            )
            for row in agreements
        ),
        empty="None is recorded. That does not mean that there is none.",
    )


def _partner(row: AgreementFacts, asked: date | None) -> Cell:
    if not row.other_slug:
        return Cell(text="No single board is recorded")
    return Cell(
        text=row.other_name,
        url=body_address(kind=row.other_kind, slug=row.other_slug, asked=asked),
    )


def _timeline_table(entries: Sequence[Entry]) -> Table:
    return Table(
        heading="Timeline",
        caption="Names, codes, memberships and changes, newest first",
        columns=(Column("Day"), Column("What happened"), Column("Certainty")),
        rows=tuple(
            (
                Cell(
                    text=day_text(day=entry.on) if entry.on else _NOT_RECORDED,
                    note="To come" if entry.to_come else "",
                ),
                Cell(
                    text=entry.text,
                    note=f"Source: {'; '.join(entry.sources)}" if entry.sources else "",
                ),
                Cell(text=_certainty(entry.certainty)),
            )
            for entry in entries
        ),
        empty="Nothing is recorded.",
    )


def _certainty(certainty: str) -> str:
    return str(Certainty(certainty).label) if certainty else "Not stated"


def _last_day(ends: date | None) -> str:
    """A range ends on the first day that it no longer holds; people say the last that it did."""
    return day_text(day=ends - timedelta(days=1)) if ends else "Still in use"
