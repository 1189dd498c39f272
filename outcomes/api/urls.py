"""What this app adds to the API: prefix, viewset, name; and addresses of its own."""

from django.urls import URLPattern, path
from rest_framework.viewsets import ViewSetMixin

from outcomes.api.area_views import IndicatorAreaViewSet
from outcomes.api.framework_part_views import ExpertReviewViewSet, FrameworkCountViewSet
from outcomes.api.framework_views import FrameworkTargetViewSet, FrameworkViewSet
from outcomes.api.mission_views import MissionView
from outcomes.api.progress_views import ProgressViewSet
from outcomes.api.upload_views import (
    AuthorityUploads,
    OneUpload,
    UploadCancel,
    UploadConfirm,
    UploadProblems,
)
from outcomes.api.views import (
    DomainViewSet,
    IndicatorSetViewSet,
    IndicatorViewSet,
    ObservationViewSet,
)

ROUTES: list[tuple[str, type[ViewSetMixin], str]] = [
    ("indicators", IndicatorViewSet, "indicator"),
    ("indicators/(?P<code>[-a-zA-Z0-9_]+)/areas", IndicatorAreaViewSet, "indicator-area"),
    ("indicator-domains", DomainViewSet, "indicator-domain"),
    ("indicator-sets", IndicatorSetViewSet, "indicator-set"),
    ("observations", ObservationViewSet, "observation"),
    ("progress", ProgressViewSet, "progress"),
    ("frameworks", FrameworkViewSet, "framework"),
    ("framework-targets", FrameworkTargetViewSet, "framework-target"),
    ("framework-counts", FrameworkCountViewSet, "framework-count"),
    ("expert-reviews", ExpertReviewViewSet, "expert-review"),
]

_UPLOAD = "uploads/<uuid:upload_id>/"

PATHS: list[URLPattern] = [
    path("mission/hle/", MissionView.as_view(), name="mission-detail"),
    path(
        "strategic-authorities/<slug:authority_slug>/uploads/",
        AuthorityUploads.as_view(),
        name="upload-list",
    ),
    path(_UPLOAD, OneUpload.as_view(), name="upload-detail"),
    path(f"{_UPLOAD}problems/", UploadProblems.as_view(), name="upload-problems"),
    path(f"{_UPLOAD}confirm/", UploadConfirm.as_view(), name="upload-confirm"),
    path(f"{_UPLOAD}cancel/", UploadCancel.as_view(), name="upload-cancel"),
]
