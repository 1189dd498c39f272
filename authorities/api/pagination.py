"""Lists of the API are paged: `page` and `page_size` in, `count` and `results` out."""

import re
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from rest_framework.exceptions import NotFound
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request
from rest_framework.response import Response

from authorities.api.problems import Problem, ProblemsError

# A demonstration says so on every page and in every export, and this is one.
_NOTICE = (
    "Engagement levels, answers, commitments, support, frameworks, one change of an ICB and the "
    "figures that authorities sent in are invented."
)
# Digits of other scripts are none: what a program sends is read as it is written.
_NUMBER = re.compile("[1-9][0-9]{0,8}")


class NumberedPages(PageNumberPagination):
    """Fifty rows a page unless asked for more, never above a hundred."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 100
    invalid_page_message = "This list has no such page."

    def get_page_size(self, request: Request) -> int:
        """Return how many rows are asked for.

        Raises:
            ProblemsError: it is no number, or none above nought.
        """
        asked = request.query_params.getlist(self.page_size_query_param)
        if not asked:
            return self.page_size
        if len(asked) > 1 or not _NUMBER.fullmatch(asked[0]):
            raise ProblemsError(
                Problem(
                    "not-a-number",
                    self.page_size_query_param,
                    "It must be a whole number of 1 or more.",
                    f"Ask for up to {self.max_page_size} rows; nobody gets more at a time.",
                )
            )
        return min(int(asked[0]), self.max_page_size)

    def get_page_number(self, request: Request, paginator: Any) -> int:
        """Return which page is asked for; the first where nothing is said.

        Raises:
            NotFound: it is no number, or said twice, so that no page is meant.
        """
        asked = request.query_params.getlist(self.page_query_param)
        if not asked:
            return 1
        if len(asked) > 1 or not _NUMBER.fullmatch(asked[0]):
            raise NotFound(self.invalid_page_message)
        return int(asked[0])

    def get_paginated_response(self, data: Sequence[Any]) -> Response:
        """Add what a reader must know of all rows."""
        answer = super().get_paginated_response(data)
        if settings.DEMONSTRATION:
            answer.data["demonstration"] = _NOTICE
        return answer

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Document the notice, which only a demonstration gives."""
        documented: dict[str, Any] = super().get_paginated_response_schema(schema)
        documented["properties"]["demonstration"] = {
            "type": "string",
            "example": _NOTICE,
            "description": "What is invented; on demonstration sites only.",
        }
        return documented
