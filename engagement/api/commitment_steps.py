"""The steps of one commitment over HTTP, by the actions and the rights of the pages."""

from abc import abstractmethod
from datetime import datetime
from typing import Any, ClassVar
from uuid import uuid4

from django.http import HttpResponseBase
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request

from authorities.api.writes import KEY_PARAMETER, answered_once
from authorities.permissions import Permission
from duty.api.return_inputs import NothingInput
from duty.api.return_views import received
from engagement.actions import commitment_answers as answers
from engagement.actions import commitments
from engagement.api.commitment_serializers import (
    CommitmentChangeInput,
    CommitmentClosureInput,
    CommitmentConfirmInput,
    CommitmentReasonInput,
    CommitmentSendBackInput,
    CommitmentSerializer,
    CommitmentUpdateInput,
)
from engagement.api.commitment_views import CommitmentApi, answer_with
from engagement.api.refusals import REFUSALS, commitment_refused
from engagement.commitment_lifecycle import Event
from engagement.models import CommitmentStatus, Side, Visibility
from engagement.presenters.commitment_words import other_side

_CONFIRM = Permission.COMMITMENT_CONFIRM


class CommitmentStepApi(CommitmentApi):
    """One step: the actions say whether it may be taken."""

    input: ClassVar[type[Any]] = NothingInput

    @answered_once
    def post(self, request: Request, **address: Any) -> HttpResponseBase:
        """Take it once."""
        wanted = received(request, self.input)
        with commitment_refused():
            self.take(wanted, timezone.now(), address)
        return answer_with(self.commitment)

    @abstractmethod
    def take(self, wanted: dict[str, Any], at: datetime, address: dict[str, Any]) -> None:
        """Take the step, or let the action refuse it."""

    @property
    def answering(self) -> Side:
        """The side that answers a proposal: across from the proposer, where the caller may."""
        other = other_side(Side(self.commitment.proposed_side))
        return other if other in self.access.sides else self.side


def _step(name: str, description: str, request: type[Any] = NothingInput) -> Any:
    return extend_schema_view(
        post=extend_schema(
            operation_id=f"commitments_{name}",
            description=description,
            parameters=[KEY_PARAMETER],
            request=request,
            responses={200: CommitmentSerializer, **REFUSALS},
        )
    )


@_step("confirm", "Agree to the other side’s proposal.", CommitmentConfirmInput)
class CommitmentConfirmApi(CommitmentStepApi):
    """Agreed."""

    permission = _CONFIRM
    input = CommitmentConfirmInput

    def take(self, wanted: dict[str, Any], at: datetime, address: dict[str, Any]) -> None:
        """Agree."""
        commitments.confirm(
            commitment=self.commitment,
            side=self.answering,
            owner=wanted["owner"],
            by=self.person,
            at=at,
        )


@_step("decline", "Turn the other side’s proposal down.", CommitmentReasonInput)
class CommitmentDeclineApi(CommitmentStepApi):
    """Declined."""

    permission = _CONFIRM
    input = CommitmentReasonInput

    def take(self, wanted: dict[str, Any], at: datetime, address: dict[str, Any]) -> None:
        """Turn it down."""
        commitments.decline(
            commitment=self.commitment,
            side=self.answering,
            reason=wanted["reason"],
            by=self.person,
            at=at,
        )


@_step("update", "Say how it stands in your side’s view.", CommitmentUpdateInput)
class CommitmentUpdateApi(CommitmentStepApi):
    """An update."""

    input = CommitmentUpdateInput

    def take(self, wanted: dict[str, Any], at: datetime, address: dict[str, Any]) -> None:
        """Store it beside those that were given before."""
        commitments.update(
            commitment=self.commitment,
            side=self.side,
            status=CommitmentStatus(wanted["status"]),
            narrative=wanted["narrative"],
            after=wanted["after"],
            form_key=uuid4(),
            by=self.person,
            at=at,
        )


@_step("send_back", "Ask the other side for another update.", CommitmentSendBackInput)
class CommitmentSendBackApi(CommitmentStepApi):
    """An update that was sent back."""

    permission = Permission.COMMITMENT_SEND_BACK
    input = CommitmentSendBackInput

    def take(self, wanted: dict[str, Any], at: datetime, address: dict[str, Any]) -> None:
        """Send it back; the centre does so for neither side."""
        update = self.asked(self.commitment.updates.all(), address["update_id"])
        side = None
        if self.access.sides:
            across = other_side(Side(update.side))
            side = across if across in self.access.sides else self.side
        answers.send_back(
            update=update, side=side, comment=wanted["comment"], by=self.person, at=at
        )


@_step("propose_change", "Ask for another date or other words.", CommitmentChangeInput)
class CommitmentChangeApi(CommitmentStepApi):
    """A change that waits."""

    input = CommitmentChangeInput

    def take(self, wanted: dict[str, Any], at: datetime, address: dict[str, Any]) -> None:
        """Ask for it."""
        reason = wanted.pop("reason")
        visibility = Visibility(wanted.pop("visibility", self.commitment.visibility))
        answers.propose_change(
            commitment=self.commitment,
            side=self.side,
            terms=answers.Terms(**wanted, visibility=visibility),
            reason=reason,
            form_key=uuid4(),
            by=self.person,
            at=at,
        )


@_step("propose_closure", "Say that it is over, and how it ended.", CommitmentClosureInput)
class CommitmentClosureApi(CommitmentStepApi):
    """A closure that waits."""

    input = CommitmentClosureInput

    def take(self, wanted: dict[str, Any], at: datetime, address: dict[str, Any]) -> None:
        """Ask for it."""
        answers.propose_closure(
            commitment=self.commitment,
            side=self.side,
            form_key=uuid4(),
            by=self.person,
            at=at,
            **wanted,
        )


@_step("reconfirm", "Stand by what came from another pair when bodies changed.")
class CommitmentReconfirmApi(CommitmentStepApi):
    """Confirmed again."""

    permission = _CONFIRM

    def take(self, wanted: dict[str, Any], at: datetime, address: dict[str, Any]) -> None:
        """Confirm it for a side that has not."""
        sides = [side for side in Side if side in self.access.sides]
        done = {
            Side.AUTHORITY: self.commitment.authority_reconfirmed_at,
            Side.BOARD: self.commitment.board_reconfirmed_at,
        }
        side = next((side for side in sides if done[side] is None), self.side)
        commitments.reconfirm(commitment=self.commitment, side=side, by=self.person, at=at)


class CommitmentAnswerApi(CommitmentStepApi):
    """An answer to what one side asked, or that it is taken back."""

    event: ClassVar[Event]

    def take(self, wanted: dict[str, Any], at: datetime, address: dict[str, Any]) -> None:
        """Answer it, for the side that this step is of where the caller has it."""
        rows = (
            self.commitment.changes
            if self.event.value.endswith("change")
            else self.commitment.closures
        )
        asked = self.asked(rows.all(), address["asked_id"])
        own = Side(asked.side)
        wants = own if self.event in _OWN else other_side(own)
        answers.answer(
            asked=asked,
            event=self.event,
            side=wants if wants in self.access.sides else self.side,
            reason=wanted.get("reason", ""),
            by=self.person,
            at=at,
        )


_OWN = (Event.TAKE_BACK_CHANGE, Event.TAKE_BACK_CLOSURE)


@_step("accept_change", "Accept what the other side wants to change.")
class ChangeAcceptApi(CommitmentAnswerApi):
    """Changed."""

    permission = _CONFIRM
    event = Event.ACCEPT_CHANGE


@_step("refuse_change", "Refuse what the other side wants to change.", CommitmentReasonInput)
class ChangeRefuseApi(CommitmentAnswerApi):
    """As it was."""

    permission = _CONFIRM
    event = Event.REFUSE_CHANGE
    input = CommitmentReasonInput


@_step("take_back_change", "Take back the change that your side asked for.")
class ChangeTakeBackApi(CommitmentAnswerApi):
    """As it was."""

    event = Event.TAKE_BACK_CHANGE


@_step("confirm_closure", "Confirm that it is over.")
class ClosureConfirmApi(CommitmentAnswerApi):
    """Closed."""

    permission = _CONFIRM
    event = Event.CONFIRM_CLOSURE


@_step("refuse_closure", "Keep it open.", CommitmentReasonInput)
class ClosureRefuseApi(CommitmentAnswerApi):
    """Agreed as before."""

    permission = _CONFIRM
    event = Event.REFUSE_CLOSURE
    input = CommitmentReasonInput


@_step("take_back_closure", "Take back the closure that your side asked for.")
class ClosureTakeBackApi(CommitmentAnswerApi):
    """Agreed as before."""

    event = Event.TAKE_BACK_CLOSURE
