"""Reads the file of reorganisations: rows in, changes as plain values out."""

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from authorities.register_file.rows import PlacedOperation, ReorganisationRow
from authorities.register_file.tables import FACT, Cells, read_table
from authorities.reorganisation.facts import BOARD, NHS_REGION, BodyKey
from authorities.reorganisation.operations import (
    AreaShare,
    Close,
    Merge,
    Open,
    Operation,
    Recode,
    Rename,
    Split,
    SplitTarget,
    Transfer,
)

_FILE = "reorganisations.csv"
# Boards are the only bodies whose reorganisation the register's sources tell so far.
_KINDS = frozenset({BOARD})
# What all rows of one change share, and what all rows of one operation share.
_OF_CHANGE = ("title", "effective_date", *FACT)
_OF_OPERATION = ("operation", "kind", "body")
_CELLS = (*("target", "areas", "name", "short_name", "ons_code", "ods_code", "group", "primary"),)
# The cells of each operation besides its body; others stay empty.
_MUST: dict[str, tuple[str, ...]] = {
    "open": ("name", "short_name"),
    "close": (),
    "rename": ("name", "short_name"),
    "recode": (),
    "merge": ("target",),
    "split": ("target", "areas"),
    "transfer": ("target", "areas"),
}
_MAY: dict[str, tuple[str, ...]] = {
    "open": ("ons_code", "ods_code", "group"),
    "recode": ("ons_code", "ods_code"),
    "split": ("primary",),
}


def read_reorganisations(*, folder: Path) -> tuple[ReorganisationRow, ...]:
    """Return the changes that made the boards of today; a wrong cell raises RegisterError."""
    columns = ("change", "position", *_OF_OPERATION, *_CELLS, *_OF_CHANGE)
    rows = read_table(folder=folder, file=_FILE, columns=columns)
    found: dict[str, ReorganisationRow] = {}
    for key, own in groupby(rows, key=lambda row: row.slug("change")):
        change = _change(key, tuple(own))
        if key in found:
            raise change.place.error(f"the rows of {key} stand apart. Put them together.")
        found[key] = change
    return tuple(found.values())


def _change(key: str, rows: Sequence[Cells]) -> ReorganisationRow:
    first = rows[0]
    for row in rows:
        _same_as(first, row, _OF_CHANGE)
    on = first.day("effective_date")
    if on is None:
        raise first.place.error("effective_date is empty. Fill it in.")
    operations = []
    for expected, (position, own) in enumerate(
        groupby(rows, key=lambda row: row.count("position", most=1000)), start=1
    ):
        group = tuple(own)
        if position != expected:
            raise group[0].place.error(
                f"position is {position}, not {expected}. Number the operations of a change from 1."
            )
        operations.append(PlacedOperation(place=group[0].place, operation=_operation(group)))
    return ReorganisationRow(
        place=first.place,
        key=key,
        title=first.text("title", most=200),
        on=on,
        operations=tuple(operations),
        source=first.text("source"),
        certainty=first.certainty(),
    )


def _same_as(first: Cells, row: Cells, columns: Sequence[str]) -> None:
    for column in columns:
        if row.values[column] != first.values[column]:
            raise row.place.error(f"{column} is not that of row {first.place.row}. Make it so.")


def _operation(rows: Sequence[Cells]) -> Operation:
    first = rows[0]
    kind = first.choice("operation", _MUST)
    first.choice("kind", _KINDS)
    for row in rows:
        _same_as(first, row, _OF_OPERATION)
        _only_its_cells(row, kind)
    if kind == "split":
        return _split(rows)
    if len(rows) > 1:
        raise rows[1].place.error(
            f"position is that of row {first.place.row}. Only a split has several rows."
        )
    match kind:
        case "open":
            return _open(first)
        case "close":
            return Close(_board(first, "body"))
        case "rename":
            return Rename(_board(first, "body"), *_names(first))
        case "recode":
            return _recode(first)
        case "merge":
            sources = tuple(BodyKey(BOARD, slug) for slug in first.words("body"))
            return Merge(sources=sources, target=_board(first, "target"))
        case _:
            return Transfer(
                areas=_areas(first), source=_board(first, "body"), target=_board(first, "target")
            )


def _only_its_cells(row: Cells, kind: str) -> None:
    row.text("body")
    for column in _MUST[kind]:
        row.text(column)
    for column in _CELLS:
        if row.values[column] and column not in (*_MUST[kind], *_MAY.get(kind, ())):
            raise row.place.error(f"{column} does not belong to the operation {kind}. Empty it.")


def _open(row: Cells) -> Open:
    name, short_name = _names(row)
    return Open(
        body=_board(row, "body"),
        name=name,
        short_name=short_name,
        ons_code=_code(row, "ons_code"),
        ods_code=_code(row, "ods_code"),
        group=BodyKey(NHS_REGION, row.slug("group")) if row.optional("group") else None,
    )


def _recode(row: Cells) -> Recode:
    given = [scheme for scheme in ("ons", "ods") if row.optional(f"{scheme}_code")]
    if len(given) != 1:
        raise row.place.error("a recode has one code. Fill in ons_code or ods_code.")
    [scheme] = given
    return Recode(body=_board(row, "body"), scheme=scheme, value=_code(row, f"{scheme}_code"))


def _split(rows: Sequence[Cells]) -> Split:
    primary = [row for row in rows if row.optional("primary")]
    for row in primary:
        row.choice("primary", {"yes"})
    if len(primary) != 1:
        raise rows[0].place.error(
            "a split has one primary successor. Write yes in one of its rows."
        )
    return Split(
        source=_board(rows[0], "body"),
        targets=tuple(SplitTarget(body=_board(row, "target"), areas=_areas(row)) for row in rows),
        primary=_board(primary[0], "target"),
    )


def _board(row: Cells, column: str) -> BodyKey:
    return BodyKey(BOARD, row.slug(column))


def _names(row: Cells) -> tuple[str, str]:
    return row.text("name", most=200), row.text("short_name", most=120)


def _code(row: Cells, column: str) -> str:
    return row.code(column) if row.optional(column) else ""


def _areas(row: Cells) -> tuple[AreaShare, ...]:
    return tuple(AreaShare(part) for part in row.words("areas"))
