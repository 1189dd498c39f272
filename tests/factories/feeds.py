"""Files of others and their differences for tests; every default may be said otherwise."""

from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from authorities.models import (
    BodyKind,
    FeedAspect,
    FeedDifference,
    FeedDifferenceKind,
    FeedFinding,
    FeedLayout,
    FeedScheme,
    RegisterFeed,
)
from tests.factories.authorities import BoardFactory, UserFactory

UPLOADED = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


class RegisterFeedFactory(DjangoModelFactory):
    """A file of boards whose review goes on; its bytes are nowhere."""

    class Meta:
        model = RegisterFeed

    layout = FeedLayout.ONS_NAMES
    scheme = FeedScheme.ONS
    covers = factory.LazyFunction(lambda: [BodyKind.INTEGRATED_CARE_BOARD])
    kinds = factory.LazyFunction(lambda: [BodyKind.INTEGRATED_CARE_BOARD])
    day = date(2026, 4, 1)
    file = "register-feeds/some.csv"
    file_name = "icb.csv"
    size = 100
    sha256 = factory.Sequence(lambda n: f"{n:064}")
    row_count = 36
    same_count = 35
    over_count = 0
    uploaded_by = factory.SubFactory(UserFactory)
    uploaded_at = UPLOADED


class FeedDifferenceFactory(DjangoModelFactory):
    """A board that the file calls otherwise, to be decided."""

    class Meta:
        model = FeedDifference

    feed = factory.SubFactory(RegisterFeedFactory)
    position = factory.Sequence(lambda n: n + 1)
    kind = FeedDifferenceKind.CHANGED
    aspect = FeedAspect.NAME
    body_kind = BodyKind.INTEGRATED_CARE_BOARD
    scheme = FeedScheme.ONS
    code = "E54000099"
    name = "NHS Other Integrated Care Board"
    detail = "Here: Some."
    row = 2
    body = factory.SubFactory(BoardFactory)


class FeedFindingFactory(DjangoModelFactory):
    """Nothing found."""

    class Meta:
        model = FeedFinding

    feed = factory.SubFactory(RegisterFeedFactory)
    scheme = FeedScheme.ONS
    kind = BodyKind.INTEGRATED_CARE_BOARD
    computed_at = UPLOADED
