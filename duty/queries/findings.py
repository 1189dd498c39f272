"""What the review of a return asks of findings."""

from authorities.models import User
from duty.models import DutyReturn


def drafted_finding(*, duty_return: DutyReturn, person: User) -> bool:
    """Return whether a person drafted the finding on what a return says.

    Findings are not stored yet, so nobody has drafted one.
    """
    return False
