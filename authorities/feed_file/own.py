"""Files of the project's own register, as a difference to what is stored."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from authorities.feed_file.cells import Cells
from authorities.feed_file.faults import ErrorList, plain_text
from authorities.feed_file.rows import Feed, FeedRow, Layout, Scheme
from authorities.feed_file.source import Record
from authorities.reorganisation.facts import AUTHORITY, BOARD, COUNCIL

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True)
class _Form:
    """One file: the columns that tell it, and where each fact stands."""

    layout: Layout
    kind: str
    file: str
    key: str
    name: str = ""
    opened: str = ""
    closed: str = ""
    codes: tuple[tuple[str, str], ...] = ()
    # Needed to tell the file from others.
    marks: tuple[str, ...] = ()

    @property
    def columns(self) -> frozenset[str]:
        """The headings that the file must have."""
        named = (self.key, self.name, self.opened, self.closed)
        return frozenset(
            {*filter(None, named), *(heading for _, heading in self.codes), *self.marks}
        )


_FORMS = (
    _Form(
        layout=Layout.OWN_AUTHORITIES,
        kind=AUTHORITY,
        file="strategic_authorities.csv",
        key="slug",
        name="name",
        opened="established_on",
        closed="abolished_on",
        codes=(("ons", "ons_code"),),
        marks=("tier",),
    ),
    _Form(
        layout=Layout.OWN_BOARDS,
        kind=BOARD,
        file="integrated_care_boards.csv",
        key="slug",
        name="name",
        opened="established_on",
        closed="abolished_on",
        marks=("nhs_region",),
    ),
    _Form(
        layout=Layout.OWN_BOARD_CODES,
        kind=BOARD,
        file="icb_codes.csv",
        key="icb_slug",
        opened="valid_from",
        closed="valid_to",
        codes=(("ons", "ons_code"), ("ods", "ods_code")),
    ),
    _Form(
        layout=Layout.OWN_COUNCILS,
        kind=COUNCIL,
        file="councils.csv",
        key="code",
        name="name",
        marks=("source", "certainty"),
    ),
)
# A district's file has the columns of a council's, and one more.
_NOT_COUNCILS = frozenset({"county_code", "council_code"})


def form_of(*, header: Record) -> _Form | None:
    """Return which file of the register the headings are of; None where they are of none."""
    headings = set(header.cells)
    for form in _FORMS:
        if form.columns <= headings and not (
            form.layout == Layout.OWN_COUNCILS and headings & _NOT_COUNCILS
        ):
            return form
    return None


def read_own(*, form: _Form, header: Record, records: Sequence[Record]) -> Feed:
    """Return the bodies of a file of the register.

    Raises:
        FeedFileError: rows are wrong.
    """
    errors = ErrorList()
    place = {heading: position for position, heading in enumerate(header.cells)}
    rows: list[FeedRow] = []
    first_row: dict[str, FeedRow] = {}
    # The codes of a board follow one another, so its address may stand in several rows.
    once = form.layout != Layout.OWN_BOARD_CODES
    for record in records:
        cells = Cells(record=record, headings=header.cells, errors=errors)
        row = _row(form, place, cells)
        if row is None:
            continue
        before = first_row.setdefault(row.code, row)
        if before is not row and once:
            cells.refuse(
                place[form.key], f"{row.code} stands in row {before.row}, too.", "Remove one."
            )
            continue
        rows.append(row)
    errors.refuse()
    return Feed(
        layout=form.layout,
        scheme=Scheme.ONS if form.kind == COUNCIL else Scheme.OWN,
        rows=tuple(rows),
        covers=frozenset({form.kind}) if once else frozenset(),
    )


def _row(form: _Form, place: dict[str, int], cells: Cells) -> FeedRow | None:
    if len(cells.record.cells) != len(place):
        cells.refuse_row(
            f"There are {len(cells.record.cells)} cells, not {len(place)}.", "Correct the row."
        )
        return None
    by_code = form.kind == COUNCIL
    code = cells.code(place[form.key]) if by_code else _slug(cells, place[form.key])
    name = cells.name(place[form.name]) if form.name else ""
    opened = _day(cells, place, form.opened)
    closed = _day(cells, place, form.closed)
    if form.closed:
        cells.check_order(place[form.closed], opened, closed)
    others = tuple(
        (scheme, value)
        for scheme, heading in form.codes
        if (value := cells.code_if_any(place[heading]))
    )
    if not cells.is_good:
        return None
    return FeedRow(
        row=cells.record.row,
        scheme=Scheme.ONS if by_code else Scheme.OWN,
        code=code,
        name=name,
        kind=form.kind,
        opened=opened,
        closed=closed,
        other_codes=others,
    )


def _day(cells: Cells, place: dict[str, int], heading: str) -> date | None:
    return cells.day(place[heading]) if heading else None


def _slug(cells: Cells, position: int) -> str:
    value = cells.value(position)
    if len(value) > 100 or not _SLUG.fullmatch(value):
        cells.refuse(
            position,
            f"{plain_text(value)} is no address." if value else "The address is empty.",
            "Enter small letters, figures and hyphens.",
        )
    return value
