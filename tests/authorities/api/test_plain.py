"""Serializers of frozen objects say what those of the framework say."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from rest_framework import serializers

from authorities.api.plain import PlainSerializer


@dataclass(frozen=True)
class Inner:
    text: str
    at: datetime


@dataclass(frozen=True)
class Outer:
    id: UUID
    colour: str
    day: date | None
    number: int
    inner: Inner | None


class InnerSerializer(PlainSerializer):
    text = serializers.CharField()
    at = serializers.DateTimeField()


class OuterSerializer(PlainSerializer):
    id = serializers.UUIDField()
    colour = serializers.ChoiceField(choices=["red", "blue"])
    day = serializers.DateField(allow_null=True)
    number = serializers.IntegerField()
    inner = InnerSerializer(allow_null=True)
    words = serializers.CharField(source="inner.text", default="none")
    secret = serializers.CharField(write_only=True)
    twice = serializers.SerializerMethodField()

    def get_twice(self, one: Any) -> int:
        return int(one.number * 2)


class MisspeltSerializer(PlainSerializer):
    wrong = serializers.CharField(source="number.wrong")


def outer(*, inner: Inner | None) -> Outer:
    return Outer(id=UUID(int=7), colour="red", day=None, number=3, inner=inner)


@pytest.mark.parametrize(
    "one",
    [outer(inner=Inner("Said", datetime(2026, 7, 1, 9, tzinfo=UTC))), outer(inner=None)],
    ids=["whole", "without"],
)
def test_every_field_is_said_as_by_the_framework(one: Outer) -> None:
    said = OuterSerializer(one).data

    assert dict(said) == serializers.Serializer.to_representation(OuterSerializer(), one)
    assert (said["twice"], said["words"]) == (6, "Said" if one.inner else "none")
    assert "secret" not in said


def test_a_field_that_is_not_there_is_a_mistake() -> None:
    with pytest.raises(AttributeError):
        _ = MisspeltSerializer(outer(inner=None)).data
