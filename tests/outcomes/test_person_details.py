"""What looks like a person's details in a text, and what does not."""

import pytest

from outcomes.person_details import is_nhs_number, looks_like_a_person


def plain_check(number):
    """Return the tenth digit by the words of the NHS Data Dictionary, or None where there is none.

    Multiply each of the first nine digits by 11 less its place, add, divide by 11, and take the
    remainder from 11. 11 is read as 0; 10 is no number.
    """
    total = 0
    for place in range(1, 10):
        total += int(number[place - 1]) * (11 - place)
    check = 11 - total % 11
    return {11: "0", 10: None}.get(check, str(check))


@pytest.mark.parametrize("number", ["9434765919", "9434765870", "4010232137", "5990128088"])
def test_a_number_with_the_right_last_digit_may_be_an_nhs_number(number):
    assert is_nhs_number(digits=number)


@pytest.mark.parametrize(
    "number",
    [
        "9434765918",
        "9434756919",
        "0000000000",
        "1111111111",
        "943476591",
        "94347659190",
        "943476591x",
        "\u0669434765919",
        "",
    ],
)
def test_other_numbers_are_none(number):
    assert not is_nhs_number(digits=number)


def test_the_check_is_that_of_the_dictionary():
    for first_nine in range(400_000_000, 400_002_000):
        number = str(first_nine)
        for last in "0123456789":
            assert is_nhs_number(digits=number + last) == (plain_check(number) == last)


@pytest.mark.parametrize(
    "text",
    [
        "Ask jane.o'neill+data@north-testshire.gov.uk first",
        "mailto:J_SMITH@EXAMPLE.ORG",
        "jane\uff20example.org",
        "020 7946 0018",
        "Ring (0121) 496 0000, then ask",
        "0121-496-0000",
        "Tel.01632 960001",
        "01632\u2013960001",
        "tel:07700900123.",
        "07700 900 123",
        "+44 7700 900123",
        "+44 (0)20 7946 0018",
        "0044 20 7946 0018",
        "0121 496 0000 ext. 12",
        "0121 496 0000x12",
        "0121.496.0000",
        "\uff10\uff17\uff17\uff10\uff10 \uff19\uff10\uff10\uff11\uff12\uff13",
        "Patient 943 476 5919 was counted twice",
        "943-476-5919",
        "9434765919",
        "NHS9434765919",
        "NHS no. 943\u00a0476\u00a05919",
    ],
)
def test_a_persons_details_are_seen(text):
    assert looks_like_a_person(text=text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Interpret with caution",
        "Value suppressed for disclosure control due to small count",
        "Revised on 01/04/2026, before that 31.03.2026 - 01.05.2026",
        "01-04-2025 10:30",
        "2025-04-01 2026-03-31",
        "2026-03-29T01:30:00+00:00",
        "2015 - 17, 2016 - 18 and 2017/18 - 19/20",
        "Jan 2024 to Dec 2024",
        "Areas E47000001, E06000001 and E92000001",
        "E4700000012",
        "Indicators 90362, 93014 and 108-0121496000",
        "fingertips-9434765919",
        "A9434765919",
        "9434765918",
        "943 4765919",
        "94 3476 5919",
        "0.9434765919",
        "9,434,765,919",
        "9434765919.5",
        "0.0121496000",
        "0121 496",
        "0 12 14 96 00 00",
        "01 2 3 4 5 6 7 8 9",
        "Codes 0421496000",
        "012149600001234",
        "see @the-list or a@b",
        "12 @ 3.50",
        "Quarters 1-4 of 2019-2020 and 2020-2021",
        "10.1136/bmj.2023.074939",
    ],
)
def test_what_is_nobodys_is_left_alone(text):
    assert not looks_like_a_person(text=text)


@pytest.mark.parametrize("text", ["a." * 5_000, "01 " * 5_000, "(01-" * 5_000])
def test_a_long_text_in_which_every_letter_may_begin_something_has_an_answer(text):
    assert not looks_like_a_person(text=text)
