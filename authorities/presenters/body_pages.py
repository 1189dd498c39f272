"""What the page of a board, a council, a cluster or an NHS region shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from authorities.drawings import AreaDrawing
from authorities.models import BodyKind, CouncilRole
from authorities.presenters.records import BodyRecord
from authorities.presenters.tables import (
    Cell,
    Column,
    Link,
    SummaryRow,
    Table,
    address,
    body_address,
    ending,
)
from authorities.presenters.words import day_text, share_text, warning_text
from authorities.queries import (
    AuthorityLink,
    BoardFacts,
    CouncilDetails,
    GroupDetails,
    PairFacts,
    PartFacts,
)

_PEOPLE = "modelled, mid-2022"
_LISTS = {
    BodyKind.INTEGRATED_CARE_BOARD: ("Integrated care boards", "authorities:board-list"),
    BodyKind.COUNCIL: ("Councils", "authorities:council-list"),
    BodyKind.CLUSTER: ("Clusters", "authorities:cluster-list"),
    BodyKind.NHS_REGION: ("NHS regions", "authorities:nhs-region-list"),
}


@dataclass(frozen=True)
class Frame:
    """What pages of all kinds share: the day, why it is not the one asked for, map and record."""

    notice: str
    day: date
    asked: date | None
    drawing: AreaDrawing | None
    record: BodyRecord


@dataclass(frozen=True)
class BodyPage:
    """One body as on a day; `notice` says when that is not the day asked for."""

    kind: str
    list: Link
    name: str
    day: str
    notice: str
    summary: tuple[SummaryRow, ...]
    warnings: tuple[str, ...]
    tables: tuple[Table, ...]
    drawing: AreaDrawing | None
    record: BodyRecord


def board_page(*, board: BoardFacts, frame: Frame) -> BodyPage:
    """Return the page of one integrated care board."""
    rows = [
        SummaryRow("Short name", board.short_name),
        SummaryRow("ONS code", board.ons_code or "Not known"),
        SummaryRow("ODS code", board.ods_code or "Not known"),
        _group_row(
            "NHS region", board.nhs_region, BodyKind.NHS_REGION, board.nhs_region_slug, frame
        ),
        *_life(board.opened_on, board.closed_on),
    ]
    if board.cluster:
        rows.append(
            _group_row("Cluster", board.cluster.name, BodyKind.CLUSTER, board.cluster.slug, frame)
        )
    rows.append(SummaryRow("People", f"{board.population:,} ({_PEOPLE})"))
    if board.coterminosity_name:
        rows.append(SummaryRow("How its area fits", board.coterminosity_name))
    return _page(
        BodyKind.INTEGRATED_CARE_BOARD,
        board.name,
        frame,
        rows,
        tables=(
            _pair_table(
                board.pairs,
                caption="Authorities whose people the board serves",
                empty="No strategic authority covers any of the board’s area on this day.",
            ),
        ),
        warnings=tuple(warning_text(warning=warning) for warning in board.warnings),
    )


def council_page(*, council: CouncilDetails, frame: Frame) -> BodyPage:
    """Return the page of one council: which authority, and which boards by part."""
    rows = [
        SummaryRow("ONS code", council.ons_code or "Not known"),
        *_life(None, council.closed_on),
        SummaryRow("People", f"{council.population:,} ({_PEOPLE})"),
        *_on_record(council.note),
    ]
    return _page(
        BodyKind.COUNCIL,
        council.name,
        frame,
        rows,
        tables=(
            _authority_table(council.authorities, frame),
            _part_table(council.parts, frame),
        ),
    )


def group_page(*, group: GroupDetails, frame: Frame) -> BodyPage:
    """Return the page of one cluster or NHS region."""
    rows = []
    if group.kind == BodyKind.NHS_REGION:
        rows.append(SummaryRow("ONS code", group.ons_code or "Not known"))
    rows += [
        *_life(None, group.closed_on),
        SummaryRow("People", f"{group.population:,} ({_PEOPLE})"),
        *_on_record(group.note),
    ]
    members = Table(
        heading="Integrated care boards",
        caption="Boards that belong to it",
        columns=(Column("Board"), Column("Member since"), Column("People", numeric=True)),
        rows=tuple(
            (
                Cell(
                    text=member.name,
                    url=body_address(
                        kind=BodyKind.INTEGRATED_CARE_BOARD, slug=member.slug, asked=frame.asked
                    ),
                ),
                Cell(text=day_text(day=member.starts) if member.starts else "Not recorded"),
                Cell(text=f"{member.population:,}"),
            )
            for member in group.members
        ),
        empty="None is recorded on this day.",
    )
    pairs = _pair_table(
        group.pairs,
        caption="Authorities whose people its boards serve",
        empty="No strategic authority covers any of its area on this day.",
        with_board=True,
    )
    return _page(BodyKind(group.kind), group.name, frame, rows, tables=(members, pairs))


def _page(
    kind: BodyKind,
    name: str,
    frame: Frame,
    rows: Iterable[SummaryRow],
    *,
    tables: tuple[Table, ...],
    warnings: tuple[str, ...] = (),
) -> BodyPage:
    label, name_of_list = _LISTS[kind]
    return BodyPage(
        kind=str(kind.label),
        list=Link(label=label, url=f"{address(name_of_list)}{ending(asked=frame.asked)}"),
        name=name,
        day=day_text(day=frame.day),
        notice=frame.notice,
        summary=tuple(rows),
        warnings=warnings,
        tables=tables,
        drawing=frame.drawing,
        record=frame.record,
    )


def _life(opened_on: date | None, closed_on: date | None) -> list[SummaryRow]:
    rows = []
    if opened_on is not None:
        rows.append(SummaryRow("Opened", day_text(day=opened_on)))
    if closed_on is not None:
        rows.append(SummaryRow("Closed", day_text(day=closed_on)))
    return rows


def _on_record(note: str) -> list[SummaryRow]:
    return [SummaryRow("On record", note)] if note else []


def _group_row(
    key: str, name: str | None, kind: BodyKind, slug: str | None, frame: Frame
) -> SummaryRow:
    url = body_address(kind=kind, slug=slug, asked=frame.asked) if slug else ""
    links = (Link(label="Show", url=url, hidden_words=f"the {key} {name}"),) if url else ()
    return SummaryRow(key, name or "Not known", actions=links)


def _pair_table(
    pairs: Iterable[PairFacts], *, caption: str, empty: str, with_board: bool = False
) -> Table:
    board = (Column("Board"),) if with_board else ()
    return Table(
        heading="Strategic authorities",
        caption=caption,
        columns=(
            Column("Strategic authority"),
            *board,
            Column("Share of the authority’s people", numeric=True),
            Column("Share of the board’s people", numeric=True),
            Column("How the areas fit"),
        ),
        rows=tuple(_pair_row(pair, with_board) for pair in pairs),
        empty=empty,
    )


def _pair_row(pair: PairFacts, with_board: bool) -> tuple[Cell, ...]:
    note = "Planned or proposed" if pair.planned else ""
    if pair.sliver:
        note = "Too few people to be assessed as a pair"
    return (
        Cell(
            text=pair.authority_short_name,
            url="" if pair.sliver else address("engagement:pair", *pair.key.split("/")),
            note=note,
        ),
        *((Cell(text=pair.board_short_name),) if with_board else ()),
        Cell(text=share_text(share=pair.share_of_authority)),
        Cell(text=share_text(share=pair.share_of_board)),
        Cell(text=pair.coterminosity_name or "Not classed"),
    )


def _authority_table(authorities: Iterable[AuthorityLink], frame: Frame) -> Table:
    return Table(
        heading="Strategic authority",
        caption="Authorities that the council is a member of",
        columns=(Column("Authority"), Column("How it belongs"), Column("Member since")),
        rows=tuple(
            (
                Cell(
                    text=link.name,
                    url=body_address(
                        kind=BodyKind.STRATEGIC_AUTHORITY, slug=link.slug, asked=frame.asked
                    ),
                    note="Planned or proposed" if link.planned else "",
                ),
                Cell(text=str(CouncilRole(link.role).label)),
                Cell(text=_since(link)),
            )
            for link in authorities
        ),
        empty="None is recorded on this day.",
    )


def _part_cell(part: PartFacts) -> Cell:
    if part.share == 1:
        return Cell(text="The whole council", note=part.key)
    return Cell(text=f"Part {part.key.rpartition(':')[2]}", note=part.key)


def _since(link: AuthorityLink) -> str:
    if link.planned:
        return "Not yet"
    return day_text(day=link.starts) if link.starts else "Not recorded"


def _part_table(parts: Iterable[PartFacts], frame: Frame) -> Table:
    return Table(
        heading="Integrated care boards",
        caption="Boards that serve the council’s people, part by part",
        columns=(
            Column("Board"),
            Column("Part of the council"),
            Column("People", numeric=True),
            Column("Share of the council’s people", numeric=True),
        ),
        rows=tuple(
            (
                Cell(
                    text=part.board_name or "None",
                    url=body_address(
                        kind=BodyKind.INTEGRATED_CARE_BOARD, slug=part.board_slug, asked=frame.asked
                    )
                    if part.board_slug
                    else "",
                ),
                _part_cell(part),
                Cell(text=f"{part.population:,}"),
                Cell(text=share_text(share=part.share)),
            )
            for part in parts
        ),
        empty="None is recorded on this day. Boards began on 1 July 2022.",
    )
