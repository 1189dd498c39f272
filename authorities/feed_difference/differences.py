"""How a row of a file and the register may differ."""

from dataclasses import dataclass
from enum import StrEnum

from authorities.reorganisation.facts import AUTHORITY, BOARD, COUNCIL, BodyKey

NOUNS = {AUTHORITY: "strategic authority", BOARD: "ICB", COUNCIL: "council"}
PLURALS = {AUTHORITY: "strategic authorities", BOARD: "ICBs", COUNCIL: "councils"}


class DifferenceKind(StrEnum):
    """How the two differ."""

    ADDED = "added"
    CHANGED = "changed"
    CLOSED = "closed"
    UNKNOWN = "unknown"


class Aspect(StrEnum):
    """What of the body differs."""

    BODY = "body"
    NAME = "name"
    CODE = "code"
    OPENING = "opening"
    AUTHORITY = "authority"
    BOARDS = "boards"


@dataclass(frozen=True)
class Difference:
    """One difference, to be decided by a person.

    code, name: as the file has them; where the file lacks the body, as the register has them.
    body: which of ours it is about.
    group: the authority that the council is in, by the file.
    scheme, value: a code of the body that the file has beside, where that differs.
    other_codes: (scheme, value) of the codes that the file has beside a new one.
    offers: bodies of ours with a like name, the likest first.
    row: None where the file has no row of it.
    """

    kind: DifferenceKind
    aspect: Aspect
    body_kind: str
    scheme: str
    code: str
    name: str
    detail: str
    body: BodyKey | None = None
    group: BodyKey | None = None
    value: str = ""
    other_codes: tuple[tuple[str, str], ...] = ()
    offers: tuple[BodyKey, ...] = ()
    row: int | None = None


@dataclass(frozen=True)
class Comparison:
    """Every difference, and what is the same.

    same: bodies that the file has as the register has them.
    over: bodies that the file has closed and that were never ours.
    """

    differences: tuple[Difference, ...]
    same: int
    over: int
    notices: tuple[str, ...]
