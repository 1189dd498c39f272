"""The addresses of levers: an authority's own, and the catalogue of what is shared."""

from django.urls import URLPattern, path

from engagement.views import lever_catalogue, levers

app_name = "levers"

_OWN = "authorities/<slug:slug>/levers/"
_ONE = "levers/<uuid:lever_id>/"

urlpatterns: list[URLPattern] = [
    path("levers/", lever_catalogue.LeverCatalogue.as_view(), name="catalogue"),
    path("levers/levers.csv", lever_catalogue.LeverCatalogueFile.as_view(), name="catalogue-csv"),
    path(_OWN, levers.OwnLevers.as_view(), name="own"),
    path(f"{_OWN}levers.csv", levers.OwnLeversFile.as_view(), name="own-csv"),
    path(f"{_OWN}new/", levers.LeverNew.as_view(), name="new"),
    path(_ONE, levers.LeverDetail.as_view(), name="lever"),
    path(f"{_ONE}change/", levers.LeverEdit.as_view(), name="change"),
    path(f"{_ONE}keep/", levers.LeverKeep.as_view(), name="keep"),
    path(f"{_ONE}archive/", levers.LeverArchive.as_view(), name="archive"),
    path(f"{_ONE}bring-back/", levers.LeverBringBack.as_view(), name="bring-back"),
    path(f"{_ONE}share/", levers.LeverShare.as_view(), name="share"),
    path(f"{_ONE}stop-sharing/", levers.LeverStopSharing.as_view(), name="stop-sharing"),
]
