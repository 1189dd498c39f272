"""What a drill reads of the store tells a lost and a doubled write: planted in the real tables."""

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from duty.actions import answers
from duty.actions.answers import Notes
from duty.models import Answer
from duty.queries.loaded import load
from tests.architecture.planted_faults import unguarded
from tests.drills.clients import MARK
from tests.drills.history import History, judge
from tests.drills.kills import ANSWERS
from tests.factories.duty import ReturnStory, tell_return, valid_answer

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def history() -> History:
    """What a client was told of three versions of one answer."""
    story, told = tell_return(), History()
    version = 0
    for number in range(3):
        mark = f"{MARK} 0 {number}"
        told.try_(mark)
        version = _save(story, mark, version).version
        told.acknowledge(mark, "200")
    return told


def _save(story: ReturnStory, mark: str, version: int) -> Answer:
    loaded = load(round_=story.round, authority=story.authority)
    slot = next(slot for slot in loaded.slots if not slot.question.derived)
    return answers.save_answer(
        duty_return=story.duty_return,
        question=slot.question.code,
        board=slot.board,
        answer=valid_answer(slot.question),
        notes=Notes(private=mark),
        expected_version=version,
        by=story.editor,
        at=timezone.now(),
    )


def _stored() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(ANSWERS, [f"{MARK} %"])
        return dict(cursor.fetchall())


def test_each_version_of_an_answer_is_stored_once(history: History) -> None:
    verdict = judge(history=history, stored=_stored())

    assert len(history.acknowledged) == 3
    assert not any((verdict.lost, verdict.duplicated, verdict.phantom))


def test_a_version_that_was_acknowledged_and_is_gone_is_found(history: History) -> None:
    versions = apps.get_model("duty", "AnswerEvent")
    with unguarded(versions):
        versions.objects.filter(private_note=f"{MARK} 0 1").delete()

    assert judge(history=history, stored=_stored()).lost == (f"{MARK} 0 1",)


def test_a_version_that_is_stored_twice_is_found(history: History) -> None:
    versions = apps.get_model("duty", "AnswerEvent")
    again = versions.objects.get(private_note=f"{MARK} 0 1")
    again.pk = None
    again.save(force_insert=True)

    assert judge(history=history, stored=_stored()).duplicated == (f"{MARK} 0 1",)
