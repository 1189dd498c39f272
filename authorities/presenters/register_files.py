"""The register as CSV files: codes and words, days as ISO, nothing that a spreadsheet would run."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from authorities.csv_text import write_csv
from authorities.models import BodyKind, CodeScheme, Coterminosity
from authorities.presenters.tables import Cell, Column, address, ending
from authorities.presenters.words import day_text
from authorities.queries import register_rows
from authorities.queries.register_rows import (
    BodyRow,
    ChangeRow,
    CodeRow,
    NameRow,
    OverlapRow,
)

_BODY = ("body_id", "body_kind_code", "body_kind", "body_slug", "body_name", "body_ons_code")
_SPAN = ("valid_from", "valid_to")


@dataclass(frozen=True)
class RegisterFile:
    """One file of the register: what it holds, and how its text is made of the rows of a day."""

    title: str
    holds: str
    headings: tuple[str, ...]
    cells: Callable[[date | None, date], list[tuple[str, ...]]]


@dataclass(frozen=True)
class RegisterPage:
    """The page that lists the files."""

    lede: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    ending: str


def file_text(*, file: RegisterFile, as_at: date | None, on: date) -> str:
    """Return a file with what holds on a day, or with everything on record.

    Args:
        file: which.
        as_at: the day; None for everything.
        on: today, whose names stand where no day is asked for.
    """
    return write_csv(headings=file.headings, rows=file.cells(as_at, on))


def register_page(*, asked: date | None) -> RegisterPage:
    """Return the page; a day asked for goes on in its links."""
    which = (
        f"Each file holds what was so on {day_text(day=asked)}."
        if asked
        else "Each file holds everything on record. Choose a day to take what was so on it."
    )
    return RegisterPage(
        lede=which,
        caption="Files of the register",
        columns=(Column("File"), Column("What it holds"), Column("From the API")),
        rows=tuple(
            (
                Cell(
                    text=f"{file.title} (CSV)",
                    url=f"{address(f'authorities:register-{name}-csv')}{ending(asked=asked)}",
                ),
                Cell(text=file.holds),
                Cell(
                    text=f"{file.title} (JSON)",
                    url=f"{address(f'register-{name}-list')}{ending(asked=asked)}",
                ),
            )
            for name, file in FILES.items()
        ),
        ending=ending(asked=asked),
    )


def _bodies(as_at: date | None, on: date) -> list[tuple[str, ...]]:
    return [
        (
            str(row.id),
            row.kind,
            str(BodyKind(row.kind).label),
            row.slug,
            row.name,
            row.short_name,
            row.ons_code or "",
            row.ods_code or "",
            _day(row.opened_on),
            _day(row.closed_on),
            _flag(row.planned),
            row.certainty,
            row.source,
            row.note,
        )
        for row in register_rows.body_rows(as_at=as_at, on=on)
    ]


def _codes(as_at: date | None, on: date) -> list[tuple[str, ...]]:
    def cells(row: CodeRow) -> tuple[str, ...]:
        return (
            *_body(row.body),
            row.scheme,
            str(CodeScheme(row.scheme).label),
            row.code,
            _day(row.valid_from),
            _day(row.valid_to),
            row.certainty,
            row.source,
        )

    return [cells(row) for row in register_rows.code_rows(as_at=as_at, on=on)]


def _names(as_at: date | None, on: date) -> list[tuple[str, ...]]:
    def cells(row: NameRow) -> tuple[str, ...]:
        return (
            *_body(row.body),
            row.name,
            row.short_name,
            _day(row.valid_from),
            _day(row.valid_to),
            row.source,
        )

    return [cells(row) for row in register_rows.name_rows(as_at=as_at, on=on)]


def _overlaps(as_at: date | None, on: date) -> list[tuple[str, ...]]:
    def cells(row: OverlapRow) -> tuple[str, ...]:
        fit = Coterminosity(row.coterminosity).label if row.coterminosity else "Not classed"
        return (
            str(row.pair_id),
            row.authority.slug,
            row.authority.ons_code or "",
            row.authority.name,
            row.board.slug,
            row.board.ons_code or "",
            row.board.ods_code or "",
            row.board.name,
            _day(row.valid_from),
            _day(row.valid_to),
            str(row.population),
            str(row.population_year),
            f"{row.share_of_authority:.6f}",
            f"{row.share_of_board:.6f}",
            _flag(row.sliver),
            _flag(row.planned),
            row.coterminosity or "",
            str(fit),
            row.source,
        )

    return [cells(row) for row in register_rows.overlap_rows(as_at=as_at, on=on)]


def _changes(as_at: date | None, on: date) -> list[tuple[str, ...]]:
    def cells(row: ChangeRow) -> tuple[str, ...]:
        return (
            row.on_date.isoformat(),
            row.kind,
            row.kind.capitalize(),
            *_body(row.predecessor)[1:],
            *_body(row.successor)[1:],
            "" if row.population is None else str(row.population),
            "" if row.share is None else f"{row.share:.6f}",
            row.certainty,
            row.source,
        )

    return [cells(row) for row in register_rows.change_rows(as_at=as_at, on=on)]


def _body(row: BodyRow) -> tuple[str, ...]:
    return (
        str(row.id),
        row.kind,
        str(BodyKind(row.kind).label),
        row.slug,
        row.name,
        row.ons_code or "",
    )


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _flag(value: bool) -> str:
    return "yes" if value else "no"


# By the word that stands in addresses.
FILES: Mapping[str, RegisterFile] = {
    "bodies": RegisterFile(
        title="Bodies",
        holds="Authorities, boards, councils, clusters, NHS regions and national bodies, with "
        "their names, codes and the days on which they opened and closed.",
        headings=(
            *("id", "kind_code", "kind", "slug", "name", "short_name", "ons_code", "ods_code"),
            *("opened_on", "closed_on", "planned", "certainty", "source", "note"),
        ),
        cells=_bodies,
    ),
    "codes": RegisterFile(
        title="Codes",
        holds="Every ONS and ODS code with the days on which it stood for a body.",
        headings=(*_BODY, "scheme_code", "scheme", "code", *_SPAN, "certainty", "source"),
        cells=_codes,
    ),
    "names": RegisterFile(
        title="Names",
        holds="Every name with the days on which a body bore it.",
        headings=(*_BODY, "name", "short_name", *_SPAN, "source"),
        cells=_names,
    ),
    "overlaps": RegisterFile(
        title="Overlaps",
        holds="People whom an authority and a board share, as numbers and as shares both ways; "
        "slivers and planned authorities are marked.",
        headings=(
            *("pair_id", "authority_slug", "authority_ons_code", "authority"),
            *("icb_slug", "icb_ons_code", "icb_ods_code", "icb", *_SPAN),
            *("people_in_both", "population_year", "share_of_authority", "share_of_icb"),
            *("sliver", "planned", "fit_code", "fit", "source"),
        ),
        cells=_overlaps,
    ),
    "changes": RegisterFile(
        title="Changes",
        holds="Which body took over from which, when, and with how many people.",
        headings=(
            *("on_date", "change_code", "change"),
            *(f"predecessor_{name.removeprefix('body_')}" for name in _BODY[1:]),
            *(f"successor_{name.removeprefix('body_')}" for name in _BODY[1:]),
            *("people", "share_of_predecessor", "certainty", "source"),
        ),
        cells=_changes,
    ),
}
