"""Loading and publishing what the duty asks."""

from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from authorities.models import AuditEvent
from duty.actions import specifications
from duty.models import Declaration, Question, Specification
from duty.queries.asked import spec_of
from tests.factories.duty import SpecificationFactory, version_one

pytestmark = pytest.mark.django_db


def test_the_command_loads_version_one_and_may_run_twice():
    for _run in range(2):
        said = StringIO()
        call_command("load_specification", stdout=said)

    stored = Specification.objects.get()
    assert said.getvalue() == "33 questions and 1 declaration are loaded.\n"
    assert stored.published_at is not None
    assert Declaration.objects.get().version == 1
    assert AuditEvent.objects.filter(action="specification.loaded").count() == 1
    assert AuditEvent.objects.filter(action="specification.published").count() == 1


def test_a_question_comes_back_as_it_was_read():
    stored = SpecificationFactory()

    rows = {row.code: spec_of(row=row) for row in stored.questions.all()}

    assert rows == {question.code: question for question in version_one()}


def test_a_published_version_does_not_change():
    stored = SpecificationFactory(version=1)
    changed = [replace(version_one()[0], text="Something else?"), *version_one()[1:]]

    with pytest.raises(specifications.SpecificationFrozenError, match="as version 2"):
        specifications.load_specification(
            questions=changed, version=1, title=stored.title, by=None, at=timezone.now()
        )


def test_a_draft_may_be_loaded_again():
    for text in ("First?", "Second?"):
        stored = specifications.load_specification(
            questions=[replace(version_one()[0], text=text)],
            version=1,
            title="Draft",
            by=None,
            at=timezone.now(),
        )

    assert [question.text for question in stored.questions.all()] == ["Second?"]


def test_a_version_without_questions_is_not_published():
    with pytest.raises(specifications.EmptySpecificationError):
        SpecificationFactory(questions=[])


def test_a_declaration_keeps_its_text():
    now = timezone.now()
    specifications.load_declaration(version=1, text="I declare.", by=None, at=now)

    with pytest.raises(specifications.DeclarationFrozenError, match="as 2"):
        specifications.load_declaration(version=1, text="I do not.", by=None, at=now)


def test_the_command_says_what_stands_in_the_way():
    SpecificationFactory(version=1, questions=version_one()[:1])

    with pytest.raises(CommandError, match="Version 1 is published"):
        call_command("load_specification")


def test_the_database_refuses_to_change_a_published_question():
    stored = SpecificationFactory(questions=version_one()[:2])
    row = stored.questions.get(code=version_one()[0].code)

    for change in (
        lambda: Question.objects.filter(pk=row.pk).update(text="Another?"),
        lambda: row.delete(),
        lambda: Question.objects.create(
            specification=stored, section="about", code="AB9", order=9, floor=False
        ),
        lambda: Specification.objects.filter(pk=stored.pk).update(title="Another"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"code": "CO1", "order": 99}, "question_code_once"),
        ({"code": "CO99", "order": 10}, "question_order_once"),
        ({"code": "CO99", "order": 99, "section": "elsewhere"}, "section_is_known"),
    ],
)
def test_a_question_breaks_its_constraints(change, constraint):
    stored = specifications.load_specification(
        questions=version_one(), version=1, title="Draft", by=None, at=timezone.now()
    )
    row = {"section": "co-operation", "floor": False, "theory_of_change": "input"}

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Question.objects.create(specification=stored, **(row | change))
