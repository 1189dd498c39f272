"""An app whose part of a change fails at the very end: it breaks a rule of the database."""

from collections.abc import Sequence
from datetime import date, datetime

from authorities.effects import Affected, Applied, OpenWork
from authorities.models import Body, Pair, User


def blockers(*, bodies: Sequence[Body]) -> tuple[str, ...]:
    return ()


def open_work(*, bodies: Sequence[Body], on: date) -> tuple[OpenWork, ...]:
    return ()


def affected(*, change: Applied) -> tuple[Affected, ...]:
    return ()


def carry(*, change: Applied, by: User | None, at: datetime) -> None:
    there = Pair.objects.earliest("pk")
    Pair.objects.create(authority=there.authority, board=there.board)
