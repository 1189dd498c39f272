"""What pages of a return show of answers that were brought over."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from duty.actions import standing_records
from duty.models import Answer
from duty.standing_records import RecordKind
from tests.factories.duty import (
    ReturnStory,
    RoundFactory,
    answer,
    submit,
    tell_return,
    tell_return_of,
)
from tests.factories.standing_records import content, on_record

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def story() -> ReturnStory:
    """A return in work, with a team on record."""
    told = tell_return()
    on_record(told.authority, RecordKind.POST, by=told.editor)
    return told


@pytest.fixture
def editor(story: ReturnStory) -> Client:
    client = Client()
    client.force_login(story.editor)
    return client


def page_of(story: ReturnStory, name: str, *more: str) -> str:
    return reverse(f"duty:{name}", args=[story.round.slug, story.authority.slug, *more])


def question(story: ReturnStory, code: str, section: str = "health-team") -> str:
    return page_of(story, "return-question", section, code)


def test_bring_over_says_how_many_and_the_task_list_counts_them(story, editor):
    said = editor.post(page_of(story, "return-bring-over"), follow=True).content.decode()
    again = editor.post(page_of(story, "return-bring-over"), follow=True).content.decode()

    assert "2 answers were brought over: 2 from your standing records" in said
    assert "2 answers not yet reviewed" in said
    assert "There was nothing more to bring over." in again


def test_the_question_says_where_its_answer_is_from_and_one_click_takes_it_on(story, editor):
    editor.post(page_of(story, "return-bring-over"))
    shown = editor.get(question(story, "HT2")).content.decode()
    row = Answer.objects.get(question__code="HT2")
    confirm = page_of(story, "answer-confirm", "health-team", "HT2")

    done = editor.post(confirm, {"version": str(row.version)})

    assert "From your standing records, not yet reviewed" in shown
    assert "This is still right" in shown
    assert "Director of health and inclusion" in shown
    assert done.url == question(story, "HT3")
    row.refresh_from_db()
    assert not row.needs_review
    assert "not yet reviewed" not in editor.get(question(story, "HT2")).content.decode()
    assert editor.get(confirm).url == question(story, "HT2")


def test_each_can_be_taken_on_where_answers_are_checked(story, editor):
    editor.post(page_of(story, "return-bring-over"))
    shown = editor.get(page_of(story, "return-check")).content.decode()
    row = Answer.objects.get(question__code="CO6")

    done = editor.post(
        page_of(story, "answer-confirm", "co-operation", "CO6"),
        {"version": str(row.version), "from": "check"},
    )

    assert shown.count("This is still right") == 2
    assert done.url == page_of(story, "return-check") + "#co-operation"


def test_a_stale_click_takes_nothing_on_and_says_so(story, editor):
    editor.post(page_of(story, "return-bring-over"))

    page = editor.post(
        page_of(story, "answer-confirm", "health-team", "HT2"), {"version": "0"}, follow=True
    )

    assert "changed since you opened it" in page.content.decode()
    assert Answer.objects.get(question__code="HT2").needs_review


def test_what_the_records_say_since_then_is_shown_beside_and_never_written(story, editor):
    editor.post(page_of(story, "return-bring-over"))
    row = story.authority.teampost_records.get()
    standing_records.change(
        authority=story.authority,
        kind=RecordKind.POST,
        key=row.pk,
        content=content(RecordKind.POST, title="Chief of health"),
        expected_version=1,
        by=story.editor,
        at=timezone.now() + timedelta(seconds=1),
    )

    shown = editor.get(question(story, "HT2")).content.decode()

    assert "Your records now say something else" in shown
    assert "Chief of health" in shown
    stored = Answer.objects.get(question__code="HT2")
    assert stored.value["rows"][0]["post"] == "Director of health and inclusion"


def test_a_question_without_an_answer_says_that_the_records_have_one(story, editor):
    shown = editor.get(question(story, "HT2")).content.decode()

    assert "Your standing records can answer this" in shown


def test_the_next_round_says_what_is_from_last_round_and_what_was_passed_over(story, editor):
    answer(story, "HT2")
    submit(story)
    later = tell_return_of(
        authority=story.authority,
        boards=story.boards,
        round_=RoundFactory(
            specification=story.round.specification,
            covers_from=date(2026, 10, 1),
            covers_to=date(2027, 3, 31),
        ),
    )

    last = editor.get(question(later, "CO8", "co-operation")).content.decode()
    passed = editor.get(question(later, "HT2")).content.decode()

    assert "From last round, not yet reviewed" in last
    assert f"You submitted it for {story.round.name}" in last
    assert "was passed over for it" in passed
