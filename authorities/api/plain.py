"""Serializers of frozen objects, for lists of many."""

from collections.abc import Callable
from functools import cached_property
from operator import attrgetter
from typing import Any

from rest_framework import serializers
from rest_framework.fields import empty


class PlainSerializer(serializers.Serializer[Any]):
    """Says what its fields say, of objects whose values are attributes.

    The framework looks at every row for mappings, relations and calls, which took most of the time
    of a list. What a field makes of its value is left to the field.
    """

    def to_representation(self, instance: Any) -> dict[str, Any]:
        """Return the object as its fields say it."""
        return {name: read(instance) for name, read in self._readers}

    @cached_property
    def _readers(self) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
        return tuple((str(field.field_name), _reader(field)) for field in self._readable_fields)


def _reader(field: Any) -> Callable[[Any], Any]:
    """Return what reads one field; what is not there is its default, as in the framework."""
    get = attrgetter(".".join(field.source_attrs)) if field.source_attrs else None
    say = field.to_representation

    def read(instance: Any) -> Any:
        try:
            value = get(instance) if get else instance
        except AttributeError:
            if field.default is empty:
                raise
            value = field.get_default()
        return None if value is None else say(value)

    return read
