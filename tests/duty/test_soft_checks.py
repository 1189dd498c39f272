"""What is unusual about an answer and may be right."""

from datetime import date, timedelta
from typing import Any

import pytest

from duty.questions import Answer, AnswerState, QuestionSpec
from duty.slots import Slot
from duty.soft_checks import LastAnswer, SoftRule, SoftWarning, soft_warnings
from tests.factories.duty import version_one

TODAY = date(2026, 11, 28)
WORDS = "Forums meet every month with officers of both"


def question(code: str) -> QuestionSpec:
    return next(one for one in version_one() if one.code == code)


def warned(
    code: str,
    value: dict[str, Any] | None,
    *,
    before: dict[str, Any] | None = None,
    board: str | None = None,
    untitled: int = 0,
    **of_answer: Any,
) -> tuple[SoftWarning, ...]:
    """What is said of an answer, perhaps beside one of the last return."""
    return soft_warnings(
        slot=Slot(question(code), board),
        answer=Answer(value=value, **of_answer),
        untitled_links=untitled,
        last=None if before is None else LastAnswer("Spring 2026", Answer(value=before)),
        today=TODAY,
    )


def rules(found: tuple[SoftWarning, ...]) -> list[str]:
    return [one.rule.value for one in found]


@pytest.mark.parametrize(
    ("before", "now", "warns"),
    [
        ("10", "20", False),
        ("10", "20.5", True),
        ("10", "5", False),
        ("10", "4.9", True),
        ("0.5", "1.5", False),
        ("0", "1", False),
        ("0", "5", True),
        ("12", "0", True),
    ],
)
def test_a_figure_that_more_than_doubled_or_halved(before, now, warns):
    found = warned("HT3", {"number": now}, before={"number": before})

    assert rules(found) == ([SoftRule.FIGURE] if warns else [])


def test_a_figure_is_said_with_the_one_before_and_its_round():
    (found,) = warned("HT3", {"number": "30"}, before={"number": "2.5"})

    assert found.message == "The figure is 30 now and 2.5 in the last return (Spring 2026)."


def test_figures_of_a_table_are_compared_by_their_sums():
    def rows(*amounts: str) -> dict[str, Any]:
        of_row = {"initiative": "Homes", "partner": "ICB", "source": "Grant", "year": "2026/27"}
        return {"rows": [{**of_row, "amount": amount} for amount in amounts]}

    assert warned("CO7", rows("100", "100"), before=rows("200")) == ()
    (found,) = warned("CO7", rows("300000", "300000"), before=rows("250000"))
    assert found.message.startswith("Amount in pounds: £600,000 now and £250,000")


def test_a_first_return_has_nothing_to_compare_with():
    assert warned("HT3", {"number": "30"}) == ()


def test_another_kind_of_answer_last_time_is_not_compared():
    before = LastAnswer("Spring 2026", Answer(state=AnswerState.NO_EVIDENCE, reason="None"))

    assert (
        soft_warnings(
            slot=Slot(question("HT3")),
            answer=Answer(value={"number": "9"}),
            untitled_links=0,
            last=before,
            today=TODAY,
        )
        == ()
    )


@pytest.mark.parametrize(("number", "warns"), [("100", False), ("100.5", True)])
def test_more_than_a_hundred_full_time_equivalents(number, warns):
    assert rules(warned("HT3", {"number": number})) == ([SoftRule.FULL_TIME] if warns else [])


def test_full_time_equivalents_of_one_row_of_a_table():
    post = {"post": "Analyst", "employer": "SA", "filled": "yes"}

    (found,) = warned("HT2", {"rows": [{**post, "fte": "1"}, {**post, "fte": "105"}]})

    assert (found.rule, found.part) == (SoftRule.FULL_TIME, "fte.2")


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2031-11-28", ""),
        ("2031-12-01", "more than 5 years ahead"),
        ("2021-11-28", ""),
        ("2021-11-20", "more than 5 years ago"),
    ],
)
def test_a_date_more_than_five_years_away(day, said):
    found = warned("ST7", {"date": day})

    assert [said in one.message for one in found] == ([True] if said else [])


def test_a_date_by_which_something_will_be_known():
    found = warned("ST7", None, state=AnswerState.NOT_YET_KNOWN, expected_date="2040-01-01")

    assert [(one.rule, one.part) for one in found] == [(SoftRule.FAR_DATE, "expected_date")]


@pytest.mark.parametrize(("days", "warns"), [(-1, True), (0, False), (1, False)])
def test_a_date_by_which_something_was_to_be_known_that_is_over(days, warns):
    expected = (TODAY + timedelta(days=days)).isoformat()

    found = warned("ST7", None, state=AnswerState.NOT_YET_KNOWN, expected_date=expected)

    assert rules(found) == ([SoftRule.PAST_DATE] if warns else [])


@pytest.mark.parametrize(("assessed", "warns"), [("11", False), ("10", True)])
def test_a_share_of_assessed_decisions_that_fell_by_half(assessed, warns):
    found = warned(
        "ST5",
        {"decisions": "40", "assessed": assessed},
        before={"decisions": "20", "assessed": "10"},
    )

    assert (SoftRule.ASSESSED_SHARE in rules(found)) is warns


def test_no_decisions_have_no_share():
    found = warned(
        "ST5", {"decisions": "0", "assessed": "0"}, before={"decisions": "1", "assessed": "1"}
    )

    assert found == ()


def test_a_short_text_of_the_floor_only():
    assert rules(warned("ST2", {"text": "Many of them"})) == [SoftRule.SHORT_TEXT]
    assert warned("ST3", {"text": "Many of them"}) == ()


def test_a_text_that_is_word_for_word_that_of_the_last_return():
    spaced = {"text": WORDS.replace(" ", "  ")}

    assert rules(warned("ST3", spaced, before={"text": WORDS})) == [SoftRule.SAME_TEXT]
    assert warned("ST3", {"text": f"{WORDS} now"}, before={"text": WORDS}) == ()
    assert rules(warned("CO1", {"text": WORDS}, before={"text": WORDS}, board="x")) == [
        SoftRule.SAME_TEXT
    ]


def test_links_without_a_title():
    one = warned("ST3", {"text": WORDS}, untitled=1)
    several = warned("ST3", {"text": WORDS}, untitled=2)

    assert one[0].message.startswith("One link to evidence has no title")
    assert several[0].message.startswith("2 links to evidence have no title")


def test_nothing_is_said_of_what_is_read_from_elsewhere():
    assert warned("OF1", {"lines": [], "met": None}, untitled=1) == ()
