"""What a board or committee is told of a pair: only for both bodies and the centre."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F

from authorities.models import Pair
from engagement.commitment_lifecycle import PROMISED
from engagement.models import Commitment, CommitmentState, PublishedPlacement
from engagement.queries import commitment_needs
from engagement.queries.body_names import BodyName
from engagement.queries.commitment_counts import Standing, standing_of
from engagement.queries.commitment_money_counts import MoneyTally, tallies_of
from engagement.queries.commitments import CommitmentFacts, listed, names_of_pair
from engagement.queries.own_views import round_for_views
from engagement.queries.placements import published_of_pair
from outcomes.models import PictureScope
from outcomes.queries import progress
from outcomes.queries.progress import StoredPicture

# More of one pair than anybody has promised; a summary of two pages names the first of them.
_MOST_READ = 100


@dataclass(frozen=True)
class SummaryFacts:
    """Everything of one pair on one day.

    placement: the newest published one. promised: those that both stand by, the nearest date first.
    waiting: proposals, the oldest first. since: the day from which an update counts.
    """

    authority: BodyName
    board: BodyName
    on: date
    placement: PublishedPlacement | None
    standing: Standing
    promised: tuple[CommitmentFacts, ...]
    waiting: tuple[CommitmentFacts, ...]
    since: date
    update_due_on: date | None
    progress: StoredPicture | None
    money: tuple[MoneyTally, ...]


def summary_of(*, pair: Pair, on: date) -> SummaryFacts:
    """Return what a board is told of a pair on a day, from a constant number of queries."""
    authority, board = names_of_pair(pair=pair, on=on)
    published = published_of_pair(pair=pair)
    rows = Commitment.objects.filter(pair=pair)
    round_ = round_for_views()
    return SummaryFacts(
        authority=authority,
        board=board,
        on=on,
        placement=published[-1] if published else None,
        standing=standing_of(rows=rows, on=on),
        promised=listed(
            rows=rows.filter(state__in=PROMISED).order_by(
                F("target_date").asc(nulls_last=True), "decided_at", "pk"
            )[:_MOST_READ],
            on=on,
        ),
        waiting=listed(
            rows=rows.filter(state=CommitmentState.PROPOSED).order_by("proposed_at", "pk")[
                :_MOST_READ
            ],
            on=on,
        ),
        since=commitment_needs.updates_since(round=round_, on=on),
        update_due_on=round_.due_on if round_ else None,
        progress=progress.picture(scope=PictureScope.PAIR, subject=pair.pk),
        money=tallies_of(rows=rows),
    )
