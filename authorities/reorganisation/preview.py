"""What a change would do, as everybody sees it who approves it. Frozen with the change."""

from dataclasses import dataclass


@dataclass(frozen=True)
class BodyLine:
    """One thing that happens to a body, in words."""

    kind: str
    slug: str
    name: str
    text: str


@dataclass(frozen=True)
class PairWarning:
    """A timetable warning: its kind, the ISO day that it speaks of, the cluster if it is one."""

    kind: str
    on: str | None
    cluster: str | None


@dataclass(frozen=True)
class PairOnDay:
    """A pair as it is on the day: people shared, shares 0 to 1, class of fit."""

    population: int
    share_of_authority: float
    share_of_board: float
    sliver: bool
    planned: bool
    coterminosity: str | None
    warnings: tuple[PairWarning, ...]


@dataclass(frozen=True)
class PairLine:
    """A pair without and with the change; None where it does not exist."""

    authority_slug: str
    authority_name: str
    board_slug: str
    board_name: str
    before: PairOnDay | None
    after: PairOnDay | None


@dataclass(frozen=True)
class ThingLine:
    """Things of one kind that the change concerns, and what becomes of them."""

    what: str
    count: int
    becomes: str
    links: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class GovernanceLine:
    """What is on record of the governance of a body that ends, and ends with it.

    kind: function, seat or agreement.
    what: the function, the kind of seat, or the title of the agreement.
    holder, board_slug, board_name: empty where it has none.
    start, end: ISO days between which it is on record without the change; None is open.
    """

    kind: str
    what: str
    holder: str
    authority_slug: str
    authority_name: str
    board_slug: str
    board_name: str
    start: str | None
    end: str | None


@dataclass(frozen=True)
class PersonLine:
    """What a person gains and loses.

    membership: the key of the role at the body that ends.
    successor: slug of the body that the role follows; empty where it ends.
    until: ISO instant until which the old role lasts, for work that may be finished; else None.
    """

    membership: int
    person: str
    email: str
    role: str
    body_kind: str
    body_slug: str
    body_name: str
    successor: str
    successor_name: str
    until: str | None
    unfinished: str


@dataclass(frozen=True)
class ClassCount:
    """How many bodies are of a class of fit without and with the change."""

    kind: str
    coterminosity: str
    before: int
    after: int


@dataclass(frozen=True)
class Preview:
    """Everything affected by a change, on its day.

    on: ISO day of the change.
    print: a hash of every dated fact that changes: application refuses to do anything else.
    governance: what ends with bodies; None in a preview that was frozen before it was looked at.
    """

    on: str
    bodies: tuple[BodyLine, ...]
    pairs: tuple[PairLine, ...]
    unchanged_pairs: int
    things: tuple[ThingLine, ...]
    people: tuple[PersonLine, ...]
    classes: tuple[ClassCount, ...]
    blockers: tuple[str, ...]
    print: str
    governance: tuple[GovernanceLine, ...] | None = None
