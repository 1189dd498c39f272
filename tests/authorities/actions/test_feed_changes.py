"""Rows are decided by people, and the taken ones become a change, or nothing does."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from authorities.actions import feed_changes, feed_decisions, register_feeds
from authorities.actions.directory import LoadReport
from authorities.actions.feed_decisions import Decision
from authorities.actions.reorganisations import Heading, cancel
from authorities.feed_operations import Entered
from authorities.models import (
    AuditEvent,
    BodyName,
    FeedDecision,
    FeedDifference,
    RegisterFeed,
    Reorganisation,
)
from authorities.queries.reorganisations import change_of
from authorities.reorganisation.facts import AUTHORITY, BOARD, BodyKey
from authorities.reorganisation.operations import Merge, Open, Recode, Rename, Transfer
from tests.authorities.feeds import NOVEMBER_2026, as_csv, board_rows, ons_boards, sent
from tests.factories.authorities import UserFactory
from tests.factories.feeds import FeedDifferenceFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_files")]
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
NEXT_APRIL = date(2027, 4, 1)
TAKE, LEAVE = FeedDecision.TAKE, FeedDecision.LEAVE
HEADING = Heading(
    title="Boards of April 2027", effective_date=NEXT_APRIL, source="The order", certainty="high"
)


def received(content: bytes, day: date = NOVEMBER_2026) -> RegisterFeed:
    return register_feeds.receive(
        file=sent(content), file_name="feed.csv", day=day, by=UserFactory(), at=NOW
    )


def decide(row: FeedDifference, decision: FeedDecision = TAKE, **parts: Any) -> None:
    row.refresh_from_db()
    feed_decisions.decide(
        difference=row,
        version=row.version,
        decision=Decision(decision=decision, **parts),
        by=UserFactory(),
        at=NOW,
    )


def make(feed: RegisterFeed) -> Reorganisation:
    return feed_changes.make_change(feed=feed, heading=HEADING, by=UserFactory(), at=NOW)


def the(feed: RegisterFeed, **which: str) -> FeedDifference:
    return feed.differences.get(**which)


def test_boards_that_become_a_new_one_are_drafted_as_a_merger(register_loaded: LoadReport) -> None:
    rows = [row for row in board_rows(NOVEMBER_2026) if row[1] not in ("QHG", "QK1", "QPM", "QWU")]
    gone = [row for row in board_rows(NOVEMBER_2026) if row not in rows]
    rows.append(["E54000999", "S9Z9Z", "NHS Mid England Integrated Care Board"])
    feed = received(ons_boards(rows))

    decide(
        the(feed, kind="added"),
        entered=Entered(
            name="NHS Mid England Integrated Care Board",
            short_name="Mid England",
            slug="mid-england",
            region="midlands",
        ),
    )
    for row in feed.differences.filter(kind="closed"):
        decide(row, entered=Entered(successor="mid-england"))
    change = make(feed)

    opened, merged = change_of(change).operations
    assert isinstance(opened, Open)
    assert (opened.ons_code, opened.ods_code) == ("E54000999", "S9Z9Z")
    assert isinstance(merged, Merge)
    assert len(merged.sources) == len(gone) > 1
    assert merged.target == BodyKey(BOARD, "mid-england")
    assert set(feed.differences.values_list("reorganisation", flat=True)) == {change.pk}
    assert not feed.differences.exclude(to_complete="").exists()


def test_a_board_that_ends_without_a_successor_is_left_to_complete(
    register_loaded: LoadReport,
) -> None:
    rows = board_rows(NOVEMBER_2026)
    feed = received(ons_boards(rows[1:]))

    decide(the(feed, kind="closed"))
    change = make(feed)

    assert change_of(change).operations == ()
    assert "says which ICB takes over" in the(feed, kind="closed").to_complete


def test_a_new_name_is_drafted_and_nothing_of_the_register_changes(
    register_loaded: LoadReport,
) -> None:
    rows = board_rows(NOVEMBER_2026)
    rows[0][2] = "NHS Elsewhere Integrated Care Board"
    feed = received(ons_boards(rows))
    before = BodyName.objects.count()

    decide(
        the(feed, aspect="name"),
        entered=Entered(name="NHS Elsewhere Integrated Care Board", short_name="Elsewhere"),
    )
    change = make(feed)

    [operation] = change_of(change).operations
    assert isinstance(operation, Rename)
    assert operation.short_name == "Elsewhere"
    assert (change.state, change.effective_date) == ("incomplete", NEXT_APRIL)
    assert BodyName.objects.count() == before
    assert AuditEvent.objects.filter(action="register_feed.change_made").count() == 1


def test_a_code_of_an_authority_of_ours_is_its_code_because_a_person_says_so(
    register_loaded: LoadReport,
) -> None:
    feed = received(
        as_csv(
            ["CAUTH26CD", "CAUTH26NM"],
            [["E47000001", "Greater Manchester"], ["E47000019", "Cheshire and Warrington"]],
        )
    )
    row = the(feed, kind="added")

    decide(row, match="cheshire-and-warrington")
    change = make(feed)

    assert row.offers == ["cheshire-and-warrington"]
    assert change_of(change).operations == (
        Recode(body=BodyKey(AUTHORITY, "cheshire-and-warrington"), scheme="ons", value="E47000019"),
    )


def test_a_council_that_joins_is_drafted_as_a_transfer(register_loaded: LoadReport) -> None:
    feed = received(
        as_csv(
            ["LAD26CD", "LAD26NM", "CAUTH26CD", "CAUTH26NM"],
            [["E06000024", "North Somerset", "E47000009", "West of England"]],
        )
    )
    row = the(feed, kind="changed", code="E06000024")

    decide(row)
    change = make(feed)

    [operation] = change_of(change).operations
    assert isinstance(operation, Transfer)
    assert operation.source is None
    assert operation.target == BodyKey(AUTHORITY, "west-of-england")


def test_what_the_guards_of_changes_refuse_is_said_with_its_row_and_nothing_is_kept(
    register_loaded: LoadReport,
) -> None:
    rows = board_rows(NOVEMBER_2026)
    rows[0][1] = rows[1][1]
    rows[1][1] = "QZZ"
    feed = received(ons_boards(rows))
    # The code of the second is free only if the second gives it up.
    row = the(feed, aspect="code", code=rows[0][0])
    decide(row)

    with pytest.raises(feed_changes.FeedChangeError) as caught:
        make(feed)

    [problem] = caught.value.problems
    assert problem.position == row.position
    assert "Enter another code" in problem.text
    assert not Reorganisation.objects.filter(title=HEADING.title).exists()
    assert not feed.differences.filter(reorganisation__isnull=False).exists()


def test_a_change_needs_a_row_that_is_taken() -> None:
    row = FeedDifferenceFactory()
    decide(row, LEAVE, reason="Not yet.")

    with pytest.raises(feed_changes.NothingTakenError):
        make(row.feed)


def test_a_row_of_a_change_is_decided_anew_only_when_the_change_is_cancelled(
    register_loaded: LoadReport,
) -> None:
    feed = received(ons_boards(board_rows(NOVEMBER_2026)[1:]))
    row = the(feed, kind="closed")
    decide(row)
    change = make(feed)

    with pytest.raises(feed_decisions.RowInChangeError):
        decide(row, LEAVE, reason="No.")
    with pytest.raises(register_feeds.FeedInUseError):
        register_feeds.discard(feed=feed, reason="Wrong.", by=UserFactory(), at=NOW)
    cancel(reorganisation=change, version=change.version, reason="No.", by=UserFactory(), at=NOW)
    decide(row, LEAVE, reason="The file lags.")

    row.refresh_from_db()
    assert (row.reorganisation, row.to_complete, row.reason) == (None, "", "The file lags.")


def test_whoever_decides_second_is_told_that_somebody_has() -> None:
    row = FeedDifferenceFactory()
    decide(row, LEAVE, reason="No.")

    with pytest.raises(feed_decisions.StaleDecisionError):
        feed_decisions.decide(
            difference=row,
            version=1,
            decision=Decision(decision=TAKE),
            by=UserFactory(),
            at=NOW,
        )


def test_a_decision_may_be_taken_back() -> None:
    row = FeedDifferenceFactory()
    decide(row, LEAVE, reason="No.")

    decide(row, FeedDecision.UNDECIDED)

    row.refresh_from_db()
    assert (row.decision, row.reason, row.decided_by) == ("undecided", "", None)


NEW = Entered(name="NHS New", short_name="New", slug="new", region="midlands")


@pytest.mark.parametrize(
    ("decision", "parts", "field"),
    [
        (LEAVE, {}, "reason"),
        (TAKE, {"entered": Entered()}, "name"),
        (TAKE, {"entered": Entered(name="N")}, "short_name"),
        (TAKE, {"entered": Entered(name="N", short_name="N", slug="Not Good")}, "slug"),
        (TAKE, {"entered": Entered(name="N", short_name="N", slug="essex")}, "slug"),
        (TAKE, {"entered": Entered(name="N", short_name="N", slug="new")}, "region"),
        (TAKE, {"match": "no-such"}, "match"),
    ],
)
def test_a_decision_that_lacks_something_says_what(
    decision: FeedDecision, parts: dict[str, Any], field: str, register_loaded: LoadReport
) -> None:
    row = FeedDifferenceFactory(kind="added", aspect="body", body=None)

    with pytest.raises(feed_decisions.DecisionError) as caught:
        decide(row, decision, **parts)

    assert caught.value.field == field
    row.refresh_from_db()
    assert row.decision == "undecided"


def test_two_rows_cannot_be_one_body_nor_one_address(register_loaded: LoadReport) -> None:
    first = FeedDifferenceFactory(kind="added", aspect="body", body=None, code="E54000997")
    second = FeedDifferenceFactory(
        kind="added", aspect="body", body=None, code="E54000998", feed=first.feed
    )
    decide(first, entered=NEW)

    with pytest.raises(feed_decisions.DecisionError, match="has this address"):
        decide(second, entered=NEW)
    decide(first, match="essex")
    with pytest.raises(feed_decisions.DecisionError, match="taken as this body"):
        decide(second, match="essex")


def test_a_body_does_not_end_that_goes_on_under_a_new_code() -> None:
    ends = FeedDifferenceFactory(kind="closed", aspect="body")
    body = ends.body
    again = FeedDifferenceFactory(kind="added", aspect="body", body=None, feed=ends.feed)
    decide(again, match=body.slug)

    with pytest.raises(feed_decisions.DecisionError, match="does not end"):
        decide(ends)


def test_a_successor_is_a_body_that_goes_on() -> None:
    ends = FeedDifferenceFactory(kind="closed", aspect="body")

    with pytest.raises(feed_decisions.DecisionError, match="goes on"):
        decide(ends, entered=Entered(successor=ends.body.slug))


def test_an_authority_needs_its_type_and_tier() -> None:
    row = FeedDifferenceFactory(
        kind="added", aspect="body", body=None, body_kind="strategic_authority"
    )

    with pytest.raises(feed_decisions.DecisionError, match="legal type"):
        decide(row, entered=Entered(name="N", short_name="N", slug="n"))
    with pytest.raises(feed_decisions.DecisionError, match="tier"):
        decide(row, entered=Entered(name="N", short_name="N", slug="n", type="combined_authority"))


def test_what_could_not_be_placed_is_not_decided() -> None:
    row = FeedDifferenceFactory(kind="unknown", aspect="body", body=None)

    with pytest.raises(feed_decisions.DecisionError, match="nothing to take"):
        decide(row)
