"""Questions about councils, clusters and NHS regions, which are counted by their parts."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Q, Sum

from authorities.models import (
    Body,
    BodyGrouping,
    BodyKind,
    CodeScheme,
    Council,
    CouncilMembership,
    IntegratedCareBoard,
    PartBoard,
)
from authorities.queries.bodies import NoSuchBodyError
from authorities.queries.dated import codes_on, names_on
from authorities.queries.facts import (
    AuthorityLink,
    CouncilDetails,
    GroupDetails,
    GroupMember,
    PairFacts,
    PartFacts,
    Place,
)
from authorities.queries.pairs import load_pairs
from authorities.queries.places import places


def council_directory(*, as_at: date) -> tuple[CouncilDetails, ...]:
    """Return the councils of the day by name."""
    return _councils(as_at=as_at, which=Q())


def council_details(*, slug: str, as_at: date) -> CouncilDetails:
    """Return one council as it is on the day.

    Raises:
        NoSuchBodyError: it does not exist on the day.
    """
    found = _councils(as_at=as_at, which=Q(slug=slug))
    if not found:
        raise NoSuchBodyError(f"There is no council {slug} on {as_at}.")
    return found[0]


def group_directory(*, kind: BodyKind, as_at: date) -> tuple[GroupDetails, ...]:
    """Return the clusters or the NHS regions of the day by name."""
    return _groups(kind=kind, as_at=as_at, which=Q())


def group_details(*, kind: BodyKind, slug: str, as_at: date) -> GroupDetails:
    """Return one cluster or NHS region as it is on the day.

    Raises:
        NoSuchBodyError: it does not exist on the day.
    """
    found = _groups(kind=kind, as_at=as_at, which=Q(slug=slug))
    if not found:
        raise NoSuchBodyError(f"There is no {kind.label} {slug} on {as_at}.")
    return found[0]


def _councils(*, as_at: date, which: Q) -> tuple[CouncilDetails, ...]:
    bodies = list(Council.objects.as_at(as_at).filter(which).order_by("slug"))
    keys = {body.pk for body in bodies}
    parts: defaultdict[UUID, list[Place]] = defaultdict(list)
    for place in places(as_at=as_at):
        if place.council_id in keys:
            parts[place.council_id].append(place)
    members: defaultdict[UUID, list[CouncilMembership]] = defaultdict(list)
    for row in (
        CouncilMembership.objects.as_at(as_at)
        .filter(council__in=keys)
        .select_related("authority")
        .order_by("role", "pk")
    ):
        members[row.council_id].append(row)
    boards = dict(
        IntegratedCareBoard.objects.filter(
            slug__in={place.board for found in parts.values() for place in found if place.board}
        ).values_list("slug", "pk")
    )
    names = names_on(
        day=as_at,
        bodies={
            *keys,
            *boards.values(),
            *(row.authority_id for rows in members.values() for row in rows),
        },
    )
    codes = codes_on(day=as_at, bodies=keys)
    found = []
    for body in bodies:
        people = sum(place.population for place in parts[body.pk])
        found.append(
            CouncilDetails(
                id=body.pk,
                slug=body.slug,
                name=names.name(body.pk),
                ons_code=codes.get((body.pk, CodeScheme.ONS)),
                opened_on=body.opened_on,
                closed_on=body.closed_on,
                certainty=body.certainty,
                source=body.source,
                note=body.note,
                population=people,
                authorities=tuple(
                    AuthorityLink(
                        slug=row.authority.slug,
                        name=names.short_name(row.authority_id),
                        role=row.role,
                        planned=row.planned,
                        starts=row.valid.lower,
                    )
                    for row in members[body.pk]
                ),
                parts=tuple(
                    PartFacts(
                        key=place.part,
                        board_slug=place.board,
                        board_name=names.short_name(boards[place.board]) if place.board else "",
                        population=place.population,
                        share=place.population / people if people else 0,
                    )
                    for place in sorted(parts[body.pk], key=lambda one: (-one.population, one.part))
                ),
            )
        )
    return tuple(sorted(found, key=lambda council: (council.name.casefold(), council.slug)))


def _groups(*, kind: BodyKind, as_at: date, which: Q) -> tuple[GroupDetails, ...]:
    bodies = list(Body.objects.as_at(as_at).filter(which, kind=kind).order_by("slug"))
    keys = {body.pk for body in bodies}
    rows: defaultdict[UUID, list[BodyGrouping]] = defaultdict(list)
    for row in BodyGrouping.objects.as_at(as_at).filter(group__in=keys).select_related("member"):
        rows[row.group_id].append(row)
    boards = {row.member_id for found in rows.values() for row in found}
    names = names_on(day=as_at, bodies={*keys, *boards})
    codes = codes_on(day=as_at, bodies=keys)
    people = dict(
        PartBoard.objects.as_at(as_at)
        .filter(board__in=boards)
        .order_by("board_id")
        .values_list("board_id")
        .annotate(people=Sum("part__population"))
    )
    pairs = load_pairs(as_at=as_at, which=Q(pair__board__in=boards))
    found = []
    for body in bodies:
        members = tuple(
            sorted(
                (
                    GroupMember(
                        slug=row.member.slug,
                        name=names.short_name(row.member_id),
                        population=people.get(row.member_id, 0),
                        starts=row.valid.lower,
                    )
                    for row in rows[body.pk]
                ),
                key=lambda member: (member.name.casefold(), member.slug),
            )
        )
        found.append(
            GroupDetails(
                id=body.pk,
                kind=body.kind,
                slug=body.slug,
                name=names.name(body.pk),
                ons_code=codes.get((body.pk, CodeScheme.ONS)),
                opened_on=body.opened_on,
                closed_on=body.closed_on,
                certainty=body.certainty,
                source=body.source,
                note=body.note,
                population=sum(member.population for member in members),
                members=members,
                pairs=_pairs_of(pairs, {member.slug for member in members}),
            )
        )
    return tuple(sorted(found, key=lambda group: (group.name.casefold(), group.slug)))


def _pairs_of(pairs: Collection[PairFacts], boards: Collection[str]) -> tuple[PairFacts, ...]:
    return tuple(pair for pair in pairs if pair.board_slug in boards)
