"""Who owns a commitment on the caller's own side by name, over HTTP; nobody else is told."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from authorities.api.strict import StrictSerializer, StrictText
from authorities.api.writes import KEY_PARAMETER, answered_once
from authorities.models import User
from duty.api.return_views import received
from engagement.actions.commitment_owners import name_owner
from engagement.api.commitment_views import CommitmentApi
from engagement.api.refusals import REFUSALS, commitment_refused
from engagement.commitment_lifecycle import REFUSALS as WORDS
from engagement.commitment_lifecycle import CommitmentRefusedError, Guard
from engagement.queries.commitment_owners import body_id_of, offered, owner_of


class CommitmentOwnerSerializer(serializers.Serializer[Any]):
    """The person that your side names; empty for nobody."""

    email = serializers.CharField(allow_blank=True)
    name = serializers.CharField(allow_blank=True)
    has_left = serializers.BooleanField(help_text="Holds no role at your body any more.")


class CommitmentOwnerInput(StrictSerializer):
    """Who owns it on your side."""

    email = StrictText(
        max_length=254,
        allow_blank=True,
        help_text="Of somebody who has a role at your body today; empty for nobody.",
    )


class CommitmentOwnerApi(CommitmentApi):
    """The owner on the caller's side."""

    @extend_schema(
        operation_id="commitments_owner",
        description="Who owns it on your side by name. Nobody of another body is told.",
        responses={200: CommitmentOwnerSerializer, **REFUSALS},
    )
    def get(self, request: Request, **_address: Any) -> Response:
        """Answer with the person.

        Raises:
            PermissionDenied: the caller reads the commitment, and is of neither side.
        """
        if self.access.side is None:
            raise PermissionDenied
        return self._answer()

    @extend_schema(
        operation_id="commitments_name_owner",
        description="Say who owns it on your side, of the people of your body, or nobody.",
        parameters=[KEY_PARAMETER],
        request=CommitmentOwnerInput,
        responses={200: CommitmentOwnerSerializer, **REFUSALS},
    )
    @answered_once
    def post(self, request: Request, **_address: Any) -> HttpResponseBase:
        """Say it once."""
        email = received(request, CommitmentOwnerInput)["email"]
        with commitment_refused():
            name_owner(
                commitment=self.commitment,
                side=self.side,
                person=self._person_called(email) if email else None,
                by=self.person,
                at=timezone.now(),
            )
        return self._answer()

    def _person_called(self, email: str) -> User:
        """Return a person of the caller's body; who else has an account is told to nobody.

        Raises:
            CommitmentRefusedError: there is none.
        """
        body_id = body_id_of(commitment=self.commitment, side=self.side)
        found = offered(body_id=body_id).filter(email__iexact=email).first()
        if found is None:
            guard = Guard.OWNER_OF_THE_BODY
            raise CommitmentRefusedError(WORDS[guard], guard=guard)
        return found

    def _answer(self) -> Response:
        held = owner_of(commitment=self.commitment, side=self.side)
        said = {"email": "", "name": "", "has_left": False}
        if held is not None:
            said = {"email": held.email, "name": held.name, "has_left": held.has_left}
        return Response(CommitmentOwnerSerializer(said).data)
