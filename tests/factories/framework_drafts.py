"""Outcomes frameworks for tests: rows, each default may be said otherwise."""

import uuid
from datetime import date

import factory
from factory.django import DjangoModelFactory

from outcomes.models import (
    Aggregation,
    CountMeasure,
    CountTarget,
    CountValue,
    Framework,
    FrameworkIndicator,
    FrameworkPartner,
    FrameworkSignature,
    FrameworkVersion,
    ItemKind,
    Milestone,
    TargetKind,
    TheoryItem,
    TheoryLink,
)
from tests.factories.authorities import PairFactory, StrategicAuthorityFactory, UserFactory
from tests.factories.outcomes import (
    NOW,
    BreakdownFactory,
    IndicatorFactory,
    PeriodFactory,
    ReleaseFactory,
)


class FrameworkFactory(DjangoModelFactory):
    """A framework without partners; a version brings one."""

    class Meta:
        model = Framework

    authority = factory.SubFactory(StrategicAuthorityFactory)
    name = factory.Sequence(lambda n: f"Framework {n}")
    started_at = NOW
    started_by = factory.SubFactory(UserFactory)
    form_key = factory.LazyFunction(uuid.uuid4)


class FrameworkPartnerFactory(DjangoModelFactory):
    class Meta:
        model = FrameworkPartner

    framework = factory.SubFactory(FrameworkFactory)
    pair = factory.SubFactory(PairFactory, authority=factory.SelfAttribute("..framework.authority"))


class FrameworkVersionFactory(DjangoModelFactory):
    """A draft, the first of a framework of its own."""

    class Meta:
        model = FrameworkVersion

    framework = factory.SubFactory(FrameworkFactory)
    number = 1
    started_at = NOW
    started_by = factory.SubFactory(UserFactory)
    edited_at = NOW
    edited_by = factory.SelfAttribute("started_by")


class FrameworkSignatureFactory(DjangoModelFactory):
    class Meta:
        model = FrameworkSignature

    framework_version = factory.SubFactory(FrameworkVersionFactory)
    body = factory.SelfAttribute("framework_version.framework.authority")
    content_hash = factory.SelfAttribute("framework_version.content_hash")
    signed_at = NOW
    signed_by = factory.SubFactory(UserFactory)


class TheoryItemFactory(DjangoModelFactory):
    class Meta:
        model = TheoryItem

    framework_version = factory.SubFactory(FrameworkVersionFactory)
    kind = ItemKind.OUTCOME
    title = factory.Sequence(lambda n: f"Item {n}")
    order = factory.Sequence(lambda n: n + 100)


class TheoryLinkFactory(DjangoModelFactory):
    class Meta:
        model = TheoryLink

    framework_version = factory.SubFactory(FrameworkVersionFactory)
    cause = factory.SubFactory(
        TheoryItemFactory,
        framework_version=factory.SelfAttribute("..framework_version"),
        kind=ItemKind.INPUT,
    )
    effect = factory.SubFactory(
        TheoryItemFactory, framework_version=factory.SelfAttribute("..framework_version")
    )


class FrameworkIndicatorFactory(DjangoModelFactory):
    """An indicator without baseline and target."""

    class Meta:
        model = FrameworkIndicator

    framework_version = factory.SubFactory(FrameworkVersionFactory)
    item = factory.SubFactory(
        TheoryItemFactory, framework_version=factory.SelfAttribute("..framework_version")
    )
    indicator = factory.SubFactory(IndicatorFactory)
    area = factory.SelfAttribute("framework_version.framework.authority")
    breakdown = factory.SubFactory(BreakdownFactory)
    order = factory.Sequence(lambda n: n + 100)


class AimedIndicatorFactory(FrameworkIndicatorFactory):
    """An indicator with baseline and target."""

    baseline_period = factory.SubFactory(PeriodFactory)
    baseline_value = 60.0
    baseline_release = factory.SubFactory(ReleaseFactory)
    target_kind = TargetKind.REACH
    target_value = 62.0
    target_label = "2028 - 30"
    target_start = date(2028, 1, 1)
    target_end = date(2031, 1, 1)


class MilestoneFactory(DjangoModelFactory):
    class Meta:
        model = Milestone

    framework_indicator = factory.SubFactory(AimedIndicatorFactory)
    label = "2025 - 27"
    start_date = date(2025, 1, 1)
    end_date = date(2028, 1, 1)
    value = 61.0


class CountMeasureFactory(DjangoModelFactory):
    class Meta:
        model = CountMeasure

    framework_version = factory.SubFactory(FrameworkVersionFactory)
    item = factory.SubFactory(
        TheoryItemFactory,
        framework_version=factory.SelfAttribute("..framework_version"),
        kind=ItemKind.OUTPUT,
    )
    name = factory.Sequence(lambda n: f"Count {n}")
    unit = "homes"
    aggregation = Aggregation.CUMULATIVE_SUM
    order = factory.Sequence(lambda n: n + 100)


class CountTargetFactory(DjangoModelFactory):
    class Meta:
        model = CountTarget

    measure = factory.SubFactory(CountMeasureFactory)
    label = "2026/27"
    start_date = date(2026, 4, 1)
    end_date = date(2027, 4, 1)
    value = 20.0


class CountValueFactory(DjangoModelFactory):
    class Meta:
        model = CountValue

    framework = factory.SubFactory(FrameworkFactory)
    lineage = factory.LazyFunction(uuid.uuid4)
    label = "2026/27"
    start_date = date(2026, 4, 1)
    end_date = date(2027, 4, 1)
    value = 18.0
    recorded_at = NOW
    recorded_by = factory.SubFactory(UserFactory)
    recorded_for = factory.SelfAttribute("framework.authority")
    form_key = factory.LazyFunction(uuid.uuid4)
