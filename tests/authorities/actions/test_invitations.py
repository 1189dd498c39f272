"""People come in by an invitation, which works once, for one person, for a while."""

import re
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from django.core import mail
from django.utils import timezone

from authorities.actions import invitations, memberships, message_sending
from authorities.invitation_links import NoKeyOfLinkError, token_of
from authorities.models import AuditEvent, Invitation, Membership, Message, Notice, Role, User
from tests.factories.authorities import (
    MembershipFactory,
    NationalBodyFactory,
    StrategicAuthorityFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 30, 12, tzinfo=UTC)
NEW = "new.person@north.example"


@pytest.fixture
def lead() -> Membership:
    return MembershipFactory(role=Role.PEOPLE_LEAD)


def invite(lead: Membership, *, email: str = NEW, role: Role = Role.EDITOR, at: datetime = AT):
    return invitations.invite(
        email=email, body=lead.body, role=role, role_ends_at=None, by=lead.user, at=at
    )


def link_in_mail() -> str:
    return re.findall(r"/invitations/([0-9a-f]+)/", mail.outbox[-1].body)[0]


def test_the_mail_has_a_link_that_is_kept_nowhere(lead):
    row = invite(lead, email="New.Person@North.example ")

    message_sending.send_waiting(at=AT)

    token = link_in_mail()
    stored = Invitation.objects.get(email=NEW)
    assert (mail.outbox[0].to, stored.token_hash) == ([NEW], sha256(token.encode()).hexdigest())
    assert invitations.of_token(token=token) == row
    models = [Message, Notice, Invitation, Message.history.rel.related_model]
    kept = [str(values) for model in models for values in model.objects.values()]
    assert token not in " ".join(kept)


def test_a_mail_that_is_tried_again_has_the_same_link(lead):
    row = invite(lead)
    message_sending.send_waiting(at=AT)
    first = link_in_mail()
    Message.objects.update(sent_at=None)

    message_sending.send_waiting(at=AT + timedelta(minutes=1))

    assert (len(mail.outbox), link_in_mail()) == (2, first)
    assert token_of(invitation=row) == first


def test_the_link_outlives_a_new_key_of_the_site_while_the_old_one_is_known(lead, settings):
    row = invite(lead)
    before = token_of(invitation=row)

    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key of the site, as long as it has to be"

    assert token_of(invitation=row) == before
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(NoKeyOfLinkError):
        token_of(invitation=row)


def test_who_has_no_account_makes_one_and_holds_the_role_until_its_end(lead):
    ends = AT + timedelta(days=90)
    row = invitations.invite(
        email=NEW, body=lead.body, role=Role.EDITOR, role_ends_at=ends, by=lead.user, at=AT
    )

    person = invitations.join(invitation=row, full_name="New Person", password="x" * 12, at=AT)

    member = Membership.objects.get(user=person)
    assert (member.role, member.body_id, member.ended_at) == (Role.EDITOR, lead.body_id, ends)
    assert (person.email, person.full_name, person.check_password("x" * 12)) == (
        NEW,
        "New Person",
        True,
    )
    row.refresh_from_db()
    assert (row.accepted_by, row.accepted_at) == (person, AT)
    found = AuditEvent.objects.filter(target_id=str(row.pk)).order_by("pk")
    assert [one.action for one in found] == ["invitation.sent", "invitation.accepted"]
    assert NEW not in str([one.detail for one in AuditEvent.objects.all()])


def test_who_has_an_account_takes_up_the_role_and_keeps_the_others(lead):
    held = MembershipFactory()
    row = invite(lead, email=held.user.email)

    invitations.accept(invitation=row, by=held.user, at=AT)

    bodies = Membership.objects.current().filter(user=held.user).values_list("body_id", flat=True)
    assert set(bodies) == {held.body_id, lead.body_id}


def test_an_account_made_meanwhile_is_never_given_another_password(lead):
    row = invite(lead)
    made = UserFactory(email=NEW, password="the password of before")

    with pytest.raises(invitations.WrongPersonError):
        invitations.join(invitation=row, full_name="Else", password="x" * 12, at=AT)

    made.refresh_from_db()
    assert made.check_password("the password of before")


def test_another_person_cannot_accept(lead):
    row = invite(lead)

    with pytest.raises(invitations.WrongPersonError):
        invitations.accept(invitation=row, by=UserFactory(), at=AT)

    assert Invitation.objects.waiting().get() == row


@pytest.mark.parametrize(
    ("after", "end"),
    [
        (timedelta(0), "accepted"),
        (timedelta(0), "withdrawn"),
        (invitations.VALID_FOR, "expired"),
    ],
)
def test_what_is_over_cannot_be_accepted(lead, after, end):
    person = UserFactory(email=NEW)
    row = invite(lead)
    if end == "accepted":
        memberships.end(
            membership=invitations.accept(invitation=row, by=person, at=AT),
            by=lead.user,
            at=AT,
        )
    if end == "withdrawn":
        invitations.withdraw(invitation=row, by=lead.user, at=AT)

    with pytest.raises(invitations.OverError):
        invitations.accept(invitation=row, by=person, at=AT + after)

    assert not Membership.objects.at(AT + after).filter(user=person).exists()


def test_the_last_moment_of_the_fourteen_days_counts(lead):
    row = invite(lead)
    last = AT + invitations.VALID_FOR - timedelta(seconds=1)

    assert invitations.accept(invitation=row, by=UserFactory(email=NEW), at=last).pk


def test_nobody_gives_a_role_to_themselves(lead):
    with pytest.raises(invitations.OwnRoleError):
        invite(lead, email=lead.user.email.upper())

    assert not Invitation.objects.exists()
    assert not Notice.objects.exists()


def test_a_role_that_is_held_is_refused_with_the_reason(lead):
    held = MembershipFactory(body=lead.body, role=Role.EDITOR)

    with pytest.raises(invitations.HeldRoleError, match="an editor of this body already"):
        invite(lead, email=held.user.email)

    assert invite(lead, email=held.user.email, role=Role.SIGNATORY).role == Role.SIGNATORY


def test_one_invitation_to_a_role_waits(lead):
    invite(lead)

    with pytest.raises(invitations.InvitedAlreadyError):
        invite(lead)


def test_a_role_of_another_kind_of_body_is_refused(lead):
    with pytest.raises(memberships.RoleDoesNotFitError):
        invite(lead, role=Role.ANALYST)
    with pytest.raises(memberships.RoleDoesNotFitError):
        invitations.invite(
            email=NEW,
            body=NationalBodyFactory(),
            role=Role.EDITOR,
            role_ends_at=None,
            by=lead.user,
            at=AT,
        )


def test_nobody_is_invited_to_a_body_that_has_ended():
    body = StrategicAuthorityFactory(closed_on=AT.date())

    with pytest.raises(invitations.ClosedBodyError):
        invitations.invite(
            email=NEW, body=body, role=Role.EDITOR, role_ends_at=None, by=UserFactory(), at=AT
        )


def test_sent_again_it_has_a_new_link_and_another_fourteen_days(lead):
    row = invite(lead)
    old = token_of(invitation=row)
    later = AT + timedelta(days=20)

    again = invitations.send_again(invitation=row, by=lead.user, at=later)
    message_sending.send_waiting(at=later)

    assert again.expires_at == later + invitations.VALID_FOR
    assert invitations.of_token(token=old) is None
    # The mail of before, which never left, goes to nobody.
    assert [one.to for one in mail.outbox] == [[NEW]]
    assert link_in_mail() == token_of(invitation=again)


def test_a_button_that_is_pressed_twice_sends_one_mail(lead):
    row = invite(lead)

    with pytest.raises(invitations.SentJustNowError):
        invitations.send_again(invitation=row, by=lead.user, at=AT + timedelta(minutes=4))


def test_what_was_withdrawn_before_the_mail_left_sends_none(lead):
    row = invite(lead)
    invitations.withdraw(invitation=row, by=lead.user, at=AT)

    message_sending.send_waiting(at=AT)

    assert mail.outbox == []


def test_a_mover_leaves_a_history_at_both_bodies(lead):
    old = MembershipFactory(started_at=AT - timedelta(days=90))
    memberships.end(membership=old, by=lead.user, at=AT)
    row = invite(lead, email=old.user.email)

    invitations.accept(invitation=row, by=old.user, at=AT + timedelta(days=1))

    rows = Membership.objects.filter(user=old.user).order_by("started_at")
    assert [(one.body_id, one.ended_at) for one in rows] == [
        (old.body_id, AT),
        (lead.body_id, None),
    ]
    assert User.objects.filter(email=old.user.email).count() == 1


def test_the_audit_says_who_did_what_and_where(lead):
    row = invite(lead)
    invitations.send_again(invitation=row, by=lead.user, at=AT + timedelta(hours=1))
    invitations.withdraw(invitation=row, by=lead.user, at=AT + timedelta(hours=2))

    found = AuditEvent.objects.filter(target_id=str(row.pk)).order_by("pk")
    assert [(one.action, one.by, one.body_id, one.detail) for one in found] == [
        (action, lead.user, lead.body_id, {"role": "editor"})
        for action in ("invitation.sent", "invitation.sent_again", "invitation.withdrawn")
    ]
    assert timezone.localdate(found[0].at) == AT.date()
