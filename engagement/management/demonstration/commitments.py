"""Invented joint commitments of the demonstration."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from authorities.models import Pair, User
from duty.models import Section
from duty.standing_records import Prevention, Theme
from engagement.actions import commitment_answers as answers
from engagement.actions import (
    commitment_drafts,
    commitment_money,
    commitment_particulars,
    commitments,
)
from engagement.commitment_lifecycle import Event
from engagement.management.demonstration import levers
from engagement.models import (
    Commitment,
    CommitmentMoney,
    CommitmentStatus,
    Lever,
    MoneySource,
    Resources,
    Side,
    Visibility,
)
from engagement.queries import commitment_links
from outcomes.models import ItemKind

_NORTH = "york-and-north-yorkshire/humber-and-north-yorkshire"
_COAST = "Fund two joint prevention posts on the coast"
_EDITORS = {
    "south-yorkshire/south-yorkshire": ("south-yorkshire", "south-yorkshire-icb"),
    _NORTH: (
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
    theme: str = ""
    stage: str = ""
    resources: Resources = Resources.UNKNOWN
    visibility: Visibility = Visibility.RESTRICTED
    # What one side asked last, or sent back.
    then: Event | None = None


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
        theme=Theme.WORK_AND_HEALTH,
        stage=ItemKind.PROCESS,
        resources=Resources.NO,
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
        theme=Theme.TRANSPORT,
        stage=ItemKind.OUTPUT,
        resources=Resources.YES,
        visibility=Visibility.PUBLIC,
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
        _NORTH,
        _COAST,
        Section.HEALTH_TEAM,
        9,
        "",
        confirmed=True,
        updates=(_Update(Side.AUTHORITY, CommitmentStatus.NO_PROGRESS, "", 25),),
        theme=Theme.TACKLING_INEQUALITY,
        stage=ItemKind.INPUT,
        then=Event.PROPOSE_CHANGE,
    ),
    _Promise(
        _NORTH,
        "Name one contact for health in every town deal",
        Section.CO_OPERATION,
        0,
        "",
        confirmed=True,
        updates=(_Update(Side.BOARD, CommitmentStatus.ON_TRACK, "Five of seven are named.", 30),),
        theme=Theme.FAIR_GROWTH,
        then=Event.SEND_BACK,
    ),
    _Promise(
        _NORTH,
        "Map damp homes with the fire service",
        Section.STRATEGY,
        4,
        "",
        confirmed=True,
        updates=(_Update(Side.AUTHORITY, CommitmentStatus.MET, "The map is in use.", 40),),
        theme=Theme.HOUSING,
        stage=ItemKind.OUTPUT,
        resources=Resources.YES,
        then=Event.PROPOSE_CLOSURE,
    ),
    _Promise(
        _NORTH,
        "Publish one plan for warm homes",
        Section.STRATEGY,
        3,
        "",
        confirmed=True,
        theme=Theme.HOUSING,
        stage=ItemKind.OUTPUT,
        resources=Resources.YES,
        visibility=Visibility.PUBLIC,
        then=Event.CONFIRM_CLOSURE,
    ),
)
# What each side states of the money of the first commitments: side, source, years on from the
# round's, pounds (None is not known), prevention, and what it is for.
_MONEY = {
    "Share one list of people out of work with long-term conditions": (
        (Side.AUTHORITY, MoneySource.SETTLEMENT, 0, 180_000, Prevention.YES, "Data and two posts"),
        (Side.AUTHORITY, MoneySource.SETTLEMENT, 1, None, Prevention.YES, "Data and two posts"),
        (Side.BOARD, MoneySource.BOARD, 0, 95_000, Prevention.UNKNOWN, "An analyst post"),
    ),
    "Test every transport scheme over £5 million for its effect on health": (
        (Side.AUTHORITY, MoneySource.OTHER, 0, 0, Prevention.NO, "Done by people in post"),
    ),
}


def fill(*, people: Mapping[str, User], at: datetime) -> None:
    """Propose, confirm and update the commitments, each side by its own people."""
    if Commitment.objects.exists():
        return
    for promise in _PROMISES:
        _promise(promise, people=people, at=at)
    _draft(by=people["editor@humber-and-north-yorkshire-icb.example"], at=at + timedelta(days=44))


def _draft(*, by: User, at: datetime) -> None:
    """An officer of the ICB has begun an update and was called away."""
    commitment_drafts.keep(
        commitment=Commitment.objects.get(title=_COAST),
        side=Side.BOARD,
        typed=commitment_drafts.TypedUpdate(
            status=CommitmentStatus.ON_TRACK.value,
            narrative="One of the two posts is filled, and the second",
            form_key=uuid.uuid4(),
            after=0,
        ),
        by=by,
        at=at,
    )


def _promise(promise: _Promise, *, people: Mapping[str, User], at: datetime) -> None:
    authority, board = promise.pair.split("/")
    own, other = _EDITORS[promise.pair]
    pair = Pair.objects.get(authority__slug=authority, board__slug=board)
    made = commitments.propose(
        pair=pair,
        side=Side.AUTHORITY,
        title=promise.title,
        description="",
        particulars=commitments.Particulars(
            specification=promise.specification,
            theme=promise.theme,
            stage=promise.stage,
            resources=promise.resources,
        ),
        visibility=promise.visibility,
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
    if promise.then is not None:
        signatory = people[f"signatory@{own}.example"]
        _then(made, promise.then, by=people[f"editor@{other}.example"], signatory=signatory, at=at)


def _then(made: Commitment, event: Event, *, by: User, signatory: User, at: datetime) -> None:
    """Take the last step: the ICB's side asks, and the authority's signatory answers."""
    later, key = at + timedelta(days=50), uuid.uuid4()
    if event == Event.SEND_BACK:
        said = made.updates.latest("at")
        answers.send_back(
            update=said,
            side=Side.AUTHORITY,
            comment="Which two towns have none, and by when?",
            by=signatory,
            at=later,
        )
    elif event == Event.PROPOSE_CHANGE:
        terms = answers.terms_of(commitment=made)
        answers.propose_change(
            commitment=made,
            side=Side.BOARD,
            terms=replace(terms, target_date=_months_on(at.date(), 12)),
            reason="The posts are advertised a quarter later than planned.",
            form_key=key,
            by=by,
            at=later,
        )
    else:
        asked = answers.propose_closure(
            commitment=made,
            side=Side.BOARD,
            final_status=CommitmentStatus.MET,
            ending="It is done, and both sides use it.",
            form_key=key,
            by=by,
            at=later,
        )
        if event == Event.CONFIRM_CLOSURE:
            answers.answer(asked=asked, event=event, side=Side.AUTHORITY, by=signatory, at=later)


def link(*, people: Mapping[str, User], at: datetime) -> None:
    """State money, and link a commitment with what stands by then: framework and agreement."""
    if CommitmentMoney.objects.exists():
        return
    year = at.year - (at.month < 4)
    for title, lines in _MONEY.items():
        row = Commitment.objects.select_related("pair__authority", "pair__board").get(title=title)
        slugs = f"{row.pair.authority.slug}/{row.pair.board.slug}"
        own, other = _EDITORS[slugs]
        for side, source, years_on, amount, prevention, purpose in lines:
            commitment_money.state(
                commitment=row,
                side=side,
                money=commitment_money.Money(
                    source=source,
                    year=year + years_on,
                    amount=None if amount is None else Decimal(amount),
                    prevention=prevention,
                    purpose=purpose,
                ),
                form_key=uuid.uuid4(),
                by=people[f"editor@{own if side == Side.AUTHORITY else other}.example"],
                at=at,
            )
    row = Commitment.objects.select_related("pair").get(title=next(iter(_MONEY)))
    commitment_particulars.describe(
        commitment=row,
        side=Side.AUTHORITY,
        particulars=replace(
            commitment_particulars.particulars_of(commitment=row),
            framework_outcome=commitment_links.outcomes_of(pair=row.pair).first(),
            agreement=commitment_links.agreements_of(pair=row.pair).first(),
            indicator=commitment_links.indicators().first(),
        ),
        own_owner=row.authority_owner,
        seen=row.version,
        by=people["editor@south-yorkshire.example"],
        at=at,
    )


def _months_on(day: date, months: int | None) -> date | None:
    """The last day of a month some months on; None stays None."""
    if months is None:
        return None
    years, month = divmod(day.month + months, 12)
    return date(day.year + years, month + 1, 1) - timedelta(days=1)
