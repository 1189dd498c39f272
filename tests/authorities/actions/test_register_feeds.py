"""Files of real size come in, are compared, and their review comes to an end."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from authorities.actions import register_feeds
from authorities.actions.directory import LoadReport
from authorities.feed_file import FeedFileError
from authorities.models import (
    AuditEvent,
    FeedDecision,
    FeedDifference,
    FeedState,
    RegisterFeed,
    User,
)
from tests.authorities.feeds import (
    APRIL_2026,
    NOVEMBER_2026,
    board_rows,
    council_rows,
    ods_boards,
    ons_boards,
    ons_councils,
    ons_members,
    sent,
)
from tests.factories.authorities import UserFactory
from tests.factories.feeds import FeedDifferenceFactory, RegisterFeedFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_files")]
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def receive(
    content: bytes, day: date = APRIL_2026, by: User | None = None, name: str = "feed.csv"
) -> RegisterFeed:
    return register_feeds.receive(
        file=sent(content, name), file_name=name, day=day, by=by or UserFactory(), at=NOW
    )


def rows_of(feed: RegisterFeed) -> list[tuple[str, str, str]]:
    return list(feed.differences.order_by("position").values_list("kind", "aspect", "code"))


def test_the_boards_of_april_2026_are_those_of_the_register(register_loaded: LoadReport) -> None:
    rows = board_rows()

    feed = receive(ons_boards(rows))

    assert len(rows) == 36
    assert rows_of(feed) == []
    assert (feed.row_count, feed.same_count, feed.notices) == (36, 36, [])
    assert feed.covers == ["integrated_care_board"]


def test_boards_with_a_few_differences_show_just_those(register_loaded: LoadReport) -> None:
    rows = board_rows()
    gone, renamed, recoded = rows[3], rows[7], rows[11]
    renamed[2], recoded[1] = "NHS Elsewhere Integrated Care Board", "QZZ"
    rows[3] = ["E54000999", "S9Z9Z", "NHS Brand New Integrated Care Board"]

    feed = receive(ons_boards(rows))

    assert rows_of(feed) == [
        ("added", "body", "E54000999"),
        *sorted(
            [("changed", "name", renamed[0]), ("changed", "code", recoded[0])],
            key=lambda one: [r[2] for r in rows if r[0] == one[2]],
        ),
        ("closed", "body", gone[0]),
    ]
    assert feed.differences.get(kind="added").other_codes == [["ods", "S9Z9Z"]]
    assert feed.same_count == 33


def test_the_boards_of_the_day_before_are_other_ones(register_loaded: LoadReport) -> None:
    feed = receive(ons_boards(board_rows()), day=date(2026, 3, 31))

    kinds = [kind for kind, _, _ in rows_of(feed)]
    assert kinds.count("closed") == 12 + 1
    assert kinds.count("unknown") == 6 + 1


def test_a_file_of_153_councils_has_the_row_of_wales_only(register_loaded: LoadReport) -> None:
    rows = council_rows()

    feed = receive(ons_councils(rows), day=NOVEMBER_2026)

    assert len(rows) == 153
    assert rows_of(feed) == [("unknown", "body", "W06000001")]
    assert feed.same_count == 153


def test_a_lookup_of_members_says_nothing_of_counties_and_of_london(
    register_loaded: LoadReport,
) -> None:
    feed = receive(ons_members(), day=NOVEMBER_2026)

    assert rows_of(feed) == []
    assert any("no ONS code" in notice for notice in feed.notices)


def test_a_council_that_a_lookup_leaves_out_has_left_its_authority(
    register_loaded: LoadReport,
) -> None:
    feed = receive(ons_members(left_out=["E08000003"]), day=NOVEMBER_2026)

    [row] = feed.differences.all()
    assert (row.aspect, row.code, row.group) == ("authority", "E08000003", None)
    assert row.detail == "In the file: in no combined authority. Here: Greater Manchester."


def test_an_ods_file_in_capitals_agrees_with_the_register(register_loaded: LoadReport) -> None:
    feed = receive(ods_boards())

    assert rows_of(feed) == [("unknown", "body", "X26")]
    assert (feed.layout, feed.same_count) == ("ods", 36)


def test_an_ods_file_says_which_board_ends(register_loaded: LoadReport) -> None:
    feed = receive(ods_boards(closed=["QF7"]), day=date(2027, 4, 1))

    closed = feed.differences.get(kind="closed")
    assert (closed.code, closed.detail) == ("QF7", "In the file until 31 March 2027.")


def test_the_file_is_kept_as_it_came_and_who_sent_it(
    register_loaded: LoadReport, kept_files: Path
) -> None:
    content = ons_boards(board_rows())
    by = UserFactory()

    feed = receive(content, by=by, name="../up/ICB\u202e 2026.csv")

    with feed.file.open("rb") as kept:
        assert kept.read() == content
    assert feed.file_name == "ICB 2026.csv"
    event = AuditEvent.objects.get(action="register_feed.received")
    assert (event.by, event.detail["sha256"]) == (by, feed.sha256)


def test_the_same_form_sent_twice_gives_one_review() -> None:
    by = UserFactory()
    content = b"ICB26CD,ICB26NM\nE54000001,A\n"

    first, second = receive(content, by=by), receive(content, by=by)

    assert first == second
    assert RegisterFeed.objects.count() == 1


def test_another_person_with_the_same_file_is_told_who_has_it() -> None:
    content = b"ICB26CD,ICB26NM\nE54000001,A\n"
    receive(content, by=UserFactory(full_name="Ada First"))

    with pytest.raises(register_feeds.KnownFileError, match="Ada First"):
        receive(content)

    assert receive(content, day=date(2026, 5, 1)).pk


def test_of_a_wrong_file_nothing_is_kept_but_that_it_came(kept_files: Path) -> None:
    by = UserFactory()

    with pytest.raises(FeedFileError):
        receive(b"ICB26CD,ICB26NM\n?,A\n", by=by)

    assert not RegisterFeed.objects.exists()
    assert list(kept_files.rglob("*.csv")) == []
    assert AuditEvent.objects.get(by=by).action == "register_feed.refused"


def test_a_file_that_cannot_be_stored_leaves_nothing(
    kept_files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object, **fields: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("authorities.audit.AuditEvent.objects.create", broken)

    with pytest.raises(RuntimeError):
        receive(b"ICB26CD,ICB26NM\nE54000001,A\n")

    assert not RegisterFeed.objects.exists()
    assert list(kept_files.rglob("*.csv")) == []


def test_a_review_ends_when_each_row_is_decided() -> None:
    row = FeedDifferenceFactory()
    FeedDifferenceFactory(feed=row.feed, kind="unknown", body=None)
    by = UserFactory()

    with pytest.raises(register_feeds.UndecidedRowsError, match="1 row is not decided"):
        register_feeds.finish(feed=row.feed, by=by, at=NOW)
    FeedDifference.objects.filter(pk=row.pk).update(
        decision=FeedDecision.LEAVE, reason="No.", decided_by=by, decided_at=NOW
    )
    register_feeds.finish(feed=row.feed, by=by, at=NOW)

    row.feed.refresh_from_db()
    assert (row.feed.state, row.feed.settled_by) == (FeedState.REVIEWED, by)


def test_a_review_does_not_end_while_taken_rows_are_in_no_change() -> None:
    by = UserFactory()
    row = FeedDifferenceFactory(decision=FeedDecision.TAKE, decided_by=by, decided_at=NOW)

    with pytest.raises(register_feeds.UndecidedRowsError, match="Make a change"):
        register_feeds.finish(feed=row.feed, by=by, at=NOW)


def test_a_wrong_file_is_put_aside_with_the_reason() -> None:
    feed, by = RegisterFeedFactory(), UserFactory()

    with pytest.raises(register_feeds.ReasonMissingError):
        register_feeds.discard(feed=feed, reason=" ", by=by, at=NOW)
    register_feeds.discard(feed=feed, reason="Of 2023.", by=by, at=NOW)

    feed.refresh_from_db()
    assert (feed.state, feed.settled_reason) == (FeedState.DISCARDED, "Of 2023.")
    with pytest.raises(register_feeds.SettledFeedError):
        register_feeds.finish(feed=feed, by=by, at=NOW)
