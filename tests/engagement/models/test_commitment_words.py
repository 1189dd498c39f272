"""The latest words of both sides follow their updates, however those are written."""

import importlib
import uuid
from datetime import datetime, timedelta
from typing import Any

import pgtrigger
import pytest
from django.db import IntegrityError, connection, transaction

from engagement.models import (
    Commitment,
    CommitmentUpdate,
    CommitmentUpdateReturn,
    LatestWords,
    Side,
)
from tests.factories.authorities import UserFactory
from tests.factories.engagement_commitments import (
    DECIDED,
    AgreedCommitmentFactory,
    CommitmentUpdateFactory,
)

pytestmark = pytest.mark.django_db

NOON = datetime.fromisoformat("2026-11-02T12:00:00+00:00")
_OWN = {Side.AUTHORITY: "authority", Side.BOARD: "board"}
_MIGRATION = importlib.import_module("engagement.migrations.0014_latest_words")


def _stored(commitment: Commitment) -> dict[Side, tuple[Any, ...]]:
    words = LatestWords.objects.get(commitment=commitment)
    return {
        side: tuple(
            getattr(words, f"{own}_{what}") for what in ("update_id", "status", "at", "sent_back")
        )
        for side, own in _OWN.items()
    }


def _asked_anew(commitment: Commitment) -> dict[Side, tuple[Any, ...]]:
    """Return the same, found in the updates themselves."""
    found: dict[Side, tuple[Any, ...]] = {}
    for side in Side:
        update = commitment.updates.filter(side=side).order_by("-at", "-pk").first()
        found[side] = (
            (update.pk, update.status, update.at, hasattr(update, "sent_back"))
            if update
            else (None, None, None, False)
        )
    return found


def _send_back(update: CommitmentUpdate) -> None:
    CommitmentUpdateReturn.objects.create(
        update=update, comment="Of which year?", at=NOON, by=UserFactory()
    )


def test_each_update_is_the_latest_word_of_its_side_unless_a_newer_one_stands() -> None:
    row = AgreedCommitmentFactory()
    for hours, side in ((0, Side.AUTHORITY), (2, Side.BOARD), (-5, Side.AUTHORITY)):
        update = CommitmentUpdateFactory(
            commitment=row, side=side, at=NOON + timedelta(hours=hours), status="met"
        )
    assert update.at < NOON
    before = _stored(row)

    # At one instant the later row is the later word.
    CommitmentUpdateFactory(commitment=row, at=NOON, status="constrained")

    assert before[Side.AUTHORITY][1] == "met"
    assert _stored(row)[Side.AUTHORITY][1] == "constrained"
    assert _stored(row) == _asked_anew(row)


def test_many_updates_in_one_statement_count_as_well() -> None:
    row, by = AgreedCommitmentFactory(), UserFactory()

    CommitmentUpdate.objects.bulk_create(
        CommitmentUpdate(
            commitment=row,
            side=side,
            status="no_progress",
            at=NOON + timedelta(hours=hours),
            by=by,
            form_key=uuid.uuid4(),
        )
        for hours in (3, 1, 2)
        for side in Side
    )

    assert _stored(row) == _asked_anew(row)
    assert _stored(row)[Side.BOARD][2] == NOON + timedelta(hours=3)


def test_what_was_sent_back_is_so_until_the_side_speaks_again() -> None:
    row = AgreedCommitmentFactory()
    old = CommitmentUpdateFactory(commitment=row, at=DECIDED)
    newest = CommitmentUpdateFactory(commitment=row, at=NOON)
    seen = []
    for update in (old, newest):
        _send_back(update)
        seen.append((_stored(row), _asked_anew(row)))

    CommitmentUpdateFactory(commitment=row, at=NOON + timedelta(days=1))

    assert [stored[Side.AUTHORITY][3] for stored, _ in seen] == [False, True]
    assert all(stored == anew for stored, anew in seen)
    assert _stored(row)[Side.AUTHORITY][3] is False


@pytest.mark.parametrize(
    "statement",
    [
        """INSERT INTO engagement_latestwords
        (commitment_id, authority_sent_back, board_sent_back) VALUES ('{key}', FALSE, FALSE)""",
        "UPDATE engagement_latestwords SET authority_status = 'met'",
        "DELETE FROM engagement_latestwords",
    ],
)
def test_nobody_else_writes_them(statement: str) -> None:
    CommitmentUpdateFactory()

    with (
        pytest.raises(IntegrityError, match="the latest words follow the updates of both sides"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(key=AgreedCommitmentFactory().pk))


@pytest.mark.parametrize(
    ("half", "constraint"),
    [
        ("authority_status = NULL", "authority_words_are_whole"),
        ("board_sent_back = TRUE", "board_words_are_whole"),
    ],
)
def test_a_word_is_whole_or_not_there(half: str, constraint: str) -> None:
    CommitmentUpdateFactory()

    with (
        pgtrigger.ignore("engagement.LatestWords:latest_words_follow_updates"),
        pytest.raises(IntegrityError, match=constraint),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE engagement_latestwords SET {half}")


def test_the_migration_fills_in_what_the_triggers_would_have_written() -> None:
    rows = AgreedCommitmentFactory.create_batch(3)
    _send_back(CommitmentUpdateFactory(commitment=rows[0]))
    for side in Side:
        CommitmentUpdateFactory(commitment=rows[1], side=side, at=DECIDED)
    newest = CommitmentUpdateFactory(commitment=rows[1], side=Side.BOARD, status="met", at=NOON)
    by_triggers = list(LatestWords.objects.order_by("pk").values())

    with (
        pgtrigger.ignore("engagement.LatestWords:latest_words_follow_updates"),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM engagement_latestwords")
        cursor.execute(_MIGRATION._FILL)

    assert list(LatestWords.objects.order_by("pk").values()) == by_triggers
    assert {row["commitment_id"] for row in by_triggers} == {rows[0].pk, rows[1].pk}
    assert LatestWords.objects.get(commitment=rows[1]).board_update == newest
