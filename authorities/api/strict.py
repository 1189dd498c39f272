"""Fields that take what they ask for and nothing that only looks like it."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LARGEST = 2_147_483_647


class StrictSerializer(serializers.Serializer[Any]):
    """Refuses fields that nobody asked for, beside all that is wrong with the others."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "not-an-object": "It must be a JSON object: { ... }.",
    }

    def to_internal_value(self, data: Any) -> Any:
        """Return the fields' values.

        Raises:
            ValidationError: with every fault.
        """
        if not isinstance(data, Mapping):
            message = str(self.error_messages["not-an-object"])
            raise serializers.ValidationError(
                {"detail": [ErrorDetail(message, code="not-an-object")]}
            )
        unknown = {
            str(name)[:50]: [ErrorDetail("There is no such field.", code="unknown-field")]
            for name in data
            if name not in self.fields or self.fields[name].read_only
        }
        try:
            found = super().to_internal_value(data)
        except serializers.ValidationError as error:
            wrong = error.detail if isinstance(error.detail, dict) else {}
            raise serializers.ValidationError({**unknown, **wrong}) from error
        if unknown:
            raise serializers.ValidationError(unknown)
        return found


class StrictText(serializers.CharField):
    """A text; a number is none, and nothing in it is hidden."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "not-text": "It must be a text, in quotation marks.",
        "hidden-character": "It holds a hidden character ({character}). Retype the text.",
    }

    def to_internal_value(self, data: Any) -> str:
        """Return the text without spaces around."""
        if not isinstance(data, str):
            self.fail("not-text")
        hidden = next((c for c in data if _is_hidden(c)), None)
        if hidden is not None:
            self.fail("hidden-character", character=f"U+{ord(hidden):04X}")
        return str(super().to_internal_value(data))


class StrictInteger(serializers.IntegerField):
    """A whole number that the database can hold; a text of digits is none, and neither is true."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "not-a-number": "It must be a whole number, without quotation marks.",
    }

    def __init__(self, **more: Any) -> None:
        more.setdefault("min_value", 0)
        more.setdefault("max_value", LARGEST)
        super().__init__(**more)

    def to_internal_value(self, data: Any) -> int:
        """Return the number."""
        if type(data) is not int:
            self.fail("not-a-number")
        return int(data)


class StrictBoolean(serializers.BooleanField):
    """True or false; a word that says so is neither."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "not-true-or-false": "It must be true or false, without quotation marks.",
    }

    def to_internal_value(self, data: Any) -> bool:
        """Return which."""
        if not isinstance(data, bool):
            self.fail("not-true-or-false")
        return bool(data)


class StrictDay(serializers.CharField):
    """A real day as 2027-03-31, kept as text."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "not-a-day": "It must be a real day from 1900 to 2100, as 2027-03-31.",
    }

    def to_internal_value(self, data: Any) -> str:
        """Return the day."""
        if not isinstance(data, str) or not _DAY.fullmatch(data):
            self.fail("not-a-day")
        try:
            day = date.fromisoformat(data)
        except ValueError:
            self.fail("not-a-day")
        if not 1900 <= day.year <= 2100:
            self.fail("not-a-day")
        return str(data)


def _is_hidden(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cs") and character not in "\n\r\t"
