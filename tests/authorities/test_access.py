"""The only ways in: strangers are told 404, members without the right 403."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404
from pytest_django import DjangoAssertNumQueries

from authorities.access import (
    Side,
    access_authority,
    access_body,
    access_icb,
    access_pair,
    acting_as,
    may,
    memberships_of,
    require,
    rights_of,
)
from authorities.models import BodyKind, Membership, Role, User
from authorities.permissions import Permission
from tests.factories.authorities import (
    BoardFactory,
    CouncilFactory,
    MembershipFactory,
    PairFactory,
    StrategicAuthorityFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

LOCAL = (Role.EDITOR, Role.SIGNATORY)
CENTRE = (Role.ANALYST, Role.MODERATOR, Role.LEAD_ANALYST, Role.ADMINISTRATOR)


def fresh(membership: Any) -> User:
    """The person as another request would load them: nothing kept."""
    return User.objects.get(pk=membership.user_id)


def answer(ask: Any) -> int:
    """The status that a page would answer with."""
    try:
        ask()
    except PermissionDenied:
        return 403
    except Http404:
        return 404
    return 200


@pytest.mark.parametrize(
    ("role", "permission", "status"),
    [
        (Role.EDITOR, Permission.RETURN_EDIT, 200),
        (Role.EDITOR, Permission.RETURN_SIGN, 403),
        (Role.EDITOR, Permission.PEOPLE_MANAGE, 403),
        (Role.SIGNATORY, Permission.RETURN_EDIT, 200),
        (Role.SIGNATORY, Permission.RETURN_SIGN, 200),
        (Role.SIGNATORY, Permission.OWN_VIEW_CONFIRM, 200),
        (Role.ANALYST, Permission.SUBMITTED_RETURN_READ, 200),
        (Role.ANALYST, Permission.RETURN_EDIT, 403),
        (Role.MODERATOR, Permission.COMMITMENT_READ, 200),
        (Role.MODERATOR, Permission.OWN_VIEW_EDIT, 403),
        (Role.LEAD_ANALYST, Permission.UNPUBLISHED_PLACEMENTS_READ, 200),
        (Role.LEAD_ANALYST, Permission.RETURN_SIGN, 403),
        (Role.ADMINISTRATOR, Permission.PEOPLE_MANAGE, 200),
        (Role.ADMINISTRATOR, Permission.RETURN_EDIT, 403),
        (Role.READER, Permission.RETURN_READ, 404),
        (Role.READER, Permission.UNPUBLISHED_PLACEMENTS_READ, 404),
    ],
)
@pytest.mark.parametrize("kind", ["authority", "board"])
def test_each_role_is_let_in_refused_or_told_nothing(
    kind: str, role: Role, permission: Permission, status: int
) -> None:
    body = StrategicAuthorityFactory() if kind == "authority" else BoardFactory()
    membership = MembershipFactory(role=role, **({"body": body} if role in LOCAL else {}))
    enter: Any = access_authority if kind == "authority" else access_icb

    found = answer(lambda: enter(fresh(membership), body.slug, permission=permission))

    assert found == status


@pytest.mark.parametrize("role", LOCAL)
@pytest.mark.parametrize("permission", [p for p in Permission if p != Permission.REGISTER_READ])
def test_a_member_of_another_body_learns_nothing(role: Role, permission: Permission) -> None:
    elsewhere = fresh(MembershipFactory(role=role))
    authority, board = StrategicAuthorityFactory(), BoardFactory()

    found = {
        answer(lambda: access_authority(elsewhere, authority.slug, permission=permission)),
        answer(lambda: access_icb(elsewhere, board.slug, permission=permission)),
        answer(lambda: access_authority(elsewhere, "does-not-exist", permission=permission)),
    }

    assert found == {404}


@pytest.mark.parametrize("permission", [p for p in Permission if p != Permission.REGISTER_READ])
def test_who_is_not_signed_in_learns_nothing(permission: Permission) -> None:
    pair = PairFactory()
    nobody = AnonymousUser()

    found = {
        answer(lambda: access_authority(nobody, pair.authority.slug, permission=permission)),
        answer(lambda: access_icb(nobody, pair.board.slug, permission=permission)),
        answer(
            lambda: access_pair(nobody, pair.authority.slug, pair.board.slug, permission=permission)
        ),
        answer(lambda: require(nobody, permission)),
    }

    assert found == {404}


def test_the_register_is_open_to_anybody() -> None:
    pair = PairFactory()

    entered = access_pair(
        AnonymousUser(), pair.authority.slug, pair.board.slug, permission=Permission.REGISTER_READ
    )

    assert (entered.pair, entered.side) == (pair, None)


@pytest.mark.parametrize(
    ("side", "slug_of"), [(Side.AUTHORITY, "authority"), (Side.BOARD, "board")]
)
def test_a_person_acts_for_their_own_side_of_a_pair(side: Side, slug_of: str) -> None:
    pair = PairFactory()
    person = fresh(MembershipFactory(role=Role.EDITOR, body=getattr(pair, slug_of)))

    entered = access_pair(
        person, pair.authority.slug, pair.board.slug, permission=Permission.OWN_VIEW_EDIT
    )

    assert entered.side is side


def test_an_analyst_sees_a_pair_and_acts_for_neither_side() -> None:
    pair = PairFactory()
    analyst = fresh(MembershipFactory(role=Role.ANALYST))

    entered = access_pair(
        analyst, pair.authority.slug, pair.board.slug, permission=Permission.COMMITMENT_READ
    )

    assert entered.side is None


def test_two_bodies_that_are_no_pair_are_not_found() -> None:
    authority, board = StrategicAuthorityFactory(), BoardFactory()
    person = fresh(MembershipFactory(role=Role.SIGNATORY, body=authority))

    found = answer(
        lambda: access_pair(person, authority.slug, board.slug, permission=Permission.OWN_VIEW_READ)
    )

    assert found == 404


@pytest.mark.parametrize("role", Role.values)
def test_an_ended_membership_gives_nothing(role: str) -> None:
    membership = MembershipFactory(role=role)
    Membership.objects.filter(pk=membership.pk).update(ended_at=membership.started_at)

    rights = rights_of(fresh(membership))

    assert rights.everywhere == frozenset()
    assert rights.at_bodies == {}


@pytest.mark.parametrize("role", Role.values)
def test_a_person_who_was_closed_out_has_no_rights(role: str) -> None:
    membership = MembershipFactory(role=role)
    User.objects.filter(pk=membership.user_id).update(is_active=False)

    rights = rights_of(fresh(membership))

    assert rights.everywhere == frozenset()
    assert rights.at_bodies == {}


@pytest.mark.parametrize(
    ("role", "status"),
    [
        *((role, 200) for role in (Role.ANALYST, Role.LEAD_ANALYST)),
        *((role, 403) for role in (Role.MODERATOR, Role.ADMINISTRATOR)),
        *((role, 404) for role in (Role.EDITOR, Role.SIGNATORY, Role.READER)),
    ],
)
def test_the_centre_is_refused_what_others_are_not_told_of(role: Role, status: int) -> None:
    person = fresh(MembershipFactory(role=role))

    found = answer(lambda: require(person, Permission.ROUND_CONTROL))

    assert found == status


def test_rights_are_read_once_a_request(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    person = fresh(MembershipFactory())

    with django_assert_num_queries(1):
        for permission in Permission:
            may(person, permission)


def test_memberships_are_listed_with_their_bodies(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    person = UserFactory()
    made = [MembershipFactory(user=person, role=role) for role in CENTRE]

    with django_assert_num_queries(1):
        found = [(row.role, row.body.slug) for row in memberships_of(person)]

    assert [role for role, _ in found] == [row.role for row in made]
    assert memberships_of(AnonymousUser()) == ()


def test_a_body_is_found_by_its_kind_and_slug() -> None:
    council, board = CouncilFactory(slug="north"), BoardFactory(slug="north")
    anybody = AnonymousUser()
    read = Permission.REGISTER_READ

    found = [
        access_body(anybody, kind, "north", permission=read).pk
        for kind in (BodyKind.COUNCIL, BodyKind.INTEGRATED_CARE_BOARD)
    ]

    assert found == [council.pk, board.pk]
    assert answer(lambda: access_body(anybody, BodyKind.CLUSTER, "north", permission=read)) == 404


@pytest.mark.parametrize(
    ("role", "status"), [(Role.EDITOR, 404), (Role.ANALYST, 403), (Role.READER, 404)]
)
def test_a_right_that_is_not_public_is_asked_for_at_the_body_itself(role: str, status: int) -> None:
    council = CouncilFactory()
    person = fresh(MembershipFactory(role=role))

    answered = answer(
        lambda: access_body(
            person, BodyKind.COUNCIL, council.slug, permission=Permission.RETURN_EDIT
        )
    )
    nobody = answer(
        lambda: access_body(
            AnonymousUser(), BodyKind.COUNCIL, council.slug, permission=Permission.RETURN_EDIT
        )
    )

    assert answered == status
    assert nobody == 404


def test_a_right_is_held_by_the_oldest_role_that_gives_it():
    member = MembershipFactory(role=Role.EDITOR)
    MembershipFactory(user=member.user, body=member.body, role=Role.SIGNATORY)
    analyst = MembershipFactory(user=member.user, role=Role.ANALYST)

    reads = acting_as(member.user, Permission.RETURN_READ, member.body)
    signs = acting_as(member.user, Permission.RETURN_SIGN, member.body)
    reviews = acting_as(member.user, Permission.RETURN_REVIEW)

    assert [reads, signs.role, reviews] == [member, Role.SIGNATORY, analyst]


def test_a_reader_acts_as_a_reader_of_what_is_published():
    reader = MembershipFactory(role=Role.READER)

    assert acting_as(reader.user, Permission.PUBLISHED_RETURN_READ) == reader
    with pytest.raises(PermissionDenied):
        acting_as(reader.user, Permission.SUBMITTED_RETURN_READ)


def test_nobody_acts_in_a_role_that_they_do_not_have():
    member = MembershipFactory(role=Role.EDITOR)

    for permission, body in (
        (Permission.RETURN_SIGN, member.body),
        (Permission.RETURN_READ, StrategicAuthorityFactory()),
        (Permission.RETURN_READ, None),
    ):
        with pytest.raises(PermissionDenied):
            acting_as(member.user, permission, body)
