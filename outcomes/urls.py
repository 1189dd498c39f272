"""Addresses of the outcomes pages, mounted at the root of the site."""

from django.urls import include, path

from outcomes.framework_urls import FRAMEWORKS
from outcomes.views import (
    approvals,
    authority,
    indicator_areas,
    period_locks,
    upload_files,
    uploads,
)

app_name = "outcomes"

# A code or an ONS code is a slug to the address: what neither can be is no address.
_AREA = "indicators/<slug:code>/areas/<slug:area_code>"

urlpatterns = [
    path("frameworks/", include("outcomes.framework_part_urls")),
    path("indicators/approvals/", approvals.ApprovalList.as_view(), name="approval-list"),
    path(
        "indicators/approvals/<uuid:release_id>/",
        approvals.ApprovalDetail.as_view(),
        name="approval",
    ),
    path(
        "indicators/approvals/<uuid:release_id>/approve/",
        approvals.ApprovalApprove.as_view(),
        name="approval-approve",
    ),
    path(
        "indicators/approvals/<uuid:release_id>/return/",
        approvals.ApprovalReturn.as_view(),
        name="approval-return",
    ),
    path("indicators/locks/", period_locks.PeriodLockList.as_view(), name="period-locks"),
    path("indicators/locks/new/", period_locks.PeriodLockAdd.as_view(), name="period-lock-add"),
    path(
        "indicators/locks/<int:lock_id>/lift/",
        period_locks.PeriodUnlock.as_view(),
        name="period-unlock",
    ),
    path(
        "indicators/<slug:code>/areas/",
        indicator_areas.IndicatorAreas.as_view(),
        name="indicator-areas",
    ),
    path(
        "indicators/<slug:code>/areas.csv",
        indicator_areas.IndicatorAreasCsv.as_view(),
        name="indicator-areas-csv",
    ),
    path(f"{_AREA}/", indicator_areas.IndicatorArea.as_view(), name="indicator-area"),
    path(
        f"{_AREA}/values.csv",
        indicator_areas.IndicatorAreaCsv.as_view(),
        name="indicator-area-csv",
    ),
    path(
        f"{_AREA}/groups.csv",
        indicator_areas.IndicatorAreaGroupsCsv.as_view(),
        name="indicator-area-groups-csv",
    ),
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
        "authorities/<slug:authority_slug>/indicators/uploads/new/",
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
    *FRAMEWORKS,
]
