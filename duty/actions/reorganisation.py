"""What a reorganisation means for returns; see `authorities/effects.py`.

A return stays with the authority that made it. A round asks the bodies of its geography date, so
one that is open asks the predecessor until its last day for edits, and one that is not yet open
and counts bodies as at a later day asks the successor.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.urls import reverse

from authorities import audit
from authorities.effects import Affected, Applied, Ending, Link, OpenWork
from authorities.models import Body, BodyKind, User
from authorities.queries.dated import names_on
from duty import words
from duty.actions.agreement_succession import hand_over, handovers
from duty.deadlines import closes_at
from duty.models import DutyReturn, ExpectedReturn, ReturnState
from duty.queries import successions
from duty.queries.successions import OpenReturn

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class _Moved:
    """Whom rounds ahead no longer ask, and who is asked instead."""

    row: ExpectedReturn
    heirs: tuple[Body, ...]


def blockers(*, bodies: Sequence[Body]) -> tuple[str, ...]:
    """Return the returns that wait for a signature, each with what to do."""
    waiting = [
        one
        for one in successions.open_returns(authority_ids=_authorities(bodies))
        if one.state == ReturnState.AWAITING_SIGN_OFF
    ]
    return tuple(
        f"The return of {_name(one)} for {one.round.name} waits to be signed. Have it signed or "
        "recalled first, or an administrator gives a reason to go ahead."
        for one in waiting
    )


def open_work(*, bodies: Sequence[Body], on: date) -> tuple[OpenWork, ...]:
    """Return the returns that may be finished after the day, until the end of the last day."""
    return tuple(
        OpenWork(
            body_id=one.authority_id,
            until=closes_at(closing_date=one.edits_until),
            what=f"{one.round.name} return",
        )
        for one in _unfinished(bodies, on)
    )


def affected(*, change: Applied) -> tuple[Affected, ...]:
    """Return what of returns and of standing records belongs to bodies that end."""
    bodies = [ending.body for ending in change.endings]
    agreements = handovers(change=change)
    sent = successions.sent_returns(authority_ids=_authorities(bodies))
    unfinished = _unfinished(bodies, change.on)
    moved = _moved(change)
    return (
        Affected(
            what="Submitted returns",
            count=len(sent),
            becomes="Stay with the authority that made them, and can be read there.",
            links=tuple(_link_to_sent(row, change.on) for row in sent),
        ),
        Affected(
            what="Open returns",
            count=len(unfinished),
            becomes=_what_becomes_of_open(unfinished),
            links=tuple(
                Link(
                    text=f"{_name(one)}, {one.round.name}",
                    # The centre reads no draft, so this leads to the authority's own page.
                    url=reverse("outcomes:authority", args=[one.authority_slug]),
                )
                for one in unfinished
            ),
        ),
        Affected(
            what="Returns expected in rounds ahead",
            count=len(moved),
            becomes="Are asked of the authorities that take over.",
        ),
        # Counted only: what they say is for the authority's own people.
        Affected(
            what="Standing records",
            count=successions.standing_records_of(authority_ids=_authorities(bodies)),
            becomes="Stay with the authority that ends. Those that take over keep their own.",
        ),
        Affected(
            what="Partnership agreements that go on with the ICB that follows",
            count=sum(one.heir is not None for one in agreements),
            becomes=(
                "What was signed stands as the ICB’s that ends. The one that follows becomes party "
                "and is asked to confirm it again."
            ),
        ),
        Affected(
            what="Partnership agreements of an ICB that no single one follows",
            count=sum(one.heir is None for one in agreements),
            becomes="Stay as they are. Their authorities record what its successors agree to.",
        ),
    )


def carry(*, change: Applied, by: User | None, at: datetime) -> None:
    """Pass agreements on, and let rounds ahead ask the authorities that take over.

    No open or past round is touched.
    """
    hand_over(change=change, by=by, at=at)
    for moved in _moved(change):
        for heir in moved.heirs:
            ExpectedReturn.objects.get_or_create(
                round=moved.row.round,
                authority_id=heir.pk,
                defaults={
                    "extended_due_on": moved.row.extended_due_on,
                    "extended_edits_until": moved.row.extended_edits_until,
                    "extension_reason": moved.row.extension_reason,
                    "extended_at": moved.row.extended_at,
                    "extended_by": moved.row.extended_by,
                },
            )
        audit.record(
            action="expected_return.moved",
            target=moved.row,
            by=by,
            at=at,
            body=moved.row.authority,
            round=moved.row.round.slug,
            to=[heir.slug for heir in moved.heirs],
        )
        moved.row.delete()


def _authorities(bodies: Sequence[Body]) -> list[UUID]:
    return [body.pk for body in bodies if body.kind == BodyKind.STRATEGIC_AUTHORITY]


def _unfinished(bodies: Sequence[Body], on: date) -> list[OpenReturn]:
    """The open returns for a period before the day whose last day for edits is not over by then."""
    return [
        one
        for one in successions.open_returns(authority_ids=_authorities(bodies))
        if one.round.covers_from <= on <= one.edits_until
    ]


def _moved(change: Applied) -> list[_Moved]:
    endings: dict[UUID, Ending] = {ending.body.pk: ending for ending in change.endings}
    rows = successions.expected_ahead(authority_ids=_authorities([e.body for e in change.endings]))
    return [
        _Moved(
            row=row,
            heirs=tuple(
                heir.successor
                for heir in endings[row.authority_id].heirs
                if heir.successor.kind == BodyKind.STRATEGIC_AUTHORITY
            ),
        )
        for row in rows
        # A round that counts bodies as at an earlier day asks who there was on that day.
        if row.round.opens_on >= change.on and row.round.geography_date >= change.on
    ]


def _name(one: OpenReturn) -> str:
    """The authority as it was called for the round."""
    names = names_on(day=one.round.geography_date, bodies=[one.authority_id])
    return names.short_name(one.authority_id) or one.authority_slug


def _link_to_sent(row: DutyReturn, on: date) -> Link:
    names = names_on(day=on - _ONE_DAY, bodies=[row.authority_id])
    return Link(
        text=f"{names.short_name(row.authority_id)}, {row.round.name}",
        url=reverse("duty:return-submitted", args=[row.round.slug, row.authority.slug]),
    )


def _what_becomes_of_open(unfinished: Sequence[OpenReturn]) -> str:
    if not unfinished:
        return "Stay with the authority that ends."
    last = words.london_date(moment=max(one.edits_until for one in unfinished))
    return (
        "Stay with the authority that ends. Its people keep their roles there and may finish them "
        f"until {last}."
    )
