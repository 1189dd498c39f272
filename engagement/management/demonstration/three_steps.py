"""Invented columns of the three steps: some alike, some different, some not answered."""

from collections.abc import Iterable
from datetime import datetime

from authorities.models import Pair, User
from duty.models import Round
from engagement.actions import three_steps
from engagement.models import Side
from engagement.three_steps import PRIORITIES, STEPS, Standing

# Few, so that the demonstration is quick to load; these are the pairs of its accounts.
_PAIRS = frozenset(
    {
        ("south-yorkshire", "south-yorkshire"),
        ("york-and-north-yorkshire", "humber-and-north-yorkshire"),
        ("west-yorkshire", "west-yorkshire"),
    }
)
# Whose column of the open round is left to whoever tries the site.
_LEFT_TO_VISITORS = "south-yorkshire"
_ORDER = tuple(Standing)


def fill(*, round: Round, pairs: Iterable[Pair], by: User, at: datetime, complete: bool) -> None:
    """Write both columns of some pairs; in an open round the ICB is not done yet."""
    for pair in pairs:
        if (pair.authority.slug, pair.board.slug) not in _PAIRS:
            continue
        for side in Side:
            if not complete and side == Side.AUTHORITY and pair.authority.slug == _LEFT_TO_VISITORS:
                continue
            most = len(PRIORITIES) if complete or side == Side.AUTHORITY else 8
            three_steps.save_column(
                pair=pair,
                round=round,
                side=side,
                content=three_steps.Content(
                    standings={
                        code: _standing(number, side=side, later=not complete)
                        for number, code in enumerate(PRIORITIES[:most])
                    },
                    notes={STEPS[0].code: "Invented for the demonstration."},
                ),
                expected_version=0,
                by=by,
                at=at,
            )


def _standing(number: int, *, side: Side, later: bool) -> Standing:
    """Let one in five be seen a step further by the ICB, and some move on between rounds."""
    place = (number * 2 + (1 if later and number % 4 == 0 else 0)) % len(_ORDER)
    if side == Side.BOARD and number % 5 == 1:
        place = (place + 1) % len(_ORDER)
    return _ORDER[place]
