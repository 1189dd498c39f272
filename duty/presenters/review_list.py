"""What the centre's list of a round's returns shows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse

from duty import words
from duty.lifecycle import ReturnState
from duty.models import Round
from duty.presenters.progress import RETURN_WORDS
from duty.queries.review import ReturnLine

PAGE_SIZE = 25
_S = ReturnState
# Lists of the page: what is in each. The first holds everything.
_LISTS: tuple[tuple[str, str, Callable[[ReturnLine], bool]], ...] = (
    ("all", "All", lambda line: True),
    (
        "to-review",
        "To review",
        lambda line: line.state in (_S.SUBMITTED, _S.SUBMITTED_WITH_CHANGES),
    ),
    ("changes-requested", "Changes requested", lambda line: line.state == _S.CHANGES_REQUESTED),
    ("accepted", "Accepted", lambda line: line.state == _S.ACCEPTED),
    (
        "in-progress",
        "In progress",
        lambda line: line.state in (_S.IN_PROGRESS, _S.AWAITING_SIGN_OFF),
    ),
    ("not-started", "Not started", lambda line: line.state == _S.NOT_STARTED),
    ("overdue", "Overdue", lambda line: line.overdue),
    ("not-submitted", "Not submitted", lambda line: line.state == _S.NOT_SUBMITTED),
)


@dataclass(frozen=True)
class Tab:
    """One of the lists."""

    label: str
    count: int
    url: str
    current: bool


@dataclass(frozen=True)
class RoundTab:
    """A round whose returns can be listed."""

    name: str
    url: str


@dataclass(frozen=True)
class ReturnRow:
    """One return; without an address nothing of it was submitted."""

    name: str
    url: str
    status: str
    colour: str
    overdue: bool
    note: str
    submitted_at: datetime | None
    submitted_by: str
    late: bool
    due: str


@dataclass(frozen=True)
class ReviewListPage:
    """A page of a round's returns; no round has opened where `round_name` is empty."""

    round_name: str
    lead: str
    tabs: tuple[Tab, ...]
    other_rounds: tuple[RoundTab, ...]
    caption: str
    rows: tuple[ReturnRow, ...]
    empty: str
    page: int
    pages: int
    page_url: str
    links_url: str = ""


def review_list_page(
    *,
    rounds: Sequence[Round],
    round_: Round | None,
    lines: Sequence[ReturnLine],
    show: str,
    page: int,
) -> ReviewListPage:
    """Return one page of a list; an unknown list is that of all, a page beyond the end the last."""
    here = reverse("duty:review-list")
    if round_ is None:
        return ReviewListPage("", "No round has opened yet.", (), (), "", (), "", 1, 1, "")
    chosen = next((one for one in _LISTS if one[0] == show), _LISTS[0])
    found = [line for line in lines if chosen[2](line)]
    pages = max(1, -(-len(found) // PAGE_SIZE))
    page = min(max(page, 1), pages)
    first = (page - 1) * PAGE_SIZE
    sent = sum(line.submission is not None for line in lines)
    return ReviewListPage(
        round_name=round_.called,
        lead=f"{sent} of {len(lines)} expected returns have been submitted at least once. "
        f"Due {words.london_weekday(moment=round_.due_on)}, unless extended.",
        tabs=tuple(
            Tab(
                label=label,
                count=sum(holds(line) for line in lines),
                url=f"{here}?{urlencode({'round': round_.slug, 'show': key})}",
                current=key == chosen[0],
            )
            for key, label, holds in _LISTS
        ),
        other_rounds=tuple(
            RoundTab(name=one.called, url=f"{here}?{urlencode({'round': one.slug})}")
            for one in rounds
            if one != round_
        ),
        caption=f"{round_.called} returns: {chosen[1].lower()}",
        rows=tuple(_row(line) for line in found[first : first + PAGE_SIZE]),
        empty="No return is in this list now.",
        page=page,
        pages=pages,
        page_url=f"{here}?{urlencode({'round': round_.slug, 'show': chosen[0]})}&page=",
        links_url=f"{reverse('duty:review-links')}?{urlencode({'round': round_.slug})}",
    )


def _row(line: ReturnLine) -> ReturnRow:
    status, colour = RETURN_WORDS[line.state]
    sent = line.submission
    due = words.london_date(moment=line.due_on)
    return ReturnRow(
        name=line.name,
        url=reverse("duty:review-return", args=[line.duty_return.pk])
        if sent and line.duty_return
        else "",
        status=status,
        colour=colour,
        overdue=line.overdue,
        note=_note(line),
        submitted_at=sent.submitted_at if sent else None,
        submitted_by=sent.submitted_by.full_name if sent else "",
        late=sent.late if sent else False,
        due=f"{due} (extended)" if line.extended else due,
    )


def _note(line: ReturnLine) -> str:
    if line.state != ReturnState.NOT_SUBMITTED:
        return ""
    if line.submission is not None:
        return f"Sent back and not submitted again. Submission {line.submission.number} stands"
    return "Did not start" if line.duty_return is None else "Started, not submitted"
