"""What pages say of commitments that a reorganisation moved, or left without a pair."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from duty import words
from duty.deadlines import london_date
from duty.ui.components import Tag
from engagement.models import Side
from engagement.queries.commitment_origins import PassedOn
from engagement.queries.commitments import CommitmentFacts

_UNASSIGNED = Tag("Not assigned", "orange")
_TO_CONFIRM = Tag("To be confirmed again", "yellow")


@dataclass(frozen=True)
class PassedOnLine:
    """How many commitments went on with another pair, with the list of that pair."""

    text: str
    url: str


def mark_of(*, facts: CommitmentFacts) -> Tag | None:
    """Return the tag of a commitment that waits for a pair, or for a new confirmation."""
    if facts.origin is None or not facts.origin.needs_reconfirmation:
        return None
    return _UNASSIGNED if facts.origin.unassigned else _TO_CONFIRM


def origin_sentence(*, facts: CommitmentFacts) -> str:
    """Return where the commitment came from and what it waits for; empty where it never moved."""
    origin = facts.origin
    if origin is None:
        return ""
    old, day = f"{origin.authority} and {origin.board}", words.london_date(moment=origin.moved_on)
    if origin.unassigned:
        return (
            f"Its pair, {old}, ended on {day}. It is not assigned until a signatory of a body that "
            "took over chooses the pair that goes on with it."
        )
    if not origin.needs_reconfirmation:
        return f"Came from {old} on {day}."
    if len(origin.waits_for) == len(Side):
        return f"Came from {old} on {day}. Both sides should confirm it again."
    waiting = next(side for side in Side if side in origin.waits_for)
    done = Side.BOARD if waiting == Side.AUTHORITY else Side.AUTHORITY
    return (
        f"Came from {old} on {day}. {facts.body_of(done).name} has confirmed it again; "
        f"{facts.body_of(waiting).name} should, too."
    )


def origin_words(*, facts: CommitmentFacts) -> str:
    """Return the old pair and the day of the change; empty where it never moved."""
    origin = facts.origin
    if origin is None:
        return ""
    return f"{origin.authority} and {origin.board}, {words.london_date(moment=origin.moved_on)}"


def speaker(*, facts: CommitmentFacts, side: Side, at: datetime) -> str:
    """Return what the body of a side was called that spoke then: before the move, the old one."""
    origin = facts.origin
    if origin is None or london_date(now=at) >= origin.moved_on:
        return facts.body_of(side).name
    return origin.authority if side == Side.AUTHORITY else origin.board


def spoke_before_the_move(*, facts: CommitmentFacts, at: datetime) -> bool:
    """Whether it was said by the bodies of the pair that ended."""
    return facts.origin is not None and london_date(now=at) < facts.origin.moved_on


def reconfirm_url(*, facts: CommitmentFacts, own: Side | None, may_confirm: bool) -> str:
    """Return where the side confirms it again, if the reader may and it has not."""
    if own is None or not may_confirm or facts.origin is None or facts.unassigned:
        return ""
    # Who answers a proposal confirms it by the answer.
    answers = facts.decided_at is None and facts.proposed_side != own
    if own not in facts.origin.waits_for or answers:
        return ""
    return reverse("commitments:reconfirm", args=[facts.id])


def assign_url(*, facts: CommitmentFacts, may_confirm: bool) -> str:
    """Return where the pair is chosen that goes on with it, if the reader may."""
    if not may_confirm or not facts.unassigned:
        return ""
    return reverse("commitments:assign", args=[facts.id])


def passed_on_lines(*, found: Sequence[PassedOn]) -> tuple[PassedOnLine, ...]:
    """Return what went on from a pair that ended, for the page of that pair."""
    return tuple(
        PassedOnLine(
            text=f"{_counted(one.number)} went on with {one.authority} and {one.board} on "
            f"{words.london_date(moment=one.moved_on)}",
            url=reverse("commitments:pair", args=[one.authority_slug, one.board_slug]),
        )
        for one in found
    )


def _counted(number: int) -> str:
    return f"{number} commitment{'' if number == 1 else 's'}"
