"""What the centre's list of links that did not answer shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse

from duty.models import Round
from duty.presenters.submissions import submitted_heading
from duty.queries.links import SubmittedLink

PAGE_SIZE = 25


@dataclass(frozen=True)
class LinkRow:
    """One dead link of a submitted return."""

    authority_name: str
    return_url: str
    question: str
    title: str
    url: str
    detail: str
    asked_at: datetime
    dead_since: datetime


@dataclass(frozen=True)
class LinkListPage:
    """A page of the dead links of a round; no round has opened where `round_name` is empty."""

    round_name: str
    lead: str
    rows: tuple[LinkRow, ...]
    returns_url: str
    other_rounds: tuple[tuple[str, str], ...]
    page: int
    pages: int
    page_url: str


def link_list_page(
    *, rounds: Sequence[Round], round_: Round | None, links: Sequence[SubmittedLink], page: int
) -> LinkListPage:
    """Return one page of the list; a page beyond the end is the last."""
    here, returns = reverse("duty:review-links"), reverse("duty:review-list")
    if round_ is None:
        return LinkListPage("", "No round has opened yet.", (), returns, (), 1, 1, "")
    pages = max(1, -(-len(links) // PAGE_SIZE))
    page = min(max(page, 1), pages)
    first = (page - 1) * PAGE_SIZE
    asked = urlencode({"round": round_.slug})
    return LinkListPage(
        round_name=round_.called,
        lead=_lead(len(links)),
        rows=tuple(_row(link) for link in links[first : first + PAGE_SIZE]),
        returns_url=f"{returns}?{asked}",
        other_rounds=tuple(
            (one.called, f"{here}?{urlencode({'round': one.slug})}")
            for one in rounds
            if one != round_
        ),
        page=page,
        pages=pages,
        page_url=f"{here}?{asked}&page=",
    )


def _lead(count: int) -> str:
    if not count:
        return "No link in a submitted return of this round is known to be dead."
    links = "1 link" if count == 1 else f"{count} links"
    return f"{links} in submitted returns of this round did not answer when last asked."


def _row(link: SubmittedLink) -> LinkRow:
    return LinkRow(
        authority_name=link.authority_name,
        return_url=reverse("duty:review-return", args=[link.return_id]),
        question=submitted_heading(text=link.question, board_name=link.board_name),
        title=link.title,
        url=link.note.url,
        detail=link.note.detail,
        asked_at=link.note.asked_at,
        dead_since=link.note.dead_since,
    )
