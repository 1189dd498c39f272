"""The addresses of commitments."""

from django.urls import URLPattern, path

from engagement.commitment_lifecycle import Event
from engagement.models import CommitmentChange, CommitmentClosure
from engagement.views import (
    commitment_answers,
    commitment_asking,
    commitment_lists,
    commitment_proposals,
    commitment_succession,
    commitments,
)

app_name = "commitments"

_PAIR = "pairs/<slug:authority_slug>/<slug:board_slug>/commitments/"
_ONE = "commitments/<uuid:commitment_id>/"

# How what one side asked is answered, or taken back.
_ANSWERS = (
    (
        "change",
        CommitmentChange,
        (
            ("accept", Event.ACCEPT_CHANGE, commitment_answers.Agree),
            ("refuse", Event.REFUSE_CHANGE, commitment_answers.Refuse),
            ("take-back", Event.TAKE_BACK_CHANGE, commitment_answers.TakeBack),
        ),
    ),
    (
        "closure",
        CommitmentClosure,
        (
            ("confirm", Event.CONFIRM_CLOSURE, commitment_answers.Agree),
            ("refuse", Event.REFUSE_CLOSURE, commitment_answers.Refuse),
            ("take-back", Event.TAKE_BACK_CLOSURE, commitment_answers.TakeBack),
        ),
    ),
)

urlpatterns: list[URLPattern] = [
    path(
        "icbs/<slug:slug>/commitments/", commitment_lists.BoardCommitments.as_view(), name="board"
    ),
    path(
        "authorities/<slug:slug>/commitments/",
        commitment_lists.AuthorityCommitments.as_view(),
        name="authority",
    ),
    path(_PAIR, commitment_lists.PairCommitments.as_view(), name="pair"),
    path(f"{_PAIR}new/", commitment_proposals.CommitmentPropose.as_view(), name="propose"),
    path(_ONE, commitments.CommitmentDetail.as_view(), name="detail"),
    path(f"{_ONE}update/", commitments.CommitmentUpdate.as_view(), name="update"),
    path(f"{_ONE}confirm/", commitments.CommitmentConfirm.as_view(), name="confirm"),
    path(f"{_ONE}decline/", commitments.CommitmentDecline.as_view(), name="decline"),
    path(f"{_ONE}change/", commitment_asking.ChangePropose.as_view(), name="change"),
    path(f"{_ONE}close/", commitment_asking.ClosurePropose.as_view(), name="close"),
    path(
        f"{_ONE}updates/<int:update_id>/send-back/",
        commitment_asking.UpdateSendBack.as_view(),
        name="send-back",
    ),
    *(
        path(
            f"{_ONE}{noun}s/<uuid:asked_id>/{step}/",
            view.as_view(event=event, asked_model=model),
            name=f"{noun}-{step}",
        )
        for noun, model, steps in _ANSWERS
        for step, event, view in steps
    ),
    path(f"{_ONE}again/", commitment_succession.CommitmentReconfirm.as_view(), name="reconfirm"),
    path(f"{_ONE}pair/", commitment_succession.CommitmentAssign.as_view(), name="assign"),
]
