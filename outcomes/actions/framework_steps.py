"""Taking one step of a framework's life: asked of the table, stored as an event, with an audit row.

Every action on a framework goes through here, so that no state changes without its event, and no
event is stored that the table refuses.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from authorities import audit
from authorities.models import User
from outcomes import recompute
from outcomes.access import Acting, owners_of
from outcomes.actions.framework_messages import tell_of_framework
from outcomes.framework_lifecycle import Event, Guard, next_state
from outcomes.models import (
    Framework,
    FrameworkHappening,
    FrameworkPartner,
    FrameworkSignature,
    FrameworkVersion,
    PossibleOwner,
    Subject,
    VersionState,
)


class NotAPartyError(ValueError):
    """The body does not own the framework."""


@dataclass(frozen=True)
class Held:
    """A version whose framework is locked until the transaction ends."""

    framework: Framework
    version: FrameworkVersion
    parties: frozenset[UUID]


def hold(*, version: FrameworkVersion) -> Held:
    """Lock a framework until the transaction ends, and read the version as it then is."""
    framework = (
        Framework.objects.select_for_update(of=("self",))
        .select_related("authority")
        .get(pk=version.framework_id)
    )
    return Held(
        framework=framework,
        version=FrameworkVersion.objects.get(pk=version.pk),
        parties=frozenset(body.pk for body in owners_of(framework=framework)),
    )


def take(
    *,
    held: Held,
    event: Event,
    holding: Collection[Guard],
    acting: Acting | None,
    by: User | None,
    at: datetime,
    reason: str = "",
    **payload: Any,
) -> None:
    """Take a step: refuse it, or store the new state, its event and an audit row.

    Raises:
        NotAPartyError: the body does not own the framework.
        FrameworkRefusedError: the table does not allow it.
    """
    if acting is not None:
        _check_party(held=held, acting=acting, at=at)
    version = held.version
    version.state = next_state(state=version.state, event=event, holding=holding).value
    version.version += 1
    version.save()
    FrameworkHappening.objects.create(
        framework_version=version,
        type=event.value,
        actor=by,
        actor_role=acting.role if acting else "job",
        actor_body=acting.body if acting else None,
        at=at,
        reason=reason.strip(),
        payload=payload,
    )
    audit.record(
        action=f"framework.{event.value}",
        target=version,
        by=by,
        at=at,
        body=acting.body if acting else None,
        state=version.state,
    )
    # What is shown of a framework in higher apps, a return's answers among them, follows its state.
    recompute.request(
        subject=Subject.AUTHORITY,
        subject_id=held.framework.authority_id,
        reason=f"outcomes framework: {event.value}",
        at=at,
    )


def _check_party(*, held: Held, acting: Acting, at: datetime) -> None:
    if acting.body.pk not in held.parties:
        raise NotAPartyError("Your organisation is not one of the owners of this framework.")
    closed = acting.body.closed_on
    if closed is not None and closed <= timezone.localdate(at):
        raise NotAPartyError("Your organisation has closed, so nobody takes a step for it.")


def let_go(*, held: Held) -> None:
    """Free the pairs of a framework that holds no longer; its owners stay on record."""
    owning = FrameworkPartner.objects.filter(framework=held.framework)
    PossibleOwner.objects.filter(partner__framework=held.framework).delete()
    owning.filter(unassigned=True).update(unassigned=False)
    owning.filter(ended_on__isnull=True).update(over=True, needs_reconfirmation=False)
    Framework.objects.filter(pk=held.framework.pk).update(needs_reconfirmation=False)


def holds(**guards: bool) -> frozenset[Guard]:
    """Return the guards, by their values, that hold."""
    return frozenset(Guard(name) for name, holds in guards.items() if holds)


def begin_edit(
    *, version: FrameworkVersion, expected_version: int, acting: Acting, by: User, at: datetime
) -> Held:
    """Open a version to a change, inside the caller's transaction: signatures become void.

    A proposal that is edited is a draft again, whose signatories are told.

    Raises:
        FrameworkRefusedError: it is agreed, or somebody else changed it meanwhile.
        NotAPartyError: the body does not own the framework.
    """
    held = hold(version=version)
    holding = holds(version_matches=held.version.version == expected_version)
    was_out = held.version.state in (VersionState.PROPOSED, VersionState.PARTLY_SIGNED)
    held.version.edited_at, held.version.edited_by = at, by
    if was_out:
        take(held=held, event=Event.EDIT, holding=holding, acting=acting, by=by, at=at)
        void_signatures(version=held.version, at=at)
        tell_of_framework(version=held.version, event=Event.EDIT, actor=acting.body, at=at)
        return held
    _check_party(held=held, acting=acting, at=at)
    # An edit of a draft is no event of its own: what changed stands in the rows' history.
    next_state(state=held.version.state, event=Event.EDIT, holding=holding)
    held.version.version += 1
    held.version.save()
    return held


def void_signatures(*, version: FrameworkVersion, at: datetime) -> None:
    """Mark the signatures of a version as void: they were for a content that is no more."""
    FrameworkSignature.objects.filter(
        framework_version=version, voided_at__isnull=True, signed_at__lte=at
    ).update(voided_at=at)
    # A clock behind that of the signature's server.
    FrameworkSignature.objects.filter(framework_version=version, voided_at__isnull=True).update(
        voided_at=F("signed_at")
    )
