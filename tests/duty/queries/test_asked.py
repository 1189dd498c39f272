"""The questions of a version, read once where it cannot change."""

from dataclasses import replace

import pytest
from django.utils import timezone

from duty.actions import specifications
from duty.queries.asked import asked_of, questions_asked
from duty.questions import Holder
from tests.factories.duty import SpecificationFactory, many_questions, version_one

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_a_published_version_is_read_once(django_assert_num_queries):
    published = SpecificationFactory(questions=many_questions(3))

    with django_assert_num_queries(1):
        first, again = (questions_asked(specification=published) for _ in range(2))

    assert first is again
    assert [one.code for one in first.questions] == list(first.rows)


def test_two_versions_are_never_mixed_up():
    one, other = (SpecificationFactory(questions=many_questions(n)) for n in (2, 4))

    assert len(questions_asked(specification=one).questions) == 2
    assert len(questions_asked(specification=other).questions) == 4


def test_a_draft_is_read_anew():
    draft = specifications.load_specification(
        questions=many_questions(1), version=90, title="A draft", by=None, at=timezone.now()
    )
    before = questions_asked(specification=draft)

    draft.questions.update(text="Asked otherwise?")

    assert questions_asked(specification=draft).questions == (
        replace(before.questions[0], text="Asked otherwise?"),
    )


def test_slots_are_those_of_the_authority_s_boards():
    asked = questions_asked(specification=SpecificationFactory(questions=version_one()))

    holder = Holder(type="", tier="", first_year=False)

    mine = asked_of(asked=asked, holder=holder, boards=("one", "two"))

    assert [slot.board for slot in mine.slots if slot.question.code == "CO1"] == ["one", "two"]
    assert asked_of(asked=asked, holder=holder, boards=("one", "two")) is mine
