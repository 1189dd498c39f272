"""The council of a part becomes a dated fact: nothing that was stored is lost on the way."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from pytest_django import DjangoDbBlocker

from tests import world

pytestmark = pytest.mark.slow
BEFORE, AFTER = ("authorities", "0001_initial"), ("authorities", "0002_part_council")


@pytest.fixture
def own_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """An empty database: a test goes forward from nothing, which other apps need not follow."""
    with django_db_blocker.unblock():
        name = f"{connection.settings_dict['NAME']}_migration"
        connection.close()
        getattr(connection, "close_pool")()  # noqa: B009 - PostgreSQL's own
        with world.cloned(template="template1", name=name), world.turned_to(name):
            yield


def migrate(target: tuple[str, str]) -> Any:
    """Go to the state and return its models."""
    executor = MigrationExecutor(connection)
    executor.migrate([target])
    return MigrationExecutor(connection).loader.project_state(target).apps


def test_each_part_keeps_its_council_for_the_days_on_which_that_existed(
    own_database: None,
) -> None:
    before = migrate(BEFORE)
    council_model = before.get_model("authorities", "Council")
    ended = council_model.objects.create(
        kind="council", slug="ended", opened_on=date(1974, 4, 1), closed_on=date(2023, 4, 1)
    )
    open_one = council_model.objects.create(kind="council", slug="open", opened_on=date(2023, 4, 1))
    parts = before.get_model("authorities", "AreaPart")
    for key, council in (("E07000001:1", ended), ("E06000001:1", open_one)):
        parts.objects.create(
            key=key, council=council, population=1000, population_year=2022, small_areas=1
        )

    after = migrate(AFTER)

    rows = after.get_model("authorities", "PartCouncil").objects.order_by("part__key")
    found = [
        (row.part.key, row.council.slug, row.valid.lower, row.valid.upper)
        for row in rows.select_related("part", "council")
    ]
    assert found == [
        ("E06000001:1", "open", date(2023, 4, 1), None),
        ("E07000001:1", "ended", date(1974, 4, 1), date(2023, 4, 1)),
    ]
    assert after.get_model("authorities", "AreaPart").objects.count() == 2


def test_a_register_without_parts_goes_back_and_forth(own_database: None) -> None:
    migrate(AFTER)
    migrate(BEFORE)

    after = migrate(AFTER)

    assert not after.get_model("authorities", "PartCouncil").objects.exists()


def test_messages_that_were_written_before_notices_keep_what_they_say(own_database: None) -> None:
    before = migrate(("authorities", "0009_boundary_import_jobs"))
    at = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    user_model = before.get_model("authorities", "User")
    people = [
        user_model.objects.create(email=f"{name}@south.example", full_name=name, joined_at=at)
        for name in ("one", "two")
    ]
    about = "6f1f1a52-7d3f-4b0e-9c38-0d9a5f0a1b2c"
    for person, sent_at, attempts in ((people[0], at, 1), (people[1], None, 8)):
        before.get_model("authorities", "Message").objects.create(
            recipient=person,
            kind="round.open",
            about=about,
            subject="Open",
            text="Words",
            due_at=at,
            next_attempt_at=at,
            sent_at=sent_at,
            attempts=attempts,
            error="" if sent_at else "It stopped.",
        )

    after = migrate(("authorities", "0010_notices"))

    rows = after.get_model("authorities", "Message").objects.order_by("recipient__email")
    found = [
        (row.notice.kind, row.notice.key, row.text, row.sent_at, row.failed_at)
        for row in rows.select_related("notice")
    ]
    assert found == [
        ("round.open", about, "Words", at, None),
        ("round.open", about, "Words", None, at),
    ]
    assert after.get_model("authorities", "Notice").objects.get().details == {"as_written": True}
