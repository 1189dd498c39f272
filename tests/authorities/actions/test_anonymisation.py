"""People who left are called by their key, and nothing lets them in or is sent to them."""

from datetime import UTC, datetime, timedelta
from importlib import import_module
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from psycopg import sql

from authorities import tasks
from authorities.actions import anonymisation as action
from authorities.actions import invitations, memberships, message_sending, people
from authorities.models import (
    ApiToken,
    AuditEvent,
    Invitation,
    KeyedRequest,
    Membership,
    Message,
    Role,
    User,
)
from authorities.presenters.people import people_url
from authorities.queries.leavers import leavers
from duty.models import UnsentText
from engagement.models import CommitmentUpdateDraft
from tests.factories.authorities import (
    ApiTokenFactory,
    MembershipFactory,
    NationalMembershipFactory,
    UserFactory,
)
from tests.factories.engagement_commitments import CommitmentFactory

pytestmark = pytest.mark.django_db

NAME, EMAIL = "Wilhelmina Canary", "w.canary@south.example"
NOON = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
TWO_YEARS = timedelta(days=730)


def left(*, ago=TWO_YEARS, at=NOON, **more):
    """A person whose only role ended so long ago."""
    person = UserFactory(**more, joined_at=at - ago - 400 * DAY)
    MembershipFactory(user=person, started_at=at - ago - 400 * DAY, ended_at=at - ago)
    return person


def job(*, at=NOON, **more):
    return action.anonymise_leavers(at=at, kept_for=TWO_YEARS, **more)


def session_of(person):
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store.save()
    return store


def furnished():
    """A person who left, with all that an account can have."""
    person = left(full_name="Wilhelmina Before", email="before@south.example", password="secret")
    person.full_name, person.email = NAME, EMAIL
    person.save()
    session_of(person)
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={})
    SocialAccount.objects.create(user_id=person.pk, provider="https://id.example", uid="1")
    EmailAddress.objects.create(user_id=person.pk, email=EMAIL, primary=True)
    ApiTokenFactory(owner=person)
    KeyedRequest.objects.create(
        user=person,
        credential=f"user:{person.pk}",
        key="a",
        method="PUT",
        path="/",
        body_sha256="0" * 64,
        status=200,
        answered_at=NOON,
    )
    UnsentText.objects.create(user=person, path="/a/", fields=[], kept_at=NOON)
    commitment = CommitmentFactory()
    CommitmentUpdateDraft.objects.create(
        commitment=commitment,
        side="sa",
        by=person,
        narrative="Half done.",
        saved_at=NOON,
        form_key=commitment.pk,
    )
    return person


def test_who_left_is_called_by_their_key_and_nothing_lets_them_in():
    person = furnished()
    other = session_of(UserFactory())

    assert action.anonymise(person=person, by=None, at=NOON)

    person.refresh_from_db()
    assert person.full_name == f"Person {str(person.pk)[:8]} (left)"
    assert person.email == f"person-{person.pk}@left.invalid"
    assert (person.is_active, person.has_usable_password()) == (False, False)
    assert person.has_left
    for model in (Authenticator, SocialAccount, EmailAddress, ApiToken, KeyedRequest):
        assert not model.objects.exists(), model
    assert not UnsentText.objects.exists()
    assert not CommitmentUpdateDraft.objects.exists()
    assert [one.session_key for one in Session.objects.all()] == [other.session_key]


def test_no_earlier_name_is_left_in_the_history():
    person = furnished()

    action.anonymise(person=person, by=None, at=NOON)

    person.refresh_from_db()
    known = set(person.history.values_list("full_name", "email"))
    assert known == {(person.full_name, person.email)}
    assert person.history.count() >= 3


def test_one_audit_row_says_who_and_that_alone():
    person, by = furnished(), UserFactory()
    before = AuditEvent.objects.count()

    action.anonymise(person=person, by=by, at=NOON)

    row = AuditEvent.objects.get(action="person.anonymised")
    assert AuditEvent.objects.count() == before + 1
    assert (row.by, row.target_id, row.at, row.detail) == (by, str(person.pk), NOON, {"drafts": 2})


def test_a_second_time_does_nothing():
    person = furnished()
    action.anonymise(person=person, by=None, at=NOON)
    kept = list(person.history.values())

    assert not action.anonymise(person=person, by=None, at=NOON + DAY)

    assert AuditEvent.objects.filter(action="person.anonymised").count() == 1
    assert list(person.history.values()) == kept


@pytest.mark.parametrize("ends_at", [None, NOON + timedelta(seconds=1)])
def test_who_holds_a_role_now_or_to_come_is_refused(ends_at):
    person = MembershipFactory(ended_at=ends_at).user
    name = person.full_name

    with pytest.raises(action.RoleHeldError, match="End all their roles first"):
        action.anonymise(person=person, by=None, at=NOON)

    person.refresh_from_db()
    assert person.full_name == name


def test_invitations_lose_the_address_and_their_mails_too(mailoutbox):
    administrator = NationalMembershipFactory(role=Role.ADMINISTRATOR).user
    body = MembershipFactory().body
    row = invitations.invite(
        email=EMAIL, body=body, role=Role.EDITOR, role_ends_at=None, by=administrator, at=NOON
    )
    message_sending.send_waiting(at=NOON)
    person = invitations.join(invitation=row, full_name=NAME, password="long secret", at=NOON)
    memberships.end(membership=Membership.objects.get(user=person), by=administrator, at=NOON)
    waits = invitations.invite(
        email=EMAIL, body=body, role=Role.SIGNATORY, role_ends_at=None, by=administrator, at=NOON
    )
    sent = len(mailoutbox)

    action.anonymise(person=person, by=administrator, at=NOON + DAY)
    message_sending.send_waiting(at=NOON + DAY)

    made_up = f"person-{person.pk}@left.invalid"
    assert set(Invitation.objects.values_list("email", flat=True)) == {made_up}
    waits.refresh_from_db()
    assert (waits.withdrawn_at, waits.withdrawn_by) == (NOON + DAY, administrator)
    addresses = Message.objects.filter(recipient=None).values_list("address", flat=True)
    assert set(addresses) == {made_up}
    for model in (Invitation, Message):
        history = model._meta.get_field("history").related_model.objects
        assert EMAIL not in str(list(history.values()))
    assert len(mailoutbox) == sent


def test_the_invitation_of_another_person_who_has_the_address_by_now_stays():
    person = left(email="shared@south.example")
    person.email = EMAIL
    person.save()
    other = UserFactory(email="shared@south.example")
    body = MembershipFactory().body
    row = invitations.invite(
        email=other.email, body=body, role=Role.EDITOR, role_ends_at=None, by=None, at=NOON
    )

    action.anonymise(person=person, by=None, at=NOON)

    row.refresh_from_db()
    assert (row.email, row.withdrawn_at) == ("shared@south.example", None)


# The job.


@pytest.mark.parametrize(("ago", "done"), [(TWO_YEARS, 1), (TWO_YEARS - timedelta(seconds=1), 0)])
def test_two_years_after_the_last_role_it_is_time(ago, done):
    person = left(ago=ago)
    MembershipFactory(user=person, started_at=NOON - 3 * TWO_YEARS, ended_at=NOON - 2 * TWO_YEARS)

    assert job() == done

    person.refresh_from_db()
    assert person.has_left == bool(done)


def test_who_never_held_a_role_left_on_the_day_of_their_account():
    UserFactory(joined_at=NOON - TWO_YEARS)
    UserFactory(joined_at=NOON - TWO_YEARS + timedelta(seconds=1))

    assert job() == 1


@pytest.mark.parametrize("ends_at", [None, NOON + DAY])
def test_a_role_beside_the_ended_one_keeps_the_name(ends_at):
    person = left()
    MembershipFactory(user=person, role=Role.SIGNATORY, ended_at=ends_at)

    assert job() == 0


def test_a_role_of_a_closed_account_keeps_the_name():
    person = left()
    MembershipFactory(user=person, role=Role.SIGNATORY)
    person.is_active = False
    person.save()

    assert job() == 0


def test_an_invitation_that_can_still_be_accepted_keeps_the_name():
    person, body = left(), MembershipFactory().body
    row = invitations.invite(
        email=person.email, body=body, role=Role.EDITOR, role_ends_at=None, by=None, at=NOON - DAY
    )

    before, after = job(), job(at=row.expires_at)

    assert (before, after) == (0, 1)


def test_the_job_goes_on_where_it_was_killed():
    for _ in range(5):
        left()

    done = [job(most=2), job(most=2), job(most=2), job(most=2)]

    assert done == [2, 2, 1, 0]
    assert AuditEvent.objects.filter(action="person.anonymised").count() == 5


def test_one_who_cannot_be_made_anonymous_holds_up_no_other(monkeypatch):
    first = left(ago=TWO_YEARS + DAY)
    second = left()
    one = action.anonymise

    def fails_for_the_first(*, person, **more):
        if person.pk == first.pk:
            raise DatabaseError
        return one(person=person, **more)

    monkeypatch.setattr(action, "anonymise", fails_for_the_first)
    with pytest.raises(action.SomeNotAnonymousError, match="1 people"):
        job()

    second.refresh_from_db()
    assert second.has_left


def test_the_task_goes_by_the_setting(settings):
    person = left(ago=10 * DAY, at=timezone.now())
    settings.LEAVERS_KEPT_DAYS = 11
    first = tasks.anonymise_leavers()
    settings.LEAVERS_KEPT_DAYS = 10

    assert (first, tasks.anonymise_leavers()) == (0, 1)

    person.refresh_from_db()
    assert person.has_left


def test_it_is_asked_who_left_first():
    later, first = left(), left(ago=TWO_YEARS + DAY)

    found = leavers(before=NOON - TWO_YEARS, at=NOON)

    assert [one.key for one in found] == [first.pk, later.pk]


# The command.


def command(*said):
    out = StringIO()
    call_command("anonymise", *said, stdout=out)
    return out.getvalue()


def test_the_command_takes_an_address_or_a_key():
    first, second = left(ago=DAY, at=timezone.now()), left(ago=DAY, at=timezone.now())

    said = command(first.email.upper()) + command(str(second.pk))

    assert f"Anonymous from now on: {first.pk}" in said
    assert User.objects.filter(email__endswith="@left.invalid").count() == 2
    assert "already" in command(str(first.pk))


def test_the_command_refuses_who_holds_a_role():
    person = MembershipFactory().user

    with pytest.raises(CommandError, match=r"holds a role.*Nothing was changed"):
        command(person.email)

    assert "would be refused" in command(person.email, "--dry-run")


def test_the_command_only_says_who_where_that_is_asked():
    person = left(at=timezone.now())

    one, all_ = command(person.email, "--dry-run"), command("--leavers", "--dry-run")

    assert f"Would be made anonymous: {person.pk}" in one
    assert person.email in all_
    assert "1 would be made anonymous" in all_
    person.refresh_from_db()
    assert not person.has_left
    assert "1 made anonymous" in command("--leavers")
    assert "already" in command(str(person.pk), "--dry-run")


@pytest.mark.parametrize("said", [[], ["a@b.example", "--leavers"], ["a@b.example"]])
def test_the_command_needs_to_know_who(said):
    with pytest.raises(CommandError, match=r"Name one person|There is no account"):
        command(*said)


# What the database refuses.


STAYS = "a history stays, but for the name of who left"


def refused(table, change, *values, says=STAYS):
    """Change all rows of a table, or delete them where no change is said; be refused."""
    what = "UPDATE {table} SET {change}" if change else "DELETE FROM {table}"
    statement = sql.SQL(what).format(
        table=sql.Identifier(f"authorities_{table}"), change=sql.SQL(change)
    )
    with (
        pytest.raises(DatabaseError, match=says),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, values)


def test_a_history_takes_no_other_change():
    person = left()

    # Before the person is anonymous themselves, not even that.
    word = f"Person {str(person.pk)[:8]} (left)"
    own = f"person-{person.pk}@left.invalid"
    refused("userevent", "email = %s, full_name = %s", own, word)
    action.anonymise(person=person, by=None, at=NOON)
    other = f"person-{person.history.first().pk}@left.invalid"
    for change, values in [
        ("full_name = 'Somebody'", ()),
        ("email = 'a@b.example'", ()),
        ("email = %s", (other,)),
        ("is_active = NOT is_active", ()),
        ("email = %s, full_name = %s, pgh_label = 'x'", (own, word)),
        ("", ()),
    ]:
        refused("userevent", change, *values)


def test_histories_of_invitations_and_messages_take_no_other_change():
    person, body = left(), MembershipFactory().body
    invitations.invite(
        email=person.email, body=body, role=Role.EDITOR, role_ends_at=None, by=None, at=NOON
    )
    message_sending.send_waiting(at=NOON)

    for is_done in (False, True):
        if is_done:
            action.anonymise(person=person, by=None, at=NOON)
        for table, column in (("invitationevent", "email"), ("messageevent", "address")):
            refused(table, f"{column} = 'a@b.example'")
            refused(table, f"{column} = 'a@left.invalid'")
            refused(table, "pgh_label = 'x'")
            refused(table, "")


def test_an_invitation_takes_no_other_address():
    person, body = left(), MembershipFactory().body
    invitations.invite(
        email=person.email, body=body, role=Role.EDITOR, role_ends_at=None, by=None, at=NOON
    )
    says = "an invitation stays as it was given"

    refused("invitation", "email = 'a@left.invalid'", says=says)
    refused("invitation", "email = 'a@b.example'", says=says)
    action.anonymise(person=person, by=None, at=NOON)
    refused("invitation", "email = 'a@b.example'", says=says)
    refused("invitation", "email = email, role = 'signatory'", says=says)


@pytest.mark.parametrize(
    "change",
    [
        "email = 'somebody@left.invalid'",
        "full_name = 'Wilhelmina'",
        "is_active = TRUE",
        "password = 'pbkdf2_sha256$1$a$b'",
    ],
)
def test_who_left_is_called_so_and_cannot_sign_in(change):
    person = UserFactory(joined_at=NOON - TWO_YEARS)
    action.anonymise(person=person, by=None, at=NOON)

    refused("user", change, says="leaver_is_called_by_their_key")


# Afterwards.


def test_nobody_brings_back_who_left():
    person, by = left(), UserFactory()
    body = MembershipFactory().body
    action.anonymise(person=person, by=None, at=NOON)
    person.refresh_from_db()

    with pytest.raises(memberships.PersonLeftError, match="Invite them"):
        people.open_account(person=person, by=by, at=NOON)
    with pytest.raises(memberships.PersonLeftError):
        memberships.grant(person=person, body=body, role=Role.EDITOR, by=by, at=NOON)
    with pytest.raises(invitations.NoAddressError, match="e-mail address of now"):
        invitations.invite(
            email=person.email, body=body, role=Role.EDITOR, role_ends_at=None, by=by, at=NOON
        )


def test_nothing_is_sent_to_what_stands_for_an_address(client, mailoutbox):
    person = left()
    action.anonymise(person=person, by=None, at=NOON)
    person.refresh_from_db()
    notice = Message._meta.get_field("notice").related_model.objects.create(
        kind="membership.ended",
        key="planted",
        about=person.pk,
        details={"as_written": True},
        due_at=NOON,
        addressed_at=NOON,
        next_attempt_at=NOON,
    )
    row = Message.objects.create(
        notice=notice,
        recipient=person,
        subject="One line",
        text="More",
        due_at=NOON,
        next_attempt_at=NOON,
    )

    message_sending.send_waiting(at=NOON)
    answer = client.post(reverse("account_reset_password"), {"email": person.email})

    row.refresh_from_db()
    assert row.withdrawn_at == NOON
    assert answer.status_code == 302
    assert mail.outbox == mailoutbox == []


def test_pages_of_people_say_that_they_left(client):
    administrator = NationalMembershipFactory(role=Role.ADMINISTRATOR).user
    person = left(at=timezone.now())
    body = Membership.objects.get(user=person).body
    action.anonymise(person=person, by=None, at=timezone.now())
    person.refresh_from_db()
    client.force_login(administrator)

    listed = client.get(reverse("authorities:all-people")).content.decode()
    shown = client.get(reverse("authorities:person", args=[person.pk])).content.decode()
    of_body = client.get(people_url(name="people", kind=body.kind, slug=body.slug))
    of_body = of_body.content.decode()

    for page in (listed, shown, of_body):
        assert person.full_name in page
        assert "left.invalid" not in page
        assert "Taken out with the name" in page
    assert "Open the account" not in shown
    assert "their name and address were taken out" in shown
