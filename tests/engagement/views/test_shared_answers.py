"""Answers of published rounds to take away: for readers, from the instant on, and for no others."""

import csv
import io

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from authorities.models import AuditEvent, Role
from duty.models import Round
from tests.engagement.published_returns import publish
from tests.engagement.sight import sign_in
from tests.factories import engagement as make
from tests.factories.authorities import StrategicAuthorityFactory
from tests.factories.duty import ReturnStory, answer, submit, tell_return

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

CANARY = "CANARY-77e2"


@pytest.fixture
def story() -> ReturnStory:
    """A submitted return with notes."""
    told = tell_return()
    answer(told, "AB1")
    told.duty_return.answers.update(public_note="Seen by readers", private_note=CANARY)
    submit(told)
    return told


def addresses(story: ReturnStory) -> dict[str, str]:
    slugs = [story.round.slug, story.authority.slug]
    return {
        "return-answers.xlsx": reverse("publications:shared-return-answers", args=slugs),
        "return-answers.csv": reverse("publications:shared-return-answers-csv", args=slugs),
        "round.xlsx": reverse("publications:published-answers", args=slugs[:1]),
        "round.csv": reverse("publications:published-answers-csv", args=slugs[:1]),
    }


def content_of(answered: object) -> bytes:
    return b"".join(answered.streaming_content)


def rows_of(answered: object) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content_of(answered).decode("utf-8-sig"))))


def taken() -> list[tuple[str, str, str]]:
    rows = AuditEvent.objects.filter(action__contains="downloaded").order_by("pk")
    return [(one.action, one.detail["role"], one.detail["format"]) for one in rows]


def test_a_reader_takes_every_question_of_a_return_and_of_the_round(story):
    publish(story)
    reader = sign_in(make.central(Role.READER))
    where = addresses(story)

    one = rows_of(reader.get(where["return-answers.csv"]))
    whole = rows_of(reader.get(where["round.csv"]))

    asked = set(story.round.specification.questions.values_list("code", flat=True))
    assert {row["question"] for row in one} == asked
    assert {row["question"] for row in whole} == asked
    assert {row["authority"] for row in whole} == {story.authority.slug}
    assert [row for row in whole if "Seen by readers" in row.values()]
    assert taken() == [
        ("return.downloaded", "reader", "csv"),
        ("round.answers_downloaded", "reader", "csv"),
    ]


@pytest.mark.parametrize("name", ["return-answers.xlsx", "round.xlsx"])
def test_a_workbook_has_a_dictionary_and_holds_no_private_note(story, name):
    publish(story)

    answered = sign_in(make.central(Role.READER)).get(addresses(story)[name])

    book = CalamineWorkbook.from_filelike(io.BytesIO(content_of(answered)))
    sheets = [book.get_sheet_by_name(one).to_python() for one in book.sheet_names]
    said = {str(cell) for sheet in sheets for row in sheet for cell in row if cell}
    assert "Data dictionary" in book.sheet_names
    assert "Seen by readers" in said
    assert not [text for text in said if CANARY in text]


def test_before_its_instant_nobody_but_the_centre_and_the_authority_has_anything(story):
    publish(story, in_future=True)
    reader = sign_in(make.central(Role.READER))
    where = addresses(story)

    assert {reader.get(url).status_code for url in where.values()} == {404}
    assert sign_in(make.central()).get(where["round.csv"]).status_code == 404
    own = sign_in(make.member(story.authority)).get(where["return-answers.csv"])
    assert rows_of(own)


def test_who_may_not_read_the_whole_takes_nothing(story):
    publish(story)
    where = addresses(story)
    people = {
        "board": make.member(story.boards[0]),
        "stranger": make.member(StrategicAuthorityFactory()),
    }

    for person in people.values():
        assert {sign_in(person).get(url).status_code for url in where.values()} == {404}
    own = sign_in(make.member(story.authority))
    assert own.get(where["round.csv"]).status_code == 404
    assert rows_of(own.get(where["return-answers.csv"]))
    for url in where.values():
        assert sign_in(None).get(url).url.startswith(reverse("account_login"))
    assert [one[:2] for one in taken()] == [("return.downloaded", "editor")]


def test_a_reader_reads_what_the_revision_names_whatever_came_since(story):
    publish(story)
    Round.objects.filter(pk=story.round.pk).update(name="Renamed")
    later = sign_in(make.central(Role.READER)).get(addresses(story)["round.csv"])

    assert {row["return_state"] for row in rows_of(later)} == {"submitted"}


def test_the_pages_lead_to_the_files_of_those_who_may_take_them(story):
    publish(story)
    where = addresses(story)
    slugs = [story.round.slug, story.authority.slug]
    reader, board = sign_in(make.central(Role.READER)), sign_in(make.member(story.boards[0]))

    listed = reader.get(reverse("publications:shared-returns")).content.decode()
    page = reader.get(reverse("publications:shared-return", args=slugs)).content.decode()
    other = board.get(reverse("publications:shared-returns")).content.decode()
    partly = board.get(reverse("publications:shared-return", args=slugs)).content.decode()

    assert f'href="{where["round.xlsx"]}"' in listed
    assert f'href="{where["return-answers.xlsx"]}"' in page
    assert "answers.xlsx" not in other
    assert "answers.xlsx" not in partly
