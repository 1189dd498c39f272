"""The app's addresses."""

from django.urls import path

from duty.views.answer_files import AnswerFile, ReturnAnswersFile
from duty.views.checks import ReturnCheck, SectionComplete
from duty.views.differences import ReturnDifferences
from duty.views.documents import ReturnDocumentFile
from duty.views.evidence import EvidenceDownload, ReturnEvidence
from duty.views.links import ReviewLinks
from duty.views.proposals import AnswerConfirm, ReturnBringOver
from duty.views.questions import ReturnQuestion
from duty.views.review import (
    ReturnAccept,
    ReturnReopen,
    ReturnRequestChanges,
    ReturnUnaccept,
    ReviewList,
    ReviewReturn,
)
from duty.views.sign_off import (
    ReturnDecline,
    ReturnRecall,
    ReturnSend,
    ReturnSign,
    ReturnSignOff,
    ReturnSubmit,
)
from duty.views.submissions import ReturnSubmitted
from duty.views.tasks import ReturnStart, ReturnTasks

app_name = "duty"

_RETURN = "rounds/<slug:round_slug>/returns/<slug:authority_slug>/"
_SECTION = f"{_RETURN}sections/<slug:section>/"
_QUESTION = f"{_SECTION}questions/<slug:code>/"
_EVIDENCE = f"{_SECTION}evidence/<slug:code>/"
_REVIEW = "review/returns/"
_REVIEWED = f"{_REVIEW}<uuid:return_id>/"

urlpatterns = [
    path(_RETURN, ReturnTasks.as_view(), name="return-tasks"),
    path(f"{_RETURN}start/", ReturnStart.as_view(), name="return-start"),
    path(f"{_RETURN}bring-over/", ReturnBringOver.as_view(), name="return-bring-over"),
    path(_QUESTION, ReturnQuestion.as_view(), name="return-question"),
    path(f"{_QUESTION}still-right/", AnswerConfirm.as_view(), name="answer-confirm"),
    path(
        f"{_QUESTION}<slug:board_slug>/still-right/",
        AnswerConfirm.as_view(),
        name="board-answer-confirm",
    ),
    path(f"{_QUESTION}<slug:board_slug>/", ReturnQuestion.as_view(), name="return-board-question"),
    path(_EVIDENCE, ReturnEvidence.as_view(), name="return-evidence"),
    path(f"{_EVIDENCE}<slug:board_slug>/", ReturnEvidence.as_view(), name="return-board-evidence"),
    path(f"{_RETURN}evidence/<uuid:file_id>/", EvidenceDownload.as_view(), name="evidence-file"),
    path(f"{_SECTION}complete/", SectionComplete.as_view(), name="section-complete"),
    path(f"{_RETURN}check/", ReturnCheck.as_view(), name="return-check"),
    path(f"{_RETURN}sign-off/", ReturnSignOff.as_view(), name="return-sign-off"),
    path(f"{_RETURN}sign-off/send/", ReturnSend.as_view(), name="return-send"),
    path(f"{_RETURN}sign-off/recall/", ReturnRecall.as_view(), name="return-recall"),
    path(f"{_RETURN}sign-off/decline/", ReturnDecline.as_view(), name="return-decline"),
    path(f"{_RETURN}sign-off/sign/", ReturnSign.as_view(), name="return-sign"),
    path(f"{_RETURN}sign-off/submit/", ReturnSubmit.as_view(), name="return-submit"),
    path(f"{_RETURN}differences/", ReturnDifferences.as_view(), name="return-differences"),
    path(f"{_RETURN}submitted/", ReturnSubmitted.as_view(), name="return-submitted"),
    path(f"{_RETURN}answers.xlsx", ReturnAnswersFile.as_view(), name="return-answers-xlsx"),
    path(
        f"{_RETURN}answers.csv",
        ReturnAnswersFile.as_view(file=AnswerFile.ANSWERS),
        name="return-answers-csv",
    ),
    path(
        f"{_RETURN}submissions/<int:number>/return.pdf",
        ReturnDocumentFile.as_view(),
        name="return-pdf",
    ),
    path("review/links/", ReviewLinks.as_view(), name="review-links"),
    path(_REVIEW, ReviewList.as_view(), name="review-list"),
    path(_REVIEWED, ReviewReturn.as_view(), name="review-return"),
    path(f"{_REVIEWED}changes/", ReturnRequestChanges.as_view(), name="review-request-changes"),
    path(f"{_REVIEWED}reopen/", ReturnReopen.as_view(), name="review-reopen"),
    path(f"{_REVIEWED}accept/", ReturnAccept.as_view(), name="review-accept"),
    path(f"{_REVIEWED}take-back/", ReturnUnaccept.as_view(), name="review-unaccept"),
]
