"""What the questions about bodies and pairs are answered with."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from authorities.models import AuthorityTier, AuthorityType, Coterminosity
from authorities.timetable import TimetableWarning


@dataclass(frozen=True)
class CouncilFacts:
    """A council of an authority."""

    id: UUID
    slug: str
    name: str
    ons_code: str | None
    role: str
    planned: bool


@dataclass(frozen=True)
class ClusterFacts:
    """Boards that share their leaders and are still separate bodies."""

    slug: str
    name: str
    starts: date
    certainty: str


@dataclass(frozen=True)
class SuccessionFacts:
    """A board that came before or after; `share` of the predecessor's people, 0 to 1."""

    slug: str
    name: str
    on_date: date
    kind: str
    population: int | None
    share: float | None


@dataclass(frozen=True)
class PairFacts:
    """A pair on a day. Shares are 0 to 1; a sliver has no class of fit."""

    id: UUID
    authority_slug: str
    authority_name: str
    authority_short_name: str
    authority_tier: str | None
    authority_type: str | None
    board_slug: str
    board_name: str
    board_short_name: str
    nhs_region: str | None
    starts: date
    ends: date | None
    population: int
    population_year: int
    share_of_authority: float
    share_of_board: float
    sliver: bool
    planned: bool
    coterminosity: str | None
    source: str
    cluster: ClusterFacts | None = None
    warnings: tuple[TimetableWarning, ...] = ()

    @property
    def key(self) -> str:
        """The pair in addresses and on maps."""
        return pair_key(authority_slug=self.authority_slug, board_slug=self.board_slug)

    @property
    def coterminosity_name(self) -> str | None:
        """The class of fit in words; None for a sliver."""
        return str(Coterminosity(self.coterminosity).label) if self.coterminosity else None


@dataclass(frozen=True)
class AuthorityFacts:
    """A strategic authority on a day."""

    id: UUID
    slug: str
    name: str
    short_name: str
    ons_code: str | None
    type: str | None
    tier: str | None
    opened_on: date | None
    closed_on: date | None
    planned: bool
    first_mayoral_election: date | None
    next_mayoral_election: date | None
    legal_instrument: str
    certainty: str
    source: str
    note: str
    population: int
    coterminosity: str | None
    councils: tuple[CouncilFacts, ...] = ()
    pairs: tuple[PairFacts, ...] = ()
    warnings: tuple[TimetableWarning, ...] = ()

    @property
    def type_name(self) -> str | None:
        """The legal type in words."""
        return str(AuthorityType(self.type).label) if self.type else None

    @property
    def tier_name(self) -> str | None:
        """The tier in words."""
        return str(AuthorityTier(self.tier).label) if self.tier else None

    @property
    def coterminosity_name(self) -> str | None:
        """The class of fit in words; None without a pair."""
        return str(Coterminosity(self.coterminosity).label) if self.coterminosity else None


@dataclass(frozen=True)
class BoardFacts:
    """An integrated care board on a day."""

    id: UUID
    slug: str
    name: str
    short_name: str
    ons_code: str | None
    ods_code: str | None
    nhs_region: str | None
    opened_on: date | None
    closed_on: date | None
    certainty: str
    source: str
    note: str
    population: int
    coterminosity: str | None
    cluster: ClusterFacts | None = None
    predecessors: tuple[SuccessionFacts, ...] = ()
    successors: tuple[SuccessionFacts, ...] = ()
    pairs: tuple[PairFacts, ...] = ()
    warnings: tuple[TimetableWarning, ...] = ()
    nhs_region_slug: str | None = None

    @property
    def coterminosity_name(self) -> str | None:
        """The class of fit in words; None without a pair."""
        return str(Coterminosity(self.coterminosity).label) if self.coterminosity else None


@dataclass(frozen=True)
class AuthorityLink:
    """The authority that a council is a member of on a day."""

    slug: str
    name: str
    role: str
    planned: bool
    starts: date | None


@dataclass(frozen=True)
class PartFacts:
    """What a board has of a council on a day; `share` of the council's people, 0 to 1."""

    key: str
    board_slug: str | None
    board_name: str
    population: int
    share: float


@dataclass(frozen=True)
class CouncilDetails:
    """A council on a day, with the authorities that it belongs to and the boards that serve it."""

    id: UUID
    slug: str
    name: str
    ons_code: str | None
    opened_on: date | None
    closed_on: date | None
    certainty: str
    source: str
    note: str
    population: int
    authorities: tuple[AuthorityLink, ...] = ()
    parts: tuple[PartFacts, ...] = ()


@dataclass(frozen=True)
class GroupMember:
    """A board in a cluster or an NHS region on a day."""

    slug: str
    name: str
    population: int
    starts: date | None


@dataclass(frozen=True)
class GroupDetails:
    """A cluster or an NHS region on a day."""

    id: UUID
    kind: str
    slug: str
    name: str
    ons_code: str | None
    opened_on: date | None
    closed_on: date | None
    certainty: str
    source: str
    note: str
    population: int
    members: tuple[GroupMember, ...] = ()
    pairs: tuple[PairFacts, ...] = ()


@dataclass(frozen=True)
class Place:
    """Whose a part of a council is on a day. `pair` is its key, None for none and for a sliver."""

    part: str
    council_id: UUID
    council: str
    authority: str | None
    board: str | None
    pair: str | None
    sliver: bool
    planned: bool
    population: int


@dataclass(frozen=True)
class Area:
    """A body that figures may be published for."""

    id: UUID
    kind: str
    slug: str
    name: str
    ons_code: str | None


@dataclass(frozen=True)
class CodeSpan:
    """The days on which a code stood for a body; None is open.

    successor_codes: the codes that took over on `ends`.
    """

    body_id: UUID
    kind: str
    slug: str
    name: str
    starts: date | None
    ends: date | None
    successor_codes: tuple[str, ...] = field(default=())


def pair_key(*, authority_slug: str, board_slug: str) -> str:
    """The name of a pair in addresses and on maps."""
    return f"{authority_slug}/{board_slug}"
