"""What the pages of commitments show."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from django.urls import reverse

from duty import words
from duty.models import Section
from duty.ui.components import Side as SideCard
from duty.ui.components import Tag
from engagement.commitment_lifecycle import EVER_AGREED, State
from engagement.models import CommitmentState, Side
from engagement.presenters import commitment_origins as origins
from engagement.presenters.commitment_steps import (
    WaitingPart,
    change_url,
    close_url,
    waiting_of,
)
from engagement.presenters.commitment_terms import particulars_rows
from engagement.presenters.commitment_words import (
    NO_STATUS,
    STATE_TAGS,
    STATUS_TAGS,
    date_words,
    other_side,
    overdue_words,
)
from engagement.queries.commitments import CommitmentFacts, CommitmentPage, SideUpdate
from outcomes.models import TheoryItem

VIEWS_DIFFER = "That is allowed, and both are shown."


@dataclass(frozen=True)
class CardSide:
    """One side's latest word, with the lines that say which side it is."""

    card: SideCard
    ending: Literal["sa", "icb"]


@dataclass(frozen=True)
class CommitmentCard:
    """A commitment as lists show it, the reader's own side first."""

    id: str
    title: str
    url: str
    state: Tag
    is_agreed: bool
    line: str
    with_whom: str
    sides: tuple[CardSide, ...]
    differ: str
    # Why it is overdue; empty where it is not.
    overdue: str
    declined_reason: str
    # Where it came from, and what it waits for, after a reorganisation.
    mark: Tag | None
    origin: str
    update_url: str
    confirm_url: str
    decline_url: str
    reconfirm_url: str
    assign_url: str
    # A change or a closure that waits for an answer, and where to ask for one.
    waiting: WaitingPart | None
    change_url: str
    close_url: str


@dataclass(frozen=True)
class CommitmentList:
    """A page of cards."""

    cards: tuple[CommitmentCard, ...]
    page: int
    pages: int
    count: int


def card_of(
    *,
    facts: CommitmentFacts,
    own: Side | None,
    on: date,
    may_edit: bool,
    may_confirm: bool,
) -> CommitmentCard:
    """Return what a list shows of one commitment.

    `own` is the reader's side, None for the centre. The links are there only where they can be
    used: an update of what is agreed, an answer to the other side's proposal, a new confirmation
    of what came from another pair. What has no pair yet takes none of these.
    """
    ordered = (Side.BOARD, Side.AUTHORITY) if own == Side.BOARD else (Side.AUTHORITY, Side.BOARD)
    agreed = facts.state == CommitmentState.AGREED
    ever_agreed = State(facts.state) in EVER_AGREED
    answers = (
        may_confirm
        and not facts.unassigned
        and own is not None
        and facts.state == CommitmentState.PROPOSED
        and facts.proposed_side != own
    )
    return CommitmentCard(
        id=str(facts.id),
        title=facts.title,
        url=reverse("commitments:detail", args=[facts.id]),
        state=_state_tag(facts),
        is_agreed=agreed,
        line=_line(facts=facts, own=own),
        with_whom=_with_whom(facts=facts, own=own),
        sides=tuple(
            CardSide(
                card=_side(facts=facts, side=side, own=own, on=on),
                ending="sa" if side == Side.AUTHORITY else "icb",
            )
            for side in ordered
        )
        if ever_agreed
        else (),
        differ=VIEWS_DIFFER if facts.views_differ else "",
        overdue=overdue_words(target_date=facts.target_date)
        if facts.target_date is not None and facts.is_overdue(on=on)
        else "",
        declined_reason=facts.declined_reason,
        mark=origins.mark_of(facts=facts),
        origin=origins.origin_sentence(facts=facts),
        update_url=reverse("commitments:update", args=[facts.id])
        if agreed and own is not None and may_edit and not facts.unassigned
        else "",
        confirm_url=reverse("commitments:confirm", args=[facts.id]) if answers else "",
        decline_url=reverse("commitments:decline", args=[facts.id]) if answers else "",
        reconfirm_url=origins.reconfirm_url(facts=facts, own=own, may_confirm=may_confirm),
        assign_url=origins.assign_url(facts=facts, may_confirm=may_confirm),
        waiting=waiting_of(facts=facts, own=own, may_edit=may_edit, may_confirm=may_confirm),
        change_url=change_url(facts=facts, own=own, may_edit=may_edit),
        close_url=close_url(facts=facts, own=own, may_edit=may_edit),
    )


def _state_tag(facts: CommitmentFacts) -> Tag:
    tag = STATE_TAGS[facts.state]
    if facts.final_status is None:
        return tag
    return replace(tag, text=f"{tag.text} as {facts.final_status.label}")


def list_of(
    *, found: CommitmentPage, own: Side | None, on: date, may_edit: bool, may_confirm: bool
) -> CommitmentList:
    """Return a page of cards."""
    return CommitmentList(
        cards=tuple(
            card_of(facts=facts, own=own, on=on, may_edit=may_edit, may_confirm=may_confirm)
            for facts in found.rows
        ),
        page=found.page,
        pages=found.pages,
        count=found.count,
    )


def facts_rows(
    *, facts: CommitmentFacts, in_force: TheoryItem | None = None
) -> tuple[tuple[str, str], ...]:
    """Return question and answer of everything that was agreed or proposed.

    in_force: the outcome that it is linked with, as it is agreed now.
    """
    proposer = origins.speaker(facts=facts, side=facts.proposed_side, at=facts.proposed_at)
    rows = [
        ("Between", f"{facts.authority.name} and {facts.board.name}"),
        ("What each side does", facts.description or "Not said"),
        ("Part of the duty", _section(facts.specification)),
        *particulars_rows(facts=facts, in_force=in_force),
        ("Date", _date(facts)),
        ("Lead", _lead_words(facts=facts)),
        ("Owner at the authority", facts.authority_owner or "Not named yet"),
        ("Owner at the ICB", facts.board_owner or "Not named yet"),
        ("Proposed", f"By {proposer} on {words.london_date(moment=facts.proposed_at)}"),
    ]
    if facts.decided_at is not None:
        answered = origins.speaker(
            facts=facts, side=other_side(facts.proposed_side), at=facts.decided_at
        )
        verb = "Agreed" if State(facts.state) in EVER_AGREED else "Declined"
        rows.append((verb, f"By {answered} on {words.london_date(moment=facts.decided_at)}"))
    if facts.final_status is not None and facts.closed_at is not None:
        closed = f"As {facts.final_status.label} on {words.london_date(moment=facts.closed_at)}"
        rows.append(("Closed", closed))
    if facts.origin is not None:
        rows.append(("Came from", origins.origin_words(facts=facts)))
    if facts.declined_reason:
        rows.append(("Reason", facts.declined_reason))
    return tuple(rows)


def _side(*, facts: CommitmentFacts, side: Side, own: Side | None, on: date) -> SideCard:
    said = facts.update_of(side)
    stale = facts.is_stale(side=side, on=on)
    if said is None:
        since = (
            f" since it was agreed on {words.london_date(moment=facts.decided_at)}"
            if (stale and facts.decided_at)
            else ""
        )
        text, note = f"No update yet{since}.{' Stale.' if stale else ''}", ""
    else:
        day = words.london_date(moment=said.at)
        text = f"“{said.narrative}”" if said.narrative else ""
        note = f"No update since {day}. Stale." if stale else day
        if said.sent_back is not None:
            note = f"{day}. Sent back: “{said.sent_back.comment}”"
    return SideCard(
        name=_whose(facts=facts, side=side, own=own, said=said),
        status=STATUS_TAGS[said.status] if said else NO_STATUS,
        text=text,
        note=note,
    )


def _whose(*, facts: CommitmentFacts, side: Side, own: Side | None, said: SideUpdate | None) -> str:
    """Whose last word it is: that of a body which ended is not the reader's own."""
    if said is None or not origins.spoke_before_the_move(facts=facts, at=said.at):
        return "Our last update" if side == own else facts.body_of(side).name
    return origins.speaker(facts=facts, side=side, at=said.at)


def _line(*, facts: CommitmentFacts, own: Side | None) -> str:
    parts = [_date(facts, sentence=True), f"Lead: {_lead_words(facts=facts).lower()}"]
    if own is not None and facts.owner_of(own):
        parts.append(f"Our owner: {facts.owner_of(own)}")
    return ". ".join(part[:1].upper() + part[1:] for part in parts).replace(
        "Lead: icb", "Lead: ICB"
    )


def _with_whom(*, facts: CommitmentFacts, own: Side | None) -> str:
    if own is None or facts.unassigned:
        return f"{facts.authority.name} and {facts.board.name}"
    return f"With {facts.body_of(other_side(own)).name}"


def _date(facts: CommitmentFacts, *, sentence: bool = False) -> str:
    return date_words(
        target_date=facts.target_date, no_date_reason=facts.no_date_reason, sentence=sentence
    )


def _lead_words(*, facts: CommitmentFacts) -> str:
    if facts.lead is None:
        return "Both"
    return "Authority" if facts.lead == Side.AUTHORITY else "ICB"


def _section(code: str) -> str:
    return str(Section(code).label) if code else "None"
