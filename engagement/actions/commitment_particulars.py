"""What a commitment serves and rests on: either side says it, without asking the other."""

from dataclasses import dataclass, fields
from datetime import datetime

from django.db import models, transaction

from authorities.models import Pair, User
from duty.models import PartnershipAgreement, Section
from duty.standing_records import Theme
from engagement.actions.commitment_rows import locked, record, that_hold
from engagement.commitment_lifecycle import Actor, Event, Guard, State, next_state
from engagement.models import Commitment, CommitmentDescription, Resources, Side
from engagement.queries import commitment_links
from outcomes.models import Indicator, ItemKind, TheoryItem


class UnknownChoiceError(ValueError):
    """Something was chosen that is not offered; `field` names it."""

    def __init__(self, message: str, *, field: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True)
class Particulars:
    """What is said of a commitment beside its promise. Empty or None: not said.

    specification: a `Section`. stage: an `ItemKind`. theme: a `Theme`. resources: a `Resources`.
    """

    specification: str = ""
    stage: str = ""
    theme: str = ""
    resources: str = Resources.UNKNOWN.value
    indicator: Indicator | None = None
    framework_outcome: TheoryItem | None = None
    agreement: PartnershipAgreement | None = None


NOTHING_SAID = Particulars()
NAMES = tuple(field.name for field in fields(Particulars))
_CODES = {
    "specification": ("", *Section.values),
    "stage": ("", *ItemKind.values),
    "theme": ("", *(theme.value for theme in Theme)),
    "resources": tuple(Resources.values),
}
_OF_THE_PAIR = "Select one that both sides know, or none."


def particulars_of(*, commitment: Commitment) -> Particulars:
    """Return what is said of a commitment now."""
    return Particulars(**{name: getattr(commitment, name) for name in NAMES})


def require_known(
    *, particulars: Particulars, pair: Pair, before: Particulars | None = None
) -> None:
    """Let through what is offered to a pair; a link that stays is not asked again.

    Raises:
        UnknownChoiceError: something else was chosen.
    """
    for name, codes in _CODES.items():
        if getattr(particulars, name) not in codes:
            raise UnknownChoiceError("Select one of those that are offered.", field=name)
    for name, rows in commitment_links.offered(pair=pair).items():
        chosen = getattr(particulars, name)
        if chosen is None or (before is not None and chosen == getattr(before, name)):
            continue
        if not rows.filter(pk=chosen.pk).exists():
            raise UnknownChoiceError(_OF_THE_PAIR, field=name)


@transaction.atomic
def describe(
    *,
    commitment: Commitment,
    side: Side,
    particulars: Particulars,
    own_owner: str,
    seen: int,
    by: User,
    at: datetime,
) -> Commitment:
    """Say what a commitment serves and rests on, and who owns it on the side's own side.

    `seen` is the commitment's version that the person read. The same sent twice is stored once.

    Raises:
        CommitmentRefusedError: it is settled, has no pair, was changed meanwhile, nothing would
            change, or no owner is named.
        UnknownChoiceError: something was chosen that both sides do not know.
    """
    row = locked(commitment=commitment)
    owner = "authority_owner" if side == Side.AUTHORITY else "board_owner"
    was, named = particulars_of(commitment=row), own_owner.strip()
    before = {**_said(was), owner: getattr(row, owner)}
    after = {**_said(particulars), owner: named}
    changed = [name for name in NAMES if getattr(was, name) != getattr(particulars, name)]
    changed += [owner] if named != before[owner] else []
    if not changed and seen != row.version and _said_by(row, by):
        return row
    next_state(
        state=row.state,
        event=Event.DESCRIBE,
        actor=Actor.MOVER,
        holding=that_hold(
            {
                Guard.ASSIGNED: not row.unassigned,
                Guard.AS_IT_WAS_READ: seen == row.version,
                # Who has not answered a proposal may name its owner later.
                Guard.OWNER_NAMED: bool(named)
                or (row.state == State.PROPOSED and side != row.proposed_side),
                Guard.SOMETHING_CHANGES: bool(changed),
            }
        ),
    )
    require_known(particulars=particulars, pair=row.pair, before=was)
    for name in NAMES:
        setattr(row, name, getattr(particulars, name))
    setattr(row, owner, named)
    row.version += 1
    row.save()
    CommitmentDescription.objects.create(
        commitment=row,
        side=side,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
        at=at,
        by=by,
    )
    record(
        action="commitment.described",
        commitment=row,
        side=side,
        by=by,
        at=at,
        # Codes and keys alone: what things are called stands with the description.
        before=_keys(was),
        after=_keys(particulars),
        owner_changed=owner in changed,
    )
    return row


def _said(particulars: Particulars) -> dict[str, str]:
    """The values as a description keeps them: codes, and what links are called."""
    values = {name: getattr(particulars, name) for name in NAMES}
    if particulars.indicator is not None:
        values["indicator"] = particulars.indicator.name
    return {name: str(value or "") for name, value in values.items()}


def _keys(particulars: Particulars) -> dict[str, str]:
    values = {name: getattr(particulars, name) for name in NAMES}
    return {
        name: str(value.pk if isinstance(value, models.Model) else value or "")
        for name, value in values.items()
    }


def _said_by(row: Commitment, by: User) -> bool:
    last = row.descriptions.order_by("-at", "-pk").first()
    return last is not None and last.by_id == by.pk
