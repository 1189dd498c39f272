"""The addresses of the register's pages, mounted at the root of the site."""

from django.urls import URLPattern, path

from authorities.people_urls import urlpatterns as _people
from authorities.presenters.register_files import FILES
from authorities.views import (
    audit,
    bodies,
    boundaries,
    directories,
    feed_review,
    geography,
    messages,
    register_feeds,
    register_files,
    timetable_warnings,
)

app_name = "authorities"

_geography: list[URLPattern] = [
    path("geography/", geography.GeographyPage.as_view(), name="geography"),
    path("geography/pairs.csv", geography.GeographyCsv.as_view(), name="geography-csv"),
    path("geography/map.svg", geography.GeographyMap.as_view(), name="geography-map"),
    path(
        "geography/warnings/",
        timetable_warnings.WarningList.as_view(),
        name="geography-warnings",
    ),
    path(
        "geography/warnings.csv",
        timetable_warnings.WarningCsv.as_view(),
        name="geography-warnings-csv",
    ),
]

_messages: list[URLPattern] = [
    path("messages/", messages.MessageList.as_view(), name="message-list"),
    path(
        "messages/<uuid:message_id>/try-again/",
        messages.MessageTryAgain.as_view(),
        name="message-try-again",
    ),
    path(
        "notices/<uuid:notice_id>/try-again/",
        messages.NoticeTryAgain.as_view(),
        name="notice-try-again",
    ),
]

_IMPORT = "geography/boundaries/import/"

_boundaries: list[URLPattern] = [
    path("geography/boundaries/", boundaries.BoundaryList.as_view(), name="boundary-list"),
    path(_IMPORT, boundaries.BoundaryImportCreate.as_view(), name="boundary-import"),
    path(
        f"{_IMPORT}<uuid:import_id>/",
        boundaries.BoundaryPreview.as_view(),
        name="boundary-preview",
    ),
    path(
        f"{_IMPORT}<uuid:import_id>/check/",
        boundaries.BoundaryCheck.as_view(),
        name="boundary-check",
    ),
    path(
        f"{_IMPORT}<uuid:import_id>/discard/",
        boundaries.BoundaryDiscard.as_view(),
        name="boundary-discard",
    ),
]

_feeds: list[URLPattern] = [
    path("register/feeds/", register_feeds.FeedList.as_view(), name="feed-list"),
    path("register/feeds/upload/", register_feeds.FeedUpload.as_view(), name="feed-upload"),
    path("register/feeds/<uuid:feed_id>/", feed_review.FeedDetail.as_view(), name="feed"),
    path(
        "register/feeds/<uuid:feed_id>/differences.csv",
        feed_review.FeedDifferencesCsv.as_view(),
        name="feed-differences-csv",
    ),
    path(
        "register/feeds/<uuid:feed_id>/rows/<int:position>/",
        feed_review.FeedRowDecision.as_view(),
        name="feed-row",
    ),
    path(
        "register/feeds/<uuid:feed_id>/change/",
        feed_review.FeedChange.as_view(),
        name="feed-change",
    ),
    path(
        "register/feeds/<uuid:feed_id>/end/",
        feed_review.FeedEnd.as_view(),
        name="feed-end",
    ),
]

_audit: list[URLPattern] = [
    path("audit/", audit.AuditList.as_view(), name="audit"),
    path("audit/audit.csv", audit.AuditCsv.as_view(), name="audit-csv"),
    path("audit/access/", audit.AccessList.as_view(), name="audit-access"),
    path("audit/access/access.csv", audit.AccessCsv.as_view(), name="audit-access-csv"),
]

urlpatterns: list[URLPattern] = [
    *_audit,
    *_geography,
    *_boundaries,
    *_feeds,
    *_messages,
    *_people,
    path("authorities/", directories.AuthorityDirectory.as_view(), name="authority-list"),
    path("icbs/", directories.BoardDirectory.as_view(), name="board-list"),
    path("icbs/<slug:slug>/", bodies.BoardDetail.as_view(), name="board"),
    path("councils/", directories.CouncilDirectory.as_view(), name="council-list"),
    path("councils/<slug:slug>/", bodies.CouncilDetail.as_view(), name="council"),
    path("clusters/", directories.ClusterDirectory.as_view(), name="cluster-list"),
    path("clusters/<slug:slug>/", bodies.ClusterDetail.as_view(), name="cluster"),
    path("nhs-regions/", directories.NhsRegionDirectory.as_view(), name="nhs-region-list"),
    path("nhs-regions/<slug:slug>/", bodies.NhsRegionDetail.as_view(), name="nhs-region"),
    path("register/", register_files.RegisterPage.as_view(), name="register"),
    *(
        path(
            f"register/{name}.csv",
            register_files.RegisterCsv.as_view(name=name),
            name=f"register-{name}-csv",
        )
        for name in FILES
    ),
]
