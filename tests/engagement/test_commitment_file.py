"""Rows of a file of commitments: typed as the form of a proposal takes them, or refused."""

import io
from datetime import date

import pytest

from engagement.commitment_file import (
    LIMITS,
    MoneyRow,
    as_plain,
    from_plain,
    layout_of,
    read_commitments,
)
from outcomes.sent_rows import read_sent_rows
from tests.engagement.commitment_sheets import MONEY, ROW, csv_file

CHOICES = {
    "specification": {"Co-operation": "co-operation", "None of these": "none"},
    "stage": {"Output": "output", "Not said": ""},
    "theme": {"Work and health": "work_and_health", "Not said": ""},
    "resources": {"Yes": "yes", "No": "no", "Not known": "unknown"},
    "visibility": {"Public": "public", "Restricted": "restricted"},
    "lead": {"Authority": "sa", "ICB": "icb", "Both": "both"},
    "money_source": {"Integrated settlement": "integrated_settlement", "The ICB": "icb"},
    "money_prevention": {"Yes": "yes", "No": "no", "Not known": "unknown"},
}


def read(*rows, own_is_authority=True):
    layout = layout_of(own_is_authority=own_is_authority)
    sent = read_sent_rows(content=io.BytesIO(csv_file(*rows)), layout=layout, limits=LIMITS)
    return read_commitments(sent=sent, choices=CHOICES, own_names=("Own", "Own MCA"))


def errors(*rows):
    return [(error.row, error.heading, error.code) for error in read(*rows).errors]


def test_a_row_is_read_with_its_codes_day_and_money():
    (row,) = read({"ICB": "Testshire", **MONEY}).rows

    assert (row.row, row.partner, row.title) == (2, "Testshire", "Share one list")
    assert (row.specification, row.stage, row.theme) == (
        "co-operation",
        "output",
        "work_and_health",
    )
    assert (row.own_owner, row.other_owner) == ("Head of health", "Head of population health")
    assert (row.resources, row.visibility, row.lead) == ("yes", "public", "both")
    assert row.target_date == date(2099, 3, 31)
    assert row.money == MoneyRow(
        source="integrated_settlement",
        year=2026,
        amount="1,200,000",
        prevention="yes",
        purpose="Two posts",
    )


def test_of_an_icb_the_columns_are_the_other_way_round():
    (row,) = read({"Authority": "South Testshire"}, own_is_authority=False).rows

    assert row.partner == "South Testshire"
    assert (row.own_owner, row.other_owner) == ("Head of population health", "Head of health")


@pytest.mark.parametrize(
    "day", ["2099-03-31", "31/3/2099", "31 mar 2099", "31.03.2099", "31  March 2099"]
)
def test_a_day_may_be_written_as_people_write_it(day):
    assert read({"Date": day}).rows[0].target_date == date(2099, 3, 31)


@pytest.mark.parametrize(
    ("cells", "heading", "code"),
    [
        ({"Date": "31/02/2099"}, "Date", "day"),
        ({"Date": "3/31/2099"}, "Date", "day"),
        ({"Date": "٣١/٣/٢٠٩٩"}, "Date", "day"),
        ({"Date": "spring"}, "Date", "day"),
        ({"Lead": "Bothh"}, "Lead", "choice"),
        ({"Theme": "Weather"}, "Theme", "choice"),
        ({**MONEY, "Money: financial year": "2026/29"}, "Money: financial year", "year"),
        ({**MONEY, "Money: financial year": "1 March 2026"}, "Money: financial year", "year"),
        ({"Authority": "Another MCA"}, "Authority", "not-your-body"),
    ],
    ids=[
        *("no such day", "American", "other digits", "words", "misspelt", "unknown theme"),
        *("two years", "a date", "of another body"),
    ],
)
def test_a_cell_that_cannot_be_read_is_refused_at_its_column(cells, heading, code):
    assert errors(cells) == [(2, heading, code)]


def test_a_choice_that_is_nearly_one_is_suggested():
    (error,) = read({"Part of the duty": "Cooperation"}).errors

    assert error.fix == "Did you mean Co-operation?"


def test_the_own_body_may_be_named_and_codes_may_stand_for_words():
    file = read({"Authority": " own  mca ", "Part of the duty": "CO-OPERATION", "Lead": "sa"})

    assert not file.errors
    assert file.rows[0].lead == "sa"


def test_the_same_partner_and_title_twice_are_refused_at_the_second():
    rows = [{"ICB": "One"}, {"ICB": "Two"}, {"ICB": "ONE", "Title": "share  one LIST"}]

    (error,) = read(*rows).errors

    assert error.row == 4
    assert error.message == "This row repeats row 2 (the same partner and title)."


def test_texts_that_look_like_a_persons_details_are_named_by_their_place_alone():
    file = read(
        {"What each side does": "Write to ann@example.org"},
        {"Title": "Another", "Owner at the authority": "07700 900123"},
    )

    assert file.personal == ((2, "description"), (3, "own_owner"))


def test_what_our_own_files_make_harmless_is_read_as_it_was():
    assert read({"Title": "'=Share one list"}).rows[0].title == "=Share one list"
    assert read({"Title": "'Tis done"}).rows[0].title == "'Tis done"


@pytest.mark.parametrize("amount", ["Not known", "not  KNOWN"])
def test_an_amount_that_nobody_knows_is_none_and_an_empty_one_is_not(amount):
    assert read({**MONEY, "Money: pounds": amount}).rows[0].money.amount is None
    assert read({**MONEY, "Money: pounds": ""}).rows[0].money.amount == ""
    assert read(ROW).rows[0].money is None


def test_a_row_is_the_same_after_it_was_carried():
    for row in read({"ICB": "One", **MONEY}, {"ICB": "Two", "Date": ""}).rows:
        assert from_plain(said=as_plain(row=row)) == row
