"""Addresses of the outcomes pages, mounted at the root of the site."""

from django.urls import path

from outcomes.views import approvals, authority, period_locks, uploads

app_name = "outcomes"

urlpatterns = [
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
