"""The seam: money that an authority and its ICBs put in together, for the question that asks it.

`duty` may not import what knows it. The modules that answer stand in the setting `JOINT_MONEY`, as
dotted names. What they say is proposed to an officer, and frozen in what is submitted.
"""

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Protocol, cast
from uuid import UUID

from django.conf import settings

from duty.known_records import Covered, JointMoney


class MoneyKnown(Protocol):
    """What each module of the setting answers."""

    def joint_money(
        self, *, authority_id: UUID, covered: Covered, board_names: Mapping[str, str]
    ) -> Sequence[JointMoney]:
        """Return the money for prevention of the days covered; ICBs are named by slug."""


def joint_money(
    *, authority_id: UUID, covered: Covered, board_names: Mapping[str, str]
) -> tuple[JointMoney, ...]:
    """Return what the modules of the setting know, in its order."""
    modules = (cast(MoneyKnown, import_module(name)) for name in settings.JOINT_MONEY)
    return tuple(
        money
        for module in modules
        for money in module.joint_money(
            authority_id=authority_id, covered=covered, board_names=board_names
        )
    )
