"""What the weekly job asks of links that stand in higher apps.

`duty` may not import them. The modules that answer stand in one setting, `LINK_HOLDERS`, as dotted
names; each shows what became of its links itself, to who can mend them.
"""

from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Protocol, cast

from django.conf import settings


class Holder(Protocol):
    """What each module of the setting answers."""

    def links_to_ask(self) -> Iterable[str]:
        """Return the links that somebody could still mend, perhaps several times."""


def links_held_elsewhere() -> Iterator[str]:
    """Give the links that modules of the setting hold."""
    for name in settings.LINK_HOLDERS:
        yield from cast(Holder, import_module(name)).links_to_ask()
