"""Proposes the commitments of a file: all of its rows, or none."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import transaction

from authorities import audit
from authorities.models import Body, Pair, User
from authorities.received_files import hold_form
from engagement.actions import commitment_money, commitments
from engagement.actions.commitment_messages import tell_of_import
from engagement.actions.commitment_money import Money
from engagement.actions.commitment_particulars import Particulars
from engagement.commitment_lifecycle import CommitmentRefusedError
from engagement.models import Commitment, Side, Visibility
from engagement.queries import commitment_import as queries

# The space of the keys that are made of a file; any fixed one would do.
_KEYS = UUID("7d1f3a54-6b0e-4c55-9f0c-2b8c1f6f4f0d")


class RowRefusedError(ValueError):
    """A row cannot be proposed any more, so no row is; `row` is its number in the file."""

    def __init__(self, message: str, *, row: int) -> None:
        super().__init__(f"Row {row}: {message} Nothing of the file was stored.")
        self.row = row


@dataclass(frozen=True)
class Proposal:
    """A row that every rule of the form has let through. `lead` is None where both lead."""

    row: int
    pair: Pair
    title: str
    description: str
    own_owner: str
    other_owner: str
    particulars: Particulars
    visibility: Visibility
    target_date: date | None
    no_date_reason: str
    lead: Side | None
    money: Money | None


@dataclass(frozen=True)
class Imported:
    """What became of a file: how many were proposed now, and to how many bodies."""

    proposed: int
    partners: int


def row_key(*, body: Body, checksum: str, row: int) -> UUID:
    """Return the key under which a row of a file is stored once, however often it is sent."""
    return uuid5(_KEYS, f"{body.pk} {checksum} {row}")


@transaction.atomic
def import_commitments(
    *,
    body: Body,
    side: Side,
    proposals: Sequence[Proposal],
    checksum: str,
    personal_reason: str,
    by: User,
    at: datetime,
) -> Imported:
    """Propose every row to its partner, with its money, and tell each partner once.

    Rows of the same file that are stored already stay as they are. `personal_reason` is the code of
    why texts that look like a person's details may stand; empty where there are none.

    Raises:
        RowRefusedError: a rule refuses a row by now; nothing is stored.
    """
    keys = {one.row: row_key(body=body, checksum=checksum, row=one.row) for one in proposals}
    # A second click waits here, and then finds that all is stored.
    hold_form(form_key=row_key(body=body, checksum=checksum, row=0))
    stored = queries.stored_keys(keys=keys.values())
    made = [
        _propose(proposal=one, key=keys[one.row], side=side, by=by, at=at)
        for one in proposals
        if keys[one.row] not in stored
    ]
    if made:
        audit.record(
            action="commitments.imported",
            target=body,
            body=body,
            by=by,
            at=at,
            checksum=checksum,
            rows=len(made),
            stored_before=len(stored),
            personal_reason=personal_reason,
        )
        told = tell_of_import(commitments=made, at=at)
        return Imported(proposed=len(made), partners=told)
    return Imported(proposed=0, partners=0)


@transaction.atomic
def note_refusal(*, body: Body, codes: Collection[str], by: User, at: datetime) -> None:
    """Keep that a file was refused, and by which codes; never what it holds."""
    audit.record(
        action="commitments.import_refused",
        target=body,
        body=body,
        by=by,
        at=at,
        codes=sorted(codes),
    )


def _propose(*, proposal: Proposal, key: UUID, side: Side, by: User, at: datetime) -> Commitment:
    try:
        made = commitments.propose(
            pair=proposal.pair,
            side=side,
            title=proposal.title,
            description=proposal.description,
            own_owner=proposal.own_owner,
            other_owner=proposal.other_owner,
            particulars=proposal.particulars,
            visibility=proposal.visibility,
            target_date=proposal.target_date,
            no_date_reason=proposal.no_date_reason,
            lead=proposal.lead,
            form_key=key,
            told=False,
            by=by,
            at=at,
        )
        if proposal.money is not None:
            commitment_money.state(
                commitment=made,
                side=side,
                money=proposal.money,
                form_key=uuid5(key, "money"),
                by=by,
                at=at,
            )
    except (
        commitments.MissingTextError,
        commitments.UnknownChoiceError,
        commitments.DateOrReasonError,
        commitments.PastDateError,
        commitments.PairEndedError,
        commitments.FormUsedError,
        CommitmentRefusedError,
    ) as error:
        raise RowRefusedError(str(error), row=proposal.row) from error
    return made
