"""Everything that reorganisations change: bodies and their dated facts, as plain values.

A body is named by its kind and slug, which never change; its name and codes are facts about it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from authorities.span import Span

AUTHORITY = "strategic_authority"
BOARD = "integrated_care_board"
COUNCIL = "council"
CLUSTER = "cluster"
NHS_REGION = "nhs_region"
REGION = "region"
# The role of a council that brings its land into an authority.
CONSTITUENT = "constituent"


@dataclass(frozen=True, order=True)
class BodyKey:
    """Which body: its kind and its slug."""

    kind: str
    slug: str

    def __str__(self) -> str:
        return f"{self.kind}/{self.slug}"


@dataclass(frozen=True)
class BodyFact:
    """A body's first day, and the first day on which it no longer exists.

    `opened` is None while the body is only planned; `planned` stays True after it has opened, so
    that the days before still show it as planned. One that is closed and has no first day was
    given up before it began.
    """

    key: BodyKey
    opened: date | None
    closed: date | None = None
    planned: bool = False

    def exists_on(self, day: date) -> bool:
        """Whether the body exists on the day."""
        return (
            self.opened is not None
            and self.opened <= day
            and (self.closed is None or day < self.closed)
        )

    def is_plan_on(self, day: date) -> bool:
        """Whether the body is planned, has not begun by the day, and is not given up."""
        return (
            self.planned
            and (self.opened is None or self.opened > day)
            and (self.closed is None or day < self.closed)
        )


@dataclass(frozen=True)
class NameFact:
    """What a body is called."""

    body: BodyKey
    name: str
    short_name: str
    valid: Span


@dataclass(frozen=True)
class CodeFact:
    """An external code of a body; `scheme` is ons or ods."""

    body: BodyKey
    scheme: str
    value: str
    valid: Span


@dataclass(frozen=True)
class DesignationFact:
    """The legal type and the tier of a strategic authority."""

    body: BodyKey
    type: str
    tier: str
    valid: Span


@dataclass(frozen=True)
class MemberFact:
    """A council in a strategic authority; `planned` while the authority is not established."""

    council: BodyKey
    authority: BodyKey
    role: str
    planned: bool
    valid: Span


@dataclass(frozen=True)
class PartCouncilFact:
    """The council that a part of England lies in."""

    part: str
    council: BodyKey
    valid: Span


@dataclass(frozen=True)
class PartBoardFact:
    """The board that serves a part of England."""

    part: str
    board: BodyKey
    valid: Span


@dataclass(frozen=True)
class GroupFact:
    """A body's place in a larger one: an NHS region or a cluster."""

    member: BodyKey
    group: BodyKey
    valid: Span


@dataclass(frozen=True)
class SuccessionFact:
    """Who took over from whom; `share` is of the predecessor's people, 0 to 1."""

    predecessor: BodyKey
    successor: BodyKey
    on_date: date
    kind: str
    population: int
    share: float


@dataclass(frozen=True)
class GovernanceFact:
    """What is on record of governance: it is no part of a geography, and ends with its body.

    kind: function, seat or agreement.
    what: the function, the kind of seat, or the title of the agreement.
    holder: of a seat; else empty.
    board: None of a function, and of an agreement without a board.
    """

    kind: str
    what: str
    holder: str
    authority: BodyKey
    board: BodyKey | None
    valid: Span


@dataclass(frozen=True)
class PartFact:
    """A part of England that has one council and one board on any day, with its people."""

    key: str
    population: int
    small_areas: int


@dataclass(frozen=True)
class Geography:
    """Who exists, what they are called and who belongs to them, on every day.

    Tuples are in no particular order; `sorted_geography` gives the order for comparing two.
    """

    bodies: tuple[BodyFact, ...] = ()
    names: tuple[NameFact, ...] = ()
    codes: tuple[CodeFact, ...] = ()
    designations: tuple[DesignationFact, ...] = ()
    members: tuple[MemberFact, ...] = ()
    part_councils: tuple[PartCouncilFact, ...] = ()
    part_boards: tuple[PartBoardFact, ...] = ()
    groups: tuple[GroupFact, ...] = ()
    successions: tuple[SuccessionFact, ...] = ()
    parts: tuple[PartFact, ...] = ()
    # Where each body's name is looked up by people; not part of what makes two geographies equal.
    _bodies: dict[BodyKey, BodyFact] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    def __post_init__(self) -> None:
        """Index the bodies."""
        self._bodies.update({body.key: body for body in self.bodies})

    def body(self, key: BodyKey) -> BodyFact | None:
        """The body, or None where there is none of that kind and slug."""
        return self._bodies.get(key)

    def name_on(self, key: BodyKey, day: date) -> str:
        """The body's short name on the day; its newest, or its slug, where none holds."""
        held = [fact for fact in self.names if fact.body == key]
        on_day = [fact for fact in held if fact.valid.holds_on(day)]
        for fact in on_day or sorted(held, key=lambda one: one.valid.start or date.min)[-1:]:
            return fact.short_name
        return key.slug

    def population(self, parts: Iterable[str]) -> int:
        """The people of some parts."""
        people = {part.key: part.population for part in self.parts}
        return sum(people[key] for key in parts)

    def parts_of_board(self, key: BodyKey, day: date) -> tuple[str, ...]:
        """The parts that the board serves on the day."""
        return tuple(
            sorted(f.part for f in self.part_boards if f.board == key and f.valid.holds_on(day))
        )

    def parts_of_council(self, key: BodyKey, day: date) -> tuple[str, ...]:
        """The parts that lie in the council on the day."""
        return tuple(
            sorted(f.part for f in self.part_councils if f.council == key and f.valid.holds_on(day))
        )

    def members_of(self, key: BodyKey, day: date) -> tuple[MemberFact, ...]:
        """The memberships of councils in the authority on the day."""
        return tuple(f for f in self.members if f.authority == key and f.valid.holds_on(day))

    def parts_of_authority(self, key: BodyKey, day: date) -> tuple[str, ...]:
        """The parts of the authority's constituent councils on the day."""
        councils = {f.council for f in self.members_of(key, day) if f.role == CONSTITUENT}
        return tuple(
            sorted(
                f.part
                for f in self.part_councils
                if f.council in councils and f.valid.holds_on(day)
            )
        )

    def parts_of(self, key: BodyKey, day: date) -> tuple[str, ...]:
        """The parts of a board, a council or an authority on the day; of others none."""
        if key.kind == BOARD:
            return self.parts_of_board(key, day)
        if key.kind == COUNCIL:
            return self.parts_of_council(key, day)
        if key.kind == AUTHORITY:
            return self.parts_of_authority(key, day)
        return ()


def sorted_geography(geography: Geography) -> Geography:
    """Return the same facts, each kind in an order of its own, so that equal ones compare equal."""
    return Geography(
        **{
            name: tuple(sorted(getattr(geography, name), key=repr))
            for name in Geography.__dataclass_fields__
            if not name.startswith("_")
        }
    )
