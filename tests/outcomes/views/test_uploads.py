"""Sending a file over the web, and following it."""

import re
import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from authorities.models import AuditEvent, Body
from outcomes.actions import reading
from outcomes.models import Observation, Release, Upload, UploadState
from tests.factories.authorities import MembershipFactory
from tests.factories.outcomes import (
    HEADINGS,
    NOW,
    IndicatorFactory,
    ObservationFactory,
    UploadFactory,
    UploadProblemFactory,
    file_of,
    file_row,
)
from tests.outcomes.workbooks import raw_workbook, zipped

GOOD_ROW = file_row(area_code="E06000001")
GOOD = file_of(GOOD_ROW)
REFUSED_AT_THE_FORM = {
    "empty": (b"", 422, "The file is empty."),
    "picture": (b"\x89PNG\r\n\x1a\n", 415, "It is a picture."),
    "broken workbook": (b"PK\x03\x04 [Content_Types].xml", 415, "The file is damaged."),
    "old workbook": (b"\xd0\xcf\x11\xe0 0000", 415, "Remove the password"),
    "zip": (zipped({"a.txt": b"hello"}), 422, "It is a compressed file."),
    "climbing zip": (zipped({"../../etc/cron.d/x": b"hello"}), 422, "It is a compressed file."),
    "document": (
        zipped({"[Content_Types].xml": b"", "word/document.xml": b""}),
        415,
        "It is another Office document.",
    ),
    "macros": (raw_workbook("<a/>", **{"xl/vbaProject.bin": b"x"}), 415, "without them"),
    "program": (b"MZ\x90\x00\x03\x00", 415, "It is a program."),
    "pdf": (b"%PDF-1.7", 415, "It is a PDF."),
    "web page": (b"<html><script>alert(1)</script>", 415, "It is a web page."),
    "drawing": (b"<svg onload=alert(1)>", 415, "It is a web page."),
    "unicode text": (GOOD.decode().encode("utf-16"), 422, "saved as Unicode text"),
    "semicolons": (GOOD.replace(b",", b";"), 422, "separated by semicolons"),
    "tabs": (GOOD.replace(b",", b"\t"), 422, "separated by tabs"),
    "prose": (b"Dear all,\nplease find\n", 422, "We expected the headings"),
    "one long line": (b"x" * 70_000, 422, "a line of more than"),
    "many columns": (b"a," * 200 + b"\n1,2", 422, "The file has 201 columns"),
    "half a letter": (b"\xef\xbb\xbfabc\xff,\x81\n", 422, "could not read the letters"),
    "too large": (b"a,b\n" * 2_510_000, 413, "larger than 10 MB"),
    "far too large": (b"a,b\n" * 2_600_000, 413, "larger than 10 MB"),
}
REFUSED_BY_THE_WORKER = {
    "a heading is missing": (GOOD.replace(b",Sex,", b",Sect,"), "This heading is missing: Sex"),
    "a heading is nearly right": (GOOD.replace(b"Area Code", b"Area Cod"), "Did you mean Area"),
    "headings only": (HEADINGS.encode(), "has headings but no rows"),
    "a word as value": (file_of(file_row(area_code="E06000001", value="n/a")), "column M"),
    "a comma in a number": (
        file_of(file_row(area_code="E06000001", value='"1,200"')),
        "Enter 1200 without the comma.",
    ),
    "an unknown indicator": (
        file_of(file_row(area_code="E06000001", indicator=12345)),
        "12345 is not an indicator we know.",
    ),
    "another's area": (
        file_of(GOOD_ROW, file_row(area_code="E06000009")),
        "You can only submit for North Testshire Combined Authority",
    ),
    "another's areas only": (
        file_of(file_row(area_code="E06000009")),
        "This file is for Elsewhere.",
    ),
    "an unknown code": (file_of(file_row(area_code="E99999999")), "not an area code we know"),
    "a total row": (file_of(GOOD_ROW, file_row(area_code="Total")), "Remove total rows."),
    "a bad period": (file_of(file_row(area_code="E06000001", period="Mar-26")), "is a date"),
    "the same row twice": (file_of(GOOD_ROW, GOOD_ROW), "This row repeats row 2"),
    "another value for the same": (
        file_of(GOOD_ROW, file_row(area_code="E06000001", value="70.0")),
        "give different values",
    ),
    "a ragged row": (file_of(GOOD_ROW + ",more"), "This row has 27 values"),
    "limits swapped": (
        file_of(file_row(area_code="E06000001", lower="61.0", upper="60.0")),
        "Have they been swapped?",
    ),
    "a hidden letter": (file_of(file_row(area_code="E0600\u200b0001")), "U+200B"),
    "an open quotation mark": (file_of('"' + GOOD_ROW), "is opened and not closed"),
    "a script": (
        file_of(file_row(area_code="E06000001", value="<script>alert(1)</script>")),
        "&lt;script&gt;",
    ),
}


@pytest.fixture(autouse=True)
def indicator(db):
    """The catalogue knows what the files are of."""
    return IndicatorFactory(fingertips_id=90362)


@pytest.fixture
def site(client, editor):
    client.force_login(editor.user)
    return client


@pytest.fixture
def form(authority):
    return reverse("outcomes:upload-create", args=[authority.slug])


def post(site, form, content, *, key=None, name="values.csv"):
    return site.post(
        form,
        {"form_key": str(key or uuid.uuid4()), "file": SimpleUploadedFile(name, content)},
    )


def read(upload):
    reading.process(upload_id=upload.pk, at=NOW + timedelta(minutes=1))
    upload.refresh_from_db()


def step(site, upload, name, **sent):
    address = reverse(f"outcomes:upload-{name}", args=[upload.body.slug, upload.pk])
    return site.post(address, sent)


def report(site, upload):
    return site.get(reverse("outcomes:upload-report", args=[upload.body.slug, upload.pk]))


@pytest.mark.parametrize("case", REFUSED_AT_THE_FORM)
def test_what_is_no_file_of_ours_is_refused_at_the_form(site, form, case):
    content, status, words = REFUSED_AT_THE_FORM[case]

    response = post(site, form, content)

    assert response.status_code == status
    text = response.content.decode()
    assert "<title>Error: " in text
    assert "There is a problem" in text
    assert words in text
    assert 'href="#id_file"' in text
    assert not Upload.objects.exists()


@pytest.mark.parametrize("case", REFUSED_BY_THE_WORKER)
def test_a_wrong_file_is_reported_and_nothing_of_it_stored(site, form, case):
    content, words = REFUSED_BY_THE_WORKER[case]

    response = post(site, form, content)
    read(Upload.objects.get())
    page = report(site, Upload.objects.get())

    assert response.status_code == 302
    assert page.status_code == 200
    text = page.content.decode()
    assert "<title>Error: Upload report" in text
    assert "Nothing from this file was stored." in text
    assert words in text.replace("&#x27;", "'")
    assert "<script>alert" not in text
    assert not Observation.objects.exists()
    assert not Release.objects.exists()


def test_a_report_of_an_unknown_indicator_leads_to_the_list(site, form):
    content = GOOD.replace(b"90362", b"99999")
    post(site, form, content)
    upload = Upload.objects.get()
    reading.process(upload_id=upload.pk, at=NOW)

    text = report(site, upload).content.decode()

    assert "99999 is not an indicator we know. Check it in the list of indicators." in text
    assert f'href="{reverse("catalogue:list")}">See the list of indicators</a>' in text


def test_no_file_is_an_error_at_the_field(site, form):
    response = site.post(form, {"form_key": str(uuid.uuid4())})

    assert response.status_code == 422
    assert "Choose a file" in response.content.decode()


def test_a_broken_form_key_stores_nothing(site, form):
    response = site.post(form, {"form_key": "x", "file": SimpleUploadedFile("a.csv", GOOD)})

    assert response.status_code == 422
    assert not Upload.objects.exists()


def test_a_form_shown_again_has_a_key_of_its_own(site, form):
    key = uuid.uuid4()

    response = post(site, form, b"", key=key)

    assert str(key) not in response.content.decode()


def test_a_double_click_leads_to_the_same_report(site, form):
    key = uuid.uuid4()

    first, second = post(site, form, GOOD, key=key), post(site, form, GOOD, key=key)

    assert first.url == second.url
    assert Upload.objects.count() == 1


def test_another_file_from_a_used_form_is_refused_in_words(site, form):
    key = uuid.uuid4()
    post(site, form, GOOD, key=key)

    response = post(site, form, GOOD + b"\n", key=key)

    assert response.status_code == 422
    assert "Choose your file again" in response.content.decode()


def test_a_body_that_is_too_large_is_not_read(site, form):
    class Unread:
        def read(self, *args):
            raise AssertionError("the body was read")

        readline = read

    response = site.generic(
        "POST",
        form,
        b"",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH="100000000",
        **{"wsgi.input": Unread()},
    )

    assert response.status_code == 413
    assert "larger than 10 MB" in response.content.decode()


def test_a_waiting_upload_refreshes_itself_with_and_without_scripts(site, form):
    page = site.get(post(site, form, GOOD).url)

    text = page.content.decode()
    assert 'id="upload-progress" data-refresh="on"' in text
    assert '<noscript><meta http-equiv="refresh"' in text
    assert "progress.js" in text


def test_a_file_that_is_right_says_what_it_would_do_and_waits(site, form):
    post(site, form, GOOD)
    read(Upload.objects.get())

    text = report(site, Upload.objects.get()).content.decode()

    assert "Your file is ready to store" in text
    assert "Nothing from this file counts yet." in text
    assert "Read: 1 row, 1 indicator, 1 period, 1 area." in text
    assert re.search(r"<b>1</b>new values", text)
    assert re.search(r"<b>0</b>changed values", text)
    assert "Store these figures" in text
    assert "Cancel this upload" in text
    assert "upload-progress" not in text
    assert not Observation.objects.exists()


def test_a_stored_upload_says_what_was_stored_and_who_sees_it(site, form):
    post(site, form, file_of(file_row(area_code="E92000001"), GOOD_ROW))
    upload = Upload.objects.get()
    read(upload)
    sent = step(site, upload, "confirm", seen=upload.summary["fingerprint"])
    waiting = site.get(sent.url).content.decode()
    read(upload)

    text = report(site, upload).content.decode()

    assert "We are storing your figures" in waiting
    assert "Cancel this upload" not in waiting
    assert (
        "1 value of yours is new or changed. "
        "Only your colleagues see what you upload until an analyst approves it." in text
    )
    assert re.search(r"<b>1</b>rows left out", text)
    assert "upload-progress" not in text
    assert "http-equiv" not in text


def test_a_second_click_on_store_leads_to_the_same_report(site, form):
    post(site, form, GOOD)
    upload = Upload.objects.get()
    read(upload)

    answers = [step(site, upload, "confirm", seen=upload.summary["fingerprint"]) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]


def test_who_saw_something_else_is_shown_what_is_so_by_now(site, form):
    post(site, form, GOOD)
    upload = Upload.objects.get()
    read(upload)

    answer = step(site, upload, "confirm", seen="of yesterday")

    assert answer.status_code == 409
    text = answer.content.decode()
    assert "<title>Error: " in text
    assert "has changed since you opened the page" in text
    assert "Store these figures" in text


def test_unusual_values_ask_for_a_reason_of_each_kind(site, form, indicator, authority):
    ObservationFactory(indicator=indicator, area=Body.objects.get(slug="ashby"))
    row = file_row(area_code="E06000001", value="90.1", period="2025 - 27")
    post(site, form, file_of(row))
    upload = Upload.objects.get()
    read(upload)

    text = report(site, upload).content.decode()
    empty = step(site, upload, "reasons", jump=" ")
    given = step(site, upload, "reasons", jump="A new <source>.")
    ready = site.get(given.url).content.decode()

    assert "Changed by more than a quarter since the last period (1 cell)" in text
    assert "90.1 now, 60.1 in 2022 - 24." in text
    assert 'name="jump"' in text
    assert "Store these figures" not in text
    assert empty.status_code == 422
    assert "Say why these values are right" in empty.content.decode()
    assert 'href="#id_jump"' in empty.content.decode()
    assert given.status_code == 302
    assert "A new &lt;source&gt;." in ready
    assert "Store these figures" in ready


def test_a_cancelled_upload_says_so_and_offers_another(site, form):
    post(site, form, GOOD)
    upload = Upload.objects.get()

    sent = step(site, upload, "cancel")

    text = site.get(sent.url).content.decode()
    assert "You cancelled this upload" in text
    assert "Nothing from this file was stored." in text
    again = step(site, upload, "cancel")
    assert again.status_code == 409
    assert "The file was cancelled, so you cannot cancel it." in again.content.decode()


def test_a_changed_upload_says_why_it_is_back(site, editor):
    upload = UploadFactory(
        body=editor.body, state=UploadState.READY, summary={"changed": True, "fingerprint": "x"}
    )

    assert "has changed since it was confirmed" in report(site, upload).content.decode()


@pytest.mark.parametrize("name", ["reasons", "confirm", "cancel"])
def test_nobody_else_takes_a_step(client, editor, name):
    upload = UploadFactory(body=editor.body, state=UploadState.READY)
    client.force_login(MembershipFactory().user)

    assert step(client, upload, name).status_code == 404
    upload.refresh_from_db()
    assert upload.state == UploadState.READY


@pytest.mark.parametrize("name", ["reasons", "confirm", "cancel"])
def test_a_step_is_of_the_authority_whose_page_it_is(site, editor, name):
    other = UploadFactory(state=UploadState.READY)
    address = reverse(f"outcomes:upload-{name}", args=[editor.body.slug, other.pk])

    assert site.post(address).status_code == 404


def test_a_failed_upload_says_whose_fault_it_is(site, editor):
    upload = UploadFactory(body=editor.body, state=UploadState.FAILED)

    assert "This is our fault, not yours" in report(site, upload).content.decode()


def test_a_report_shows_the_first_twenty_errors_and_all_in_the_csv(site, form):
    rows = [file_row(area_code="E06000001", value="=1+1", period=str(y)) for y in range(1990, 2015)]
    post(site, form, file_of(*rows))
    upload = Upload.objects.get()
    read(upload)

    text = report(site, upload).content.decode()
    answer = site.get(reverse("outcomes:upload-report-csv", args=[upload.body.slug, upload.pk]))

    assert "There is a problem with 25 cells" in text
    assert "These are the first 20 of 25." in text
    assert text.count('id="problem-') == 20
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 26
    assert lines[1].startswith("2,M,Value,'=1+1,")
    assert answer["Content-Disposition"] == f'attachment; filename="report-{upload.pk}.csv"'
    assert AuditEvent.objects.filter(action="upload.report_downloaded").count() == 1


def test_an_upload_without_errors_has_no_report_to_download(site, editor):
    upload = UploadFactory(body=editor.body)

    address = reverse("outcomes:upload-report-csv", args=[upload.body.slug, upload.pk])
    assert site.get(address).status_code == 404


def test_the_list_shows_the_newest_first_in_as_many_queries_for_any_number(
    site, editor, django_assert_num_queries
):
    for day in range(6):
        UploadFactory(
            body=editor.body, file_name=f"file-{day}.csv", uploaded_at=NOW + timedelta(days=day)
        )
    UploadFactory(file_name="of-another.csv")

    # Session, person, authority, rights, uploads.
    with django_assert_num_queries(6):
        text = site.get(reverse("outcomes:upload-list", args=[editor.body.slug])).content.decode()

    assert text.index("file-5.csv") < text.index("file-0.csv")
    assert "of-another.csv" not in text


def test_a_report_takes_the_same_queries_for_any_number_of_errors(
    site, editor, django_assert_num_queries
):
    upload = UploadFactory(body=editor.body, state="blocking_errors", problem_count=15)
    for order in range(15):
        UploadProblemFactory(upload=upload, order=order)

    # Session, person, authority, rights, upload; problems: counts, errors, warnings, reasons.
    with django_assert_num_queries(10):
        report(site, upload)


def test_the_name_of_a_file_is_shown_as_text(site, form):
    post(site, form, GOOD, name="<b>bold</b>.csv")

    text = report(site, Upload.objects.get()).content.decode()

    assert "<b>bold" not in text
