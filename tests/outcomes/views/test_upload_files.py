"""Files around an upload: the template, and the file with a note in each wrong row."""

import csv
import io
import uuid
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from python_calamine import CalamineWorkbook

from authorities.models import AuditEvent, Body
from outcomes.actions import reading
from outcomes.models import IndicatorSet, IndicatorSetMember, Upload, UploadState
from outcomes.queries.rounds import OpenRound
from tests.factories.authorities import MembershipFactory
from tests.factories.outcomes import (
    NOW,
    IndicatorFactory,
    ObservationFactory,
    PeriodFactory,
    UploadFactory,
    UploadProblemFactory,
    file_of,
    file_row,
)
from tests.outcomes.workbooks import figures, workbook

OPEN = (OpenRound("autumn-2026", "Autumn 2026"),)


def open_rounds(*, body, at):
    """Answer for the setting: this module stands for a higher app."""
    return OPEN


@pytest.fixture(autouse=True)
def rounds(settings):
    settings.OPEN_ROUNDS = [__name__]


@pytest.fixture
def indicator(db):
    return IndicatorFactory(fingertips_id=90362, name="Healthy life expectancy at birth")


@pytest.fixture
def values(authority, indicator):
    """Two periods of a published series of Ashby, and one of an area that is not the body's."""
    ashby = Body.objects.get(slug="ashby")
    ObservationFactory(indicator=indicator, area=ashby, value=60.1)
    older = PeriodFactory(label="2019 - 21", start_date=date(2019, 1, 1), end_date=date(2022, 1, 1))
    ObservationFactory(indicator=indicator, area=ashby, value=59.0, period=older)
    ObservationFactory(indicator=indicator, area=Body.objects.get(slug="elsewhere"), value=1.0)


@pytest.fixture
def site(client, editor):
    client.force_login(editor.user)
    return client


def template(site, authority, kind="csv", **asked):
    return site.get(reverse(f"outcomes:upload-template-{kind}", args=[authority.slug]), asked)


def content_of(answer):
    return b"".join(answer.streaming_content)


def rows_of(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def send_and_read(site, authority, content):
    site.post(
        reverse("outcomes:upload-create", args=[authority.slug]),
        {"form_key": str(uuid.uuid4()), "file": SimpleUploadedFile("a.csv", content)},
    )
    upload = Upload.objects.latest("uploaded_at")
    reading.process(upload_id=upload.pk, at=NOW + timedelta(minutes=1))
    upload.refresh_from_db()
    return upload


def marked(site, upload):
    return site.get(reverse("outcomes:upload-marked", args=[upload.body.slug, upload.pk]))


def test_a_template_has_the_newest_value_of_each_own_series(site, authority, values):
    [row] = rows_of(content_of(template(site, authority)))

    assert (row["Indicator ID"], row["Area Code"], row["Area Name"]) == (
        "90362",
        "E06000001",
        "Ashby",
    )
    assert (row["Time period"], row["Value"], row["Sex"]) == ("2022 - 24", "60.1", "Male")
    assert (row["Return for"], row["Body"]) == (
        "Autumn 2026",
        "North Testshire Combined Authority",
    )


def test_what_the_authority_sent_in_itself_comes_before_what_is_published(
    site, authority, values, indicator
):
    ObservationFactory(
        indicator=indicator, area=Body.objects.get(slug="ashby"), value=61.5, owner=authority
    )

    [row] = rows_of(content_of(template(site, authority)))

    assert row["Value"] == "61.5"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_template_comes_back_as_it_went_out(site, authority, values, kind):
    content = content_of(template(site, authority, kind))

    upload = send_and_read(site, authority, content)

    assert (upload.state, upload.added, upload.ignored) == (UploadState.READY, 1, 0)
    assert not any("did not use" in notice for notice in upload.notices)


def test_a_workbook_of_a_template_has_one_sheet_with_nothing_hidden(site, authority, values):
    book = CalamineWorkbook.from_filelike(io.BytesIO(content_of(template(site, authority, "xlsx"))))

    assert book.sheet_names == ["Figures"]
    assert book.get_sheet_by_index(0).to_python()[1][0] == 90362


def test_a_template_of_a_set_has_rows_to_fill_in_for_what_has_no_value(site, authority, values):
    chosen = IndicatorSet.objects.create(slug="starter", name="Starter")
    for order, name in enumerate(("B", "A")):
        IndicatorSetMember.objects.create(
            indicator_set=chosen,
            indicator=IndicatorFactory(fingertips_id=500 + order, name=name),
            order=order,
        )

    rows = rows_of(content_of(template(site, authority, set="starter")))

    assert [(row["Indicator Name"], row["Area Name"]) for row in rows] == [
        (indicator, area)
        for indicator in ("A", "B")
        for area in ("North Testshire Combined Authority", "Ashby", "Barrow")
    ]
    assert {row["Time period"] for row in rows} == {""}


@pytest.mark.parametrize("asked", [{"set": "no slug!"}, {"round": "spring-2020"}])
def test_a_template_of_what_is_not_there_is_not_found(site, authority, asked):
    assert template(site, authority, **asked).status_code == 404


def test_a_stranger_has_no_template(client, authority):
    client.force_login(MembershipFactory().user)

    assert template(client, authority).status_code == 404


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            ("North Testshire Combined Authority", "South Testshire Combined Authority"),
            "You can only submit for North Testshire Combined Authority.",
        ),
        (
            ("Autumn 2026", "Spring 2026"),
            "which is not open: download the template for Autumn 2026.",
        ),
    ],
)
def test_a_template_of_another_body_or_round_is_refused_in_one_sentence(
    site, authority, values, change, words
):
    content = content_of(template(site, authority)).decode().replace(*change)

    upload = send_and_read(site, authority, content.encode())

    assert upload.state == UploadState.REJECTED_FILE
    assert upload.summary["refusal"].startswith("This file was made for")
    assert upload.summary["refusal"].endswith(words)
    text = site.get(
        reverse("outcomes:upload-report", args=[authority.slug, upload.pk])
    ).content.decode()
    assert words in text


def test_a_mark_for_a_round_when_none_is_open_is_refused(site, authority, values, settings):
    content = content_of(template(site, authority))
    settings.OPEN_ROUNDS = []

    upload = send_and_read(site, authority, content)

    assert upload.summary["refusal"].endswith("which is not open, and no round is open now.")


def test_a_marked_csv_has_a_note_in_each_wrong_row(site, authority, indicator):
    upload = send_and_read(
        site,
        authority,
        file_of(file_row(area_code="E06000001"), file_row(area_code="E06000002", value="=1+1")),
    )

    answer = marked(site, upload)

    assert answer["Content-Disposition"] == f'attachment; filename="corrections-{upload.pk}.csv"'
    rows = rows_of(content_of(answer))
    assert rows[0]["What is wrong"] == ""
    assert rows[1]["What is wrong"].startswith("Value: ")
    assert rows[1]["Value"] == "'=1+1"
    assert AuditEvent.objects.filter(action="upload.marked_file_downloaded").count() == 1


def test_a_marked_workbook_is_a_workbook(site, authority, indicator):
    upload = send_and_read(
        site, authority, workbook([figures(), figures(period="2015", value="sixty")])
    )

    answer = marked(site, upload)

    assert answer["Content-Disposition"].endswith('.xlsx"')
    book = CalamineWorkbook.from_filelike(io.BytesIO(content_of(answer)))
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[2][-1].startswith("Value: ")


def test_there_is_nothing_to_mark_where_nothing_is_wrong_or_the_file_is_gone(site, editor):
    right = UploadFactory(body=editor.body)
    gone = UploadFactory(body=editor.body, state=UploadState.BLOCKING_ERRORS)
    UploadProblemFactory(upload=gone)

    assert marked(site, right).status_code == 404
    assert marked(site, gone).status_code == 404


def test_a_stranger_has_no_marked_file(client, editor):
    upload = UploadFactory(body=editor.body)
    UploadProblemFactory(upload=upload)
    client.force_login(MembershipFactory().user)

    assert marked(client, upload).status_code == 404
