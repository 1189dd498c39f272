"""Questions about pairs."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from authorities.models import (
    Body,
    BodyGrouping,
    BodyKind,
    Pair,
    PairOverlap,
    Succession,
)
from authorities.queries.dated import designations_on, holds_on, names_on
from authorities.queries.facts import ClusterFacts, PairFacts
from authorities.queries.scheduled import announced_changes
from authorities.timetable import ClusterMembership, PairDates, warnings


class NoSuchPairError(LookupError):
    """The two bodies are no pair on the day."""


@dataclass(frozen=True)
class BoardGroups:
    """A board's NHS region and cluster on a day."""

    region: UUID | None
    cluster: BodyGrouping | None
    region_slug: str | None = None


def pair_list(*, as_at: date) -> tuple[PairFacts, ...]:
    """Return every pair of the day, slivers and planned ones included, by name."""
    return load_pairs(as_at=as_at, which=Q())


def pair_facts(*, authority_slug: str, board_slug: str, as_at: date) -> PairFacts:
    """Return one pair as it is on the day.

    Raises:
        NoSuchPairError: the bodies share nobody on the day.
    """
    found = load_pairs(
        as_at=as_at,
        which=Q(pair__authority__slug=authority_slug, pair__board__slug=board_slug),
    )
    if not found:
        raise NoSuchPairError(
            f"{authority_slug} and {board_slug} are no pair on {as_at}. Choose another date."
        )
    return found[0]


def pair_days(*, pair: Pair) -> tuple[tuple[date, date | None], ...]:
    """Return the stretches of days on which the pair exists, with one set of shares each."""
    return tuple(
        (valid.lower, valid.upper)
        for valid in pair.overlaps.order_by("valid").values_list("valid", flat=True)
    )


def load_pairs(*, as_at: date, which: Q) -> tuple[PairFacts, ...]:
    """Return the pairs of the day among those asked for, from the same few queries."""
    overlaps = list(
        PairOverlap.objects.as_at(as_at)
        .filter(which)
        .select_related("pair__authority", "pair__board")
    )
    authorities = {row.pair.authority_id for row in overlaps}
    boards = {row.pair.board_id for row in overlaps}
    groups = board_groups(as_at=as_at, boards=boards)
    named = {
        *authorities,
        *boards,
        *(group.region for group in groups.values() if group.region),
        *(group.cluster.group_id for group in groups.values() if group.cluster),
    }
    names = names_on(day=as_at, bodies=named)
    designations = designations_on(day=as_at, authorities=authorities)
    changes = board_changes(boards=boards)
    ends = _ends([row.pair_id for row in overlaps])
    announced = announced_changes(as_at=as_at)
    found = []
    for row in overlaps:
        authority, board = row.pair.authority, row.pair.board
        designation = designations.get(authority.pk)
        group = groups.get(board.pk, BoardGroups(region=None, cluster=None))
        cluster = cluster_facts(group=group, name=names.name)
        found.append(
            PairFacts(
                id=row.pair_id,
                authority_slug=authority.slug,
                authority_name=names.name(authority.pk),
                authority_short_name=names.short_name(authority.pk),
                authority_tier=designation.tier if designation else None,
                authority_type=designation.type if designation else None,
                board_slug=board.slug,
                board_name=names.name(board.pk),
                board_short_name=names.short_name(board.pk),
                nhs_region=names.name(group.region) if group.region else None,
                starts=row.valid.lower,
                ends=ends[row.pair_id],
                population=row.population,
                population_year=row.population_year,
                share_of_authority=row.share_of_authority,
                share_of_board=row.share_of_board,
                sliver=row.sliver,
                planned=row.planned,
                coterminosity=row.coterminosity,
                source=row.source,
                cluster=cluster,
                warnings=warnings(
                    dates=PairDates(
                        authority_starts=authority.opened_on
                        or announced.authority_starts.get(authority.slug),
                        board_changes=(
                            *changes.get(board.pk, ()),
                            *announced.board_changes.get(board.slug, ()),
                        ),
                        ends=ends[row.pair_id]
                        or announced.pair_ends.get((authority.slug, board.slug)),
                        clusters=cluster_dates(cluster=cluster),
                    ),
                    on=as_at,
                ),
            )
        )
    return tuple(
        sorted(
            found,
            key=lambda p: (p.authority_short_name.casefold(), p.board_short_name.casefold(), p.key),
        )
    )


def board_groups(*, as_at: date, boards: Iterable[UUID]) -> dict[UUID, BoardGroups]:
    """Return the NHS region and the cluster of each board on the day."""
    by_kind: defaultdict[UUID, dict[str, BodyGrouping]] = defaultdict(dict)
    for row in BodyGrouping.objects.filter(member__in=list(boards)).select_related("group"):
        if holds_on(row.valid, as_at):
            by_kind[row.member_id][row.group.kind] = row
    groups = {}
    for board, rows in by_kind.items():
        region = rows.get(BodyKind.NHS_REGION)
        groups[board] = BoardGroups(
            region=region.group_id if region else None,
            cluster=rows.get(BodyKind.CLUSTER),
            region_slug=region.group.slug if region else None,
        )
    return groups


def board_changes(*, boards: Iterable[UUID]) -> dict[UUID, tuple[date, ...]]:
    """Return the days on which each board merged, split, or took over people."""
    keys = set(boards)
    days: defaultdict[UUID, set[date]] = defaultdict(set)
    for row in Succession.objects.filter(Q(predecessor__in=keys) | Q(successor__in=keys)):
        for body_id in keys & {row.predecessor_id, row.successor_id}:
            days[body_id].add(row.on_date)
    for pk, closed_on in Body.objects.filter(pk__in=keys, closed_on__isnull=False).values_list(
        "pk", "closed_on"
    ):
        if closed_on is not None:
            days[pk].add(closed_on)
    return {key: tuple(sorted(found)) for key, found in days.items()}


def cluster_facts(*, group: BoardGroups, name: Callable[[UUID], str]) -> ClusterFacts | None:
    """Return the cluster of a board, if it is in one."""
    if group.cluster is None:
        return None
    return ClusterFacts(
        slug=group.cluster.group.slug,
        name=name(group.cluster.group_id),
        starts=group.cluster.valid.lower or date.min,
        certainty=group.cluster.certainty,
    )


def cluster_dates(*, cluster: ClusterFacts | None) -> tuple[ClusterMembership, ...]:
    """Return what the timetable needs of a cluster that holds on the day."""
    if cluster is None:
        return ()
    return (ClusterMembership(cluster=cluster.name, starts=cluster.starts, ends=None),)


def _ends(pairs: Iterable[UUID]) -> dict[UUID, date | None]:
    """The first day on which each pair no longer exists; None where no end is known."""
    ends: dict[UUID, date | None] = {}
    for pair_id, valid in (
        PairOverlap.objects.filter(pair__in=list(pairs))
        .order_by("pair_id", "valid")
        .values_list("pair_id", "valid")
    ):
        ends[pair_id] = valid.upper
    return ends
