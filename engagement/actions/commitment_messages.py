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
from engagement.models import (
    AskedState,
    Commitment,
    CommitmentChange,
    CommitmentClosure,
    CommitmentState,
    CommitmentUpdate,
    Side,
)
from engagement.queries.stale_commitments import stale_commitments

_AskedModel = type[CommitmentChange] | type[CommitmentClosure]
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

RETURNED = "commitment.update_returned"
_RETURNED_WORDS = (
    "an update on a commitment was sent back",
    "An update that {own} gave on a joint commitment with {other} was sent back. Why stands here:",
)
# What is said of what a side asked, to the other side, and of the answer, to the one that asked.
# Nothing is said of what was taken back: whoever was asked finds nothing to do.
_ASKED_KINDS: dict[tuple[_AskedModel, AskedState], str] = {
    (CommitmentChange, AskedState.WAITS): "commitment.change_proposed",
    (CommitmentChange, AskedState.ACCEPTED): "commitment.change_accepted",
    (CommitmentChange, AskedState.REFUSED): "commitment.change_refused",
    (CommitmentClosure, AskedState.WAITS): "commitment.closure_proposed",
    (CommitmentClosure, AskedState.ACCEPTED): "commitment.closed",
    (CommitmentClosure, AskedState.REFUSED): "commitment.closure_refused",
}
_ASKED_WORDS = {
    "commitment.change_proposed": (
        "a change of a commitment was proposed",
        "{other} asks to change a joint commitment. A signatory of {own} can answer it here:",
    ),
    "commitment.change_accepted": (
        "a change of a commitment was accepted",
        "{other} accepted the change that {own} asked for. It holds from now on:",
    ),
    "commitment.change_refused": (
        "a change of a commitment was refused",
        "{other} refused the change that {own} asked for. Why stands here:",
    ),
    "commitment.closure_proposed": (
        "a commitment may be over",
        "{other} says that a joint commitment is over. A signatory of {own} can answer it here:",
    ),
    "commitment.closed": (
        "a commitment was closed",
        "{other} confirmed that the joint commitment is over. How it ended stands here:",
    ),
    "commitment.closure_refused": (
        "a commitment stays open",
        "{other} does not close the joint commitment yet. Why stands here:",
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


def tell_of_asked(*, asked: CommitmentChange | CommitmentClosure, at: datetime) -> None:
    """Tell the other side what it is asked, or the side that asked of the answer."""
    kind = _ASKED_KINDS.get((type(asked), AskedState(asked.state)))
    if kind is None:
        return
    to_authority = (asked.side == Side.AUTHORITY) != (asked.state == AskedState.WAITS)
    pair = asked.commitment.pair
    messages.announce(
        kind=kind,
        key=str(asked.pk),
        about=asked.pk,
        body_id=pair.authority_id if to_authority else pair.board_id,
        at=at,
    )


def tell_of_returned(*, update: CommitmentUpdate, at: datetime) -> None:
    """Tell the side whose update was sent back."""
    pair = update.commitment.pair
    messages.announce(
        kind=RETURNED,
        key=str(update.pk),
        about=update.commitment_id,
        body_id=pair.authority_id if update.side == Side.AUTHORITY else pair.board_id,
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
    if row.state != state or row.unassigned:
        return ()
    return _of_one(notice, row, _WORDS[state], at)


def _asked_letters(
    notice: Notice,
    at: datetime,
    *,
    model: _AskedModel,
    state: AskedState,
) -> tuple[Letter, ...]:
    asked = model.objects.select_related("commitment__pair").get(pk=notice.about)
    if asked.state != state:
        return ()
    return _of_one(notice, asked.commitment, _ASKED_WORDS[notice.kind], at)


def _returned_letters(notice: Notice, at: datetime) -> tuple[Letter, ...]:
    row = Commitment.objects.select_related("pair").get(pk=notice.about)
    if row.state != CommitmentState.AGREED or notice.body_id is None:
        return ()
    side = Side.AUTHORITY if notice.body_id == row.pair.authority_id else Side.BOARD
    newest = row.updates.filter(side=side).order_by("-at", "-pk").first()
    # A new one was given meanwhile.
    if newest is None or str(newest.pk) != notice.key:
        return ()
    return _of_one(notice, row, _RETURNED_WORDS, at)


def _of_one(
    notice: Notice, row: Commitment, words: tuple[str, str], at: datetime
) -> tuple[Letter, ...]:
    if notice.body_id is None:
        return ()
    sides = {row.pair.authority_id: row.pair.board_id, row.pair.board_id: row.pair.authority_id}
    other_id = sides.get(notice.body_id)
    # After a reorganisation the commitment may be another pair's.
    if other_id is None:
        return ()
    headline, text = words
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


_ASKED_LABELS = {
    "commitment.change_proposed": "Change of a commitment proposed",
    "commitment.change_accepted": "Change of a commitment accepted",
    "commitment.change_refused": "Change of a commitment refused",
    "commitment.closure_proposed": "Closure of a commitment proposed",
    "commitment.closed": "Commitment closed",
    "commitment.closure_refused": "Commitment stays open",
}
KINDS = {
    _KIND_OF[state]: NoticeKind(label=label, letters=partial(_letters, state=state), daily=True)
    for state, label in (
        (CommitmentState.PROPOSED, "Commitment proposed"),
        (CommitmentState.AGREED, "Commitment confirmed"),
        (CommitmentState.DECLINED, "Commitment declined"),
    )
}
KINDS |= {
    kind: NoticeKind(
        label=_ASKED_LABELS[kind],
        letters=partial(_asked_letters, model=model, state=state),
        daily=True,
    )
    for (model, state), kind in _ASKED_KINDS.items()
}
KINDS |= {
    RETURNED: NoticeKind(label="Update sent back", letters=_returned_letters, daily=True),
    STALE: NoticeKind(label="Quiet commitments of the week", letters=_stale_letters, daily=True),
}
