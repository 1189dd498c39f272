"""What an authority's frameworks say to the questions of a return, as plain values (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

# The domain of life expectancy and the state of health itself; all others are determinants.
HEALTH_OUTCOMES = "health-outcomes"


@dataclass(frozen=True)
class Signed:
    """An owner's signature that holds."""

    body: str
    on: date


@dataclass(frozen=True)
class DeclinedBy:
    """An owner that turned a proposal down, when and why; it was not proposed again since."""

    body: str
    on: date
    reason: str


@dataclass(frozen=True)
class VersionFacts:
    """A version as it stands: who signed what it says now, and whose signature it waits for.

    state: a value of the model's states. since: the day from which it waits.
    """

    number: int
    state: str
    signed: tuple[Signed, ...] = ()
    waits_for: tuple[str, ...] = ()
    since: date | None = None
    declined: DeclinedBy | None = None


@dataclass(frozen=True)
class PairFacts:
    """The framework of an authority and an ICB: the version in force, and the one on its way."""

    in_force: VersionFacts | None = None
    open: VersionFacts | None = None
    needs_reconfirmation: bool = False


@dataclass(frozen=True)
class PlaceFacts:
    """An indicator of a version in force.

    determinant: slug and name of what it stands for; empty for none.
    states_role: whether the authority's own role is stated.
    """

    indicator: str
    sex: str
    age: str
    category: str
    is_outcome: bool
    determinant: str = ""
    determinant_name: str = ""
    states_role: bool = False


@dataclass(frozen=True)
class FrameworkFacts:
    """All frameworks of an authority.

    pairs: by the key of the ICB; an ICB that is missing has none.
    places: of all versions in force.
    """

    pairs: Mapping[UUID, PairFacts] = field(default_factory=dict)
    places: tuple[PlaceFacts, ...] = ()

    @property
    def any_in_force(self) -> bool:
        """Whether a version of any of them is in force."""
        return any(one.in_force for one in self.pairs.values())

    @property
    def any_on_its_way(self) -> bool:
        """Whether a version of any of them is drafted or proposed."""
        return any(one.open for one in self.pairs.values())


@dataclass(frozen=True)
class LastReview:
    """The newest signed expert review of an authority's frameworks."""

    framework_id: UUID
    review_id: UUID
    met_on: date
    conclusion: str
    signed_at: datetime
