"""What the list of changes shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse

from authorities.presenters.reorganisations.words import Tag, state_tag
from authorities.presenters.words import day_text
from authorities.queries.reorganisations import ChangeFacts, ChangePage, Shelf

_TABS = {
    Shelf.OPEN: "Open",
    Shelf.APPLIED: "Applied",
    Shelf.CANCELLED: "Cancelled",
    Shelf.WHAT_IF: "What if",
}
_LEADS = {
    Shelf.OPEN: "Changes that somebody still has to do something about, and those that are ahead.",
    Shelf.APPLIED: "Changes that are facts of the register, the newest first.",
    Shelf.CANCELLED: "Changes that were given up. They stay on record with the reason.",
    Shelf.WHAT_IF: (
        "Drafts to look at beside today’s geography. Nothing of them has happened or will, and no "
        "page of real bodies shows anything of them."
    ),
}
_EMPTY = {
    Shelf.OPEN: "No change is open.",
    Shelf.APPLIED: "No change has been applied yet.",
    Shelf.CANCELLED: "No change has been cancelled.",
    Shelf.WHAT_IF: "Nobody has drafted a what-if yet.",
}
_GROUPS = {
    "failed": "Failed",
    "ready": "Wait for approval",
    "approved": "Wait to be scheduled",
    "incomplete": "Being drafted",
    "applying": "Being applied",
    "scheduled": "Ahead",
}


@dataclass(frozen=True)
class Tab:
    """One of the lists, with how many changes it has."""

    label: str
    count: int
    url: str
    current: bool


@dataclass(frozen=True)
class ChangeRow:
    """One change of the list."""

    title: str
    url: str
    day: str
    tag: Tag
    proposed: str


@dataclass(frozen=True)
class ChangeGroup:
    """Changes that need the same next; no heading where a list has one group only."""

    heading: str
    rows: tuple[ChangeRow, ...]


@dataclass(frozen=True)
class ChangeListPage:
    """All that the page shows."""

    lead: str
    tabs: tuple[Tab, ...]
    groups: tuple[ChangeGroup, ...]
    empty: str
    caption: str
    page: int
    pages: int
    page_url: str
    may_propose: bool
    is_what_if: bool


def list_page(
    *, shelf: Shelf, found: ChangePage, counts: Mapping[Shelf, int], may_propose: bool
) -> ChangeListPage:
    """Return a page of a list."""
    url = reverse("changes:list")
    return ChangeListPage(
        lead=_LEADS[shelf],
        tabs=tuple(
            Tab(
                label=label,
                count=counts[tab],
                url=f"{url}?show={tab.value}",
                current=tab is shelf,
            )
            for tab, label in _TABS.items()
        ),
        groups=tuple(
            ChangeGroup(heading=heading, rows=tuple(_row(facts) for facts in rows))
            for heading, rows in groupby(
                found.rows, key=lambda facts: _GROUPS[facts.state] if shelf is Shelf.OPEN else ""
            )
        ),
        empty=_EMPTY[shelf],
        caption=_TABS[shelf],
        page=found.page,
        pages=found.pages,
        page_url=f"?show={shelf.value}&page=",
        may_propose=may_propose,
        is_what_if=shelf is Shelf.WHAT_IF,
    )


def _row(facts: ChangeFacts) -> ChangeRow:
    return ChangeRow(
        title=facts.title,
        url=reverse("changes:detail", args=[facts.id]),
        day=day_text(day=facts.effective_date),
        tag=state_tag(state=facts.state, what_if=facts.what_if),
        proposed=facts.proposed_by or "Loaded with the register",
    )
