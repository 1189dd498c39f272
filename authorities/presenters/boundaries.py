"""What the pages of boundary sets show: the list, and what a file would give."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone

from authorities.actions.boundary_imports import KEPT_FOR
from authorities.actions.boundary_plan import CodedArea
from authorities.actions.boundary_previews import BoundaryPreview
from authorities.area_map import AreaMap
from authorities.models import BoundaryImport, BoundaryImportState, BoundarySet
from authorities.presenters.geography import Table
from authorities.presenters.tables import Cell, Column, SummaryRow, address
from authorities.presenters.words import day_text
from authorities.queries import boundary_choice
from authorities.queries.dated import holds_on


@dataclass(frozen=True)
class BoundaryListPage:
    """All facts of the list; pending is nothing for who may not import."""

    sets: Table
    pending: Table | None
    import_url: str


@dataclass(frozen=True)
class CodeTable:
    """Codes of one kind, with what to do about them."""

    do: str
    table: Table


@dataclass(frozen=True)
class PreviewPage:
    """All facts of a preview. fits says whether the file can be stored."""

    id: UUID
    name: str
    summary: tuple[SummaryRow, ...]
    fits: bool
    problems: tuple[str, ...]
    tables: tuple[CodeTable, ...]
    map: AreaMap | None
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class ProgressPage:
    """How far a worker is with a file, or what became of it."""

    id: UUID
    name: str
    file_name: str
    sent_on: str
    sent_by: str
    title: str
    words: str
    is_waiting: bool
    is_stored: bool
    is_refused: bool


def boundary_list_page(
    *,
    sets: Sequence[BoundarySet],
    pending: Sequence[BoundaryImport] | None,
    today: date,
) -> BoundaryListPage:
    """Return the list, in the order in which a day's map chooses."""
    valid = [one for one in sets if holds_on(one.valid, today)]
    used = max(valid, key=boundary_choice, default=None)
    return BoundaryListPage(
        sets=Table(
            caption="Boundary sets, the first choice first",
            columns=(
                Column("Name"),
                Column("Kind"),
                Column("First day"),
                Column("Last day"),
                Column("Source"),
                Column("Licence"),
            ),
            rows=tuple(
                (
                    Cell(
                        text=one.name, note="Maps of today are drawn from it" if one == used else ""
                    ),
                    Cell(text="Approximate" if one.approximate else "Official"),
                    Cell(text=_day(one.valid.lower, "Any")),
                    Cell(
                        text=_day(one.valid.upper and one.valid.upper - timedelta(days=1), "Open")
                    ),
                    Cell(text=one.source),
                    Cell(text=one.licence),
                )
                for one in sets
            ),
        ),
        pending=None if pending is None else _pending_table(pending),
        import_url="" if pending is None else address("authorities:boundary-import"),
    )


def preview_page(*, pending: BoundaryImport, preview: BoundaryPreview) -> PreviewPage:
    """Return what a file would give."""
    proposed = timezone.localtime(pending.proposed_at).date()
    assert pending.checked_at is not None  # noqa: S101 - the database holds it of what was read
    checked = timezone.localtime(pending.checked_at).date()
    return PreviewPage(
        id=pending.pk,
        name=pending.name,
        summary=(
            SummaryRow("File", f"{pending.file_name}, {pending.size / 1_000_000:.1f} MB"),
            SummaryRow("Codes", f"{preview.kind} of {preview.year}, council codes of that year"),
            SummaryRow(
                "Coordinates",
                "Longitude and latitude, converted to the British National Grid (to about 5 m)"
                if preview.converted
                else "British National Grid",
            ),
            SummaryRow("First day", day_text(day=pending.valid_from)),
            SummaryRow("Source", pending.source),
            SummaryRow("Licence", pending.licence),
            SummaryRow("Sent by", f"{pending.proposed_by.full_name} on {day_text(day=proposed)}"),
            SummaryRow("Compared with the register", f"On {day_text(day=checked)}"),
            SummaryRow("Kept until", day_text(day=proposed + KEPT_FOR)),
        ),
        fits=not preview.problems,
        problems=preview.problems,
        tables=tuple(
            CodeTable(do=do, table=_codes(title, found))
            for title, do, found in (
                (
                    "Codes that the register does not have",
                    (
                        "Update the register first if these councils are new, then check again. If "
                        "they are gone, import the boundaries of a later year."
                    ),
                    preview.unmatched,
                ),
                (
                    "Councils that come twice",
                    (
                        "Another code of the file stands for the same council. Remove one and "
                        "import the file again."
                    ),
                    preview.doubled,
                ),
                (
                    "Councils without an area",
                    (
                        "The file does not hold these councils, so maps would have holes. Import a "
                        "file of all England."
                    ),
                    preview.missing,
                ),
                (
                    "Left out: codes outside England",
                    "Nothing needs to be done.",
                    preview.left_out,
                ),
            )
            if found
        ),
        map=preview.map,
        counts=(
            ("Councils with an area", len(preview.matched)),
            ("Councils without an area", len(preview.missing)),
            ("Codes that the register does not have", len(preview.unmatched)),
            ("Codes outside England, left out", len(preview.left_out)),
        ),
    )


def progress_page(*, pending: BoundaryImport) -> ProgressPage:
    """Return what a worker does with a file, or what became of it."""
    state = BoundaryImportState(pending.state)
    title, words = _progress_words(pending, state)
    return ProgressPage(
        id=pending.pk,
        name=pending.name,
        file_name=pending.file_name,
        sent_on=day_text(day=timezone.localtime(pending.proposed_at).date()),
        sent_by=pending.proposed_by.full_name,
        title=title,
        words=words,
        is_waiting=state in (BoundaryImportState.READING, BoundaryImportState.STORING),
        is_stored=state == BoundaryImportState.STORED,
        is_refused=state == BoundaryImportState.REFUSED,
    )


def _progress_words(pending: BoundaryImport, state: BoundaryImportState) -> tuple[str, str]:
    waits = pending.started_at is None
    if state == BoundaryImportState.READING:
        return (
            "We are reading the file",
            "Waiting to be read."
            if waits
            else "Reading the areas and comparing their codes with the register.",
        )
    if state == BoundaryImportState.STORING:
        return (
            "We are storing the boundaries",
            "Waiting to be stored."
            if waits
            else "Dividing, simplifying and storing the areas: all of them or none.",
        )
    if state == BoundaryImportState.STORED:
        return (f"{pending.name} is stored", "Maps are drawn anew from it.")
    return (
        "The file cannot be used"
        if state == BoundaryImportState.REFUSED
        else "We could not finish the file",
        pending.failure,
    )


def _pending_table(pending: Sequence[BoundaryImport]) -> Table:
    return Table(
        caption="Files that are not stored yet",
        columns=(
            Column("Name"),
            Column("State"),
            Column("First day"),
            Column("Sent by"),
            Column("Kept until"),
        ),
        rows=tuple(
            (
                Cell(text=one.name, url=address("authorities:boundary-preview", str(one.pk))),
                Cell(text=BoundaryImportState(one.state).label),
                Cell(text=day_text(day=one.valid_from)),
                Cell(text=one.proposed_by.full_name),
                Cell(text=day_text(day=timezone.localtime(one.proposed_at).date() + KEPT_FOR)),
            )
            for one in pending
        ),
    )


def _codes(caption: str, found: Sequence[CodedArea]) -> Table:
    return Table(
        caption=f"{caption}: {len(found)}",
        columns=(Column("Code"), Column("Name")),
        rows=tuple(
            (Cell(text=coded.code or "No code"), Cell(text=coded.name or "No name"))
            for coded in found
        ),
    )


def _last(end: date | None) -> date | None:
    return end - timedelta(days=1) if end else None


def _day(day: date | None, open_: str) -> str:
    return day_text(day=day) if day else open_
