"""What the page 'Who serves whom' shows: map, tiles, pairs, gaps and classes of one day."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.conf import settings

from authorities.drawings import BoundariesUsed, NationalDrawing
from authorities.presenters.drawn_map import (
    DrawnMap,
    DrawnTiles,
    PairPaint,
    paint_map,
    paint_tiles,
)
from authorities.presenters.fits import (
    FITS,
    PLANNED,
    SLIVER,
    Fit,
    fit_of,
    fit_text,
    pair_name,
    planned_text,
    shares_text,
)
from authorities.presenters.tables import Cell, Column, address
from authorities.presenters.words import day_text, share_text, warning_text
from authorities.queries import AuthorityFacts, BoardFacts, BoardGap, DayGeography, PairFacts
from authorities.queries.thresholds import threshold_of_day

# The key under the map's file, in the map's units.
_KEY_MARGIN, _KEY_LINE = 60, 90


@dataclass(frozen=True)
class FitCount:
    """How many of how many pairs are of a class."""

    fit: Fit
    count: int
    of: int
    unit: str


@dataclass(frozen=True)
class PairRow:
    """One pair in the table; the first of an authority has an anchor."""

    anchor: str
    name: str
    url: str
    pattern: str
    fit: str
    share_of_authority: str
    share_of_board: str
    people: str
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table with its caption."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class KeyRow:
    """A line of the key in the map's file, and where it stands."""

    x: int
    y: int
    pattern: str
    text: str

    @property
    def text_x(self) -> int:
        """Where the words begin."""
        return self.x + 130

    @property
    def text_y(self) -> int:
        """Their base line."""
        return self.y + 52


@dataclass(frozen=True)
class MapFile:
    """The map as a file of its own, with its key; the view box is `0 0 map.width height`."""

    day: str
    map: DrawnMap
    height: int
    key: tuple[KeyRow, ...]
    licence: str


@dataclass(frozen=True)
class GeographyPage:
    """All facts of the page."""

    day: str
    notice: str
    changed: str
    counts: tuple[FitCount, ...]
    map: DrawnMap | None
    tiles: DrawnTiles | None
    boundaries: BoundariesUsed | None
    pairs: tuple[PairRow, ...]
    pair_caption: str
    slivers: tuple[PairRow, ...]
    gaps: Table
    gap_line: str
    authorities: Table
    boards: Table
    sliver_threshold: str
    whole_share: str
    csv_url: str
    svg_url: str
    warnings_url: str


def geography_page(
    *,
    geography: DayGeography,
    drawing: NationalDrawing | None,
    today: date,
    may_read_warnings: bool,
) -> GeographyPage:
    """Return the facts of the page; without boundaries there is no map, and the tables remain."""
    query = urlencode({"as_at": geography.as_at.isoformat()})
    day = day_text(day=geography.as_at)
    real = [pair for pair in geography.pairs if not pair.sliver]
    return GeographyPage(
        day=day,
        notice=_notice(geography, today),
        changed=day_text(day=geography.changed_at.date()) if geography.changed_at else "",
        counts=_counts(geography.pairs),
        map=drawn_map(geography=geography, drawing=drawing),
        tiles=_tiles(geography, drawing),
        boundaries=drawing.boundaries if drawing and real else None,
        pairs=_pair_rows(real),
        pair_caption=_pair_caption(real, day),
        slivers=_pair_rows([pair for pair in geography.pairs if pair.sliver]),
        gaps=_gap_table(geography.gaps, query),
        gap_line=_gap_line(geography),
        authorities=_authority_table(geography.authorities, day),
        boards=_board_table(geography.boards, day, query),
        sliver_threshold=_percent(threshold_of_day(day=geography.as_at)),
        whole_share=_percent(settings.COTERMINOSITY_WHOLE_SHARE),
        csv_url=f"{address('authorities:geography-csv')}?{query}",
        svg_url=f"{address('authorities:geography-map')}?{query}",
        warnings_url=f"{address('authorities:geography-warnings')}?{query}"
        if may_read_warnings
        else "",
    )


def drawn_map(*, geography: DayGeography, drawing: NationalDrawing | None) -> DrawnMap | None:
    """Return the map in the patterns of the classes; None where there is nothing to draw."""
    paints = _paints(geography)
    if drawing is None or not paints:
        return None
    return paint_map(
        drawing=drawing.map,
        paints=paints,
        approximate=drawing.boundaries.approximate,
        source=drawing.boundaries.source,
    )


def map_file(*, geography: DayGeography, drawing: NationalDrawing | None) -> MapFile | None:
    """Return the map with its key under it; None where there is nothing to draw."""
    drawn = drawn_map(geography=geography, drawing=drawing)
    if drawn is None or drawing is None:
        return None
    counts = _counts(geography.pairs)
    rows = tuple(
        KeyRow(
            x=_KEY_MARGIN + (drawn.width // 2) * (number % 2),
            y=drawn.height + _KEY_MARGIN + _KEY_LINE * (number // 2),
            pattern=count.fit.pattern,
            text=f"{count.fit.name}: {count.count} of {count.of}",
        )
        for number, count in enumerate(counts)
    )
    return MapFile(
        day=day_text(day=geography.as_at),
        map=drawn,
        height=drawn.height + 2 * _KEY_MARGIN + _KEY_LINE * ((len(rows) + 1) // 2),
        key=rows,
        licence=drawing.boundaries.licence,
    )


def _tiles(geography: DayGeography, drawing: NationalDrawing | None) -> DrawnTiles | None:
    paints = _paints(geography)
    if drawing is None or not paints:
        return None
    return paint_tiles(drawing=drawing.tiles, paints=paints)


def _paints(geography: DayGeography) -> dict[str, PairPaint]:
    return {pair.key: _paint(pair) for pair in geography.pairs if not pair.sliver}


def _paint(pair: PairFacts) -> PairPaint:
    said = f"{pair_name(pair=pair)}: {fit_text(pair=pair)}. {shares_text(pair=pair)}"
    warnings = " ".join(warning_text(warning=each) for each in pair.warnings)
    strip = (
        f"{share_text(share=pair.share_of_authority)} of people with {pair.board_short_name}, "
        f"{fit_text(pair=pair)}"
    )
    return PairPaint(
        fill=fit_of(pair=pair).pattern,
        url=address("engagement:pair", pair.authority_slug, pair.board_slug),
        label=f"{said}. Warning: {warnings}" if warnings else said,
        authority=pair.authority_short_name,
        strip=f"{strip}, with a warning" if warnings else strip,
        warned=bool(warnings),
    )


def _notice(geography: DayGeography, today: date) -> str:
    first = geography.first_day
    if first is None:
        return "There is no register yet, so nothing can be shown."
    if geography.as_at < first:
        return (
            f"The register of integrated care boards begins on {day_text(day=first)}. "
            "On the day that you chose there were none, so there are no pairs."
        )
    if geography.as_at > today:
        return (
            "This day lies ahead. The page shows what the register knows of it now; changes that "
            "are not yet applied to the register are not in it."
        )
    return ""


def _counts(pairs: tuple[PairFacts, ...]) -> tuple[FitCount, ...]:
    found = Counter(fit_of(pair=pair).code for pair in pairs)
    existing = sum(found[fit.code] for fit in FITS)
    return (
        *(
            FitCount(fit=fit, count=found[fit.code], of=existing, unit="existing pairs")
            for fit in FITS
        ),
        FitCount(fit=PLANNED, count=found[PLANNED.code], of=len(pairs), unit="overlaps"),
        FitCount(fit=SLIVER, count=found[SLIVER.code], of=len(pairs), unit="overlaps"),
    )


def _pair_caption(pairs: list[PairFacts], day: str) -> str:
    planned = sum(pair.planned for pair in pairs)
    existing = len(pairs) - planned
    more = f" and {planned} of planned authorities" if planned else ""
    return f"{existing} pairs of existing authorities{more} on {day}, by authority"


def _pair_rows(pairs: list[PairFacts]) -> tuple[PairRow, ...]:
    seen: set[str] = set()
    rows = []
    for pair in pairs:
        first = pair.authority_slug not in seen and not pair.sliver
        seen.add(pair.authority_slug)
        rows.append(
            PairRow(
                anchor=f"authority-{pair.authority_slug}" if first else "",
                name=pair_name(pair=pair),
                url=""
                if pair.sliver
                else address("engagement:pair", pair.authority_slug, pair.board_slug),
                pattern=fit_of(pair=pair).pattern,
                fit=fit_text(pair=pair),
                share_of_authority=share_text(share=pair.share_of_authority),
                share_of_board=share_text(share=pair.share_of_board),
                people=f"{pair.population:,}",
                warnings=tuple(warning_text(warning=each) for each in pair.warnings),
            )
        )
    return tuple(rows)


def _gap_table(gaps: tuple[BoardGap, ...], query: str) -> Table:
    return Table(
        caption="ICB areas without a strategic authority",
        columns=(
            Column("Integrated care board"),
            Column("People without an authority", numeric=True),
            Column("Share of the ICB’s people", numeric=True),
            Column("Of these, in a planned authority", numeric=True),
        ),
        rows=tuple(
            (
                Cell(text=gap.board.short_name, url=_board_url(gap.board, query)),
                Cell(text=f"{gap.population:,}"),
                Cell(text=share_text(share=gap.share)),
                Cell(text=f"{gap.planned:,}" if gap.planned else "None"),
            )
            for gap in gaps
        ),
    )


def _gap_line(geography: DayGeography) -> str:
    people = sum(gap.population for gap in geography.gaps)
    whole = sum(gap.share == 1 for gap in geography.gaps)
    if not people:
        return ""
    return (
        f"{people:,} people, {share_text(share=people / geography.population)} of England’s, live "
        f"where there is no strategic authority: in the areas of {len(geography.gaps)} of "
        f"{len(geography.boards)} ICBs, of which {whole} have no authority at all."
    )


def _authority_table(authorities: tuple[AuthorityFacts, ...], day: str) -> Table:
    return Table(
        caption=f"How each of {len(authorities)} authorities fits, {day}",
        columns=(Column("Strategic authority"), Column("Fit"), Column("ICBs", numeric=True)),
        rows=tuple(
            (
                Cell(
                    text=one.short_name,
                    url=address("outcomes:authority", one.slug),
                ),
                Cell(text=_body_fit(one.coterminosity_name, "No ICB", planned=one.planned)),
                Cell(text=str(sum(not pair.sliver for pair in one.pairs))),
            )
            for one in authorities
        ),
    )


def _board_table(boards: tuple[BoardFacts, ...], day: str, query: str) -> Table:
    return Table(
        caption=f"How each of {len(boards)} ICBs fits, {day}",
        columns=(
            Column("Integrated care board"),
            Column("Fit"),
            Column("Authorities", numeric=True),
        ),
        rows=tuple(
            (
                Cell(
                    text=one.short_name,
                    url=_board_url(one, query),
                    note=f"Cluster: {one.cluster.name}" if one.cluster else "",
                ),
                Cell(
                    text=_body_fit(
                        one.coterminosity_name, "No authority", planned=_only_planned(one)
                    )
                ),
                Cell(text=str(sum(not (pair.sliver or pair.planned) for pair in one.pairs))),
            )
            for one in boards
        ),
    )


def _body_fit(name: str | None, without: str, *, planned: bool) -> str:
    if name is None:
        return f"{without} (planned)" if planned else without
    return planned_text(name=name) if planned else name


def _only_planned(board: BoardFacts) -> bool:
    real = [pair for pair in board.pairs if not pair.sliver]
    return bool(real) and all(pair.planned for pair in real)


def _board_url(board: BoardFacts, query: str) -> str:
    return f"{address('authorities:board', board.slug)}?{query}"


def _percent(share: float) -> str:
    return f"{100 * share:g}%"
