"""What people and programs are told when the database is out of reach, or something is wrong."""

import errno
import logging
import re

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

INSIDE = (
    "Traceback",
    "psycopg",
    "SELECT",
    "OperationalError",
    "ZeroDivisionError",
    str(settings.BASE_DIR),
    ".py",
)


def breaks(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(1 // 0))


def fills(request: HttpRequest) -> HttpResponse:
    raise OSError(errno.ENOSPC, "No space left on device")


def denies(request: HttpRequest) -> HttpResponse:
    raise OSError(errno.EACCES, "Permission denied")


urlpatterns = [
    path("breaks/", breaks),
    path("api/breaks/", breaks),
    path("fills/", fills),
    path("denies/", denies),
]
handler500 = "authorities.views.failures.server_error"


def without_inside(text: str) -> bool:
    return not any(word in text for word in INSIDE)


@pytest.mark.usefixtures("no_database")
def test_without_a_database_a_page_says_when_to_come_again(caplog):
    answer = Client(raise_request_exception=False).get("/national/")

    page = answer.content.decode()
    reference = re.search(r"<strong>([0-9a-f]{32})</strong>", page)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "30"
    assert "The service is not available now" in page
    assert without_inside(page)
    assert reference is not None
    assert f"reference {reference[1]}, GET engagement:national" in caplog.text


@pytest.mark.usefixtures("no_database")
def test_without_a_database_a_program_is_told_to_send_it_again():
    answer = Client(raise_request_exception=False).get("/api/v1/icbs/")

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert answer.json()["errors"][0]["code"] == "unavailable"
    assert without_inside(answer.content.decode())


@override_settings(ROOT_URLCONF=__name__)
@pytest.mark.parametrize(("address", "status"), [("/fills/", 503), ("/denies/", 500)])
def test_a_full_disk_is_no_fault_of_ours_and_other_faults_of_files_are(address, status):
    answer = Client(raise_request_exception=False).get(address)

    assert answer.status_code == status
    assert ("Retry-After" in answer.headers) is (status == 503)
    assert "space left" not in answer.content.decode()


@override_settings(ROOT_URLCONF=__name__)
def test_a_fault_of_ours_has_a_reference_and_shows_nothing_of_the_inside(caplog):
    with caplog.at_level(logging.ERROR):
        page = Client(raise_request_exception=False).get("/breaks/")
        api = Client(raise_request_exception=False).get("/api/breaks/")

    assert (page.status_code, api.status_code) == (500, 500)
    assert "Retry-After" not in page.headers
    assert "There is a problem with the service" in page.content.decode()
    assert without_inside(page.content.decode())
    assert api.json()["errors"][0]["code"] == "failed"
    assert without_inside(api.content.decode())
    assert caplog.text.count("Request failed, reference") == 2
