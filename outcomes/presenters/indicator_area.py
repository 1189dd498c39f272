"""The page of one indicator in one area."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse

from authorities.models import BodyKind
from authorities.presenters.tables import SummaryRow, body_address
from authorities.presenters.words import day_text
from outcomes.area_drawings import (
    Line,
    SeriesDrawing,
    SeriesInput,
    draw_series,
    series_figure,
)
from outcomes.area_figures import overlapping
from outcomes.indicator_series import with_unit
from outcomes.presenters.area_statistics import AreaFigures, PeriodFigure, codes_published
from outcomes.presenters.figures import TableCell, TableColumn
from outcomes.presenters.indicator_inequality import InequalityBlock, inequality_block
from outcomes.presenters.series_words import (
    KIND_WORDS,
    RELEASE_COLUMNS,
    area_address,
    day_words,
    direction_words,
    limits_words,
    list_address,
    people_words,
    period_words,
    release_row,
    value_words,
    version_words,
)
from outcomes.queries.indicator_areas import AreaKin
from outcomes.stats import non_overlapping_chain


@dataclass(frozen=True)
class PageLink:
    """A link."""

    label: str
    url: str


@dataclass(frozen=True)
class KinNote:
    """Values of an area that came before or after, with the link to them."""

    text: str
    link: PageLink | None


@dataclass(frozen=True)
class IndicatorAreaPage:
    """All that the page shows."""

    title: str
    kind: str
    area_name: str
    who: str
    day: str
    chips: tuple[str, ...]
    notes: tuple[KinNote, ...]
    summary: tuple[SummaryRow, ...]
    drawing: SeriesDrawing | None
    chart_label: str
    figure: Mapping[str, Any]
    svg: str
    key: Mapping[str, bool]
    caption: str
    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[TableCell | str, ...], ...]
    file: str
    inequality: InequalityBlock | None
    release_columns: tuple[TableColumn, ...]
    releases: tuple[tuple[TableCell | str, ...], ...]
    text: str
    source: str
    licence: str
    draft: bool
    about: PageLink
    permanent: PageLink
    others: tuple[PageLink, ...]


def present(
    *, found: AreaFigures, asked: Mapping[str, str], breakdown_period: str, today: date
) -> IndicatorAreaPage:
    """Return the page.

    Args:
        asked: what is shown, by the fields of the address.
        breakdown_period: label of the period whose groups are shown; empty for the newest.
        today: in London, for the permanent link.
    """
    facts = found.facts
    indicator, area = facts.indicator, facts.area
    who = people_words(choices=facts.choices)
    drawn = _drawn(found)
    drawing = draw_series(drawn=drawn)
    code = indicator.code
    fixed = {**asked, "as_published": (facts.day or today).isoformat()}
    return IndicatorAreaPage(
        title=f"{indicator.name}: {area.name}",
        kind=KIND_WORDS.get(area.kind, ("Area", "areas"))[0],
        area_name=area.name,
        who=who,
        day=day_words(day=facts.day),
        chips=(
            f"For {who}",
            "Not compared"
            if found.benchmark is None or found.benchmark.id == area.id
            else f"Compared with {found.benchmark.name}",
            day_words(day=facts.day).capitalize(),
        ),
        notes=_notes(found, asked),
        summary=_summary(found),
        drawing=drawing,
        chart_label=_chart_label(found, drawn),
        figure=series_figure(drawn=drawn) if drawing else {},
        svg=""
        if drawing is None
        else render_to_string(
            "outcomes/series_drawing.html",
            {"drawing": drawing, "label": _chart_label(found, drawn)},
        ),
        key=_key(found, drawn, drawing),
        caption=_caption(found),
        columns=_columns(found),
        rows=tuple(_row(row, found) for row in found.rows),
        file=area_address(code=code, area_code=area.code, asked=asked, name="indicator-area-csv"),
        inequality=inequality_block(
            facts=facts, period=breakdown_period, asked=asked, places=found.places
        ),
        release_columns=RELEASE_COLUMNS,
        releases=tuple(release_row(release=one) for one in facts.releases),
        text=indicator.text,
        source=indicator.source,
        licence=indicator.licence,
        draft=indicator.draft,
        about=PageLink(indicator.name, reverse("catalogue:indicator", args=[code])),
        permanent=PageLink(
            "Permanent link to what is shown here",
            area_address(code=code, area_code=area.code, asked=fixed),
        ),
        others=_others(found, asked),
    )


def _drawn(found: AreaFigures) -> SeriesInput:
    facts = found.facts
    known = [one for one in facts.values if one.value is not None]
    chain = non_overlapping_chain(
        first_year=[one.first_year for one in known], last_year=[one.last_year for one in known]
    )
    is_england = facts.area.kind == BodyKind.COUNTRY
    return SeriesInput(
        title=f"{facts.indicator.name}, {facts.area.name}",
        unit=facts.indicator.unit,
        places=found.places,
        area=Line(facts.area.name, facts.values),
        england=None if is_england or not facts.england else Line("England", facts.england),
        region=Line(facts.around.region.name, facts.region)
        if facts.around.region is not None and facts.region
        else None,
        independent=frozenset(known[position].key for position in chain),
        breaks=facts.indicator.definition.breaks,
    )


def _chart_label(found: AreaFigures, drawn: SeriesInput) -> str:
    known = [one for one in found.facts.values if one.value is not None]
    who = people_words(choices=found.facts.choices)
    if not known:
        return f"{drawn.title}, {who}: no value is published."
    ends = [known[0], known[-1]] if len(known) > 1 else known
    words = ", ".join(
        f"{value_words(value=one, places=found.places)} in {one.period}" for one in ends
    )
    beside = [line.name for line in drawn.lines[1:]]
    with_others = f" With {' and '.join(beside)}." if beside else ""
    return (
        f"{drawn.title}, {who}, {drawn.unit}: {words}.{with_others} "
        "The table below has the same numbers."
    )


def _key(
    found: AreaFigures, drawn: SeriesInput, drawing: SeriesDrawing | None
) -> Mapping[str, bool]:
    """Which entries the key needs: only what is on the drawing."""
    if drawing is None:
        return {}
    values = [one for one in found.facts.values if one.value is not None]
    return {
        "limits": any(one.lower_95 is not None for one in values),
        "overlapping": any(one.key not in drawn.independent for one in values),
        "provisional": any(one.provisional and not one.is_computed for one in values),
        "computed": any(one.is_computed for one in values),
        "england": drawn.england is not None,
        "region": drawn.region is not None,
        "area": bool(values),
        "breaks": bool(drawing.breaks),
    }


def _caption(found: AreaFigures) -> str:
    facts = found.facts
    who = people_words(choices=facts.choices)
    unit = f", in {facts.indicator.unit}" if facts.indicator.unit else ""
    return f"{facts.indicator.name}, {facts.area.name}, {who}{unit}"


def _columns(found: AreaFigures) -> tuple[TableColumn, ...]:
    facts = found.facts
    others = [
        TableColumn(one.name, numeric=True)
        for one in (facts.around.england, facts.around.region)
        if one is not None and one.id != facts.area.id
    ]
    return (
        TableColumn("Period", numeric=False),
        TableColumn("Value", numeric=True),
        TableColumn("95% limits", numeric=True),
        *others,
        TableColumn("Comparison", numeric=False),
    )


def _row(row: PeriodFigure, found: AreaFigures) -> tuple[TableCell | str, ...]:
    facts, places = found.facts, found.places
    others = [
        value_words(value=value, places=places)
        for one, value in ((facts.around.england, row.england), (facts.around.region, row.region))
        if one is not None and one.id != facts.area.id
    ]
    words = "; ".join(row.remarks)
    return (
        TableCell(row.period, words[:1].upper() + words[1:]),
        value_words(value=row.value, places=places),
        limits_words(value=row.value, places=places),
        *others,
        TableCell(row.judgement.label, row.judgement.reason),
    )


def _summary(found: AreaFigures) -> tuple[SummaryRow, ...]:
    facts, latest = found.facts, found.latest
    rows = []
    if latest is None or latest.value is None:
        rows.append(SummaryRow("Latest value", "No value is published for this area"))
    else:
        words = value_words(value=latest.value, places=found.places)
        number = (
            with_unit(words=words, unit=facts.indicator.unit)
            if latest.value.value is not None
            else words.capitalize()
        )
        limits = limits_words(value=latest.value, places=found.places)
        text = f"{number} in {latest.period}"
        if latest.value.value is not None:
            text += f"\n95% limits: {limits}"
        remarks = (f"{one[:1].upper()}{one[1:]}" for one in latest.remarks)
        rows.append(SummaryRow("Latest value", "\n".join([text, *remarks])))
        rows.append(SummaryRow("Comparison", latest.judgement.words))
    if found.fifth is not None:
        rows.append(SummaryRow("Among all areas", found.fifth.words))
    rows += [
        SummaryRow("Recent trend", found.trend.words),
        SummaryRow("Change", found.change.words),
        SummaryRow("Direction", direction_words(indicator=facts.indicator)),
        SummaryRow(
            "Periods",
            period_words(
                indicator=facts.indicator, overlapping=bool(overlapping(values=facts.values))
            ),
        ),
    ]
    if facts.no_sum and facts.around.parts:
        rows.append(
            SummaryRow(
                "Sum of its parts",
                f"Not computed from {facts.around.parts_words}: {facts.no_sum}",
            )
        )
    return tuple(rows)


def _notes(found: AreaFigures, asked: Mapping[str, str]) -> tuple[KinNote, ...]:
    notes = [_kin_note(one, found, asked) for one in found.facts.around.kin]
    if newer := version_words(indicator=found.facts.indicator):
        url = f"{reverse('catalogue:indicator', args=[found.facts.indicator.code])}#versions"
        notes.append(KinNote(newer, PageLink("What changed", url)))
    codes = codes_published(facts=found.facts)
    if len(codes) == 1:
        notes.append(
            KinNote(
                f"These values were published under {next(iter(codes))}, an earlier code of "
                f"{found.facts.area.name}. Its code is {found.facts.area.code} now.",
                None,
            )
        )
    facts = found.facts
    if found.latest is None and facts.area.kind == BodyKind.STRATEGIC_AUTHORITY:
        notes.append(
            KinNote(
                f"No value is published for {facts.area.name} as a whole.",
                PageLink(
                    "See the figures of its councils",
                    body_address(kind=facts.area.kind, slug=facts.area.slug, asked=None),
                ),
            )
        )
    closed = found.facts.area.closed_on
    if closed is not None:
        notes.append(
            KinNote(
                f"{found.facts.area.name} ended on {day_text(day=closed)}. "
                "Its values stay with it.",
                None,
            )
        )
    return tuple(notes)


def _kin_note(kin: AreaKin, found: AreaFigures, asked: Mapping[str, str]) -> KinNote:
    day, name = day_text(day=kin.on_date), found.facts.area.name
    part = "" if kin.whole else ", of which only a part came to it"
    text = (
        f"Values before {day} are of {kin.area.name}{part}."
        if kin.before
        else f"From {day} on, values are of {kin.area.name}, which took over from {name}."
    )
    if not kin.area.code:
        return KinNote(text, None)
    url = area_address(code=found.facts.indicator.code, area_code=kin.area.code, asked=asked)
    return KinNote(text, PageLink(f"See the values of {kin.area.name}", url))


def _others(found: AreaFigures, asked: Mapping[str, str]) -> tuple[PageLink, ...]:
    facts = found.facts
    shown = {key: asked.get(key, "") for key in ("sex", "age", "as_published")}
    code = facts.indicator.code
    links = [
        PageLink("What this indicator is", reverse("catalogue:indicator", args=[code])),
        PageLink(
            f"{facts.indicator.name} in all areas",
            list_address(code=facts.indicator.code, asked={**shown, "kind": facts.area.kind}),
        ),
    ]
    page = body_address(kind=facts.area.kind, slug=facts.area.slug, asked=None)
    if page:
        links.append(PageLink(facts.area.name, page))
    links += [
        PageLink(
            f"The same for {one.name}",
            area_address(code=facts.indicator.code, area_code=one.code, asked=shown),
        )
        for one in (facts.around.england, facts.around.region)
        if one is not None and one.id != facts.area.id and one.code
    ]
    return tuple(links)
