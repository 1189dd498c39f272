"""Makes dated facts equal to the register's, and says what that changed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import Model

_Fact = TypeVar("_Fact", bound=Model)


@dataclass(frozen=True)
class FactChange:
    """One fact of a body that was taken in, replaced, or found only in the database."""

    body_id: UUID
    text: str


@dataclass(frozen=True)
class FactKind(Generic[_Fact]):
    """How facts of one table are told apart and named.

    keys: fields that together may hold one value a day. Two facts that agree in all fields of a
        key contradict each other where their days overlap, or always where they have no days.
    """

    model: type[_Fact]
    keys: tuple[tuple[str, ...], ...]
    body_of: Callable[[_Fact], UUID]
    name: str


@dataclass(frozen=True)
class FactsReport:
    """What making the facts equal changed; `only_stored` are facts that the register lacks."""

    changes: tuple[FactChange, ...]
    only_stored: tuple[FactChange, ...]


def make_facts_equal(*, kind: FactKind[_Fact], wanted: Sequence[_Fact]) -> FactsReport:
    """Store the facts that are wanted and not there, in place of those that contradict them.

    A stored fact that the register lacks and that contradicts nothing is left and reported.
    """
    stored = list(kind.model._default_manager.order_by("pk"))
    had = {_values(fact) for fact in stored}
    keep = {_values(fact) for fact in wanted}
    new = [fact for fact in wanted if _values(fact) not in had]
    old = [fact for fact in stored if _values(fact) not in keep]
    taken = _Taken(kind.keys, new)
    replaced = [fact for fact in old if taken.contradicts(fact)]
    left = [fact for fact in old if not taken.contradicts(fact)]
    kind.model._default_manager.filter(pk__in=[fact.pk for fact in replaced]).delete()
    kind.model._default_manager.bulk_create(new)
    return FactsReport(
        changes=(
            *(_change(kind, fact, "no longer: ") for fact in replaced),
            *(_change(kind, fact, "now: ") for fact in new),
        ),
        only_stored=tuple(_change(kind, fact, "") for fact in left),
    )


class _Taken:
    """Finds what contradicts facts that are about to be stored."""

    def __init__(self, keys: tuple[tuple[str, ...], ...], facts: Sequence[Model]) -> None:
        self._by_key: dict[tuple[object, ...], list[Model]] = {}
        self._keys = keys
        for fact in facts:
            for key in keys:
                self._by_key.setdefault(_key(key, fact), []).append(fact)

    def contradicts(self, fact: Model) -> bool:
        """Whether one of the facts holds another value on some of the same days."""
        return any(
            _same_days(other, fact)
            for key in self._keys
            for other in self._by_key.get(_key(key, fact), [])
        )


def _key(key: tuple[str, ...], fact: Model) -> tuple[object, ...]:
    return (key, *(getattr(fact, field) for field in key))


def _same_days(one: Any, other: Any) -> bool:
    if not hasattr(one, "valid"):
        return True
    return bool(
        (one.valid.lower or date.min) < (other.valid.upper or date.max)
        and (other.valid.lower or date.min) < (one.valid.upper or date.max)
    )


def _values(fact: Model) -> tuple[object, ...]:
    """All fields but the key; PostgreSQL may write the bounds of a range in another way."""
    values = [
        getattr(fact, field.attname) for field in fact._meta.concrete_fields if field.name != "id"
    ]
    return tuple(
        (value.lower, value.upper) if hasattr(value, "lower_inc") else value for value in values
    )


def _change(kind: FactKind[_Fact], fact: _Fact, prefix: str) -> FactChange:
    shown = ", ".join(
        str(value)
        for field in fact._meta.concrete_fields
        if field.name not in {"id", "source"}
        and not field.is_relation
        and (value := getattr(fact, field.attname)) not in (None, "")
    )
    return FactChange(body_id=kind.body_of(fact), text=f"{prefix}{kind.name} {shown}")
