"""Versions of how engagement is read, over HTTP: read only, and approved ones alone."""

from django.db.models import QuerySet
from rest_framework.permissions import AllowAny
from rest_framework.viewsets import ReadOnlyModelViewSet

from engagement.api.version_serializers import MatrixSerializer, RubricSerializer
from engagement.models import GroupMap, Rubric
from engagement.queries import reading_versions


class RubricViewSet(ReadOnlyModelViewSet[Rubric]):
    """Approved versions of the rubric, the newest first: themes, statements and the level rule."""

    permission_classes = (AllowAny,)
    serializer_class = RubricSerializer
    lookup_field = "version"
    lookup_value_regex = "[0-9]{1,4}"
    queryset = Rubric.objects.none()

    def get_queryset(self) -> QuerySet[Rubric]:
        """Give them with their themes in order."""
        return reading_versions.approved_rubrics()


class MatrixViewSet(ReadOnlyModelViewSet[GroupMap]):
    """Approved versions of the matrix, the newest first: words of levels, groups and cells."""

    permission_classes = (AllowAny,)
    serializer_class = MatrixSerializer
    lookup_field = "version"
    lookup_value_regex = "[0-9]{1,4}"
    queryset = GroupMap.objects.none()

    def get_queryset(self) -> QuerySet[GroupMap]:
        """Give them with their groups and cells in order."""
        return reading_versions.approved_matrices()
