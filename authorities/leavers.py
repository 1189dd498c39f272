"""The seam: what a person keeps for themselves alone stands in higher apps, too.

When a person who left is made anonymous, what only they could read goes with their name.
`authorities` may not import those apps: the modules that hold such things stand in the setting
`OWN_DRAFTS`, as dotted names.
"""

from importlib import import_module
from typing import Protocol, cast

from django.conf import settings

from authorities.models import User


class DraftModule(Protocol):
    """What each module of the setting answers."""

    def forget_drafts_of(self, *, person: User) -> int:
        """Delete what the person kept for themselves; return how much. In the caller's step."""


def all_draft_modules() -> tuple[DraftModule, ...]:
    """Return the modules of the setting, in its order."""
    return tuple(cast(DraftModule, import_module(name)) for name in settings.OWN_DRAFTS)
