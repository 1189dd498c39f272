"""What may be asked of placements in the address."""

from typing import Any

from rest_framework import serializers

from authorities.api.parameters import DayParameters
from engagement.models import Basis, Level

_LEVELS = [*Level.choices, ("not_assessed", "Not assessed")]


class PlacementParameters(DayParameters):
    """Filters of placements. They are of a round, so no day is asked for."""

    as_at = None  # type: ignore[assignment]
    status = serializers.ChoiceField(
        choices=["published", "working"],
        default="published",
        help_text="Working placements are shown to the centre only.",
    )
    # A field may have the name of a built-in; here it is the field's word.
    round = serializers.SlugField(required=False, max_length=40)
    authority = serializers.SlugField(required=False, max_length=100)
    icb = serializers.SlugField(required=False, max_length=100)
    group = serializers.RegexField(
        "^[a-z0-9_-]{1,12}$", required=False, help_text="A support group's code, or not_assessed."
    )
    level = serializers.ChoiceField(choices=_LEVELS, required=False, help_text="Of either side.")
    authority_level = serializers.ChoiceField(choices=_LEVELS, required=False)
    icb_level = serializers.ChoiceField(choices=_LEVELS, required=False)
    basis = serializers.ChoiceField(choices=Basis.choices, required=False)


def stored_level(asked: Any) -> str | None:
    """Return a level as it is stored: 'not assessed' is no level."""
    return None if asked == "not_assessed" else str(asked)
