"""The weekly look through the newest file of each kind."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from authorities import tasks
from authorities.actions import feed_findings, register_feeds
from authorities.actions.directory import LoadReport
from authorities.models import FeedFinding, RegisterFeed
from tests.authorities.feeds import (
    NOVEMBER_2026,
    board_rows,
    council_rows,
    ods_boards,
    ons_boards,
    ons_councils,
    sent,
)
from tests.factories.authorities import UserFactory
from tests.factories.feeds import RegisterFeedFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_files")]
NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)


def received(content: bytes, day: date = NOVEMBER_2026) -> RegisterFeed:
    return register_feeds.receive(
        file=sent(content), file_name="feed.csv", day=day, by=UserFactory(), at=NOW
    )


def check() -> int:
    return feed_findings.check_feeds(today=TODAY, at=NOW)


def test_open_bodies_that_the_newest_file_lacks_and_codes_unknown_to_us_are_found(
    register_loaded: LoadReport,
) -> None:
    rows = board_rows(NOVEMBER_2026)
    lacking = rows[:2]
    new = ["E54000999", "S9Z9Z", "NHS New Integrated Care Board"]
    feed = received(ons_boards([*rows[2:], new]))

    assert check() == 1

    finding = FeedFinding.objects.get()
    assert (finding.feed, finding.scheme, finding.kind) == (feed, "ons", "integrated_care_board")
    assert sorted(code for code, _ in finding.absent) == [row[0] for row in lacking]
    assert finding.unknown == [["E54000999", "NHS New Integrated Care Board"]]
    assert finding.computed_at == NOW


def test_each_scheme_and_kind_has_a_finding_from_its_newest_file(
    register_loaded: LoadReport,
) -> None:
    received(ons_boards(board_rows(NOVEMBER_2026)[1:]), day=date(2026, 10, 1))
    newest = received(ons_boards(board_rows(NOVEMBER_2026)))
    received(ods_boards(NOVEMBER_2026))
    received(ons_councils(council_rows()))

    assert check() == 3

    assert [
        (one.scheme, one.kind, one.absent, one.unknown)
        for one in FeedFinding.objects.order_by("scheme", "kind")
    ] == [
        ("ods", "integrated_care_board", [], []),
        ("ons", "council", [], []),
        ("ons", "integrated_care_board", [], []),
    ]
    assert FeedFinding.objects.get(scheme="ons", kind="integrated_care_board").feed == newest


def test_a_discarded_file_is_not_looked_through(register_loaded: LoadReport) -> None:
    feed = received(ons_boards(board_rows(NOVEMBER_2026)))
    register_feeds.discard(feed=feed, reason="Wrong.", by=UserFactory(), at=NOW)

    assert check() == 0


def test_the_job_may_run_twice(register_loaded: LoadReport) -> None:
    received(ons_boards(board_rows(NOVEMBER_2026)))

    assert tasks.check_register_feeds() == tasks.check_register_feeds() == 1
    assert FeedFinding.objects.count() == 1


def test_a_file_that_is_gone_is_a_finding() -> None:
    RegisterFeedFactory()

    assert check() == 1
    assert FeedFinding.objects.get().fault == "The file could not be found. Upload it again."


def test_a_file_that_is_not_what_was_sent_is_a_finding(
    kept_files: Path, register_loaded: LoadReport
) -> None:
    received(ons_boards(board_rows(NOVEMBER_2026)))
    [kept] = kept_files.rglob("*.csv")
    kept.write_bytes(b"ICB26CD,ICB26NM\nE54000001,A\n")

    check()

    assert "not as it was uploaded" in FeedFinding.objects.get().fault
