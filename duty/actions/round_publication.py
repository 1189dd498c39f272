"""The seam: what the later life of a round asks of higher apps, and what publication means there.

`duty` may not import them. The modules that answer stand in one setting, `ROUND_PUBLICATION`, as
dotted names; each has the functions of `Publisher`, called inside the step's own transaction.
"""

from datetime import datetime
from importlib import import_module
from typing import Protocol, cast

from django.conf import settings

from authorities.models import User
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

    def reply_started(self, *, round_: Round, by: User | None, at: datetime) -> None:
        """Share what bodies may now reply to; the round is locked and in reply."""

    def reply_ended(self, *, round_: Round, at: datetime) -> None:
        """Take no more replies; the round is locked and being finalised."""

    def reply_reopened(self, *, round_: Round, at: datetime) -> None:
        """Take replies again; the round is locked and in reply."""

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


def tell_reply_started(*, round_: Round, by: User | None, at: datetime) -> None:
    """Tell every higher app that a round takes replies."""
    for module in _modules():
        module.reply_started(round_=round_, by=by, at=at)


def tell_reply_ended(*, round_: Round, at: datetime) -> None:
    """Tell every higher app that a round takes no more replies."""
    for module in _modules():
        module.reply_ended(round_=round_, at=at)


def tell_reply_reopened(*, round_: Round, at: datetime) -> None:
    """Tell every higher app that a round takes replies again."""
    for module in _modules():
        module.reply_reopened(round_=round_, at=at)


def publish_due(*, round_: Round, at: datetime) -> None:
    """Publish a round whose time has passed.

    Raises:
        RoundRefusedError: nobody has approved it, or its time has not come.
    """
    for module in _modules():
        module.publish_due(round_=round_, at=at)


def _modules() -> tuple[Publisher, ...]:
    return tuple(cast(Publisher, import_module(name)) for name in settings.ROUND_PUBLICATION)
