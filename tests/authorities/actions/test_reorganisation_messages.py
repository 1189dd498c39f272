"""Both sides of a change are told of it: when it is set, and when it has happened."""

import pytest
from django.utils import timezone

from authorities.actions import messages
from authorities.models import Message
from authorities.reorganisation.operations import Merge
from tests.factories.authorities import MembershipFactory, UserFactory
from tests.factories.reorganisations import (
    applied,
    approved,
    board,
    boards_merge,
    body,
    drafted,
    previewed,
    scheduled,
    small_country,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def told() -> set[tuple[str, str]]:
    """Who is written to, once each notice is addressed."""
    messages.address_due(at=timezone.now())
    return set(Message.objects.values_list("recipient__email", "notice__kind"))


def test_who_loses_a_role_is_told_when_it_is_set() -> None:
    small_country()
    MembershipFactory(user=UserFactory(email="west@example.org"), body=body(board("west")))
    MembershipFactory(user=UserFactory(email="east@example.org"), body=body(board("east")))

    scheduled(drafted(boards_merge()))

    assert told() == {("west@example.org", "reorganisation.announced")}


def test_nobody_is_told_before_it_is_set() -> None:
    small_country()
    MembershipFactory(body=body(board("west")))

    approved(previewed(drafted(boards_merge())))

    assert told() == set()


def test_whoever_is_joined_is_told_too() -> None:
    small_country()
    MembershipFactory(user=UserFactory(email="west@example.org"), body=body(board("west")))
    MembershipFactory(user=UserFactory(email="mid@example.org"), body=body(board("mid")))

    applied([Merge(sources=(board("west"),), target=board("mid"))])

    # It is applied by now, so nobody is told any more that it will be.
    assert told() == {
        (email, "reorganisation.applied") for email in ("west@example.org", "mid@example.org")
    }


def test_who_has_left_is_not_told() -> None:
    small_country()
    MembershipFactory(user=UserFactory(is_active=False), body=body(board("west")))

    applied(boards_merge())

    assert told() == set()
