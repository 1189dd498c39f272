"""What the national page shows: the read model's rows, filtered and put in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.urls import reverse

from duty.ui.looks import MatrixWords
from engagement import picture, words
from engagement.models import NationalPicture
from engagement.picture import Filters, PictureRow
from engagement.presenters.matrix_words import words_of_picture
from engagement.presenters.national_movement import MovementFacts, PairLink, movement_of
from engagement.queries.national import ShownRound
from engagement.rubric_file import SupportAim

# A job draws the picture every night; older than this, something is wrong.
STALE_AFTER = timedelta(hours=26)


@dataclass(frozen=True)
class GroupCount:
    """How many of how many pairs are in a group; no code is 'not assessed'."""

    code: str | None
    name: str
    note: str
    count: int
    of: int


@dataclass(frozen=True)
class MatrixCell:
    """A cell with its pairs; look is the ending of its group's pattern."""

    group: str
    look: str
    group_name: str
    position: str
    note: str
    count: int
    of: int
    pairs: tuple[PairLink, ...]


@dataclass(frozen=True)
class MatrixRow:
    """The cells of one authority level, ICB high to low."""

    heading: str
    cells: tuple[MatrixCell, ...]


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
    movement: MovementFacts | None
    rows: tuple[TableRow, ...]
    by_pair: Mapping[str, PictureRow]
    links: Mapping[str, PairLink]
    planned: tuple[str, ...]
    slivers: tuple[tuple[str, float], ...]
    several_boards: tuple[str, int] | None
    csv_url: str
    svg_url: str
    api_query: str


def rows_of(*, stored: NationalPicture) -> tuple[PictureRow, ...]:
    """Return the rows of a stored picture."""
    return tuple(picture.row_from_json(stored=row) for row in stored.content["rows"])


def present(
    *,
    shown: ShownRound,
    stored: NationalPicture,
    filters: Filters,
    in_address: bool,
    now: datetime,
) -> Picture:
    """Return the page's facts.

    `in_address` says whether links must name the round, since it is not the one shown by default.
    """
    content = stored.content
    said = words_of_picture(content=content)
    every_row = rows_of(stored=stored)
    groups = [
        picture.PictureGroup(
            code=group["code"],
            name=group["name"],
            offer=group["offer"],
            aimed_at=group["aimed_at"],
            note=group.get("note", ""),
        )
        for group in content["groups"]
    ]
    cell_groups = {
        (cell["authority_level"], cell["board_level"]): cell["group"] for cell in content["cells"]
    }
    drawn = picture.draw_picture(
        rows=[row for row in every_row if filters.keep(row)],
        groups=groups,
        cell_groups=cell_groups,
    )
    round_query = {"round": shown.round.slug} if in_address else {}
    links = {row.pair: _link(row=row, query=round_query) for row in every_row}
    names = {group.code: group.name for group in groups}
    publication = content["publication"]
    query = urlencode({**round_query, **_asked(filters)})
    return Picture(
        round_name=shown.round.name,
        round_slug=shown.round.slug,
        working=shown.working,
        published_at=datetime.fromisoformat(publication["published_at"]) if publication else None,
        revision=publication["number"] if publication else None,
        geography_date=shown.round.geography_date,
        computed_at=stored.computed_at,
        stale=now - stored.computed_at > STALE_AFTER,
        bases=tuple(sorted({words.BASES[row.basis] for row in drawn.rows if row.group})),
        rubric_versions=tuple(content["rubric_versions"]),
        group_map_version=content["group_map_version"],
        total=len(every_row),
        shown=len(drawn.rows),
        filtered=filters.active,
        chips=_chips(filters=filters, rows=every_row, names=names, said=said),
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
        matrix=_matrix(drawn=drawn, groups=groups, said=said, links=links),
        not_assessed=tuple(
            (links[row.pair], " and ".join(row.not_assessed)) for row in drawn.not_assessed
        ),
        movement=movement_of(drawn=drawn, links=links, cell_groups=cell_groups, said=said),
        rows=_table_rows(rows=drawn.rows, links=links),
        by_pair={row.pair: row for row in drawn.rows},
        links=links,
        planned=tuple(content["planned"]),
        slivers=tuple(
            (picture.pair_name(authority=authority, board=board), share)
            for authority, board, share in content["slivers"]
        ),
        several_boards=_several_boards(every_row),
        csv_url=_with_query(reverse("engagement:national-placements"), query),
        svg_url=_with_query(reverse("engagement:national-map"), query),
        api_query=urlencode({"round": shown.round.slug}),
    )


def _with_query(url: str, query: str) -> str:
    return f"{url}?{query}" if query else url


def _asked(filters: Filters) -> dict[str, str]:
    return {name: value for name, value in vars(filters).items() if value}


def _link(*, row: PictureRow, query: Mapping[str, str]) -> PairLink:
    url = reverse("engagement:pair", args=[row.authority_slug, row.board_slug])
    return PairLink(name=row.name, url=_with_query(url, urlencode(query)))


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
        f"NHS region: {regions[filters.region]}" if filters.region else "All NHS regions",
        f"Fit: {words.FITS[filters.fit]}" if filters.fit else "Any fit",
        warnings.get(filters.warnings, "With or without warnings"),
        f"Group: {groups[filters.group]}" if filters.group else "All groups",
    )


def _matrix(
    *,
    drawn: picture.Picture,
    groups: Sequence[picture.PictureGroup],
    said: MatrixWords,
    links: Mapping[str, PairLink],
) -> tuple[MatrixRow, ...]:
    aims = {group.code: group.aimed_at for group in groups}
    return tuple(
        MatrixRow(
            heading=f"Authority {words.level(level.value, said=said).lower()}",
            cells=tuple(
                _matrix_cell(
                    cell=drawn.cell(level.value, board.value),
                    aims=aims,
                    said=said,
                    links=links,
                    of=drawn.assessed,
                )
                for board in picture.LEVELS
            ),
        )
        for level in picture.LEVELS
    )


def _matrix_cell(
    *,
    cell: picture.PictureCell,
    aims: Mapping[str, str],
    said: MatrixWords,
    links: Mapping[str, PairLink],
    of: int,
) -> MatrixCell:
    less = {row.less_engaged for row in cell.rows}
    starts = aims[cell.group] == SupportAim.LESS_ENGAGED_SIDE and len(less) == 1
    group = said.group(cell.group)
    return MatrixCell(
        group=cell.group,
        look=group.look,
        group_name=group.name,
        position=words.position(
            authority_level=cell.authority_level, board_level=cell.board_level, said=said
        ),
        note=_starts_with(less.pop()) if starts else "",
        count=len(cell.rows),
        of=of,
        pairs=tuple(links[row.pair] for row in cell.rows),
    )


def _starts_with(side: str | None) -> str:
    return {"sa": "Offer starts with the authority", "icb": "Offer starts with the ICB"}.get(
        side or "", ""
    )


def _table_rows(
    *, rows: Sequence[PictureRow], links: Mapping[str, PairLink]
) -> tuple[TableRow, ...]:
    seen: set[str] = set()
    found = []
    for row in rows:
        first = row.authority_slug not in seen
        seen.add(row.authority_slug)
        found.append(
            TableRow(
                anchor=f"authority-{row.authority_slug}" if first else "",
                pair=links[row.pair],
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
