"""Where pairs stand now for everybody: the newest published placement of each, and no working one.

Support is told to bodies, so it rests on what is published alone, whoever looks.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from authorities.models import Pair
from engagement.models import Publication, PublishedPlacement


def newest_publication() -> Publication | None:
    """Return the current revision of the newest published round, None before the first one."""
    return (
        Publication.objects.current()
        .select_related("round")
        .order_by("-round__covers_to", "-round__opens_on", "-pk")
        .first()
    )


def placements_of(*, publication: Publication) -> tuple[PublishedPlacement, ...]:
    """Return the placements of a revision with their pairs and both bodies."""
    return tuple(
        PublishedPlacement.objects.filter(publication=publication)
        .select_related("pair__authority", "pair__board")
        .order_by("pair__authority__slug", "pair__board__slug", "pk")
    )


def current_placement(*, pair: Pair) -> PublishedPlacement | None:
    """Return the pair's newest published placement, None where it has none."""
    return _newest().filter(pair=pair).first()


def current_placements(*, pair_ids: Iterable[UUID]) -> dict[UUID, PublishedPlacement]:
    """Return the newest published placement of each pair that has one, from one query."""
    found: dict[UUID, PublishedPlacement] = {}
    for row in _newest().filter(pair_id__in=list(pair_ids)):
        found.setdefault(row.pair_id, row)
    return found


def _newest() -> QuerySet[PublishedPlacement]:
    return (
        PublishedPlacement.objects.filter(publication__in=Publication.objects.current())
        .select_related("publication__round")
        .defer("content")
        .order_by("-publication__round__covers_to", "-publication__round__opens_on", "-pk")
    )
