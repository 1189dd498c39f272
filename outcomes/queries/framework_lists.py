"""Lists of outcomes frameworks: of a body, of all, and what waits for whom at a body."""

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from authorities.models import Body
from authorities.queries.dated import names_on
from outcomes.models import (
    AGREED_STATES,
    OPEN_STATES,
    Framework,
    FrameworkPartner,
    FrameworkSignature,
    FrameworkVersion,
    VersionState,
)
from outcomes.queries.framework_pages import Declined, declines_of


@dataclass(frozen=True)
class OwnerName:
    """An owner of a framework."""

    body_id: UUID
    slug: str
    name: str
    is_authority: bool


@dataclass(frozen=True)
class ListedFramework:
    """A framework in a list; a number is None where there is no such version to be seen."""

    id: UUID
    name: str
    owners: tuple[OwnerName, ...]
    in_force: int | None
    agreed_at: datetime | None
    open: int | None
    open_state: str
    newest: int
    to_reconfirm: tuple[str, ...]


def frameworks_listed(
    *,
    day: date,
    drafts_of: Collection[str] = (),
    of: Body | None = None,
    pair_id: UUID | None = None,
) -> tuple[ListedFramework, ...]:
    """Return the frameworks that a visitor may see, by authority and name, in four queries.

    Agreed ones are for everybody; a version that is not agreed is for its owners.

    Args:
        day: as of which bodies are named.
        drafts_of: keys of the bodies for which the visitor may see what is not agreed.
        of: only those of an authority or an ICB; those that an ICB owned once are left out.
        pair_id: only those of a pair, that it owned once too.
    """
    own = {UUID(key) for key in drafts_of}
    current = FrameworkPartner.objects.filter(framework=OuterRef("pk"), ended_on__isnull=True)
    agreed = FrameworkVersion.objects.filter(framework=OuterRef("pk"), state__in=AGREED_STATES)
    rows = Framework.objects.filter(
        Exists(agreed) | Q(authority__in=own) | Exists(current.filter(pair__board__in=own))
    )
    if of is not None:
        rows = rows.filter(Q(authority=of.pk) | Exists(current.filter(pair__board=of.pk)))
    if pair_id is not None:
        rows = rows.filter(partners__pair=pair_id)
    found = list(rows.select_related("authority").order_by("authority__slug", "name", "pk"))
    keys = [row.pk for row in found]
    partners = defaultdict(list)
    for partner in (
        FrameworkPartner.objects.filter(framework__in=keys, ended_on__isnull=True)
        .select_related("pair__board")
        .order_by("pk")
    ):
        partners[partner.framework_id].append(partner)
    versions = defaultdict(list)
    for version in FrameworkVersion.objects.filter(framework__in=keys).order_by("number"):
        versions[version.framework_id].append(version)
    bodies = {row.authority_id for row in found} | {
        one.pair.board_id for many in partners.values() for one in many
    }
    names = names_on(day=day, bodies=bodies)
    return tuple(
        _listed(row, partners[row.pk], versions[row.pk], names=names.name, own=own) for row in found
    )


def _listed(
    row: Framework,
    partners: list[FrameworkPartner],
    versions: list[FrameworkVersion],
    *,
    names: Callable[[UUID], str],
    own: set[UUID],
) -> ListedFramework:
    boards = sorted(partners, key=lambda one: names(one.pair.board_id))
    owners = (
        OwnerName(row.authority_id, row.authority.slug, names(row.authority_id), True),
        *(
            OwnerName(one.pair.board_id, one.pair.board.slug, names(one.pair.board_id), False)
            for one in boards
        ),
    )
    is_owner = any(one.body_id in own for one in owners)
    force = next((one for one in versions if one.state == VersionState.AGREED), None)
    working = next((one for one in versions if one.state in OPEN_STATES), None)
    shown = [one for one in versions if is_owner or one.state in AGREED_STATES]
    return ListedFramework(
        id=row.pk,
        name=row.name,
        owners=owners,
        in_force=force.number if force else None,
        agreed_at=force.agreed_at if force else None,
        open=working.number if working and is_owner else None,
        open_state=working.state if working and is_owner else "",
        newest=shown[-1].number,
        to_reconfirm=tuple(names(one.pair.board_id) for one in boards if one.needs_reconfirmation),
    )


class WaitKind(StrEnum):
    """What a framework asks of a body."""

    SIGN = "sign"
    ADOPT = "adopt"
    # Others have to sign; this side has.
    OTHERS = "others"
    # An owner declined it: to be changed and proposed again, or given up.
    DECLINED = "declined"


@dataclass(frozen=True)
class FrameworkWait:
    """Something that waits at a body."""

    kind: WaitKind
    framework_id: UUID
    name: str
    number: int
    since: datetime | None
    note: str = ""


def waits_at(*, bodies: Collection[UUID]) -> dict[UUID, tuple[FrameworkWait, ...]]:
    """Return what frameworks ask of bodies: signatures, to be adopted after a merger, to go on.

    In five queries at most, however many frameworks there are.
    """
    found: defaultdict[UUID, list[FrameworkWait]] = defaultdict(list)
    keys = set(bodies)
    partners = FrameworkPartner.objects.filter(ended_on__isnull=True).filter(
        Q(framework__authority__in=keys) | Q(pair__board__in=keys)
    )
    owners: defaultdict[UUID, set[UUID]] = defaultdict(set)
    adopting: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for framework, authority, board, waits in partners.values_list(
        "framework_id", "framework__authority_id", "pair__board_id", "needs_reconfirmation"
    ):
        owners[framework] |= {authority, board} & keys
        if waits and board in keys:
            adopting[framework].add(board)
    versions = FrameworkVersion.objects.filter(
        framework__in=list(owners),
        state__in=[VersionState.AGREED, *OPEN_STATES],
    ).select_related("framework")
    rows = list(versions.order_by("framework__name", "number"))
    drafts = [row.pk for row in rows if row.state == VersionState.DRAFT]
    declined = declines_of(versions=drafts) if drafts else {}
    signed = set(
        FrameworkSignature.objects.filter(
            framework_version__in=[row.pk for row in rows if row.state != VersionState.AGREED],
            voided_at__isnull=True,
        ).values_list("framework_version_id", "body_id")
    )
    for row in rows:
        if row.state == VersionState.DRAFT:
            for body in sorted(owners[row.framework_id]) if row.pk in declined else ():
                found[body].append(_declined(row, declined[row.pk]))
            continue
        adopts = row.state == VersionState.AGREED
        for body in sorted(adopting[row.framework_id] if adopts else owners[row.framework_id]):
            kind = WaitKind.OTHERS if (row.pk, body) in signed else WaitKind.SIGN
            found[body].append(
                FrameworkWait(
                    kind=WaitKind.ADOPT if adopts else kind,
                    framework_id=row.framework_id,
                    name=row.framework.name,
                    number=row.number,
                    since=None if adopts else row.proposed_at,
                )
            )
    return {body: tuple(waits) for body, waits in found.items()}


def _declined(row: FrameworkVersion, declined: Declined) -> FrameworkWait:
    return FrameworkWait(
        kind=WaitKind.DECLINED,
        framework_id=row.framework_id,
        name=row.framework.name,
        number=row.number,
        since=declined.at,
        note=f"{declined.body}: “{declined.reason}”",
    )
