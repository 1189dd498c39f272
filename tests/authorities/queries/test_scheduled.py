"""What is scheduled warns before it happens, and stays out of the register until then."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from authorities import queries
from authorities.actions import reorganisations
from authorities.actions.directory import LoadReport
from authorities.models import Reorganisation
from authorities.reorganisation.facts import AUTHORITY, BOARD, BodyKey
from authorities.reorganisation.operations import Merge, Open, Operation
from authorities.timetable import WarningKind
from tests.factories.authorities import UserFactory

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
MERGER = date(2027, 4, 1)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

Schedule = Callable[..., Reorganisation]


@pytest.fixture
def schedule(register_loaded: LoadReport) -> Schedule:
    def _schedule(
        *operations: Operation, on: date = MERGER, until: str = "scheduled"
    ) -> Reorganisation:
        author, lead = UserFactory(), UserFactory()
        row = reorganisations.draft(
            heading=reorganisations.Heading("A change", on, "tests", "high"), by=author, at=NOW
        )
        reorganisations.add_operation(
            reorganisation=row, version=row.version, operations=operations, by=author, at=NOW
        )
        row.refresh_from_db()
        reorganisations.preview(reorganisation=row, version=row.version, by=author, at=NOW)
        row.refresh_from_db()
        if until == "ready":
            return row
        reorganisations.approve(reorganisation=row, version=row.version, by=lead, at=NOW)
        row.refresh_from_db()
        reorganisations.schedule(
            reorganisation=row, version=row.version, override_reason="", by=lead, at=NOW
        )
        row.refresh_from_db()
        return row

    return _schedule


def merger() -> Merge:
    return Merge(sources=(BodyKey(BOARD, "lincolnshire"),), target=BodyKey(BOARD, "devon"))


def warnings_of(authority: str, board: str) -> dict[WarningKind, date | None]:
    pair = queries.pair_facts(authority_slug=authority, board_slug=board, as_at=TODAY)
    return {warning.kind: warning.on for warning in pair.warnings}


def test_a_scheduled_merger_says_when_the_pair_ends(schedule: Schedule) -> None:
    schedule(merger())

    found = warnings_of("greater-lincolnshire", "lincolnshire")

    assert found[WarningKind.PAIR_ENDS_ON] == MERGER


def test_what_waits_for_approval_warns_nobody(schedule: Schedule) -> None:
    schedule(merger(), until="ready")

    found = warnings_of("greater-lincolnshire", "lincolnshire")

    assert WarningKind.PAIR_ENDS_ON not in found


def test_a_scheduled_change_is_no_fact_before_its_day(schedule: Schedule) -> None:
    before = queries.pair_list(as_at=MERGER)

    schedule(merger())

    assert {pair.id for pair in queries.pair_list(as_at=MERGER)} == {pair.id for pair in before}


def test_a_board_that_changes_before_a_planned_authority_starts_is_said(
    schedule: Schedule,
) -> None:
    essex = BodyKey(BOARD, "essex")
    schedule(Merge(sources=(BodyKey(BOARD, "norfolk-and-suffolk"),), target=essex))
    schedule(Open(body=BodyKey(AUTHORITY, "greater-essex")), on=date(2027, 5, 6))

    found = warnings_of("greater-essex", "essex")

    assert found[WarningKind.ICB_CHANGE_BEFORE_SA_START] == MERGER
    assert WarningKind.ICB_CHANGE_WITHIN_12_MONTHS_OF_SA_START in found
