"""What the lists of councils, clusters and NHS regions show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from authorities.models import BodyKind
from authorities.presenters.tables import Cell, Column, body_address, ending
from authorities.presenters.words import day_text
from authorities.queries import CouncilDetails, GroupDetails


@dataclass(frozen=True)
class BodyDirectory:
    """A list of bodies of one kind as on a day, or one page of it."""

    title: str
    lede: str
    day: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str
    note: str
    ending: str
    page: int = 1
    pages: int = 1
    page_url: str = ""


@dataclass(frozen=True)
class _GroupWords:
    """How a list of groups of one kind speaks."""

    title: str
    lede: str
    several: str
    empty: str


_GROUPS = {
    BodyKind.CLUSTER: _GroupWords(
        title="Clusters of integrated care boards",
        lede="Boards in a cluster share their leaders and are still separate bodies in law.",
        several="clusters",
        empty="No cluster is on record for this day.",
    ),
    BodyKind.NHS_REGION: _GroupWords(
        title="NHS regions",
        lede="The regions in which NHS England oversees integrated care boards.",
        several="NHS regions",
        empty="No NHS region is on record for this day.",
    ),
}
_PEOPLE = "People are modelled for mid-2022."


def council_directory_page(
    *,
    councils: Sequence[CouncilDetails],
    total: int,
    page: int,
    pages: int,
    as_at: date,
    asked: date | None,
) -> BodyDirectory:
    """Return one page of the list of councils; a day asked for goes on in its links."""
    which = f", page {page} of {pages}" if pages > 1 else ""
    query = f"{ending(asked=asked)}&" if asked else "?"
    return BodyDirectory(
        title="Councils",
        lede="The county, unitary, metropolitan and London councils of England: those with public "
        "health duties. Strategic authorities are made of them, and boards serve their people.",
        day=day_text(day=as_at),
        caption=f"{total} councils on {day_text(day=as_at)}{which}",
        columns=(
            Column("Council"),
            Column("ONS code"),
            Column("Strategic authority"),
            Column("Integrated care boards"),
            Column("People", numeric=True),
        ),
        rows=tuple(_council_row(council, asked) for council in councils),
        empty="No council is on record for this day.",
        note=_PEOPLE,
        ending=ending(asked=asked),
        page=page,
        pages=pages,
        page_url=f"{query}page=",
    )


def group_directory_page(
    *, groups: Sequence[GroupDetails], kind: BodyKind, as_at: date, asked: date | None
) -> BodyDirectory:
    """Return the list of clusters or NHS regions; a day asked for goes on in its links."""
    words = _GROUPS[kind]
    return BodyDirectory(
        title=words.title,
        lede=words.lede,
        day=day_text(day=as_at),
        caption=f"{len(groups)} {words.several} on {day_text(day=as_at)}",
        columns=(
            Column("Name"),
            Column("Integrated care boards"),
            Column("People", numeric=True),
        ),
        rows=tuple(
            (
                Cell(text=group.name, url=body_address(kind=kind, slug=group.slug, asked=asked)),
                Cell(text="; ".join(member.name for member in group.members) or "None"),
                Cell(text=f"{group.population:,}"),
            )
            for group in groups
        ),
        empty=words.empty,
        note=_PEOPLE,
        ending=ending(asked=asked),
    )


def _council_row(council: CouncilDetails, asked: date | None) -> tuple[Cell, ...]:
    boards = dict.fromkeys(part.board_name for part in council.parts if part.board_name)
    planned = any(link.planned for link in council.authorities)
    return (
        Cell(
            text=council.name,
            url=body_address(kind=BodyKind.COUNCIL, slug=council.slug, asked=asked),
        ),
        Cell(text=council.ons_code or "Not known"),
        Cell(
            text="; ".join(link.name for link in council.authorities) or "None",
            note="Planned or proposed" if planned else "",
        ),
        Cell(text="; ".join(boards) or "None"),
        Cell(text=f"{council.population:,}"),
    )
