"""Names-and-codes files and lookups of the Office for National Statistics.

Source: the headings of the Open Geography Portal, such as ICB26CD, ICB26CDH, ICB26NM and ObjectId;
what was seen of them stands in docs/methods/register-upkeep.md.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from authorities.feed_file.cells import Cells
from authorities.feed_file.faults import ErrorList, FeedFileError, plain_text
from authorities.feed_file.rows import Feed, FeedLink, FeedRow, Layout, Scheme
from authorities.feed_file.source import Record
from authorities.reorganisation.facts import AUTHORITY, BOARD, COUNCIL

# The two digits are the year of the codes. CDH is the code of the health service, which is ODS's.
_OURS = re.compile(r"^(ICB|CTYUA|UTLA|LAD|LTLA|CAUTH)(\d{2})(CDH|CD|NM)$", re.IGNORECASE)
_ANY_CODE = re.compile(r"^([A-Z]+)\d{2}CD$", re.IGNORECASE)
# The register holds upper-tier councils, so those are taken where a file has districts, too.
_COUNCILS = ("CTYUA", "UTLA", "LAD", "LTLA")
_KINDS = {"ICB": BOARD, "CAUTH": AUTHORITY} | dict.fromkeys(_COUNCILS, COUNCIL)


@dataclass(frozen=True)
class _Columns:
    """Where the code, the name and the ODS code of one kind of body stand."""

    type: str
    kind: str
    year: int
    code: int
    name: int
    ods: int | None


def is_ons(*, header: Record) -> bool:
    """Whether a heading is that of a code of ours."""
    return any((match := _OURS.match(cell)) and match[3].upper() == "CD" for cell in header.cells)


def read_ons(*, header: Record, records: Sequence[Record]) -> Feed:
    """Return the bodies of a file, and which council belongs to whom where it is a lookup.

    Raises:
        FeedFileError: a heading is missing or there twice, or rows are wrong.
    """
    columns = _columns(header)
    types = {match[1].upper() for cell in header.cells if (match := _ANY_CODE.match(cell))}
    is_lookup = len(types) > 1
    reader = _Reader(header=header, columns=columns, is_lookup=is_lookup)
    for record in records:
        reader.read(record)
    reader.errors.refuse()
    kinds = frozenset(one.kind for one in columns)
    return Feed(
        layout=Layout.ONS_LOOKUP if is_lookup else Layout.ONS_NAMES,
        scheme=Scheme.ONS,
        rows=tuple(reader.rows.values()),
        links=tuple(reader.links.values()),
        # A lookup to combined authorities leaves out the councils that are in none.
        covers=frozenset({AUTHORITY}) if AUTHORITY in kinds else kinds,
        linked=kinds - {COUNCIL} if COUNCIL in kinds else frozenset(),
        vintage=max(one.year for one in columns),
    )


def _columns(header: Record) -> tuple[_Columns, ...]:
    places: dict[str, dict[str, int]] = {}
    years: dict[str, set[int]] = {}
    for position, cell in enumerate(header.cells):
        match = _OURS.match(cell)
        if match is None:
            continue
        type_, part = match[1].upper(), match[3].upper()
        years.setdefault(type_, set()).add(2000 + int(match[2]))
        if part in places.setdefault(type_, {}):
            raise FeedFileError(
                "headings",
                f"Row {header.row}: the file has two columns {type_}..{part}. Keep one year.",
            )
        places[type_][part] = position
    chosen = [one for one in _COUNCILS if one in places][:1]
    types = [one for one in places if one not in _COUNCILS] + chosen
    return tuple(_columns_of(one, places[one], years[one], header) for one in sorted(types))


def _columns_of(type_: str, places: dict[str, int], years: set[int], header: Record) -> _Columns:
    if len(years) > 1:
        raise FeedFileError(
            "headings",
            f"Row {header.row}: the columns {type_} are of {min(years)} and {max(years)}. Keep one "
            "year.",
        )
    [year] = years
    for part in ("CD", "NM"):
        if part not in places:
            raise FeedFileError(
                "headings", f"Row {header.row}: no column {type_}{year % 100:02d}{part}. Add it."
            )
    return _Columns(
        type=type_,
        kind=_KINDS[type_],
        year=year,
        code=places["CD"],
        name=places["NM"],
        ods=places.get("CDH"),
    )


class _Reader:
    """Gathers the bodies and links of a file, row by row."""

    def __init__(self, *, header: Record, columns: Sequence[_Columns], is_lookup: bool) -> None:
        self.rows: dict[tuple[str, str], FeedRow] = {}
        self.links: dict[tuple[str, str, str], FeedLink] = {}
        self.errors = ErrorList()
        self._header = header
        self._columns = columns
        self._is_lookup = is_lookup
        # What a lookup says again and again is checked once.
        self._read_before: dict[tuple[str, ...], str] = {}
        self._ods: dict[str, FeedRow] = {}

    def read(self, record: Record) -> None:
        """Take one row."""
        cells = Cells(record=record, headings=self._header.cells, errors=self.errors)
        if len(record.cells) != len(self._header.cells):
            cells.refuse_row(
                f"There are {len(record.cells)} cells, not {len(self._header.cells)}.",
                "Correct the row, or export the file again.",
            )
            return
        codes = {one.kind: self._code_of(one, cells) for one in self._columns}
        council = codes.get(COUNCIL)
        if not cells.is_good or not council:
            return
        for kind, group in codes.items():
            if kind != COUNCIL and group:
                link = FeedLink(row=record.row, kind=kind, council=council, group=group)
                self.links.setdefault((kind, council, group), link)

    def _code_of(self, columns: _Columns, cells: Cells) -> str:
        positions = (columns.code, columns.name, *(() if columns.ods is None else (columns.ods,)))
        given = (columns.type, *(cells.value(position) for position in positions))
        if self._is_lookup and given in self._read_before:
            return self._read_before[given]
        # A council in no combined authority has empty cells there.
        if self._is_lookup and not any(given[1:]):
            return ""
        code, name = cells.code(columns.code), cells.name(columns.name)
        ods = cells.code_if_any(columns.ods) if columns.ods is not None else ""
        if not cells.is_good:
            return ""
        row = FeedRow(
            row=cells.record.row,
            scheme=Scheme.ONS,
            code=code,
            name=name,
            kind=columns.kind,
            other_codes=((Scheme.ODS.value, ods),) if ods else (),
        )
        self._keep(row, columns, cells, ods)
        self._read_before[given] = code
        return code

    def _keep(self, row: FeedRow, columns: _Columns, cells: Cells, ods: str) -> None:
        before = self.rows.get((row.kind, row.code))
        if before is not None:
            if self._is_lookup:
                cells.refuse(
                    columns.name,
                    f"{row.code} is {plain_text(before.name)} in row {before.row}, with another "
                    "code or name here.",
                    "Correct one of the two.",
                )
            else:
                cells.refuse(
                    columns.code, f"{row.code} stands in row {before.row}, too.", "Remove one."
                )
            return
        if ods and ods in self._ods and columns.ods is not None:
            cells.refuse(
                columns.ods, f"{ods} stands in row {self._ods[ods].row}, too.", "Correct one."
            )
            return
        self.rows[row.kind, row.code] = row
        if ods:
            self._ods[ods] = row
