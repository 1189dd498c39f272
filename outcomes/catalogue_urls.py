"""Addresses of the catalogue of indicators, mounted under /indicators/.

A word that stands here before `<slug:code>` is no code: see RESERVED_CODES of the definitions.
"""

from django.urls import path

from outcomes.views import catalogue, catalogue_changes, catalogue_lists, missing, release_log

app_name = "catalogue"

urlpatterns = [
    path("", catalogue.Catalogue.as_view(), name="list"),
    path("catalogue.csv", catalogue.CatalogueCsv.as_view(), name="csv"),
    path("new/", catalogue_changes.IndicatorNew.as_view(), name="new"),
    path("domains/", catalogue_lists.DomainList.as_view(), name="domain-list"),
    path("domains/new/", catalogue_lists.DomainNew.as_view(), name="domain-new"),
    path("domains/<slug:slug>/", catalogue_lists.DomainEdit.as_view(), name="domain-edit"),
    path("missing/", missing.Missing.as_view(), name="missing"),
    path("missing/missing.csv", missing.MissingCsv.as_view(), name="missing-csv"),
    path("releases/", release_log.ReleaseLog.as_view(), name="releases"),
    path("releases/releases.csv", release_log.ReleaseLogCsv.as_view(), name="releases-csv"),
    path("sets/", catalogue_lists.SetList.as_view(), name="set-list"),
    path("sets/new/", catalogue_lists.SetNew.as_view(), name="set-new"),
    path("sets/import/", catalogue_lists.SetImport.as_view(), name="set-import"),
    path("sets/<slug:slug>/", catalogue_lists.SetDetail.as_view(), name="set"),
    path("sets/<slug:slug>/set.csv", catalogue_lists.SetCsv.as_view(), name="set-csv"),
    path("sets/<slug:slug>/change/", catalogue_lists.SetEdit.as_view(), name="set-edit"),
    path("<slug:code>/", catalogue.IndicatorDetail.as_view(), name="indicator"),
    path("<slug:code>/change/", catalogue_changes.IndicatorEdit.as_view(), name="edit"),
    path("<slug:code>/breaks/new/", catalogue_changes.BreakNew.as_view(), name="break-new"),
    path(
        "<slug:code>/breaks/<int:break_id>/withdraw/",
        catalogue_changes.BreakWithdraw.as_view(),
        name="break-withdraw",
    ),
]
