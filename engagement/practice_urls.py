"""The addresses of the practice library."""

from django.urls import URLPattern, path

from engagement.views import practice, practice_writing

app_name = "practice"

_ONE = "<uuid:example_id>/"

urlpatterns: list[URLPattern] = [
    path("", practice.PracticeList.as_view(), name="list"),
    path("examples.csv", practice.PracticeFile.as_view(), name="file"),
    path("moderation/", practice_writing.PracticeModeration.as_view(), name="moderation"),
    path("own/<uuid:body_id>/", practice_writing.OwnPractice.as_view(), name="own"),
    path("own/<uuid:body_id>/new/", practice_writing.PracticeNew.as_view(), name="new"),
    path(_ONE, practice.PracticeDetail.as_view(), name="example"),
    path(f"{_ONE}versions/", practice_writing.PracticeVersions.as_view(), name="versions"),
    path(f"{_ONE}change/", practice_writing.PracticeEdit.as_view(), name="change"),
    path(f"{_ONE}propose/", practice_writing.PracticePropose.as_view(), name="propose"),
    path(f"{_ONE}publish/", practice_writing.PracticePublish.as_view(), name="publish"),
    path(f"{_ONE}return/", practice_writing.PracticeReturn.as_view(), name="return"),
    path(f"{_ONE}withdraw/", practice_writing.PracticeWithdraw.as_view(), name="withdraw"),
]
