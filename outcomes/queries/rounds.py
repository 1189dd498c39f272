"""The seam: which rounds take figures now stands in a higher app, which this one may not import.

The modules that answer for it stand in one setting, `OPEN_ROUNDS`, as dotted names.
"""

from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Protocol, cast

from django.conf import settings

from authorities.models import Body


@dataclass(frozen=True)
class AskedSet:
    """The version of a set of indicators that a round asks figures of; codes in its order."""

    name: str
    number: int
    codes: tuple[str, ...]


@dataclass(frozen=True)
class OpenRound:
    """A round in which a body may send figures now; without a set it sends what it has."""

    slug: str
    name: str
    asked: AskedSet | None = None


class OpenRounds(Protocol):
    """What each module of the setting answers."""

    def open_rounds(self, *, body: Body, at: datetime) -> tuple[OpenRound, ...]:
        """Return the rounds that are open for the body, the one that closes first first."""


def open_rounds(*, body: Body, at: datetime) -> tuple[OpenRound, ...]:
    """Return the rounds that are open for the body, as the higher apps know them."""
    return tuple(
        found
        for name in settings.OPEN_ROUNDS
        for found in cast(OpenRounds, import_module(name)).open_rounds(body=body, at=at)
    )
