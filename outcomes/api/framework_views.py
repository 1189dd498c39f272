"""Agreed outcomes frameworks: the versions in force, and the targets in them."""

import django_filters
from django.db.models import QuerySet
from rest_framework.permissions import AllowAny
from rest_framework.serializers import BaseSerializer
from rest_framework.viewsets import ReadOnlyModelViewSet

from outcomes.api.framework_serializers import (
    FrameworkDetailSerializer,
    FrameworkSerializer,
    FrameworkTargetSerializer,
)
from outcomes.models import FrameworkIndicator, FrameworkVersion, TargetKind
from outcomes.queries import framework_api

KEY = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"


class FrameworkFilter(django_filters.FilterSet):
    """Narrows the list of frameworks."""

    authority = django_filters.CharFilter(field_name="framework__authority__slug")
    icb = django_filters.CharFilter(method="owned_by")

    class Meta:
        model = FrameworkVersion
        fields = ("authority", "icb")

    def owned_by(
        self, queryset: QuerySet[FrameworkVersion], name: str, value: str
    ) -> QuerySet[FrameworkVersion]:
        """Keep those that an ICB owns now."""
        return queryset.filter(framework__in=framework_api.owned_by_board(slug=value))


class FrameworkTargetFilter(django_filters.FilterSet):
    """Narrows the list of targets."""

    framework = django_filters.UUIDFilter(field_name="framework_version__framework")
    authority = django_filters.CharFilter(
        field_name="framework_version__framework__authority__slug"
    )
    indicator = django_filters.CharFilter(field_name="indicator__code")
    determinant = django_filters.CharFilter(field_name="determinant__slug")
    target_kind = django_filters.ChoiceFilter(choices=TargetKind.choices)

    class Meta:
        model = FrameworkIndicator
        fields = ("framework", "authority", "indicator", "determinant", "target_kind")


class FrameworkViewSet(ReadOnlyModelViewSet[FrameworkVersion]):
    """Frameworks with a version in force, by authority and name; one of them with all it says.

    Drafts and proposals are on no list: they are for their owners, on the site.
    """

    permission_classes = (AllowAny,)
    filterset_class = FrameworkFilter
    lookup_field = "framework_id"
    lookup_value_regex = KEY
    queryset = FrameworkVersion.objects.none()

    def get_queryset(self) -> QuerySet[FrameworkVersion]:
        """Give the versions in force."""
        rows = framework_api.versions_in_force()
        return framework_api.with_content(rows) if self.action == "retrieve" else rows

    def get_serializer_class(self) -> type[BaseSerializer[FrameworkVersion]]:
        """Say all of one, and of many who owns them and what they are about."""
        return FrameworkDetailSerializer if self.action == "retrieve" else FrameworkSerializer


class FrameworkTargetViewSet(ReadOnlyModelViewSet[FrameworkIndicator]):
    """Indicators of the frameworks in force, with baselines and targets."""

    permission_classes = (AllowAny,)
    serializer_class = FrameworkTargetSerializer
    filterset_class = FrameworkTargetFilter
    lookup_field = "lineage"
    lookup_value_regex = KEY
    queryset = FrameworkIndicator.objects.none()

    def get_queryset(self) -> QuerySet[FrameworkIndicator]:
        """Give the indicators of the versions in force."""
        return framework_api.targets_in_force()
