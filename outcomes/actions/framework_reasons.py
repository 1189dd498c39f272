"""Why a target changes or goes once there are values to hold against it: kept for all to read."""

from uuid import UUID

from outcomes.actions.framework_drafts import Edit
from outcomes.framework_rules import DraftRefusedError, Fault
from outcomes.models import FrameworkHappening, FrameworkVersion


def keep_reason(
    *,
    edit: Edit,
    version: FrameworkVersion,
    what: str,
    reason: str,
    of: UUID,
    name: str,
    before: str,
    after: str = "",
) -> None:
    """Store the reason as an event of the version, inside the caller's transaction.

    Args:
        edit: who changes it.
        version: the draft.
        what: the event's type: 'target_changed' or 'target_removed'.
        reason: as it was entered.
        of: lineage of the indicator or count.
        name: of it, in words.
        before: the target as it was, in words.
        after: as it is now, in words; empty where it is gone.

    Raises:
        DraftRefusedError: at 'reason': there is none.
    """
    if not reason.strip():
        raise DraftRefusedError(
            Fault(
                "reason",
                "There are values to hold against this target already. Say why it changes: all "
                "owners, and once agreed everybody, can read it.",
            )
        )
    FrameworkHappening.objects.create(
        framework_version=version,
        type=what,
        actor=edit.by,
        actor_role=edit.acting.role,
        actor_body=edit.acting.body,
        at=edit.at,
        reason=reason.strip(),
        payload={"of": str(of), "name": name, "before": before, "after": after},
    )
