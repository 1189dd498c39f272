"""Rows of outcomes frameworks for tests, from a draft to the agreement of all parties.

Rows alone, in the order that the database's triggers allow: a draft, what stands in it, the
proposal with its hash, a signature of each party, the agreement. Where what the actions write
beside them counts, `frameworks_in_force` takes the same way through these.
"""

import uuid
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from hashlib import sha256

import factory
from factory.django import DjangoModelFactory

from authorities.models import Body
from outcomes.models import (
    Aggregation,
    CountDirection,
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
    VersionState,
)
from tests.factories.authorities import PairFactory, StrategicAuthorityFactory, UserFactory
from tests.factories.outcomes import (
    NOW,
    BreakdownFactory,
    IndicatorFactory,
    PeriodFactory,
    ReleaseFactory,
)

STARTED = NOW - timedelta(days=90)
AGREED = NOW - timedelta(days=60)


class FrameworkFactory(DjangoModelFactory):
    """A framework without partners or versions."""

    class Meta:
        model = Framework

    authority = factory.SubFactory(StrategicAuthorityFactory)
    name = factory.Sequence(lambda n: f"Framework {n}")
    started_at = STARTED
    started_by = factory.SubFactory(UserFactory)
    form_key = factory.LazyFunction(uuid.uuid4)


class FrameworkPartnerFactory(DjangoModelFactory):
    """A partner through a pair of the framework's authority."""

    class Meta:
        model = FrameworkPartner

    framework = factory.SubFactory(FrameworkFactory)
    pair = factory.SubFactory(PairFactory, authority=factory.SelfAttribute("..framework.authority"))


class FrameworkVersionFactory(DjangoModelFactory):
    """A draft; `agree` makes it the one in force."""

    class Meta:
        model = FrameworkVersion

    framework = factory.SubFactory(FrameworkFactory)
    number = factory.LazyAttribute(lambda made: made.framework.versions.count() + 1)
    state = VersionState.DRAFT
    summary = "What we want to reach together."
    change_reason = factory.LazyAttribute(
        lambda made: "" if made.number == 1 else "Figures were revised."
    )
    started_at = STARTED
    started_by = factory.SubFactory(UserFactory)
    edited_at = factory.SelfAttribute("started_at")
    edited_by = factory.SelfAttribute("started_by")


class TheoryItemFactory(DjangoModelFactory):
    """An outcome of a draft, after what stands there."""

    class Meta:
        model = TheoryItem

    framework_version = factory.SubFactory(FrameworkVersionFactory)
    kind = ItemKind.OUTCOME
    title = factory.Sequence(lambda n: f"Outcome {n}")
    order = factory.Sequence(lambda n: 100 + n % 30_000)


class TheoryLinkFactory(DjangoModelFactory):
    """From an output to an outcome of the same draft."""

    class Meta:
        model = TheoryLink

    framework_version = factory.SubFactory(FrameworkVersionFactory)
    cause = factory.SubFactory(
        TheoryItemFactory,
        framework_version=factory.SelfAttribute("..framework_version"),
        kind=ItemKind.OUTPUT,
    )
    effect = factory.SubFactory(
        TheoryItemFactory, framework_version=factory.SelfAttribute("..framework_version")
    )


class FrameworkIndicatorFactory(DjangoModelFactory):
    """Of the authority itself: from 60 years in 2019-21 to 62 in 2028-30, straight.

    `untargeted=True` for one without baseline or target.
    """

    class Meta:
        model = FrameworkIndicator

    class Params:
        untargeted = factory.Trait(
            baseline_period=None,
            baseline_value=None,
            baseline_lower=None,
            baseline_upper=None,
            baseline_release=None,
            no_baseline_reason="Nothing is published yet.",
            target_kind=TargetKind.NONE,
            target_value=None,
            target_label="",
            target_start=None,
            target_end=None,
            no_target_reason="Nothing is published yet.",
        )

    framework_version = factory.SubFactory(FrameworkVersionFactory)
    item = factory.SubFactory(
        TheoryItemFactory, framework_version=factory.SelfAttribute("..framework_version")
    )
    indicator = factory.SubFactory(IndicatorFactory)
    area = factory.LazyAttribute(lambda made: made.framework_version.framework.authority)
    breakdown = factory.SubFactory(BreakdownFactory)
    order = factory.Sequence(lambda n: 100 + n % 30_000)
    authority_owner = "Director of population health"
    board_owner = "Director of strategy"
    baseline_period = factory.SubFactory(
        PeriodFactory, label="2019 - 21", start_date=date(2019, 1, 1), end_date=date(2022, 1, 1)
    )
    baseline_value = 60.0
    baseline_lower = 59.0
    baseline_upper = 61.0
    baseline_release = factory.SubFactory(ReleaseFactory)
    target_kind = TargetKind.REACH
    target_value = 62.0
    target_label = "2028 - 30"
    target_start = date(2028, 1, 1)
    target_end = date(2031, 1, 1)


class MilestoneFactory(DjangoModelFactory):
    """A value between the baseline and the target of `FrameworkIndicatorFactory`."""

    class Meta:
        model = Milestone

    framework_indicator = factory.SubFactory(FrameworkIndicatorFactory)
    label = "2025 - 27"
    start_date = date(2025, 1, 1)
    end_date = date(2028, 1, 1)
    value = 61.0


class CountMeasureFactory(DjangoModelFactory):
    """A count of an output of a draft."""

    class Meta:
        model = CountMeasure

    framework_version = factory.SubFactory(FrameworkVersionFactory)
    item = factory.SubFactory(
        TheoryItemFactory,
        framework_version=factory.SelfAttribute("..framework_version"),
        kind=ItemKind.OUTPUT,
    )
    name = factory.Sequence(lambda n: f"Count {n}")
    unit = "people"
    aggregation = Aggregation.NON_CUMULATIVE
    direction = CountDirection.MORE
    order = factory.Sequence(lambda n: 100 + n % 30_000)


class CountTargetFactory(DjangoModelFactory):
    """What a count shall be in a quarter."""

    class Meta:
        model = CountTarget

    measure = factory.SubFactory(CountMeasureFactory)
    label = "2026/27 Q1"
    start_date = date(2026, 4, 1)
    end_date = date(2026, 7, 1)
    value = 100.0


class CountValueFactory(DjangoModelFactory):
    """What was counted in the quarter of `CountTargetFactory`."""

    class Meta:
        model = CountValue

    framework = factory.SubFactory(FrameworkFactory)
    lineage = factory.LazyFunction(uuid.uuid4)
    label = "2026/27 Q1"
    start_date = date(2026, 4, 1)
    end_date = date(2026, 7, 1)
    value = 18.0
    recorded_at = NOW
    recorded_by = factory.SubFactory(UserFactory)
    recorded_for = factory.SelfAttribute("framework.authority")
    form_key = factory.LazyFunction(uuid.uuid4)


class FrameworkSignatureFactory(DjangoModelFactory):
    """The authority's signature for what is proposed."""

    class Meta:
        model = FrameworkSignature

    framework_version = factory.SubFactory(FrameworkVersionFactory)
    body = factory.SelfAttribute("framework_version.framework.authority")
    content_hash = factory.SelfAttribute("framework_version.content_hash")
    signed_at = NOW
    signed_by = factory.SubFactory(UserFactory)


def propose(version: FrameworkVersion, *, at: datetime = AGREED) -> FrameworkVersion:
    """Put a draft to its parties, under a hash of its number."""
    version.state = VersionState.PROPOSED
    version.content_hash = sha256(f"{version.framework_id} {version.number}".encode()).hexdigest()
    version.proposed_at = at
    version.save()
    return version


def parties_of(framework: Framework) -> tuple[Body, ...]:
    """Return the authority and the boards that own a framework today."""
    partners = framework.partners.filter(ended_on__isnull=True).select_related("pair__board")
    return framework.authority, *(one.pair.board for one in partners.order_by("pk"))


def agree(version: FrameworkVersion, *, at: datetime = AGREED) -> FrameworkVersion:
    """Propose a draft, sign it for all, and let it replace the version in force."""
    propose(version, at=at)
    for body in parties_of(version.framework):
        FrameworkSignatureFactory(framework_version=version, body=body, signed_at=at)
    for before in version.framework.versions.filter(state=VersionState.AGREED):
        before.state = VersionState.SUPERSEDED
        before.save()
    version.state = VersionState.AGREED
    version.agreed_at = at
    version.save()
    return version


def agreed_framework(
    *,
    framework: Framework | None = None,
    indicators: Sequence[dict[str, object]] = ({},),
    partners: int = 1,
    at: datetime = AGREED,
) -> FrameworkVersion:
    """Make a framework with partners and agree its first version.

    Args:
        framework: one that is there, with its partners; a new one where none is given.
        indicators: what each indicator says otherwise than `FrameworkIndicatorFactory`.
        partners: how many boards own a new framework with the authority.
        at: when it was proposed, signed and agreed.

    Returns:
        The version in force.
    """
    if framework is None:
        framework = FrameworkFactory()
        for _ in range(partners):
            FrameworkPartnerFactory(framework=framework)
    version: FrameworkVersion = FrameworkVersionFactory(framework=framework)
    for order, said in enumerate(indicators, start=1):
        FrameworkIndicatorFactory(framework_version=version, **{"order": order, **said})
    return agree(version, at=at)
