"""A wrong filter is answered, not ignored: all rows for a narrow question would mislead."""

from typing import Any

from django.db.models import QuerySet
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.request import Request
from rest_framework.views import APIView

from authorities.api.parameters import PAGING
from authorities.api.problems import Problem, ProblemsError


class StrictFilters(DjangoFilterBackend):
    """Narrows a list by its filters, and refuses what is none of them or says nothing."""

    def filter_queryset(
        self, request: Request, queryset: QuerySet[Any], view: APIView
    ) -> QuerySet[Any]:
        """Return the rows that are asked for.

        Raises:
            ProblemsError: a parameter is no filter, or is empty.
        """
        chosen = self.get_filterset_class(view, queryset)
        known = set(chosen.base_filters) if chosen else set()
        asked = request.query_params
        found = [
            _unknown(name, known=known | PAGING) for name in asked if name not in known | PAGING
        ]
        found += [_empty(name) for name in asked if name in known and not asked[name].strip()]
        if found:
            raise ProblemsError(*found)
        narrowed: QuerySet[Any] = super().filter_queryset(request, queryset, view)
        return narrowed


def _unknown(name: str, *, known: set[str]) -> Problem:
    return Problem(
        "unknown-filter",
        name.replace("\x00", "")[:50],
        f"This is not a filter. Use one of: {', '.join(sorted(known))}.",
        "Remove it, or see the documentation for how it is called.",
    )


def _empty(name: str) -> Problem:
    return Problem("empty", name, "It is empty.", "Leave it out, or say what is asked for.")
