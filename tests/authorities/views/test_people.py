"""The people page of a body, and what its people lead does there."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from authorities.models import BodyKind, Invitation, Membership, Role
from authorities.views.people import end_of
from tests.factories.authorities import (
    BoardFactory,
    InvitationFactory,
    MembershipFactory,
    NationalMembershipFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(client) -> Membership:
    made = MembershipFactory(role=Role.PEOPLE_LEAD)
    client.force_login(made.user)
    return made


def url(name: str, body, *, key=None) -> str:
    rest = [] if key is None else [key]
    return reverse(f"authorities:{name}", args=[BodyKind(body.kind), body.slug, *rest])


def text(answer) -> str:
    return answer.content.decode()


def test_the_list_shows_who_is_here_who_is_invited_and_who_has_left(client, lead):
    came = timezone.now() - timedelta(days=3)
    MembershipFactory(body=lead.body, user=UserFactory(full_name="Ada Here", last_login=came))
    MembershipFactory(
        body=lead.body, user=UserFactory(full_name="Bo Gone"), ended_at=timezone.now()
    )
    InvitationFactory(body=lead.body, email="cy@north.example")
    late = timezone.now() - timedelta(days=20)
    InvitationFactory(body=lead.body, email="di@north.example", invited_at=late)
    MembershipFactory(user=UserFactory(full_name="Else Where"))

    page = text(client.get(url("people", lead.body)))

    held, rest = page.split('id="invited"')
    invited, ended = rest.split('id="ended"')
    assert "Ada Here" in held
    assert f"{came.day} {came:%B %Y}" in held
    assert "cy@north.example" in invited
    assert invited.count("Expired") == 1
    assert "Bo Gone" in ended
    assert "Else Where" not in page


def test_editors_read_the_list_without_anything_to_do(client, lead):
    client.force_login(MembershipFactory(body=lead.body).user)
    InvitationFactory(body=lead.body)

    answer = client.get(url("people", lead.body))

    assert "Invite somebody" not in text(answer)
    assert "Withdraw" not in text(answer)
    assert client.get(url("people-invite", lead.body)).status_code == 403


def test_a_lead_of_one_body_is_a_stranger_at_another(client, lead):
    other = MembershipFactory().body

    for name in ("people", "people-invite", "people-confirm"):
        assert client.get(url(name, other)).status_code == 404
        assert client.post(url(name, other)).status_code == 404


def test_what_is_of_another_body_is_not_found_under_the_own(client, lead):
    role, invitation = MembershipFactory(), InvitationFactory()

    answers = [
        client.get(url("people-role", lead.body, key=role.pk)),
        client.post(url("people-role", lead.body, key=role.pk), {"what": "now"}),
        client.post(url("people-withdraw", lead.body, key=invitation.pk)),
        client.post(url("people-send-again", lead.body, key=invitation.pk)),
    ]

    assert [one.status_code for one in answers] == [404] * 4
    assert Invitation.objects.waiting().get() == invitation


def test_a_lead_offers_local_roles_and_an_administrator_national_ones(client, lead):
    administrator = NationalMembershipFactory(role=Role.ADMINISTRATOR)

    local = text(client.get(url("people-invite", lead.body)))
    client.force_login(administrator.user)
    national = text(client.get(url("people-invite", administrator.body)))

    assert ('value="people_lead"' in local, 'value="analyst"' in local) == (True, False)
    assert ('value="auditor"' in national, 'value="editor"' in national) == (True, False)


def test_a_lead_invites_until_a_day(client, lead):
    day = timezone.localdate() + timedelta(days=90)

    client.post(
        url("people-invite", lead.body),
        {"email": "New@North.example", "role": "editor", "last_day": day.isoformat()},
    )

    made = Invitation.objects.get()
    assert (made.email, made.invited_by, made.role_ends_at) == (
        "new@north.example",
        lead.user,
        end_of(last_day=day),
    )


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"email": "nobody", "role": "editor"}, "Enter an e-mail address, such as"),
        ({"email": "a@north.example"}, "Choose a role"),
        ({"email": "a@north.example", "role": "analyst"}, "Select a valid choice"),
        (
            {"email": "a@north.example", "role": "editor", "last_day": "1 April 2020"},
            "Enter a day that is not over",
        ),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, lead, data, said):
    answer = client.post(url("people-invite", lead.body), data)

    assert answer.status_code == 422
    assert said in text(answer)
    assert data["email"] in text(answer)
    assert not Invitation.objects.exists()


def test_an_invitation_is_withdrawn(client, lead):
    made = InvitationFactory(body=lead.body)

    client.post(url("people-withdraw", lead.body, key=made.pk))

    made.refresh_from_db()
    assert made.withdrawn_by == lead.user


def test_a_role_ends_on_a_day_and_then_without_end(client, lead):
    held = MembershipFactory(body=lead.body)
    day = timezone.localdate() + timedelta(days=10)
    place = url("people-role", lead.body, key=held.pk)

    client.post(place, {"what": "day", "last_day": f"{day.day} {day:%B %Y}"})
    held.refresh_from_db()
    first = held.ended_at
    client.post(place, {"what": "lasts"})
    held.refresh_from_db()

    assert (first, held.ended_at) == (end_of(last_day=day), None)


def test_the_page_says_what_it_means_to_lose_the_last_signatory(client, lead):
    last = MembershipFactory(body=lead.body, role=Role.SIGNATORY)
    place = url("people-role", lead.body, key=last.pk)

    shown = text(client.get(place))
    refused = client.post(place, {"what": "now"})
    last.refresh_from_db()
    before = last.ended_at
    client.post(place, {"what": "now", "last_is_meant": "on"})
    last.refresh_from_db()

    assert "nothing can be signed or confirmed for the body" in shown
    assert refused.status_code == 422
    assert "say that you mean it" in text(refused)
    assert before is None
    assert last.ended_at is not None


def test_a_lead_who_ends_their_own_role_is_led_home(client, lead):
    MembershipFactory(body=lead.body, role=Role.PEOPLE_LEAD)

    answer = client.post(url("people-role", lead.body, key=lead.pk), {"what": "now"})

    assert answer["Location"] == reverse("home")


def test_all_that_was_read_is_confirmed(client, lead):
    held = [MembershipFactory(body=lead.body) for _ in range(2)]
    place = url("people-confirm", lead.body)
    read = ",".join(str(one.pk) for one in held)

    shown = text(client.get(place))
    client.post(place, {"read": read})

    assert "Confirm all 2 roles" in shown
    assert Membership.objects.filter(confirmed_by=lead.user).count() == 2


def test_a_list_that_has_changed_is_shown_again(client, lead):
    held = MembershipFactory(body=lead.body)
    place = url("people-confirm", lead.body)
    MembershipFactory(body=lead.body)

    answer = client.post(place, {"read": str(held.pk)})

    assert answer.status_code == 409
    assert "Nothing was confirmed" in text(answer)
    assert not Membership.objects.filter(confirmed_at__isnull=False).exists()


def test_one_role_is_confirmed(client, lead):
    held = MembershipFactory(body=lead.body)
    MembershipFactory(body=lead.body)

    client.post(url("people-confirm", lead.body), {"what": "one", "read": str(held.pk)})

    assert list(Membership.objects.filter(confirmed_by=lead.user)) == [held]


def test_an_icb_has_a_page_of_people_too(client):
    member = MembershipFactory(role=Role.PEOPLE_LEAD, body=BoardFactory())
    client.force_login(member.user)

    answer = client.get(f"/icbs/{member.body.slug}/people/")

    assert answer.status_code == 200
    assert client.get(f"/authorities/{member.body.slug}/people/").status_code == 404


@pytest.mark.parametrize("role", [Role.EDITOR, Role.SIGNATORY])
def test_roles_of_work_invite_nobody(client, lead, role):
    client.force_login(MembershipFactory(body=lead.body, role=role).user)

    answer = client.post(
        url("people-invite", lead.body), {"email": "a@north.example", "role": "editor"}
    )

    assert answer.status_code == 403
    assert not Invitation.objects.exists()
