"""What scheduled reorganisations will do: announced, but not yet facts of the register."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q, Value

from authorities.frozen_json import from_plain
from authorities.models import BodyKind, Reorganisation, ReorganisationState
from authorities.queries.reorganisations import change_of
from authorities.reorganisation.differences import ENDS, ESTABLISHED
from authorities.reorganisation.facts import BodyKey
from authorities.reorganisation.operations import successors
from authorities.reorganisation.preview import Preview

_ANNOUNCED = (ReorganisationState.SCHEDULED, ReorganisationState.APPLYING)


@dataclass(frozen=True)
class Announced:
    """Days ahead on which something is to happen, by slug.

    board_changes: days on which a board merges, splits, gains or loses area.
    authority_starts: the day on which a planned authority is established.
    pair_ends: first day on which a pair, by both slugs, no longer exists.
    """

    board_changes: Mapping[str, tuple[date, ...]]
    authority_starts: Mapping[str, date]
    pair_ends: Mapping[tuple[str, str], date]


@dataclass(frozen=True)
class AnnouncedChange:
    """What a scheduled change will do with one body, in words of the preview.

    heirs: the names of those that take over from it, where it ends.
    """

    on: date
    texts: tuple[str, ...]
    heirs: tuple[str, ...]


def announced_changes(*, as_at: date) -> Announced:
    """Return what is scheduled for the days after this one, in one query."""
    boards: defaultdict[str, set[date]] = defaultdict(set)
    starts: dict[str, date] = {}
    ends: dict[tuple[str, str], date] = {}
    for row in (
        Reorganisation.objects.filter(state__in=_ANNOUNCED, what_if=False, effective_date__gt=as_at)
        # The maps of a preview are large, and every list of pairs asks this.
        .only("effective_date", "preview")
        .order_by("effective_date", "pk")
        .annotate(
            boards=ArrayAgg(
                "bodies__slug",
                filter=Q(bodies__kind=BodyKind.INTEGRATED_CARE_BOARD),
                default=Value([]),
            )
        )
    ):
        for slug in row.boards:
            boards[slug].add(row.effective_date)
        preview = from_plain(kind=Preview, plain=row.preview)
        for line in preview.bodies:
            if line.kind == BodyKind.STRATEGIC_AUTHORITY and line.text == ESTABLISHED:
                starts.setdefault(line.slug, row.effective_date)
        for pair in preview.pairs:
            if pair.before is not None and pair.after is None:
                ends.setdefault((pair.authority_slug, pair.board_slug), row.effective_date)
    return Announced(
        board_changes={slug: tuple(sorted(days)) for slug, days in boards.items()},
        authority_starts=starts,
        pair_ends=ends,
    )


def announced_for(*, kind: str, slug: str) -> tuple[AnnouncedChange, ...]:
    """Return what is scheduled for a body, in the order of the days."""
    found = []
    for row in (
        Reorganisation.objects.filter(state__in=_ANNOUNCED, what_if=False)
        .only("effective_date", "preview")
        .order_by("effective_date", "pk")
    ):
        preview = from_plain(kind=Preview, plain=row.preview)
        texts = tuple(
            line.text for line in preview.bodies if (line.kind, line.slug) == (kind, slug)
        )
        if texts:
            names = {(line.kind, line.slug): line.name for line in preview.bodies}
            found.append(
                AnnouncedChange(
                    on=row.effective_date,
                    texts=texts,
                    heirs=tuple(
                        names.get((heir.kind, heir.slug), heir.slug)
                        for heir in successors(change_of(row), BodyKey(kind, slug))
                    )
                    if ENDS in texts
                    else (),
                )
            )
    return tuple(found)


def announced_endings(*, until: date) -> Mapping[tuple[str, str], date]:
    """Return the first day of being no more, by kind and slug, of bodies that will end by then."""
    endings: dict[tuple[str, str], date] = {}
    for row in (
        Reorganisation.objects.filter(
            state__in=_ANNOUNCED, what_if=False, effective_date__lte=until
        )
        .only("effective_date", "preview")
        .order_by("effective_date", "pk")
    ):
        for line in from_plain(kind=Preview, plain=row.preview).bodies:
            if line.text == ENDS:
                endings.setdefault((line.kind, line.slug), row.effective_date)
    return endings
