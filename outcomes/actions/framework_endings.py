"""An agreed framework ends before anything takes its place; it is kept, and can be read."""

from datetime import datetime

from django.db import transaction

from authorities.models import User
from outcomes.access import Acting
from outcomes.actions.framework_messages import tell_of_framework
from outcomes.actions.framework_steps import Held, hold, holds, let_go, take, void_signatures
from outcomes.framework_lifecycle import Event
from outcomes.models import OPEN_STATES, FrameworkVersion


@transaction.atomic
def end(
    *, version: FrameworkVersion, reason: str, acting: Acting | None, by: User | None, at: datetime
) -> FrameworkVersion:
    """End an agreed framework: it is in force no longer, and its pairs are free for another.

    A next version that is on its way is given up with it.

    Args:
        version: the one in force.
        reason: why; everybody can read it.
        acting: for which owner; None where a reorganisation ends it.
        by: who; None for a job.
        at: when.

    Raises:
        FrameworkRefusedError: it is not in force, or no reason is given.
        NotAPartyError: the body does not own the framework.
    """
    held = hold(version=version)
    take(
        held=held,
        event=Event.END,
        holding=holds(reason_given=bool(reason.strip())),
        acting=acting,
        by=by,
        at=at,
        reason=reason,
    )
    for working in FrameworkVersion.objects.filter(
        framework=held.framework, state__in=OPEN_STATES
    ).order_by("number"):
        give_up(
            held=Held(held.framework, working, held.parties),
            reason=reason,
            acting=acting,
            by=by,
            at=at,
        )
    let_go(held=held)
    tell_of_framework(
        version=held.version, event=Event.END, actor=acting.body if acting else None, at=at
    )
    return held.version


def give_up(
    *, held: Held, reason: str, acting: Acting | None, by: User | None, at: datetime
) -> None:
    """Give up a version with the framework that it belongs to, as it is."""
    take(
        held=held,
        event=Event.DISCARD,
        holding=holds(version_matches=True, reason_given=True),
        acting=acting,
        by=by,
        at=at,
        reason=reason,
    )
    void_signatures(version=held.version, at=at)
