"""A file with what looks like a person's details: taken, once somebody has said why."""

import io
import json
import uuid

import pytest
from django.core import serializers
from django.core.files.base import ContentFile
from django.core.management import call_command

from authorities.models import AuditEvent, Body
from outcomes.actions import reading, upload_steps, uploads
from outcomes.models import Observation, Severity, UploadState
from outcomes.presenters import uploads as presenter
from outcomes.queries import uploads as upload_queries
from outcomes.soft_checks import SoftCheck
from tests.factories.outcomes import NOW, IndicatorFactory, ObservationFactory, file_of, file_row
from tests.outcomes.workbooks import figures, workbook

ADDRESS = "jane.doe@example.org"
NUMBER = "943 476 5919"
PHONE = "0121 496 0000"
WARNED = "person-details"
OWN_HEADINGS = "indicator,area_code,period,sex,value,note,note_text,age,category_type,category"


@pytest.fixture(autouse=True)
def indicator(db):
    return IndicatorFactory(fingertips_id=90362, code="healthy-life")


@pytest.fixture
def send(editor):
    def sent(content, name="values.csv"):
        upload = uploads.receive(
            body=editor.body,
            file=ContentFile(content),
            file_name=name,
            form_key=uuid.uuid4(),
            by=editor.user,
            at=NOW,
        )
        return read(upload)

    return sent


def read(upload):
    reading.process(upload_id=upload.pk, at=NOW)
    upload.refresh_from_db()
    return upload


def own(*rows):
    return "\n".join([OWN_HEADINGS, *rows, ""]).encode()


def places(upload):
    found = upload.problems.order_by("order")
    return [(one.row, one.column, one.heading) for one in found]


def test_details_in_a_note_ask_for_a_reason_and_are_repeated_nowhere(send, editor):
    note = f"Ask {ADDRESS} or {PHONE}"
    upload = send(file_of(file_row(area_code="E06000001", note=note)))

    assert upload.state == UploadState.NEEDS_CONFIRMING
    problem = upload.problems.get()
    assert (problem.code, problem.severity, problem.given) == (WARNED, Severity.SOFT, "")
    assert (problem.row, problem.heading) == (2, "Value note")
    assert problem.message == ("E06000001, 2022 - 24: this text looks like a person’s details.")
    assert problem.fix == "Remove it unless it must be published."
    upload_steps.give_reasons(
        upload=upload, reasons={WARNED: "It is the press office's."}, by=editor.user, at=NOW
    )
    upload.refresh_from_db()
    upload_steps.confirm(upload=upload, seen=upload.summary["fingerprint"], by=editor.user, at=NOW)
    assert read(upload).state == UploadState.COMMITTED
    assert Observation.objects.get().note_text == note
    kept = [*upload.problems.all(), *upload.confirmations.all(), *AuditEvent.objects.all(), upload]
    assert ADDRESS not in serializers.serialize("json", kept)
    checked = AuditEvent.objects.get(action="upload.checked")
    assert checked.detail == {"codes": [WARNED], "total": 1}


def test_the_report_asks_why_it_must_be_published(send, authority):
    upload = send(file_of(file_row(area_code="E06000001", note=f"Patient {NUMBER}")))
    problems = upload_queries.first_problems(upload=upload, most=20, most_warnings=60)

    report = presenter.present_report(
        authority=authority, upload=upload, problems=problems, approval=None
    )

    (group,) = report.warnings
    assert group.title == "Looks like a person’s details (1 cell)"
    assert group.question == "Why must this be published?"
    ((_, words),) = group.lines
    assert words.endswith("a person’s details. Remove it unless it must be published.")
    assert NUMBER not in words


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        (f"{PHONE},,All ages,,", "F"),
        (f",{PHONE},All ages,,", "G"),
        (f"estimated,{PHONE},All ages,,", "G"),
        (f",,{PHONE},,", "H"),
        (f",,All ages,Ward,{PHONE}", "J"),
    ],
)
def test_every_text_of_our_own_layout_is_looked_at(send, cells, column):
    row = "healthy-life,{},2022 - 24,Male,60.1," + cells
    upload = send(own(row.format("E06000001"), row.format("E06000002")))

    assert upload.state == UploadState.NEEDS_CONFIRMING
    assert [(row, letter) for row, letter, _ in places(upload)] == [(2, column), (3, column)]


def test_a_workbook_is_looked_at_too(send):
    upload = send(workbook([figures(Value_note=ADDRESS)]), name="values.xlsx")

    assert upload.state == UploadState.NEEDS_CONFIRMING
    assert [(row, heading) for row, _, heading in places(upload)] == [(2, "Value note")]


def test_a_suppressed_value_with_a_persons_details_in_its_note_is_asked_about(send):
    upload = send(own(f"healthy-life,E06000001,2022 - 24,Male,[c],suppressed,{NUMBER},All ages,,"))

    assert upload.state == UploadState.NEEDS_CONFIRMING
    assert places(upload) == [(2, "G", "note_text")]


def test_what_others_rows_say_is_left_out_with_them(send):
    upload = send(
        file_of(
            file_row(area_code="E92000001", note=ADDRESS),
            file_row(area_code="E06000001", note="Interpret with caution since 01/04/2026"),
        )
    )

    assert upload.state == UploadState.READY


def test_errors_come_before_what_is_unusual(send):
    upload = send(
        file_of(
            file_row(area_code="E06000001", note=ADDRESS),
            file_row(area_code="E06000002", value="60%"),
        )
    )

    assert upload.state == UploadState.BLOCKING_ERRORS
    assert [one.code for one in upload.problems.all()] == ["number-percent"]


def test_a_kind_of_warning_beyond_what_is_kept_is_still_asked_about(send, indicator, monkeypatch):
    monkeypatch.setattr("outcomes.actions.checking._MOST", 2)
    ObservationFactory(indicator=indicator, area=Body.objects.get(slug="ashby"))
    upload = send(
        file_of(
            file_row(area_code="E06000002", note=ADDRESS),
            file_row(area_code="E06000002", sex="Female", note=ADDRESS),
            file_row(area_code="E06000001", period="2025 - 27", value="90.1"),
        )
    )

    assert upload.problem_count == 3
    codes = upload.problems.order_by("order").values_list("row", "code")
    assert list(codes) == [(2, WARNED), (4, "jump")]


def test_the_command_says_where_such_texts_are_and_does_not_repeat_them(authority, tmp_path):
    file = tmp_path / "national.csv"
    rows = [
        file_row(area_code="E06000001", sex=sex, period=f"{year}", note=ADDRESS)
        for sex in ("Male", "Female")
        for year in range(2010, 2021)
    ]
    file.write_bytes(file_of(*rows))
    out = io.StringIO()

    call_command("import_observations", file, layout="fingertips", json=True, stdout=out)

    (notice,) = (
        notice for notice in json.loads(out.getvalue())["notices"] if "person’s details" in notice
    )
    column = file_of().decode().split("\n")[0].split(",").index("Value note")
    letter = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[column]
    assert notice.startswith(f"These cells look like a person’s details: {letter}2, {letter}3, ")
    assert " and 2 more cells." in notice
    assert ADDRESS not in out.getvalue()
    assert SoftCheck.PERSON_DETAILS.value == WARNED
