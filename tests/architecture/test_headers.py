"""What the headers of every answer say: trust.md asks for nothing less than an A+ everywhere."""

import pytest
from django.test import Client
from django.urls import reverse

from authorities.answer_headers import PERMISSIONS_POLICY
from tests.factories.authorities import UserFactory

pytestmark = pytest.mark.django_db

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}
EVERYWHERE = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS_POLICY,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
# A page, a form, a page that is missing, a file, the API and what it refuses.
PATHS = ["/", "/account/sign-in/", "/no-such-page/", "/register/pairs.csv", "/api/v1/pairs/"]


def signed_in() -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(UserFactory())
    return client


@pytest.mark.parametrize("path", [*PATHS, "/api/v1/uploads/"])
def test_every_answer_has_every_header(path):
    for client in (Client(raise_request_exception=False), signed_in()):
        answer = client.get(path)

        assert {name: answer.headers.get(name) for name in EVERYWHERE} == EVERYWHERE
        assert set(answer.headers["Content-Security-Policy"].split("; ")) == POLICY
        assert "Server" not in answer.headers
        assert "X-Powered-By" not in answer.headers


@pytest.mark.parametrize("path", PATHS)
def test_what_a_signed_in_person_sees_is_kept_nowhere(path):
    assert signed_in().get(path).headers["Cache-Control"] in {
        "private, no-store",
        # Django's own for forms that must be fresh.
        "max-age=0, no-cache, no-store, must-revalidate, private",
    }


def test_what_everybody_sees_may_be_kept():
    assert "no-store" not in Client().get("/").headers.get("Cache-Control", "")


def test_by_https_browsers_are_told_to_stay_there(settings):
    settings.SECURE_HSTS_SECONDS = 2 * 365 * 24 * 60 * 60
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True

    answer = Client().get("/", secure=True)

    assert answer.headers["Strict-Transport-Security"] == (
        "max-age=63072000; includeSubDomains; preload"
    )


def test_cookies_are_for_the_server_alone():
    person = UserFactory()
    person.set_password("three words that stand alone")
    person.save()
    client = Client()
    form = client.get(reverse("account_login"))
    answer = client.post(
        reverse("account_login"),
        {"login": person.email, "password": "three words that stand alone"},
    )

    cookies = {**form.cookies, **answer.cookies}
    assert set(cookies) == {"csrftoken", "sessionid"}
    for cookie in cookies.values():
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
