"""Tells both sides of a commitment what waits for them, and once a week what went quiet.

A message quotes nothing of a commitment and names no person: both stand on its page.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

from django.urls import reverse

from authorities.actions import messages
from authorities.models import Notice, User
from authorities.notices import Draft, Letter, NoticeKind, people_at
from authorities.queries.dated import names_on
from duty.deadlines import london_date
from engagement.models import Commitment, CommitmentState, Side
from engagement.queries.stale_commitments import stale_commitments

STALE = "commitment.stale"
_KIND_OF = {
    CommitmentState.PROPOSED: "commitment.proposed",
    CommitmentState.AGREED: "commitment.confirmed",
    CommitmentState.DECLINED: "commitment.declined",
}
_WORDS = {
    CommitmentState.PROPOSED: (
        "a commitment was proposed",
        "{other} proposes a joint commitment. A signatory of {own} can confirm or decline it here:",
    ),
    CommitmentState.AGREED: (
        "a commitment was confirmed",
        (
            "{other} confirmed the joint commitment that {own} proposed. Both sides now give their "
            "updates here:"
        ),
    ),
    CommitmentState.DECLINED: (
        "a commitment was declined",
        "{other} declined the joint commitment that {own} proposed. Why stands here:",
    ),
}


def tell_of_commitment(*, commitment: Commitment, at: datetime) -> None:
    """Tell the side that was asked of a proposal, or the side that proposed of the answer."""
    state = CommitmentState(commitment.state)
    to_authority = (commitment.proposed_side == Side.AUTHORITY) != (
        state == CommitmentState.PROPOSED
    )
    pair = commitment.pair
    messages.announce(
        kind=_KIND_OF[state],
        key=str(commitment.pk),
        about=commitment.pk,
        body_id=pair.authority_id if to_authority else pair.board_id,
        at=at,
    )


def drafts(*, first: date, last: date) -> tuple[Draft, ...]:
    """Return which bodies are told of quiet commitments, once in each week of the days."""
    bodies = sorted({row.body_id for row in stale_commitments(on=first)}, key=str)
    weeks: dict[str, date] = {}
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        year, week, _ = day.isocalendar()
        weeks.setdefault(f"{year}-W{week:02}", day)
    return tuple(
        Draft(
            kind=STALE,
            key=f"{body_id} {week}",
            day=day,
            about=body_id,
            body_id=body_id,
        )
        for body_id in bodies
        for week, day in weeks.items()
    )


def _letters(notice: Notice, at: datetime, *, state: CommitmentState) -> tuple[Letter, ...]:
    row = Commitment.objects.select_related("pair").get(pk=notice.about)
    if row.state != state or row.unassigned or notice.body_id is None:
        return ()
    sides = {row.pair.authority_id: row.pair.board_id, row.pair.board_id: row.pair.authority_id}
    other_id = sides.get(notice.body_id)
    # After a reorganisation the commitment may be another pair's.
    if other_id is None:
        return ()
    headline, text = _WORDS[state]
    path = reverse("commitments:detail", args=[row.pk])
    today = london_date(now=at)
    return _to_body(notice.body_id, [other_id], headline, text, [("", path)], today)


def _stale_letters(notice: Notice, at: datetime) -> tuple[Letter, ...]:
    if notice.body_id is None:
        return ()
    today = london_date(now=at)
    rows = stale_commitments(on=today, body_ids=[notice.body_id])
    if not rows:
        return ()
    names = names_on(day=today, bodies={row.other_id for row in rows})
    links = [
        (
            f"A commitment with {names.name(row.other_id)}",
            reverse("commitments:detail", args=[row.id]),
        )
        for row in rows
    ]
    one = len(rows) == 1
    headline = f"{len(rows)} commitment{'' if one else 's'} without an update"
    text = f"{{own}} has said nothing for six months of {'this' if one else 'these'}:"
    return _to_body(notice.body_id, [], headline, text, links, today)


def _to_body(
    body_id: UUID,
    others: Sequence[UUID],
    headline: str,
    text: str,
    links: Sequence[tuple[str, str]],
    today: date,
) -> tuple[Letter, ...]:
    names = names_on(day=today, bodies=[body_id, *others])
    own = names.name(body_id)
    said = text.format(own=own, other=names.name(others[0]) if others else "")
    people: list[User] = people_at(body_id=body_id)
    return tuple(Letter(one, f"{own}: {headline}"[:200], said, tuple(links)) for one in people)


KINDS = {
    _KIND_OF[state]: NoticeKind(label=label, letters=partial(_letters, state=state), daily=True)
    for state, label in (
        (CommitmentState.PROPOSED, "Commitment proposed"),
        (CommitmentState.AGREED, "Commitment confirmed"),
        (CommitmentState.DECLINED, "Commitment declined"),
    )
} | {STALE: NoticeKind(label="Quiet commitments of the week", letters=_stale_letters, daily=True)}
