"""A change beside today: both maps, the pairs, how areas fit, and the timetable warnings."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from authorities.drawings import NationalDrawing
from authorities.map_layers import MapLayer
from authorities.models import Reorganisation
from authorities.presenters.drawn_map import DrawnMap, PairPaint, paint_map
from authorities.presenters.fits import FITS, PLANNED, SLIVER, Fit, fit_of
from authorities.presenters.reorganisations.previews import Table as PlainTable
from authorities.presenters.reorganisations.previews import (
    class_name,
    pair_table,
    pair_warning_text,
)
from authorities.presenters.tables import Cell, Column
from authorities.presenters.words import day_text, share_text, warning_text
from authorities.queries import PairFacts
from authorities.queries.fits import FitsOfDay
from authorities.reorganisation.preview import PairLine, Preview

_BY_NAME = {fit.name: fit for fit in FITS}
_Key = tuple[str, str]


@dataclass(frozen=True)
class SideMap:
    """One of the two maps; `changed` are outlines of the pairs that the change concerns."""

    id: str
    heading: str
    label: str
    map: DrawnMap | None
    changed: tuple[str, ...]


@dataclass(frozen=True)
class WhatIfPage:
    """All that the page shows."""

    title: str
    what_if: bool
    day: str
    sides: tuple[SideMap, ...]
    fits: tuple[Fit, ...]
    pairs: PlainTable
    unchanged: str
    classes: tuple[PlainTable, ...]
    warnings: PlainTable
    boundaries: str
    copy_url: str


@dataclass(frozen=True)
class _Pair:
    """A pair as one of the maps shows it."""

    name: str
    fit: Fit
    shares: str
    warnings: tuple[str, ...]


def what_if_page(
    *,
    reorganisation: Reorganisation,
    preview: Preview,
    today: FitsOfDay,
    without: FitsOfDay,
    drawing_today: NationalDrawing | None,
    drawing_then: NationalDrawing | None,
    may_propose: bool,
) -> WhatIfPage:
    """Return the page.

    Args:
        today: what is.
        without: what the register knows of the change's day without the change.
        drawing_then: the map with the change, drawn with its preview.
    """
    lines = {(line.authority_slug, line.board_slug): line for line in preview.pairs}
    now = {key: _from_facts(pair) for key, pair in today.pairs.items()}
    then = {key: _from_facts(pair) for key, pair in without.pairs.items() if key not in lines}
    then |= {key: made for key, line in lines.items() if (made := _from_line(line))}
    day = day_text(day=reorganisation.effective_date)
    drawn = drawing_then or drawing_today
    return WhatIfPage(
        title=reorganisation.title,
        what_if=reorganisation.what_if,
        day=day,
        sides=(
            _side("today", f"Today, {day_text(day=today.on)}", now, lines, drawing_today),
            _side("then", f"With the change, {day}", then, lines, drawing_then),
        ),
        fits=(*FITS, PLANNED),
        pairs=pair_table(preview),
        unchanged=f"{preview.unchanged_pairs} other pairs stay as they are.",
        classes=tuple(
            _classes(kind, caption, preview, today)
            for kind, caption in (
                ("strategic_authority", "Strategic authorities"),
                ("integrated_care_board", "Integrated care boards"),
            )
        ),
        warnings=_warnings(now, then),
        boundaries=drawn.boundaries.licence if drawn else "",
        copy_url=reverse("changes:copy", args=[reorganisation.pk]) if may_propose else "",
    )


def _from_facts(pair: PairFacts) -> _Pair:
    return _Pair(
        name=f"{pair.authority_short_name} with {pair.board_short_name} ICB",
        fit=fit_of(pair=pair),
        shares=_shares(pair.share_of_authority, pair.share_of_board),
        warnings=tuple(warning_text(warning=one) for one in pair.warnings),
    )


def _from_line(line: PairLine) -> _Pair | None:
    pair = line.after
    if pair is None:
        return None
    if pair.sliver or pair.coterminosity is None:
        fit = SLIVER
    else:
        fit = PLANNED if pair.planned else _BY_NAME[pair.coterminosity]
    return _Pair(
        name=f"{line.authority_name} with {line.board_name} ICB",
        fit=fit,
        shares=_shares(pair.share_of_authority, pair.share_of_board),
        warnings=tuple(pair_warning_text(one) for one in pair.warnings),
    )


def _shares(of_authority: float, of_board: float) -> str:
    return (
        f"{share_text(share=of_authority)} of the authority’s people, "
        f"{share_text(share=of_board)} of the ICB’s people"
    )


def _side(
    name: str,
    heading: str,
    pairs: Mapping[_Key, _Pair],
    lines: Mapping[_Key, PairLine],
    drawing: NationalDrawing | None,
) -> SideMap:
    changed = {"/".join(key) for key in lines}
    return SideMap(
        id=name,
        heading=heading,
        label=f"Map of England’s pairs. {heading}. The tables below hold the same facts.",
        map=paint_map(
            drawing=drawing.map,
            paints={"/".join(key): _paint(pair) for key, pair in pairs.items()},
            approximate=drawing.boundaries.approximate,
            source=drawing.boundaries.source,
        )
        if drawing
        else None,
        changed=tuple(_outlines(drawing.map.layer, changed)) if drawing else (),
    )


def _outlines(layer: MapLayer, keys: set[str]) -> Iterable[str]:
    return (shape.d for shape in layer.areas if shape.pair in keys)


def _paint(pair: _Pair) -> PairPaint:
    return PairPaint(
        fill=pair.fit.pattern,
        # What would be has no page.
        url="",
        label=f"{pair.name}: {pair.fit.name}. {pair.shares}",
        authority=pair.name,
        strip=pair.fit.name,
        warned=bool(pair.warnings),
    )


def _classes(kind: str, caption: str, preview: Preview, today: FitsOfDay) -> PlainTable:
    day = day_text(day=date.fromisoformat(preview.on))
    counts = {one.coterminosity: one for one in preview.classes if one.kind == kind}
    codes = sorted({*counts, *(code for own, code in today.classes if own == kind)})
    return PlainTable(
        caption=caption,
        columns=(
            Column("How the areas fit"),
            Column("Today", numeric=True),
            Column(f"On {day} without it", numeric=True),
            Column("With it", numeric=True),
        ),
        rows=tuple(
            (
                Cell(text=class_name(code)),
                Cell(text=str(today.classes.get((kind, code), 0))),
                Cell(text=str(counts[code].before if code in counts else 0)),
                Cell(text=str(counts[code].after if code in counts else 0)),
            )
            for code in codes
        ),
    )


def _warnings(now: Mapping[_Key, _Pair], then: Mapping[_Key, _Pair]) -> PlainTable:
    """Every pair that warns on either side, those first whose warnings differ."""
    warned = [
        key
        for key in now.keys() | then.keys()
        if (key in now and now[key].warnings) or (key in then and then[key].warnings)
    ]
    warned.sort(key=lambda key: (_said(now.get(key)) == _said(then.get(key)), key))
    return PlainTable(
        caption="Pairs with a timetable warning",
        columns=(Column("Pair"), Column("Today"), Column("With the change")),
        rows=tuple(
            (
                Cell(text=(then.get(key) or now[key]).name),
                Cell(text=_said(now.get(key))),
                Cell(text=_said(then.get(key))),
            )
            for key in warned
        ),
    )


def _said(pair: _Pair | None) -> str:
    if pair is None:
        return "No such pair"
    return " ".join(pair.warnings) or "No warning"
