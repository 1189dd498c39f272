"""Version 1 of what the API takes and says of uploads."""

from typing import Any

from rest_framework import serializers

from authorities.api.strict import StrictSerializer, StrictText
from outcomes.actions.upload_steps import LONGEST_REASON
from outcomes.models import Severity, UploadState
from outcomes.queries.uploads import Standing
from outcomes.soft_checks import SoftCheck

_STEPS = ("confirm", "cancel")


class UploadInput(serializers.Serializer[Any]):
    """The file, as a part of a form."""

    file = serializers.FileField(help_text="CSV or .xlsx, up to 10 MB and 20,000 rows.")


class ReasonInput(StrictSerializer):
    """Why one kind of warning is right."""

    code = StrictText(max_length=40, help_text="The kind, as in warnings.")
    reason = StrictText(max_length=LONGEST_REASON, help_text="Why these values are right.")


class ConfirmInput(StrictSerializer):
    """The word that a file may be stored."""

    fingerprint = StrictText(
        max_length=80, help_text="Of what you saw that it would do, as in the upload."
    )
    reasons = ReasonInput(many=True, required=False)


class NothingInput(StrictSerializer):
    """No fields: an empty object."""


class UploadWarningSerializer(serializers.Serializer[Any]):
    """One kind of warning of a file."""

    code = serializers.ChoiceField(choices=[code.value for code in SoftCheck])
    title = serializers.CharField()
    cells = serializers.IntegerField()
    reason = serializers.CharField(help_text="Empty until somebody gave one.")


class UploadApprovalSerializer(serializers.Serializer[Any]):
    """What became of the values of a stored file."""

    state = serializers.ChoiceField(
        choices=[(one.value, one.value.replace("_", " ")) for one in Standing]
    )
    text = serializers.CharField()
    decided_at = serializers.DateTimeField(allow_null=True)
    decided_by = serializers.CharField(help_text="Empty until somebody has decided.")
    comment = serializers.CharField(help_text="Why the values were returned, or empty.")
    fix = serializers.CharField(help_text="What to do about returned values, or empty.")
    public = serializers.CharField(help_text="The page that everybody reads, once approved.")


class UploadSerializer(serializers.Serializer[Any]):
    """How far an upload is, and what it would do or did."""

    id = serializers.UUIDField()
    authority = serializers.CharField(help_text="The authority's name in addresses.")
    file_name = serializers.CharField()
    sent_at = serializers.DateTimeField()
    sent_by = serializers.CharField()
    state = serializers.ChoiceField(choices=UploadState.values)
    rows_read = serializers.IntegerField()
    rows_expected = serializers.IntegerField(allow_null=True, help_text="About; null if unknown.")
    added = serializers.IntegerField(help_text="New values.")
    updated = serializers.IntegerField(help_text="Values that replace others, which are kept.")
    resent = serializers.IntegerField(
        help_text="Those among updated that were returned and come again as they were."
    )
    unchanged = serializers.IntegerField()
    ignored = serializers.IntegerField(help_text="Rows that are left out.")
    problems = serializers.IntegerField(help_text="Errors and warnings.")
    refusal = serializers.CharField(help_text="Why the whole file was refused, or empty.")
    notices = serializers.ListField(child=serializers.CharField())
    warnings = UploadWarningSerializer(many=True)
    fingerprint = serializers.CharField(help_text="Of what it would do; send it to confirm.")
    changed_since_confirmed = serializers.BooleanField()
    next_steps = serializers.ListField(child=serializers.ChoiceField(choices=_STEPS))
    approval = UploadApprovalSerializer(allow_null=True, help_text="Null until it is stored.")


class CellProblemSerializer(serializers.Serializer[Any]):
    """One fault or warning of a file, with its place as a spreadsheet shows it."""

    row = serializers.IntegerField(allow_null=True)
    column = serializers.CharField(help_text="Its letter, or empty for a whole row.")
    cell = serializers.CharField(help_text="For example F14.")
    heading = serializers.CharField()
    severity = serializers.ChoiceField(choices=Severity.choices)
    code = serializers.CharField(help_text="For programs: the same for the same fault.")
    message = serializers.CharField()
    fix = serializers.CharField()
    given = serializers.CharField(help_text="What the cell holds, at most 50 characters.")


class CellProblemsSerializer(serializers.Serializer[Any]):
    """What is wrong with a file, in file order."""

    errors = CellProblemSerializer(many=True)  # type: ignore[assignment]
    total = serializers.IntegerField(help_text="All of them; at most 5,000 are listed.")
