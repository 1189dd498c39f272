"""Frameworks whose ICB merges: they go on with the one that follows, which is asked about them.

Where several pairs follow, none, or one of another authority, nobody can say who takes over: what
was agreed stays as it is, and the pairs that follow begin a framework of their own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from authorities.effects import PairEnding
from authorities.models import Pair, User
from outcomes.actions.framework_messages import tell_of_framework
from outcomes.actions.framework_steps import hold, holds, take, void_signatures
from outcomes.framework_lifecycle import Event
from outcomes.models import (
    OPEN_STATES,
    Framework,
    FrameworkPartner,
    FrameworkVersion,
    VersionState,
)


@dataclass(frozen=True)
class Handover:
    """An owner whose pair ends, and the pair that takes over; None where there is no clear one."""

    partner: FrameworkPartner
    heir: Pair | None


def handovers(*, endings: Sequence[PairEnding]) -> tuple[Handover, ...]:
    """Return what becomes of each owner whose pair ends."""
    ended = {ending.pair.pk: ending for ending in endings}
    partners = FrameworkPartner.objects.filter(
        pair__in=list(ended), ended_on__isnull=True
    ).select_related("framework", "pair")
    found = []
    for partner in partners.order_by("framework__name", "pk"):
        successors = ended[partner.pair_id].successors
        heir = successors[0] if len(successors) == 1 else None
        if heir is not None and not _may_take_over(heir, partner):
            heir = None
        found.append(Handover(partner=partner, heir=heir))
    return tuple(found)


def _may_take_over(heir: Pair, partner: FrameworkPartner) -> bool:
    """Whether the pair is of the framework's authority, and owns no other framework."""
    if heir.authority_id != partner.framework.authority_id:
        return False
    others = FrameworkPartner.objects.filter(pair=heir, ended_on__isnull=True)
    return not others.exclude(framework=partner.framework_id).exists()


def hand_over(*, endings: Sequence[PairEnding], on: date, by: User | None, at: datetime) -> None:
    """Let the pairs that follow take over. The caller holds the transaction."""
    moved: dict[UUID, Framework] = {}
    for one in handovers(endings=endings):
        if one.heir is None:
            continue
        _replace(one.partner, one.heir, on=on)
        moved[one.partner.framework_id] = one.partner.framework
    for framework in moved.values():
        _ask_again(framework, by=by, at=at)


def _replace(partner: FrameworkPartner, heir: Pair, *, on: date) -> None:
    agreed = FrameworkVersion.objects.filter(
        framework=partner.framework_id, state=VersionState.AGREED
    ).exists()
    partner.ended_on = on
    # Who had taken over and not spoken yet passes the question on.
    partner.needs_reconfirmation = False
    partner.save()
    row, _ = FrameworkPartner.objects.get_or_create(framework=partner.framework, pair=heir)
    row.ended_on, row.came_from = None, partner
    row.needs_reconfirmation = agreed
    row.reconfirmed_at = row.reconfirmed_by = None
    row.save()


def _ask_again(framework: Framework, *, by: User | None, at: datetime) -> None:
    """Ask the successor to stand by what is in force; what was proposed is a draft again."""
    for version in FrameworkVersion.objects.filter(
        framework=framework, state__in=[VersionState.AGREED, *OPEN_STATES]
    ).order_by("number"):
        if version.state == VersionState.DRAFT:
            continue
        event = Event.PARTNER_MERGED if version.state == VersionState.AGREED else Event.EDIT
        held = hold(version=version)
        take(
            held=held,
            event=event,
            # A proposal is for the owners that it had, so it is taken back as it is.
            holding=holds(version_matches=True),
            acting=None,
            by=by,
            at=at,
        )
        if event is Event.EDIT:
            void_signatures(version=held.version, at=at)
        tell_of_framework(version=held.version, event=event, actor=None, at=at)
