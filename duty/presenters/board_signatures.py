"""The seam: how far the ICBs of an authority have confirmed what they do together, in words.

`duty` may not import what knows it. The modules that answer stand in the setting
`BOARD_SIGNATURES`, as dotted names. Pages show the lines; no step of a return asks for them.
"""

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Protocol, cast
from uuid import UUID

from django.conf import settings


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
