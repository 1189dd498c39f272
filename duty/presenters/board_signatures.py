"""The seam: how far the ICBs of an authority have confirmed what they do together, in words.

`duty` may not import what knows it. The modules that answer stand in the setting
`BOARD_SIGNATURES`, as dotted names. Pages show the lines; no step of a return asks for them.
"""

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Protocol, cast
from uuid import UUID

from django.conf import settings

from duty.slots import Given, Slot, SlotKey, show_slot

# The question that asks how the framework with each board stands, with its signatures.
_CO_OWNED = SlotKey("OF1")


class Signatures(Protocol):
    """What each module of the setting answers."""

    def lines_of(self, *, authority_id: UUID, boards: Mapping[str, str]) -> Sequence[str]:
        """Return a line for each board, whose names are given by slug, in their order."""


def board_lines(*, authority_id: UUID, boards: Mapping[str, str]) -> tuple[str, ...]:
    """Return what each higher app knows of the boards, by pair of the authority."""
    modules = (cast(Signatures, import_module(name)) for name in settings.BOARD_SIGNATURES)
    return tuple(
        line
        for module in modules
        for line in module.lines_of(authority_id=authority_id, boards=boards)
    )


def framework_lines(*, slots: Sequence[Slot], derived: Mapping[SlotKey, Given]) -> tuple[str, ...]:
    """Return how the outcomes framework with each board stands, where the return asks it.

    derived: the answers that nobody types, as they are today.
    """
    asked = next((slot for slot in slots if slot.key == _CO_OWNED), None)
    if asked is None or not asked.question.derived or _CO_OWNED not in derived:
        return ()
    lines = show_slot(slot=asked, answer=derived[_CO_OWNED].answer)
    return tuple(f"Outcomes framework with {name}: {_lower(text)}" for name, text in lines)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
