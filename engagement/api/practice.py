"""Practice examples over HTTP: read only, searched as on the page; what is published alone."""

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from authorities.api.parameters import DayParameters
from authorities.api.permissions import HasPermission
from authorities.models import DevolvedFunction
from authorities.permissions import Permission
from engagement.api.serializers import PracticeExampleSerializer
from engagement.models import PracticeVersion
from engagement.queries.practice import Asked, published


class PracticeParameters(DayParameters):
    """What is looked for. Examples hold for no day."""

    as_at = None  # type: ignore[assignment]
    q = serializers.CharField(
        required=False,
        max_length=200,
        help_text='Words, a "phrase", or a word that is not wanted after a minus sign.',
    )
    theme = serializers.RegexField(
        "^[A-Z][0-9]{1,3}$", required=False, help_text="The code of a theme of the rubric."
    )
    function = serializers.ChoiceField(choices=DevolvedFunction.choices, required=False)
    determinant = serializers.SlugField(required=False, max_length=60)


@extend_schema_view(
    list=extend_schema(
        operation_id="practice_examples_list",
        description="Published examples by title; without words to look for, all of them.",
        parameters=[PracticeParameters],
    ),
)
class PracticeExampleViewSet(GenericViewSet[Any]):
    """Examples that bodies and others have shared."""

    permission = Permission.REGISTER_READ
    permission_classes = [HasPermission]
    serializer_class = PracticeExampleSerializer
    # Filters are declared in the parameters, so that a wrong one is answered and not ignored.
    filter_backends = []
    queryset = PracticeVersion.objects.none()

    def list(self, request: Request) -> Response:
        """Answer with a page of the examples that fit."""
        asked = PracticeParameters(data=request.query_params.dict())
        asked.is_valid(raise_exception=True)
        said = asked.validated_data
        found = published(
            asked=Asked(
                words=said.get("q", ""),
                theme=said.get("theme", ""),
                function=said.get("function", ""),
                determinant=said.get("determinant", ""),
            )
        )
        page: Any = self.paginate_queryset(found)
        return self.get_paginated_response(PracticeExampleSerializer(page, many=True).data)
