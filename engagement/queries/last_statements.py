"""The confirmed statements of the last round, on which a draft is read."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from authorities.queries.pairs import load_pairs
from duty.models import Round
from engagement.matrix import Level
from engagement.models import OwnView, Pick, Side, ViewState
from engagement.picture import pair_name
from engagement.queries.pairs import expected_pairs
from engagement.queries.rubric import Reading, reading_of
from engagement.what_would_change import PairPicks, SidePicks


@dataclass(frozen=True)
class LastStatements:
    """A round, what it is read by, and what each side of its pairs picked."""

    round_name: str
    reading: Reading
    pairs: tuple[PairPicks, ...]


def last_statements() -> LastStatements | None:
    """Return what both sides of all expected pairs confirmed in the last round that has views.

    Own views alone, by theme code. None where nobody has confirmed anything yet.
    """
    confirmed = OwnView.objects.filter(state=ViewState.CONFIRMED)
    round_ = (
        Round.objects.counted()
        .filter(Exists(confirmed.filter(round=OuterRef("pk"))))
        .order_by("-covers_to", "-opens_on", "-pk")
        .first()
    )
    if round_ is None:
        return None
    picks: defaultdict[UUID, dict[str, Level]] = defaultdict(dict)
    views = list(confirmed.filter(round=round_))
    rows = Pick.objects.filter(view__round=round_, view__state=ViewState.CONFIRMED)
    for view_id, code, level in rows.values_list("view_id", "theme__code", "level"):
        picks[view_id][code] = Level(level)
    sides = {
        (view.pair_id, view.side): SidePicks(
            picks=picks[view.pk], confirmed=Level(view.level) if view.level else None
        )
        for view in views
    }
    return LastStatements(
        round_name=round_.name,
        reading=reading_of(round=round_),
        pairs=tuple(
            PairPicks(
                key=f"{facts.authority_slug}/{facts.board_slug}",
                name=pair_name(authority=facts.authority_short_name, board=facts.board_short_name),
                sa=sides.get((facts.id, Side.AUTHORITY)),
                icb=sides.get((facts.id, Side.BOARD)),
            )
            for facts in load_pairs(
                as_at=round_.geography_date,
                which=Q(pair__in=list(expected_pairs(on=round_.geography_date))),
            )
        ),
    )
