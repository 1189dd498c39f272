"""A body without a signatory is told of it, and so are the centre's administrators."""

from datetime import timedelta

import pytest
from django.utils import timezone

from authorities.actions import memberships, messages
from authorities.models import Membership, Message, Notice, Role
from tests.factories import reorganisations as change
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


def test_a_body_that_goes_on_after_a_reorganisation_with_editors_alone_is_told() -> None:
    country = change.small_country()
    MembershipFactory(body=country.west, role=Role.EDITOR)
    MembershipFactory(body=country.east, role=Role.EDITOR)
    administrator = NationalMembershipFactory(role=Role.ADMINISTRATOR).user

    change.applied(change.boards_merge())

    [notice] = Notice.objects.filter(kind="body.no_signatory")
    assert notice.body is not None
    assert notice.body.slug == "west-and-mid"
    assert administrator.email in told()


def test_a_body_whose_signatory_went_with_it_is_told_nothing() -> None:
    country = change.small_country()
    MembershipFactory(body=country.west, role=Role.SIGNATORY)

    change.applied(change.boards_merge())

    assert told() == set()
