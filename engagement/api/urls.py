"""What this app adds to the API: prefix, view set, name; and addresses of its own."""

from typing import Any

from django.urls import URLPattern, path
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from engagement.api.commitment_owner import CommitmentOwnerApi
from engagement.api.commitment_steps import (
    ChangeAcceptApi,
    ChangeRefuseApi,
    ChangeTakeBackApi,
    ClosureConfirmApi,
    ClosureRefuseApi,
    ClosureTakeBackApi,
    CommitmentChangeApi,
    CommitmentClosureApi,
    CommitmentConfirmApi,
    CommitmentDeclineApi,
    CommitmentReconfirmApi,
    CommitmentSendBackApi,
    CommitmentUpdateApi,
)
from engagement.api.commitment_terms import (
    CommitmentMoneyApi,
    CommitmentMoneyCorrectApi,
    CommitmentMoneyWithdrawApi,
    CommitmentParticularsApi,
)
from engagement.api.commitment_views import Commitments, OneCommitment
from engagement.api.lever_views import (
    LeverArchiveApi,
    LeverBringBackApi,
    LeverCatalogueApi,
    LeverKeepApi,
    Levers,
    LeverShareApi,
    LeverStopSharingApi,
    OneLever,
)
from engagement.api.partner_view_views import (
    OnePartnerView,
    PartnerViewConfirm,
    PartnerViewRelease,
    PartnerViewReopen,
    PartnerViews,
)
from engagement.api.practice import PracticeExampleViewSet
from engagement.api.support import SupportOfferViewSet
from engagement.api.three_steps import ThreeSteps
from engagement.api.version_views import MatrixViewSet, RubricViewSet
from engagement.api.views import PlacementViewSet

ROUTES: tuple[tuple[str, type[GenericViewSet[Any]], str], ...] = (
    ("placements", PlacementViewSet, "placement"),
    ("rubrics", RubricViewSet, "rubric"),
    ("matrices", MatrixViewSet, "matrix"),
    ("practice-examples", PracticeExampleViewSet, "practice-example"),
    ("support-offers", SupportOfferViewSet, "support-offer"),
)

_VIEW = "partner-views/<slug:round_slug>/<slug:authority_slug>/<slug:board_slug>/"
_LEVER = "levers/<uuid:lever_id>/"
_ONE = "commitments/<uuid:commitment_id>/"
_STEPS: tuple[tuple[str, type[APIView], str], ...] = (
    ("confirm/", CommitmentConfirmApi, "confirm"),
    ("decline/", CommitmentDeclineApi, "decline"),
    ("updates/", CommitmentUpdateApi, "update"),
    ("updates/<int:update_id>/send-back/", CommitmentSendBackApi, "send-back"),
    ("changes/", CommitmentChangeApi, "change"),
    ("changes/<uuid:asked_id>/accept/", ChangeAcceptApi, "change-accept"),
    ("changes/<uuid:asked_id>/refuse/", ChangeRefuseApi, "change-refuse"),
    ("changes/<uuid:asked_id>/take-back/", ChangeTakeBackApi, "change-take-back"),
    ("closures/", CommitmentClosureApi, "closure"),
    ("closures/<uuid:asked_id>/confirm/", ClosureConfirmApi, "closure-confirm"),
    ("closures/<uuid:asked_id>/refuse/", ClosureRefuseApi, "closure-refuse"),
    ("closures/<uuid:asked_id>/take-back/", ClosureTakeBackApi, "closure-take-back"),
    ("confirm-again/", CommitmentReconfirmApi, "confirm-again"),
    ("particulars/", CommitmentParticularsApi, "particulars"),
    ("owner/", CommitmentOwnerApi, "owner"),
    ("money/", CommitmentMoneyApi, "money"),
    ("money/<uuid:line_id>/correct/", CommitmentMoneyCorrectApi, "money-correct"),
    ("money/<uuid:line_id>/withdraw/", CommitmentMoneyWithdrawApi, "money-withdraw"),
)

PATHS: list[URLPattern] = [
    path("partner-views/", PartnerViews.as_view(), name="partner-view-list"),
    path(_VIEW, OnePartnerView.as_view(), name="partner-view-detail"),
    path(f"{_VIEW}confirm/", PartnerViewConfirm.as_view(), name="partner-view-confirm"),
    path(f"{_VIEW}reopen/", PartnerViewReopen.as_view(), name="partner-view-reopen"),
    path(f"{_VIEW}release/", PartnerViewRelease.as_view(), name="partner-view-release"),
    path("commitments/", Commitments.as_view(), name="commitment-list"),
    path(_ONE, OneCommitment.as_view(), name="commitment-detail"),
    *(
        path(f"{_ONE}{address}", view.as_view(), name=f"commitment-{name}")
        for address, view, name in _STEPS
    ),
    path("lever-catalogue/", LeverCatalogueApi.as_view(), name="lever-catalogue-list"),
    path("levers/", Levers.as_view(), name="lever-list"),
    path(_LEVER, OneLever.as_view(), name="lever-detail"),
    path(f"{_LEVER}keep/", LeverKeepApi.as_view(), name="lever-keep"),
    path(f"{_LEVER}archive/", LeverArchiveApi.as_view(), name="lever-archive"),
    path(f"{_LEVER}bring-back/", LeverBringBackApi.as_view(), name="lever-bring-back"),
    path(f"{_LEVER}share/", LeverShareApi.as_view(), name="lever-share"),
    path(f"{_LEVER}stop-sharing/", LeverStopSharingApi.as_view(), name="lever-stop-sharing"),
    path(
        "pairs/<slug:authority_slug>/<slug:board_slug>/three-steps/",
        ThreeSteps.as_view(),
        name="three-steps-detail",
    ),
]
