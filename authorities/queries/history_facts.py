"""What the question about a body's history is answered with."""

from dataclasses import dataclass
from datetime import date

from authorities.queries.scheduled import AnnouncedChange
from authorities.timeline import Event, Spell


@dataclass(frozen=True)
class KinFacts:
    """A body that came before or after; `share` of the predecessor's people, 0 to 1."""

    kind: str
    slug: str
    name: str
    on_date: date
    before: bool
    population: int | None
    share: float | None
    source: str
    certainty: str


@dataclass(frozen=True)
class CodeFacts:
    """A code that the body has or had."""

    scheme: str
    value: str
    starts: date | None
    ends: date | None
    source: str
    certainty: str


@dataclass(frozen=True)
class FunctionFacts:
    """A function that an authority holds on the day; without a start, its first is not recorded."""

    function: str
    starts: date | None
    note: str
    source: str
    certainty: str


@dataclass(frozen=True)
class SeatFacts:
    """A seat that joins the body to another on the day."""

    kind: str
    holder: str
    other_kind: str
    other_slug: str
    other_name: str
    starts: date | None
    note: str
    source: str
    certainty: str


@dataclass(frozen=True)
class AgreementFacts:
    """An agreement of the body that stands on the day; other_* are empty without a board."""

    title: str
    url: str
    other_kind: str
    other_slug: str
    other_name: str
    starts: date | None
    note: str
    source: str
    certainty: str


@dataclass(frozen=True)
class BodyHistory:
    """What is on record of a body; functions, seats and agreements are those of the day."""

    spells: tuple[Spell, ...]
    events: tuple[Event, ...]
    kin: tuple[KinFacts, ...]
    codes: tuple[CodeFacts, ...]
    functions: tuple[FunctionFacts, ...]
    seats: tuple[SeatFacts, ...]
    announced: tuple[AnnouncedChange, ...]
    closed_on: date | None
    agreements: tuple[AgreementFacts, ...]
