"""Levers over HTTP: an authority's own, written by its people, and the catalogue of shared ones."""

from typing import Any, ClassVar
from uuid import UUID, uuid4

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from authorities import access
from authorities.api.pagination import NumberedPages
from authorities.api.writes import KEY_PARAMETER, WriteView, answered_once, person_of
from authorities.models import StrategicAuthority
from authorities.permissions import Permission
from duty.api.return_views import received
from duty.deadlines import london_date
from engagement.actions import levers as actions
from engagement.actions.levers import LeverContent
from engagement.api.lever_serializers import (
    CatalogueParameters,
    LeverArchiveInput,
    LeverDraftInput,
    LeverEditInput,
    LeverParameters,
    LeverSerializer,
    LeverStepInput,
    SharedLeverSerializer,
    content_said,
)
from engagement.api.refusals import REFUSALS, lever_refused
from engagement.lever_access import access_catalogue, access_lever, access_own_levers
from engagement.lever_lifecycle import Event
from engagement.models import Lever
from engagement.queries import levers as queries

_READ, _EDIT, _SHARE = Permission.LEVER_READ, Permission.LEVER_EDIT, Permission.LEVER_SHARE


class LeverCatalogueApi(WriteView):
    """What authorities share of their levers."""

    pagination_class = NumberedPages

    @extend_schema(
        operation_id="lever_catalogue_list",
        description=(
            "Levers that authorities share, by function and title, for the centre and for people "
            "of authorities. No judgement stands in it."
        ),
        parameters=[CatalogueParameters],
        responses={200: SharedLeverSerializer(many=True), **REFUSALS},
    )
    def get(self, request: Request) -> Response:
        """Answer with a page of the catalogue."""
        asked = CatalogueParameters(data=request.query_params.dict())
        asked.is_valid(raise_exception=True)
        person_of(request)
        access_catalogue(request.user)
        wanted = asked.validated_data
        found = queries.catalogue(
            function=wanted.get("function", ""),
            authority=wanted.get("authority", ""),
            on=london_date(now=timezone.now()),
        )
        pages = self.pagination_class()
        page = pages.paginate_queryset(found, request, view=self) or []
        return pages.get_paginated_response(list(SharedLeverSerializer(page, many=True).data))


class Levers(WriteView):
    """The levers of the caller's own authorities."""

    pagination_class = NumberedPages

    @extend_schema(
        operation_id="levers_list",
        description="Levers of your authority with its judgements, by function and title.",
        parameters=[LeverParameters],
        responses={200: LeverSerializer(many=True), **REFUSALS},
    )
    def get(self, request: Request) -> Response:
        """Answer with a page of levers.

        Raises:
            Http404: the caller is of no authority.
        """
        asked = LeverParameters(data=request.query_params.dict())
        asked.is_valid(raise_exception=True)
        person_of(request)
        rights = access.rights_of(request.user)
        held = [UUID(body) for body, given in rights.at_bodies.items() if _READ in given]
        own = StrategicAuthority.objects.filter(pk__in=held).values_list("pk", flat=True)
        if not own:
            raise Http404
        wanted = queries.Asked(**asked.validated_data)
        found = for_answers(queries.own_levers(authorities=list(own), asked=wanted))
        pages = self.pagination_class()
        page = pages.paginate_queryset(found, request, view=self) or []
        return pages.get_paginated_response(list(LeverSerializer(page, many=True).data))

    @extend_schema(
        operation_id="levers_draft",
        description="Draft a lever or an opportunity; judgements may come later.",
        parameters=[KEY_PARAMETER],
        request=LeverDraftInput,
        responses={201: LeverSerializer, **REFUSALS},
    )
    @answered_once
    def post(self, request: Request) -> HttpResponseBase:
        """Store the draft."""
        wanted = received(request, LeverDraftInput)
        authority = access_own_levers(request.user, wanted["authority"], permission=_EDIT)
        with lever_refused():
            made = actions.draft(
                authority=authority,
                content=LeverContent(**content_said(wanted)),
                form_key=uuid4(),
                by=person_of(request),
                at=timezone.now(),
            )
        return answer_with(
            made.pk, status=201, headers={"Location": reverse("lever-detail", args=[made.pk])}
        )


class LeverApi(WriteView):
    """One lever, for its authority's own people."""

    permission: ClassVar[Permission] = _EDIT

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Load the lever.

        Raises:
            Http404, PermissionDenied: as `access_lever`.
        """
        super().initial(request, *args, **kwargs)
        person_of(request)
        right = _READ if request.method == "GET" else self.permission
        self.lever = access_lever(request.user, kwargs["lever_id"], permission=right)


class OneLever(LeverApi):
    """A lever, and its change."""

    @extend_schema(
        operation_id="levers_retrieve",
        description="A lever of your authority.",
        responses={200: LeverSerializer, **REFUSALS},
    )
    def get(self, request: Request, **_address: Any) -> Response:
        """Answer with the lever."""
        return answer_with(self.lever.pk)

    @extend_schema(
        operation_id="levers_change",
        description="Store the lever as it is to be. What is shared of it stays as it was shared.",
        parameters=[KEY_PARAMETER],
        request=LeverEditInput,
        responses={200: LeverSerializer, **REFUSALS},
    )
    @answered_once
    def put(self, request: Request, **_address: Any) -> HttpResponseBase:
        """Store it."""
        wanted = received(request, LeverEditInput)
        with lever_refused():
            actions.edit(
                lever=self.lever,
                content=LeverContent(**content_said(wanted)),
                seen=wanted["expected_version"],
                by=person_of(request),
                at=timezone.now(),
            )
        return answer_with(self.lever.pk)


class LeverStepApi(LeverApi):
    """A step of a lever."""

    event: ClassVar[Event]
    input: ClassVar[type[Any]] = LeverStepInput

    @answered_once
    def post(self, request: Request, **_address: Any) -> HttpResponseBase:
        """Take it once."""
        wanted = received(request, self.input)
        with lever_refused():
            actions.take_step(
                lever=self.lever,
                event=self.event,
                seen=wanted["expected_version"],
                reason=wanted.get("reason", ""),
                by=person_of(request),
                at=timezone.now(),
            )
        return answer_with(self.lever.pk)


def _step(name: str, description: str, request: type[Any] = LeverStepInput) -> Any:
    return extend_schema_view(
        post=extend_schema(
            operation_id=f"levers_{name}",
            description=description,
            parameters=[KEY_PARAMETER],
            request=request,
            responses={200: LeverSerializer, **REFUSALS},
        )
    )


@_step("keep", "Put a judged draft on the list.")
class LeverKeepApi(LeverStepApi):
    """On the list."""

    event = Event.KEEP


@_step("archive", "Archive a lever with the reason; nothing is deleted.", LeverArchiveInput)
class LeverArchiveApi(LeverStepApi):
    """Archived."""

    event = Event.ARCHIVE
    input = LeverArchiveInput


@_step("bring_back", "Make an archived lever a draft again.")
class LeverBringBackApi(LeverStepApi):
    """A draft again."""

    event = Event.BRING_BACK


@_step("share", "Let other authorities and the centre read the text as it is now.")
class LeverShareApi(LeverStepApi):
    """In the catalogue."""

    permission = _SHARE
    event = Event.SHARE


@_step("stop_sharing", "Take the text out of the catalogue.")
class LeverStopSharingApi(LeverStepApi):
    """Out of the catalogue."""

    permission = _SHARE
    event = Event.STOP_SHARING


def for_answers(rows: QuerySet[Lever]) -> QuerySet[Lever]:
    """Add what the answers of the API say beside the lever's own columns."""
    return rows.annotate(
        is_shared=Exists(queries.shared_rows().filter(lever=OuterRef("pk")))
    ).prefetch_related("commitments")


def answer_with(lever_id: UUID, *, status: int = 200, headers: Any = None) -> Response:
    """Answer with a lever as it now is."""
    rows = Lever.objects.filter(pk=lever_id).select_related("authority")
    return Response(LeverSerializer(for_answers(rows).get()).data, status=status, headers=headers)
