"""Pages of the lists of a page, each by a parameter of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.http import HttpRequest

from authorities.views.centre import page_number

Row = TypeVar("Row")
ROWS = 25


@dataclass(frozen=True)
class PageOf(Generic[Row]):
    """One page of a list. part: the id of its heading, and its parameter; url lacks the number."""

    rows: Sequence[Row]
    part: str
    page: int
    pages: int
    url: str


def page_of(
    *, request: HttpRequest, rows: Sequence[Row], part: str, size: int = ROWS
) -> PageOf[Row]:
    """Return the page of a list that is asked for; one beyond the end is the last.

    The other lists of the page stay where they are.
    """
    pages = max(1, -(-len(rows) // size))
    page = min(max(page_number(request=request, name=part), 1), pages)
    others = request.GET.copy()
    others.pop(part, None)
    kept = f"{others.urlencode()}&" if others else ""
    return PageOf(
        rows=rows[(page - 1) * size : page * size],
        part=part,
        page=page,
        pages=pages,
        url=f"?{kept}{part}=",
    )
