"""The register goes into the database, again and again, and the pairs follow."""

import csv
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection

from authorities.actions.directory import LoadReport, load_register
from authorities.models import (
    AuditEvent,
    Body,
    BodyCode,
    BodyKind,
    BodyName,
    CouncilMembership,
    IntegratedCareBoard,
    Pair,
    PairOverlap,
    StrategicAuthority,
)
from authorities.register_file import Register, read_register
from tests.authorities.conftest import LOADED_AT, REGISTER
from tests.factories.authorities import BoardFactory, BodyNameFactory, since

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

TODAY = date(2026, 11, 23)
EVE_OF_MERGERS = date(2026, 3, 31)


@pytest.fixture
def register() -> Register:
    return read_register(folder=REGISTER)


def load(register: Register) -> LoadReport:
    return load_register(register=register, by=None, at=LOADED_AT)


@contextmanager
def no_writes() -> Iterator[None]:
    """Fail on any statement that writes."""

    def guard(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
            pytest.fail(f"wrote: {sql[:80]}")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(guard):
        yield


def published(name: str) -> dict[tuple[str, str], dict[str, str]]:
    with (REGISTER / name).open(encoding="utf-8", newline="") as file:
        return {(row["sa_slug"], row["icb_slug"]): row for row in csv.DictReader(file)}


def overlaps_on(day: date) -> dict[tuple[str, str], PairOverlap]:
    return {
        (row.pair.authority.slug, row.pair.board.slug): row
        for row in PairOverlap.objects.as_at(day).select_related("pair__authority", "pair__board")
    }


def test_the_first_load_makes_every_body_with_its_audit_row(register_loaded: LoadReport) -> None:
    kinds = {kind: Body.objects.filter(kind=kind).count() for kind in BodyKind.values}

    assert kinds == {
        "strategic_authority": 23,
        "integrated_care_board": 48,
        "council": 153,
        "country": 1,
        "region": 8,
        "nhs_region": 7,
        "cluster": 8,
        "national": 4,
    }
    assert register_loaded.bodies == 252
    assert all(change.created for change in register_loaded.changes)
    assert AuditEvent.objects.filter(action="register.body_created").count() == 252
    assert AuditEvent.objects.filter(action="pair.created").count() == Pair.objects.count()


def test_a_second_load_writes_nothing_and_says_so(
    register_loaded: LoadReport, register: Register
) -> None:
    with no_writes():
        report = load(register)

    assert not report.changed_anything
    assert report.only_stored == ()
    assert report.pairs.unchanged == Pair.objects.count()


def test_the_pairs_of_today_equal_the_published_table(register_loaded: LoadReport) -> None:
    table = published("sa_icb_overlap_2026.csv")

    stored = overlaps_on(TODAY)

    assert stored.keys() == table.keys()
    for pair, row in stored.items():
        assert abs(row.population - int(table[pair]["overlap_population"])) <= 1
        near = 1e-6 + row.share_of_authority / row.population
        assert row.share_of_authority == pytest.approx(
            float(table[pair]["share_of_sa_population"]), abs=near
        )
        assert row.share_of_board == pytest.approx(
            float(table[pair]["share_of_icb_population"]), abs=near
        )
    assert [pair for pair, row in stored.items() if row.sliver] == [
        ("york-and-north-yorkshire", "lancashire-and-south-cumbria")
    ]
    assert {pair[0] for pair, row in stored.items() if row.planned} == {
        "greater-essex",
        "norfolk-and-suffolk",
        "cornwall",
    }
    assert sum(not row.sliver and not row.planned for row in stored.values()) == 30


def test_the_pairs_before_the_mergers_equal_the_published_table(
    register_loaded: LoadReport,
) -> None:
    established = set(
        StrategicAuthority.objects.as_at(EVE_OF_MERGERS).values_list("slug", flat=True)
    )
    table = {
        pair: row
        for pair, row in published("sa_icb_overlap_2022.csv").items()
        if pair[0] in established
    }

    stored = overlaps_on(EVE_OF_MERGERS)

    assert stored.keys() == table.keys()
    for pair, row in stored.items():
        assert abs(row.population - int(table[pair]["overlap_population"])) <= 1
        near = 1e-6 + row.share_of_authority / row.population
        assert row.share_of_authority == pytest.approx(
            float(table[pair]["share_of_sa_population"]), abs=near
        )
        assert row.share_of_board == pytest.approx(
            float(table[pair]["share_of_icb_population"]), abs=near
        )


def test_there_are_42_boards_before_april_2026_and_36_after(register_loaded: LoadReport) -> None:
    boards = IntegratedCareBoard.objects

    assert boards.as_at(EVE_OF_MERGERS).count() == 42
    assert boards.as_at(date(2026, 4, 1)).count() == 36


def test_a_closed_board_keeps_its_name(register_loaded: LoadReport) -> None:
    sussex: Any = IntegratedCareBoard.objects.with_facts(TODAY).get(slug="sussex")

    assert sussex.name == "NHS Sussex Integrated Care Board"
    assert sussex.closed_on == date(2026, 4, 1)


def test_a_council_has_its_former_code_until_the_day_of_the_new_one(
    register_loaded: LoadReport,
) -> None:
    codes = BodyCode.objects.filter(body__slug="barnsley", body__kind=BodyKind.COUNCIL)

    assert codes.as_at(date(2025, 3, 31)).get().value == "E08000016"
    assert codes.as_at(date(2025, 4, 1)).get().value == "E08000038"


def test_a_proposed_single_authority_leaves_the_code_to_its_council(
    register_loaded: LoadReport,
) -> None:
    owners = BodyCode.objects.filter(value="E06000052").values_list("body__kind", flat=True)

    assert list(owners) == [BodyKind.COUNCIL]


def test_members_of_planned_authorities_are_known_from_the_day_of_the_register(
    register_loaded: LoadReport,
) -> None:
    members = CouncilMembership.objects.filter(planned=True)

    assert {row.valid.lower for row in members} == {TODAY}
    assert {row.valid.upper for row in members} == {None}
    assert members.count() == 6


def test_a_changed_name_is_replaced_reported_and_audited(
    register_loaded: LoadReport, register: Register
) -> None:
    first = register.authorities[0]
    renamed = replace(
        register, authorities=(replace(first, short_name="London"), *register.authorities[1:])
    )

    report = load(renamed)

    [change] = report.changes
    assert (change.slug, change.created) == ("greater-london", False)
    assert [line.split(":")[0] for line in change.what] == ["no longer", "now"]
    assert BodyName.objects.get(body__slug="greater-london").short_name == "London"
    event = AuditEvent.objects.latest("pk")
    assert (event.action, event.body_id) == (
        "register.body_changed",
        StrategicAuthority.objects.get(slug="greater-london").pk,
    )
    assert event.detail["what"] == list(change.what)


def test_what_only_the_database_holds_is_left_and_reported(
    register_loaded: LoadReport, register: Register
) -> None:
    extra = BoardFactory(slug="atlantis", name=False, ons_code=False, ods_code=False)
    BodyNameFactory(body=extra, name="Atlantis", valid=since(date(2026, 5, 1)))

    report = load(register)

    assert report.only_stored == (
        "integrated_care_board atlantis",
        "integrated_care_board atlantis: name Atlantis, Atlantis, [2026-05-01, None)",
    )
    extra.refresh_from_db()
    assert extra.closed_on is None


def test_a_planned_authority_that_is_established_keeps_its_row_and_its_pair(
    register_loaded: LoadReport, register: Register
) -> None:
    pair = Pair.objects.get(authority__slug="greater-essex")
    started = date(2027, 4, 1)
    essex = next(row for row in register.authorities if row.slug == "greater-essex")
    span = replace(essex.exists, start=started)
    established = replace(
        register,
        authorities=tuple(
            replace(row, planned=False, exists=span) if row is essex else row
            for row in register.authorities
        ),
        members=tuple(
            replace(row, valid=span) if row.authority == essex.slug else row
            for row in register.members
        ),
    )

    load(established)

    [overlap] = PairOverlap.objects.filter(pair=pair)
    assert (overlap.valid.lower, overlap.planned) == (started, False)
    assert Pair.objects.get(authority__slug="greater-essex") == pair


def test_later_registers_leave_the_day_from_which_a_plan_was_known(
    register_loaded: LoadReport, register: Register
) -> None:
    later = replace(register, gathered_on=date(2027, 1, 15))

    with no_writes():
        report = load(later)

    assert not report.changed_anything


def test_a_load_that_fails_stores_nothing(register_loaded: LoadReport, register: Register) -> None:
    first = register.authorities[0]
    contradictory = replace(
        register, authorities=(replace(first, slug="new-one"), *register.authorities)
    )

    with pytest.raises(IntegrityError, match="code_means_one_body_a_day"):
        load(contradictory)

    assert not Body.objects.filter(slug="new-one").exists()


def test_the_command_reports_as_json_and_in_words(register_loaded: LoadReport) -> None:
    as_json, in_words = StringIO(), StringIO()

    call_command("load_register", "--json", stdout=as_json)
    call_command("load_register", stdout=in_words)

    assert json.loads(as_json.getvalue())["pairs"]["unchanged"] == Pair.objects.count()
    assert "Nothing changed." in in_words.getvalue()


def test_the_command_refuses_a_folder_without_a_register(tmp_path: Any) -> None:
    with pytest.raises(CommandError, match="is missing from the register's folder"):
        call_command("load_register", "--folder", str(tmp_path))
