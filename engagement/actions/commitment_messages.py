"""Tells both sides of a commitment what waits for them.

A message quotes nothing of a commitment and names no person: both stand on its page.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from functools import partial
from uuid import UUID

from django.urls import reverse

from authorities.actions import messages
from authorities.models import WORKING_ROLES, Notice, User
from authorities.notices import Letter, NoticeKind, people_at
from authorities.permissions import GRANTED_AT_OWN_BODY, Permission
from authorities.queries.dated import names_on
from duty.deadlines import london_date
from engagement.commitment_lifecycle import OPEN_STATES, State
from engagement.models import (
    AskedState,
    Commitment,
    CommitmentChange,
    CommitmentClosure,
    CommitmentState,
    CommitmentUpdate,
    PossiblePair,
    Side,
)

_AskedModel = type[CommitmentChange] | type[CommitmentClosure]
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
IMPORTED = "commitment.imported"
_IMPORTED_WORDS = (
    "several commitments were proposed",
    (
        "{other} proposes several joint commitments. A signatory of {own} can confirm or decline "
        "each of them here:"
    ),
)
MOVED = "commitment.moved"
_MOVED_WORDS = (
    "a commitment to confirm again",
    (
        "A joint commitment came to {own} and {other} when bodies changed. A signatory of {own} "
        "can confirm it again here:"
    ),
)
_CHOICE_WORDS = (
    "a commitment without a pair",
    (
        "The pair of a joint commitment has ended, and {own} and {other} may go on with it. A "
        "signatory of {own} can choose the pair here:"
    ),
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


def tell_of_import(*, commitments: Sequence[Commitment], at: datetime) -> int:
    """Tell each partner once of all that a file proposes to it; return how many were told."""
    first = {one.pair_id: one for one in commitments}
    for one in first.values():
        by_authority = one.proposed_side == Side.AUTHORITY
        messages.announce(
            kind=IMPORTED,
            key=f"{one.pair_id} {one.proposed_side} {at.isoformat()}",
            about=one.pair_id,
            body_id=one.pair.board_id if by_authority else one.pair.authority_id,
            details={"proposed_at": at.isoformat()},
            at=at,
        )
    return len(first)


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


def tell_of_moved(*, commitment: Commitment, at: datetime) -> None:
    """Ask both bodies that a commitment came to, or may come to, whether they stand by it."""
    offered = PossiblePair.objects.filter(commitment=commitment).select_related("pair")
    pairs = [one.pair for one in offered] if commitment.unassigned else [commitment.pair]
    for body_id in {key for pair in pairs for key in (pair.authority_id, pair.board_id)}:
        messages.announce(
            kind=MOVED,
            # Chosen or moved once more, it asks once more.
            key=f"{commitment.pk} {body_id} {commitment.version}",
            about=commitment.pk,
            body_id=body_id,
            at=at,
        )


def _moved_letters(notice: Notice, at: datetime) -> tuple[Letter, ...]:
    row = Commitment.objects.select_related("pair").get(pk=notice.about)
    pairs = [one.pair for one in row.possible_pairs.select_related("pair").order_by("pk")]
    pair = next(
        (
            one
            for one in (pairs if row.unassigned else [row.pair])
            if notice.body_id in (one.authority_id, one.board_id)
        ),
        None,
    )
    if notice.body_id is None or pair is None or not row.needs_reconfirmation:
        return ()
    is_authority = notice.body_id == pair.authority_id
    done = row.authority_reconfirmed_at if is_authority else row.board_reconfirmed_at
    if State(row.state) not in OPEN_STATES or done is not None:
        return ()
    headline, text = _CHOICE_WORDS if row.unassigned else _MOVED_WORDS
    page = "commitments:assign" if row.unassigned else "commitments:reconfirm"
    other_id = pair.board_id if is_authority else pair.authority_id
    links = [("", reverse(page, args=[row.pk]))]
    roles = [
        role
        for role, rights in GRANTED_AT_OWN_BODY.items()
        if Permission.COMMITMENT_CONFIRM in rights
    ]
    today = london_date(now=at)
    return _to_body(notice.body_id, [other_id], headline, text, links, today, roles)


def _letters(notice: Notice, at: datetime, *, state: CommitmentState) -> tuple[Letter, ...]:
    row = Commitment.objects.select_related("pair").get(pk=notice.about)
    if row.state != state or row.unassigned:
        return ()
    return _of_one(notice, row, _WORDS[state], at)


def _imported_letters(notice: Notice, at: datetime) -> tuple[Letter, ...]:
    rows = list(
        Commitment.objects.select_related("pair").filter(
            pair=notice.about,
            proposed_at=notice.details["proposed_at"],
            state=CommitmentState.PROPOSED,
            unassigned=False,
        )[:2]
    )
    if len(rows) < 2:
        # One is told of as any other; where all are answered, there is nothing to say.
        return _of_one(notice, rows[0], _WORDS[CommitmentState.PROPOSED], at) if rows else ()
    pair = rows[0].pair
    path = reverse("commitments:pair", args=[pair.authority.slug, pair.board.slug])
    return _of_one(notice, rows[0], _IMPORTED_WORDS, at, path=path)


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
    notice: Notice, row: Commitment, words: tuple[str, str], at: datetime, *, path: str = ""
) -> tuple[Letter, ...]:
    if notice.body_id is None:
        return ()
    sides = {row.pair.authority_id: row.pair.board_id, row.pair.board_id: row.pair.authority_id}
    other_id = sides.get(notice.body_id)
    # After a reorganisation the commitment may be another pair's.
    if other_id is None:
        return ()
    headline, text = words
    page = path or reverse("commitments:detail", args=[row.pk])
    today = london_date(now=at)
    return _to_body(notice.body_id, [other_id], headline, text, [("", page)], today)


def _to_body(
    body_id: UUID,
    others: Sequence[UUID],
    headline: str,
    text: str,
    links: Sequence[tuple[str, str]],
    today: date,
    roles: Collection[str] = WORKING_ROLES,
) -> tuple[Letter, ...]:
    names = names_on(day=today, bodies=[body_id, *others])
    own = names.name(body_id)
    said = text.format(own=own, other=names.name(others[0]) if others else "")
    people: list[User] = people_at(body_id=body_id, roles=roles)
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
    IMPORTED: NoticeKind(label="Commitments proposed", letters=_imported_letters, daily=True),
    RETURNED: NoticeKind(label="Update sent back", letters=_returned_letters, daily=True),
    MOVED: NoticeKind(label="Commitment to confirm again", letters=_moved_letters, daily=True),
}
