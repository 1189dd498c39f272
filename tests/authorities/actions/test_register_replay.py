"""What was applied on screen since the register was gathered survives every load of it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from authorities.actions.directory import LoadReport, load_register
from authorities.actions.reorganisation_application import put_into_effect
from authorities.frozen_json import to_plain
from authorities.models import (
    AreaPart,
    Body,
    BodyName,
    Reorganisation,
    ReorganisationOperation,
    ReorganisationState,
)
from authorities.queries.geography import load_geography
from authorities.register_file import Register, read_register
from authorities.reorganisation.facts import (
    AUTHORITY,
    BOARD,
    CLUSTER,
    COUNCIL,
    NHS_REGION,
    BodyKey,
    Geography,
    sorted_geography,
)
from authorities.reorganisation.operations import (
    AreaShare,
    Close,
    ClusterEnd,
    ClusterStart,
    Merge,
    Open,
    Operation,
    Recode,
    Rename,
    Retype,
    Split,
    SplitTarget,
    Transfer,
)
from authorities.span import Span
from tests.authorities.conftest import LOADED_AT, REGISTER
from tests.factories.authorities import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

ON = date(2027, 4, 1)
TODAY = LOADED_AT.date()
ENGLAND = 57_112_129


def board(slug: str) -> BodyKey:
    return BodyKey(BOARD, slug)


def council(slug: str) -> BodyKey:
    return BodyKey(COUNCIL, slug)


def authority(slug: str) -> BodyKey:
    return BodyKey(AUTHORITY, slug)


KENT = board("kent-and-medway")
DEVON = board("devon")
DORSET = board("dorset")
SOMERSET = board("somerset")
GLOUCESTERSHIRE = board("gloucestershire")
WEST = Open(
    body=board("west"),
    name="NHS West Integrated Care Board",
    short_name="West",
    ons_code="E54000099",
    ods_code="W1W1W",
    group=BodyKey(NHS_REGION, "south-west"),
)
# Kent has one part, of the board of Kent and Medway.
KENT_PART = "E10000016:1"
RENAME = Rename(KENT, "NHS Garden of England Integrated Care Board", "Garden of England")
NEW_NAME = f"{RENAME.name},{RENAME.short_name}"
DIVISION = Transfer(
    areas=(AreaShare(KENT_PART, 0.25),), source=KENT, target=board("south-east-london")
)
CHANGES: dict[str, tuple[Operation, ...]] = {
    "open a planned authority": (
        Open(body=authority("greater-essex"), name="Essex Strategic Authority", short_name="Essex"),
    ),
    "close an authority": (Close(authority("lancashire")),),
    "give up a planned authority": (Close(authority("greater-essex")),),
    "rename": (RENAME,),
    "recode": (Recode(KENT, "ons", "E54000098"),),
    "retype": (Retype(authority("lancashire"), "combined_authority", "mayoral"),),
    "merge boards": (WEST, Merge((GLOUCESTERSHIRE, SOMERSET), WEST.body)),
    "merge councils": (
        Open(body=council("cumbria"), name="Cumbria", short_name="Cumbria", ons_code="E06000097"),
        Merge((council("cumberland"), council("westmorland-and-furness")), council("cumbria")),
    ),
    "merge authorities": (Merge((authority("tees-valley"),), authority("north-east")),),
    "split a board": (
        WEST,
        Split(
            source=KENT,
            targets=(
                SplitTarget(WEST.body, (AreaShare("E06000035:1"),)),
                SplitTarget(DORSET, (AreaShare(KENT_PART),)),
            ),
            primary=DORSET,
        ),
    ),
    "transfer a part": (Transfer((AreaShare(KENT_PART),), source=KENT, target=DORSET),),
    "transfer a council": (
        Transfer((AreaShare("medway"),), source=None, target=authority("sussex-and-brighton")),
    ),
    "divide a part between boards": (DIVISION,),
    "divide a part between councils": (
        Transfer((AreaShare(KENT_PART, 0.4),), source=council("kent"), target=council("medway")),
    ),
    "start a cluster": (
        ClusterStart(BodyKey(CLUSTER, "south"), (KENT, board("south-east-london")), "South"),
    ),
    "end a cluster": (ClusterEnd(BodyKey(CLUSTER, "cornwall-devon")),),
}


@pytest.fixture
def register() -> Register:
    return read_register(folder=REGISTER)


def load(register: Register) -> LoadReport:
    return load_register(register=register, by=None, at=LOADED_AT)


def apply(*operations: Operation, on: date = ON) -> Reorganisation:
    """Put a change into effect as the job does, and leave it as applied."""
    made = Reorganisation.objects.create(
        title="A change",
        effective_date=on,
        source="An order",
        certainty="medium",
        proposed_at=LOADED_AT,
        proposed_by=UserFactory(),
    )
    ReorganisationOperation.objects.bulk_create(
        ReorganisationOperation(
            reorganisation=made,
            position=position,
            kind=operation.kind,
            details=to_plain(value=operation),
        )
        for position, operation in enumerate(operations, start=1)
    )
    made.refresh_from_db()
    put_into_effect(reorganisation=made, today=TODAY, by=None, at=LOADED_AT)
    before = Reorganisation.objects.filter(state=ReorganisationState.APPLIED).count()
    made.state, made.applied_at = ReorganisationState.APPLIED, LOADED_AT + timedelta(hours=before)
    made.approved_by, made.approved_at, made.preview = UserFactory(), LOADED_AT, {}
    made.save()
    return made


def stored() -> Geography:
    return sorted_geography(load_geography())


@contextmanager
def no_writes() -> Iterator[None]:
    """Fail on any statement that writes."""

    def guard(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
            pytest.fail(f"wrote: {sql[:80]}")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(guard):
        yield


@pytest.mark.parametrize("name", CHANGES)
def test_a_load_after_a_change_writes_nothing(
    register_loaded: LoadReport, register: Register, name: str
) -> None:
    without = stored()
    apply(*CHANGES[name])
    changed = stored()
    assert changed != without

    with no_writes():
        report = load(register)

    assert not report.changed_anything
    assert (report.replayed, report.left_out, report.only_stored) == (1, (), ())
    assert stored() == changed


def test_a_load_after_several_changes_writes_nothing(
    register_loaded: LoadReport, register: Register
) -> None:
    apply(DIVISION)
    apply(RENAME, on=date(2027, 5, 1))
    # Of an earlier day, decided later: each change stood on those applied before it.
    apply(
        Transfer((AreaShare("E06000035:1", 0.5),), source=KENT, target=DORSET),
        on=date(2027, 1, 1),
    )
    apply(
        WEST,
        Merge((KENT, GLOUCESTERSHIRE), WEST.body),
        Transfer((AreaShare("E10000016:2"),), source=board("south-east-london"), target=DORSET),
        on=date(2027, 6, 1),
    )

    with no_writes():
        report = load(register)

    assert not report.changed_anything
    assert (report.replayed, report.left_out, report.only_stored) == (4, (), ())


def test_what_somebody_spoilt_in_the_database_is_mended_with_the_change_on_top(
    register_loaded: LoadReport, register: Register
) -> None:
    apply(*CHANGES["merge boards"])
    right = stored()
    BodyName.objects.filter(body__slug="west").update(name="Wild West")
    Body.objects.filter(slug="somerset", kind=BOARD).update(closed_on=None)

    report = load(register)

    assert stored() == right
    assert {change.slug for change in report.changes} == {"west", "somerset"}
    name = BodyName.objects.get(body__slug="west")
    assert (name.name, name.source) == (WEST.name, "An order")


def test_a_register_with_newer_people_keeps_the_change_on_top(
    register_loaded: LoadReport, register: Register
) -> None:
    apply(DIVISION)
    newer = replace(
        register,
        parts=tuple(
            replace(row, population=row.population + 100) if row.key == KENT_PART else row
            for row in register.parts
        ),
    )

    report = load(newer)

    assert (report.replayed, report.left_out, report.only_stored) == (1, (), ())
    geography = load_geography()
    assert geography.population(part.key for part in geography.parts) == ENGLAND + 100
    assert AreaPart.objects.get(key="E10000016:2").boards.as_at(ON).get().board.slug == (
        "south-east-london"
    )


def test_a_register_that_contains_a_change_by_now_does_not_get_it_twice(
    register_loaded: LoadReport, register: Register
) -> None:
    made = apply(RENAME)
    kent = next(row for row in register.boards if row.slug == KENT.slug)
    newer = replace(
        register,
        boards=tuple(
            replace(row, name=RENAME.name, short_name=RENAME.short_name) if row is kent else row
            for row in register.boards
        ),
    )

    report = load(newer)

    assert report.replayed == 0
    assert report.left_out == (f"{made}: It is called {RENAME.name} already. Enter another name.",)
    assert [fact.name for fact in load_geography().names if fact.body == KENT] == [RENAME.name]


def test_a_register_that_contains_a_divided_part_by_now_divides_it_no_more(
    register_loaded: LoadReport, register: Register
) -> None:
    apply(DIVISION)
    whole = next(row for row in register.parts if row.key == KENT_PART)
    piece = whole.population // 4
    served = next(row for row in register.part_boards if row.part == KENT_PART)
    newer = replace(
        register,
        parts=(
            *(row for row in register.parts if row is not whole),
            replace(whole, population=whole.population - piece),
            replace(whole, key="E10000016:2", population=piece),
        ),
        part_boards=(
            *register.part_boards,
            replace(served, part="E10000016:2", valid=Span(served.valid.start, ON)),
            replace(served, part="E10000016:2", board="south-east-london", valid=Span(ON, None)),
        ),
    )

    report = load(newer)

    [text] = report.left_out
    assert text.endswith("A piece of E10000016 has gone over already.")
    geography = load_geography()
    assert geography.population(part.key for part in geography.parts) == ENGLAND
    assert len(geography.parts) == 166


def test_areas_are_loaded_after_a_part_was_divided(register_loaded: LoadReport) -> None:
    call_command("load_boundaries", verbosity=0, stdout=StringIO())
    apply(DIVISION)
    said = StringIO()

    call_command("load_boundaries", stdout=said)

    assert "Nothing changed." in said.getvalue()


def test_a_later_register_leaves_the_day_from_which_an_opened_plan_was_known(
    register_loaded: LoadReport, register: Register
) -> None:
    apply(*CHANGES["open a planned authority"])

    with no_writes():
        report = load(replace(register, gathered_on=date(2027, 6, 1)))

    assert not report.changed_anything
    names = BodyName.objects.filter(body__slug="greater-essex").order_by("valid")
    assert [(row.short_name, row.valid.lower) for row in names] == [
        ("Greater Essex", TODAY),
        ("Essex", ON),
    ]


def test_the_command_says_which_changes_stand_on_top_and_which_fit_no_more(
    register_loaded: LoadReport, tmp_path: Path
) -> None:
    for path in REGISTER.glob("*.csv"):
        shutil.copy(path, tmp_path / path.name)
    boards = tmp_path / "integrated_care_boards.csv"
    text = boards.read_text(encoding="utf-8")
    apply(Retype(authority("lancashire"), "combined_authority", "mayoral"))
    made = apply(RENAME)
    boards.write_text(
        text.replace("NHS Kent and Medway Integrated Care Board,Kent and Medway", NEW_NAME),
        encoding="utf-8",
    )
    said = StringIO()

    call_command("load_register", "--folder", str(tmp_path), stdout=said)

    assert "Changes entered on screen, on top of the register: 1." in said.getvalue()
    assert f"do not fit the register any more:\n  {made}: It is called" in said.getvalue()


def test_a_change_that_is_not_applied_yet_is_not_put_on_top(
    register_loaded: LoadReport, register: Register
) -> None:
    made = apply(RENAME)
    Reorganisation.objects.filter(pk=made.pk).update(state=ReorganisationState.FAILED, failure="x")

    report = load(register)

    assert report.replayed == 0
    assert [fact.short_name for fact in load_geography().names if fact.body == KENT] == [
        "Kent and Medway"
    ]
