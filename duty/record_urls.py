"""The addresses at which an authority keeps its standing records."""

from django.urls import path

from duty.views.standing_records import (
    RecordAdd,
    RecordChange,
    RecordEnd,
    RecordHistory,
    RecordList,
    RecordOverview,
)

app_name = "records"

_ALL = "authorities/<slug:authority_slug>/records/"
_KIND = f"{_ALL}<slug:kind>/"
_ONE = f"{_KIND}<uuid:record_id>/"

urlpatterns = [
    path(_ALL, RecordOverview.as_view(), name="overview"),
    path(_KIND, RecordList.as_view(), name="list"),
    path(f"{_KIND}new/", RecordAdd.as_view(), name="new"),
    path(_ONE, RecordChange.as_view(), name="change"),
    path(f"{_ONE}end/", RecordEnd.as_view(), name="end"),
    path(f"{_ONE}history/", RecordHistory.as_view(), name="history"),
]
