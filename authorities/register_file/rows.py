"""The rows of the register's files."""

from dataclasses import dataclass
from datetime import date

from authorities.register_file.tables import Place
from authorities.reorganisation.operations import Change, Operation
from authorities.span import Span


@dataclass(frozen=True)
class AuthorityRow:
    """A strategic authority; planned while it has no first day."""

    place: Place
    slug: str
    name: str
    short_name: str
    type: str
    tier: str
    ons_code: str
    exists: Span
    planned: bool
    first_mayoral_election: date | None
    next_mayoral_election: date | None
    legal_instrument: str
    note: str
    source: str
    certainty: str


@dataclass(frozen=True)
class MemberRow:
    """A council in an authority; of a planned authority it has no first day."""

    place: Place
    authority: str
    council: str
    role: str
    valid: Span
    source: str
    certainty: str


@dataclass(frozen=True)
class BoardRow:
    """An integrated care board, with its NHS region and, where it has one, its cluster."""

    place: Place
    slug: str
    name: str
    short_name: str
    region: str
    region_code: str
    cluster: str
    exists: Span
    note: str
    source: str
    certainty: str


@dataclass(frozen=True)
class BoardCodeRow:
    """The ONS and the ODS code of a board over a span of days."""

    place: Place
    board: str
    ons_code: str
    ods_code: str
    valid: Span
    source: str
    certainty: str


@dataclass(frozen=True)
class SuccessionRow:
    """A board that took over people of another; `share` of the predecessor's, 0 to 1."""

    place: Place
    predecessor: str
    successor: str
    on_date: date
    kind: str
    population: int
    share: float
    source: str
    certainty: str


@dataclass(frozen=True)
class ClusterRow:
    """Boards that share their leaders, known to do so from the end of the year announced."""

    place: Place
    slug: str
    name: str
    members: tuple[str, ...]
    announced_year: int
    note: str
    source: str
    certainty: str


@dataclass(frozen=True)
class CouncilRow:
    """A council by the code of today."""

    place: Place
    code: str
    name: str
    source: str
    certainty: str


@dataclass(frozen=True)
class CouncilCodeRow:
    """A code that a council has or had."""

    place: Place
    code: str
    council: str
    valid: Span
    source: str
    certainty: str


@dataclass(frozen=True)
class PartRow:
    """The whole of a council, or what one board has of it, with its people."""

    place: Place
    key: str
    council: str
    population: int
    population_year: int
    small_areas: int
    source: str


@dataclass(frozen=True)
class PartBoardRow:
    """The board that serves a part over a span of days."""

    place: Place
    part: str
    board: str
    valid: Span


@dataclass(frozen=True)
class OverlapRow:
    """People whom an authority and a board share, as published, to check the parts against."""

    place: Place
    authority: str
    board: str
    population: int
    share_of_authority: float
    share_of_board: float


@dataclass(frozen=True)
class OverlapTable:
    """A published table of overlaps, and a day on which it held."""

    file: str
    day: date
    rows: tuple[OverlapRow, ...]


@dataclass(frozen=True)
class CouncilRegionRow:
    """The statistical region that a council lies in; London is an authority's area instead."""

    place: Place
    council: str
    region: str
    valid: Span
    source: str
    certainty: str


@dataclass(frozen=True)
class OtherBodyRow:
    """A country, a statistical region or a national body."""

    place: Place
    kind: str
    slug: str
    name: str
    short_name: str
    ons_code: str
    source: str
    certainty: str


@dataclass(frozen=True)
class HeldFunctionRow:
    """A function that an authority holds; without a start its first day is not recorded."""

    place: Place
    authority: str
    function: str
    valid: Span
    note: str
    source: str
    certainty: str


@dataclass(frozen=True)
class SeatRow:
    """A seat that joins an authority and a board; the holder is a role, not a person."""

    place: Place
    authority: str
    board: str
    kind: str
    holder: str
    valid: Span
    note: str
    source: str
    certainty: str


@dataclass(frozen=True)
class PlacedOperation:
    """One operation of a change, and the row in which it begins."""

    place: Place
    operation: Operation


@dataclass(frozen=True)
class ReorganisationRow:
    """A change that made the boards what they are, from all of its rows."""

    place: Place
    key: str
    title: str
    on: date
    operations: tuple[PlacedOperation, ...]
    source: str
    certainty: str

    @property
    def change(self) -> Change:
        """The change as reorganisations have it."""
        return Change(on=self.on, operations=tuple(one.operation for one in self.operations))


@dataclass(frozen=True)
class AgreementRow:
    """An agreement of an authority; without a board it is older than boards or with several."""

    place: Place
    authority: str
    board: str
    title: str
    url: str
    valid: Span
    note: str
    source: str
    certainty: str


@dataclass(frozen=True)
class Register:
    """The whole register, checked.

    gathered_on: the day on which it was gathered. What is planned is known from this day.
    begins_on: the earliest day in it. Bodies whose own first day is not recorded count from here.
    """

    gathered_on: date
    begins_on: date
    authorities: tuple[AuthorityRow, ...]
    members: tuple[MemberRow, ...]
    boards: tuple[BoardRow, ...]
    board_codes: tuple[BoardCodeRow, ...]
    successions: tuple[SuccessionRow, ...]
    clusters: tuple[ClusterRow, ...]
    councils: tuple[CouncilRow, ...]
    council_codes: tuple[CouncilCodeRow, ...]
    parts: tuple[PartRow, ...]
    part_boards: tuple[PartBoardRow, ...]
    overlap_tables: tuple[OverlapTable, ...]
    other_bodies: tuple[OtherBodyRow, ...]
    held_functions: tuple[HeldFunctionRow, ...]
    seats: tuple[SeatRow, ...]
    agreements: tuple[AgreementRow, ...]
    reorganisations: tuple[ReorganisationRow, ...] = ()
    council_regions: tuple[CouncilRegionRow, ...] = ()
