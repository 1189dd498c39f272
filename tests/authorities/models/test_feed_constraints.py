"""What must always hold of files of others is held by the database."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from authorities.models import FeedDecision, FeedDifferenceKind, FeedState, RegisterFeed
from tests.factories.authorities import UserFactory
from tests.factories.feeds import (
    UPLOADED,
    FeedDifferenceFactory,
    FeedFindingFactory,
    RegisterFeedFactory,
)

pytestmark = pytest.mark.django_db


def twice_in_review() -> None:
    first = RegisterFeedFactory()
    RegisterFeedFactory(sha256=first.sha256, day=first.day)


def position_twice() -> None:
    first = FeedDifferenceFactory()
    FeedDifferenceFactory(feed=first.feed, position=first.position)


def taken_without_a_decision() -> None:
    change = FeedDifferenceFactory(
        decision=FeedDecision.LEAVE, reason="No.", decided_by=UserFactory(), decided_at=UPLOADED
    )
    reorganisation = change._meta.get_field("reorganisation").related_model.objects.create(
        title="T", effective_date=change.feed.day, source="s", proposed_at=UPLOADED
    )
    type(change).objects.filter(pk=change.pk).update(reorganisation=reorganisation)


def finding_twice() -> None:
    first = FeedFindingFactory()
    FeedFindingFactory(feed=first.feed)


BROKEN: list[tuple[str, Callable[[], object]]] = [
    ("feed_state_is_known", lambda: RegisterFeedFactory(state="gone", settled_at=UPLOADED)),
    ("feed_layout_is_known", lambda: RegisterFeedFactory(layout="other")),
    ("settled_feed_says_who", lambda: RegisterFeedFactory(state=FeedState.REVIEWED)),
    (
        "discarded_feed_says_why",
        lambda: RegisterFeedFactory(
            state=FeedState.DISCARDED, settled_by=UserFactory(), settled_at=UPLOADED
        ),
    ),
    ("feed_in_one_review_a_day", twice_in_review),
    ("difference_position_once", position_twice),
    ("difference_is_of_a_known_kind", lambda: FeedDifferenceFactory(kind="other")),
    ("decided_difference_says_who", lambda: FeedDifferenceFactory(decision=FeedDecision.TAKE)),
    (
        "difference_left_says_why",
        lambda: FeedDifferenceFactory(
            decision=FeedDecision.LEAVE, decided_by=UserFactory(), decided_at=UPLOADED
        ),
    ),
    (
        "unknown_difference_is_not_decided",
        lambda: FeedDifferenceFactory(
            kind=FeedDifferenceKind.UNKNOWN,
            decision=FeedDecision.TAKE,
            decided_by=UserFactory(),
            decided_at=UPLOADED,
        ),
    ),
    ("only_what_is_taken_is_in_a_change", taken_without_a_decision),
    ("finding_once_a_kind", finding_twice),
]


@pytest.mark.parametrize(("rule", "break_it"), BROKEN, ids=[rule for rule, _ in BROKEN])
def test_the_database_keeps_the_rule(rule: str, break_it: Callable[[], object]) -> None:
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        break_it()


def test_a_file_may_be_reviewed_again_after_the_first_review() -> None:
    first = RegisterFeedFactory(
        state=FeedState.REVIEWED, settled_by=UserFactory(), settled_at=UPLOADED
    )

    RegisterFeedFactory(sha256=first.sha256, day=first.day)

    assert RegisterFeed.objects.filter(sha256=first.sha256).count() == 2
