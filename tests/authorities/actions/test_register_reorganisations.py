"""The register's own changes are kept as applied ones, and its 36 boards come about on screen."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection

from authorities.actions.directory import LoadReport, load_register
from authorities.actions.reorganisation_jobs import apply_due
from authorities.actions.reorganisations import (
    Heading,
    add_operation,
    approve,
    draft,
    preview,
    schedule,
)
from authorities.geography import Overlap, PartOverlap, overlaps
from authorities.models import (
    AuditEvent,
    IntegratedCareBoard,
    Origin,
    PairOverlap,
    Reorganisation,
    ReorganisationState,
    StrategicAuthority,
    User,
)
from authorities.queries.geography import load_geography
from authorities.queries.reorganisations import change_of
from authorities.register_file import Register, read_register
from authorities.register_file.rows import OverlapTable
from authorities.reorganisation.facts import BOARD, Geography
from authorities.span import Span
from tests.authorities.conftest import LOADED_AT, REGISTER
from tests.authorities.reorganisation.england import DAY, EVE
from tests.factories.authorities import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

DRAFTED_AT = datetime(2025, 11, 3, 9, 0, tzinfo=UTC)
APPLIED_AT = datetime(2026, 4, 1, 0, 5, tzinfo=UTC)


@pytest.fixture
def register() -> Register:
    return read_register(folder=REGISTER)


def before_the_mergers(register: Register) -> Register:
    """The register as if it had been gathered before 1 April 2026, for boards."""

    def kept(rows: tuple[Any, ...], name: str) -> tuple[Any, ...]:
        return tuple(
            replace(row, **{name: _reopened(getattr(row, name))})
            for row in rows
            if getattr(row, name).start != DAY
        )

    return replace(
        register,
        boards=kept(register.boards, "exists"),
        board_codes=kept(register.board_codes, "valid"),
        part_boards=kept(register.part_boards, "valid"),
        successions=tuple(row for row in register.successions if row.on_date != DAY),
        reorganisations=(),
    )


def _reopened(span: Span) -> Span:
    return Span(span.start, None) if span.end == DAY else span


def enter_and_apply(register: Register) -> Reorganisation:
    """Enter the register's change on screen, have it approved, and let its day come."""
    [row] = register.reorganisations
    editor, approver = UserFactory(), UserFactory()
    made = draft(
        heading=Heading(
            title=row.title, effective_date=row.on, source=row.source, certainty=row.certainty
        ),
        by=editor,
        at=DRAFTED_AT,
    )
    _step(made, add_operation, by=editor, operations=row.change.operations)
    _step(made, preview, by=editor)
    _step(made, approve, by=approver)
    _step(made, schedule, by=approver, override_reason="")
    assert apply_due(today=EVE, at=DRAFTED_AT) == 0
    assert apply_due(today=DAY, at=APPLIED_AT) == 1
    made.refresh_from_db()
    return made


def _step(made: Reorganisation, action: Any, *, by: User, **more: Any) -> None:
    made.refresh_from_db()
    action(reorganisation=made, version=made.version, by=by, at=DRAFTED_AT, **more)


@contextmanager
def no_writes() -> Iterator[None]:
    """Fail on any statement that writes."""

    def guard(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
            pytest.fail(f"wrote: {sql[:80]}")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(guard):
        yield


def overlaps_of_every_authority(geography: Geography, day: date) -> dict[tuple[str, str], Overlap]:
    """Today's authorities, planned ones too, laid over the boards of the day."""
    authority_of = {
        fact.council: fact.authority.slug
        for fact in geography.members
        if fact.role == "constituent" and (fact.valid.end is None or day < fact.valid.end)
    }
    council_of = {f.part: f.council for f in geography.part_councils if f.valid.holds_on(day)}
    board_of = {f.part: f.board.slug for f in geography.part_boards if f.valid.holds_on(day)}
    return {
        (one.authority, one.board): one
        for one in overlaps(
            parts=[
                PartOverlap(
                    part=part.key,
                    authority=authority_of.get(council_of[part.key]),
                    board=board_of[part.key],
                    population=part.population,
                )
                for part in geography.parts
            ]
        )
    }


def assert_equals_table(found: dict[tuple[str, str], Any], table: OverlapTable) -> None:
    rows = {(row.authority, row.board): row for row in table.rows}
    assert found.keys() <= rows.keys()
    for pair, one in found.items():
        # People are whole in each part, and published shares have six places.
        near = 1e-6 + one.share_of_authority / one.population
        assert abs(one.population - rows[pair].population) <= 1
        assert one.share_of_authority == pytest.approx(rows[pair].share_of_authority, abs=near)
        assert one.share_of_board == pytest.approx(rows[pair].share_of_board, abs=near)


def stored_overlaps(day: date) -> dict[tuple[str, str], PairOverlap]:
    return {
        (row.pair.authority.slug, row.pair.board.slug): row
        for row in PairOverlap.objects.as_at(day).select_related("pair__authority", "pair__board")
    }


def every_stored_overlap() -> set[tuple[object, ...]]:
    return {
        (
            row.pair.authority.slug,
            row.pair.board.slug,
            row.valid.lower,
            row.valid.upper,
            row.population,
            row.share_of_authority,
            row.share_of_board,
            row.sliver,
            row.planned,
            row.coterminosity,
        )
        for row in PairOverlap.objects.select_related("pair__authority", "pair__board")
    }


def test_the_change_entered_on_screen_gives_the_pairs_and_shares_of_both_tables(
    register: Register,
) -> None:
    load_register(register=before_the_mergers(register), by=None, at=DRAFTED_AT)
    assert IntegratedCareBoard.objects.as_at(DAY).count() == 42

    made = enter_and_apply(register)

    assert made.state == ReorganisationState.APPLIED
    assert IntegratedCareBoard.objects.as_at(EVE).count() == 42
    assert IntegratedCareBoard.objects.as_at(DAY).count() == 36
    geography = load_geography()
    for table in register.overlap_tables:
        everybody = overlaps_of_every_authority(geography, table.day)
        assert everybody.keys() == {(row.authority, row.board) for row in table.rows}
        assert_equals_table(everybody, table)
        on_that_day = stored_overlaps(table.day)
        begun = set(StrategicAuthority.objects.as_at(table.day).values_list("slug", flat=True))
        assert on_that_day.keys() == {pair for pair in everybody if pair[0] in begun}
        assert_equals_table(on_that_day, table)


def test_the_register_with_the_change_finds_every_pair_as_the_screen_made_it(
    register: Register,
) -> None:
    load_register(register=before_the_mergers(register), by=None, at=DRAFTED_AT)
    made = enter_and_apply(register)
    entered = every_stored_overlap()

    report = load_register(register=register, by=None, at=LOADED_AT)

    assert (report.pairs.created, report.pairs.changed) == (0, 0)
    assert every_stored_overlap() == entered
    [text] = report.left_out
    assert text.startswith(f"{made}: ")
    assert "An address is never used again" in text
    assert report.only_stored == ()
    boards = [body for body in load_geography().bodies if body.key.kind == BOARD]
    assert sum(body.exists_on(DAY) for body in boards) == 36
    with no_writes():
        assert not load_register(register=register, by=None, at=LOADED_AT).changed_anything


def test_the_change_of_the_register_is_on_record_as_applied_by_nobody(
    register_loaded: LoadReport, register: Register
) -> None:
    [one] = register.reorganisations

    kept = Reorganisation.objects.get(origin=Origin.REGISTER)

    assert register_loaded.reorganisations == (f"{one.title} on {one.on}",)
    assert (kept.state, kept.effective_date) == (ReorganisationState.APPLIED, DAY)
    assert kept.applied_at == LOADED_AT
    assert kept.proposed_by is kept.approved_by is kept.preview is None
    assert change_of(kept) == one.change
    assert kept.bodies.filter(pending=True).count() == 0
    assert kept.bodies.count() == 19
    [event] = AuditEvent.objects.filter(action="register.reorganisation_made")
    assert event.target_id == str(kept.pk)


def test_a_change_that_the_register_tells_otherwise_is_told_anew(
    register_loaded: LoadReport, register: Register
) -> None:
    [one] = register.reorganisations
    shorter = replace(
        register, reorganisations=(replace(one, title="New", operations=one.operations[:-1]),)
    )

    report = load_register(register=shorter, by=None, at=LOADED_AT)

    kept = Reorganisation.objects.get(origin=Origin.REGISTER)
    assert report.reorganisations == ("New on 2026-04-01",)
    assert report.changed_anything
    assert (kept.title, kept.version, kept.operations.count()) == ("New", 2, 15)
    assert AuditEvent.objects.filter(action="register.reorganisation_changed").count() == 1
