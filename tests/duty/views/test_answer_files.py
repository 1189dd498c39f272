"""Answers to take away: whole, of the right people, and kept in the audit."""

import csv
import io
from zipfile import ZipFile

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from authorities.models import AuditEvent
from duty.models import Answer, Round
from duty.questions import Answer as Given
from tests.factories.authorities import StrategicAuthorityFactory
from tests.factories.duty import (
    ExpectedReturnFactory,
    answer,
    submit,
    tell_return,
    version_one,
)
from tests.factories.rounds import make_centre

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def rows_in(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def of_round(name, made):
    return reverse(f"rounds:{name}", args=[made.slug])


def of_return(name, story):
    return reverse(f"duty:{name}", args=[story.round.slug, story.authority.slug])


def test_the_file_of_a_round_has_every_question_of_every_authority(client):
    story = tell_return()
    answer(story, "CO8", Given(value={"text": "=1+1"}))
    submission = submit(story)
    draft = tell_return(slug="draftshire", round_=story.round)
    answer(draft, "CO8", Given(value={"text": "Nobody else reads this"}))
    ExpectedReturnFactory(
        round=story.round, authority=StrategicAuthorityFactory(slug="silent-shire")
    )
    Answer.objects.filter(duty_return=draft.duty_return).update(private_note="Kept to us")
    centre = make_centre()
    client.force_login(centre.analyst)

    response = client.get(of_round("answers-csv", story.round))
    rows = rows_in(response)

    asked = {one.code for one in version_one()}
    assert response["Content-Disposition"] == (
        f'attachment; filename="{story.round.slug}-answers.csv"'
    )
    for slug, state in (
        ("south-testshire", "submitted"),
        ("draftshire", "in_progress"),
        ("silent-shire", "not_started"),
    ):
        own = [row for row in rows if row["authority"] == slug]
        assert {row["question"] for row in own} == asked
        assert {row["return_state"] for row in own} == {state}
    signed = next(
        row for row in rows if row["authority"] == "south-testshire" and row["question"] == "CO8"
    )
    assert signed["answer"] == "'=1+1"
    assert signed["submission"] == submission.reference
    assert signed["submitted_at"][-6:] in ("+00:00", "+01:00")
    assert not any("Nobody else" in cell or "Kept" in cell for r in rows for cell in r.values())
    event = AuditEvent.objects.get(action="round.answers_downloaded")
    assert (event.by, event.target_id) == (centre.analyst, str(story.round.pk))
    assert event.detail == {
        "role": "analyst",
        "role_body": event.detail["role_body"],
        "file": "answers",
        "format": "csv",
        "rows": len(rows),
    }


def test_the_workbook_of_a_round_describes_itself(client, settings):
    settings.DEMONSTRATION = True
    story = tell_return()
    answer(story, "CO8", Given(value={"text": '=HYPERLINK("http://x.example","y")'}))
    submit(story)
    Round.objects.filter(pk=story.round.pk).update(name="Autumn")
    client.force_login(make_centre().moderator)

    content = b"".join(client.get(of_round("answers-xlsx", story.round)).streaming_content)

    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheets = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    assert list(sheets) == ["Returns", "Evidence", "By authority", "Data dictionary", "About"]
    assert ["Demonstration", "The answers in this file are invented."] in sheets["About"]
    assert ["Title", "Autumn: returns of the health duty"] in sheets["About"]
    assert {row[1] for row in sheets["Data dictionary"]} > set(sheets["Returns"][0])
    assert any('=HYPERLINK("http://x.example","y")' in row for row in sheets["Returns"])
    assert len(sheets["Evidence"]) > 1
    with ZipFile(io.BytesIO(content)) as parts:
        inside = b"".join(parts.read(name) for name in parts.namelist())
    assert b"<f>" not in inside
    assert b"<hyperlink" not in inside


@pytest.mark.parametrize("name", ["evidence-csv", "answers-wide-csv", "dictionary-csv"])
def test_the_other_files_of_a_round_are_there(name, client):
    story = tell_return()
    answer(story, "CO8", Given(value={"text": "Words"}))
    client.force_login(make_centre().analyst)

    rows = rows_in(client.get(of_round(name, story.round)))

    assert (
        len(rows)
        == {
            "evidence-csv": 0,
            "answers-wide-csv": 1,
            "dictionary-csv": AuditEvent.objects.latest("pk").detail["rows"],
        }[name]
    )


def test_an_authority_takes_its_own_draft_without_its_private_notes(client):
    story = tell_return()
    answer(story, "CO8", Given(value={"text": "So far"}))
    Answer.objects.update(private_note="Kept to us", public_note="For all")
    client.force_login(story.editor)

    rows = rows_in(client.get(of_return("return-answers-csv", story)))

    given = next(row for row in rows if row["question"] == "CO8")
    assert (given["answer"], given["public_note"]) == ("So far", "For all")
    assert (given["return_state"], given["submission"]) == ("in_progress", "")
    assert not any("Kept to us" in cell for row in rows for cell in row.values())
    event = AuditEvent.objects.get(action="return.downloaded")
    assert (event.body_id, event.detail["role"]) == (story.authority.pk, "editor")
    assert event.detail["rows"] == len(rows)


def test_there_is_no_file_of_a_return_that_nobody_started(client):
    story = tell_return()
    other = tell_return(slug="another-shire")
    client.force_login(story.editor)

    unstarted = client.get(
        reverse("duty:return-answers-csv", args=[other.round.slug, story.authority.slug])
    )
    strangers = client.get(of_return("return-answers-xlsx", other))
    client.force_login(make_centre().analyst)
    centre = client.get(of_return("return-answers-xlsx", story))

    assert [unstarted.status_code, strangers.status_code, centre.status_code] == [404, 404, 403]
    assert not AuditEvent.objects.filter(action="return.downloaded").exists()
