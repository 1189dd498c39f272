"""What the page of a pair shows of the pairs before and after it."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from engagement import picture
from engagement.queries.pair_lineage import PairLineage, Relative


@dataclass(frozen=True)
class RelativeLine:
    """A pair before or after, and on which day one took over from the other."""

    name: str
    url: str
    on: date


@dataclass(frozen=True)
class LineageBlock:
    """What came before the pair and what follows it. ended_on: it is no more since then."""

    before: tuple[RelativeLine, ...]
    after: tuple[RelativeLine, ...]
    ended_on: date | None


def lineage_block(*, found: PairLineage) -> LineageBlock:
    """Return the relatives of a pair as links."""
    return LineageBlock(
        before=tuple(_line(one) for one in found.before),
        after=tuple(_line(one) for one in found.after),
        ended_on=found.ended_on,
    )


def _line(one: Relative) -> RelativeLine:
    return RelativeLine(
        name=picture.pair_name(authority=one.names[0], board=one.names[1]),
        url=reverse("engagement:pair", args=[one.authority_slug, one.board_slug]),
        on=one.on,
    )
