"""Which area a page of one indicator is about, what it is held against, and what it is made of."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q

from authorities.models import (
    Body,
    BodyCode,
    BodyGrouping,
    BodyKind,
    CodeScheme,
    CouncilMembership,
    CouncilRole,
    Succession,
)
from authorities.queries import region_of
from authorities.queries.dated import codes_on, names_on
from outcomes.queries.places import ENGLAND

# What can be listed beside each other, in the order in which it is offered.
LISTED_KINDS = (
    BodyKind.STRATEGIC_AUTHORITY,
    BodyKind.COUNCIL,
    BodyKind.INTEGRATED_CARE_BOARD,
    BodyKind.REGION,
    BodyKind.NHS_REGION,
)
_REGIONS = (BodyKind.REGION, BodyKind.NHS_REGION)
# A share is stored as a fraction of people: less than this is not the whole body.
_WHOLE = 0.9999


class NoSuchAreaError(LookupError):
    """No area has ever had this code."""


@dataclass(frozen=True)
class AreaFacts:
    """An area with its name and code on a day; closed ones as on their last day."""

    id: UUID
    kind: str
    slug: str
    name: str
    code: str
    opened_on: date | None
    closed_on: date | None

    def exists_on(self, day: date) -> bool:
        """Whether it is open on the day."""
        return (self.opened_on is not None and self.opened_on <= day) and (
            self.closed_on is None or day < self.closed_on
        )


@dataclass(frozen=True)
class AreaKin:
    """An area that this one took over from, or that took over from it."""

    area: AreaFacts
    on_date: date
    before: bool
    whole: bool


@dataclass(frozen=True)
class AreaSurroundings:
    """What an area is held against and made of.

    england, region: None where the register has none. The region is the one that the whole of the
        area lies in; of an integrated care board in several, its NHS region.
    parts: areas that make it up wholly; `parts_words` says what they are.
    """

    england: AreaFacts | None
    region: AreaFacts | None
    kin: tuple[AreaKin, ...]
    parts: tuple[AreaFacts, ...]
    parts_words: str


def area_of_code(*, code: str, day: date) -> AreaFacts:
    """Return the area that has the code, or had it last.

    Raises:
        NoSuchAreaError: no area has ever had it.
    """
    row = (
        BodyCode.objects.filter(scheme=CodeScheme.ONS, value=code.upper())
        .select_related("body")
        .order_by("-valid", "pk")
        .first()
    )
    if row is None:
        raise NoSuchAreaError(code)
    body = row.body
    shown = day if body.closed_on is None else min(day, body.closed_on - timedelta(days=1))
    return _facts([body], day=shown)[body.pk]


def surroundings_of(*, area: AreaFacts, day: date) -> AreaSurroundings:
    """Return England, region, kin and parts of an area, in a constant number of queries.

    Args:
        area: any.
        day: of the memberships and of the names; for a closed area its last day.
    """
    if area.closed_on is not None:
        day = min(day, area.closed_on - timedelta(days=1))
    councils = _councils_of(area, day)
    region_id = _region_of(area, day)
    successions = list(
        Succession.objects.filter(Q(predecessor=area.id) | Q(successor=area.id)).order_by(
            "on_date", "pk"
        )
    )
    others = {
        row.predecessor_id if row.successor_id == area.id else row.successor_id
        for row in successions
    }
    bodies = Body.objects.filter(
        Q(pk__in=[*others, *councils, *([region_id] if region_id else [])])
        | Q(kind=BodyKind.COUNTRY, slug=ENGLAND)
    )
    facts = _facts(bodies, day=day)
    england = next((one for one in facts.values() if one.kind == BodyKind.COUNTRY), None)
    kin = tuple(_kin(row, area, facts) for row in successions)
    before = [one for one in kin if one.before]
    if councils:
        parts, words = [facts[key] for key in councils], "its councils"
    elif before and all(one.whole for one in before):
        parts, words = [one.area for one in before], "the areas that it took over from"
    else:
        parts, words = [], ""
    return AreaSurroundings(
        england=england,
        region=facts[region_id] if region_id else None,
        kin=kin,
        parts=tuple(sorted(parts, key=lambda one: one.name.casefold())),
        parts_words=words,
    )


def areas_of_kind(*, kind: str, day: date) -> tuple[AreaFacts, ...]:
    """Return every area of the kind that was ever open by the day, by name.

    Values stay with the area that they were measured for, so closed ones are among them.
    """
    bodies = Body.objects.filter(kind=kind, opened_on__lte=day)
    return tuple(
        sorted(_facts(bodies, day=day).values(), key=lambda one: (one.name.casefold(), one.code))
    )


def areas_of_bodies(*, bodies: Collection[str], day: date) -> tuple[AreaFacts, ...]:
    """Return those of some bodies that are areas with a code on the day, by name."""
    if not bodies:
        return ()
    found = _facts(Body.objects.filter(pk__in=list(bodies), kind__in=LISTED_KINDS), day=day)
    return tuple(
        sorted(
            (one for one in found.values() if one.code),
            key=lambda one: (one.name.casefold(), one.code),
        )
    )


def england(*, day: date) -> AreaFacts | None:
    """Return England, where the register has it."""
    bodies = Body.objects.filter(kind=BodyKind.COUNTRY, slug=ENGLAND)
    return next(iter(_facts(bodies, day=day).values()), None)


def _councils_of(area: AreaFacts, day: date) -> list[UUID]:
    if area.kind != BodyKind.STRATEGIC_AUTHORITY:
        return []
    rows = CouncilMembership.objects.as_at(day).filter(
        authority=area.id, role=CouncilRole.CONSTITUENT
    )
    return list(rows.order_by("pk").values_list("council_id", flat=True))


def _region_of(area: AreaFacts, day: date) -> UUID | None:
    if area.kind in (BodyKind.COUNTRY, *_REGIONS):
        return None
    found = region_of(body=Body.objects.get(pk=area.id), day=day)
    if found is not None:
        return found.id
    groups = BodyGrouping.objects.as_at(day).filter(member=area.id, group__kind=BodyKind.NHS_REGION)
    return groups.order_by("pk").values_list("group_id", flat=True).first()


def _kin(row: Succession, area: AreaFacts, facts: dict[UUID, AreaFacts]) -> AreaKin:
    before = row.successor_id == area.id
    return AreaKin(
        area=facts[row.predecessor_id if before else row.successor_id],
        on_date=row.on_date,
        before=before,
        whole=row.share is not None and row.share >= _WHOLE,
    )


def _facts(bodies: Iterable[Body], *, day: date) -> dict[UUID, AreaFacts]:
    found = {body.pk: body for body in bodies}
    names = names_on(day=day, bodies=found)
    codes = codes_on(day=day, bodies=found)
    return {
        key: AreaFacts(
            id=key,
            kind=body.kind,
            slug=body.slug,
            name=names.name(key),
            code=codes.get((key, CodeScheme.ONS.value), ""),
            opened_on=body.opened_on,
            closed_on=body.closed_on,
        )
        for key, body in found.items()
    }
