"""The addresses of how engagement is read: versions for everybody, drafts for the centre."""

from django.urls import path

from engagement.views.draft_steps import (
    DraftApprove,
    DraftDecline,
    DraftDiscard,
    DraftPreview,
    DraftPreviewFile,
    DraftPropose,
)
from engagement.views.reading_drafts import (
    CellsEdit,
    DraftDetail,
    DraftNew,
    PartEdit,
    PartMove,
    PartNew,
    PartRemove,
    WordsEdit,
)
from engagement.views.reading_versions import (
    VersionDetail,
    VersionDifference,
    VersionFile,
    VersionList,
)
from engagement.views.sliver_threshold import (
    ThresholdApprove,
    ThresholdDecline,
    ThresholdDetail,
    ThresholdList,
    ThresholdNew,
)

app_name = "readings"

_BASE = "engagement-settings/"
_SLIVERS = f"{_BASE}sliver-threshold/"
_VERSION = f"{_BASE}<slug:kind>/<int:number>/"
_DRAFT = f"{_BASE}drafts/<uuid:draft_id>/"
_PART = f"{_DRAFT}parts/<slug:code>/"

urlpatterns = [
    path(_BASE, VersionList.as_view(), name="list"),
    path(_SLIVERS, ThresholdList.as_view(), name="thresholds"),
    path(f"{_SLIVERS}new/", ThresholdNew.as_view(), name="threshold-new"),
    path(f"{_SLIVERS}<int:number>/", ThresholdDetail.as_view(), name="threshold"),
    path(f"{_SLIVERS}<int:number>/approve/", ThresholdApprove.as_view(), name="threshold-approve"),
    path(f"{_SLIVERS}<int:number>/decline/", ThresholdDecline.as_view(), name="threshold-decline"),
    path(_VERSION, VersionDetail.as_view(), name="version"),
    path(f"{_VERSION}<slug:name>.csv", VersionFile.as_view(), name="version-csv"),
    path(
        f"{_BASE}<slug:kind>/<int:before>/changes/<int:after>/",
        VersionDifference.as_view(),
        name="difference",
    ),
    path(f"{_BASE}<slug:kind>/new/", DraftNew.as_view(), name="draft-new"),
    path(_DRAFT, DraftDetail.as_view(), name="draft"),
    path(f"{_DRAFT}words/", WordsEdit.as_view(), name="draft-words"),
    path(f"{_DRAFT}cells/", CellsEdit.as_view(), name="draft-cells"),
    path(f"{_DRAFT}new/<slug:where>/", PartNew.as_view(), name="part-new"),
    path(_PART, PartEdit.as_view(), name="part"),
    path(f"{_PART}move/", PartMove.as_view(), name="part-move"),
    path(f"{_PART}remove/", PartRemove.as_view(), name="part-remove"),
    path(f"{_DRAFT}preview/", DraftPreview.as_view(), name="draft-preview"),
    path(f"{_DRAFT}preview.csv", DraftPreviewFile.as_view(), name="draft-preview-csv"),
    path(f"{_DRAFT}propose/", DraftPropose.as_view(), name="draft-propose"),
    path(f"{_DRAFT}approve/", DraftApprove.as_view(), name="draft-approve"),
    path(f"{_DRAFT}decline/", DraftDecline.as_view(), name="draft-decline"),
    path(f"{_DRAFT}discard/", DraftDiscard.as_view(), name="draft-discard"),
]
