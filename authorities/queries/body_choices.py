"""Bodies and areas to choose from when a change is entered, and what they are called."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, Sum

from authorities.models import (
    Body,
    BodyGrouping,
    BodyKind,
    CodeScheme,
    CouncilMembership,
    CouncilRole,
    PartBoard,
    PartCouncil,
)
from authorities.queries.dated import codes_on, names_on
from authorities.reorganisation.facts import AUTHORITY, BOARD, COUNCIL, NHS_REGION, BodyKey
from authorities.reorganisation.operations import Change, Open

_SCHEME = {BOARD: CodeScheme.ODS}


@dataclass(frozen=True)
class BodyChoice:
    """A body as a list of choices shows it; `planned` where it is not yet established."""

    key: BodyKey
    name: str
    code: str
    planned: bool = False

    @property
    def label(self) -> str:
        """The name, with the code where there is one."""
        planned = ", planned" if self.planned else ""
        return f"{self.name} ({self.code}{planned})" if self.code else f"{self.name}{planned}"


@dataclass(frozen=True)
class AreaChoice:
    """A part of England, or for an authority a council, that may go elsewhere."""

    key: str
    name: str
    note: str
    population: int


@dataclass(frozen=True)
class ClusterChoice:
    """A cluster with the boards that are in it."""

    body: BodyChoice
    members: tuple[BodyChoice, ...]


@dataclass(frozen=True)
class OperationChoices:
    """What an operation may name: bodies of its kind, and what goes with them.

    there: bodies that exist on the day.
    planned: authorities that are not yet established.
    opened: bodies that the same change opens.
    """

    on: date
    body_kind: str
    there: tuple[BodyChoice, ...]
    planned: tuple[BodyChoice, ...]
    opened: tuple[BodyChoice, ...]
    regions: tuple[BodyChoice, ...]
    clusters: tuple[ClusterChoice, ...]

    @property
    def takers(self) -> tuple[BodyChoice, ...]:
        """The bodies that may take over."""
        return (*self.opened, *self.there, *self.planned)


def bodies_to_choose(*, kind: str, on: date) -> tuple[BodyChoice, ...]:
    """Return the bodies of a kind on the day by name; authorities that are planned, too."""
    bodies = Body.objects.filter(kind=kind)
    wanted = bodies.known_as_at(on) if kind == BodyKind.STRATEGIC_AUTHORITY else bodies.as_at(on)
    return _choices(wanted, on)


def clusters_to_choose(*, on: date) -> tuple[ClusterChoice, ...]:
    """Return the clusters of the day with their boards."""
    members: defaultdict[BodyKey, list[Body]] = defaultdict(list)
    for row in (
        BodyGrouping.objects.as_at(on)
        .filter(group__kind=BodyKind.CLUSTER)
        .select_related("member", "group")
    ):
        members[BodyKey(row.group.kind, row.group.slug)].append(row.member)
    boards = {
        one.key: one
        for one in _choices(
            Body.objects.filter(pk__in=[body.pk for own in members.values() for body in own]), on
        )
    }
    return tuple(
        ClusterChoice(
            body=cluster,
            members=tuple(
                sorted(
                    (boards[BodyKey(body.kind, body.slug)] for body in members[cluster.key]),
                    key=lambda one: one.label,
                )
            ),
        )
        for cluster in bodies_to_choose(kind=BodyKind.CLUSTER, on=on)
    )


def names_of_bodies(*, keys: Iterable[BodyKey], on: date) -> dict[BodyKey, str]:
    """Return the short names on the day, the newest of a body that has none then."""
    wanted = set(keys)
    bodies = {
        BodyKey(body.kind, body.slug): body.pk
        for body in Body.objects.filter(slug__in={key.slug for key in wanted})
        if BodyKey(body.kind, body.slug) in wanted
    }
    names = names_on(day=on, bodies=bodies.values())
    return {key: names.short_name(pk) or key.slug for key, pk in bodies.items()}


def plans_among(*, keys: Iterable[BodyKey], on: date) -> frozenset[BodyKey]:
    """Return the bodies that are planned and have not begun on the day."""
    wanted = set(keys)
    if not wanted:
        return frozenset()
    plans = Body.objects.filter(
        Q(opened_on__isnull=True) | Q(opened_on__gt=on),
        planned=True,
        slug__in={key.slug for key in wanted},
    )
    return frozenset(BodyKey(body.kind, body.slug) for body in plans) & wanted


def names_of_parts(*, keys: Iterable[str], on: date) -> dict[str, str]:
    """Return what parts of England are called: by their council, with the key."""
    wanted = set(keys)
    if not wanted:
        return {}
    council_of = dict(
        PartCouncil.objects.as_at(on)
        .filter(part__key__in=wanted)
        .values_list("part__key", "council_id")
    )
    names = names_on(day=on, bodies=council_of.values())
    return {key: f"{names.short_name(pk)} ({key})" for key, pk in council_of.items()}


def areas_to_choose(*, body: BodyKey | None, on: date) -> tuple[AreaChoice, ...]:
    """Return what may leave a body on the day, by name; of nobody, councils in no authority."""
    if body is None or body.kind == AUTHORITY:
        return _councils(body, on)
    if body.kind == BOARD:
        return _parts_of_board(body, on)
    return _parts_of_council(body, on) if body.kind == COUNCIL else ()


def _choices(bodies: Iterable[Body], on: date) -> tuple[BodyChoice, ...]:
    found = list(bodies)
    keys = [body.pk for body in found]
    names = names_on(day=on, bodies=keys)
    codes = codes_on(day=on, bodies=keys)
    choices = [
        BodyChoice(
            key=BodyKey(body.kind, body.slug),
            name=names.short_name(body.pk) or body.slug,
            code=codes.get((body.pk, _SCHEME.get(body.kind, CodeScheme.ONS)), ""),
            planned=body.opened_on is None or body.opened_on > on,
        )
        for body in found
    ]
    return tuple(sorted(choices, key=lambda one: (one.name.casefold(), one.key)))


def _councils(body: BodyKey | None, on: date) -> tuple[AreaChoice, ...]:
    memberships = CouncilMembership.objects.as_at(on)
    councils = Body.objects.filter(kind=BodyKind.COUNCIL)
    if body is None:
        held = memberships.filter(role=CouncilRole.CONSTITUENT).values("council_id")
        wanted = list(councils.as_at(on).exclude(pk__in=held))
        note: dict[UUID, str] = {}
    else:
        rows = list(memberships.filter(authority__slug=body.slug))
        note = {
            row.council_id: "Non-constituent member"
            for row in rows
            if row.role == CouncilRole.NON_CONSTITUENT
        }
        wanted = list(councils.filter(pk__in=[row.council_id for row in rows]))
    keys = [council.pk for council in wanted]
    people = dict(
        PartCouncil.objects.as_at(on)
        .filter(council__in=keys)
        .order_by("council_id")
        .values_list("council_id")
        .annotate(people=Sum("part__population"))
    )
    names, codes = names_on(day=on, bodies=keys), codes_on(day=on, bodies=keys)
    return _by_name(
        AreaChoice(
            key=council.slug,
            name=names.short_name(council.pk),
            note=", ".join(
                filter(None, (codes.get((council.pk, CodeScheme.ONS)), note.get(council.pk)))
            ),
            population=people.get(council.pk, 0),
        )
        for council in wanted
    )


def _parts_of_board(body: BodyKey, on: date) -> tuple[AreaChoice, ...]:
    rows = list(PartBoard.objects.as_at(on).filter(board__slug=body.slug).select_related("part"))
    council_of = dict(
        PartCouncil.objects.as_at(on)
        .filter(part__in=[row.part_id for row in rows])
        .values_list("part_id", "council_id")
    )
    pieces = Counter(
        PartCouncil.objects.as_at(on)
        .filter(council__in=council_of.values())
        .values_list("council_id", flat=True)
    )
    names = names_on(day=on, bodies=council_of.values())
    return _by_name(
        AreaChoice(
            key=row.part.key,
            name=names.short_name(council_of[row.part_id]),
            note=f"{row.part.key}, "
            + ("part of the council" if pieces[council_of[row.part_id]] > 1 else "whole council"),
            population=row.part.population,
        )
        for row in rows
        if row.part_id in council_of
    )


def _parts_of_council(body: BodyKey, on: date) -> tuple[AreaChoice, ...]:
    rows = list(
        PartCouncil.objects.as_at(on).filter(council__slug=body.slug).select_related("part")
    )
    board_of = dict(
        PartBoard.objects.as_at(on)
        .filter(part__in=[row.part_id for row in rows])
        .values_list("part_id", "board_id")
    )
    names = names_on(day=on, bodies=[*board_of.values(), *(row.council_id for row in rows)])
    return _by_name(
        AreaChoice(
            key=row.part.key,
            name=f"{names.short_name(row.council_id)}: what "
            f"{names.short_name(board_of[row.part_id])} ICB serves"
            if row.part_id in board_of
            else names.short_name(row.council_id),
            note=row.part.key,
            population=row.part.population,
        )
        for row in rows
    )


def _by_name(found: Iterable[AreaChoice]) -> tuple[AreaChoice, ...]:
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.key)))


def operation_choices(*, change: Change, body_kind: str) -> OperationChoices:
    """Return what an operation on bodies of a kind may name, on the day of its change."""
    known = bodies_to_choose(kind=body_kind, on=change.on)
    opened = tuple(
        BodyChoice(key=one.body, name=one.short_name or one.body.slug, code="new in this change")
        for one in change.operations
        if isinstance(one, Open)
        and one.body.kind == body_kind
        and one.body not in {choice.key for choice in known}
    )
    return OperationChoices(
        on=change.on,
        body_kind=body_kind,
        there=tuple(one for one in known if not one.planned),
        planned=tuple(one for one in known if one.planned),
        opened=opened,
        regions=bodies_to_choose(kind=NHS_REGION, on=change.on) if body_kind == BOARD else (),
        clusters=clusters_to_choose(on=change.on) if body_kind == BOARD else (),
    )
