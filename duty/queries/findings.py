"""What the review of a return asks of findings, which stand in a higher app.

`duty` may not import it. The modules that answer stand in one setting, `FINDING_DRAFTERS`, as
dotted names.
"""

from importlib import import_module
from typing import Protocol, cast
from uuid import UUID

from django.conf import settings

from authorities.models import User
from duty.models import DutyReturn


class Drafters(Protocol):
    """What each module of the setting answers."""

    def drafted_by(self, *, round_id: UUID, authority_id: UUID, person_id: UUID) -> bool:
        """Whether a person has written a finding on the authority in the round."""


def drafted_finding(*, duty_return: DutyReturn, person: User) -> bool:
    """Return whether a person drafted a finding on what a return says."""
    modules = (cast(Drafters, import_module(name)) for name in settings.FINDING_DRAFTERS)
    return any(
        module.drafted_by(
            round_id=duty_return.round_id,
            authority_id=duty_return.authority_id,
            person_id=person.pk,
        )
        for module in modules
    )
