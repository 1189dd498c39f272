"""What bodies are called on a day, with their names in addresses."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange

from authorities.models import Body, IntegratedCareBoard, StrategicAuthority
from authorities.queries.dated import Names, fact_on


@dataclass(frozen=True)
class BodyName:
    """A body as it is called on the day."""

    slug: str
    name: str
    short_name: str

    @classmethod
    def called(cls, body: StrategicAuthority | IntegratedCareBoard, names: Names) -> "BodyName":
        """Return the body as it is called; one that has ended as it was last called."""
        name, short_name = names.name(body.pk), names.short_name(body.pk)
        return cls(
            slug=body.slug, name=name or body.slug, short_name=short_name or name or body.slug
        )


@dataclass
class _Called:
    name: str
    short_name: str
    valid: DateRange


def called_on(*, day: date, bodies: Iterable[UUID]) -> dict[UUID, BodyName]:
    """Return what bodies of any kind are called on the day, from one query.

    One that has ended is called as it last was, one without a name by its name in addresses.
    """
    slugs: dict[UUID, str] = {}
    found: defaultdict[UUID, list[_Called]] = defaultdict(list)
    rows = Body.objects.filter(pk__in=list(bodies)).values_list(
        "pk", "slug", "names__name", "names__short_name", "names__valid"
    )
    for key, slug, name, short_name, valid in rows:
        slugs[key] = slug
        if valid is not None:
            found[key].append(_Called(name, short_name, valid))
    called = {key: fact_on(found[key], day) for key in slugs}
    return {
        key: BodyName(
            slug=slugs[key],
            name=one.name if one else slugs[key],
            short_name=(one.short_name or one.name) if one else slugs[key],
        )
        for key, one in called.items()
    }
