"""Definitions and headlines of the mission for tests; every default may be said otherwise."""

import uuid
from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from outcomes.models import (
    DefinitionState,
    MissionDefinition,
    MissionFigure,
    MissionNote,
    MissionRelease,
)

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class MissionDefinitionFactory(DjangoModelFactory):
    """The first definition, in use as the project's file brings it."""

    class Meta:
        model = MissionDefinition

    number = 1
    state = DefinitionState.IN_USE
    words = "This is our reading."
    areas = "regions"
    gap_rule = "range"
    sexes = "each"
    baseline_first_year = 2021
    baseline_last_year = 2023
    baseline_reason = "the latest at the time"
    share = "half"
    source = "An answer in Parliament"
    made_at = NOW
    approved_at = factory.LazyAttribute(
        lambda row: NOW if row.state in (DefinitionState.IN_USE, DefinitionState.REPLACED) else None
    )
    replaced_at = factory.LazyAttribute(
        lambda row: NOW if row.state == DefinitionState.REPLACED else None
    )


class MissionDraftFactory(MissionDefinitionFactory):
    """A draft of version 2."""

    number = 2
    state = DefinitionState.DRAFT
    reason = "A definition was published."
    made_by = factory.SubFactory("tests.factories.authorities.UserFactory")


class MissionNoteFactory(DjangoModelFactory):
    """A note on the definition in use; where there is none, the first is put in use."""

    class Meta:
        model = MissionNote

    definition = factory.LazyFunction(
        lambda: MissionDefinition.objects.in_use().first() or MissionDefinitionFactory()
    )
    text = "The range by chance is as wide as the gap’s change."
    signed_as = "lead analyst, DHSC"
    at = NOW
    by = factory.SubFactory("tests.factories.authorities.UserFactory")
    form_key = factory.LazyFunction(uuid.uuid4)


class MissionReleaseFactory(DjangoModelFactory):
    class Meta:
        model = MissionRelease
        django_get_or_create = ("key",)

    key = "2026-02"
    title = "February 2026"
    method = "modelled"
    source = "A source"
    loaded_at = NOW


class MissionFigureFactory(DjangoModelFactory):
    class Meta:
        model = MissionFigure

    release = factory.SubFactory(MissionReleaseFactory)
    first_year = 2022
    last_year = 2024
    sex = "Male"
    measure = "life"
    area_code = "E12000001"
    area_name = "North East"
    value = 57.0
    rank = ""
    loaded_at = NOW
