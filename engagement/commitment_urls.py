"""The addresses of commitments."""

from django.urls import URLPattern, path

from engagement.views import (
    commitment_changes,
    commitment_closures,
    commitment_lists,
    commitment_proposals,
    commitment_succession,
    commitments,
)

app_name = "commitments"

_PAIR = "pairs/<slug:authority_slug>/<slug:board_slug>/commitments/"
_ONE = "commitments/<uuid:commitment_id>/"

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
    path(f"{_ONE}change/", commitment_changes.ChangePropose.as_view(), name="change"),
    path(
        f"{_ONE}changes/<uuid:asked_id>/accept/",
        commitment_changes.ChangeAccept.as_view(),
        name="change-accept",
    ),
    path(
        f"{_ONE}changes/<uuid:asked_id>/refuse/",
        commitment_changes.ChangeRefuse.as_view(),
        name="change-refuse",
    ),
    path(
        f"{_ONE}changes/<uuid:asked_id>/take-back/",
        commitment_changes.ChangeTakeBack.as_view(),
        name="change-take-back",
    ),
    path(f"{_ONE}close/", commitment_closures.ClosurePropose.as_view(), name="close"),
    path(
        f"{_ONE}closures/<uuid:asked_id>/confirm/",
        commitment_closures.ClosureConfirm.as_view(),
        name="closure-confirm",
    ),
    path(
        f"{_ONE}closures/<uuid:asked_id>/refuse/",
        commitment_closures.ClosureRefuse.as_view(),
        name="closure-refuse",
    ),
    path(
        f"{_ONE}closures/<uuid:asked_id>/take-back/",
        commitment_closures.ClosureTakeBack.as_view(),
        name="closure-take-back",
    ),
    path(
        f"{_ONE}updates/<int:update_id>/send-back/",
        commitment_closures.UpdateSendBack.as_view(),
        name="send-back",
    ),
    path(f"{_ONE}again/", commitment_succession.CommitmentReconfirm.as_view(), name="reconfirm"),
    path(f"{_ONE}pair/", commitment_succession.CommitmentAssign.as_view(), name="assign"),
]
