"""The addresses of changes of bodies and areas."""

from django.urls import URLPattern, path

from authorities.views.reorganisations import (
    areas,
    detail,
    headings,
    lists,
    operations,
    previews,
    steps,
    what_ifs,
)

app_name = "changes"

_ONE = "changes/<uuid:reorganisation_id>/"
_OPERATIONS = f"{_ONE}operations/"

urlpatterns: list[URLPattern] = [
    path("changes/", lists.ChangeList.as_view(), name="list"),
    path("changes/new/", headings.ChangeNew.as_view(), name="new"),
    path(_ONE, detail.ChangeDetail.as_view(), name="detail"),
    path(f"{_ONE}edit/", headings.ChangeEdit.as_view(), name="edit"),
    path(f"{_ONE}copy/", headings.ChangeCopy.as_view(), name="copy"),
    path(f"{_OPERATIONS}new/", operations.OperationChoose.as_view(), name="operation-choose"),
    path(
        f"{_OPERATIONS}new/<slug:kind>/<slug:body_kind>/",
        operations.OperationNew.as_view(),
        name="operation-new",
    ),
    path(
        f"{_OPERATIONS}new/split/<slug:body_kind>/areas/",
        areas.SplitAreas.as_view(),
        name="split-areas",
    ),
    path(
        f"{_OPERATIONS}new/transfer/<slug:body_kind>/areas/",
        areas.TransferAreas.as_view(),
        name="transfer-areas",
    ),
    path(
        f"{_OPERATIONS}<int:position>/remove/",
        operations.OperationRemove.as_view(),
        name="operation-remove",
    ),
    path(f"{_ONE}preview/", previews.ChangePreview.as_view(), name="preview"),
    path(f"{_ONE}preview/new/", previews.PreviewMake.as_view(), name="preview-make"),
    path(
        f"{_ONE}preview/pairs.csv",
        previews.PreviewFile.as_view(what="pairs"),
        name="preview-pairs-csv",
    ),
    path(
        f"{_ONE}preview/governance.csv",
        previews.PreviewFile.as_view(what="governance"),
        name="preview-governance-csv",
    ),
    path(
        f"{_ONE}preview/people.csv",
        previews.PreviewFile.as_view(what="people"),
        name="preview-people-csv",
    ),
    path(f"{_ONE}approve/", steps.ChangeApprove.as_view(), name="approve"),
    path(f"{_ONE}schedule/", steps.ChangeSchedule.as_view(), name="schedule"),
    path(f"{_ONE}cancel/", steps.ChangeCancel.as_view(), name="cancel"),
    path(f"{_ONE}what-if/", what_ifs.WhatIf.as_view(), name="what-if"),
]
