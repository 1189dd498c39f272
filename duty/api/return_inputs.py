"""What the API takes for returns: the fields of the pages' forms, and their rules."""

from collections.abc import Callable
from typing import Any

from django import forms
from rest_framework import serializers

from authorities.api.strict import (
    StrictBoolean,
    StrictDay,
    StrictInteger,
    StrictSerializer,
    StrictText,
)
from duty.controls.fields import LinkField, PagesField, WordLimitedTextField
from duty.forms.question import NOTE_WORDS
from duty.models import AnswerState, Section

# Each link is asked each week whether it still answers.
_MOST_LINKS = 20
_MOST_WARNINGS = 500


def by(field: forms.Field) -> Callable[[str], str]:
    """Return the check of a page's field, which is the same rule in the same words."""

    def check(value: str) -> str:
        try:
            return str(field.clean(value) or "")
        except forms.ValidationError as error:
            raise serializers.ValidationError(
                [f"{message}." for message in error.messages], code=error.code or "invalid"
            ) from error

    return check


class PageText(StrictText):
    """A text by the rules of a field of a page."""

    def __init__(self, *, rule: forms.Field, **more: Any) -> None:
        self._check = by(rule)
        super().__init__(allow_blank=not rule.required, required=rule.required, **more)

    def to_internal_value(self, data: Any) -> str:
        """Return the text as the page's field would."""
        return self._check(super().to_internal_value(data))


def _words(most: int, *, required: bool = False) -> WordLimitedTextField:
    return WordLimitedTextField(max_words=most, required=required)


class StartInput(StrictSerializer):
    """Which return to start."""

    round = StrictText(max_length=40, help_text="The round's name in addresses.")
    authority = StrictText(max_length=100, help_text="The authority's name in addresses.")


class NothingInput(StrictSerializer):
    """A step that asks for nothing: an empty object."""


class WarningReasonInput(StrictSerializer):
    """Why one unusual answer is right."""

    key = StrictText(max_length=300, help_text="The warning's key, as the refusal names it.")
    reason = PageText(rule=_words(100, required=True))


class CompleteInput(StrictSerializer):
    """Why questions are left out, where some are, and why what is unusual is right."""

    gaps_reason = PageText(rule=_words(100), default="")
    warning_reasons = serializers.ListField(
        child=WarningReasonInput(), max_length=_MOST_WARNINGS, default=list
    )


class DeclineInput(StrictSerializer):
    """A signatory's refusal: why, and which sections need work."""

    reason = PageText(rule=_words(200, required=True))
    sections = serializers.ListField(
        child=serializers.ChoiceField(choices=Section.choices),
        max_length=len(Section.choices),
        default=list,
    )
    expected_version = StrictInteger(help_text="The return's version that you read.")


class SignInput(StrictSerializer):
    """A signatory's declaration, named by the version that was read."""

    declaration = StrictBoolean(help_text="True: I make this declaration.")
    declaration_version = StrictInteger(help_text="As the return gives it.")
    expected_version = StrictInteger(help_text="The return's version that you read.")


class SubmitInput(StrictSerializer):
    """Which version of the return was read."""

    expected_version = StrictInteger(help_text="The return's version that you read.")


class EvidenceInput(StrictSerializer):
    """A link that shows that an answer is so."""

    url = PageText(rule=LinkField(max_length=500))
    title = PageText(rule=forms.CharField(max_length=200, required=False), default="")
    pages = PageText(rule=PagesField(max_length=100, required=False), default="")


class AnswerInput(StrictSerializer):
    """An answer as a whole: what is left out is blank."""

    state = serializers.ChoiceField(choices=AnswerState.choices, default=AnswerState.VALUE.value)
    value = serializers.JSONField(
        required=False, allow_null=True, help_text="By the question's answer type."
    )
    reason = PageText(rule=_words(200), default="")
    expected_on = StrictDay(required=False, allow_null=True)
    evidence = serializers.ListField(child=EvidenceInput(), max_length=_MOST_LINKS, default=list)
    public_note = PageText(rule=_words(NOTE_WORDS), default="")
    private_note = PageText(rule=_words(NOTE_WORDS), default="")
    expected_version = StrictInteger(
        required=False,
        help_text="The version that you read, 0 for none; or send it as the header If-Match.",
    )


class RemoveInput(StrictSerializer):
    """Which version is removed."""

    expected_version = StrictInteger(
        required=False, help_text="The version that you read; or send it as the header If-Match."
    )


class ReviewInput(StrictSerializer):
    """Which version of the return was read."""

    expected_version = StrictInteger()


class ReasonedReviewInput(ReviewInput):
    """A step of the review with its reason."""

    reason = PageText(rule=_words(200, required=True))


class ChangesInput(ReviewInput):
    """What needs to change; no section named means all of them."""

    reason = PageText(rule=_words(300, required=True))
    sections = serializers.ListField(
        child=serializers.ChoiceField(choices=Section.choices),
        max_length=len(Section.choices),
        default=list,
    )
