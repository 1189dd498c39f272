"""Views of the other side over HTTP: each reader reads their part, each side writes its own."""

from abc import ABC, abstractmethod
from typing import Any, ClassVar
from uuid import UUID

from django.http import Http404, HttpResponseBase
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from authorities import access
from authorities.access import access_pair
from authorities.api.pagination import NumberedPages
from authorities.api.writes import KEY_PARAMETER, WriteView, answered_once, person_of
from authorities.permissions import Permission
from duty.api.return_views import received
from duty.models import Round
from engagement.actions import partner_views, side_views
from engagement.actions.side_views import Choice
from engagement.api.partner_view_serializers import (
    PartnerConfirmInput,
    PartnerReleaseInput,
    PartnerReopenInput,
    PartnerViewInput,
    PartnerViewParameters,
    PartnerViewSerializer,
)
from engagement.api.refusals import REFUSALS, view_refused
from engagement.models import Level, PartnerView, Side
from engagement.presenters.partner_view_records import record_of
from engagement.queries import own_views
from engagement.queries import partner_views as queries

_FILTERS = {
    "round": "round__slug",
    "authority": "pair__authority__slug",
    "icb": "pair__board__slug",
    "written_by": "side",
}


class PartnerViews(WriteView):
    """The views that the caller may read."""

    pagination_class = NumberedPages

    @extend_schema(
        operation_id="partner_views_list",
        description=(
            "What sides of pairs say of each other: your body’s own, what others released to it, "
            "or for the centre all that is confirmed; the latest round first."
        ),
        parameters=[PartnerViewParameters],
        responses={200: PartnerViewSerializer(many=True), **REFUSALS},
    )
    def get(self, request: Request) -> Response:
        """Answer with a page of views.

        Raises:
            Http404: the caller is of no body that writes views, and not of the centre.
        """
        asked = PartnerViewParameters(data=request.query_params.dict())
        asked.is_valid(raise_exception=True)
        person_of(request)
        rights = access.rights_of(request.user)
        own = {
            UUID(body)
            for body, held in rights.at_bodies.items()
            if Permission.PARTNER_VIEW_READ in held
        }
        centre = Permission.ASSESSMENT_READ in rights.everywhere
        if not own and not centre:
            raise Http404
        if centre:
            access.note_seen(request.user, Permission.ASSESSMENT_READ)
        found = queries.readable(body_ids=own, centre=centre).filter(
            **{_FILTERS[name]: value for name, value in asked.validated_data.items()}
        )
        pages = self.pagination_class()
        page = pages.paginate_queryset(found, request, view=self) or []
        records = [record_of(view=view, own_bodies=own, centre=centre) for view in page]
        return pages.get_paginated_response(list(PartnerViewSerializer(records, many=True).data))


class PartnerViewApi(WriteView):
    """One side's view of the other, for its own people."""

    permission: ClassVar[Permission] = Permission.PARTNER_VIEW_READ

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Load round, pair and side.

        Raises:
            Http404, PermissionDenied: as `access_pair`; 404 for the centre, and where there is no
                such round.
        """
        super().initial(request, *args, **kwargs)
        person_of(request)
        found = access_pair(
            request.user,
            kwargs["authority_slug"],
            kwargs["board_slug"],
            permission=self.right,
        )
        round_ = own_views.begun_round(slug=kwargs["round_slug"])
        if found.side is None or round_ is None:
            raise Http404
        self.pair, self.side = found.pair, Side(found.side.value)
        self.round: Round = round_

    @property
    def right(self) -> Permission:
        """The right that the request needs."""
        return self.permission

    def stored(self) -> PartnerView:
        """Return the view.

        Raises:
            Http404: nobody has started it.
        """
        found = (
            queries.readable(
                body_ids=[
                    self.pair.authority_id if self.side == Side.AUTHORITY else self.pair.board_id
                ],
                centre=False,
            )
            .filter(round=self.round, pair=self.pair, side=self.side)
            .first()
        )
        if found is None:
            raise Http404
        return found

    def answer(self) -> Response:
        """Answer with the view as it then is."""
        view = self.stored()
        own = {view.body.pk}
        return Response(
            PartnerViewSerializer(record_of(view=view, own_bodies=own, centre=False)).data
        )


class OnePartnerView(PartnerViewApi):
    """The view, and its draft."""

    @property
    def right(self) -> Permission:
        """Reading and writing are two rights."""
        writes = self.request.method == "PUT"
        return Permission.PARTNER_VIEW_EDIT if writes else Permission.PARTNER_VIEW_READ

    @extend_schema(
        operation_id="partner_views_retrieve",
        description="Your side’s view of the other in a round.",
        responses={200: PartnerViewSerializer, **REFUSALS},
    )
    def get(self, request: Request, **_address: Any) -> Response:
        """Answer with the view."""
        return self.answer()

    @extend_schema(
        operation_id="partner_views_save",
        description="Store the whole draft of your side’s view of the other.",
        parameters=[KEY_PARAMETER],
        request=PartnerViewInput,
        responses={200: PartnerViewSerializer, **REFUSALS},
    )
    @answered_once
    def put(self, request: Request, **_address: Any) -> HttpResponseBase:
        """Store the draft."""
        wanted = received(request, PartnerViewInput)
        with view_refused():
            side_views.save_picks(
                kind=partner_views.PARTNER,
                pair=self.pair,
                round=self.round,
                side=self.side,
                choices={
                    one["theme"]: Choice(
                        level=Level(one["level"]),
                        evidence_title=one["evidence_title"],
                        evidence_url=one["evidence_url"],
                    )
                    for one in wanted["statements"]
                },
                expected_version=wanted["expected_version"],
                by=person_of(request),
                at=timezone.now(),
            )
        return self.answer()


class PartnerViewStep(PartnerViewApi, ABC):
    """A signatory's step."""

    permission = Permission.PARTNER_VIEW_CONFIRM
    input: ClassVar[type[Any]]

    @abstractmethod
    def take(self, wanted: dict[str, Any], view: PartnerView) -> object:
        """Take the step."""

    @answered_once
    def post(self, request: Request, **_address: Any) -> HttpResponseBase:
        """Take it once."""
        wanted = received(request, self.input)
        with view_refused():
            self.take(wanted, self.stored())
        return self.answer()


def _documented(name: str, description: str, request: type[Any]) -> Any:
    return extend_schema_view(
        post=extend_schema(
            operation_id=f"partner_views_{name}",
            description=description,
            parameters=[KEY_PARAMETER],
            request=request,
            responses={200: PartnerViewSerializer, **REFUSALS},
        )
    )


@_documented(
    "confirm", "Confirm the level, so that the centre can read the view.", PartnerConfirmInput
)
class PartnerViewConfirm(PartnerViewStep):
    """The level is fixed."""

    input = PartnerConfirmInput

    def take(self, wanted: dict[str, Any], view: PartnerView) -> object:
        """Confirm it."""
        return side_views.confirm(
            kind=partner_views.PARTNER,
            view=view,
            level=Level(wanted["level"]),
            changed_reason=wanted["changed_reason"],
            more={"private_note": wanted["private_note"]},
            expected_version=wanted["expected_version"],
            by=person_of(self.request),
            at=timezone.now(),
        )


@_documented(
    "reopen", "Make a confirmed view a draft again; not once it is released.", PartnerReopenInput
)
class PartnerViewReopen(PartnerViewStep):
    """A draft again."""

    input = PartnerReopenInput

    def take(self, wanted: dict[str, Any], view: PartnerView) -> object:
        """Open it again."""
        return side_views.reopen(
            kind=partner_views.PARTNER,
            view=view,
            reason=wanted["reason"],
            expected_version=wanted["expected_version"],
            by=person_of(self.request),
            at=timezone.now(),
        )


@_documented(
    "release",
    "Let the other side read statements, level and reason from now on. It is not taken back.",
    PartnerReleaseInput,
)
class PartnerViewRelease(PartnerViewStep):
    """Readable by the other side."""

    input = PartnerReleaseInput

    def take(self, wanted: dict[str, Any], view: PartnerView) -> object:
        """Release it."""
        return partner_views.release(
            view=view,
            expected_version=wanted["expected_version"],
            by=person_of(self.request),
            at=timezone.now(),
        )
