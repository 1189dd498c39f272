"""Addresses of what stands beside a framework: its counts and its expert reviews."""

from django.urls import path

from outcomes.views import counts, expert_reviews

_COUNT = "<uuid:framework_id>/counts/<uuid:lineage>"
_REVIEWS = "<uuid:framework_id>/reviews"
_REVIEW = f"{_REVIEWS}/<uuid:review_id>"

urlpatterns = [
    path("<uuid:framework_id>/counts/", counts.CountList.as_view(), name="count-list"),
    path(
        "<uuid:framework_id>/counts/counts.csv",
        counts.CountListCsv.as_view(),
        name="count-list-csv",
    ),
    path(f"{_COUNT}/", counts.CountDetail.as_view(), name="count"),
    path(f"{_COUNT}/record/", counts.CountRecord.as_view(), name="count-record"),
    path(f"{_REVIEWS}/", expert_reviews.ReviewList.as_view(), name="review-list"),
    path(f"{_REVIEWS}/new/", expert_reviews.ReviewDraft.as_view(), name="review-new"),
    path(f"{_REVIEW}/", expert_reviews.ReviewDetail.as_view(), name="review"),
    path(f"{_REVIEW}/edit/", expert_reviews.ReviewEdit.as_view(), name="review-edit"),
    path(f"{_REVIEW}/words/", expert_reviews.ReviewWords.as_view(), name="review-words"),
    path(f"{_REVIEW}/delete/", expert_reviews.ReviewGiveUp.as_view(), name="review-give-up"),
    path(f"{_REVIEW}/sign/", expert_reviews.ReviewSign.as_view(), name="review-sign"),
]
