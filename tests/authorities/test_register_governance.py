"""The files of governance are read strictly, and hold no more than is on record."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from authorities.actions.directory import LoadReport, load_register
from authorities.actions.register_governance import governance_of
from authorities.models import (
    Body,
    BodyKind,
    GovernanceSeat,
    HeldFunction,
    RecordedAgreement,
)
from authorities.register_file import RegisterError, read_register
from tests.authorities.conftest import LOADED_AT, REGISTER
from tests.authorities.test_register_file import Row, folder, repeat, rewrite, set_cell

__all__ = ["folder"]

FUNCTIONS = "functions_held.csv"
SEATS = "governance_seats.csv"
AGREEMENTS = "agreements.csv"


@pytest.mark.parametrize(
    ("file", "change", "message"),
    [
        (FUNCTIONS, set_cell(2, "sa_slug", "nowhere"), "nowhere is not a known strategic"),
        (
            FUNCTIONS,
            set_cell(3, "function", "magic"),
            "functions_held.csv, row 3: function is 'magic'. Use one of: adult_education",
        ),
        (FUNCTIONS, set_cell(2, "source", ""), "row 2: source is empty. Fill it in"),
        (FUNCTIONS, set_cell(2, "certainty", "sure"), "row 2: certainty is 'sure'. Use one of"),
        (FUNCTIONS, set_cell(2, "valid_from", "May 2017"), "valid_from is 'May 2017'. Write a day"),
        (FUNCTIONS, set_cell(2, "valid_from", "1999-01-01"), "row 2: the row holds from 1999"),
        (
            FUNCTIONS,
            repeat(2),
            "this function is held twice on one day: see functions_held.csv, row 2",
        ),
        (SEATS, set_cell(2, "sa_slug", "nowhere"), "nowhere is not a known strategic authority"),
        (SEATS, set_cell(2, "icb_slug", "nowhere"), "row 2: nowhere is not a known board"),
        (SEATS, set_cell(2, "kind", "throne"), "row 2: kind is 'throne'. Use one of: icb_member"),
        (SEATS, set_cell(2, "holder", ""), "row 2: holder is empty. Fill it in"),
        (SEATS, set_cell(2, "holder", "x" * 121), "holder has 121 characters. Use at most 120"),
        (SEATS, set_cell(2, "valid_from", "2022-06-30"), "row 2: the row holds from 2022-06-30"),
        (SEATS, set_cell(2, "valid_to", "2022-07-01"), "but the body exists only from 2022-07-01"),
        (
            SEATS,
            set_cell(2, "valid_to", "1999-01-01"),
            "row 2: the row ends on 1999-01-01, but the",
        ),
        (SEATS, repeat(2), "this seat is there twice on one day: see governance_seats.csv, row 2"),
        (AGREEMENTS, set_cell(2, "sa_slug", "nowhere"), "nowhere is not a known strategic"),
        (AGREEMENTS, set_cell(2, "icb_slug", "nowhere"), "row 2: nowhere is not a known board"),
        (AGREEMENTS, set_cell(2, "title", ""), "agreements.csv, row 2: title is empty. Fill it in"),
        (AGREEMENTS, set_cell(2, "title", "x" * 201), "title has 201 characters. Use at most 200"),
        (AGREEMENTS, set_cell(2, "url", "http://a.example/"), "url is 'http://a.example/'. Write"),
        (AGREEMENTS, set_cell(2, "url", "javascript:alert(1)"), "Write an address as https://www."),
        (AGREEMENTS, set_cell(2, "url", "https://a b.example/"), "Write an address as https://"),
        (AGREEMENTS, set_cell(2, "url", "https://a.example/" + "x" * 500), "of at most 500 char"),
        (AGREEMENTS, set_cell(2, "valid_from", "2014"), "valid_from is '2014'. Write a day as"),
        (AGREEMENTS, set_cell(3, "valid_from", "2022-06-30"), "row 3: the row holds from 2022-06"),
        (AGREEMENTS, set_cell(2, "certainty", "sure"), "row 2: certainty is 'sure'. Use one of"),
        (
            AGREEMENTS,
            repeat(2),
            "this agreement is there twice on one day: see agreements.csv, row 2",
        ),
    ],
)
def test_a_broken_rule_is_named_with_its_row(
    folder: Path, file: str, change: Callable[[list[Row]], None], message: str
) -> None:
    rewrite(folder / file, change)

    with pytest.raises(RegisterError) as refusal:
        read_register(folder=folder)

    assert message in str(refusal.value)


@pytest.mark.parametrize("file", [FUNCTIONS, SEATS, AGREEMENTS])
def test_a_missing_file_is_refused(folder: Path, file: str) -> None:
    (folder / file).unlink()

    with pytest.raises(RegisterError, match=f"{file} is missing"):
        read_register(folder=folder)


def test_what_is_told_second_hand_is_never_of_high_certainty() -> None:
    register = read_register(folder=REGISTER)

    rows = (*register.held_functions, *register.seats, *register.agreements)

    assert {row.certainty for row in rows} == {"medium", "low"}
    assert all(row.source for row in rows)


@pytest.mark.slow
@pytest.mark.django_db
def test_functions_and_seats_are_loaded_with_days_and_source(register_loaded: LoadReport) -> None:
    held = HeldFunction.objects.filter(
        authority__slug="greater-manchester", function="policing_and_crime"
    )

    assert held.as_at(date(2017, 5, 7)).count() == 0
    assert held.as_at(date(2017, 5, 8)).get().certainty == "medium"
    assert "did not survive" in held.get().source
    assert HeldFunction.objects.count() == 55
    assert sorted(GovernanceSeat.objects.values_list("kind", "board__slug")) == [
        ("icp_chair", "greater-manchester"),
        ("icp_chair", "south-yorkshire"),
        ("joint_post", "west-yorkshire"),
    ]


@pytest.mark.slow
@pytest.mark.django_db
def test_a_function_that_the_register_dates_anew_replaces_the_old_row(
    register_loaded: LoadReport, folder: Path
) -> None:
    rewrite(folder / FUNCTIONS, set_cell(2, "certainty", "medium"))

    report = load_register(register=read_register(folder=folder), by=None, at=LOADED_AT)

    [change] = report.changes
    assert change.slug == "greater-london"
    assert len(change.what) == 2
    assert HeldFunction.objects.count() == 55


def test_an_address_of_an_agreement_is_read_as_it_stands(folder: Path) -> None:
    rewrite(folder / AGREEMENTS, set_cell(2, "url", "https://a.example/agreement?v=1"))

    [first, second] = read_register(folder=folder).agreements

    assert first.url == "https://a.example/agreement?v=1"
    assert (second.url, second.board) == ("", "west-yorkshire")


@pytest.mark.slow
@pytest.mark.django_db
def test_agreements_are_loaded_with_or_without_a_board(register_loaded: LoadReport) -> None:
    rows = RecordedAgreement.objects.values_list("authority__slug", "board__slug", "url")

    assert sorted(rows) == [
        ("greater-manchester", None, ""),
        ("west-yorkshire", "west-yorkshire", ""),
    ]


@pytest.mark.slow
@pytest.mark.django_db
def test_what_the_register_says_of_governance_ends_with_a_body_that_was_closed(
    register_loaded: LoadReport,
) -> None:
    bodies = {(body.kind, body.slug): body for body in Body.objects.all()}
    bodies[BodyKind.INTEGRATED_CARE_BOARD, "west-yorkshire"].closed_on = date(2027, 4, 1)
    bodies[BodyKind.STRATEGIC_AUTHORITY, "greater-manchester"].closed_on = date(2028, 4, 1)

    facts = governance_of(register=read_register(folder=REGISTER), bodies=bodies)
    functions, seats, agreements = (rows for _, rows in facts)

    ends = {
        row.valid.upper
        for row in functions
        if row.authority_id == bodies[BodyKind.STRATEGIC_AUTHORITY, "greater-manchester"].pk
    }
    assert ends == {date(2028, 4, 1)}
    assert sorted(row.valid.upper or date.max for row in seats) == [
        date(2027, 4, 1),
        date(2028, 4, 1),
        date.max,
    ]
    assert [row.valid.upper for row in agreements] == [date(2028, 4, 1), date(2027, 4, 1)]
