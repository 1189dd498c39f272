"""Invented joint commitments of the demonstration."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from authorities.models import Pair, User
from duty.models import Section
from engagement.actions import commitments
from engagement.management.demonstration import levers
from engagement.models import Commitment, CommitmentStatus, Lever, Side

_EDITORS = {
    "south-yorkshire/south-yorkshire": ("south-yorkshire", "south-yorkshire-icb"),
    "york-and-north-yorkshire/humber-and-north-yorkshire": (
        "york-and-north-yorkshire",
        "humber-and-north-yorkshire-icb",
    ),
}


@dataclass(frozen=True)
class _Update:
    side: Side
    status: CommitmentStatus
    narrative: str
    after_days: int


@dataclass(frozen=True)
class _Promise:
    pair: str
    title: str
    specification: str
    months: int | None
    no_date_reason: str
    confirmed: bool
    updates: tuple[_Update, ...] = ()
    # The title of the lever that the authority made it of.
    made_of: str = ""


_PROMISES = (
    _Promise(
        "south-yorkshire/south-yorkshire",
        "Share one list of people out of work with long-term conditions",
        Section.CO_OPERATION,
        7,
        "",
        confirmed=True,
        updates=(
            _Update(
                Side.AUTHORITY,
                CommitmentStatus.ON_TRACK,
                "Data agreement drafted; three councils have signed.",
                35,
            ),
            _Update(
                Side.BOARD,
                CommitmentStatus.CONSTRAINED,
                "Waiting for an analyst post to be filled.",
                42,
            ),
        ),
    ),
    _Promise(
        "south-yorkshire/south-yorkshire",
        "Test every transport scheme over £5 million for its effect on health",
        Section.STRATEGY,
        5,
        "",
        confirmed=True,
        updates=(
            _Update(Side.AUTHORITY, CommitmentStatus.MET, "Nine of nine schemes tested.", 20),
            _Update(Side.BOARD, CommitmentStatus.MET, "Agreed. We supplied the method.", 31),
        ),
        made_of=levers.TURNED,
    ),
    _Promise(
        "south-yorkshire/south-yorkshire",
        "Give every neighbourhood team a housing contact",
        Section.CO_OPERATION,
        None,
        "Depends on the timetable of council reorganisation",
        confirmed=False,
    ),
    _Promise(
        "york-and-north-yorkshire/humber-and-north-yorkshire",
        "Fund two joint prevention posts on the coast",
        Section.HEALTH_TEAM,
        9,
        "",
        confirmed=True,
        updates=(_Update(Side.AUTHORITY, CommitmentStatus.NO_PROGRESS, "", 25),),
    ),
)


def fill(*, people: Mapping[str, User], at: datetime) -> None:
    """Propose, confirm and update the commitments, each side by its own people."""
    if Commitment.objects.exists():
        return
    for promise in _PROMISES:
        _promise(promise, people=people, at=at)


def _promise(promise: _Promise, *, people: Mapping[str, User], at: datetime) -> None:
    authority, board = promise.pair.split("/")
    own, other = _EDITORS[promise.pair]
    pair = Pair.objects.get(authority__slug=authority, board__slug=board)
    made = commitments.propose(
        pair=pair,
        side=Side.AUTHORITY,
        title=promise.title,
        description="",
        specification=promise.specification,
        own_owner="Director of health and inclusion",
        target_date=_months_on(at.date(), promise.months),
        no_date_reason=promise.no_date_reason,
        lead=Side.AUTHORITY,
        form_key=uuid.uuid4(),
        lever=Lever.objects.filter(authority=pair.authority, title=promise.made_of).first(),
        by=people[f"editor@{own}.example"],
        at=at,
    )
    if promise.confirmed:
        commitments.confirm(
            commitment=made,
            side=Side.BOARD,
            owner="Head of population health",
            by=people[f"signatory@{other}.example"],
            at=at + timedelta(days=2),
        )
    for update in promise.updates:
        commitments.update(
            commitment=made,
            side=update.side,
            status=update.status,
            narrative=update.narrative,
            form_key=uuid.uuid4(),
            by=people[f"editor@{own if update.side == Side.AUTHORITY else other}.example"],
            at=at + timedelta(days=update.after_days),
        )


def _months_on(day: date, months: int | None) -> date | None:
    """The last day of a month some months on; None stays None."""
    if months is None:
        return None
    years, month = divmod(day.month + months, 12)
    return date(day.year + years, month + 1, 1) - timedelta(days=1)
