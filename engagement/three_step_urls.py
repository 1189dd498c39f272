"""The addresses of the three steps of pairs."""

from django.urls import URLPattern, path

from engagement.views.three_steps import ThreeStepsEdit, ThreeStepsFile, ThreeStepsPage

app_name = "three-steps"

_PAIR = "pairs/<slug:authority_slug>/<slug:board_slug>/three-steps/"

urlpatterns: list[URLPattern] = [
    path(_PAIR, ThreeStepsPage.as_view(), name="pair"),
    path(f"{_PAIR}write/", ThreeStepsEdit.as_view(), name="edit"),
    path(f"{_PAIR}three-steps.csv", ThreeStepsFile.as_view(), name="csv"),
]
