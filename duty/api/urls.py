"""What this app adds to the API's addresses."""

from django.urls import URLPattern, path
from drf_spectacular.utils import extend_schema, extend_schema_view

from duty.api.answer_views import ReturnAnswer
from duty.api.return_views import (
    OneReturn,
    ReturnDecline,
    ReturnRecall,
    Returns,
    ReturnSection,
    ReturnSend,
    ReturnSign,
    ReturnSubmit,
    SectionComplete,
)
from duty.api.review_views import (
    ReturnAccept,
    ReturnReopen,
    ReturnRequestChanges,
    ReturnUnaccept,
)
from duty.api.submission_views import OneSubmission, Submissions

_RETURN = "returns/<uuid:return_id>/"
_SECTION = f"{_RETURN}sections/<slug:section>/"
_ANSWER = f"{_RETURN}answers/<slug:question>/"


@extend_schema_view(
    get=extend_schema(operation_id="returns_answer_retrieve"),
    put=extend_schema(operation_id="returns_answer_save"),
    delete=extend_schema(operation_id="returns_answer_remove"),
)
class _QuestionAnswer(ReturnAnswer):
    """The answer to a question that is asked once."""


@extend_schema_view(
    get=extend_schema(operation_id="returns_board_answer_retrieve"),
    put=extend_schema(operation_id="returns_board_answer_save"),
    delete=extend_schema(operation_id="returns_board_answer_remove"),
)
class _BoardAnswer(ReturnAnswer):
    """The answer to a question for one ICB."""


PATHS: list[URLPattern] = [
    path("returns/", Returns.as_view(), name="return-list"),
    path(_RETURN, OneReturn.as_view(), name="return-detail"),
    path(_SECTION, ReturnSection.as_view(), name="return-section"),
    path(f"{_SECTION}complete/", SectionComplete.as_view(), name="return-section-complete"),
    path(_ANSWER, _QuestionAnswer.as_view(), name="return-answer"),
    path(f"{_ANSWER}boards/<slug:board>/", _BoardAnswer.as_view(), name="return-board-answer"),
    path(f"{_RETURN}send-for-sign-off/", ReturnSend.as_view(), name="return-send"),
    path(f"{_RETURN}recall/", ReturnRecall.as_view(), name="return-recall"),
    path(f"{_RETURN}decline/", ReturnDecline.as_view(), name="return-decline"),
    path(f"{_RETURN}sign/", ReturnSign.as_view(), name="return-sign"),
    path(f"{_RETURN}submit/", ReturnSubmit.as_view(), name="return-submit"),
    path(f"{_RETURN}request-changes/", ReturnRequestChanges.as_view(), name="return-changes"),
    path(f"{_RETURN}reopen/", ReturnReopen.as_view(), name="return-reopen"),
    path(f"{_RETURN}accept/", ReturnAccept.as_view(), name="return-accept"),
    path(f"{_RETURN}take-back/", ReturnUnaccept.as_view(), name="return-unaccept"),
    path("submissions/", Submissions.as_view(), name="submission-list"),
    path("submissions/<uuid:submission_id>/", OneSubmission.as_view(), name="submission-detail"),
]
