"""Who may see and do what on each page: members, the board, the centre, strangers, anybody."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from authorities.models import Role
from outcomes.models import Upload
from tests.factories.authorities import (
    BoardFactory,
    MembershipFactory,
    NationalMembershipFactory,
    PairFactory,
    UserFactory,
)
from tests.factories.outcomes import UploadFactory, UploadProblemFactory

# Whether the visitor may send in indicators for the authority.
VISITORS = {
    "editor": 200,
    "signatory": 200,
    "editor of its board": 404,
    "signatory of its board": 404,
    "editor of another authority": 404,
    "stranger": 404,
    "analyst": 403,
    "moderator": 403,
    "lead analyst": 403,
    "administrator": 403,
    "reader": 404,
    "nobody": 302,
    "former editor": 404,
}
MEMBERS_PAGES = ("upload-create", "upload-list", "upload-report", "upload-report-csv")
PUBLIC_PAGES = ("authority",)


@pytest.fixture
def upload(authority):
    made = UploadFactory(body=authority, problem_count=1, state="blocking_errors")
    UploadProblemFactory(upload=made)
    return made


@pytest.fixture
def visit(client, authority):
    def visiting(who):
        if who == "nobody":
            return client
        client.force_login(person(who))
        return client

    def person(who):
        if who in ("editor", "signatory"):
            return MembershipFactory(body=authority, role=who).user
        if who.endswith("of its board"):
            board = PairFactory(authority=authority, board=BoardFactory(slug="near")).board
            return MembershipFactory(body=board, role=who.split()[0]).user
        if who == "editor of another authority":
            return MembershipFactory().user
        if who == "former editor":
            left = MembershipFactory(body=authority, ended_at="2026-10-01T00:00Z")
            return left.user
        if who == "stranger":
            return UserFactory()
        return NationalMembershipFactory(role=Role(who.replace(" ", "_"))).user

    return visiting


def address(page, authority, upload):
    given = [authority.slug]
    if page.startswith("upload-report"):
        given.append(upload.pk)
    return reverse(f"outcomes:{page}", args=given)


@pytest.mark.parametrize("page", MEMBERS_PAGES)
@pytest.mark.parametrize(("who", "status"), VISITORS.items())
def test_uploads_are_for_those_who_may_send(visit, authority, upload, page, who, status):
    response = visit(who).get(address(page, authority, upload))

    assert response.status_code == status


@pytest.mark.parametrize("page", PUBLIC_PAGES)
@pytest.mark.parametrize("who", VISITORS)
def test_the_page_of_an_authority_is_for_anybody(visit, authority, page, who):
    assert visit(who).get(address(page, authority, None)).status_code == 200


@pytest.mark.parametrize(("who", "status"), VISITORS.items())
def test_only_those_who_may_send_store_a_file(visit, authority, who, status):
    response = visit(who).post(reverse("outcomes:upload-create", args=[authority.slug]), {})

    # Nothing was chosen, so those who may send are told so.
    assert response.status_code == (422 if status == 200 else status)
    assert not Upload.objects.exists()


def test_nobody_is_asked_to_sign_in_and_led_back(client, authority):
    page = reverse("outcomes:upload-create", args=[authority.slug])

    response = client.get(page)

    assert response.url == f"/account/sign-in/?next={page}"


@pytest.mark.parametrize("page", ["upload-report", "upload-report-csv"])
def test_an_upload_is_reached_through_its_own_authority_alone(client, upload, page):
    member = MembershipFactory()
    client.force_login(member.user)

    response = client.get(reverse(f"outcomes:{page}", args=[member.body.slug, upload.pk]))

    assert response.status_code == 404


@pytest.mark.parametrize("page", ["upload-report", "upload-report-csv"])
def test_an_upload_that_is_not_there_is_not_found(client, editor, page):
    client.force_login(editor.user)

    response = client.get(reverse(f"outcomes:{page}", args=[editor.body.slug, uuid.uuid4()]))

    assert response.status_code == 404


def test_a_file_without_the_forms_token_is_refused(authority, editor):
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor.user)

    response = client.post(reverse("outcomes:upload-create", args=[authority.slug]), {})

    assert response.status_code == 403
    assert not Upload.objects.exists()
