"""What version 1 of the API says and takes of views of the other side."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError as FieldError
from rest_framework import serializers

from authorities.api.parameters import DayParameters
from authorities.api.strict import StrictInteger, StrictSerializer, StrictText
from duty.controls.fields import LinkField
from engagement.models import Level, Side
from engagement.presenters.partner_view_records import STATES

_NOT_THEIRS = "Null for the other side, who reads neither evidence nor note."


class PartnerStatementSerializer(serializers.Serializer[Any]):
    """The statement picked for a theme of the other side."""

    theme = serializers.CharField()
    name = serializers.CharField()
    core = serializers.BooleanField()
    level = serializers.ChoiceField(choices=Level.choices)
    statement = serializers.CharField()
    evidence_title = serializers.CharField(allow_null=True, help_text=_NOT_THEIRS)
    evidence_url = serializers.CharField(allow_null=True, help_text=_NOT_THEIRS)


class PartnerViewSerializer(serializers.Serializer[Any]):
    """What one side of a pair says of the other in a round."""

    id = serializers.UUIDField()
    round = serializers.SlugField()
    authority = serializers.SlugField()
    icb = serializers.SlugField()
    written_by = serializers.ChoiceField(choices=Side.choices)
    about = serializers.ChoiceField(choices=Side.choices)
    state = serializers.ChoiceField(choices=STATES)
    version = serializers.IntegerField(help_text="Send it as expected_version.")
    computed_level = serializers.ChoiceField(choices=Level.choices, allow_null=True)
    level = serializers.ChoiceField(choices=Level.choices, allow_null=True)
    changed_reason = serializers.CharField(allow_blank=True)
    statements = PartnerStatementSerializer(many=True)
    private_note = serializers.CharField(allow_null=True, help_text=_NOT_THEIRS)
    confirmed_at = serializers.DateTimeField(allow_null=True)
    released_at = serializers.DateTimeField(allow_null=True)


class PartnerViewParameters(DayParameters):
    """Filters of the list. A view is of a round, so no day is asked for."""

    as_at = None  # type: ignore[assignment]
    round = serializers.CharField(max_length=100, required=False)
    authority = serializers.CharField(max_length=100, required=False)
    icb = serializers.CharField(max_length=100, required=False)
    written_by = serializers.ChoiceField(choices=Side.choices, required=False)


class _LinkText(StrictText):
    """A link by the rules of the page's field."""

    default_error_messages: ClassVar[dict[str, Any]] = {"not-a-link": "Enter a full link."}

    def to_internal_value(self, data: Any) -> str:
        """Return the link."""
        text = super().to_internal_value(data)
        try:
            return str(LinkField(required=False, max_length=500).clean(text) or "")
        except FieldError as error:
            raise serializers.ValidationError(error.messages, code="not-a-link") from error


class PartnerStatementInput(StrictSerializer):
    """The statement for one theme, and what shows it."""

    theme = StrictText(max_length=4, help_text="The theme's code in the round's rubric.")
    level = serializers.ChoiceField(choices=Level.choices)
    evidence_title = StrictText(max_length=200, allow_blank=True, default="")
    evidence_url = _LinkText(max_length=500, allow_blank=True, default="")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse evidence that is half there."""
        for given, missing in (
            ("evidence_title", "evidence_url"),
            ("evidence_url", "evidence_title"),
        ):
            if attrs[given] and not attrs[missing]:
                raise serializers.ValidationError(
                    {missing: ["Evidence needs a title and a link."]}, code="evidence-half"
                )
        return attrs


class PartnerViewInput(StrictSerializer):
    """The whole draft: what is left out is taken away."""

    expected_version = StrictInteger(help_text="0 where nobody has started.")
    statements = serializers.ListField(child=PartnerStatementInput(), max_length=50)

    def validate_statements(self, value: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Refuse a theme that is named twice."""
        codes = [one["theme"] for one in value]
        if twice := sorted({code for code in codes if codes.count(code) > 1}):
            raise serializers.ValidationError(
                f"A theme is named twice: {', '.join(twice)}.", code="theme-twice"
            )
        return value


class PartnerConfirmInput(StrictSerializer):
    """The level that a signatory confirms."""

    expected_version = StrictInteger()
    level = serializers.ChoiceField(choices=Level.choices)
    changed_reason = StrictText(max_length=1000, allow_blank=True, default="")
    private_note = StrictText(max_length=2000, allow_blank=True, default="")


class PartnerReopenInput(StrictSerializer):
    """Why a confirmed view is opened again."""

    expected_version = StrictInteger()
    reason = StrictText(max_length=1000)


class PartnerReleaseInput(StrictSerializer):
    """The version that the other side may read from now on. It is not taken back."""

    expected_version = StrictInteger()
