"""Questions about places: whose each part is, what figures are for, which code is whose."""

from collections import defaultdict
from datetime import date
from uuid import UUID

from django.db.models import Q

from authorities.models import (
    AreaPart,
    BodyCode,
    BodyKind,
    BodyName,
    CodeScheme,
    CouncilMembership,
    CouncilRole,
    PairOverlap,
    PartBoard,
    PartCouncil,
    StrategicAuthority,
    Succession,
)
from authorities.queries.bodies import NoSuchBodyError
from authorities.queries.dated import codes_on, names_on
from authorities.queries.facts import Area, CodeSpan, Place, pair_key


def places(*, as_at: date) -> tuple[Place, ...]:
    """Return whose each part of England is on the day, by the part's key."""
    council_of = {
        row.part_id: row.council
        for row in PartCouncil.objects.as_at(as_at).select_related("council")
    }
    board_of = dict(PartBoard.objects.as_at(as_at).values_list("part_id", "board__slug"))
    member_of = {
        council_id: (slug, planned)
        for council_id, slug, planned in CouncilMembership.objects.as_at(as_at)
        .filter(role=CouncilRole.CONSTITUENT)
        .values_list("council_id", "authority__slug", "planned")
    }
    sliver = {
        pair_key(authority_slug=authority, board_slug=board): small
        for authority, board, small in PairOverlap.objects.as_at(as_at).values_list(
            "pair__authority__slug", "pair__board__slug", "sliver"
        )
    }
    found = []
    for part in AreaPart.objects.order_by("key"):
        council = council_of.get(part.pk)
        if council is None:
            continue
        authority, planned = member_of.get(council.pk, (None, False))
        board = board_of.get(part.pk)
        key = None
        if authority is not None and board is not None:
            key = pair_key(authority_slug=authority, board_slug=board)
        found.append(
            Place(
                part=part.key,
                council_id=council.pk,
                council=council.slug,
                authority=authority,
                board=board,
                pair=key if key is not None and sliver.get(key) is False else None,
                sliver=key is not None and sliver.get(key, False),
                planned=planned,
                population=part.population,
            )
        )
    return tuple(found)


def areas_of_authority(*, slug: str, as_at: date) -> tuple[Area, ...]:
    """Return the authority itself and then its constituent councils by name.

    Raises:
        NoSuchBodyError: there is no such authority.
    """
    authority = StrategicAuthority.objects.filter(slug=slug).first()
    if authority is None:
        raise NoSuchBodyError(f"There is no strategic authority {slug}.")
    councils = [
        row.council
        for row in CouncilMembership.objects.as_at(as_at)
        .filter(authority=authority, role=CouncilRole.CONSTITUENT)
        .select_related("council")
    ]
    keys = [authority.pk, *(council.pk for council in councils)]
    names = names_on(day=as_at, bodies=keys)
    codes = codes_on(day=as_at, bodies=keys)
    areas = [
        Area(
            id=body.pk,
            kind=body.kind,
            slug=body.slug,
            name=names.short_name(body.pk),
            ons_code=codes.get((body.pk, CodeScheme.ONS)),
        )
        for body in (authority, *councils)
    ]
    return (areas[0], *sorted(areas[1:], key=lambda area: (area.name, area.slug)))


def known_codes() -> dict[str, tuple[CodeSpan, ...]]:
    """Return every ONS code with the bodies that it stood for, earliest first."""
    names = dict(BodyName.objects.order_by("body_id", "valid").values_list("body_id", "short_name"))
    rows = list(
        BodyCode.objects.filter(scheme=CodeScheme.ONS)
        .filter(~Q(body__kind=BodyKind.NATIONAL))
        .select_related("body")
        .order_by("value", "valid")
    )
    successors: defaultdict[tuple[UUID, date], list[UUID]] = defaultdict(list)
    for old, new, day in Succession.objects.order_by("pk").values_list(
        "predecessor_id", "successor_id", "on_date"
    ):
        successors[old, day].append(new)
    starting = {(row.body_id, row.valid.lower): row.value for row in rows if row.valid.lower}
    spans: defaultdict[str, list[CodeSpan]] = defaultdict(list)
    for row in rows:
        end = row.valid.upper
        heirs = [] if end is None else [row.body_id, *successors[row.body_id, end]]
        spans[row.value].append(
            CodeSpan(
                body_id=row.body_id,
                kind=row.body.kind,
                slug=row.body.slug,
                name=names.get(row.body_id, row.body.slug),
                starts=row.valid.lower,
                ends=end,
                successor_codes=tuple(
                    sorted(starting[heir, end] for heir in heirs if (heir, end) in starting)
                ),
            )
        )
    return {code: tuple(found) for code, found in spans.items()}
