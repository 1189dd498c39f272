"""Indicators, values, releases and uploads for tests; every default may be said otherwise."""

import uuid
from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from outcomes.models import (
    Breakdown,
    BreakKind,
    ComparabilityBreak,
    Domain,
    Indicator,
    IndicatorSet,
    IndicatorSetMember,
    IndicatorVersion,
    Note,
    Observation,
    PeriodLock,
    PeriodRow,
    Polarity,
    RecomputeRequest,
    Release,
    ReleaseIndicator,
    ReleaseKind,
    ReleaseState,
    Scale,
    Subject,
    Upload,
    UploadConfirmation,
    UploadProblem,
)

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HEADINGS = (
    "Indicator ID,Indicator Name,Parent Code,Parent Name,Area Code,Area Name,Area Type,Sex,Age,"
    "Category Type,Category,Time period,Value,Lower CI 95.0 limit,Upper CI 95.0 limit,"
    "Lower CI 99.8 limit,Upper CI 99.8 limit,Count,Denominator,Value note,Recent Trend,"
    "Compared to England value or percentiles,Compared to Region value or percentiles,"
    "Time period Sortable,New data,Compared to goal"
)


def file_row(
    *,
    area_code: str,
    value: str = "60.1",
    sex: str = "Male",
    period: str = "2022 - 24",
    indicator: int | str = 90362,
    name: str = "Healthy life expectancy at birth",
    lower: str = "",
    upper: str = "",
    count: str = "",
    denominator: str = "",
    note: str = "",
    age: str = "All ages",
) -> str:
    """Return one row in the Fingertips layout."""
    return ",".join(
        [
            str(indicator),
            name,
            "",
            "",
            area_code,
            "Some area",
            "Counties & UAs (from Apr 2023)",
            sex,
            age,
            "",
            "",
            period,
            value,
            lower,
            upper,
            "",
            "",
            count,
            denominator,
            note,
            "",
            "Not compared",
            "",
            "",
            "",
            "",
        ]
    )


def file_of(*rows: str) -> bytes:
    """Return a file with headings and these rows."""
    return "\n".join([HEADINGS, *rows, ""]).encode()


class IndicatorFactory(DjangoModelFactory):
    class Meta:
        model = Indicator

    code = factory.Sequence(lambda n: f"indicator-{n}")
    fingertips_id = factory.Sequence(lambda n: 10_000 + n)
    name = factory.Sequence(lambda n: f"Indicator {n}")
    unit = "years"
    scale = Scale.YEARS
    polarity = Polarity.HIGH


class PeriodFactory(DjangoModelFactory):
    class Meta:
        model = PeriodRow
        django_get_or_create = ("start_date", "end_date")

    label = "2022 - 24"
    kind = "calendar years"
    start_date = date(2022, 1, 1)
    end_date = date(2025, 1, 1)


class BreakdownFactory(DjangoModelFactory):
    class Meta:
        model = Breakdown
        django_get_or_create = ("sex", "age", "category_type", "category")

    sex = "Male"
    age = "All ages"
    category_type = ""
    category = ""


class ReleaseFactory(DjangoModelFactory):
    """A national release unless `body` is said."""

    class Meta:
        model = Release

    title = "Release of May 2026"
    created_at = NOW
    body = None
    kind = factory.LazyAttribute(
        lambda release: ReleaseKind.BODY if release.body else ReleaseKind.NATIONAL
    )
    state = factory.LazyAttribute(
        lambda release: (
            ReleaseState.SUBMITTED if release.kind == ReleaseKind.BODY else ReleaseState.PUBLISHED
        )
    )


class ReleaseIndicatorFactory(DjangoModelFactory):
    class Meta:
        model = ReleaseIndicator

    release = factory.SubFactory(ReleaseFactory)
    indicator = factory.SubFactory(IndicatorFactory)
    indicator_version = 1
    rows = 1


class ObservationFactory(DjangoModelFactory):
    """A published value; with `owner`, one that the owner sent in."""

    class Meta:
        model = Observation

    indicator = factory.SubFactory(IndicatorFactory)
    area = factory.SubFactory("tests.factories.authorities.CouncilFactory")
    period = factory.SubFactory(PeriodFactory)
    breakdown = factory.SubFactory(BreakdownFactory)
    owner = None
    release = factory.SubFactory(ReleaseFactory, body=factory.SelfAttribute("..owner"))
    area_code = "E06000001"
    value = 60.1
    note = Note.OK


class UploadFactory(DjangoModelFactory):
    """A file that waits; its bytes are not kept unless a test sends them."""

    class Meta:
        model = Upload

    body = factory.SubFactory("tests.factories.authorities.StrategicAuthorityFactory")
    uploaded_by = factory.SubFactory("tests.factories.authorities.UserFactory")
    uploaded_at = NOW
    file = "uploads/2026/11/none.csv"
    file_name = "indicators.csv"
    size = 100
    sha256 = "0" * 64
    form_key = factory.LazyFunction(uuid.uuid4)


class UploadProblemFactory(DjangoModelFactory):
    class Meta:
        model = UploadProblem

    upload = factory.SubFactory(UploadFactory)
    order = factory.Sequence(lambda n: n)
    row = 2
    line = 2
    column = "M"
    heading = "Value"
    code = "number"
    given = "n/a"
    message = "This is not a number."
    fix = "Enter a number."


class UploadConfirmationFactory(DjangoModelFactory):
    class Meta:
        model = UploadConfirmation

    upload = factory.SubFactory(UploadFactory)
    code = "jump"
    reason = "A new source."
    by = factory.SubFactory("tests.factories.authorities.UserFactory")
    at = NOW


class RecomputeRequestFactory(DjangoModelFactory):
    class Meta:
        model = RecomputeRequest

    subject = Subject.AUTHORITY
    subject_id = factory.LazyFunction(uuid.uuid4)
    reason = "tests"
    requested_at = NOW
    next_attempt_at = NOW


class DomainFactory(DjangoModelFactory):
    class Meta:
        model = Domain

    slug = factory.Sequence(lambda n: f"domain-{n}")
    name = factory.Sequence(lambda n: f"Domain {n}")


class IndicatorVersionFactory(DjangoModelFactory):
    class Meta:
        model = IndicatorVersion

    indicator = factory.SubFactory(IndicatorFactory)
    number = 1
    facts = factory.LazyFunction(dict)
    had_values = False
    made_at = NOW


class ComparabilityBreakFactory(DjangoModelFactory):
    class Meta:
        model = ComparabilityBreak

    indicator = factory.SubFactory(IndicatorFactory)
    starts_on = date(2011, 1, 1)
    kind = BreakKind.METHOD
    text = "The method changed."
    recorded_at = NOW


class IndicatorSetFactory(DjangoModelFactory):
    class Meta:
        model = IndicatorSet

    slug = factory.Sequence(lambda n: f"set-{n}")
    name = factory.Sequence(lambda n: f"Set {n}")


class IndicatorSetMemberFactory(DjangoModelFactory):
    class Meta:
        model = IndicatorSetMember

    indicator_set = factory.SubFactory(IndicatorSetFactory)
    indicator = factory.SubFactory(IndicatorFactory)
    order = factory.Sequence(lambda n: n + 1)


class PeriodLockFactory(DjangoModelFactory):
    """A lock of the three years to 2024, for every indicator and body."""

    class Meta:
        model = PeriodLock

    start_date = date(2022, 1, 1)
    end_date = date(2025, 1, 1)
    reason = "The round is closed."
    locked_at = NOW
    locked_by = factory.SubFactory("tests.factories.authorities.UserFactory")
