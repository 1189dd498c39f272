"""What frameworks in force count, and what expert groups signed of them."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from rest_framework.permissions import AllowAny
from rest_framework.viewsets import ReadOnlyModelViewSet

from outcomes.api.framework_part_serializers import (
    ExpertReviewSerializer,
    FrameworkCountSerializer,
)
from outcomes.api.framework_views import KEY
from outcomes.models import CountMeasure, ExpertReview
from outcomes.queries import framework_api


class FrameworkCountFilter(django_filters.FilterSet):
    """Narrows the list of counts."""

    framework = django_filters.UUIDFilter(field_name="framework_version__framework")
    authority = django_filters.CharFilter(
        field_name="framework_version__framework__authority__slug"
    )

    class Meta:
        model = CountMeasure
        fields = ("framework", "authority")


class ExpertReviewFilter(django_filters.FilterSet):
    """Narrows the list of reviews."""

    authority = django_filters.CharFilter(field_name="framework__authority__slug")

    class Meta:
        model = ExpertReview
        fields = ("framework", "authority")


class FrameworkCountViewSet(ReadOnlyModelViewSet[CountMeasure]):
    """What the frameworks in force count, with what was recorded and how each count stands."""

    permission_classes = (AllowAny,)
    serializer_class = FrameworkCountSerializer
    filterset_class = FrameworkCountFilter
    lookup_field = "lineage"
    lookup_value_regex = KEY
    queryset = CountMeasure.objects.none()

    def get_queryset(self) -> QuerySet[CountMeasure]:
        """Give the counts of the versions in force."""
        return framework_api.measures_in_force()

    def paginate_queryset(self, queryset: Any) -> Any:
        """Read what was recorded of one page of them."""
        page = super().paginate_queryset(queryset)
        framework_api.with_readings(rows=page or (), day=timezone.localdate())
        return page

    def get_object(self) -> CountMeasure:
        """Read what was recorded of the one that is asked for."""
        found = super().get_object()
        framework_api.with_readings(rows=[found], day=timezone.localdate())
        return found


class ExpertReviewViewSet(ReadOnlyModelViewSet[ExpertReview]):
    """Signed reviews of frameworks in force, the newest first; drafts are for the owners alone."""

    permission_classes = (AllowAny,)
    serializer_class = ExpertReviewSerializer
    filterset_class = ExpertReviewFilter
    lookup_value_regex = KEY
    queryset = ExpertReview.objects.none()

    def get_queryset(self) -> QuerySet[ExpertReview]:
        """Give the signed ones."""
        return framework_api.signed_reviews()
