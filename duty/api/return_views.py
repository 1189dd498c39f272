"""Returns over HTTP: their list, one of them, its sections, and the steps that one may take."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any, ClassVar
from uuid import NAMESPACE_URL, UUID, uuid5

from django.http import Http404, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from authorities import access
from authorities.api.callers import credential_of
from authorities.api.pagination import NumberedPages
from authorities.api.parameters import keep
from authorities.api.writes import (
    KEY_HEADER,
    KEY_PARAMETER,
    WriteView,
    answered_once,
    key_of,
    person_of,
)
from authorities.permissions import Permission
from duty.actions import returns, sign_off
from duty.api.documented import REFUSALS, documented_step
from duty.api.parameters import ReturnParameters
from duty.api.refusals import of_section, of_transition, refused, steps_refused
from duty.api.return_access import ReturnView
from duty.api.return_inputs import (
    CompleteInput,
    DeclineInput,
    NothingInput,
    SignInput,
    StartInput,
    SubmitInput,
)
from duty.api.return_serializers import (
    ReturnDetailSerializer,
    ReturnSerializer,
    SectionDetailSerializer,
    SubmissionReferenceSerializer,
)
from duty.lifecycle import TransitionRefusedError
from duty.models import Round, Submission
from duty.presenters.answer_records import section_detail
from duty.presenters.return_records import record_of
from duty.queries.listed_returns import listed_returns

_VALUES: dict[str, Callable[[Any], object]] = {
    "round": lambda record: record.round,
    "authority": lambda record: record.authority,
    "state": lambda record: record.state.value,
}


def received(request: Request, serializer: type[Any]) -> dict[str, Any]:
    """Return what was sent, checked.

    Raises:
        ValidationError: with every fault.
    """
    sent = serializer(data=request.data)
    sent.is_valid(raise_exception=True)
    found: dict[str, Any] = sent.validated_data
    return found


class Returns(WriteView):
    """The returns that the caller may know of."""

    pagination_class = NumberedPages

    @extend_schema(
        operation_id="returns_list",
        description=(
            "Started returns: those of your authority, or for the centre all of them, the latest "
            "round first. Of a draft the centre sees its state only."
        ),
        parameters=[ReturnParameters],
        responses={200: ReturnSerializer(many=True), **REFUSALS},
    )
    def get(self, request: Request) -> Response:
        """Answer with a page of returns."""
        asked = ReturnParameters(data=request.query_params.dict())
        asked.is_valid(raise_exception=True)
        rights = access.rights_of(request.user)
        own = {
            UUID(body) for body, held in rights.at_bodies.items() if Permission.RETURN_READ in held
        }
        everything = Permission.SUBMITTED_RETURN_READ in rights.everywhere
        if everything:
            access.note_seen(request.user, Permission.SUBMITTED_RETURN_READ)
        lines = listed_returns(authorities=None if everything else own, now=timezone.now())
        records = [record_of(line=line, own=line.duty_return.authority_id in own) for line in lines]
        found = keep(facts=records, wanted=asked.validated_data, value_of=_VALUES)
        pages = self.pagination_class()
        page = pages.paginate_queryset(found, request, view=self)
        return pages.get_paginated_response(list(ReturnSerializer(page, many=True).data))

    @extend_schema(
        operation_id="returns_start",
        description="Start your authority's return in a round; the one there is, if there is one.",
        parameters=[KEY_PARAMETER],
        request=StartInput,
        responses={200: ReturnDetailSerializer, 201: ReturnDetailSerializer, **REFUSALS},
    )
    @answered_once
    def post(self, request: Request) -> HttpResponseBase:
        """Start a return."""
        wanted = received(request, StartInput)
        # The authority first, so that a stranger learns nothing of rounds.
        authority = access.access_authority(
            request.user, wanted["authority"], permission=Permission.RETURN_EDIT
        )
        round_ = Round.objects.filter(slug=wanted["round"]).first()
        if round_ is None:
            raise refused(
                "no-such-round",
                "There is no such round.",
                "See the list of returns, or ask the team that runs the round.",
                status=400,
                field="round",
            )
        now = timezone.now()
        try:
            stored = returns.start(
                round_=round_, authority=authority, by=person_of(request), at=now
            )
        except TransitionRefusedError as error:
            raise of_transition(error=error) from error
        view = OneReturn(request=request, duty_return=stored, now=now)
        new = stored.started_at == now
        return Response(
            ReturnDetailSerializer(view.detail()).data,
            status=201 if new else 200,
            headers={"Location": reverse("return-detail", args=[stored.pk])},
        )


class OneReturn(ReturnView):
    """One return."""

    centre_reads = True

    @extend_schema(
        operation_id="returns_retrieve",
        description="A return with its sections, deadlines, lock, and what you may do next.",
        responses={200: ReturnDetailSerializer, **REFUSALS},
    )
    def get(self, request: Request, **_address: Any) -> Response:
        """Answer with the return."""
        return Response(ReturnDetailSerializer(self.detail()).data)


class ReturnSection(ReturnView):
    """One section of a return."""

    @extend_schema(
        operation_id="returns_section_retrieve",
        description="A section with its questions and answers; for the authority's own people.",
        responses={200: SectionDetailSerializer, **REFUSALS},
    )
    def get(self, request: Request, section: str, **_address: Any) -> Response:
        """Answer with the section."""
        judgement = self.standing.judgements.get(section)
        if judgement is None or not judgement.slots:
            raise Http404
        found = section_detail(loaded=self.loaded, standing=self.standing, code=section)
        return Response(SectionDetailSerializer(found).data)


class ReturnStep(ReturnView, ABC):
    """A step of a return: takes what it needs, answers with the return as it then is."""

    permission = Permission.RETURN_EDIT
    input: ClassVar[type[Any]] = NothingInput

    @abstractmethod
    def take(self, wanted: dict[str, Any], **address: Any) -> object:
        """Take the step."""

    @answered_once
    def post(self, request: Request, **address: Any) -> HttpResponseBase:
        """Take the step once."""
        address.pop("return_id")
        wanted = received(request, self.input)
        with steps_refused():
            self.take(wanted, **address)
        self.forget()
        return Response(ReturnDetailSerializer(self.detail()).data)


@documented_step(
    operation="returns_section_complete",
    description="Say that a section is done, and why questions were left out where some were.",
    request=CompleteInput,
)
class SectionComplete(ReturnStep):
    """Completes a section."""

    input = CompleteInput

    def take(self, wanted: dict[str, Any], **address: Any) -> object:
        """Complete it."""
        try:
            return returns.mark_section_complete(
                duty_return=self.duty_return,
                section=address["section"],
                gaps_reason=wanted["gaps_reason"],
                warning_reasons={one["key"]: one["reason"] for one in wanted["warning_reasons"]},
                by=self.person,
                at=self.now,
            )
        except returns.UnknownSectionError as error:
            raise Http404 from error
        except returns.SectionNotCompleteError as error:
            raise of_section(error=error) from error


@documented_step(
    operation="returns_send_for_sign_off",
    description="Lock the answers and hand the return to the signatories.",
    request=NothingInput,
)
class ReturnSend(ReturnStep):
    """Sends a return for sign-off."""

    def take(self, wanted: dict[str, Any], **_address: Any) -> object:
        """Send it."""
        return sign_off.send_for_sign_off(duty_return=self.duty_return, by=self.person, at=self.now)


@documented_step(
    operation="returns_recall",
    description="Take a return back from the signatories; its sections ask to be checked again.",
    request=NothingInput,
)
class ReturnRecall(ReturnStep):
    """Takes a return back from sign-off."""

    def take(self, wanted: dict[str, Any], **_address: Any) -> object:
        """Take it back."""
        return sign_off.recall(duty_return=self.duty_return, by=self.person, at=self.now)


@documented_step(
    operation="returns_decline",
    description=(
        "Refuse to sign, with a reason, and name the sections that need changes. Send the version "
        "of the return that you read."
    ),
    request=DeclineInput,
)
class ReturnDecline(ReturnStep):
    """Sends a return back to its editors."""

    permission = Permission.RETURN_SIGN
    input = DeclineInput

    def take(self, wanted: dict[str, Any], **_address: Any) -> object:
        """Decline."""
        return sign_off.decline(
            duty_return=self.duty_return,
            reason=wanted["reason"],
            sections=wanted["sections"],
            expected_version=wanted["expected_version"],
            by=self.person,
            at=self.now,
        )


class _Submitting(ReturnView):
    """Makes a submission: the key that it needs is the submission's own, too."""

    def form_key(self, request: Request) -> UUID:
        """Return the key that one submission is stored under.

        Raises:
            ProblemsError: none was sent.
        """
        key = key_of(request)
        if key is None:
            raise refused(
                "key-missing",
                f"A submission needs the header {KEY_HEADER}.",
                "Make a key of your own, such as a UUID, and send the same again if the answer "
                "is lost.",
                status=400,
                field=KEY_HEADER,
            )
        return uuid5(NAMESPACE_URL, f"{credential_of(request)} {self.duty_return.pk} {key}")

    def receipt(self, submission: Submission) -> Response:
        """Answer with what was stored."""
        return Response(
            SubmissionReferenceSerializer(submission).data,
            status=201,
            headers={"Location": reverse("submission-detail", args=[submission.pk])},
        )


class ReturnSign(_Submitting):
    """Signs and submits a return."""

    permission = Permission.RETURN_SIGN

    @extend_schema(
        operation_id="returns_sign",
        description=(
            "Sign a return and submit it. Send the versions of the return and of the declaration "
            "that you read; the same request with the same key gives the same receipt."
        ),
        parameters=[KEY_PARAMETER],
        request=SignInput,
        responses={201: SubmissionReferenceSerializer, **REFUSALS},
    )
    @answered_once
    def post(self, request: Request, **_address: Any) -> HttpResponseBase:
        """Sign once."""
        key = self.form_key(request)
        wanted = received(request, SignInput)
        with steps_refused():
            submission = sign_off.sign_and_submit(
                duty_return=self.duty_return,
                declaration_ticked=wanted["declaration"],
                form_key=key,
                expected_version=wanted["expected_version"],
                expected_declaration=wanted["declaration_version"],
                by=self.person,
                at=self.now,
            )
        return self.receipt(submission)


class ReturnSubmit(_Submitting):
    """Submits a return in a round that asks no signature."""

    permission = Permission.RETURN_EDIT

    @extend_schema(
        operation_id="returns_submit",
        description="Submit in a round that asks no signature.",
        parameters=[KEY_PARAMETER],
        request=SubmitInput,
        responses={201: SubmissionReferenceSerializer, **REFUSALS},
    )
    @answered_once
    def post(self, request: Request, **_address: Any) -> HttpResponseBase:
        """Submit once."""
        key = self.form_key(request)
        wanted = received(request, SubmitInput)
        with steps_refused():
            submission = sign_off.submit(
                duty_return=self.duty_return,
                form_key=key,
                expected_version=wanted["expected_version"],
                by=self.person,
                at=self.now,
            )
        return self.receipt(submission)
