"""Lists of outcomes frameworks: of a body, of all, and what waits for whom at a body."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
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
from outcomes.queries import revised_baselines
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
    lacks_an_owner: bool
    ended: int | None


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
    rows = rows.annotate(
        lacks_an_owner=Exists(
            FrameworkPartner.objects.filter(framework=OuterRef("pk"), unassigned=True)
        )
    )
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
        _listed(
            row,
            partners[row.pk],
            versions[row.pk],
            names=names.name,
            own=own,
            lacks_an_owner=row.lacks_an_owner,
        )
        for row in found
    )


def _listed(
    row: Framework,
    partners: list[FrameworkPartner],
    versions: list[FrameworkVersion],
    *,
    names: Callable[[UUID], str],
    own: set[UUID],
    lacks_an_owner: bool,
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
        to_reconfirm=(
            *([names(row.authority_id)] if row.needs_reconfirmation else []),
            *(names(one.pair.board_id) for one in boards if one.needs_reconfirmation),
        ),
        lacks_an_owner=lacks_an_owner,
        ended=next((one.number for one in versions if one.state == VersionState.ENDED), None),
    )


class WaitKind(StrEnum):
    """What a framework asks of a body."""

    SIGN = "sign"
    ADOPT = "adopt"
    # The authority's side has to choose who follows an owner that ended.
    ASSIGN = "assign"
    # A baseline was revised by much, and this side has yet to confirm it.
    CONFIRM = "confirm"
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
    """Return what frameworks ask of bodies: to sign, to adopt, to go on, to choose or confirm.

    In five queries where no baseline was revised by much, else in seven.
    """
    found: defaultdict[UUID, list[FrameworkWait]] = defaultdict(list)
    keys = set(bodies)
    asked = _asked(keys)
    versions = FrameworkVersion.objects.filter(
        framework__in=list(asked),
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
    in_force = {row.framework_id for row in rows if row.state == VersionState.AGREED}
    for row in rows:
        one = asked[row.framework_id]
        if row.pk in declined:
            for body in sorted(one.owners):
                found[body].append(_declined(row, declined[row.pk]))
        is_out = row.state in (VersionState.PROPOSED, VersionState.PARTLY_SIGNED)
        waits = dict.fromkeys(one.owners, WaitKind.SIGN) if is_out else {}
        if row.state == VersionState.AGREED:
            waits |= dict.fromkeys(one.adopting, WaitKind.ADOPT)
        if row.state == VersionState.AGREED or row.framework_id not in in_force:
            waits |= dict.fromkeys(one.choosing, WaitKind.ASSIGN)
        for body, kind in sorted(waits.items()):
            given = kind is WaitKind.SIGN and (row.pk, body) in signed
            found[body].append(
                FrameworkWait(
                    kind=WaitKind.OTHERS if given else kind,
                    framework_id=row.framework_id,
                    name=row.framework.name,
                    number=row.number,
                    since=row.proposed_at if is_out else None,
                )
            )
    for body, wait in _to_confirm(keys):
        found[body].append(wait)
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


def _to_confirm(keys: set[UUID]) -> Iterable[tuple[UUID, FrameworkWait]]:
    """Return what waits at a body since a baseline was revised by much: once for a framework."""
    waits = {
        (body, one.framework): FrameworkWait(
            kind=WaitKind.CONFIRM,
            framework_id=one.framework,
            name=one.framework_name,
            number=one.number,
            since=None,
        )
        for one in revised_baselines.asked(bodies=keys)
        for body in one.waits_for & keys
    }
    return ((body, wait) for (body, _), wait in sorted(waits.items(), key=lambda one: one[0]))


@dataclass
class _Asked:
    """Which bodies a framework asks: its owners, those to stand by it, those to choose an owner."""

    owners: set[UUID] = field(default_factory=set)
    adopting: set[UUID] = field(default_factory=set)
    choosing: set[UUID] = field(default_factory=set)


def _asked(keys: set[UUID]) -> dict[UUID, _Asked]:
    """Return which of the bodies each framework asks, by the framework's key."""
    rows = FrameworkPartner.objects.filter(
        Q(ended_on__isnull=True) & (Q(framework__authority__in=keys) | Q(pair__board__in=keys))
        | Q(unassigned=True)
        & (Q(framework__authority__in=keys) | Q(possible_owners__pair__authority__in=keys))
    ).values_list(
        "framework_id",
        "framework__authority_id",
        "framework__needs_reconfirmation",
        "pair__board_id",
        "needs_reconfirmation",
        "unassigned",
        "possible_owners__pair__authority_id",
    )
    found: defaultdict[UUID, _Asked] = defaultdict(_Asked)
    for framework, authority, moved, board, waits, unassigned, offered in rows:
        one = found[framework]
        if unassigned:
            one.choosing |= {offered or authority} & keys
            continue
        one.owners |= {authority, board} & keys
        one.adopting |= ({authority} if moved else set()) & keys
        one.adopting |= ({board} if waits else set()) & keys
    return dict(found)
