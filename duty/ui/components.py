"""What components show. Any frozen object with the same attributes does as well.

Presenters of the lower apps cannot import this module, and need not: a template hands their
objects to a tag, which reads the attributes named here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from outcomes.stats.trajectory import TrajectoryStatus

TagColour = Literal[
    "", "grey", "green", "teal", "blue", "purple", "magenta", "red", "orange", "yellow"
]


@dataclass(frozen=True)
class Tag:
    """A state in words, with a colour that only repeats them."""

    text: str
    colour: TagColour = ""


@dataclass(frozen=True)
class Action:
    """A link; the hidden words make its purpose plain out of context."""

    label: str
    url: str
    hidden_words: str = ""


@dataclass(frozen=True)
class SummaryRow:
    """A question and its answer."""

    key: str
    value: str
    actions: Sequence[Action] = ()


@dataclass(frozen=True)
class TaskRow:
    """One task; without a link it cannot be started yet."""

    id: str
    title: str
    status: Tag
    url: str = ""
    hints: Sequence[str] = ()


@dataclass(frozen=True)
class Column:
    """The head of a table's column."""

    label: str
    numeric: bool = False


@dataclass(frozen=True)
class Cell:
    """One cell: a text, perhaps a link, with a smaller line under it.

    status: code of a progress status, which the text then is the word of, for its sign.
    flag, flag_url: what stands beside it, and where that is said in full.
    quiet: it says that there is nothing, which a stacked table on a phone leaves out.
    """

    text: str
    url: str = ""
    note: str = ""
    status: str = ""
    flag: str = ""
    flag_url: str = ""
    quiet: bool = False


@dataclass(frozen=True)
class Count:
    """How many of how many."""

    number: str
    label: str
    of: str = ""
    kind: Literal["", "off", "na", "in"] = ""
    status: str = ""


@dataclass(frozen=True)
class Side:
    """What one of two bodies says: its name, its status and its words."""

    name: str
    status: Tag | None = None
    text: str = ""
    note: str = ""


@dataclass(frozen=True)
class Download:
    """A file to take away; the size in bytes where it is known."""

    label: str
    url: str
    kind: str
    size: int | None = None


@dataclass(frozen=True)
class PageLink:
    """One page of a long list; no number stands for pages left out."""

    number: int | None
    url: str = ""
    current: bool = False


@dataclass(frozen=True)
class Sign:
    """The sign of a progress status: strokes in a square of 16, and the ending of its class."""

    path: str
    ending: Literal["high", "partial", "low", "na"]


# One ink in three weights, heaviest where help is needed first, and a shape of its own for each.
_SIGNS = {
    TrajectoryStatus.MISSED: Sign("M3 3 13 13M13 3 3 13", "high"),
    TrajectoryStatus.NOT_MET_UNCERTAIN: Sign(
        "M4 1.5 12 9.5M12 1.5 4 9.5M1.5 14q3.25-3.5 6.5 0t6.5 0", "high"
    ),
    TrajectoryStatus.OFF_TRACK: Sign("M8 1.5 15 14H1zM8 6v4M8 11.2v1.3", "high"),
    TrajectoryStatus.INCONCLUSIVE: Sign(
        "M1.5 6q3.25-4 6.5 0t6.5 0M1.5 11q3.25-4 6.5 0t6.5 0", "partial"
    ),
    TrajectoryStatus.BEHIND_WITHIN_MARGIN: Sign("M13 3 6 8l7 5M3 2.5v11", "partial"),
    TrajectoryStatus.ON_TRACK: Sign("M2 8h12M9 3l5 5-5 5", "low"),
    TrajectoryStatus.AHEAD: Sign("M2.5 3l5 5-5 5M8.5 3l5 5-5 5", "low"),
    TrajectoryStatus.AT_TARGET_UNCERTAIN: Sign(
        "M8 1.5a6.5 6.5 0 1 1-.01 0M8 6.5a1.5 1.5 0 1 1-.01 0", "low"
    ),
    TrajectoryStatus.ACHIEVED: Sign("M2 8.5 6.5 13 14 3.5", "low"),
    TrajectoryStatus.NOT_ASSESSED: Sign("M2.5 8h3.5M10 8h3.5", "na"),
}


class UnknownStatusError(LookupError):
    """A page asks for a progress status that does not exist."""


def sign_of(*, status: str) -> Sign:
    """Return the sign of a progress status by its code.

    Raises:
        UnknownStatusError: there is no such status, which must not pass as another.
    """
    if status not in _SIGNS:
        raise UnknownStatusError(f"There is no progress status “{status}”.")
    return _SIGNS[TrajectoryStatus(status)]


def page_links(*, page: int, pages: int, url: str, end: str = "") -> tuple[PageLink, ...]:
    """Return the links of a paged list: first, last, and those beside the current page.

    Args:
        page: current page, 1 to `pages`.
        pages: how many there are.
        url: an address that ends where the page's number goes, such as '?round=3&page='.
        end: what follows the number, such as '#sent'.
    """
    shown = [n for n in range(1, pages + 1) if n in (1, pages) or abs(n - page) <= 1]
    links: list[PageLink] = []
    for n in shown:
        if links and links[-1].number is not None and n - links[-1].number > 1:
            links.append(PageLink(number=None))
        links.append(PageLink(number=n, url=f"{url}{n}{end}", current=n == page))
    return tuple(links)
