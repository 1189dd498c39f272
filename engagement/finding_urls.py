"""The addresses of the right of reply: a round and a pair stand in it."""

from django.urls import path

from engagement.views.finding_replies import ReplyPage

app_name = "findings"

urlpatterns = [
    path(
        "rounds/<slug:round_slug>/pairs/<slug:authority_slug>/<slug:board_slug>/reply/",
        ReplyPage.as_view(),
        name="reply",
    ),
]
