"""Addresses of the outcomes pages, mounted at the root of the site."""

from django.urls import path

from outcomes.views import authority, uploads

app_name = "outcomes"

urlpatterns = [
    path(
        "authorities/<slug:authority_slug>/",
        authority.AuthorityDetail.as_view(),
        name="authority",
    ),
    path(
        "authorities/<slug:authority_slug>/indicators/<slug:code>.csv",
        authority.IndicatorCsv.as_view(),
        name="indicator-csv",
    ),
    path(
        "authorities/<slug:authority_slug>/indicators/upload/",
        uploads.UploadCreate.as_view(),
        name="upload-create",
    ),
    path(
        "authorities/<slug:authority_slug>/indicators/uploads/",
        uploads.UploadList.as_view(),
        name="upload-list",
    ),
    path(
        "authorities/<slug:authority_slug>/indicators/uploads/<uuid:upload_id>/",
        uploads.UploadReport.as_view(),
        name="upload-report",
    ),
    path(
        "authorities/<slug:authority_slug>/indicators/uploads/<uuid:upload_id>/report.csv",
        uploads.UploadReportCsv.as_view(),
        name="upload-report-csv",
    ),
]
