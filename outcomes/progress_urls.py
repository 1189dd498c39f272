"""Addresses of progress, mounted under /progress/."""

from django.urls import path

from outcomes.views import progress, progress_methods, progress_notes

app_name = "progress"

_PAIR = "pairs/<slug:authority_slug>/<slug:board_slug>"
_FRAMEWORK = "frameworks/<uuid:framework_id>"
_INDICATOR = f"{_FRAMEWORK}/indicators/<uuid:lineage>"

urlpatterns = [
    path("", progress.NationProgress.as_view(), name="nation"),
    path("indicators.csv", progress.NationIndicators.as_view(), name="nation-indicators"),
    path("authorities.csv", progress.NationAuthorities.as_view(), name="nation-authorities"),
    path("dictionary.csv", progress.ProgressDictionary.as_view(), name="dictionary"),
    path("methods/", progress_methods.ProgressMethods.as_view(), name="methods"),
    path(
        "methods/<int:number>/publish/",
        progress_methods.ProgressMethodPublish.as_view(),
        name="method-publish",
    ),
    path(
        "methods/<int:number>/moves.csv",
        progress_methods.ProgressMethodMoved.as_view(),
        name="method-moves",
    ),
    path(
        "authorities/<slug:authority_slug>/",
        progress.AuthorityProgress.as_view(),
        name="authority",
    ),
    path(
        "authorities/<slug:authority_slug>/indicators.csv",
        progress.AuthorityProgressIndicators.as_view(),
        name="authority-indicators",
    ),
    path(
        "authorities/<slug:authority_slug>/charts.csv",
        progress.AuthorityProgressCharts.as_view(),
        name="authority-charts",
    ),
    path(f"{_PAIR}/", progress.PairProgress.as_view(), name="pair"),
    path(
        f"{_PAIR}/indicators.csv",
        progress.PairProgressIndicators.as_view(),
        name="pair-indicators",
    ),
    path(f"{_PAIR}/charts.csv", progress.PairProgressCharts.as_view(), name="pair-charts"),
    path(f"{_FRAMEWORK}/", progress.FrameworkProgress.as_view(), name="framework"),
    path(
        f"{_FRAMEWORK}/indicators.csv",
        progress.FrameworkProgressIndicators.as_view(),
        name="framework-indicators",
    ),
    path(
        f"{_FRAMEWORK}/charts.csv",
        progress.FrameworkProgressCharts.as_view(),
        name="framework-charts",
    ),
    path(f"{_INDICATOR}/", progress.ProgressIndicator.as_view(), name="indicator"),
    path(
        f"{_INDICATOR}/values.csv",
        progress.ProgressIndicatorValues.as_view(),
        name="indicator-values",
    ),
    path(
        f"{_INDICATOR}/baseline/",
        progress_notes.BaselineConfirm.as_view(),
        name="baseline-confirm",
    ),
    path(f"{_INDICATOR}/notes/new/", progress_notes.OwnerNoteNew.as_view(), name="note-new"),
    path(
        f"{_INDICATOR}/notes/<uuid:note_id>/withdraw/",
        progress_notes.OwnerNoteWithdraw.as_view(),
        name="note-withdraw",
    ),
]
