"""Names that are the same in other words, and names that are worth a look."""

import pytest

from authorities.name_likeness import likeness, most_like, same_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("NHS SOUTH YORKSHIRE INTEGRATED CARE BOARD", "NHS South Yorkshire Integrated Care Board"),
        ("St Helens", "St. Helens"),
        ("Bristol, City of", "City of Bristol"),
        ("Bath & North East Somerset", "Bath and North East Somerset"),
        ("King’s Lynn", "King's  Lynn"),
    ],
)
def test_one_name_in_two_spellings(one: str, other: str) -> None:
    assert same_name(one=one, other=other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("North Yorkshire", "South Yorkshire"), ("Essex", "Greater Essex"), ("Bristol", "Bath")],
)
def test_two_names(one: str, other: str) -> None:
    assert not same_name(one=one, other=other)


def test_words_that_all_have_say_nothing() -> None:
    assert likeness(one="NHS A Integrated Care Board", other="A") == 1.0
    assert likeness(one="NHS Integrated Care Board", other="Council") == 0.0


def test_the_likest_come_first_and_what_is_unlike_does_not_come() -> None:
    others = [
        ("essex", ("NHS Essex Integrated Care Board", "Essex")),
        ("sussex-and-brighton", ("Sussex and Brighton Combined County Authority",)),
        ("sussex", ("Sussex",)),
    ]

    found = most_like(name="Sussex & Brighton", others=others)

    assert found == ("sussex-and-brighton",)
    assert most_like(name="", others=others) == ()
