"""The seam: a reorganisation concerns returns, placements and promises, which stand in higher apps.

`authorities` may not import them. The modules that answer for them stand in one setting,
`REORGANISATION_EFFECTS`, as dotted names read top to bottom; each has the three functions of
`Effects`. They are asked for the preview and do their part inside the change's own transaction,
so that all of it happens or nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from importlib import import_module
from typing import Protocol, cast
from uuid import UUID

from django.conf import settings

from authorities.models import Body, Pair, User


@dataclass(frozen=True)
class Heir:
    """A body that takes over from one that ends; `share` of its people, 0 to 1."""

    successor: Body
    share: float
    primary: bool


@dataclass(frozen=True)
class Ending:
    """A body that ends with a change, and who takes over."""

    body: Body
    heirs: tuple[Heir, ...]


@dataclass(frozen=True)
class PairEnding:
    """A pair that ends with a change, and the pairs that its people are in now, most first."""

    pair: Pair
    successors: tuple[Pair, ...]


@dataclass(frozen=True)
class Applied:
    """What a change does to bodies and pairs, once they are stored.

    opened: bodies that begin, those that were planned until then among them.
    renamed: bodies that go on under another name, code or tier.
    reshaped: bodies that go on with another area.
    """

    on: date
    title: str
    endings: tuple[Ending, ...]
    pair_endings: tuple[PairEnding, ...]
    opened: tuple[Body, ...]
    renamed: tuple[Body, ...]
    reshaped: tuple[Body, ...]


@dataclass(frozen=True)
class Link:
    """Where one of the things affected is seen."""

    text: str
    url: str


@dataclass(frozen=True)
class Affected:
    """Things of one kind that a change concerns.

    what: the kind in the plural, such as "Open returns".
    count: how many; links may be fewer.
    becomes: what the change makes of them, as a sentence.
    """

    what: str
    count: int
    becomes: str
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class OpenWork:
    """Work at an ending body that may be finished, and until when."""

    body_id: UUID
    until: datetime
    what: str


class Effects(Protocol):
    """What each module of the setting answers."""

    def blockers(self, *, bodies: Sequence[Body]) -> Sequence[str]:
        """Return why a change of these bodies should wait, in words; usually nothing."""

    def open_work(self, *, bodies: Sequence[Body], on: date) -> Sequence[OpenWork]:
        """Return what people of bodies that end on the day may still finish after it."""

    def affected(self, *, change: Applied) -> Sequence[Affected]:
        """Return what the change concerns, counted before anything is carried over."""

    def carry(self, *, change: Applied, by: User | None, at: datetime) -> None:
        """Do what the change asks for, in its transaction. Nothing published is touched."""


def all_effects() -> tuple[Effects, ...]:
    """Return the modules of the setting, in its order."""
    return tuple(cast(Effects, import_module(name)) for name in settings.REORGANISATION_EFFECTS)
