"""Each figure has the same numbers in a table of its page and in a file, to the last digit."""

import csv
import io
import os
import re
from collections.abc import Mapping
from decimal import Decimal
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.utils.text import slugify
from playwright.sync_api import Browser, Page

from duty.ui.templatetags.ui import percent
from tests.architecture.addresses import Visitor
from tests.architecture.things import address_of
from tests.browser.visitor import PAPER_WIDTH
from tests.journeys.conftest import WAYS
from tests.journeys.walking import FIGURES, look_at, somebody
from tests.world import FurnishedSite

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# What a figure shows, the table that comes after it, and the first file that is offered after it.
_READ = """() => {
    const after = (place, all) => [...document.querySelectorAll(all)]
        .find((e) => place.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING);
    const words = (cell) => {
        const copy = cell.cloneNode(true);
        copy.querySelectorAll(".app-small").forEach((e) => e.remove());
        return copy.textContent.trim();
    };
    const table = (place) => {
        // Small charts side by side share the tables of their section; its last one has all values.
        const found = place.closest(".app-multi")
            ? [...place.closest("section").querySelectorAll("table")].at(-1)
            : after(place, "main table");
        if (!found) return null;
        const heads = [...found.querySelectorAll("thead th")].map(words);
        // As pairs: an object would put the heads that are years first.
        return [...found.querySelectorAll("tbody tr")].map((row) =>
            [...row.children].map((cell, at) => [heads[at], words(cell)]));
    };
    const file = (place) => {
        const offered = [...document.querySelectorAll("main a")].filter((e) =>
            place.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING
            && /\\(CSV|\\.csv/.test(e.textContent + e.pathname));
        // A dashboard offers the file of its indicators first, then that of its charts.
        const own = place.closest(".app-multi") && offered.find((e) => /charts/.test(e.pathname));
        return (own || offered[0])?.href;
    };
    const charts = [...document.querySelectorAll("[data-chart]")].map((e) => ({
        name: e.dataset.chart, table: table(e), file: file(e),
        given: JSON.parse(document.getElementById(e.dataset.chart).textContent).data
            .map((t) => ({name: t.name, x: t.x, y: t.y})),
        drawn: e.data.map((t) => ({name: t.name, x: [...t.x], y: [...t.y]})),
    }));
    const drawings = [...document.querySelectorAll("main svg.app-chart[role=img]")]
        .filter((e) => !e.closest("[data-chart-fallback]") && e.checkVisibility()).map((e) => ({
            table: table(e), file: file(e),
            names: [...e.querySelectorAll("text.over-lines:not(.m)")].map((t) => t.textContent),
            said: [...e.querySelectorAll("text.b")].map((t) => t.textContent),
            name: `${e.closest("section")?.getAttribute("aria-labelledby")}-data`,
            area: e.closest(".app-multi > li")?.querySelector("h3").textContent,
            marks: e.querySelectorAll(".ind, .over, .hollow, .sum").length,
            joints: (e.querySelector(".ser")?.getAttribute("d").match(/[ML]/g) || []).length,
        }));
    return {charts, drawings};
}"""


def _file(page: Page, address: str) -> list[dict[str, str]]:
    answer = page.request.get(address)
    assert answer.ok, address
    return list(csv.DictReader(io.StringIO(answer.text().removeprefix("\ufeff"))))


def _number(text: str) -> Decimal | None:
    """Return the number that a cell or a label begins with, or None where it is words."""
    found = re.match(r"−?[\d,]+(\.\d+)?", text)
    return Decimal(found[0].replace("−", "-").replace(",", "")) if found else None


def _short(period: str) -> str:
    return period.replace(" - ", "-").replace(" – ", "-")


def _cell(table: list[dict[str, str]], *, series: str, period: str, first: bool) -> str:
    """Return what a table says of a point, whether its periods are columns or rows."""
    head = next(iter(table[0]))
    if head == "Period":
        row = next(one for one in table if _short(one[head]) == _short(period))
        return row["Value" if first else series]
    row = next(one for one in table if one[head] == series)
    return row[_short(period)]


def _of_block(rows: list[dict[str, str]], *, name: str) -> list[dict[str, str]]:
    """Return the rows of the people whom a block of the page is about, where it is named so."""
    return [
        row
        for row in rows
        if "sex" in row
        and slugify(f"{row['indicator_code']} {row['sex']} {row['age']} data") == name
    ] or rows


def _check_chart(chart: Mapping[str, Any], rows: list[dict[str, str]]) -> list[str]:
    wrong: list[str] = []
    if chart["given"] != chart["drawn"]:
        wrong.append("another thing is drawn than the page holds")
    by_point = {
        (row["area"], _short(row["period"])): row["value"]
        for row in _of_block(rows, name=chart["name"])
    }
    for number, trace in enumerate(chart["drawn"]):
        series = unescape(trace["name"])
        for period, value in zip(trace["x"], trace["y"], strict=True):
            said = f"{chart['name']}, {series}, {period}"
            try:
                cell = _cell(chart["table"], series=series, period=period, first=not number)
            except (StopIteration, KeyError):
                if value is not None:
                    wrong.append(f"{said}: {value} is drawn, and in no table")
                continue
            drawn = None if value is None else Decimal(repr(value))
            filed = by_point.get((series, _short(period)), "")
            if _number(cell) != drawn:
                wrong.append(f"{said}: {value} is drawn, {cell} is in the table")
            if (Decimal(filed) if filed else None) != drawn:
                wrong.append(f"{said}: {value} is drawn, {filed or 'nothing'} is in the file")
    return wrong


def _values_of(rows: list[dict[str, str]]) -> set[Decimal]:
    return {
        Decimal(row[name])
        for row in rows
        for name in ("value", "highest_value", "lowest_value", "gap")
        if row.get(name)
    }


def _check_drawing(drawing: Mapping[str, Any], rows: list[dict[str, str]]) -> list[str]:
    """Check the numbers that stand in a drawing, and how many values it marks."""
    wrong: list[str] = []
    if drawing["area"]:
        cells = next(row for row in drawing["table"] if drawing["area"] in row.values())
        shown = [number for cell in cells.values() if (number := _number(cell)) is not None]
        kept = [
            Decimal(row["value"])
            for row in _of_block(rows, name=drawing["name"])
            if row["area"] == drawing["area"] and row["value"]
        ]
        if shown != kept or len(shown) != drawing["joints"]:
            wrong.append(f"{drawing['area']}: {drawing['joints']} drawn, {shown}, in file {kept}")
    told = {
        number
        for row in drawing["table"]
        for cell in row.values()
        for text in re.findall(r"−?[\d,]*\d(?:\.\d+)?", cell)
        if (number := _number(text)) is not None
    }
    if drawing["marks"] and not drawing["area"] and len(drawing["table"]) < drawing["marks"]:
        wrong.append(f"{drawing['marks']} values are marked, {len(drawing['table'])} in the table")
    for words in drawing["said"]:
        number = _number(words)
        if number is None:
            continue
        if number not in told:
            wrong.append(f"{words} is drawn, and not in the table")
        places = len(words.partition(".")[2].split(" ")[0])
        if number not in {round(value, places) for value in _values_of(rows)}:
            wrong.append(f"{words} is drawn, and not in the file")
    return wrong


def _pages() -> list[tuple[Visitor, str]]:
    return [
        (visitor, name) for name, (visitor, how) in FIGURES.items() if how in ("chart", "drawing")
    ]


def test_every_figure_has_its_numbers_in_a_table_and_a_file(
    furnished_site: FurnishedSite, browser: Browser
) -> None:
    wrong: list[str] = []
    looked = 0

    for visitor, name in _pages():
        with somebody(
            visitor, browser=browser, site=furnished_site.site, way=WAYS["desktop"]
        ) as person:
            look_at(person, address_of(name, things=furnished_site.things))
            found = person.page.evaluate(_READ)
            for chart in [*found["charts"], *found["drawings"]]:
                if not chart["table"] or not chart["file"]:
                    wrong.append(f"{name}: a figure without its table or its file")
                    continue
                looked += 1
                chart["table"] = [dict(row) for row in chart["table"]]
                rows = _file(person.page, chart["file"])
                check = _check_chart if "drawn" in chart else _check_drawing
                wrong += [f"{name}: {fault}" for fault in check(chart, rows)]

    assert not wrong, "\n".join(wrong)
    assert looked >= len(_pages())


def test_the_national_figures_say_what_the_table_and_the_file_say(
    furnished_site: FurnishedSite, browser: Browser
) -> None:
    with somebody(
        Visitor.ANYBODY, browser=browser, site=furnished_site.site, way=WAYS["desktop"]
    ) as person:
        look_at(person, address_of("engagement:national", things=furnished_site.things))
        page = person.page
        offered = page.get_by_role("link", name="Placements (CSV").evaluate("link => link.href")
        rows = _file(page, offered)
        shown = page.evaluate("""() => {
            const text = (e) => e.textContent.replace(/\\s+/g, " ").trim();
            const all = (where) => [...document.querySelectorAll(where)];
            return {
                table: all("#all-pairs ~ table tbody tr")
                    .map((r) => [...r.children].map(text)),
                groups: all(".app-key[aria-label='Pairs in each group'] > li").map((e) => [
                    text(e.querySelector(".app-group")), parseInt(text(e.querySelector("b")))]),
                cells: all(".app-matrix td").map((e) => [text(e.querySelector(".app-cell__pos")),
                    parseInt(text(e.querySelector(".app-cell__n")))]),
                areas: [...new Set(all(".app-map .pair title").map(text))],
                moves: all(".app-flow .num").map((e) => parseInt(text(e))),
                moved: all("table caption").filter((c) => text(c) === "Every move")
                    .flatMap((c) => [...c.parentElement.querySelectorAll("td.n")])
                    .map((e) => parseInt(text(e))),
            };
        }""")

    in_file = sorted(
        (row["authority_level"], row["icb_level"], row["support_group"]) for row in rows
    )
    assert sorted(tuple(row[1:4]) for row in shown["table"]) == in_file
    assert dict(shown["groups"]) == {
        name: sum(row["support_group"] == name for row in rows) for name, _ in shown["groups"]
    }
    assert sum(count for _, count in shown["cells"]) == sum(
        row["support_group_code"] != "not_assessed" for row in rows
    )
    assert sorted(shown["moves"]) == sorted(shown["moved"])
    assert shown["moves"]
    assert len(shown["areas"]) > len(rows) / 2
    for area in shown["areas"]:
        assert any(
            area.startswith(f"{row[0]}: ") and row[3].lower() in area.lower()
            for row in shown["table"]
        ), area
    in_table = sorted(line[5] for line in shown["table"])
    assert in_table == sorted(percent(float(row["share_of_authority"])) for row in rows)


# A drawing keeps its ground and its fills, so its letters must keep their colours, too.
_LETTERS = """() => [...document.querySelectorAll("main svg text")]
    .filter((e) => e.checkVisibility())
    .map((e) => [getComputedStyle(e).fill, getComputedStyle(e).stroke])"""
_GROUNDS = """() => [...new Set([...document.querySelectorAll(".app-map, .app-tiles, .app-plot")]
    .filter((e) => e.checkVisibility()).map((e) => getComputedStyle(e).backgroundColor))]"""
_PATTERNS = """() => [...document.querySelectorAll(".app-map .pair, .app-band rect, .app-sw rect")]
    .filter((e) => !/url/.test(getComputedStyle(e).fill) && !e.classList.contains("none")).length"""


@pytest.mark.parametrize("name", ["engagement:national", "outcomes:indicator-area"])
def test_a_figure_can_be_read_in_forced_colours(
    name: str, furnished_site: FurnishedSite, browser: Browser
) -> None:
    with somebody(
        Visitor.ANYBODY, browser=browser, site=furnished_site.site, way=WAYS["desktop"]
    ) as person:
        look_at(person, address_of(name, things=furnished_site.things))
        letters = person.page.evaluate(_LETTERS)

        person.page.emulate_media(forced_colors="active", color_scheme="dark")

        assert person.page.evaluate(_LETTERS) == letters
        assert person.page.evaluate(_GROUNDS) == ["rgb(255, 255, 255)"]
        assert person.page.evaluate(_PATTERNS) == 0
    assert letters


@pytest.mark.parametrize(
    ("name", "visitor"),
    [
        ("engagement:national", Visitor.ANYBODY),
        ("outcomes:framework-version", Visitor.ANYBODY),
        ("outcomes:indicator-area", Visitor.ANYBODY),
        ("duty:return-submitted", Visitor.OWN_SIGNATORY),
        ("commitments:summary", Visitor.OWN_SIGNATORY),
    ],
)
def test_what_is_printed_has_its_patterns_its_tables_and_all_of_its_words(
    name: str, visitor: Visitor, furnished_site: FurnishedSite, browser: Browser
) -> None:
    with somebody(
        visitor, browser=browser, site=furnished_site.site, way=WAYS["desktop"]
    ) as person:
        page = person.page
        look_at(person, address_of(name, things=furnished_site.things))
        person.check_on_paper()
        page.emulate_media(media="print")
        page.set_viewport_size({"width": PAPER_WIDTH, "height": 900})
        heads = page.evaluate(
            "[...document.querySelectorAll('main thead')].map(e => getComputedStyle(e).position)"
        )
        hidden = page.evaluate("""[...document.querySelectorAll("main details > *")]
            .filter(e => e.tagName !== "SUMMARY" && !e.matches(".app-filter *")
                && !e.checkVisibility({contentVisibilityAuto: true})).length""")
        plain = page.evaluate(_PATTERNS)
        if folder := os.environ.get("PICTURES"):
            page.pdf(path=Path(folder) / f"{name.replace(':', '-')}.pdf", format="A4")
            page.screenshot(
                path=Path(folder) / f"print-{name.replace(':', '-')}.png", full_page=True
            )

    assert set(heads) <= {"static"}
    assert hidden == 0
    assert plain == 0
