"""The three steps of a pair over HTTP: both columns read, one's own written, as on the pages."""

from typing import Any

from django.http import Http404, HttpResponseBase
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from authorities.access import access_pair
from authorities.api.problems import Problem, ProblemsError, ProblemsSerializer
from authorities.api.strict import StrictInteger, StrictSerializer, StrictText
from authorities.api.writes import KEY_PARAMETER, WriteView, answered_once, person_of
from authorities.models import Pair
from authorities.permissions import Permission
from duty.api.return_views import received
from duty.models import Round
from engagement.actions import three_steps
from engagement.actions.own_views import PairNotExpectedError, RoundClosedError
from engagement.models import Side
from engagement.queries import own_views as view_queries
from engagement.queries import three_steps as queries
from engagement.three_steps import STEPS, Difference, Standing, difference

_REFUSALS: dict[int, Any] = dict.fromkeys((400, 401, 403, 404, 409, 422), ProblemsSerializer)
STANDINGS = [(one.value, one.value.replace("_", " ")) for one in Standing]
_ROUND = OpenApiParameter("round", str, description="A round's name in addresses; else the newest.")


class ThreeStepPrioritySerializer(serializers.Serializer[Any]):
    """One thing that both sides look at, with both answers; null is no answer."""

    step = serializers.CharField()
    area = serializers.CharField()
    priority = serializers.CharField()
    text = serializers.CharField()
    authority = serializers.ChoiceField(choices=STANDINGS, allow_null=True)
    icb = serializers.ChoiceField(choices=STANDINGS, allow_null=True)
    compared = serializers.ChoiceField(
        choices=[(one.value, one.value.replace("_", " ")) for one in Difference]
    )


class ThreeStepColumnSerializer(serializers.Serializer[Any]):
    """How far a side is; version 0 where it has written nothing."""

    side = serializers.ChoiceField(choices=[("authority", "authority"), ("icb", "ICB")])
    version = serializers.IntegerField()
    updated_at = serializers.DateTimeField(allow_null=True)
    notes = serializers.DictField(child=serializers.CharField(), help_text="By step.")


class ThreeStepsSerializer(serializers.Serializer[Any]):
    """The joint self-check of a pair in a round. It is no level, and counts towards nothing."""

    round = serializers.CharField()
    round_name = serializers.CharField()
    rounds = serializers.ListField(
        child=serializers.CharField(), help_text="Those that may be asked for, newest first."
    )
    columns = ThreeStepColumnSerializer(many=True)
    priorities = ThreeStepPrioritySerializer(many=True)


class ThreeStepsInput(StrictSerializer):
    """One's own whole column; what is left out is no answer."""

    round = StrictText(max_length=40, help_text="The round's name in addresses.")
    standings = serializers.DictField(
        child=serializers.ChoiceField(choices=STANDINGS), help_text="By priority."
    )
    notes = serializers.DictField(
        child=StrictText(allow_blank=True, max_length=three_steps.MOST_NOTE),
        required=False,
        help_text="By step.",
    )
    expected_version = StrictInteger(help_text="Of your column as you read it; 0 at first.")


class ThreeSteps(WriteView):
    """The three steps of one pair."""

    pair: Pair

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Let the caller in, or not."""
        super().initial(request, *args, **kwargs)
        writes = request.method == "PUT"
        self.access = access_pair(
            request.user,
            kwargs["authority_slug"],
            kwargs["board_slug"],
            permission=Permission.THREE_STEPS_EDIT if writes else Permission.THREE_STEPS_READ,
        )
        self.pair = self.access.pair

    @extend_schema(
        operation_id="pairs_three_steps_retrieve",
        description="Both columns of the joint self-check; for both bodies and the centre.",
        parameters=[_ROUND],
        responses={200: ThreeStepsSerializer, **_REFUSALS},
    )
    def get(self, request: Request, **_address: Any) -> Response:
        """Answer with a round's columns."""
        rounds = queries.rounds_of(pair=self.pair)
        asked = request.query_params.get("round", "")
        shown = next((one for one in rounds if asked in ("", one.slug)), None)
        if shown is None:
            raise Http404
        return self._answer(shown, rounds)

    @extend_schema(
        operation_id="pairs_three_steps_save",
        description="Save your own side's whole column, while the round is open for it.",
        parameters=[KEY_PARAMETER],
        request=ThreeStepsInput,
        responses={200: ThreeStepsSerializer, **_REFUSALS},
    )
    @answered_once
    def put(self, request: Request, **_address: Any) -> HttpResponseBase:
        """Store the column as the page does."""
        wanted = received(request, ThreeStepsInput)
        round_ = view_queries.round_for_views()
        if self.access.side is None or round_ is None or round_.slug != wanted["round"]:
            raise _refused("window-closed", "This round takes no answers now.", field="round")
        try:
            three_steps.save_column(
                pair=self.pair,
                round=round_,
                side=Side(self.access.side.value),
                content=three_steps.Content(
                    standings={code: Standing(said) for code, said in wanted["standings"].items()},
                    notes=wanted.get("notes", {}),
                ),
                expected_version=wanted["expected_version"],
                by=person_of(request),
                at=timezone.now(),
            )
        except three_steps.StaleColumnError as error:
            raise _refused(
                "stale",
                str(error),
                field="expected_version",
                more={"stored_version": error.stored.version},
            ) from error
        except three_steps.UnknownPriorityError as error:
            raise _refused("unknown-field", str(error), field="standings", status=400) from error
        except PairNotExpectedError as error:
            raise _refused("pair-not-asked", str(error)) from error
        except RoundClosedError as error:
            raise _refused("window-closed", str(error), field="round") from error
        return self._answer(round_, queries.rounds_of(pair=self.pair))

    def _answer(self, round_: Round, rounds: tuple[Round, ...]) -> Response:
        columns = queries.columns_of(round=round_, pair=self.pair)
        authority, board = columns[Side.AUTHORITY], columns[Side.BOARD]
        record = {
            "round": round_.slug,
            "round_name": round_.name,
            "rounds": [one.slug for one in rounds],
            "columns": [
                {
                    "side": side,
                    "version": column.version,
                    "updated_at": column.updated_at,
                    "notes": column.notes,
                }
                for side, column in (("authority", authority), ("icb", board))
            ],
            "priorities": [
                {
                    "step": step.code,
                    "area": area.name,
                    "priority": one.code,
                    "text": one.text,
                    "authority": authority.standings.get(one.code),
                    "icb": board.standings.get(one.code),
                    "compared": difference(
                        authority=authority.standings.get(one.code),
                        board=board.standings.get(one.code),
                    ).value,
                }
                for step in STEPS
                for area in step.areas
                for one in area.priorities
            ],
        }
        return Response(ThreeStepsSerializer(record).data)


def _refused(
    code: str, message: str, *, field: str = "", status: int = 409, more: Any = None
) -> ProblemsError:
    fix = "Read the three steps again, and send what still holds."
    return ProblemsError(Problem(code, field, message, fix), status_code=status, more=more)
