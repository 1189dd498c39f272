"""How values were made, as their source names it: kept with the release, and shown."""

import io
import uuid

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command

from outcomes.actions import approvals, reading, releases, upload_steps, uploads
from outcomes.models import Observation, Release, ReleaseIndicator, ReleaseKind, UploadState
from tests.factories.authorities import UserFactory
from tests.factories.outcomes import NOW, IndicatorFactory, file_of, file_row

OWN_HEADINGS = "indicator,area_code,period,sex,value,method"
SMOOTHED = "Modelled since December 2024"


def own(*rows):
    return "\n".join([OWN_HEADINGS, *rows, ""]).encode()


def load(content, **facts):
    return releases.import_national(
        content=io.BytesIO(content),
        name="values.csv",
        facts=releases.ReleaseFacts(title="Test release", **facts),
        at=NOW,
    )


def kept():
    rows = ReleaseIndicator.objects.order_by("indicator__code", "release__created_at")
    return list(rows.values_list("indicator__code", "method"))


@pytest.fixture
def catalogue(authority):
    IndicatorFactory(code="hle", fingertips_id=90362, version=1)
    IndicatorFactory(code="poverty", fingertips_id=None)


def test_a_release_keeps_the_method_that_its_loader_names(catalogue):
    load(file_of(file_row(area_code="E06000001")), method=SMOOTHED)

    assert kept() == [("hle", SMOOTHED)]


def test_a_release_whose_source_names_no_method_keeps_none(catalogue):
    load(file_of(file_row(area_code="E06000001")))

    assert kept() == [("hle", "")]


def test_a_file_names_a_method_for_each_indicator_and_beats_the_loader(catalogue):
    content = own(
        "hle,E06000001,2022 - 24,Male,60.1,Observed",
        "hle,E06000002,2022 - 24,Male,60.2,",
        "poverty,E06000001,2024/25,Persons,20.5,",
    )

    load(content, method=SMOOTHED)

    assert kept() == [("hle", "Observed"), ("poverty", SMOOTHED)]


def test_the_layout_of_the_download_may_name_a_method_too(catalogue):
    lines = file_of(file_row(area_code="E06000001")).decode().splitlines()
    content = f"{lines[0]},Method\n{lines[1]},{SMOOTHED}\n".encode()

    load(content)

    assert kept() == [("hle", SMOOTHED)]


def test_two_methods_of_one_indicator_are_refused(catalogue):
    content = own(
        "hle,E06000001,2022 - 24,Male,60.1,Observed",
        "hle,E06000002,2022 - 24,Male,60.2,Modelled",
        "hle,E06000002,2022 - 24,Female,60.2,Modelled",
    )

    with pytest.raises(releases.ReleaseHasErrorsError) as caught:
        load(content)

    first, second = caught.value.errors
    assert str(first) == (
        "Row 3, column F (method): Rows above give the method of this indicator as Observed. Give "
        "one method for each indicator, or send the values in two files."
    )
    assert (first.code, second.row) == ("method-differs", 4)
    assert not Release.objects.exists()


def test_a_method_that_is_too_long_is_refused(catalogue):
    content = own(f"hle,E06000001,2022 - 24,Male,60.1,{'x' * 121}")

    with pytest.raises(releases.ReleaseHasErrorsError) as caught:
        load(content)

    assert [error.code for error in caught.value.errors] == ["text-long"]


def test_the_command_takes_a_method(catalogue, tmp_path, capsys):
    file = tmp_path / "values.csv"
    file.write_bytes(file_of(file_row(area_code="E06000001")))

    call_command("import_observations", str(file), "--layout=fingertips", f"--method={SMOOTHED} ")

    assert kept() == [("hle", SMOOTHED)]
    with pytest.raises(CommandError, match="at most 120 characters; this has 121"):
        call_command(
            "import_observations", str(file), "--layout=fingertips", f"--method={'x' * 121}"
        )


def test_the_method_of_a_body_goes_along_with_what_is_approved(catalogue, editor):
    upload = uploads.receive(
        body=editor.body,
        file=ContentFile(own(f"hle,E06000001,2022 - 24,Male,60.1,{SMOOTHED}")),
        file_name="values.csv",
        form_key=uuid.uuid4(),
        by=editor.user,
        at=NOW,
    )
    reading.process(upload_id=upload.pk, at=NOW)
    upload.refresh_from_db()
    upload_steps.confirm(upload=upload, seen=upload.summary["fingerprint"], by=editor.user, at=NOW)
    reading.process(upload_id=upload.pk, at=NOW)
    upload.refresh_from_db()
    assert upload.state == UploadState.COMMITTED

    approvals.approve(release_id=upload.release_id, by=UserFactory(), at=NOW)

    shown = Observation.objects.current().published().get()
    assert shown.release.kind == ReleaseKind.APPROVED
    assert kept() == [("hle", SMOOTHED)] * 2


def test_the_page_says_by_which_method_values_were_made_or_that_none_is_named(catalogue, client):
    load(file_of(file_row(area_code="E06000001")), method=SMOOTHED, published_on=NOW.date())
    load(file_of(file_row(area_code="E06000001", period="2021 - 23")))

    page = client.get("/indicators/hle/areas/E06000001/").content.decode()

    assert SMOOTHED in page
    assert "not named by the source" in page
    assert "not recorded" not in page
