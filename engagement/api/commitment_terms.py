"""What a commitment serves and rests on, and its money, over HTTP: as the pages write them."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from authorities.api.strict import StrictInteger, StrictSerializer, StrictText
from authorities.api.writes import KEY_PARAMETER, answered_once
from authorities.models import Pair
from duty.api.return_views import received
from duty.record_words import PREVENTION_WORDS
from duty.standing_records import LARGEST_AMOUNT, Prevention
from engagement.actions import commitment_money as money_actions
from engagement.actions.commitment_money import Money
from engagement.actions.commitment_particulars import (
    NAMES,
    Particulars,
    UnknownChoiceError,
    describe,
    particulars_of,
)
from engagement.api.commitment_serializers import (
    SECTIONS,
    THEMES,
    CommitmentReasonInput,
    CommitmentSerializer,
)
from engagement.api.commitment_views import CommitmentApi, answer_with
from engagement.api.refusals import REFUSALS, commitment_refused
from engagement.models import CommitmentMoney, MoneySource, Resources, Side
from engagement.models.commitment_money import FIRST_YEAR, LAST_YEAR
from engagement.queries import commitment_links
from engagement.queries.commitment_money import MoneyFacts, money_of
from outcomes.models import ItemKind

_AMOUNT = re.compile(r"[0-9]{1,11}(?:\.[0-9]{1,2})?", re.ASCII)
# By what a link is named: an indicator by its code, the others by their keys.
_LINKS = ("indicator", "framework_outcome", "agreement")
_PREVENTION = [(one.value, PREVENTION_WORDS[one]) for one in Prevention]
_LINK_HELP = "Its id, one of those that are offered; empty for none."


class StrictAmount(serializers.CharField):
    """Pounds as a text with at most two decimals, such as 1200000.50."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "not-an-amount": (
            f"It must be pounds as a text, up to {LARGEST_AMOUNT}, such as “1200000.50”, or null "
            "where it is not known."
        ),
    }

    def to_internal_value(self, data: Any) -> str:
        """Return the amount, still a text."""
        if not isinstance(data, str) or not _AMOUNT.fullmatch(data):
            self.fail("not-an-amount")
        return data

    def to_representation(self, value: Any) -> str:
        """Return it with two decimals."""
        return f"{value:.2f}"


class OfferedSerializer(serializers.Serializer[Any]):
    """Something that a commitment may be linked with."""

    id = serializers.CharField(source="pk")
    name = serializers.CharField(source="title")


class ParticularsSerializer(serializers.Serializer[Any]):
    """What a commitment serves and rests on, and what it may be linked with."""

    version = serializers.IntegerField(help_text="Send it as `expected_version`.")
    specification = serializers.ChoiceField(choices=SECTIONS, allow_blank=True)
    stage = serializers.ChoiceField(choices=ItemKind.choices, allow_blank=True)
    theme = serializers.ChoiceField(choices=THEMES, allow_blank=True)
    resources = serializers.ChoiceField(choices=Resources.choices)
    indicator = serializers.CharField(allow_blank=True, help_text="Its code; empty for none.")
    framework_outcome = serializers.CharField(allow_blank=True)
    agreement = serializers.CharField(allow_blank=True)
    offered_outcomes = OfferedSerializer(many=True)
    offered_agreements = OfferedSerializer(many=True)


class ParticularsInput(StrictSerializer):
    """What shall be said; what is left out stays as it is."""

    expected_version = StrictInteger(help_text="The version that you read.")
    specification = serializers.ChoiceField(choices=SECTIONS, allow_blank=True, required=False)
    stage = serializers.ChoiceField(choices=ItemKind.choices, allow_blank=True, required=False)
    theme = serializers.ChoiceField(choices=THEMES, allow_blank=True, required=False)
    resources = serializers.ChoiceField(choices=Resources.choices, required=False)
    indicator = StrictText(
        max_length=60,
        allow_blank=True,
        required=False,
        help_text="Its code, of the catalogue; empty for none.",
    )
    framework_outcome = StrictText(
        max_length=36, allow_blank=True, required=False, help_text=_LINK_HELP
    )
    agreement = StrictText(max_length=36, allow_blank=True, required=False, help_text=_LINK_HELP)
    owner = StrictText(
        max_length=120,
        allow_blank=True,
        required=False,
        help_text="The role on your side, no person’s name.",
    )


class MoneyLineSerializer(serializers.Serializer[Any]):
    """A line of money as one side states it."""

    id = serializers.UUIDField()
    side = serializers.ChoiceField(choices=Side.choices)
    source = serializers.ChoiceField(  # type: ignore[assignment]  # DRF moves it off the class
        choices=MoneySource.choices
    )
    year = serializers.IntegerField(help_text="The first of the financial year: 2026 is 2026/27.")
    amount = StrictAmount(allow_null=True, help_text="Pounds; null is not known, and not nought.")
    prevention = serializers.ChoiceField(choices=_PREVENTION)
    purpose = serializers.CharField(allow_blank=True)
    stated_at = serializers.DateTimeField()


class MoneyLineInput(StrictSerializer):
    """A line of money: one source, one financial year, one kind."""

    source = serializers.ChoiceField(  # type: ignore[assignment]  # DRF moves it off the class
        choices=MoneySource.choices
    )
    year = StrictInteger(
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        help_text="The first of the financial year: 2026 is 2026/27.",
    )
    amount = StrictAmount(allow_null=True, help_text="Pounds; null is not known, and not nought.")
    prevention = serializers.ChoiceField(choices=_PREVENTION)
    purpose = StrictText(max_length=200, allow_blank=True, default="")

    def validate_amount(self, value: str | None) -> Decimal | None:
        """Return the amount."""
        return None if value is None else Decimal(value)


class CommitmentParticularsApi(CommitmentApi):
    """What a commitment serves and rests on."""

    @extend_schema(
        operation_id="commitments_particulars",
        description="What it serves and rests on, and what both sides know that it may be linked "
        "with. Indicators are those of the catalogue.",
        responses={200: ParticularsSerializer, **REFUSALS},
    )
    def get(self, request: Request, **_address: Any) -> Response:
        """Answer with what is said."""
        row = self.commitment
        said = particulars_of(commitment=row)
        offered = commitment_links.offered(pair=self.access.pair)
        return Response(
            ParticularsSerializer(
                {
                    "version": row.version,
                    **{name: getattr(said, name) for name in NAMES if name not in _LINKS},
                    **{name: _key(name, getattr(said, name)) for name in _LINKS},
                    "offered_outcomes": offered["framework_outcome"],
                    "offered_agreements": offered["agreement"],
                }
            ).data
        )

    @extend_schema(
        operation_id="commitments_describe",
        description="Say what it serves and rests on, and who owns it on your side; the other side "
        "is not asked.",
        parameters=[KEY_PARAMETER],
        request=ParticularsInput,
        responses={200: CommitmentSerializer, **REFUSALS},
    )
    @answered_once
    def post(self, request: Request, **_address: Any) -> HttpResponseBase:
        """Say it once."""
        wanted = received(request, ParticularsInput)
        row, side = self.commitment, self.side
        own = row.authority_owner if side == Side.AUTHORITY else row.board_owner
        before = particulars_of(commitment=row)
        with commitment_refused(nothing=""):
            described = describe(
                commitment=row,
                side=side,
                particulars=_particulars(wanted, before, self.access.pair),
                own_owner=wanted.get("owner", own),
                seen=wanted["expected_version"],
                by=self.person,
                at=timezone.now(),
            )
        return answer_with(described)


class CommitmentMoneyApi(CommitmentApi):
    """The money of a commitment."""

    @extend_schema(
        operation_id="commitments_money",
        description="The lines of money of both sides that count now.",
        responses={200: MoneyLineSerializer(many=True), **REFUSALS},
    )
    def get(self, request: Request, **_address: Any) -> Response:
        """Answer with the lines."""
        lines = money_of(ids=[self.commitment.pk]).get(self.commitment.pk, ())
        return Response(MoneyLineSerializer(lines, many=True).data)

    @extend_schema(
        operation_id="commitments_state_money",
        description="State a line of money, as your side knows it.",
        parameters=[KEY_PARAMETER],
        request=MoneyLineInput,
        responses={201: MoneyLineSerializer, **REFUSALS},
    )
    @answered_once
    def post(self, request: Request, **_address: Any) -> HttpResponseBase:
        """Store it once."""
        wanted = received(request, MoneyLineInput)
        with commitment_refused(nothing=""):
            line = money_actions.state(
                commitment=self.commitment,
                side=self.side,
                money=Money(**wanted),
                form_key=uuid4(),
                by=self.person,
                at=timezone.now(),
            )
        return _answer(line, status=201)


class OneMoneyLine(CommitmentApi):
    """A line of money of the commitment."""

    def line(self, address: Mapping[str, Any]) -> CommitmentMoney:
        """Return the line.

        Raises:
            Http404: it is none of this commitment.
        """
        rows = self.commitment.money.select_related("commitment")
        return get_object_or_404(rows, pk=address["line_id"])


class CommitmentMoneyCorrectApi(OneMoneyLine):
    """Another line in its place."""

    @extend_schema(
        operation_id="commitments_correct_money",
        description="Put another line in place of one that your side stated; the earlier one stays "
        "on record.",
        parameters=[KEY_PARAMETER],
        request=MoneyLineInput,
        responses={200: MoneyLineSerializer, **REFUSALS},
    )
    @answered_once
    def post(self, request: Request, **address: Any) -> HttpResponseBase:
        """Correct it once."""
        wanted, held = received(request, MoneyLineInput), self.line(address)
        with commitment_refused(nothing=""):
            line = money_actions.correct(
                line=held,
                side=_own_side(held, self),
                money=Money(**wanted),
                form_key=uuid4(),
                by=self.person,
                at=timezone.now(),
            )
        return _answer(line)


class CommitmentMoneyWithdrawApi(OneMoneyLine):
    """A line that counts no more."""

    @extend_schema(
        operation_id="commitments_withdraw_money",
        description="Take a line that your side stated out, and say why; it stays on record.",
        parameters=[KEY_PARAMETER],
        request=CommitmentReasonInput,
        responses={200: MoneyLineSerializer, **REFUSALS},
    )
    @answered_once
    def post(self, request: Request, **address: Any) -> HttpResponseBase:
        """Withdraw it once."""
        wanted, held = received(request, CommitmentReasonInput), self.line(address)
        with commitment_refused(nothing=""):
            line = money_actions.withdraw(
                line=held,
                side=_own_side(held, self),
                reason=wanted["reason"],
                by=self.person,
                at=timezone.now(),
            )
        return _answer(line)


def _own_side(held: CommitmentMoney, api: CommitmentApi) -> Side:
    """Return the side that stated a line where the caller acts for it; else the caller's own."""
    stated = Side(held.side)
    return stated if stated in api.access.sides else api.side


def _particulars(wanted: Mapping[str, Any], before: Particulars, pair: Pair) -> Particulars:
    """Return what shall be said: what is wanted, and the rest as it is.

    Raises:
        UnknownChoiceError: a link is none that is offered.
    """
    said: dict[str, Any] = {name: getattr(before, name) for name in NAMES}
    said |= {name: wanted[name] for name in NAMES if name in wanted and name not in _LINKS}
    for name in _LINKS:
        if name in wanted and wanted[name] != _key(name, said[name]):
            said[name] = _linked(name, wanted[name], pair) if wanted[name] else None
    return Particulars(**said)


def _linked(name: str, text: str, pair: Pair) -> Any:
    rows = commitment_links.offered(pair=pair)[name]
    try:
        found = rows.filter(**{"code" if name == "indicator" else "pk": text}).first()
    except (ValueError, ValidationError):
        # It cannot be a key of such a row.
        found = None
    if found is None:
        raise UnknownChoiceError("Send one that both sides know, or none.", field=name)
    return found


def _key(name: str, linked: Model | None) -> str:
    if linked is None:
        return ""
    return str(getattr(linked, "code", "") if name == "indicator" else linked.pk)


def _answer(line: CommitmentMoney, *, status: int = 200) -> Response:
    facts = MoneyFacts(
        id=line.pk,
        side=Side(line.side),
        source=MoneySource(line.source),
        year=line.year,
        amount=line.amount,
        prevention=Prevention(line.prevention),
        purpose=line.purpose,
        stated_at=line.stated_at,
    )
    return Response(MoneyLineSerializer(facts).data, status=status)
