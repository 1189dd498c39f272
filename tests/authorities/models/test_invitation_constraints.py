"""The database refuses an invitation, a role or a message that cannot be."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from authorities.models import Invitation, Message, Notice, Role
from tests.factories.authorities import (
    InvitationFactory,
    MembershipFactory,
    NationalBodyFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def notice() -> Notice:
    now = timezone.now()
    person = UserFactory()
    return Notice.objects.create(
        kind="test", key=str(person.pk), about=person.pk, due_at=now, next_attempt_at=now
    )


def message(**more: object) -> Message:
    now = timezone.now()
    fields = {"notice": notice(), "subject": "A", "due_at": now, "next_attempt_at": now, **more}
    return Message.objects.create(**fields)


def sent_twice() -> Message:
    first = message(address="one@north.example")
    return message(address=first.address, notice=first.notice)


def accepted_by_inviter() -> Invitation:
    person = UserFactory()
    return InvitationFactory(invited_by=person, accepted_at=timezone.now(), accepted_by=person)


def twice() -> Invitation:
    first = InvitationFactory()
    return InvitationFactory(
        email=first.email, body=first.body, role=first.role, token_hash=64 * "0"
    )


def changed(**fields: object) -> Callable[[], object]:
    def change() -> object:
        made = InvitationFactory()
        return Invitation.objects.filter(pk=made.pk).update(**fields)

    return change


def answered_twice() -> object:
    made = InvitationFactory(withdrawn_at=timezone.now(), withdrawn_by=UserFactory())
    return Invitation.objects.filter(pk=made.pk).update(withdrawn_at=None, withdrawn_by=None)


def confirmed_by_oneself() -> object:
    person = UserFactory()
    return MembershipFactory(user=person, confirmed_at=timezone.now(), confirmed_by=person)


@pytest.mark.parametrize(
    ("rule", "break_it"),
    [
        ("invitation_address_is_lower_case", lambda: InvitationFactory(email="A@north.example")),
        (
            "invitation_role_is_known",
            lambda: InvitationFactory(role="owner", body=NationalBodyFactory()),
        ),
        (
            "invitation_ends_one_way",
            lambda: InvitationFactory(
                accepted_at=timezone.now(),
                accepted_by=UserFactory(),
                withdrawn_at=timezone.now(),
                withdrawn_by=UserFactory(),
            ),
        ),
        ("accepted_invitation_says_by_whom", lambda: InvitationFactory(accepted_at=timezone.now())),
        (
            "withdrawn_invitation_says_by_whom",
            lambda: InvitationFactory(withdrawn_at=timezone.now()),
        ),
        ("nobody_accepts_their_own_invitation", accepted_by_inviter),
        (
            "invitation_accepted_in_time",
            lambda: InvitationFactory(
                accepted_at=timezone.now() + 15 * DAY, accepted_by=UserFactory()
            ),
        ),
        (
            "invitation_expires_after_it_was_sent",
            lambda: InvitationFactory(expires_at=timezone.now() - DAY),
        ),
        (
            "invited_role_ends_after_the_invitation",
            lambda: InvitationFactory(role_ends_at=timezone.now() - DAY),
        ),
        ("one_invitation_waits", twice),
        ("an invitation stays as it was given", changed(email="other@north.example")),
        ("an invitation stays as it was given", changed(role=Role.SIGNATORY)),
        ("an invitation stays as it was given", answered_twice),
        ("does not fit the body", lambda: InvitationFactory(role=Role.ANALYST)),
        ("invitation_never_deleted", lambda: InvitationFactory().delete()),
        ("membership_confirmed_by_another_person", confirmed_by_oneself),
        (
            "membership_confirmed_by_another_person",
            lambda: MembershipFactory(confirmed_at=timezone.now()),
        ),
        (
            "membership_asked_of_again_after_once",
            lambda: MembershipFactory(asked_again_at=timezone.now()),
        ),
        ("message_once_to_an_address", sent_twice),
        ("message_goes_to_one", message),
        (
            "message_goes_to_one",
            lambda: message(recipient=UserFactory(), address="one@north.example"),
        ),
        ("message_goes_to_one", lambda: message(address="one@north.example", daily=True)),
    ],
)
def test_a_rule_that_is_broken_is_refused_by_name(
    rule: str, break_it: Callable[[], object]
) -> None:
    with pytest.raises(DatabaseError) as refusal, transaction.atomic():
        break_it()

    said = {"invitation_never_deleted": "Cannot delete rows from authorities_invitation"}
    assert said.get(rule, rule) in str(refusal.value)
