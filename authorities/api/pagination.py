"""Lists of the API are paged: `page` and `page_size` in, `count` and `results` out."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from rest_framework.pagination import PageNumberPagination
from rest_framework.response import Response

# A demonstration says so on every page and in every export, and this is one.
_NOTICE = (
    "Engagement levels, answers, commitments, support, frameworks, one change of an ICB and the "
    "figures that authorities sent in are invented."
)


class NumberedPages(PageNumberPagination):
    """Fifty rows a page unless asked for more, never above a hundred."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 100

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
