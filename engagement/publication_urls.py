"""The addresses of publication: its steps, the revisions, and returns read by others."""

from django.urls import path

from duty.views.answer_files import AnswerFile
from engagement.views.publications import (
    PublicationApprove,
    PublicationPropose,
    PublicationTakeBack,
    PublicationWithdraw,
    PublishPage,
)
from engagement.views.revisions import (
    RevisionDifference,
    RevisionDifferenceFile,
    RevisionFile,
    RevisionList,
    RevisionPage,
)
from engagement.views.shared_answers import PublishedAnswersFile, SharedReturnAnswers
from engagement.views.shared_returns import (
    SharedReturn,
    SharedReturnDocument,
    SharedReturnList,
)

app_name = "publications"

_ROUND = "rounds/<slug:round_slug>/"
_PUBLISH = f"{_ROUND}publish/"
_REVISIONS = "national/revisions/<slug:round_slug>/"
_TWO = f"{_REVISIONS}<int:before>/changes/<int:after>/"

urlpatterns = [
    path(_PUBLISH, PublishPage.as_view(), name="publish"),
    path(f"{_PUBLISH}propose/", PublicationPropose.as_view(), name="propose"),
    path(f"{_PUBLISH}take-back/", PublicationTakeBack.as_view(), name="take-back"),
    path(f"{_PUBLISH}approve/", PublicationApprove.as_view(), name="approve"),
    path(f"{_PUBLISH}withdraw/", PublicationWithdraw.as_view(), name="withdraw"),
    path(_REVISIONS, RevisionList.as_view(), name="revisions"),
    path(f"{_REVISIONS}<int:number>/", RevisionPage.as_view(), name="revision"),
    path(f"{_REVISIONS}<int:number>/placements.csv", RevisionFile.as_view(), name="revision-csv"),
    path(_TWO, RevisionDifference.as_view(), name="difference"),
    path(f"{_TWO}changes.csv", RevisionDifferenceFile.as_view(), name="difference-csv"),
    path("submitted-returns/", SharedReturnList.as_view(), name="shared-returns"),
    path(
        "submitted-returns/<slug:round_slug>/<slug:authority_slug>/",
        SharedReturn.as_view(),
        name="shared-return",
    ),
    path(
        "submitted-returns/<slug:round_slug>/<slug:authority_slug>/return.pdf",
        SharedReturnDocument.as_view(),
        name="shared-return-pdf",
    ),
    path(
        "submitted-returns/<slug:round_slug>/<slug:authority_slug>/answers.xlsx",
        SharedReturnAnswers.as_view(),
        name="shared-return-answers",
    ),
    path(
        "submitted-returns/<slug:round_slug>/<slug:authority_slug>/answers.csv",
        SharedReturnAnswers.as_view(file=AnswerFile.ANSWERS),
        name="shared-return-answers-csv",
    ),
    path(
        "submitted-returns/<slug:round_slug>/answers.xlsx",
        PublishedAnswersFile.as_view(),
        name="published-answers",
    ),
    path(
        "submitted-returns/<slug:round_slug>/answers.csv",
        PublishedAnswersFile.as_view(file=AnswerFile.ANSWERS),
        name="published-answers-csv",
    ),
]
