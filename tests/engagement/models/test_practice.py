"""The database refuses what must never hold of practice examples, whoever writes."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from engagement.models import PracticeState, PracticeVersion
from engagement.practice_lifecycle import changes
from tests.factories import practice as make

pytestmark = pytest.mark.django_db


def refused(words: str) -> Any:
    return pytest.raises(DatabaseError, match=words)


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"summary": ""},
        {"what_was_done": ""},
        {"what_came": ""},
        {"source_title": ""},
        {"source_url": ""},
    ],
)
def test_an_incomplete_version_is_refused(wrong: dict[str, str]) -> None:
    with refused("practice_says_what_and_from_where"), transaction.atomic():
        make.VersionFactory(**wrong)


def test_an_example_is_of_a_body_or_of_the_file() -> None:
    for wrong in ({"body": None}, {"key": "both"}):
        with refused("practice_is_of_a_body_or_of_the_file"), transaction.atomic():
            make.ExampleFactory(**wrong)


def test_a_function_and_a_state_are_among_those_that_there_are() -> None:
    with refused("practice_function_is_known"), transaction.atomic():
        make.VersionFactory(function="magic")
    with refused("practice_state_is_known"), transaction.atomic():
        make.VersionFactory(state="unknown")


def test_one_version_is_open_and_one_is_public() -> None:
    public = make.published()
    make.VersionFactory(example=public.example, number=2)

    with refused("practice_has_one_open_version"), transaction.atomic():
        make.VersionFactory(example=public.example, number=3)
    with refused("practice_version_once"), transaction.atomic():
        make.VersionFactory(example=public.example, number=1, state=PracticeState.REPLACED)
    with refused("practice_has_one_public_version"), transaction.atomic():
        make.VersionFactory(example=public.example, number=4, state=PracticeState.PUBLISHED)


@pytest.mark.parametrize(
    ("before", "after"),
    [("proposed", PracticeState.RETURNED), ("published", PracticeState.WITHDRAWN)],
)
def test_what_is_taken_back_says_why(before: str, after: str) -> None:
    made = getattr(make, before)()

    with refused("practice_taken_back_says_why"), transaction.atomic():
        make.stepped(made, after)


@pytest.mark.parametrize("before", PracticeState.values)
def test_a_state_changes_by_steps_of_the_table_alone(before: str) -> None:
    ways = {
        "draft": (),
        "replaced": ("proposed", "published", "replaced"),
        "withdrawn": ("proposed", "published", "withdrawn"),
        "published": ("proposed", "published"),
        "returned": ("proposed", "returned"),
        "proposed": ("proposed",),
    }
    row = make.stepped(make.VersionFactory(), *ways[before], reason="A reason.")

    for after in PracticeState.values:
        if after == before or (before, after) in changes():
            continue
        with refused("a practice example does not go from"), transaction.atomic():
            PracticeVersion.objects.filter(pk=row.pk).update(state=after)


@pytest.mark.parametrize("column", ["title", "what_came", "source_url", "themes"])
def test_text_stays_once_it_is_proposed(column: str) -> None:
    value: Any = ["S1"] if column == "themes" else "https://www.example.org/other"
    for row in (make.proposed(), make.published()):
        with refused("practice_text_stays"), transaction.atomic():
            PracticeVersion.objects.filter(pk=row.pk).update(**{column: value})

    draft = make.VersionFactory()
    PracticeVersion.objects.filter(pk=draft.pk).update(**{column: value})


def test_nothing_is_deleted() -> None:
    made = make.VersionFactory()

    with refused("practice_version_never_deleted"), transaction.atomic():
        PracticeVersion.objects.filter(pk=made.pk).delete()
    with refused("practice_example_never_deleted"), transaction.atomic(), connection.cursor() as c:
        c.execute("DELETE FROM engagement_practiceexample")


def test_the_search_is_kept_by_the_database_and_has_its_index() -> None:
    made = make.VersionFactory(title="Cycling to clinics")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT searched @@ websearch_to_tsquery('english', 'cycles') "
            "FROM engagement_practiceversion WHERE id = %s",
            [made.pk],
        )
        assert cursor.fetchone() == (True,)
        cursor.execute(
            "SELECT indexdef FROM pg_indexes WHERE indexname IN "
            "('practice_searched', 'practice_themes')"
        )
        assert all("USING gin" in row[0] for row in cursor.fetchall())
