"""How bodies and pairs fit each other on a day."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from authorities.queries.bodies import authority_directory, board_directory
from authorities.queries.facts import PairFacts
from authorities.queries.pairs import pair_list
from authorities.reorganisation.facts import AUTHORITY, BOARD

NO_COUNTERPART = "no_counterpart"


@dataclass(frozen=True)
class FitsOfDay:
    """The pairs of a day by both slugs, and how many bodies are of each class by kind and class."""

    on: date
    pairs: Mapping[tuple[str, str], PairFacts]
    classes: Mapping[tuple[str, str], int]


def fits_of_day(*, as_at: date) -> FitsOfDay:
    """Return pairs and classes; authorities that are only planned count in no class."""
    classes: Counter[tuple[str, str]] = Counter()
    pairs = pair_list(as_at=as_at)
    for authority in authority_directory(as_at=as_at, pairs=pairs):
        if not authority.planned:
            classes[AUTHORITY, authority.coterminosity or NO_COUNTERPART] += 1
    for board in board_directory(as_at=as_at, pairs=pairs):
        classes[BOARD, board.coterminosity or NO_COUNTERPART] += 1
    return FitsOfDay(
        on=as_at,
        pairs={(one.authority_slug, one.board_slug): one for one in pairs},
        classes=classes,
    )
