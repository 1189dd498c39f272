"""A sliver threshold is proposed, decided on by another, and holds from its day."""

import uuid
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, InternalError, ProgrammingError, transaction
from django.utils import timezone

from authorities.actions import thresholds as actions
from authorities.actions.pairs import rebuild_pairs
from authorities.models import AuditEvent, PairOverlap, Role, SliverThreshold, User
from authorities.queries.thresholds import threshold_of_day
from tests.authorities.actions.test_pairs import place
from tests.factories.authorities import (
    BoardFactory,
    NationalMembershipFactory,
    StrategicAuthorityFactory,
)

pytestmark = pytest.mark.django_db


def person(role: str) -> User:
    found: User = NationalMembershipFactory(role=role).user
    return found


@pytest.fixture
def analyst() -> User:
    return person(Role.ANALYST)


@pytest.fixture
def lead() -> User:
    return person(Role.LEAD_ANALYST)


def today() -> date:
    return timezone.localdate()


def propose(by: User, **said: Any) -> SliverThreshold:
    given = {
        "share": Decimal("0.3"),
        "holds_from": today() + timedelta(days=30),
        "reason": "Policy changed.",
        "form_key": uuid.uuid4(),
    }
    return actions.propose(by=by, at=timezone.now(), **{**given, **said})


def approve(made: SliverThreshold, by: User) -> actions.Approved:
    return actions.approve(number=made.number, by=by, at=timezone.now())


def test_the_first_threshold_came_with_the_site_and_always_held() -> None:
    first = SliverThreshold.objects.get()

    assert (first.number, first.share, first.holds_from) == (1, Decimal("0.02"), None)
    assert threshold_of_day(day=date(2022, 7, 1)) == 0.02


def test_a_threshold_holds_from_its_day_and_leaves_days_before_it(
    analyst: User, lead: User
) -> None:
    authority, main, edge = StrategicAuthorityFactory(), BoardFactory(), BoardFactory()
    place(people=75, authority=authority, board=main)
    place(people=25, authority=authority, board=edge)
    rebuild_pairs(by=None, at=timezone.now())
    made = propose(analyst)
    assert not PairOverlap.objects.filter(sliver=True).exists()

    done = approve(made, lead)

    assert made.holds_from is not None
    rows = list(PairOverlap.objects.filter(pair__board=edge).order_by("valid"))
    assert [row.sliver for row in rows] == [False, True]
    assert rows[0].valid.upper == rows[1].valid.lower == made.holds_from
    assert done.pairs.changed >= 1
    assert threshold_of_day(day=made.holds_from - timedelta(days=1)) == 0.02
    assert threshold_of_day(day=made.holds_from) == 0.3
    said = AuditEvent.objects.filter(action__startswith="sliver_threshold").order_by("pk")
    assert [one.action for one in said] == [
        "sliver_threshold.proposed",
        "sliver_threshold.approved",
    ]


def test_the_same_form_sent_twice_makes_one(analyst: User) -> None:
    key = uuid.uuid4()

    assert propose(analyst, form_key=key) == propose(analyst, form_key=key)


@pytest.mark.parametrize(
    ("said", "field"),
    [({"reason": " "}, "reason"), ({"holds_from": date(2026, 1, 1)}, "holds_from")],
)
def test_a_proposal_needs_a_reason_and_a_day_that_is_not_past(
    analyst: User, said: dict[str, Any], field: str
) -> None:
    with pytest.raises(actions.ThresholdRefusedError) as refused:
        propose(analyst, **said)

    assert refused.value.field == field


def test_one_threshold_waits_at_a_time_and_one_holds_from_a_day(analyst: User, lead: User) -> None:
    made = propose(analyst)
    with pytest.raises(actions.ThresholdRefusedError, match="waits for approval already"):
        propose(analyst)
    approve(made, lead)

    with pytest.raises(actions.ThresholdRefusedError, match="Another threshold holds from"):
        propose(analyst)


def test_who_proposed_it_does_not_approve_it(lead: User) -> None:
    with pytest.raises(actions.OwnThresholdError):
        approve(propose(lead), lead)


def test_what_was_decided_on_is_decided(analyst: User, lead: User) -> None:
    made = propose(analyst)
    with pytest.raises(actions.ThresholdRefusedError, match="why it is declined"):
        actions.decline(number=made.number, reason="", by=lead, at=timezone.now())

    declined = actions.decline(number=made.number, reason="Too high.", by=lead, at=timezone.now())

    assert (declined.state, declined.declined_reason) == ("declined", "Too high.")
    with pytest.raises(actions.ThresholdDecidedError):
        approve(made, lead)
    assert propose(analyst).number == made.number + 1


def broken(words: str) -> Any:
    return pytest.raises((IntegrityError, InternalError, ProgrammingError), match=words)


def test_the_database_keeps_what_was_decided(analyst: User, lead: User) -> None:
    made = propose(analyst)
    rows = SliverThreshold.objects.filter(pk=made.pk)
    decided = {"decided_by": lead, "decided_at": timezone.now()}

    with broken("a threshold is decided once"), transaction.atomic():
        rows.update(share=Decimal("0.4"))
    with broken("a threshold holds from a day that is not past"), transaction.atomic():
        rows.update(
            state="approved", decided_by=lead, decided_at=timezone.now() + timedelta(days=60)
        )
    with broken("threshold_approved_by_a_second_person"), transaction.atomic():
        rows.update(state="approved", **{**decided, "decided_by": analyst})
    with broken("decided_threshold_says_by_whom"), transaction.atomic():
        rows.update(state="approved", decided_at=timezone.now())
    with broken("declined_threshold_has_a_reason"), transaction.atomic():
        rows.update(state="declined", **decided)
    approve(made, lead)
    with broken("a threshold is decided once"), transaction.atomic():
        rows.update(reason="Another")
    with broken("threshold_never_deleted|Cannot delete rows"), transaction.atomic():
        rows._raw_delete("default")


def test_the_database_refuses_thresholds_that_say_too_little(analyst: User, lead: User) -> None:
    said = {
        "number": 9,
        "share": Decimal("0.3"),
        "holds_from": today() + timedelta(days=9),
        "reason": "So.",
        "proposed_at": timezone.now(),
        "proposed_by": analyst,
    }
    decided = {"state": "approved", "decided_by": lead, "decided_at": timezone.now()}
    for change, name in (
        ({**decided, "state": "odd"}, "threshold_state_is_known"),
        ({"share": Decimal("1.5")}, "threshold_is_a_share"),
        ({"holds_from": None}, "later_threshold_has_a_day_and_a_reason"),
        ({"reason": ""}, "later_threshold_has_a_day_and_a_reason"),
    ):
        with broken(name), transaction.atomic():
            SliverThreshold.objects.create(**{**said, **change})
    SliverThreshold.objects.create(**said)
    with broken("one_threshold_proposed"), transaction.atomic():
        SliverThreshold.objects.create(**{**said, "number": 10})
    SliverThreshold.objects.create(**{**said, **decided, "number": 11})
    with broken("one_threshold_a_day"), transaction.atomic():
        SliverThreshold.objects.create(**{**said, **decided, "number": 12})
