"""Practice examples for tests; every default may be said otherwise."""

import uuid
from datetime import UTC, datetime
from typing import Any

import factory
from factory.django import DjangoModelFactory

from engagement.models import PracticeExample, PracticeState, PracticeVersion
from tests.factories.authorities import StrategicAuthorityFactory, UserFactory

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class ExampleFactory(DjangoModelFactory):
    """An example of an authority, with no version yet."""

    class Meta:
        model = PracticeExample

    body = factory.SubFactory(StrategicAuthorityFactory)
    started_at = AT
    form_key = factory.LazyFunction(uuid.uuid4)


class VersionFactory(DjangoModelFactory):
    """A draft."""

    class Meta:
        model = PracticeVersion

    example = factory.SubFactory(ExampleFactory)
    number = 1
    title = factory.Sequence(lambda n: f"Warm homes {n}")
    summary = "Homes were made warm."
    what_was_done = "Walls and windows were mended."
    what_came = "People stayed well."
    place = "South Testshire"
    period = "2025"
    by_whom = "The authority"
    source_title = "A report"
    source_url = "https://www.example.org/report"
    edited_at = AT
    edited_by = factory.SubFactory(UserFactory)


def stepped(row: PracticeVersion, *states: str, **said: Any) -> PracticeVersion:
    """Take a version through states, as the database allows."""
    for state in states:
        row.state = state
        for name, value in said.items():
            setattr(row, name, value)
        row.save()
    return row


def proposed(**said: Any) -> PracticeVersion:
    """A version that waits for the centre."""
    made: PracticeVersion = VersionFactory(**said)
    return stepped(made, PracticeState.PROPOSED)


def published(**said: Any) -> PracticeVersion:
    """A version that everybody reads."""
    return stepped(proposed(**said), PracticeState.PUBLISHED, decided_at=AT)
