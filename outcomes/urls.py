"""Addresses of the outcomes pages, mounted at the root of the site."""

from django.urls import path

from outcomes.views import authority, upload_files, uploads

app_name = "outcomes"

urlpatterns = [
    path(
        "authorities/<slug:authority_slug>/",
        authority.AuthorityDetail.as_view(),
        name="authority",
    ),
    path(
        "authorities/<slug:authority_slug>/indicators/template.csv",
        upload_files.UploadTemplate.as_view(),
        {"kind": "csv"},
        name="upload-template-csv",
    ),
    path(
        "authorities/<slug:authority_slug>/indicators/template.xlsx",
        upload_files.UploadTemplate.as_view(),
        {"kind": "xlsx"},
        name="upload-template-xlsx",
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
        upload_files.UploadReportCsv.as_view(),
        name="upload-report-csv",
    ),
    path(
        "authorities/<slug:authority_slug>/indicators/uploads/<uuid:upload_id>/marked-file/",
        upload_files.UploadMarked.as_view(),
        name="upload-marked",
    ),
    path(
        "authorities/<slug:authority_slug>/indicators/uploads/<uuid:upload_id>/reasons/",
        uploads.UploadReasons.as_view(),
        name="upload-reasons",
    ),
    path(
        "authorities/<slug:authority_slug>/indicators/uploads/<uuid:upload_id>/confirm/",
        uploads.UploadConfirm.as_view(),
        name="upload-confirm",
    ),
    path(
        "authorities/<slug:authority_slug>/indicators/uploads/<uuid:upload_id>/cancel/",
        uploads.UploadCancel.as_view(),
        name="upload-cancel",
    ),
]
