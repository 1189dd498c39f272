"""Addresses of what stands beside a framework: its counts and its expert reviews."""

from django.urls import path

from outcomes.views import counts

_COUNT = "<uuid:framework_id>/counts/<uuid:lineage>"

urlpatterns = [
    path("<uuid:framework_id>/counts/", counts.CountList.as_view(), name="count-list"),
    path(
        "<uuid:framework_id>/counts/counts.csv",
        counts.CountListCsv.as_view(),
        name="count-list-csv",
    ),
    path(f"{_COUNT}/", counts.CountDetail.as_view(), name="count"),
    path(f"{_COUNT}/record/", counts.CountRecord.as_view(), name="count-record"),
]
