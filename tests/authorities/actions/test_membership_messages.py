"""A body without a signatory is told of it, and so are the centre's administrators."""

from datetime import timedelta

import pytest
from django.utils import timezone

from authorities.actions import memberships, messages
from authorities.models import Membership, Message, Role
from tests.factories.authorities import MembershipFactory, NationalMembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


def leave(member: Membership) -> None:
    memberships.end(membership=member, by=UserFactory(), at=timezone.now())


def told() -> set[str]:
    messages.address_due(at=timezone.now() + timedelta(days=1))
    found = Message.objects.filter(notice__kind="body.no_signatory")
    return set(found.values_list("recipient__email", flat=True))


def test_when_the_last_signatory_leaves_editors_and_administrators_are_told() -> None:
    last = MembershipFactory(role=Role.SIGNATORY)
    editor = MembershipFactory(body=last.body, role=Role.EDITOR).user
    administrator = NationalMembershipFactory(role=Role.ADMINISTRATOR).user
    NationalMembershipFactory(role=Role.ANALYST)
    MembershipFactory(role=Role.EDITOR)

    leave(last)

    assert told() == {editor.email, administrator.email}


def test_while_another_may_sign_nobody_is_told() -> None:
    one = MembershipFactory(role=Role.SIGNATORY)
    MembershipFactory(body=one.body, role=Role.SIGNATORY)
    MembershipFactory(body=one.body, role=Role.EDITOR)

    leave(one)

    assert told() == set()


def test_a_successor_who_came_before_it_was_sent_ends_it() -> None:
    last = MembershipFactory(role=Role.SIGNATORY)
    MembershipFactory(body=last.body, role=Role.EDITOR)
    leave(last)

    MembershipFactory(body=last.body, role=Role.SIGNATORY)

    assert told() == set()
