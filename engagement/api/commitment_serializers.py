"""What version 1 of the API says and takes of joint commitments."""

from datetime import date
from typing import Any

from django import forms
from rest_framework import serializers

from authorities.api.parameters import DayParameters
from authorities.api.plain import PlainSerializer
from authorities.api.strict import StrictDay, StrictInteger, StrictSerializer, StrictText
from duty.api.return_inputs import PageText
from duty.controls.fields import WordLimitedTextField
from duty.models import Section
from duty.record_words import THEME_WORDS
from duty.standing_records import Theme
from engagement.models import (
    FINAL_STATUSES,
    AskedState,
    CommitmentState,
    CommitmentStatus,
    Resources,
    Side,
    Visibility,
)
from outcomes.models import ItemKind

# As which a commitment may be closed.
FINAL_CHOICES = [(status.value, status.label) for status in FINAL_STATUSES]
_SIDES = [(side.value, side.label) for side in Side]
THEMES = [(theme.value, THEME_WORDS[theme]) for theme in Theme]
SECTIONS = [choice for choice in Section.choices if choice[0] != Section.ABOUT]


def _words(most: int, *, required: bool = False) -> PageText:
    """Return a text with as many words as the page's field takes."""
    rule: forms.Field = WordLimitedTextField(max_words=most, required=required)
    return PageText(rule=rule) if required else PageText(rule=rule, default="")


class SideUpdateSerializer(PlainSerializer):
    """One side's newest word; who wrote it is the body's own affair."""

    id = serializers.IntegerField(help_text="Send it as `after` with the next update.")
    status = serializers.ChoiceField(choices=CommitmentStatus.choices)
    narrative = serializers.CharField(allow_blank=True)
    at = serializers.DateTimeField()
    sent_back = serializers.CharField(
        source="sent_back.comment", default="", help_text="Why it was sent back; else empty."
    )


class AskedSerializer(PlainSerializer):
    """A change or a closure that one side asked for and the other answers."""

    id = serializers.UUIDField()
    kind = serializers.SerializerMethodField()
    side = serializers.ChoiceField(choices=_SIDES, help_text="The side that asks.")
    state = serializers.ChoiceField(choices=AskedState.choices)
    reason = serializers.CharField()
    asked_at = serializers.DateTimeField()
    title = serializers.CharField(source="after.title", default=None, allow_null=True)
    description = serializers.CharField(source="after.description", default=None, allow_null=True)
    target_date = serializers.DateField(source="after.target_date", default=None, allow_null=True)
    no_date_reason = serializers.CharField(
        source="after.no_date_reason", default=None, allow_null=True
    )
    final_status = serializers.ChoiceField(choices=FINAL_CHOICES, allow_null=True)

    def get_kind(self, asked: Any) -> str:
        """`change` or `closure`."""
        return "change" if asked.is_change else "closure"


class CommitmentSerializer(PlainSerializer):
    """A joint commitment with the newest word of both sides."""

    id = serializers.UUIDField()
    authority = serializers.SlugField(source="authority.slug")
    icb = serializers.SlugField(source="board.slug")
    state = serializers.ChoiceField(choices=CommitmentState.choices)
    title = serializers.CharField()
    description = serializers.CharField(allow_blank=True)
    specification = serializers.ChoiceField(choices=SECTIONS, allow_blank=True)
    stage = serializers.ChoiceField(choices=ItemKind.choices, allow_blank=True)
    theme = serializers.ChoiceField(choices=THEMES, allow_blank=True)
    resources = serializers.ChoiceField(choices=Resources.choices)
    visibility = serializers.ChoiceField(choices=Visibility.choices)
    indicator = serializers.CharField(allow_blank=True, help_text="Its name; empty for none.")
    framework_outcome = serializers.CharField(source="outcome", allow_blank=True)
    agreement = serializers.CharField(allow_blank=True)
    authority_owner = serializers.CharField(allow_blank=True)
    icb_owner = serializers.CharField(source="board_owner", allow_blank=True)
    target_date = serializers.DateField(allow_null=True)
    no_date_reason = serializers.CharField(allow_blank=True)
    lead = serializers.ChoiceField(choices=_SIDES, allow_null=True, help_text="Null for both.")
    proposed_side = serializers.ChoiceField(choices=_SIDES)
    proposed_at = serializers.DateTimeField()
    decided_at = serializers.DateTimeField(allow_null=True)
    declined_reason = serializers.CharField(allow_blank=True)
    final_status = serializers.ChoiceField(choices=CommitmentStatus.choices, allow_null=True)
    closed_at = serializers.DateTimeField(allow_null=True)
    unassigned = serializers.BooleanField(help_text="Its pair has ended, and none was chosen.")
    to_confirm_again = serializers.SerializerMethodField()
    authority_update = SideUpdateSerializer(allow_null=True)
    icb_update = SideUpdateSerializer(source="board_update", allow_null=True)
    views_differ = serializers.BooleanField()
    waiting = AskedSerializer(allow_null=True, help_text="What waits for an answer.")

    def get_to_confirm_again(self, facts: Any) -> list[str]:
        """The sides that have not confirmed it again after a change of bodies."""
        origin = facts.origin
        if origin is None or not origin.needs_reconfirmation:
            return []
        return sorted(side.value for side in origin.waits_for)


class CommitmentParameters(DayParameters):
    """Filters of commitments; they are shown as they are today."""

    as_at = None  # type: ignore[assignment]
    authority = serializers.SlugField(required=False, max_length=100)
    icb = serializers.SlugField(required=False, max_length=100)
    state = serializers.ChoiceField(choices=CommitmentState.choices, required=False)


class _Timed(StrictSerializer):
    """A date, or a reason for none."""

    target_date = StrictDay(allow_null=True, default=None)
    no_date_reason = _words(50)

    def validate_target_date(self, value: str | None) -> date | None:
        """Return the day."""
        return None if value is None else date.fromisoformat(value)


class CommitmentInput(_Timed):
    """What one side offers the other to promise together."""

    authority = StrictText(max_length=100, help_text="The authority's name in addresses.")
    icb = StrictText(max_length=100, help_text="The ICB's name in addresses.")
    title = StrictText(max_length=200)
    description = _words(200)
    specification = serializers.ChoiceField(choices=SECTIONS, allow_blank=True, default="")
    stage = serializers.ChoiceField(choices=ItemKind.choices, allow_blank=True, default="")
    theme = serializers.ChoiceField(choices=THEMES, allow_blank=True, default="")
    resources = serializers.ChoiceField(choices=Resources.choices, default=Resources.UNKNOWN.value)
    visibility = serializers.ChoiceField(
        choices=Visibility.choices,
        default=Visibility.RESTRICTED.value,
        help_text="Public: everybody reads title, date and state once both sides stand by it.",
    )
    own_owner = StrictText(max_length=120, help_text="A role on your side, no person's name.")
    other_owner = StrictText(max_length=120, allow_blank=True, default="")
    lead = serializers.ChoiceField(
        choices=_SIDES, allow_null=True, default=None, help_text="Null for both."
    )


class CommitmentConfirmInput(StrictSerializer):
    """Who owns it on the side that agrees."""

    owner = StrictText(max_length=120, help_text="A role, no person's name.")


class CommitmentReasonInput(StrictSerializer):
    """Why a side does not agree."""

    reason = _words(100, required=True)


class CommitmentUpdateInput(StrictSerializer):
    """How it stands in the caller's side's view."""

    status = serializers.ChoiceField(choices=CommitmentStatus.choices)
    narrative = _words(100)
    after = StrictInteger(
        required=False,
        allow_null=True,
        default=None,
        help_text=(
            "Your side's newest update that you have read, 0 for none; with another one by now, "
            "yours is refused. Left out, nobody asks."
        ),
    )


class CommitmentChangeInput(_Timed):
    """What shall be promised from now on, and why it changes."""

    title = StrictText(max_length=200)
    description = _words(200)
    visibility = serializers.ChoiceField(
        choices=Visibility.choices, required=False, help_text="Left out, it stays."
    )
    reason = _words(100, required=True)


class CommitmentClosureInput(StrictSerializer):
    """How it ended."""

    final_status = serializers.ChoiceField(choices=FINAL_CHOICES)
    ending = _words(100, required=True)


class CommitmentSendBackInput(StrictSerializer):
    """What an update should say."""

    comment = _words(100, required=True)
