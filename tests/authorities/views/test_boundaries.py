"""The pages of boundary sets: the list, sending a file, its preview and the decision."""

import re
from io import StringIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from authorities.actions import boundary_imports, boundary_jobs
from authorities.actions.directory import LoadReport
from authorities.models import BodyCode, BoundaryImport, BoundarySet, Role
from tests.authorities.actions.test_boundaries import official, rename_first
from tests.authorities.views.test_directories import words
from tests.factories.authorities import BoundaryImportFactory, NationalMembershipFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

LIST = "/geography/boundaries/"
URL = "/geography/boundaries/import/"


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Any) -> None:
    """Keep what tests store out of the site's folder."""
    default = {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": default}


@pytest.fixture
def lead(register_loaded: LoadReport) -> Client:
    """A lead analyst on a site with a register and its approximate areas."""
    call_command("load_boundaries", stdout=StringIO())
    client = Client()
    client.force_login(NationalMembershipFactory(role=Role.LEAD_ANALYST).user)
    return client


def send(client: Client, text: str, **said: str) -> Any:
    page = client.get(URL).content.decode()
    [key] = re.findall(r'name="form_key" value="([^"]+)"', page)
    return client.post(
        URL,
        {
            "file": SimpleUploadedFile("councils.geojson", text.encode()),
            "name": "Counties, December 2024",
            "valid_from": "1 April 2026",
            "source": "ONS, 12 December 2024",
            "licence": "OGL",
            "form_key": key,
            **said,
        },
    )


def work() -> None:
    """Do what a worker does with every file that waits."""
    for pending in BoundaryImport.objects.all():
        boundary_jobs.process(import_id=pending.pk, at=timezone.now())


def refreshes(client: Client, place: str) -> tuple[bool, bool]:
    """Whether a page refreshes itself with a script, and without one."""
    html = client.get(place).content.decode()
    return 'data-refresh="on"' in html and "progress.js" in html, 'http-equiv="refresh"' in html


def test_a_file_goes_from_the_form_over_its_preview_into_the_list(lead: Client) -> None:
    place = send(lead, official())["Location"]
    reading, waiting = words(lead, place), words(lead, LIST)
    assert refreshes(lead, place) == (True, True)
    work()
    seen = words(lead, place)
    assert refreshes(lead, place) == (False, False)
    assert lead.post(place)["Location"] == place
    storing, kept = words(lead, place), BoundarySet.objects.count()
    assert refreshes(lead, place) == (True, True)
    work()
    stored, listed = words(lead, place), words(lead, LIST)
    assert refreshes(lead, place) == (False, False)

    assert "We are reading the file" in reading
    assert "Waiting to be read." in reading
    assert "Files that are not stored yet" in waiting
    assert "Counties, December 2024 Being read 1 April 2026" in waiting
    assert "The file fits the register. Nothing is stored until you confirm." in seen
    assert "153 Councils with an area" in seen
    assert "We are storing the boundaries" in storing
    assert kept == 1
    assert "Counties, December 2024 is stored" in stored
    assert "Maps are drawn anew from it." in stored
    assert "Counties, December 2024 Maps of today are drawn from it Official 1 April 2026" in listed
    assert "Every file is stored or discarded." in listed
    assert "official boundaries : Counties, December 2024" in words(lead, "/geography/")
    assert "approximate boundaries" in words(lead, "/geography/?as_at=2026-03-31")


def test_a_file_that_does_not_fit_shows_codes_and_what_to_do(lead: Client) -> None:
    place = send(lead, official(rename_first))["Location"]
    work()

    seen = words(lead, place)

    assert "The file cannot be stored yet." in seen
    assert "Codes that the register does not have: 1 Update the register first" in seen
    assert "Councils without an area: 1" in seen
    assert "E06000001 Hartlepool" in seen
    assert "Store these boundaries" not in seen
    refused = lead.post(place)
    assert refused.status_code == 422
    assert "no council with the code E06000099" in refused.content.decode()
    assert BoundarySet.objects.count() == 1


def test_a_register_that_changed_since_the_preview_is_said_on_the_next(lead: Client) -> None:
    place = send(lead, official())["Location"]
    work()
    lead.post(place)
    BodyCode.objects.filter(value="E06000001").update(value="E06000099")
    work()

    seen = words(lead, place)

    assert "There is a problem The register has no council with the code E06000001" in seen
    assert "The file cannot be stored yet." in seen
    assert BoundarySet.objects.count() == 1


def test_a_file_can_be_discarded_and_checked_again(lead: Client) -> None:
    place = send(lead, official())["Location"]
    early = lead.post(f"{place}discard/")
    waits = words(lead, place)
    work()

    checked = lead.post(f"{place}check/")
    again = words(lead, place)
    work()
    discarded = lead.post(f"{place}discard/")

    assert early["Location"] == checked["Location"] == place
    assert "This file is being read. Wait until that is done." in waits
    assert "We are reading the file" in again
    assert discarded["Location"] == LIST
    assert "was discarded. Nothing was stored." in words(lead, LIST)
    assert lead.get(place)["Location"] == LIST
    lead.post(place)
    assert "This file was discarded. Import it again." in words(lead, LIST)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{}", "The file is JSON but not a GeoJSON FeatureCollection"),
        (official(kind="LAD"), "The file holds LAD areas"),
    ],
)
def test_a_file_that_cannot_be_used_says_why_and_what_to_do(
    lead: Client, text: str, message: str
) -> None:
    place = send(lead, text)["Location"]
    work()

    seen = words(lead, place)

    assert "Error: The file cannot be used" in lead.get(place).content.decode()
    assert f"There is a problem {message}" in seen
    assert "Import another file Check again Discard" in seen
    assert "Counties, December 2024 Cannot be used" in words(lead, LIST)


def test_a_file_that_workers_gave_up_says_whose_fault_it_is(lead: Client) -> None:
    place = send(lead, official())["Location"]
    BoundaryImport.objects.update(attempts=boundary_jobs.MOST_ATTEMPTS)
    work()

    seen = words(lead, place)

    assert "We could not finish the file" in seen
    assert "This is our fault, not yours. Check it again later." in seen
    assert "Check again Discard" in seen


@pytest.mark.parametrize(
    ("text", "said", "message"),
    [
        ("", {}, "The file is not JSON"),
        ("code,name", {}, "The file is not JSON"),
        (official(), {"name": ""}, "Enter a name"),
        (official(), {"valid_from": "April"}, "Enter a date as year, month and day"),
    ],
)
def test_what_cannot_be_used_is_said_beside_the_field(
    lead: Client, text: str, said: dict[str, str], message: str
) -> None:
    response = send(lead, text, **said)

    html = response.content.decode()
    assert response.status_code == 422
    assert html.count(message) == 2
    assert "There is a problem" in html
    assert not BoundaryImport.objects.exists()


def test_a_name_that_is_taken_is_said_beside_the_name(lead: Client) -> None:
    taken = BoundarySet.objects.get().name

    html = send(lead, official(), name=taken).content.decode()

    assert f'href="#id_name">There are boundaries named {taken} already' in html
    assert not BoundaryImport.objects.exists()


@pytest.mark.parametrize("header", [None, str(boundary_imports.MOST_BYTES * 2)])
def test_a_file_that_is_too_large_is_refused(
    lead: Client, monkeypatch: pytest.MonkeyPatch, header: str | None
) -> None:
    if header is None:
        monkeypatch.setattr(boundary_imports, "MOST_BYTES", 10)
        response = send(lead, official())
    else:
        response = lead.post(URL, {}, headers={"content-length": header})

    assert response.status_code == 413
    assert "Download the boundaries generalised to 200 m or 500 m" in response.content.decode()


def test_a_form_without_its_token_is_refused(lead: Client) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = lead.cookies

    assert client.post(URL, {}).status_code == 403


def test_a_preview_of_another_release_can_be_made_again(lead: Client) -> None:
    pending = BoundaryImportFactory(preview={"old": 1})

    seen = words(lead, f"{URL}{pending.pk}/")

    assert "This preview was made by another release of the site." in seen


def test_visitors_see_the_sets_and_not_the_files(lead: Client, client: Client) -> None:
    BoundaryImportFactory(name="Secret")

    seen = words(client, LIST)

    assert "Approximate areas drawn from postcode locations" in seen
    assert "Secret" not in seen
    assert "Import" not in seen
    assert client.get(URL).status_code == 302
