"""The app's addresses, a list for each noun."""

from django.urls import URLPattern, path

from engagement.views import national, own_views, pairs

app_name = "engagement"

_national: list[URLPattern] = [
    path("national/", national.NationalPage.as_view(), name="national"),
    path(
        "national/placements.csv",
        national.NationalPlacements.as_view(),
        name="national-placements",
    ),
    path(
        "national/dictionary.csv",
        national.PlacementDictionary.as_view(),
        name="national-dictionary",
    ),
    path("national/map.svg", national.NationalMap.as_view(), name="national-map"),
]

_PAIR = "pairs/<slug:authority_slug>/<slug:board_slug>/"

_pairs: list[URLPattern] = [
    path(_PAIR, pairs.PairPage.as_view(), name="pair"),
    path(f"{_PAIR}placements.csv", pairs.PairPlacements.as_view(), name="pair-placements"),
]

_own_views: list[URLPattern] = [
    path(f"{_PAIR}own-view/", own_views.OwnViewEdit.as_view(), name="own-view"),
    path(f"{_PAIR}own-view/check/", own_views.OwnViewCheck.as_view(), name="own-view-check"),
    path(f"{_PAIR}own-view/reopen/", own_views.OwnViewReopen.as_view(), name="own-view-reopen"),
]

urlpatterns: list[URLPattern] = [*_national, *_pairs, *_own_views]
