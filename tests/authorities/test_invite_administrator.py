"""The command that brings the first person of a new site."""

from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from authorities.actions import message_sending
from authorities.models import Invitation, Role
from tests.factories.authorities import NationalBodyFactory, NationalMembershipFactory

pytestmark = pytest.mark.django_db

EMAIL = "first@dhsc.example"


@pytest.fixture(autouse=True)
def department():
    return NationalBodyFactory()


def invite(*args: str) -> str:
    out = StringIO()
    call_command("invite_administrator", *args, stdout=out)
    return out.getvalue()


def test_the_first_person_gets_a_link_and_no_password_is_shown(department):
    said = invite("First@DHSC.example")

    message_sending.send_waiting(at=timezone.now())
    row = Invitation.objects.get()
    assert (row.email, row.role, row.body_id, row.invited_by) == (
        EMAIL,
        Role.ADMINISTRATOR,
        department.pk,
        None,
    )
    assert "Invited: first@dhsc.example" in said
    assert "/invitations/" not in said
    assert mail.outbox[0].to == [EMAIL]


def test_where_there_is_an_administrator_it_refuses():
    NationalMembershipFactory(role=Role.ADMINISTRATOR)

    with pytest.raises(CommandError, match="has an administrator"):
        invite(EMAIL)

    assert not Invitation.objects.exists()
    assert "Invited" in invite(EMAIL, "--another")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("nobody",), "is no e-mail address"),
        ((EMAIL, "--body", "no-such"), "There is no national body"),
    ],
)
def test_what_is_wrong_is_said(args, said):
    with pytest.raises(CommandError, match=said):
        invite(*args)

    assert not Invitation.objects.exists()


def test_a_moment_later_it_sends_nothing_more():
    invite(EMAIL)

    with pytest.raises(CommandError, match="Wait 5 minutes"):
        invite(EMAIL)
