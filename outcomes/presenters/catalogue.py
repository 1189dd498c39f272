"""The catalogue's pages: the list, one indicator, sets and domains; and the list as a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from authorities.csv_text import write_csv
from authorities.presenters.tables import Cell, Column, Link, SummaryRow, Table
from authorities.presenters.words import day_text
from outcomes.definitions import FIELD_WORDS, FIELDS, Definition, facts_of
from outcomes.presenters import indicator_words as words
from outcomes.presenters.series_words import area_address, list_address
from outcomes.queries.catalogue import (
    Asked,
    BreakFacts,
    CatalogueSlice,
    DomainCount,
    IndicatorDetail,
    ListedIndicator,
    VersionFacts,
)
from outcomes.queries.indicator_areas import AreaFacts

CSV_HEADINGS = (*FIELDS, "draft", "version")


@dataclass(frozen=True)
class CountLink:
    """A domain with its count of indicators, and the address that shows them alone."""

    name: str
    count: int
    of: int
    url: str
    current: bool


@dataclass(frozen=True)
class CataloguePage:
    """A page of the list."""

    table: Table
    page: int
    pages: int
    page_url: str
    csv_url: str
    domains: tuple[CountLink, ...]
    drafts: int
    may_describe: bool


@dataclass(frozen=True)
class VersionBlock:
    """One version: a heading, what it changed in lines, and why."""

    heading: str
    lines: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class BreakBlock:
    """One break in words; without an address it cannot be withdrawn."""

    since: str
    text: str
    source: str
    bridged: str
    withdrawn: str
    withdraw_url: str


@dataclass(frozen=True)
class IndicatorPage:
    """What an indicator is."""

    code: str
    name: str
    lead: str
    draft: bool
    facts: tuple[SummaryRow, ...]
    rules: tuple[SummaryRow, ...]
    breaks: tuple[BreakBlock, ...]
    versions: tuple[VersionBlock, ...]
    releases: Table
    figures: tuple[Link, ...]
    newer: str
    sets: tuple[Link, ...]
    edit_url: str
    break_url: str
    api_url: str


def catalogue_page(
    *,
    found: CatalogueSlice,
    asked: Asked,
    domains: Sequence[DomainCount],
    may_describe: bool,
) -> CataloguePage:
    """Return a page of the list, with the counts of each domain."""
    query = {
        name: value
        for name, value in (
            ("q", asked.words),
            ("domain", asked.domain),
            ("set", asked.set),
            ("polarity", asked.polarity),
        )
        if value
    }
    own = reverse("catalogue:list")
    others = {name: value for name, value in query.items() if name != "domain"}
    return CataloguePage(
        table=Table(
            heading="",
            caption=f"{found.total} of {found.of} indicator{'' if found.of == 1 else 's'}",
            columns=(
                Column("Indicator"),
                Column("Domain"),
                Column("Unit"),
                Column("Which direction is good"),
                Column("Periods"),
            ),
            rows=tuple(_row(row) for row in found.rows),
            empty="No indicator fits. Use fewer words, or another domain or set.",
        ),
        page=found.page,
        pages=found.pages,
        page_url=f"{own}?{urlencode({**query, 'page': ''})}",
        csv_url=f"{reverse('catalogue:csv')}?{urlencode(query)}".rstrip("?"),
        domains=tuple(
            CountLink(
                name=domain.name,
                count=domain.indicators,
                of=found.of - found.drafts,
                url=f"{own}?{urlencode({**others, 'domain': domain.slug})}",
                current=domain.slug == asked.domain,
            )
            for domain in domains
            if domain.in_use
        ),
        drafts=found.drafts,
        may_describe=may_describe,
    )


def _row(row: ListedIndicator) -> tuple[Cell, ...]:
    own = row.definition
    number = "" if own.fingertips_id is None else f"Fingertips {own.fingertips_id}"
    note = "Draft: nobody has described it yet" if row.draft else number
    return (
        Cell(text=own.name, url=reverse("catalogue:indicator", args=[own.code]), note=note),
        Cell(text=row.domain_name or "None"),
        Cell(text=own.unit or words.NOT_KNOWN),
        Cell(text=words.POLARITY_WORDS[own.polarity]),
        Cell(text=words.period_text(definition=own)),
    )


def catalogue_csv(*, rows: Sequence[ListedIndicator]) -> str:
    """Return indicators as CSV, a column for each fact; empty is not known or does not apply."""
    return write_csv(
        headings=CSV_HEADINGS,
        rows=(
            (
                *(_csv_cell(value) for value in facts_of(definition=row.definition).values()),
                "yes" if row.draft else "no",
                str(row.version),
            )
            for row in rows
        ),
    )


def _csv_cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def indicator_page(
    *,
    detail: IndicatorDetail,
    areas: Sequence[AreaFacts],
    domain_names: dict[str, str],
    for_centre: bool,
    may_describe: bool,
) -> IndicatorPage:
    """Return what an indicator is.

    Args:
        detail: what is stored.
        areas: those whose figures it leads to, beside all.
        domain_names: names of domains by their slugs, for what versions say.
        for_centre: name who made each version.
        may_describe: link to the forms.
    """
    own = detail.definition
    return IndicatorPage(
        code=own.code,
        name=own.name,
        lead=own.definition,
        draft=detail.draft,
        facts=_facts(own, detail.domain_name),
        rules=_rules(own),
        breaks=tuple(
            _break(one, own.code, may_describe)
            for one in detail.breaks
            if for_centre or one.withdrawn_at is None
        ),
        versions=tuple(_version(one, domain_names, for_centre) for one in detail.versions),
        releases=_releases(detail),
        figures=_figures(detail, areas),
        newer=_newer(detail),
        sets=tuple(
            Link(label=name, url=reverse("catalogue:set", args=[slug]))
            for slug, name in detail.sets
        ),
        edit_url=reverse("catalogue:edit", args=[own.code]) if may_describe else "",
        break_url=reverse("catalogue:break-new", args=[own.code]) if may_describe else "",
        api_url=_address("indicator-detail", own.code),
    )


def _address(name: str, *args: str) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def _facts(own: Definition, domain: str) -> tuple[SummaryRow, ...]:
    number = words.NOT_KNOWN if own.fingertips_id is None else str(own.fingertips_id)
    return tuple(
        SummaryRow(key, value)
        for key, value in (
            ("Unit", own.unit or words.NOT_KNOWN),
            ("Scale", words.value_text(definition=own)),
            ("Which direction is good", words.POLARITY_WORDS[own.polarity]),
            ("Periods", words.period_text(definition=own)),
            ("Publication lag", words.lag_text(definition=own)),
            ("Broken down by", own.breakdowns or words.NOT_KNOWN),
            ("Domain", domain or "None"),
            ("Fingertips identifier", number),
            ("Source", own.source or words.NOT_KNOWN),
            ("Licence", own.licence or words.NOT_KNOWN),
        )
    )


def _rules(own: Definition) -> tuple[SummaryRow, ...]:
    return (
        SummaryRow("Comparison with a benchmark", words.BENCHMARK_WORDS[own.benchmark_method]),
        SummaryRow("Recent trend", words.trend_text(definition=own)),
        SummaryRow("Disclosure", words.disclosure_text(definition=own)),
    )


def _break(one: BreakFacts, code: str, may_describe: bool) -> BreakBlock:
    withdrawn = ""
    if one.withdrawn_at is not None:
        day = day_text(day=timezone.localdate(one.withdrawn_at))
        withdrawn = f"Withdrawn on {day}: {one.withdrawn_reason}"
    return BreakBlock(
        since=f"From {day_text(day=one.starts_on)}, {one.kind.lower()}",
        text=one.text,
        source=one.source,
        bridged=f"Bridged by the two values of {one.bridged_by}" if one.bridged_by else "",
        withdrawn=withdrawn,
        withdraw_url=reverse("catalogue:break-withdraw", args=[code, one.id])
        if may_describe and not withdrawn
        else "",
    )


_UNCHANGED = {True: "Described for the first time", False: "No fact changed"}


def _version(one: VersionFacts, domain_names: dict[str, str], for_centre: bool) -> VersionBlock:
    day = day_text(day=timezone.localdate(one.made_at))
    by = one.made_by or "the catalogue that comes with the site"
    return VersionBlock(
        heading=f"Version {one.number}, {day}" + (f", by {by}" if for_centre else ""),
        lines=tuple(
            f"{FIELD_WORDS[name]}: "
            f"{words.fact_text(field=name, value=one.before.get(name), domain_names=domain_names)}"
            " became "
            f"{words.fact_text(field=name, value=one.facts.get(name), domain_names=domain_names)}"
            for name in one.changed
        )
        or (_UNCHANGED[one.number == 1],),
        reason=one.reason,
    )


def _figures(detail: IndicatorDetail, areas: Sequence[AreaFacts]) -> tuple[Link, ...]:
    if not detail.has_published:
        return ()
    code = detail.definition.code
    return (
        *(
            Link(label=one.name, url=area_address(code=code, area_code=one.code, asked={}))
            for one in areas
        ),
        Link(label="All areas beside each other", url=list_address(code=code, asked={})),
    )


def _newer(detail: IndicatorDetail) -> str:
    """Return that another version holds than the one that the newest values came under."""
    newest = detail.releases[0].version if detail.releases else 0
    if newest in (0, detail.version):
        return ""
    return (
        f"The newest values came under version {newest} of the definition and are read by it. "
        f"Version {detail.version} counts for values that come later."
    )


def _releases(detail: IndicatorDetail) -> Table:
    return Table(
        heading="Releases with values of it",
        caption="The newest releases",
        columns=(
            Column("Release"),
            Column("Published"),
            Column("Definition"),
            Column("Values", numeric=True),
        ),
        rows=tuple(
            (
                Cell(text=one.title),
                Cell(
                    text=day_text(day=one.published_on) if one.published_on else "Day not recorded"
                ),
                Cell(text=f"Version {one.version}" if one.version else "Not described then"),
                Cell(text=f"{one.rows:,}"),
            )
            for one in detail.releases
        ),
        empty="Values are there; their releases are not listed by indicator."
        if detail.has_values
        else "No value of it is stored yet.",
    )


def stored_rows(*, before: Definition, entered: Definition) -> tuple[SummaryRow, ...]:
    """Return what is stored now of the facts that a form says otherwise, to compare with."""
    stored, typed = facts_of(definition=before), facts_of(definition=entered)
    return tuple(
        SummaryRow(FIELD_WORDS[name], words.fact_text(field=name, value=stored[name]))
        for name in FIELDS
        if stored[name] != typed[name]
    )
