"""A page of a long list by its keys: what rows show is then asked for those alone."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet, Window


@dataclass(frozen=True)
class KeyedPage:
    """The keys of a page's rows, in order, and how long the list is."""

    keys: tuple[UUID, ...]
    page: int
    pages: int
    count: int


def keyed_page(*, rows: QuerySet[Any], page: int, size: int) -> KeyedPage:
    """Return a page of rows that are in order already, from one query.

    The number of all comes with each key, so that they are gone through once. A page past the end
    is the last one, and takes two queries more.
    """
    keyed = rows.values_list("pk", Window(Count("pk")))
    page = max(1, page)
    found = list(keyed[(page - 1) * size : page * size])
    if not found and page > 1:
        page = max(1, -(-rows.count() // size))
        found = list(keyed[(page - 1) * size : page * size])
    count = found[0][1] if found else 0
    return KeyedPage(
        keys=tuple(key for key, _ in found),
        page=page,
        pages=max(1, -(-count // size)),
        count=count,
    )
