"""Dated facts of many bodies in one query each, and the one that held on a day."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, TypeVar
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange

from authorities.models import BodyCode, BodyName, CodeScheme, Designation


class Dated(Protocol):
    """A row that holds from a day to a day."""

    valid: DateRange


_Row = TypeVar("_Row", bound=Dated)


def holds_on(valid: DateRange, day: date) -> bool:
    """Whether a range of days has the day in it."""
    return (valid.lower or date.min) <= day < (valid.upper or date.max)


def fact_on(rows: Sequence[_Row], day: date) -> _Row | None:
    """The row that holds on the day, else the newest; None where there is none."""
    held = [row for row in rows if holds_on(row.valid, day)]
    ordered = sorted(held or rows, key=lambda row: row.valid.lower or date.min)
    return ordered[-1] if ordered else None


@dataclass(frozen=True)
class Names:
    """The names of some bodies on a day."""

    _rows: dict[UUID, BodyName] = field(default_factory=dict)

    def name(self, body_id: UUID) -> str:
        """The body's full name; empty where it has none."""
        return self._rows[body_id].name if body_id in self._rows else ""

    def short_name(self, body_id: UUID) -> str:
        """The body's short name; empty where it has none."""
        return self._rows[body_id].short_name if body_id in self._rows else ""


@dataclass(frozen=True)
class NameHistory:
    """The names of some bodies on any day, from one query."""

    _rows: dict[UUID, list[BodyName]] = field(default_factory=dict)

    @classmethod
    def of(cls, *, bodies: Iterable[UUID]) -> "NameHistory":
        """Return the names of the bodies."""
        rows: defaultdict[UUID, list[BodyName]] = defaultdict(list)
        for row in BodyName.objects.filter(body__in=list(bodies)):
            rows[row.body_id].append(row)
        return cls(dict(rows))

    def name(self, body_id: UUID, *, day: date) -> str:
        """The body's full name on the day; empty where it has none."""
        found = fact_on(self._rows.get(body_id, []), day)
        return found.name if found else ""

    def short_name(self, body_id: UUID, *, day: date) -> str:
        """The body's short name on the day; empty where it has none."""
        found = fact_on(self._rows.get(body_id, []), day)
        return found.short_name if found else ""


def names_on(*, day: date, bodies: Iterable[UUID]) -> Names:
    """Return the names of the bodies as they were on the day."""
    rows: defaultdict[UUID, list[BodyName]] = defaultdict(list)
    for row in BodyName.objects.filter(body__in=list(bodies)):
        rows[row.body_id].append(row)
    return Names({key: found for key, all_ in rows.items() if (found := fact_on(all_, day))})


def codes_on(*, day: date, bodies: Iterable[UUID]) -> dict[tuple[UUID, str], str]:
    """Return the codes of the bodies on the day, by body and scheme."""
    rows: defaultdict[tuple[UUID, str], list[BodyCode]] = defaultdict(list)
    for row in BodyCode.objects.filter(body__in=list(bodies)):
        rows[row.body_id, CodeScheme(row.scheme).value].append(row)
    return {key: found.value for key, all_ in rows.items() if (found := fact_on(all_, day))}


def designations_on(*, day: date, authorities: Iterable[UUID]) -> dict[UUID, Designation]:
    """Return the type and tier of the authorities on the day."""
    rows: defaultdict[UUID, list[Designation]] = defaultdict(list)
    for row in Designation.objects.filter(authority__in=list(authorities)):
        rows[row.authority_id].append(row)
    return {key: found for key, all_ in rows.items() if (found := fact_on(all_, day))}
