"""Submissions over HTTP: returns as they were signed, to their authority and to the centre."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from authorities import access
from authorities.api.pagination import NumberedPages
from authorities.api.parameters import keep
from authorities.api.writes import WriteView, person_of
from authorities.permissions import Permission
from duty.actions import downloads
from duty.api.documented import REFUSALS
from duty.api.parameters import SubmissionParameters
from duty.api.return_serializers import SubmissionDetailSerializer, SubmissionSerializer
from duty.models import Submission
from duty.queries.listed_returns import listed_submissions

_VALUES: dict[str, Callable[[Any], object]] = {
    "round": lambda one: one.duty_return.round.slug,
    "authority": lambda one: one.duty_return.authority.slug,
}


class Submissions(WriteView):
    """The submissions that the caller may read."""

    pagination_class = NumberedPages

    @extend_schema(
        operation_id="submissions_list",
        description="Returns as they were signed: your authority's, or for the centre all of them.",
        parameters=[SubmissionParameters],
        responses={200: SubmissionSerializer(many=True), **REFUSALS},
    )
    def get(self, request: Request) -> Response:
        """Answer with a page of submissions, newest first."""
        asked = SubmissionParameters(data=request.query_params.dict())
        asked.is_valid(raise_exception=True)
        rights = access.rights_of(request.user)
        own = {
            UUID(body) for body, held in rights.at_bodies.items() if Permission.RETURN_READ in held
        }
        everything = Permission.SUBMITTED_RETURN_READ in rights.everywhere
        if everything:
            access.note_seen(request.user, Permission.SUBMITTED_RETURN_READ)
        found = keep(
            facts=listed_submissions(authorities=None if everything else own),
            wanted=asked.validated_data,
            value_of=_VALUES,
        )
        pages = self.pagination_class()
        page = pages.paginate_queryset(found, request, view=self)
        return pages.get_paginated_response(list(SubmissionSerializer(page, many=True).data))


class OneSubmission(WriteView):
    """One submission with its content."""

    submission: Submission
    held_by: Permission

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Let the caller in, or not."""
        super().initial(request, *args, **kwargs)
        found = (
            Submission.objects.select_related(
                "duty_return__round", "duty_return__authority", "declaration"
            )
            .filter(pk=kwargs["submission_id"])
            .first()
        )
        if found is None:
            raise Http404
        centre = access.may(request.user, Permission.SUBMITTED_RETURN_READ)
        self.held_by = Permission.SUBMITTED_RETURN_READ if centre else Permission.RETURN_READ
        access.access_authority(
            request.user,
            found.duty_return.authority.slug,
            permission=self.held_by,
        )
        self.submission = found

    @extend_schema(
        operation_id="submissions_retrieve",
        description="A return as it was signed, with the labels, options and names of the day.",
        responses={200: SubmissionDetailSerializer, **REFUSALS},
    )
    def get(self, request: Request, **_address: Any) -> Response:
        """Answer with the submission, and keep who took it."""
        downloads.note(
            action="return.downloaded",
            target=self.submission.duty_return,
            body=self.submission.duty_return.authority,
            permission=self.held_by,
            by=person_of(request),
            at=timezone.now(),
            format="json",
            number=self.submission.number,
            reference=self.submission.reference,
        )
        return Response(SubmissionDetailSerializer(self.submission).data)
