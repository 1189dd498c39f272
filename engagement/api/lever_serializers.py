"""What version 1 of the API says and takes of levers: the catalogue, and an authority's own."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from authorities.api.parameters import DayParameters
from authorities.api.strict import StrictInteger, StrictSerializer, StrictText
from authorities.models import DevolvedFunction
from duty.api.return_inputs import PageText
from duty.controls.fields import WordLimitedTextField
from engagement.actions.levers import MOST_DESCRIPTION_WORDS, MOST_REASON_WORDS
from engagement.models import Fit, Impact, LeverKind, LeverState, Window

_JUDGED_LATER = "Empty until it is judged."


def _words(most: int, *, required: bool = False) -> PageText:
    """Return a text with as many words as the page's field takes."""
    rule = WordLimitedTextField(max_words=most, required=required)
    return PageText(rule=rule) if required else PageText(rule=rule, default="")


class SharedLeverSerializer(serializers.Serializer[Any]):
    """A lever that an authority shares: what it is, and no judgement."""

    id = serializers.UUIDField(help_text="Of this sharing; the lever itself is its authority's.")
    authority = serializers.SlugField(source="authority.slug")
    kind = serializers.ChoiceField(choices=LeverKind.choices)
    title = serializers.CharField()
    function = serializers.ChoiceField(choices=DevolvedFunction.choices)
    determinants = serializers.ListField(child=serializers.CharField())
    description = serializers.CharField()
    shared_at = serializers.DateTimeField()


class LeverSerializer(serializers.Serializer[Any]):
    """A lever of your own authority, with its judgement."""

    id = serializers.UUIDField()
    version = serializers.IntegerField(help_text="Send it as expected_version.")
    authority = serializers.SlugField(source="authority.slug")
    state = serializers.ChoiceField(choices=LeverState.choices)
    kind = serializers.ChoiceField(choices=LeverKind.choices)
    title = serializers.CharField()
    function = serializers.ChoiceField(choices=DevolvedFunction.choices)
    determinants = serializers.ListField(child=serializers.CharField())
    description = serializers.CharField()
    strategic_fit = serializers.ChoiceField(
        source="fit", choices=Fit.choices, allow_blank=True, help_text=_JUDGED_LATER
    )
    strategic_fit_reason = serializers.CharField(source="fit_reason", allow_blank=True)
    impact = serializers.ChoiceField(
        choices=Impact.choices, allow_blank=True, help_text=_JUDGED_LATER
    )
    impact_reason = serializers.CharField(allow_blank=True)
    window = serializers.ChoiceField(
        choices=Window.choices, allow_blank=True, help_text=_JUDGED_LATER
    )
    window_reason = serializers.CharField(allow_blank=True)
    archived_reason = serializers.CharField(source="reason", allow_blank=True)
    shared = serializers.BooleanField(source="is_shared")
    commitments = serializers.SerializerMethodField()
    edited_at = serializers.DateTimeField()

    @extend_schema_field(serializers.ListField(child=serializers.UUIDField()))
    def get_commitments(self, lever: Any) -> list[str]:
        """Joint commitments that were made of it."""
        return [str(one.commitment_id) for one in lever.commitments.all()]


class CatalogueParameters(DayParameters):
    """Filters of the catalogue; it is what is shared today."""

    as_at = None  # type: ignore[assignment]
    function = serializers.ChoiceField(choices=DevolvedFunction.choices, required=False)
    authority = serializers.CharField(max_length=100, required=False)


class LeverParameters(DayParameters):
    """Filters of an authority's own list."""

    as_at = None  # type: ignore[assignment]
    function = serializers.ChoiceField(choices=DevolvedFunction.choices, required=False)
    state = serializers.ChoiceField(choices=LeverState.choices, required=False)


class _LeverText(StrictSerializer):
    """What a lever says; what is left out is empty."""

    kind = serializers.ChoiceField(choices=LeverKind.choices)
    title = StrictText(max_length=150)
    function = serializers.ChoiceField(choices=DevolvedFunction.choices)
    determinants = serializers.ListField(
        child=StrictText(max_length=60), max_length=50, default=list
    )
    description = _words(MOST_DESCRIPTION_WORDS, required=True)
    strategic_fit = serializers.ChoiceField(choices=Fit.choices, allow_blank=True, default="")
    strategic_fit_reason = _words(MOST_REASON_WORDS)
    impact = serializers.ChoiceField(choices=Impact.choices, allow_blank=True, default="")
    impact_reason = _words(MOST_REASON_WORDS)
    window = serializers.ChoiceField(choices=Window.choices, allow_blank=True, default="")
    window_reason = _words(MOST_REASON_WORDS)


class LeverDraftInput(_LeverText):
    """A lever to be drafted, and whose it is."""

    authority = StrictText(max_length=100, help_text="The authority's name in addresses.")


class LeverEditInput(_LeverText):
    """A lever as it is to be."""

    expected_version = StrictInteger()


class LeverStepInput(StrictSerializer):
    """A step that needs no words."""

    expected_version = StrictInteger()


class LeverArchiveInput(StrictSerializer):
    """Why a lever is archived."""

    expected_version = StrictInteger()
    reason = _words(100, required=True)


def content_said(wanted: dict[str, Any]) -> dict[str, Any]:
    """Return what a checked input says of a lever, by the names of the columns."""
    renamed = {"strategic_fit": "fit", "strategic_fit_reason": "fit_reason"}
    said = {
        renamed.get(name, name): value
        for name, value in wanted.items()
        if name not in ("authority", "expected_version")
    }
    return {**said, "determinants": tuple(said["determinants"])}
