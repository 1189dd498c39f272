"""What is unusual about values of indicators that have no number at Fingertips, kind by kind."""

import uuid
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile

from authorities.models import Body
from outcomes.actions import reading, uploads
from outcomes.models import Note, Severity, UploadState
from outcomes.soft_checks import SoftCheck
from tests.factories.outcomes import (
    NOW,
    BreakdownFactory,
    IndicatorFactory,
    ObservationFactory,
    PeriodFactory,
    ReleaseFactory,
)

HEADINGS = "indicator,area_code,period,sex,value,count,denominator,provisional,note_text"
FIRST, LAST = 2014, 2021


@pytest.fixture
def poverty(authority):
    """An indicator of the site's own, known by its code alone."""
    return IndicatorFactory(code="poverty", fingertips_id=None, unit="%")


@pytest.fixture
def numbered(authority):
    """One that Fingertips has, so that a number and a code are not mixed up."""
    return IndicatorFactory(code="numbered", fingertips_id=500, unit="%")


def publish(indicator, year, value, **facts):
    return ObservationFactory(
        indicator=indicator,
        area=Body.objects.get(slug="ashby"),
        breakdown=BreakdownFactory(sex="Persons"),
        period=PeriodFactory(
            label=f"{year}",
            kind="calendar years",
            start_date=f"{year}-01-01",
            end_date=f"{year + 1}-01-01",
        ),
        value=value,
        **facts,
    )


@pytest.fixture
def history(poverty, numbered):
    """Eight quiet years of the one, about 20, and of the other, about 80."""
    for number, year in enumerate(range(FIRST, LAST + 1)):
        publish(poverty, year, 20.0 + 0.1 * (number % 3), count=200)
        publish(numbered, year, 80.0 + 0.1 * (number % 3), count=800)


@pytest.fixture
def send(editor):
    def sent(*rows):
        upload = uploads.receive(
            body=editor.body,
            file=ContentFile("\n".join([HEADINGS, *rows, ""]).encode()),
            file_name="values.csv",
            form_key=uuid.uuid4(),
            by=editor.user,
            at=NOW,
        )
        reading.process(upload_id=upload.pk, at=NOW + timedelta(minutes=5))
        upload.refresh_from_db()
        return upload

    return sent


def row(code="poverty", year=LAST + 1, value="20.1", more=",,,", area="E06000001"):
    return f"{code},{area},{year},Persons,{value},{more}"


@pytest.mark.parametrize(
    ("sent", "kind", "words"),
    [
        (row(year=LAST, more=",,yes,"), SoftCheck.FINAL_BY_PROVISIONAL, "is provisional"),
        (row(year=LAST, value="20.7"), SoftCheck.PUBLISHED_CHANGED, "20.7 now; 20.1 is published"),
        (row(value="20.0", more="0,,,"), SoftCheck.COUNT_TO_NOUGHT, "0 now, 200 in 2021"),
        (row(value="31"), SoftCheck.OUTSIDE_HISTORY, "31 now, 20.1 in 2021"),
        (row(more=",,,Ask jane@example.org"), SoftCheck.PERSON_DETAILS, "a person’s details"),
    ],
)
def test_each_kind_of_warning_is_asked_about(send, history, sent, kind, words):
    upload = send(sent)

    assert upload.state == UploadState.NEEDS_CONFIRMING
    problem = upload.problems.get()
    assert (problem.code, problem.severity, problem.row) == (kind, Severity.SOFT, 2)
    assert words in problem.message


def test_a_short_history_warns_of_a_jump(send, poverty):
    publish(poverty, LAST, 20.0)

    upload = send(row(value="26"))

    assert [one.code for one in upload.problems.all()] == [SoftCheck.JUMP]


def test_a_usual_value_is_ready(send, history):
    assert send(row(), row("numbered", value="80.1")).state == UploadState.READY


def test_each_indicator_is_held_against_its_own_history(send, history):
    """A value that is usual for the other one is unusual for this."""
    upload = send(row(value="80.1"), row("500", value="20.1"))

    found = upload.problems.order_by("order").values_list("row", "code")
    assert list(found) == [(2, SoftCheck.OUTSIDE_HISTORY), (3, SoftCheck.OUTSIDE_HISTORY)]


def test_a_provisional_value_beside_a_provisional_one_is_usual(send, poverty):
    publish(poverty, LAST, 20.0, provisional=True, release=ReleaseFactory())

    upload = send(row(year=LAST, value="20.1", more=",,yes,"))

    assert [one.code for one in upload.problems.all()] == [SoftCheck.PUBLISHED_CHANGED]


def test_the_same_value_with_the_mark_of_a_provisional_one_is_asked_about(send, poverty):
    publish(poverty, LAST, 20.1, note=Note.OK)

    upload = send(row(year=LAST, more=",,yes,"))

    assert [one.code for one in upload.problems.all()] == [SoftCheck.FINAL_BY_PROVISIONAL]
