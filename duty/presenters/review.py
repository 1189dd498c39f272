"""What the centre is shown of one submitted return, and what can be done with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from duty.lifecycle import EVENT_WORDS, STATE_WORDS, ReturnEvent, ReturnState
from duty.models import ReturnDocument, RoundState, Specification, Submission
from duty.presenters.differences import Difference, difference
from duty.presenters.documents import DocumentNote, document_note, document_url
from duty.presenters.progress import FOR_GOOD, RETURN_WORDS, ROUND_TEAM, SENT, LockNotice
from duty.presenters.submissions import Receipt, receipt
from duty.queries.links import LinkNote
from duty.queries.review import HistoryLine, ReviewedReturn

_DONE_WORDS = {
    ReturnEvent.SIGN: "Signed and submitted",
    ReturnEvent.SUBMIT: "Submitted",
    ReturnEvent.REQUEST_CHANGES: "Changes requested",
    ReturnEvent.REOPEN: "Reopened at the authority’s request",
    ReturnEvent.ACCEPT: "Accepted",
    ReturnEvent.UNACCEPT: "Acceptance taken back",
}


@dataclass(frozen=True)
class Step:
    """Something that can be done; without an address, `why_not` says why it cannot."""

    label: str
    url: str
    why_not: str = ""


@dataclass(frozen=True)
class HistoryRow:
    """One line of the history."""

    what: str
    at: datetime
    who: str
    reason: str
    sections: str


@dataclass(frozen=True)
class SubmissionLink:
    """One of the submissions of a return."""

    number: int
    reference: str
    submitted_at: datetime
    url: str
    current: bool


@dataclass(frozen=True)
class ReviewPage:
    """A submitted return."""

    receipt: Receipt
    document: DocumentNote
    return_id: UUID
    version: int
    status: str
    colour: str
    list_url: str
    notice: str
    submissions: tuple[SubmissionLink, ...]
    is_newest: bool
    difference: Difference | None
    accept: Step | None
    steps: tuple[Step, ...]
    history: tuple[HistoryRow, ...]


def review_page(
    *,
    found: ReviewedReturn,
    shown: Submission,
    document: ReturnDocument | None,
    may_review: bool,
    may_unaccept: bool,
    now: datetime,
    links: Mapping[str, LinkNote] | None = None,
) -> ReviewPage:
    """Return what the page shows of one of the return's submissions, with its document."""
    words, colour = RETURN_WORDS[found.state]
    accept, steps = _steps(found, may_review, may_unaccept, now)
    return ReviewPage(
        receipt=receipt(submission=shown, links=links),
        document=document_note(
            document=document,
            url=document_url(
                round_slug=found.round.slug,
                authority_slug=found.authority.slug,
                number=shown.number,
            ),
            reference=shown.reference,
        ),
        return_id=found.duty_return.pk,
        version=found.duty_return.version,
        status=words,
        colour=colour,
        list_url=f"{reverse('duty:review-list')}?round={found.round.slug}",
        notice=notice_of(found=found),
        submissions=tuple(
            SubmissionLink(
                number=one.number,
                reference=one.reference,
                submitted_at=one.submitted_at,
                url=f"{address('return', found.duty_return.pk)}?submission={one.number}",
                current=one == shown,
            )
            for one in found.submissions
        ),
        is_newest=shown == found.submissions[0],
        difference=_difference(found, shown),
        accept=accept,
        steps=steps,
        history=tuple(_row(line, found.round.specification) for line in found.history),
    )


def address(name: str, return_id: UUID) -> str:
    """Return the address of a page of the review of a return."""
    return reverse(f"duty:review-{name}", args=[return_id])


def cannot_of(*, found: ReviewedReturn, event: ReturnEvent) -> LockNotice:
    """Return why a step cannot be taken now, since when, until when, and whom to ask."""
    why = f"The return {STATE_WORDS[found.state]}, so you cannot {EVENT_WORDS[event]}."
    over = FOR_GOOD.get(found.round.state)
    until, ask = "Until the authority submits it again.", "Ask its editors and signatories."
    if found.state == ReturnState.ACCEPTED:
        until = over or "Until a lead analyst takes the acceptance back."
        ask = ROUND_TEAM if over else "Ask a lead analyst of the team that runs the round."
    elif found.state in SENT:
        until, ask = "Until somebody accepts it.", "Ask an analyst of the team that runs the round."
    elif found.state == ReturnState.NOT_SUBMITTED:
        until = over or "Until the authority is given an extension and submits it again."
        ask = ROUND_TEAM
    return LockNotice(
        title="This cannot be done now", why=why, since=found.history[0].at, until=until, ask=ask
    )


def notice_of(*, found: ReviewedReturn) -> str:
    """Say that what is shown is not being worked on any more, or again; empty where it stands."""
    if found.state in SENT:
        return ""
    number = found.submissions[0].number
    stands = f"You see submission {number} as it was signed. What is written since stays with the "
    stands += "authority until it is submitted again."
    if found.state == ReturnState.NOT_SUBMITTED:
        return (
            "The return went back to the authority and was not submitted again before the last "
            f"day for edits. {stands}"
        )
    if found.state == ReturnState.AWAITING_SIGN_OFF:
        return f"The return went back to the authority and waits for its signatory. {stands}"
    return f"The return is with the authority. {stands}"


def _steps(
    found: ReviewedReturn, may_review: bool, may_unaccept: bool, now: datetime
) -> tuple[Step | None, tuple[Step, ...]]:
    key = found.duty_return.pk
    seen = f"?version={found.duty_return.version}"
    if found.state == ReturnState.ACCEPTED:
        if not may_unaccept:
            return None, ()
        published = found.round.state == RoundState.PUBLISHED
        why_not = "The round is published, so an acceptance stays." if published else ""
        url = "" if published else f"{address('unaccept', key)}{seen}"
        return None, (Step("Take the acceptance back", url, why_not),)
    if found.state not in SENT or not may_review:
        return None, ()
    is_open = found.closing.is_open(now=now)
    round_open = is_open and found.round.state == RoundState.OPEN
    return Step("Accept this return", f"{address('accept', key)}{seen}"), (
        Step(
            "Ask for changes",
            f"{address('request-changes', key)}{seen}" if is_open else "",
            ""
            if is_open
            else "The round is closed and the authority has no extension, so changes cannot be "
            "asked for.",
        ),
        Step(
            "Reopen at the authority’s request",
            f"{address('reopen', key)}{seen}" if round_open else "",
            "" if round_open else "The round is not open, so the return cannot be reopened.",
        ),
    )


def _difference(found: ReviewedReturn, shown: Submission) -> Difference | None:
    earlier = next((one for one in found.submissions if one.number == shown.number - 1), None)
    if earlier is None:
        return None
    return difference(
        before=earlier.content,
        after=shown.content,
        called=(f"submission {earlier.number}", f"submission {shown.number}"),
    )


def _row(line: HistoryLine, specification: Specification) -> HistoryRow:
    titles = specification.section_titles(line.sections)
    sections = ", ".join(titles)
    if line.event == ReturnEvent.REQUEST_CHANGES and not titles:
        sections = "all sections"
    number = f" (submission {line.number})" if line.number else ""
    return HistoryRow(
        what=f"{_DONE_WORDS[line.event]}{number}",
        at=line.at,
        who=", ".join(part for part in (line.actor, line.role, line.body) if part),
        reason=line.reason,
        sections=sections,
    )
