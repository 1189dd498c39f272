"""Programs that send plain text to the API are refused; browsers are led to https."""

import pytest
from django.test import Client
from pytest_django import Settings

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def https_site(settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")


@pytest.mark.parametrize("method", ["get", "post", "put", "delete"])
def test_the_api_refuses_what_is_not_encrypted(method: str) -> None:
    answer = getattr(Client(), method)("/api/v1/authorities/")

    assert answer.status_code == 403
    assert answer.json()["errors"][0]["code"] == "https-needed"


def test_a_browser_is_led_to_https() -> None:
    answer = Client().get("/account/sign-in/")

    assert answer.status_code == 301
    assert answer["Location"].startswith("https://")


def test_the_api_answers_what_is_encrypted() -> None:
    answer = Client().get("/api/v1/authorities/", HTTP_X_FORWARDED_PROTO="https")

    assert answer.status_code != 403
