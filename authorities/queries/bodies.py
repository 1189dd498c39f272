"""Questions about strategic authorities and integrated care boards."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q, Sum

from authorities.models import (
    CodeScheme,
    Coterminosity,
    CouncilMembership,
    CouncilRole,
    IntegratedCareBoard,
    PartBoard,
    PartCouncil,
    StrategicAuthority,
    Succession,
)
from authorities.queries.dated import codes_on, designations_on, names_on
from authorities.queries.facts import (
    AuthorityFacts,
    BoardFacts,
    CouncilFacts,
    PairFacts,
    SuccessionFacts,
)
from authorities.queries.pairs import (
    BoardGroups,
    board_changes,
    board_groups,
    cluster_dates,
    cluster_facts,
    load_pairs,
)
from authorities.queries.scheduled import announced_changes
from authorities.timetable import PairDates, TimetableWarning, WarningKind, warnings


class NoSuchBodyError(LookupError):
    """There is no such body, or not yet or no longer on the day."""


def authority_directory(
    *, as_at: date, pairs: Sequence[PairFacts] | None = None
) -> tuple[AuthorityFacts, ...]:
    """Return the strategic authorities of the day, planned ones included, by name.

    Args:
        pairs: all pairs of the day, from whoever has read them already.
    """
    return _authorities(as_at=as_at, which=Q(), pairs=pairs)


def authority_facts(*, slug: str, as_at: date) -> AuthorityFacts:
    """Return one strategic authority as it is on the day.

    Raises:
        NoSuchBodyError: it does not exist, nor is planned, on the day.
    """
    found = _authorities(as_at=as_at, which=Q(slug=slug))
    if not found:
        raise NoSuchBodyError(f"There is no strategic authority {slug} on {as_at}.")
    return found[0]


def board_directory(
    *, as_at: date, pairs: Sequence[PairFacts] | None = None
) -> tuple[BoardFacts, ...]:
    """Return the integrated care boards of the day by name.

    Args:
        pairs: all pairs of the day, from whoever has read them already.
    """
    return _boards(as_at=as_at, which=Q(), pairs=pairs)


def board_facts(*, slug: str, as_at: date) -> BoardFacts:
    """Return one integrated care board as it is on the day.

    Raises:
        NoSuchBodyError: it does not exist on the day.
    """
    found = _boards(as_at=as_at, which=Q(slug=slug))
    if not found:
        raise NoSuchBodyError(f"There is no integrated care board {slug} on {as_at}.")
    return found[0]


def _authorities(
    *, as_at: date, which: Q, pairs: Sequence[PairFacts] | None = None
) -> tuple[AuthorityFacts, ...]:
    # What is only planned is listed from the day on which the plan was known.
    known = StrategicAuthority.objects.filter(
        Q(planned=False) | Q(names__valid__contains=as_at)
    ).values("pk")
    bodies = list(
        StrategicAuthority.objects.known_as_at(as_at).filter(which, pk__in=known).order_by("slug")
    )
    keys = [body.pk for body in bodies]
    members = list(
        CouncilMembership.objects.as_at(as_at).filter(authority__in=keys).select_related("council")
    )
    councils = {row.council_id for row in members}
    names = names_on(day=as_at, bodies=[*keys, *councils])
    codes = codes_on(day=as_at, bodies=[*keys, *councils])
    designations = designations_on(day=as_at, authorities=keys)
    people = _people_of_councils(councils=councils, as_at=as_at)
    if pairs is None:
        pairs = load_pairs(as_at=as_at, which=Q(pair__authority__in=keys))
    pairs_of = _by_body(pairs, authority=True)
    members_of: defaultdict[UUID, list[CouncilMembership]] = defaultdict(list)
    for row in members:
        members_of[row.authority_id].append(row)
    found = []
    for body in bodies:
        own, designation = pairs_of.get(body.slug, ()), designations.get(body.pk)
        found.append(
            AuthorityFacts(
                id=body.pk,
                slug=body.slug,
                name=names.name(body.pk),
                short_name=names.short_name(body.pk),
                ons_code=codes.get((body.pk, CodeScheme.ONS)),
                type=designation.type if designation else None,
                tier=designation.tier if designation else None,
                opened_on=body.opened_on,
                closed_on=body.closed_on,
                planned=body.opened_on is None or body.opened_on > as_at,
                first_mayoral_election=body.first_mayoral_election,
                next_mayoral_election=body.next_mayoral_election,
                legal_instrument=body.legal_instrument,
                certainty=body.certainty,
                source=body.source,
                note=body.note,
                population=sum(
                    people.get(row.council_id, 0)
                    for row in members_of[body.pk]
                    if row.role == CouncilRole.CONSTITUENT
                ),
                coterminosity=_class_of(own),
                councils=tuple(
                    sorted(
                        (
                            CouncilFacts(
                                id=row.council_id,
                                slug=row.council.slug,
                                name=names.name(row.council_id),
                                ons_code=codes.get((row.council_id, CodeScheme.ONS)),
                                role=row.role,
                                planned=row.planned,
                            )
                            for row in members_of[body.pk]
                        ),
                        key=lambda council: (council.role, council.name.casefold()),
                    )
                ),
                pairs=own,
                warnings=_no_counterpart(own),
            )
        )
    return tuple(
        sorted(found, key=lambda authority: (authority.short_name.casefold(), authority.slug))
    )


def _boards(
    *, as_at: date, which: Q, pairs: Sequence[PairFacts] | None = None
) -> tuple[BoardFacts, ...]:
    bodies = list(IntegratedCareBoard.objects.as_at(as_at).filter(which).order_by("slug"))
    keys = [body.pk for body in bodies]
    groups = board_groups(as_at=as_at, boards=keys)
    successions = list(
        Succession.objects.filter(Q(predecessor__in=keys) | Q(successor__in=keys))
        .select_related("predecessor", "successor")
        .order_by("on_date", "pk")
    )
    names = names_on(
        day=as_at,
        bodies={
            *keys,
            *(group.region for group in groups.values() if group.region),
            *(group.cluster.group_id for group in groups.values() if group.cluster),
            *(row.predecessor_id for row in successions),
            *(row.successor_id for row in successions),
        },
    )
    codes = codes_on(day=as_at, bodies=keys)
    people = dict(
        PartBoard.objects.as_at(as_at)
        .filter(board__in=keys)
        .order_by("board_id")
        .values_list("board_id")
        .annotate(people=Sum("part__population"))
    )
    changes = board_changes(boards=keys)
    announced = announced_changes(as_at=as_at).board_changes
    if pairs is None:
        pairs = load_pairs(as_at=as_at, which=Q(pair__board__in=keys))
    pairs_of = _by_body(pairs, authority=False)
    found = []
    for body in bodies:
        own = pairs_of.get(body.slug, ())
        group = groups.get(body.pk, BoardGroups(region=None, cluster=None))
        cluster = cluster_facts(group=group, name=names.name)
        timetable = PairDates(
            authority_starts=None,
            board_changes=(*changes.get(body.pk, ()), *announced.get(body.slug, ())),
            ends=body.closed_on,
            clusters=cluster_dates(cluster=cluster),
            has_counterpart=not _no_counterpart(own),
        )
        found.append(
            BoardFacts(
                id=body.pk,
                slug=body.slug,
                name=names.name(body.pk),
                short_name=names.short_name(body.pk),
                ons_code=codes.get((body.pk, CodeScheme.ONS)),
                ods_code=codes.get((body.pk, CodeScheme.ODS)),
                nhs_region=names.name(group.region) if group.region else None,
                nhs_region_slug=group.region_slug,
                opened_on=body.opened_on,
                closed_on=body.closed_on,
                certainty=body.certainty,
                source=body.source,
                note=body.note,
                population=people.get(body.pk, 0),
                coterminosity=_class_of(own),
                cluster=cluster,
                predecessors=tuple(
                    _succession(row, row.predecessor.slug, names.name(row.predecessor_id))
                    for row in successions
                    if row.successor_id == body.pk
                ),
                successors=tuple(
                    _succession(row, row.successor.slug, names.name(row.successor_id))
                    for row in successions
                    if row.predecessor_id == body.pk
                ),
                pairs=own,
                warnings=warnings(dates=timetable, on=as_at),
            )
        )
    return tuple(sorted(found, key=lambda board: (board.short_name.casefold(), board.slug)))


def _people_of_councils(*, councils: Iterable[UUID], as_at: date) -> dict[UUID, int]:
    return dict(
        PartCouncil.objects.as_at(as_at)
        .filter(council__in=list(councils))
        .order_by("council_id")
        .values_list("council_id")
        .annotate(people=Sum("part__population"))
    )


def _by_body(pairs: Sequence[PairFacts], *, authority: bool) -> dict[str, tuple[PairFacts, ...]]:
    found: defaultdict[str, list[PairFacts]] = defaultdict(list)
    for pair in pairs:
        found[pair.authority_slug if authority else pair.board_slug].append(pair)
    return {slug: tuple(rows) for slug, rows in found.items()}


def _class_of(pairs: Sequence[PairFacts]) -> str | None:
    """The class of a body: that of its pairs where they agree, else mixed."""
    existing = [pair for pair in pairs if not pair.planned] or pairs
    classes = {pair.coterminosity for pair in existing if pair.coterminosity}
    if not classes:
        return None
    return classes.pop() if len(classes) == 1 else Coterminosity.MIXED.value


def _no_counterpart(pairs: Sequence[PairFacts]) -> tuple[TimetableWarning, ...]:
    if any(not pair.sliver for pair in pairs):
        return ()
    return (TimetableWarning(kind=WarningKind.NO_COUNTERPART),)


def _succession(row: Succession, slug: str, name: str) -> SuccessionFacts:
    return SuccessionFacts(
        slug=slug,
        name=name,
        on_date=row.on_date,
        kind=row.kind,
        population=row.population,
        share=row.share,
    )
