"""The addresses at which the centre drafts and publishes what the duty asks."""

from django.urls import path

from duty.views.specification_previews import PreviewQuestion, SpecificationPreview
from duty.views.specification_questions import (
    QuestionEdit,
    QuestionMove,
    QuestionNew,
    QuestionRemove,
)
from duty.views.specifications import (
    SpecificationCopy,
    SpecificationDelete,
    SpecificationDetail,
    SpecificationList,
    SpecificationNew,
    SpecificationPublish,
    SpecificationSection,
    SpecificationSectionMove,
    SpecificationWords,
)

app_name = "specifications"

_VERSION = "specifications/<int:version>/"
_QUESTION = f"{_VERSION}questions/<slug:code>/"

urlpatterns = [
    path("specifications/", SpecificationList.as_view(), name="list"),
    path("specifications/new/", SpecificationNew.as_view(), name="new"),
    path(_VERSION, SpecificationDetail.as_view(), name="detail"),
    path(f"{_VERSION}words/", SpecificationWords.as_view(), name="words"),
    path(f"{_VERSION}copy/", SpecificationCopy.as_view(), name="copy"),
    path(f"{_VERSION}delete/", SpecificationDelete.as_view(), name="delete"),
    path(f"{_VERSION}publish/", SpecificationPublish.as_view(), name="publish"),
    path(f"{_VERSION}sections/<slug:section>/", SpecificationSection.as_view(), name="section"),
    path(
        f"{_VERSION}sections/<slug:section>/move/",
        SpecificationSectionMove.as_view(),
        name="section-move",
    ),
    path(f"{_VERSION}sections/<slug:section>/new/", QuestionNew.as_view(), name="question-new"),
    path(_QUESTION, QuestionEdit.as_view(), name="question-edit"),
    path(f"{_QUESTION}move/", QuestionMove.as_view(), name="question-move"),
    path(f"{_QUESTION}remove/", QuestionRemove.as_view(), name="question-remove"),
    path(f"{_VERSION}preview/", SpecificationPreview.as_view(), name="preview"),
    path(f"{_VERSION}preview/<slug:code>/", PreviewQuestion.as_view(), name="preview-question"),
]
