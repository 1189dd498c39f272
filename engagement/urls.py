"""The app's addresses, a list for each noun."""

from django.urls import URLPattern, path

from engagement.views import handover, national, own_views, pairs, partner_views

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

_PARTNER_VIEW = f"{_PAIR}partner-view/"

_partner_views: list[URLPattern] = [
    path(_PARTNER_VIEW, partner_views.PartnerViewEdit.as_view(), name="partner-view"),
    path(
        f"{_PARTNER_VIEW}check/",
        partner_views.PartnerViewCheck.as_view(),
        name="partner-view-check",
    ),
    path(
        f"{_PARTNER_VIEW}reopen/",
        partner_views.PartnerViewReopen.as_view(),
        name="partner-view-reopen",
    ),
    path(
        f"{_PARTNER_VIEW}release/",
        partner_views.PartnerViewRelease.as_view(),
        name="partner-view-release",
    ),
]

_handover: list[URLPattern] = [
    path(
        "authorities/<slug:slug>/handover/",
        handover.AuthorityHandover.as_view(),
        name="authority-handover",
    ),
    path("icbs/<slug:slug>/handover/", handover.BoardHandover.as_view(), name="board-handover"),
]

urlpatterns: list[URLPattern] = [
    *_national,
    *_pairs,
    *_own_views,
    *_partner_views,
    *_handover,
]
