"""The rows of a file of commitments, judged: what each proposes to whom, or why it cannot."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from authorities.models import Body
from duty import words
from duty.deadlines import london_date
from engagement.actions.commitment_import import Proposal, row_key
from engagement.commitment_file import PARTNER, CommitmentRow, folded, nearest
from engagement.forms.commitment_import import judge
from engagement.queries import commitment_import as queries
from engagement.queries.commitment_import import KnownBodies, NamedBody, Promised, Standing
from outcomes.return_file.faults import Fault, plain_text

_MOST_NAMED: Final = 10
# What to do where the form's words alone do not say it for a cell.
_FIXES: Final = {
    "lead": "Enter Authority, ICB or Both.",
    "specification": "Enter its name, or None of these.",
    "money_source": "Enter Integrated settlement, The ICB, Another source or Not known.",
    "money_year": "Enter it as 2026/27.",
    "money_amount": "Enter pounds, such as 1,200,000, or Not known.",
    "money_prevention": "Enter Yes, No or Not known.",
}


@dataclass(frozen=True)
class RowFault:
    """What is wrong with a column of a row."""

    row: int
    column: str
    fault: Fault


@dataclass(frozen=True)
class CheckedRow:
    """A row that may be proposed.

    alike: commitments of the pair with the same title. stored: the same file was sent before, and
    this row of it is stored.
    """

    proposal: Proposal
    alike: tuple[Promised, ...]
    stored: bool


@dataclass(frozen=True)
class Checked:
    """What would come of a file. While there are faults, nothing does."""

    rows: tuple[CheckedRow, ...]
    faults: tuple[RowFault, ...]

    @property
    def has_alike(self) -> bool:
        """Whether somebody has to say what is done with rows that look alike."""
        return any(one.alike for one in self.rows)


def check_rows(
    *,
    rows: Sequence[CommitmentRow],
    faulty: Mapping[int, frozenset[str]],
    known: KnownBodies,
    body: Body,
    checksum: str,
    at: datetime,
) -> Checked:
    """Return what rows propose, and every fault of theirs.

    Asks the database twice, however many rows there are. `faulty` names the columns of each row of
    which something is said already.
    """
    on = london_date(now=at)
    proposals: list[Proposal] = []
    faults: list[RowFault] = []
    for row in rows:
        said = faulty.get(row.row, frozenset())
        named = known.named(row.partner)
        if named is None or named.pair is None:
            if PARTNER not in said:
                faults.append(RowFault(row.row, PARTNER, _no_partner(row, named, known)))
            # The rules of the form are the same for every pair: all that is wrong is said at once.
            pair = next((one.pair for one in known.by_name.values() if one.pair), None)
        else:
            pair = named.pair
        if pair is None:
            continue
        proposal, refused = judge(row=row, pair=pair, at=at, on=on)
        faults.extend(
            RowFault(row.row, column, _fault(column, message))
            for column, message in refused
            if column not in said
        )
        if proposal is not None:
            proposals.append(proposal)
    if faults or len(proposals) != len(rows):
        return Checked(rows=(), faults=tuple(faults))
    return Checked(rows=_compared(proposals, body, checksum), faults=())


def _compared(proposals: Sequence[Proposal], body: Body, checksum: str) -> tuple[CheckedRow, ...]:
    keys = {one.row: row_key(body=body, checksum=checksum, row=one.row) for one in proposals}
    stored = queries.stored_keys(keys=keys.values())
    alike: dict[tuple[UUID, str], list[Promised]] = {}
    for promised in queries.promised_alike(
        pairs={one.pair for one in proposals}, titles={one.title for one in proposals}
    ):
        key = (promised.pair_id, folded(text=promised.title))
        alike.setdefault(key, []).append(promised)
    return tuple(
        CheckedRow(
            proposal=one,
            stored=keys[one.row] in stored,
            alike=()
            if keys[one.row] in stored
            else tuple(alike.get((one.pair.pk, folded(text=one.title)), ())),
        )
        for one in proposals
    )


def _fault(column: str, message: str) -> Fault:
    sentence = message if message.endswith((".", "?")) else f"{message}."
    return Fault(f"{column}-refused", "", sentence, _FIXES.get(column, ""))


def _no_partner(row: CommitmentRow, named: NamedBody | None, known: KnownBodies) -> Fault:
    given = plain_text(row.partner)
    partners = ", ".join(known.partners[:_MOST_NAMED])
    enter = f"Enter one of: {partners}." if partners else "No body can be your partner today."
    if not given:
        return Fault("partner-missing", "", "No partner is named.", enter)
    if named is None:
        near = nearest(text=row.partner, known=known.partners)
        return Fault(
            "partner-unknown",
            given,
            f"{given} is not a body that we know.",
            f"Did you mean {near}?" if near else enter,
        )
    message = {
        Standing.OWN: f"{given} is your own body.",
        Standing.OWN_KIND: f"{given} is a body of your own kind.",
        Standing.CLOSED: f"{given} is closed{_closed(named)}.",
    }.get(named.standing, f"{given} shares too few people with you, or none, to be your partner.")
    if named.standing == Standing.CLOSED:
        enter = f"Name the body that took over. {enter}"
    return Fault(f"partner-{named.standing.value}", given, message, enter)


def _closed(named: NamedBody) -> str:
    if named.closed_on is None:
        return ""
    return f" since {words.london_date(moment=named.closed_on)}"
