"""What the pages of the register show, one frozen object a page.

The site's table and summary components read these attributes; they live in a higher app, so the
objects are this app's own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import NoReverseMatch, reverse

from authorities.models import BodyKind
from authorities.presenters.words import day_text
from authorities.queries import AuthorityFacts, BoardFacts
from authorities.queries.thresholds import threshold_of_day


@dataclass(frozen=True)
class Column:
    """The head of a table's column."""

    label: str
    numeric: bool = False


@dataclass(frozen=True)
class Cell:
    """One cell: a text, perhaps a link, with a smaller line under it."""

    text: str
    url: str = ""
    note: str = ""


@dataclass(frozen=True)
class Link:
    """A link; the hidden words make its purpose plain out of context."""

    label: str
    url: str
    hidden_words: str = ""


@dataclass(frozen=True)
class SummaryRow:
    """What is known of one thing."""

    key: str
    value: str
    actions: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Table:
    """A table under a heading of its own; `empty` is said where there is no row."""

    heading: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str


@dataclass(frozen=True)
class Directory:
    """A list of bodies as on a day; `ending` carries a day that was asked for into links.

    sliver_threshold: the part of an authority's people below which a board is left out.
    """

    day: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    ending: str = ""
    sliver_threshold: str = ""


# Slugs of two kinds may be the same, so the kind is in the address.
_PAGES: dict[str, str] = {
    BodyKind.STRATEGIC_AUTHORITY: "outcomes:authority",
    BodyKind.INTEGRATED_CARE_BOARD: "authorities:board",
    BodyKind.COUNCIL: "authorities:council",
    BodyKind.CLUSTER: "authorities:cluster",
    BodyKind.NHS_REGION: "authorities:nhs-region",
}


def ending(*, asked: date | None) -> str:
    """Return what carries the day that was asked for into an address; nothing for today."""
    return f"?as_at={asked.isoformat()}" if asked else ""


def authority_directory_page(
    *, authorities: Sequence[AuthorityFacts], as_at: date, asked: date | None
) -> Directory:
    """Return the list of strategic authorities; a day asked for goes on in its links."""
    return Directory(
        day=day_text(day=as_at),
        ending=ending(asked=asked),
        sliver_threshold=f"{100 * threshold_of_day(day=as_at):g}%",
        caption=f"{len(authorities)} strategic authorities on {day_text(day=as_at)}",
        columns=(
            Column("Authority"),
            Column("Tier"),
            Column("Type"),
            Column("Integrated care boards"),
            Column("People", numeric=True),
        ),
        rows=tuple(
            (
                Cell(
                    text=authority.short_name,
                    url=body_address(
                        kind=BodyKind.STRATEGIC_AUTHORITY, slug=authority.slug, asked=asked
                    ),
                    note=_beginning(authority, as_at),
                ),
                Cell(text=authority.tier_name or "Not known"),
                Cell(text=authority.type_name or "Not known"),
                Cell(
                    text=", ".join(p.board_short_name for p in authority.pairs if not p.sliver)
                    or "None"
                ),
                Cell(text=f"{authority.population:,}"),
            )
            for authority in authorities
        ),
    )


def board_directory_page(
    *, boards: Sequence[BoardFacts], as_at: date, asked: date | None
) -> Directory:
    """Return the list of integrated care boards; a day asked for goes on in its links."""
    return Directory(
        day=day_text(day=as_at),
        ending=ending(asked=asked),
        caption=f"{len(boards)} integrated care boards on {day_text(day=as_at)}",
        columns=(
            Column("Board"),
            Column("NHS region"),
            Column("Strategic authorities"),
            Column("Cluster"),
            Column("People", numeric=True),
        ),
        rows=tuple(
            (
                Cell(
                    text=board.short_name,
                    url=body_address(
                        kind=BodyKind.INTEGRATED_CARE_BOARD, slug=board.slug, asked=asked
                    ),
                ),
                Cell(text=board.nhs_region or "Not known"),
                Cell(
                    text=", ".join(p.authority_short_name for p in board.pairs if not p.sliver)
                    or "None"
                ),
                Cell(text=board.cluster.name if board.cluster else "None"),
                Cell(text=f"{board.population:,}"),
            )
            for board in boards
        ),
    )


def body_address(*, kind: str, slug: str, asked: date | None = None) -> str:
    """Return the address of a body's page; nothing for a kind that has none."""
    found = address(_PAGES[kind], slug) if kind in _PAGES else ""
    return f"{found}{ending(asked=asked)}" if found else ""


def address(name: str, *parts: str) -> str:
    """Return the address of a page, or nothing where the site has no such page."""
    try:
        return reverse(name, args=parts)
    except NoReverseMatch:
        return ""


def _beginning(authority: AuthorityFacts, as_at: date) -> str:
    if authority.planned:
        return "Planned or proposed"
    election = authority.first_mayoral_election
    if election is not None and election > as_at:
        return f"First mayoral election {day_text(day=election)}"
    return ""
