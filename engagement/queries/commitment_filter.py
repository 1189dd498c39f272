"""Which commitments a list shows: by theme, stage, state, flag and the body on the other side."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from duty.standing_records import Theme
from engagement.models import CommitmentState, Side
from engagement.queries.commitment_flags import (
    is_overdue,
    is_stale,
    update_is_due,
    views_differ,
    with_words,
)
from engagement.queries.commitment_owners import owned_by
from outcomes.models import ItemKind

DUE, STALE, OVERDUE, DIFFER = "due", "stale", "overdue", "differ"
FLAGS = (DUE, STALE, OVERDUE, DIFFER)
ME = "me"
# As an address says what is asked, in this order.
ASKED = ("theme", "stage", "state", "flag", "partner", "owner")


@dataclass(frozen=True)
class Asked:
    """What is looked for; empty is all.

    theme: a `Theme`. stage: an `ItemKind`. flag: one of `FLAGS`. partner: a body's name in
    addresses; only lists of a body know which there are, and `known` leaves it as it is.
    owner: `ME` for what the reader owns by name; `reader` is the key of the reader.
    """

    theme: str = ""
    stage: str = ""
    state: str = ""
    flag: str = ""
    partner: str = ""
    owner: str = ""
    reader: UUID | None = None

    def known(self) -> "Asked":
        """The same without what is no choice."""
        return Asked(
            theme=self.theme if self.theme in set(Theme) else "",
            stage=self.stage if self.stage in ItemKind.values else "",
            state=self.state if self.state in CommitmentState.values else "",
            flag=self.flag if self.flag in FLAGS else "",
            partner=self.partner,
            owner=self.owner if self.owner == ME and self.reader is not None else "",
            reader=self.reader if self.owner == ME else None,
        )


ALL = Asked()


def fitting(
    *, rows: QuerySet[Any], asked: Asked, on: date, since: date, sides: tuple[Side, ...]
) -> QuerySet[Any]:
    """Return those of the rows that are looked for, whichever body is on the other side.

    Args:
        rows: commitments.
        asked: what is looked for.
        on: the day that flags are of.
        since: the day from which an update counts.
        sides: whose update is due or stale, and whose owner is meant; both for who is of neither.
    """
    if asked.theme:
        rows = rows.filter(theme=asked.theme)
    if asked.stage:
        rows = rows.filter(stage=asked.stage)
    if asked.state:
        rows = rows.filter(state=asked.state)
    if asked.owner and asked.reader is not None:
        rows = rows.filter(pk__in=owned_by(person_id=asked.reader, sides=sides))
    if not asked.flag:
        return rows
    rows = with_words(rows=rows)
    if asked.flag == OVERDUE:
        return rows.filter(is_overdue(on=on))
    if asked.flag == DIFFER:
        return rows.filter(views_differ())
    wanted = Q(pk__in=[])
    for side in sides:
        wanted |= (
            update_is_due(side=side, since=since)
            if asked.flag == DUE
            else is_stale(side=side, on=on)
        )
    return rows.filter(wanted)
