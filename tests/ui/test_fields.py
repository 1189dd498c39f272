"""Fields: what people type, and what they are told when it is wrong."""

from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError

from duty.controls.fields import (
    GovukDateField,
    LinkField,
    MoneyField,
    NumberField,
    PagesField,
    TypedDateField,
    WholeNumberField,
    WordLimitedTextField,
    count_words,
)


def refusal(field: forms.Field, typed: object) -> str:
    with pytest.raises(ValidationError) as caught:
        field.clean(typed)
    return str(caught.value.messages[0])


@pytest.mark.parametrize(
    "typed",
    [["27", "3", "2026"], ["27", "03", "2026"], [" 27 ", "March", "2026"], [27, "mar", 2026]],
)
def test_a_date_is_read_as_people_write_it(typed: list[object]) -> None:
    assert GovukDateField().clean(typed) == date(2026, 3, 27)


@pytest.mark.parametrize(
    ("typed", "message", "parts"),
    [
        (["", "", ""], "Enter the date", ("day", "month", "year")),
        (["27", "", "2026"], "Date must include a month", ("month",)),
        (["27", "", ""], "Date must include a month and year", ("month", "year")),
        (["31", "2", "2026"], "Date must be a real date", ("day", "month", "year")),
        (["32", "1", "2026"], "Date must be a real date", ("day",)),
        (["0", "1", "2026"], "Date must be a real date", ("day",)),
        (["1", "13", "2026"], "Date must be a real date", ("month",)),
        (["1", "ma", "2026"], "Date must be a real date", ("month",)),
        (["²", "1", "2026"], "Date must be a real date", ("day",)),
        (["1", "1", "26"], "Year must include 4 numbers", ("year",)),
        (["1", "1", "0000"], "Year must be between 1900 and 2100", ("year",)),
        (["1", "1", "1899"], "Year must be between 1900 and 2100", ("year",)),
        (["1", "1", "2101"], "Year must be between 1900 and 2100", ("year",)),
    ],
)
def test_a_wrong_date_says_what_is_wrong_and_where(
    typed: list[str], message: str, parts: tuple[str, ...]
) -> None:
    with pytest.raises(ValidationError) as caught:
        GovukDateField().clean(typed)

    assert caught.value.messages == [message]
    assert (caught.value.params or {})["parts"] == parts


def test_a_date_that_need_not_be_given_is_none_but_may_not_be_half() -> None:
    field = GovukDateField(name="review date", required=False)

    assert field.clean(["", "", ""]) is None
    assert refusal(field, ["1", "", ""]) == "The review date must include a month and year"


def test_a_date_outside_its_limits_is_refused_with_the_limit() -> None:
    field = GovukDateField(earliest=date(2026, 4, 1), latest=date(2026, 9, 30))

    assert field.clean(["1", "4", "2026"]) == date(2026, 4, 1)
    assert refusal(field, ["31", "3", "2026"]) == "Date must be on or after 1 April 2026"
    assert refusal(field, ["1", "10", "2026"]) == "Date must be on or before 30 September 2026"


def test_a_date_has_changed_only_when_another_was_typed() -> None:
    field = GovukDateField()

    assert not field.has_changed(date(2026, 3, 27), ["27", "3", "2026"])
    assert field.has_changed(date(2026, 3, 27), ["28", "3", "2026"])
    assert not field.has_changed(None, ["", "", ""])


@pytest.mark.parametrize("typed", ["27 3 2026", "27/3/2026", "27-3-2026", "27 March 2026"])
def test_a_date_in_one_cell_is_read_as_people_write_it(typed: str) -> None:
    assert TypedDateField().clean(typed) == date(2026, 3, 27)


@pytest.mark.parametrize("typed", ["soon", "2026", "31 2 2026", "1 2 3 4"])
def test_a_wrong_date_in_one_cell_is_refused_with_an_example(typed: str) -> None:
    assert "like 27 3 2026" in refusal(TypedDateField(), typed)


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1250", "1250"),
        ("1,250.50", "1250.50"),
        ("£1,250", "1250"),
        (" £ 12 ", "12"),
        (".5", "0.5"),
    ],
)
def test_money_is_read_as_people_write_it(typed: str, amount: str) -> None:
    assert MoneyField().clean(typed) == Decimal(amount)


@pytest.mark.parametrize(
    "typed", ["about 5", "1,25", "1e5", "NaN", "Infinity", "12.", "£5", "1.2.3"]
)
def test_what_is_no_number_is_refused_with_an_example(typed: str) -> None:
    assert refusal(NumberField(required=True), typed) == "Enter a number, like 1,250 or 1250.50"


def test_money_without_digits_is_refused_as_empty() -> None:
    assert refusal(MoneyField(), "") == "Enter an amount in pounds"
    assert refusal(MoneyField(), "£") == "Enter an amount in pounds"


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("-1", "Enter a number of 0 or more"),
        ("−1", "Enter a number of 0 or more"),
        ("10,001", "Enter a number of 10,000 or less"),
        ("1.5", "Enter a whole number"),
        ("", "Enter a number"),
    ],
)
def test_a_count_out_of_range_is_refused_with_the_range(typed: str, message: str) -> None:
    assert refusal(WholeNumberField(maximum=10_000), typed) == message


def test_a_number_may_be_negative_where_that_has_a_meaning() -> None:
    assert NumberField(minimum=None).clean("−2.4") == Decimal("-2.4")


def test_nothing_typed_is_none_and_never_nought() -> None:
    assert WholeNumberField(required=False).clean("") is None
    assert WholeNumberField(required=False).clean("0") == 0


def test_words_are_counted_as_the_page_counts_them() -> None:
    assert count_words(text="Health - and\nwealth,  together ") == 5


def test_a_text_over_its_limit_is_refused_with_how_much() -> None:
    field = WordLimitedTextField(max_words=3)

    assert field.clean("one two three") == "one two three"
    assert refusal(field, "one two three four") == ("Use 3 words or fewer: this is 1 word too many")


@pytest.mark.parametrize(
    "typed", ["https://www.example.org/plan.pdf?a=1#page=4", "http://example.org"]
)
def test_a_link_is_kept_as_it_was_typed(typed: str) -> None:
    assert LinkField().clean(typed) == typed


@pytest.mark.parametrize(
    "typed",
    [
        "example.org/plan.pdf",
        "javascript:alert(1)",
        "ftp://example.org/plan.pdf",
        "https://",
        "https://exa mple.org",
        "https://someone:secret@example.org/",
    ],
)
def test_a_link_that_is_not_whole_or_not_safe_is_refused(typed: str) -> None:
    assert "link" in refusal(LinkField(), typed)


@pytest.mark.parametrize(
    ("typed", "pages"),
    [("4, 9", "4, 9"), ("4,9 to 12", "4, 9-12"), ("9–12;14", "9-12, 14"), ("", ""), ("4,", "4")],
)
def test_pages_are_stored_in_one_form(typed: str, pages: str) -> None:
    assert PagesField(required=False).clean(typed) == pages


@pytest.mark.parametrize("typed", ["iv", "0", "4-", "12 to 9", "-3"])
def test_what_is_no_page_is_refused(typed: str) -> None:
    assert refusal(PagesField(), typed).startswith(("Enter page numbers", "Pages 12 to 9"))
