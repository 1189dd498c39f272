"""Answers over HTTP: one for each question, or for each ICB where it asks per pair."""

import re
from typing import Any

from django.http import Http404, HttpResponseBase
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from authorities.api.problems import Problem, ProblemsError
from authorities.api.writes import KEY_PARAMETER, answered_once
from authorities.permissions import Permission
from duty.actions import answers
from duty.api.documented import REFUSALS
from duty.api.refusals import of_answer, of_stale, refused
from duty.api.return_access import ReturnView
from duty.api.return_inputs import AnswerInput, RemoveInput
from duty.api.return_serializers import AnswerSerializer
from duty.api.return_views import received
from duty.models import AnswerState
from duty.presenters.answer_records import answer_record, slot_of
from duty.questions import Answer, AnswerType, EvidenceNeed
from duty.slots import Slot, SlotKey

# As many as the page takes.
_MOST_ROWS = 50
_VERSION = re.compile(r'"([0-9]{1,9})"')
_IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    description="The ETag of the answer that you read, in place of expected_version.",
)


class ReturnAnswer(ReturnView):
    """One answer of a return; for the authority's own people."""

    write_permission = Permission.RETURN_EDIT

    slot: Slot

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Find the question among those that the round asks of the authority."""
        super().initial(request, *args, **kwargs)
        slot = slot_of(loaded=self.loaded, key=SlotKey(kwargs["question"], kwargs.get("board")))
        if slot is None:
            raise Http404
        self.slot = slot

    @extend_schema(
        description="An answer with its version; version 0 and no state where there is none.",
        responses={200: AnswerSerializer, **REFUSALS},
    )
    def get(self, request: Request, **_address: Any) -> Response:
        """Answer with what is stored."""
        return self._shown()

    @extend_schema(
        description=(
            "Store an answer as a whole; what is left out is blank. Send the version that you "
            "read: if somebody saved in between, nothing is stored and both texts come back."
        ),
        parameters=[KEY_PARAMETER, _IF_MATCH],
        request=AnswerInput,
        responses={200: AnswerSerializer, **REFUSALS},
    )
    @answered_once
    def put(self, request: Request, **_address: Any) -> HttpResponseBase:
        """Save the answer."""
        self._refuse_derived()
        wanted = received(request, AnswerInput)
        version = self._expected_version(wanted)
        self._refuse_what_the_page_lacks(wanted)
        try:
            answers.save_answer(
                duty_return=self.duty_return,
                question=self.slot.question.code,
                board=self.slot.board,
                answer=Answer(
                    state=wanted["state"],
                    value=wanted.get("value"),
                    reason=wanted["reason"] or None,
                    expected_date=wanted.get("expected_on"),
                ),
                evidence=tuple(answers.EvidenceLink(**link) for link in wanted["evidence"]),
                notes=answers.Notes(public=wanted["public_note"], private=wanted["private_note"]),
                expected_version=version,
                by=self.person,
                at=self.now,
            )
        except answers.StaleAnswerError as error:
            raise self._stale(error) from error
        except answers.BlankAnswerError as error:
            raise refused(
                "blank", str(error), "Send DELETE to empty it.", status=400, field="value"
            ) from error
        except answers.InvalidAnswerError as error:
            raise of_answer(
                problems=error.problems, is_value=wanted["state"] == AnswerState.VALUE
            ) from error
        self.forget()
        return self._shown()

    @extend_schema(
        description="Take an answer away with its evidence; one that is not there stays away.",
        parameters=[KEY_PARAMETER, _IF_MATCH],
        request=RemoveInput,
        responses={204: None, **REFUSALS},
    )
    @answered_once
    def delete(self, request: Request, **_address: Any) -> HttpResponseBase:
        """Remove the answer."""
        self._refuse_derived()
        wanted = received(request, RemoveInput) if self.raw else {}
        try:
            answers.remove_answer(
                duty_return=self.duty_return,
                question=self.slot.question.code,
                board=self.slot.board,
                expected_version=self._expected_version(wanted),
                by=self.person,
                at=self.now,
            )
        except answers.StaleAnswerError as error:
            raise self._stale(error) from error
        return Response(status=204)

    def _shown(self) -> Response:
        record = answer_record(loaded=self.loaded, standing=self.standing, slot=self.slot)
        return Response(AnswerSerializer(record).data, headers={"ETag": f'"{record.version}"'})

    def _refuse_derived(self) -> None:
        if self.slot.question.derived:
            raise refused(
                "derived",
                "This answer is read from elsewhere and is never sent.",
                "Correct it where it comes from.",
                status=405,
            )

    def _expected_version(self, wanted: dict[str, Any]) -> int:
        header = self.request.headers.get("If-Match")
        sent: int | None = wanted.get("expected_version")
        if header is None:
            if sent is None:
                raise refused(
                    "version-missing",
                    "It is not said which version you read.",
                    "Send expected_version or the header If-Match; 0 where there was no answer.",
                    status=400,
                    field="expected_version",
                )
            return sent
        match = _VERSION.fullmatch(header.strip())
        if match is None or sent not in (None, int(match.group(1))):
            raise refused(
                "bad-version",
                "If-Match must be the ETag of the answer that you read.",
                'Send it as "3", and no other expected_version beside it.',
                status=400,
                field="If-Match",
            )
        return int(match.group(1))

    def _stale(self, error: answers.StaleAnswerError) -> ProblemsError:
        self.forget()
        return of_stale(
            error=error,
            stored=answer_record(loaded=self.loaded, standing=self.standing, slot=self.slot),
            sent=self.request.data if self.raw else None,
            by_header="If-Match" in self.request.headers,
        )

    def _refuse_what_the_page_lacks(self, wanted: dict[str, Any]) -> None:
        """Refuse what a person could not type on the question's page."""
        question = self.slot.question
        if wanted["evidence"] and question.evidence.need == EvidenceNeed.NONE:
            raise refused(
                "no-evidence-asked",
                "This question takes no evidence.",
                "Leave evidence out.",
                status=400,
                field="evidence",
            )
        value = wanted.get("value")
        rows = value.get("rows") if isinstance(value, dict) else None
        if (
            question.answer_type == AnswerType.TABLE
            and isinstance(rows, list)
            and len(rows) > _MOST_ROWS
        ):
            raise ProblemsError(
                Problem(
                    "too-many-rows",
                    "value.rows",
                    f"The table has {len(rows)} rows.",
                    f"Send {_MOST_ROWS} rows or fewer.",
                )
            )
