"""Frameworks whose owners end: they go on with who follows, or with whom the authority chooses.

An owner with one clear successor is replaced by it, which is asked to stand by what was agreed.
Where several follow, or none, the owner is unassigned until the authority's side chooses. The
frameworks of an authority that ends go on with its successor in the same way; where it has none,
they end with it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from authorities.effects import Applied
from authorities.models import Pair, StrategicAuthority, User
from outcomes import recompute
from outcomes.access import Acting, authority_side
from outcomes.actions.framework_endings import end, give_up
from outcomes.actions.framework_messages import tell_of_framework
from outcomes.actions.framework_steps import hold, holds, let_go, take, void_signatures
from outcomes.framework_lifecycle import Event
from outcomes.models import (
    OPEN_STATES,
    Framework,
    FrameworkPartner,
    FrameworkVersion,
    PossibleOwner,
    Subject,
    VersionState,
)
from outcomes.queries.framework_owners import choices_for, has_other_owners, pair_is_taken

_NOBODY_FOLLOWS = "The authority ended, and no other follows it."


@dataclass(frozen=True)
class Handover:
    """An owner whose pair ends: the pair that takes over, or those that may; none where neither."""

    partner: FrameworkPartner
    heir: Pair | None
    possible: tuple[Pair, ...]


@dataclass(frozen=True)
class Handovers:
    """What a change means for frameworks.

    owners: each owner whose pair ends, but not of frameworks that end.
    moving: frameworks that go on with another authority, by key; None where several follow it.
    ending: frameworks whose authority ends, with nobody after it who could be chosen.
    """

    owners: tuple[Handover, ...]
    moving: Mapping[UUID, StrategicAuthority | None]
    ending: tuple[Framework, ...]


def handovers(*, change: Applied) -> Handovers:
    """Return what becomes of frameworks whose pairs or authorities end."""
    followers = _followers(change)
    left = list(
        Framework.objects.filter(
            authority__in=list(followers),
            versions__state__in=[VersionState.AGREED, *OPEN_STATES],
        )
        .distinct()
        .order_by("name", "pk")
    )
    partners = (
        FrameworkPartner.objects.filter(
            # A pair that stood no more before the change ends with its authority at the latest.
            Q(pair__in=[one.pair.pk for one in change.pair_endings]) | Q(framework__in=left),
            ended_on__isnull=True,
            over=False,
        )
        .select_related("framework", "pair")
        .order_by("framework__name", "pk")
    )
    possible = {row.pk: _after(row.pair, change) for row in partners}
    chosen_from = {row.framework_id for row in partners if possible[row.pk]} | set(
        PossibleOwner.objects.filter(partner__framework__in=left).values_list(
            "partner__framework_id", flat=True
        )
    )
    moving: dict[UUID, StrategicAuthority | None] = {}
    ending = []
    for one in left:
        heirs = followers[one.authority_id]
        if len(heirs) == 1:
            moving[one.pk] = heirs[0]
        elif heirs and one.pk in chosen_from:
            moving[one.pk] = None
        else:
            ending.append(one)
    gone, split = {one.pk for one in ending}, {key for key, heir in moving.items() if heir is None}
    owners = [row for row in partners if row.framework_id not in gone]
    heir_of = {
        row.pk: possible[row.pk][0]
        for row in owners
        if len(possible[row.pk]) == 1
        and row.framework_id not in split
        and not pair_is_taken(pair=possible[row.pk][0], but_by=row.framework_id)
    }
    # A pair that two frameworks would come to goes on with neither by itself.
    claims: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for row in owners:
        if row.pk in heir_of:
            claims[heir_of[row.pk].pk].add(row.framework_id)
    return Handovers(
        owners=tuple(
            Handover(
                partner=row,
                heir=heir if heir is not None and len(claims[heir.pk]) == 1 else None,
                possible=possible[row.pk],
            )
            for row in owners
            for heir in (heir_of.get(row.pk),)
        ),
        moving=moving,
        ending=tuple(ending),
    )


def _followers(change: Applied) -> dict[UUID, tuple[StrategicAuthority, ...]]:
    """Return the authorities that follow each one that ends."""
    found = {one.body.pk: [heir.successor.pk for heir in one.heirs] for one in change.endings}
    rows = StrategicAuthority.objects.in_bulk(
        [key for ended, heirs in found.items() for key in (ended, *heirs)]
    )
    return {
        ended: tuple(rows[key] for key in heirs if key in rows)
        for ended, heirs in found.items()
        if ended in rows
    }


def _after(pair: Pair, change: Applied) -> tuple[Pair, ...]:
    """Return the pairs that follow one with its own authority, or with those that follow that."""
    sides = {pair.authority_id} | {
        heir.successor.pk
        for one in change.endings
        if one.body.pk == pair.authority_id
        for heir in one.heirs
    }
    successors = {one.pair.pk: one.successors for one in change.pair_endings}
    return tuple(one for one in successors.get(pair.pk, ()) if one.authority_id in sides)


def hand_over(*, change: Applied, by: User | None, at: datetime) -> None:
    """Let those that follow take over. The caller holds the transaction."""
    found = handovers(change=change)
    for framework in found.ending:
        _end(framework, by=by, at=at)
    touched: dict[UUID, Framework] = {}
    for one in found.owners:
        _leave(one, on=change.on)
        touched[one.partner.framework_id] = one.partner.framework
    _pass_offers_on(change)
    for framework in Framework.objects.filter(pk__in=list(found.moving)).order_by("pk"):
        follows = found.moving[framework.pk]
        touched[framework.pk] = framework
        if follows is not None:
            _move(framework, follows)
    for one in found.owners:
        if one.heir is not None:
            take_over(partner=one.partner, heir=one.heir)
    for framework in touched.values():
        _ask_again(framework, by=by, at=at)


def _leave(one: Handover, *, on: date) -> None:
    """End an owner; who may follow is kept where nobody follows by itself."""
    partner = one.partner
    partner.ended_on, partner.unassigned = on, one.heir is None
    # Who had taken over and not spoken yet passes the question on.
    partner.needs_reconfirmation = False
    partner.save()
    if one.heir is None:
        _offer(partner, one.possible)


def _offer(partner: FrameworkPartner, pairs: Iterable[Pair]) -> None:
    for pair in pairs:
        PossibleOwner.objects.get_or_create(partner=partner, pair=pair)


def _pass_offers_on(change: Applied) -> None:
    """What nobody had chosen a pair for may have been meant for one that ends now."""
    ended = [one.pair.pk for one in change.pair_endings]
    for offered in PossibleOwner.objects.filter(pair__in=ended).select_related("pair", "partner"):
        _offer(offered.partner, _after(offered.pair, change))
        offered.delete()


def _is_agreed(framework_id: UUID) -> bool:
    return FrameworkVersion.objects.filter(
        framework=framework_id, state=VersionState.AGREED
    ).exists()


def _move(framework: Framework, follows: StrategicAuthority) -> None:
    """Let another authority go on with a framework whose own has ended."""
    framework.moved_from, framework.authority = framework.authority, follows
    framework.needs_reconfirmation = _is_agreed(framework.pk)
    framework.reconfirmed_at = framework.reconfirmed_by = None
    framework.save()


def take_over(*, partner: FrameworkPartner, heir: Pair) -> FrameworkPartner:
    """Put a pair in the place of an owner that ended."""
    row, _ = FrameworkPartner.objects.get_or_create(framework_id=partner.framework_id, pair=heir)
    row.ended_on, row.came_from = None, partner
    row.needs_reconfirmation = _is_agreed(partner.framework_id)
    row.reconfirmed_at = row.reconfirmed_by = None
    row.save()
    return row


def _ask_again(framework: Framework, *, by: User | None, at: datetime) -> None:
    """Ask those that follow to stand by what is in force; what was proposed is a draft again."""
    open_version = FrameworkVersion.objects.filter(
        framework=framework, state__in=OPEN_STATES
    ).first()
    if open_version is not None and open_version.state != VersionState.DRAFT:
        _take(open_version, Event.EDIT, by=by, at=at)
    agreed = FrameworkVersion.objects.filter(framework=framework, state=VersionState.AGREED).first()
    asked = (
        FrameworkPartner.objects.filter(framework=framework, needs_reconfirmation=True).exists()
        or Framework.objects.filter(pk=framework.pk, needs_reconfirmation=True).exists()
    )
    if agreed is not None and asked:
        _take(agreed, Event.PARTNER_MERGED, by=by, at=at)
    standing = agreed or open_version
    if (
        standing is not None
        and FrameworkPartner.objects.filter(framework=framework, unassigned=True).exists()
    ):
        _take(standing, Event.UNASSIGN, by=by, at=at)


def _take(version: FrameworkVersion, event: Event, *, by: User | None, at: datetime) -> None:
    held = hold(version=version)
    # A proposal is for the owners that it had, so it is taken back as it is.
    holding = holds(version_matches=True)
    take(held=held, event=event, holding=holding, acting=None, by=by, at=at)
    if event is Event.EDIT:
        void_signatures(version=held.version, at=at)
    tell_of_framework(version=held.version, event=event, actor=None, at=at)


def _end(framework: Framework, *, by: User | None, at: datetime) -> None:
    """End a framework whose authority ends with nobody after it, or what is drafted of it."""
    agreed = FrameworkVersion.objects.filter(framework=framework, state=VersionState.AGREED).first()
    if agreed is not None:
        end(version=agreed, reason=_NOBODY_FOLLOWS, acting=None, by=by, at=at)
        return
    held = hold(version=FrameworkVersion.objects.get(framework=framework, state__in=OPEN_STATES))
    give_up(held=held, reason=_NOBODY_FOLLOWS, acting=None, by=by, at=at)
    let_go(held=held)


@transaction.atomic
def assign(
    *,
    version: FrameworkVersion,
    partner_id: int,
    pair_id: UUID | None,
    acting: Acting,
    by: User,
    at: datetime,
) -> FrameworkVersion:
    """Choose the pair that goes on in place of an owner that ended; it is asked to stand by it.

    With a pair of another authority, which is offered where the framework's own has split, the
    framework goes on with that authority.

    Args:
        version: in force, or a draft.
        partner_id: the owner that ended.
        pair_id: who goes on; None for nobody, where other ICBs own it.
        acting: for whom on the authority's side.
        by: who.
        at: when.

    Raises:
        FrameworkRefusedError: another body chooses, it has been chosen, or the pair may not go on.
        NotAPartyError: the body does not own the framework.
    """
    held = hold(version=version)
    framework = held.framework
    partner = FrameworkPartner.objects.filter(
        framework=framework, pk=partner_id, unassigned=True
    ).first()
    pairs = {one.pk: one for one in choices_for(partner=partner)} if partner else {}
    follows = has_other_owners(framework=framework) if pair_id is None else pair_id in pairs
    sides: Collection[UUID] = [body.pk for body in authority_side(framework=framework)]
    take(
        held=held,
        event=Event.ASSIGN,
        holding=holds(
            authority_chooses=acting.body.pk in sides,
            waits_for_an_owner=partner is not None,
            follows=follows,
        ),
        acting=acting,
        by=by,
        at=at,
        pair=None if pair_id is None else str(pair_id),
    )
    assert partner is not None  # noqa: S101 - refused by the table
    partner.unassigned = False
    partner.save()
    PossibleOwner.objects.filter(partner=partner).delete()
    if pair_id is not None:
        heir = pairs[pair_id]
        if heir.authority_id != framework.authority_id:
            _go_on_with(framework, heir.authority, at=at)
        take_over(partner=partner, heir=heir)
    tell_of_framework(version=held.version, event=Event.ASSIGN, actor=acting.body, at=at)
    return held.version


def _go_on_with(framework: Framework, authority: StrategicAuthority, *, at: datetime) -> None:
    _move(framework, authority)
    PossibleOwner.objects.filter(partner__framework=framework).exclude(
        pair__authority=authority
    ).delete()
    recompute.request(
        subject=Subject.AUTHORITY,
        subject_id=authority.pk,
        reason="outcomes framework: assign",
        at=at,
    )
