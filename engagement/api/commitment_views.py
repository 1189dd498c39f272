"""Joint commitments over HTTP: both sides and the centre read them, each side takes its steps."""

from typing import Any, ClassVar
from uuid import UUID, uuid4

from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from authorities import access
from authorities.access import access_pair
from authorities.api.pagination import NumberedPages
from authorities.api.writes import KEY_PARAMETER, WriteView, answered_once, person_of
from authorities.models import User
from authorities.permissions import Permission
from duty.api.return_views import received
from duty.deadlines import london_date
from engagement.access import access_commitment
from engagement.actions import commitments
from engagement.api.commitment_serializers import (
    CommitmentInput,
    CommitmentParameters,
    CommitmentSerializer,
)
from engagement.api.refusals import REFUSALS, commitment_refused
from engagement.models import Commitment, Side, Visibility
from engagement.queries import commitments as queries

_READ, _EDIT = Permission.COMMITMENT_READ, Permission.COMMITMENT_EDIT

# What a proposal says beside its promise; links are set once it is there.
_SAID = ("specification", "stage", "theme", "resources")


class Commitments(WriteView):
    """The commitments of the caller's bodies; for the centre, of all."""

    pagination_class = NumberedPages

    @extend_schema(
        operation_id="commitments_list",
        description=(
            "Joint commitments of your body with all its partners, or for the centre of everybody, "
            "the newest proposal first. Drafts of updates stand nowhere in the API."
        ),
        parameters=[CommitmentParameters],
        responses={200: CommitmentSerializer(many=True), **REFUSALS},
    )
    def get(self, request: Request) -> Response:
        """Answer with a page of commitments.

        Raises:
            Http404: the caller is of no such body, and not of the centre.
        """
        asked = CommitmentParameters(data=request.query_params.dict())
        asked.is_valid(raise_exception=True)
        person_of(request)
        rights = access.rights_of(request.user)
        own = [UUID(body) for body, held in rights.at_bodies.items() if _READ in held]
        centre = _READ in rights.everywhere
        if not own and not centre:
            raise Http404
        if centre:
            access.note_seen(request.user, _READ)
        found = queries.readable(body_ids=None if centre else own, **asked.validated_data)
        pages = self.pagination_class()
        keys = pages.paginate_queryset(found.values_list("pk", flat=True), request, view=self)
        facts = queries.shown(ids=keys or [], on=london_date(now=timezone.now()))
        return pages.get_paginated_response(list(CommitmentSerializer(facts, many=True).data))

    @extend_schema(
        operation_id="commitments_propose",
        description="Offer the other side of a pair to promise something together.",
        parameters=[KEY_PARAMETER],
        request=CommitmentInput,
        responses={201: CommitmentSerializer, **REFUSALS},
    )
    @answered_once
    def post(self, request: Request) -> HttpResponseBase:
        """Store the proposal."""
        person = person_of(request)
        wanted = received(request, CommitmentInput)
        found = access_pair(
            request.user, wanted.pop("authority"), wanted.pop("icb"), permission=_EDIT
        )
        if found.side is None:
            raise Http404
        lead = wanted.pop("lead")
        particulars = commitments.Particulars(**{name: wanted.pop(name) for name in _SAID})
        with commitment_refused():
            made = commitments.propose(
                pair=found.pair,
                side=Side(found.side.value),
                lead=Side(lead) if lead else None,
                particulars=particulars,
                visibility=Visibility(wanted.pop("visibility")),
                form_key=uuid4(),
                by=person,
                at=timezone.now(),
                **wanted,
            )
        address = reverse("commitment-detail", args=[made.pk])
        return answer_with(made, status=201, headers={"Location": address})


class CommitmentApi(WriteView):
    """One commitment, for those who may do this with it."""

    permission: ClassVar[Permission] = _EDIT

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Load the commitment.

        Raises:
            Http404, PermissionDenied: as `access_commitment`.
        """
        super().initial(request, *args, **kwargs)
        self.person: User = person_of(request)
        right = _READ if request.method == "GET" else self.permission
        found = access_commitment(request.user, kwargs["commitment_id"], permission=right)
        self.access, self.commitment = found, found.commitment

    @property
    def side(self) -> Side:
        """The side for which the caller acts; the centre acts for none.

        Raises:
            Http404: it is the centre.
        """
        if self.access.side is None:
            raise Http404
        return self.access.side

    def asked(self, rows: Any, key: UUID) -> Any:
        """Return what was asked of this commitment.

        Raises:
            Http404: it was not.
        """
        return get_object_or_404(rows.select_related("commitment"), pk=key)


class OneCommitment(CommitmentApi):
    """A commitment."""

    @extend_schema(
        operation_id="commitments_retrieve",
        description="A joint commitment with the newest word of both sides.",
        responses={200: CommitmentSerializer, **REFUSALS},
    )
    def get(self, request: Request, **_address: Any) -> Response:
        """Answer with the commitment."""
        return answer_with(self.commitment)


def answer_with(commitment: Commitment, *, status: int = 200, headers: Any = None) -> Response:
    """Answer with a commitment as it now is."""
    facts = queries.commitment_of(commitment=commitment, on=london_date(now=timezone.now()))
    return Response(CommitmentSerializer(facts).data, status=status, headers=headers)
