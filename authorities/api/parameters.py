"""What may be asked for in the address, and how a wrong question is answered."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from django.utils.text import slugify
from rest_framework import serializers

from authorities.models import (
    AuthorityTier,
    AuthorityType,
    BodyKind,
    CodeScheme,
    Coterminosity,
)

# What every list takes beside its filters.
PAGING = frozenset({"page", "page_size", "format"})
_Facts = TypeVar("_Facts")


class TrueOrFalse(serializers.BooleanField):
    """One of two words; a number or a letter that might mean one is neither."""

    TRUE_VALUES = {"true", "True", "TRUE"}
    FALSE_VALUES = {"false", "False", "FALSE"}
    NULL_VALUES: set[str | None] = set()


class DayParameters(serializers.Serializer[Any]):
    """The day that is asked about."""

    as_at = serializers.DateField(
        required=False,
        help_text="The day to look at, as 2026-04-01; today without it.",
        error_messages={
            "invalid": "Enter a date as year, month and day, for example 2026-04-01.",
        },
    )

    def to_internal_value(self, data: Mapping[str, str]) -> Any:
        """Refuse questions that nobody would answer, rather than answer another one."""
        for name, value in data.items():
            if "\x00" in name or "\x00" in value:
                raise serializers.ValidationError(
                    {"detail": ["The address holds a NUL character. Remove it."]}
                )
        unknown = sorted(data.keys() - self.fields.keys() - PAGING)
        if unknown:
            known = ", ".join(sorted(self.fields.keys() | PAGING))
            raise serializers.ValidationError(
                {name: [f"This is not a filter. Use one of: {known}."] for name in unknown}
            )
        return super().to_internal_value(dict(data))


class RegisterParameters(DayParameters):
    """The day of rows that hold for a time; without one, all rows."""

    as_at = serializers.DateField(
        required=False,
        help_text="Only what holds on this day, as 2026-04-01; everything on record without it.",
        error_messages={
            "invalid": "Enter a date as year, month and day, for example 2026-04-01.",
        },
    )


class BodyParameters(RegisterParameters):
    """Filters of bodies, and of the names of bodies."""

    kind = serializers.ChoiceField(
        choices=BodyKind.choices, required=False, help_text="What the body is."
    )
    slug = serializers.SlugField(
        required=False, max_length=100, help_text="The body's name in addresses; once in each kind."
    )


class CodeParameters(BodyParameters):
    """Filters of codes."""

    scheme = serializers.ChoiceField(
        choices=CodeScheme.choices, required=False, help_text="Who gave the code."
    )
    code = serializers.CharField(required=False, max_length=12)


class OverlapParameters(RegisterParameters):
    """Filters of overlaps."""

    authority = serializers.SlugField(required=False, max_length=100)
    icb = serializers.SlugField(required=False, max_length=100)
    sliver = TrueOrFalse(required=False, help_text="Listed, not assessed.")
    planned = TrueOrFalse(required=False, help_text="The authority is planned.")


class ChangeParameters(RegisterParameters):
    """Filters of changes; with a day, those that had happened by then."""

    predecessor = serializers.SlugField(required=False, max_length=100)
    successor = serializers.SlugField(required=False, max_length=100)


class AuthorityParameters(DayParameters):
    """Filters of strategic authorities."""

    tier = serializers.ChoiceField(choices=AuthorityTier.choices, required=False)
    type = serializers.ChoiceField(choices=AuthorityType.choices, required=False)
    planned = TrueOrFalse(required=False, help_text="Planned or proposed.")
    coterminosity = serializers.ChoiceField(choices=Coterminosity.choices, required=False)


class BoardParameters(DayParameters):
    """Filters of integrated care boards."""

    region = serializers.CharField(
        required=False, max_length=120, help_text="NHS region, for example north-west."
    )
    cluster = serializers.SlugField(required=False, max_length=100)
    coterminosity = serializers.ChoiceField(choices=Coterminosity.choices, required=False)


class PairParameters(DayParameters):
    """Filters of pairs."""

    authority = serializers.SlugField(required=False, max_length=100)
    icb = serializers.SlugField(required=False, max_length=100)
    tier = serializers.ChoiceField(choices=AuthorityTier.choices, required=False)
    type = serializers.ChoiceField(choices=AuthorityType.choices, required=False)
    region = serializers.CharField(
        required=False, max_length=120, help_text="NHS region of the board, as north-west."
    )
    cluster = serializers.SlugField(required=False, max_length=100)
    coterminosity = serializers.ChoiceField(choices=Coterminosity.choices, required=False)
    sliver = TrueOrFalse(required=False, help_text="Listed, not assessed.")
    planned = TrueOrFalse(required=False, help_text="The authority is planned.")


def keep(
    *,
    facts: Sequence[_Facts],
    wanted: Mapping[str, Any],
    value_of: Mapping[str, Callable[[_Facts], object]],
) -> list[_Facts]:
    """Keep the facts whose values are those asked for."""
    asked = [(read, wanted[name]) for name, read in value_of.items() if name in wanted]
    return [fact for fact in facts if all(read(fact) == value for read, value in asked)]


def region_slug(name: str | None) -> str | None:
    """An NHS region as it is asked for."""
    return slugify(name) if name else None
