"""The text of the register's files."""

import csv
import io
from datetime import date

import pytest

from authorities.models import CodeScheme
from authorities.presenters.register_files import FILES, file_text
from tests.factories.authorities import CouncilFactory, PairFactory, SuccessionFactory

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)


def rows_of(name: str) -> list[dict[str, str]]:
    text = file_text(file=FILES[name], as_at=None, on=TODAY)
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_nothing_has_its_headings(name: str) -> None:
    text = file_text(file=FILES[name], as_at=None, on=TODAY)

    assert text.rstrip() == ",".join(FILES[name].headings)


@pytest.mark.parametrize("name", FILES)
def test_each_code_of_a_word_has_the_word_beside_it(name: str) -> None:
    headings = FILES[name].headings
    codes = [heading for heading in headings if heading.endswith("_code")]

    words = [code for code in codes if not code.endswith(("_ons_code", "_ods_code"))]

    named = {"ons_code", "ods_code"}
    assert all(
        headings[headings.index(code) + 1] == code.removesuffix("_code")
        for code in words
        if code not in named
    )


def test_a_name_that_would_run_in_a_spreadsheet_does_not() -> None:
    CouncilFactory(name='=HYPERLINK("x")')

    [row] = rows_of("names")

    assert row["name"] == '\'=HYPERLINK("x")'
    assert row["body_name"] == row["name"]


def test_what_is_not_known_is_empty_and_never_nought() -> None:
    SuccessionFactory(population=None, share=None)

    [row] = rows_of("changes")

    assert (row["people"], row["share_of_predecessor"]) == ("", "")


def test_an_overlap_carries_the_codes_of_both_bodies() -> None:
    pair = PairFactory(overlap__share_of_board=0.25)

    [row] = rows_of("overlaps")

    ods = pair.board.codes.get(scheme=CodeScheme.ODS)
    assert row["icb_ods_code"] == ods.value
    assert row["share_of_icb"] == "0.250000"
