"""What may be asked of returns and submissions in the address."""

from rest_framework import serializers

from authorities.api.parameters import DayParameters
from duty.api.return_serializers import STATES


class SubmissionParameters(DayParameters):
    """Filters of submissions. They are of a round, so no day is asked for."""

    as_at = None  # type: ignore[assignment]
    # A field may have the name of a built-in; here it is the field's word.
    round = serializers.SlugField(required=False, max_length=40)
    authority = serializers.SlugField(required=False, max_length=100)


class ReturnParameters(SubmissionParameters):
    """Filters of returns."""

    state = serializers.ChoiceField(choices=STATES, required=False)
