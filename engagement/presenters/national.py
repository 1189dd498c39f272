"""What the national page shows: the read model's rows, filtered and put in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from duty.ui.looks import MatrixWords
from engagement import picture, words
from engagement.picture import Filters, PictureGroup, PictureRow
from engagement.presenters.matrix_words import words_of_picture
from engagement.presenters.national_links import NationalLinks, PairLink
from engagement.presenters.national_matrix import MOST_NAMES, MatrixRow, matrix
from engagement.presenters.national_movement import MovementFacts, movement_of
from engagement.queries.national import ShownRound

# A job draws the picture every night; older than this, something is wrong.
STALE_AFTER = timedelta(hours=26)
ROWS_A_PAGE = 100


@dataclass(frozen=True)
class GroupCount:
    """How many of how many pairs are in a group; no code is 'not assessed'."""

    code: str | None
    name: str
    note: str
    count: int
    of: int


@dataclass(frozen=True)
class TableRow:
    """One pair in the table of all pairs; the first of an authority has an anchor."""

    anchor: str
    pair: PairLink
    authority_level: str | None
    board_level: str | None
    group: str | None
    movement: str
    share_of_authority: float
    share_of_board: float
    fit: str
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class Picture:
    """All facts of the page."""

    round_name: str
    round_slug: str
    working: bool
    published_at: datetime | None
    revision: int | None
    geography_date: date
    computed_at: datetime
    stale: bool
    bases: tuple[str, ...]
    moderated: bool
    own_views: bool
    rubric_versions: tuple[int, ...]
    group_map_version: int
    total: int
    shown: int
    filtered: bool
    chips: tuple[str, ...]
    groups: tuple[GroupCount, ...]
    not_assessed_group: GroupCount
    words: MatrixWords
    column_words: tuple[str, ...]
    matrix: tuple[MatrixRow, ...]
    not_assessed: tuple[tuple[PairLink, str], ...]
    not_assessed_more: int
    not_assessed_url: str
    movement: MovementFacts | None
    rows: tuple[TableRow, ...]
    page: int
    pages: int
    page_url: str
    by_pair: Mapping[str, PictureRow]
    links: NationalLinks
    planned: tuple[str, ...]
    slivers: tuple[tuple[str, float], ...]
    several_boards: tuple[str, int] | None
    all_url: str
    seen_on: date | None
    now_url: str
    csv_url: str
    svg_url: str
    api_query: str


def rows_of(*, content: Mapping[str, Any]) -> tuple[PictureRow, ...]:
    """Return the rows of a stored picture's content."""
    return tuple(picture.row_from_json(stored=row) for row in content["rows"])


@dataclass(frozen=True)
class Asked:
    """What the address asks for.

    rows: of the picture, with their movement as it is asked for.
    in_address: links must name the round, since it is not the one shown by default.
    others: what else stands in the address and stays in links.
    since: the round that movement is measured against, where one was chosen.
    page: of the list.
    """

    rows: tuple[PictureRow, ...]
    filters: Filters
    in_address: bool
    others: Mapping[str, str] = field(default_factory=dict)
    since: str = ""
    page: int = 1


def present(*, shown: ShownRound, content: Mapping[str, Any], asked: Asked, stale: bool) -> Picture:
    """Return the page's facts.

    Args:
        shown: the round with its picture.
        content: of the picture.
        asked: what the address asks for.
        stale: the picture is older than it should be.
    """
    assert shown.picture is not None  # noqa: S101 - content is its
    filters = asked.filters
    said = words_of_picture(content=content)
    groups = groups_of(content=content)
    cell_groups = {
        (cell["authority_level"], cell["board_level"]): cell["group"] for cell in content["cells"]
    }
    drawn = picture.draw_picture(
        rows=[row for row in asked.rows if filters.keep(row)],
        groups=groups,
        cell_groups=cell_groups,
    )
    links = NationalLinks(
        round={"round": shown.round.slug} if asked.in_address else {},
        filters=filters,
        others=asked.others,
    )
    names = {group.code: group.name for group in groups}
    publication = content["publication"]
    bases = {row.basis for row in drawn.rows if row.group}
    pages = max(-(-len(drawn.rows) // ROWS_A_PAGE), 1)
    page = min(max(asked.page, 1), pages)
    not_assessed = drawn.not_assessed[:MOST_NAMES]
    return Picture(
        round_name=shown.round.name,
        round_slug=shown.round.slug,
        working=shown.working,
        published_at=datetime.fromisoformat(publication["published_at"]) if publication else None,
        revision=publication["number"] if publication else None,
        geography_date=shown.round.geography_date,
        computed_at=shown.picture.computed_at,
        stale=stale,
        bases=tuple(sorted(words.BASES[basis] for basis in bases)),
        moderated="moderated" in bases,
        own_views="own_views" in bases,
        rubric_versions=tuple(content["rubric_versions"]),
        group_map_version=content["group_map_version"],
        total=len(asked.rows),
        shown=len(drawn.rows),
        filtered=filters.active,
        chips=_chips(filters=filters, rows=asked.rows, names=names, said=said),
        groups=tuple(
            GroupCount(
                code=group.code,
                name=group.name,
                note=group.note,
                count=drawn.in_group[group.code],
                of=drawn.assessed,
            )
            for group in groups
        ),
        not_assessed_group=GroupCount(
            code=None,
            name=said.not_assessed,
            note=f"A level is missing; this is not “{words.level('low', said=said).lower()}”",
            count=len(drawn.not_assessed),
            of=len(drawn.rows),
        ),
        words=said,
        column_words=tuple(
            f"ICB {words.level(level.value, said=said).lower()}" for level in picture.LEVELS
        ),
        matrix=matrix(drawn=drawn, groups=groups, said=said, links=links),
        not_assessed=tuple(
            (links.pair(row=row), " and ".join(row.not_assessed)) for row in not_assessed
        ),
        not_assessed_more=len(drawn.not_assessed) - len(not_assessed),
        not_assessed_url=links.list_of(only=Filters(group="not-assessed")),
        movement=movement_of(
            drawn=drawn, links=links, cell_groups=cell_groups, said=said, since=asked.since
        ),
        rows=_table_rows(
            rows=drawn.rows[(page - 1) * ROWS_A_PAGE : page * ROWS_A_PAGE], links=links
        ),
        page=page,
        pages=pages,
        page_url=links.page(),
        by_pair={row.pair: row for row in drawn.rows},
        links=links,
        planned=tuple(content["planned"]),
        slivers=tuple(
            (picture.pair_name(authority=authority, board=board), share)
            for authority, board, share in content["slivers"]
        ),
        several_boards=_several_boards(asked.rows),
        all_url=links.without_filters(),
        seen_on=date.fromisoformat(asked.others["as_at"]) if "as_at" in asked.others else None,
        now_url=links.now(),
        csv_url=links.file(name="national-placements"),
        svg_url=links.file(name="national-map"),
        api_query=urlencode({"round": shown.round.slug}),
    )


def groups_of(*, content: Mapping[str, Any]) -> list[PictureGroup]:
    """Return the support groups of a stored picture's content, in their order."""
    return [
        PictureGroup(
            code=group["code"],
            name=group["name"],
            offer=group["offer"],
            aimed_at=group["aimed_at"],
            note=group.get("note", ""),
        )
        for group in content["groups"]
    ]


def _chips(
    *,
    filters: Filters,
    rows: Sequence[PictureRow],
    names: Mapping[str, str],
    said: MatrixWords,
) -> tuple[str, ...]:
    regions = {row.nhs_region_slug: row.nhs_region_name for row in rows}
    groups = {**names, "not-assessed": said.not_assessed}
    warnings = {"with": "With warnings", "without": "Without warnings"}
    return (
        f"Tier: {words.TIERS[filters.tier]}" if filters.tier else "All tiers",
        f"Type: {words.TYPES[filters.type]}" if filters.type else "All types",
        f"NHS region: {regions[filters.region]}" if filters.region else "All NHS regions",
        f"Fit: {words.FITS[filters.fit]}" if filters.fit else "Any fit",
        warnings.get(filters.warnings, "With or without warnings"),
        f"Group: {groups[filters.group]}" if filters.group else "All groups",
        *_chips_of_a_list(filters, said),
    )


def _chips_of_a_list(filters: Filters, said: MatrixWords) -> Iterator[str]:
    """Say what only links of the page ask for."""
    if filters.cell:
        authority_level, board_level = filters.cell.split("-")
        yield words.position(authority_level=authority_level, board_level=board_level, said=said)
    if filters.movement:
        yield f"Movement: {words.MOVEMENTS[filters.movement]}"


def _table_rows(*, rows: Sequence[PictureRow], links: NationalLinks) -> tuple[TableRow, ...]:
    seen: set[str] = set()
    found = []
    for row in rows:
        first = row.authority_slug not in seen
        seen.add(row.authority_slug)
        found.append(
            TableRow(
                anchor=f"authority-{row.authority_slug}" if first else "",
                pair=links.pair(row=row),
                authority_level=row.authority_level,
                board_level=row.board_level,
                group=row.group,
                movement=words.MOVEMENTS[row.movement],
                share_of_authority=row.share_of_authority,
                share_of_board=row.share_of_board,
                fit=words.FITS[row.coterminosity],
                warnings=tuple(words.warning(of=each) for each in row.warnings),
            )
        )
    return tuple(found)


def _several_boards(rows: Sequence[PictureRow]) -> tuple[str, int] | None:
    """Return the authority that counts most often, since counts are of pairs; None if none does."""
    pairs: dict[str, int] = {}
    for row in rows:
        pairs[row.authority_name] = pairs.get(row.authority_name, 0) + 1
    most = max(pairs.values(), default=0)
    if most < 2:
        return None
    return min(name for name, count in pairs.items() if count == most), most
