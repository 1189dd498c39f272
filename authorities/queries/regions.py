"""Which of England's statistical regions a body lies in."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from authorities.models import (
    Body,
    BodyCode,
    BodyGrouping,
    BodyKind,
    CodeScheme,
    CouncilMembership,
    CouncilRole,
    PartBoard,
    PartCouncil,
)
from authorities.queries.dated import names_on

# The entity code of regions in ONS codes. Source: ONS, Register of Geographic Codes, E12.
_REGION_CODE = "E12"


@dataclass(frozen=True)
class RegionFacts:
    """A region: a body of kind region or, for London, the authority whose code is the region's."""

    id: UUID
    kind: str
    slug: str
    name: str
    ons_code: str


def region_of(*, body: Body, day: date) -> RegionFacts | None:
    """Return the region that the whole of a body lies in on the day.

    A council lies in one. An authority or an integrated care board lies in the region of all of
    its councils; where they lie in two, in none. None as well for a body that is a region itself,
    and for what is larger than one or no area at all. Costs at most six queries.
    """
    regions = _regions_of_councils(councils=_councils_of(body=body, day=day), day=day)
    if len(regions) != 1:
        return None
    [region] = regions
    if region is None or region == body.pk:
        return None
    found = Body.objects.get(pk=region)
    code = (
        BodyCode.objects.as_at(day)
        .filter(body=region, scheme=CodeScheme.ONS)
        .values_list("value", flat=True)
        .first()
    )
    return RegionFacts(
        id=found.pk,
        kind=found.kind,
        slug=found.slug,
        name=names_on(day=day, bodies=[found.pk]).short_name(found.pk),
        ons_code=code or "",
    )


def _councils_of(*, body: Body, day: date) -> set[UUID]:
    if body.kind == BodyKind.COUNCIL:
        return {body.pk}
    if body.kind == BodyKind.STRATEGIC_AUTHORITY:
        members = CouncilMembership.objects.as_at(day).filter(
            authority=body.pk, role=CouncilRole.CONSTITUENT
        )
        return set(members.values_list("council_id", flat=True))
    if body.kind == BodyKind.INTEGRATED_CARE_BOARD:
        parts = PartBoard.objects.as_at(day).filter(board=body.pk).values("part_id")
        councils = PartCouncil.objects.as_at(day).filter(part_id__in=parts)
        return set(councils.values_list("council_id", flat=True))
    return set()


def _regions_of_councils(*, councils: Collection[UUID], day: date) -> set[UUID | None]:
    """Return the regions that the councils lie in; None is among them where one has none."""
    region_of_council: dict[UUID, UUID] = dict(
        BodyGrouping.objects.as_at(day)
        .filter(member__in=councils, group__kind=BodyKind.REGION)
        .values_list("member_id", "group_id")
    )
    # The code of London's region is that of the authority of London's boroughs.
    of_authorities = (
        BodyCode.objects.as_at(day)
        .filter(
            scheme=CodeScheme.ONS,
            value__startswith=_REGION_CODE,
            body__kind=BodyKind.STRATEGIC_AUTHORITY,
        )
        .values("body_id")
    )
    region_of_council |= dict(
        CouncilMembership.objects.as_at(day)
        .filter(council__in=councils, role=CouncilRole.CONSTITUENT, authority__in=of_authorities)
        .values_list("council_id", "authority_id")
    )
    return {region_of_council.get(council) for council in councils}
