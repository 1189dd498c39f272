"""The pages of sets and of domains."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from authorities.presenters.tables import Cell, Column, Table
from outcomes.queries.catalogue import DomainCount, SetFacts


@dataclass(frozen=True)
class SetPage:
    """A set with its indicators."""

    name: str
    text: str
    source: str
    in_use: bool
    table: Table
    csv_url: str
    catalogue_url: str
    missing_url: str
    edit_url: str


def set_page(*, own: SetFacts, may_describe: bool) -> SetPage:
    """Return a set in its order."""
    query = urlencode({"set": own.slug})
    return SetPage(
        name=own.name,
        text=own.text,
        source=own.source,
        in_use=own.in_use,
        table=Table(
            heading="",
            caption=f"{len(own.members)} indicator{'' if len(own.members) == 1 else 's'}",
            columns=(Column("Indicator"), Column("Code")),
            rows=tuple(
                (
                    Cell(text=name, url=reverse("catalogue:indicator", args=[code])),
                    Cell(text=code),
                )
                for code, name in own.members
            ),
            empty="The set is empty.",
        ),
        csv_url=reverse("catalogue:set-csv", args=[own.slug]),
        catalogue_url=f"{reverse('catalogue:list')}?{query}",
        missing_url=f"{reverse('catalogue:missing')}?{query}",
        edit_url=reverse("catalogue:set-edit", args=[own.slug]) if may_describe else "",
    )


def sets_table(*, found: Sequence[SetFacts]) -> Table:
    """Return the sets."""
    return Table(
        heading="",
        caption=f"{len(found)} set{'' if len(found) == 1 else 's'}",
        columns=(Column("Set"), Column("What it is for"), Column("Indicators", numeric=True)),
        rows=tuple(
            (
                Cell(
                    text=one.name,
                    url=reverse("catalogue:set", args=[one.slug]),
                    note="" if one.in_use else "Out of use",
                ),
                Cell(text=one.text),
                Cell(text=f"{len(one.members):,}"),
            )
            for one in found
        ),
        empty="There is no set yet.",
    )


def domains_table(*, found: Sequence[DomainCount]) -> Table:
    """Return the domains with the addresses of their forms."""
    return Table(
        heading="",
        caption=f"{len(found)} domain{'' if len(found) == 1 else 's'}",
        columns=(
            Column("Domain"),
            Column("What it holds"),
            Column("Source"),
            Column("Indicators", numeric=True),
        ),
        rows=tuple(
            (
                Cell(
                    text=one.name,
                    url=reverse("catalogue:domain-edit", args=[one.slug]),
                    note="" if one.in_use else "Out of use",
                ),
                Cell(text=one.text),
                Cell(text=one.source),
                Cell(text=f"{one.indicators:,}"),
            )
            for one in found
        ),
        empty="There is no domain yet.",
    )
