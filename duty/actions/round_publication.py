"""The seam: what the later life of a round asks of higher apps, and what publication means there.

`duty` may not import them. The modules that answer stand in one setting, `ROUND_PUBLICATION`, as
dotted names; each has the functions of `Publisher`, called inside the step's own transaction.
"""

from datetime import datetime
from importlib import import_module
from typing import Protocol, cast

from django.conf import settings

from duty.models import Round
from duty.round_lifecycle import RoundGuard

# What higher apps know and this one does not.
ASKED = frozenset(
    {RoundGuard.PAIRS_SETTLED, RoundGuard.REPLIES_RESOLVED, RoundGuard.NOTHING_APPROVED}
)


class Publisher(Protocol):
    """What each module of the setting answers."""

    def guards_of(self, *, round_: Round) -> set[RoundGuard]:
        """Return which of the guards in `ASKED` hold for a round that is locked."""

    def publish_due(self, *, round_: Round, at: datetime) -> None:
        """Do what is left once the time of publication has passed.

        Raises:
            RoundRefusedError: nobody has approved it, or its time has not come.
        """


def asked_guards(*, round_: Round) -> set[RoundGuard]:
    """Return which of the guards in `ASKED` hold in every higher app."""
    holding = set(ASKED)
    for module in _modules():
        holding &= module.guards_of(round_=round_)
    return holding


def publish_due(*, round_: Round, at: datetime) -> None:
    """Publish a round whose time has passed.

    Raises:
        RoundRefusedError: nobody has approved it, or its time has not come.
    """
    for module in _modules():
        module.publish_due(round_=round_, at=at)


def _modules() -> tuple[Publisher, ...]:
    return tuple(cast(Publisher, import_module(name)) for name in settings.ROUND_PUBLICATION)
