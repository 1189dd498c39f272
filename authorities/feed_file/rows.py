"""What a file says, whatever its layout."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Layout(StrEnum):
    """The layouts that are read."""

    ONS_NAMES = "ons_names"
    ONS_LOOKUP = "ons_lookup"
    ODS = "ods"
    OWN_AUTHORITIES = "own_authorities"
    OWN_BOARDS = "own_boards"
    OWN_COUNCILS = "own_councils"
    OWN_BOARD_CODES = "own_board_codes"


class Scheme(StrEnum):
    """What a file names a body by."""

    ONS = "ons"
    ODS = "ods"
    # The register's own addresses, which are never used again.
    OWN = "own"


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A body as a file has it.

    name: empty where the layout has none.
    kind: strategic_authority, integrated_care_board or council; empty for another kind.
    opened: the first day; None where the file does not say.
    closed: the first day on which it no longer exists; None where it goes on.
    other_codes: (scheme, value) of the codes that stand beside.
    """

    row: int
    scheme: str
    code: str
    name: str
    kind: str
    opened: date | None = None
    closed: date | None = None
    other_codes: tuple[tuple[str, str], ...] = ()

    def holds_on(self, day: date) -> bool:
        """Whether the file has the body on the day."""
        return (self.opened is None or self.opened <= day) and (
            self.closed is None or day < self.closed
        )


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A council in a strategic authority, or served by a board, by their codes.

    kind: that of the group, strategic_authority or integrated_care_board.
    """

    row: int
    kind: str
    council: str
    group: str


@dataclass(frozen=True, slots=True)
class Feed:
    """A file that was read from its first row to its last.

    covers: the kinds of which the file lists every body, so that absence says something.
    linked: the kinds of group of which the file tells the councils.
    vintage: the year that the headings name.
    """

    layout: Layout
    scheme: Scheme
    rows: tuple[FeedRow, ...]
    links: tuple[FeedLink, ...] = ()
    covers: frozenset[str] = frozenset()
    linked: frozenset[str] = frozenset()
    vintage: int | None = None
    notices: tuple[str, ...] = ()

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of body in the file, in order."""
        return tuple(sorted({row.kind for row in self.rows if row.kind}))
