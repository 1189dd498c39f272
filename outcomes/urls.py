"""Addresses of the outcomes pages, mounted at the root of the site."""

from django.urls import path

from outcomes.views import authority, indicator_areas, uploads

app_name = "outcomes"

# A code or an ONS code is a slug to the address: what neither can be is no address.
_AREA = "indicators/<slug:code>/areas/<slug:area_code>"

urlpatterns = [
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
