import pytest

from duty.answer_fields import count_words, read_field, show_field
from duty.questions import AnswerField, FieldType


def problem(field_type: FieldType, value: object, *, limit: int | None = None) -> str | None:
    field = AnswerField("x", "The figure", field_type, word_limit=limit)
    found = read_field(field=field, value=value, path="x").problem
    return None if found is None else f"{found.message} {found.fix}"


def short(value: object) -> str:
    """Name a case; some values are too long, or cannot be written, as a test's name."""
    return ascii(str(value))[1:30] if isinstance(value, str) else type(value).__name__


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("  \n ", 0),
        ("one", 1),
        ("one two\nthree", 3),
        ("well-being and/or health", 3),
        ("cost—benefit", 2),
        ("health – and growth", 3),
        ("R&D & growth", 2),
        ("It's 3.5% of £1,200.", 4),
        ("- first\n- second", 2),
        ("• bullet", 1),
    ],
)
def test_words_are_counted_as_people_count_them(text: str, words: int) -> None:
    assert count_words(text=text) == words


@pytest.mark.parametrize(
    ("field_type", "value"),
    [
        (FieldType.INTEGER, "0"),
        (FieldType.INTEGER, 12),
        (FieldType.INTEGER, 12.0),
        (FieldType.INTEGER, " 999999999 "),
        (FieldType.DECIMAL, "0.25"),
        (FieldType.DECIMAL, 2.5),
        (FieldType.MONEY, "1200000.50"),
        (FieldType.MONEY, "0"),
        (FieldType.DATE, "2028-02-29"),
        (FieldType.LINK, "https://example.org/a?b=c#d"),
        (FieldType.LINK, "http://example.org"),
        (FieldType.YES_NO, True),
        (FieldType.YES_NO, "no"),
        (FieldType.YEAR, "2026/27"),
        (FieldType.YEAR, "2099/00"),
        (FieldType.TEXT, "x" * 300),
        (FieldType.LONG_TEXT, "line one\n\tline two"),
        (FieldType.DATE, None),
        (FieldType.INTEGER, "  "),
    ],
)
def test_a_right_or_blank_field_has_no_problem(field_type: FieldType, value: object) -> None:
    assert problem(field_type, value) is None


@pytest.mark.parametrize(
    ("field_type", "value", "words"),
    [
        (FieldType.INTEGER, "-1", "cannot be less than 0"),
        (FieldType.INTEGER, -1, "cannot be less than 0"),
        (FieldType.INTEGER, "\u22121", "cannot be less than 0"),
        (FieldType.INTEGER, "1.5", "must be a whole number"),
        (FieldType.INTEGER, "1,200", "Enter 1200 without the comma"),
        (FieldType.INTEGER, "1_000", "digits 0 to 9 only"),
        (FieldType.INTEGER, "٣", "digits 0 to 9 only"),
        (FieldType.INTEGER, "1e3", "digits 0 to 9 only"),
        (FieldType.INTEGER, "9" * 5000, "is too large"),
        (FieldType.INTEGER, "0" * 5000, "is too large"),
        (FieldType.INTEGER, 10**5000, "is too large"),
        (FieldType.INTEGER, True, "cannot be read"),
        (FieldType.INTEGER, float("nan"), "must be a number"),
        (FieldType.INTEGER, float("inf"), "must be a number"),
        (FieldType.DECIMAL, "0.125", "more than 2 decimal places"),
        (FieldType.DECIMAL, "-0.5", "cannot be less than 0"),
        (FieldType.MONEY, "£5", "without the £ sign"),
        (FieldType.MONEY, "10.005", "more than 2 decimal places"),
        (FieldType.DATE, "2026-02-30", "must be a real date"),
        (FieldType.DATE, "30/06/2026", "must be a real date"),
        (FieldType.DATE, "2026-W10-1", "must be a real date"),
        (FieldType.DATE, "20260630", "must be a real date"),
        (FieldType.DATE, "0001-01-01", "from 1900 to 2100"),
        (FieldType.DATE, "3027-01-01", "is too far away"),
        (FieldType.LINK, "javascript:alert(1)", "must be a web address"),
        (FieldType.LINK, "ftp://example.org", "must be a web address"),
        (FieldType.LINK, "example.org", "starting with https://"),
        (FieldType.LINK, "http://[", "must be a web address"),
        (FieldType.LINK, "http://example.org:port", "must be a web address"),
        (FieldType.LINK, "https://intranet/page", "must be a web address"),
        (FieldType.LINK, "https://example.org/a b", "has a space"),
        (FieldType.LINK, "https://me:secret@example.org", "user name or password"),
        (FieldType.LINK, "https://example.org/" + "a" * 2000, "Shorten it to 2,000 characters"),
        (FieldType.YES_NO, "maybe", "Select yes or no"),
        (FieldType.YEAR, "2026/28", "Enter it as 2026/27"),
        (FieldType.YEAR, "2026", "Enter it as 2026/27"),
        (FieldType.TEXT, "x" * 301, "Shorten it to 300 characters"),
        (FieldType.TEXT, "a\x00b", r"hidden character (U+0000)"),
        (FieldType.TEXT, "a\ud800b", r"hidden character (U+D800)"),
        (FieldType.TEXT, ["a"], "cannot be read"),
        (FieldType.TEXT, {"a": 1}, "cannot be read"),
    ],
    ids=short,
)
def test_a_wrong_field_says_what_is_wrong_and_what_to_do(
    field_type: FieldType, value: object, words: str
) -> None:
    found = problem(field_type, value)

    assert found is not None
    assert words in found
    assert found.startswith("The figure")


def test_a_text_may_reach_its_limit_and_not_pass_it() -> None:
    at_limit = problem(FieldType.LONG_TEXT, "word " * 200, limit=200)
    above = problem(FieldType.LONG_TEXT, "word " * 201, limit=200)

    assert at_limit is None
    assert above == "The figure has 201 words. Shorten it to 200 words or fewer."


def test_a_text_without_spaces_cannot_pass_the_word_limit_by_being_one_word() -> None:
    found = problem(FieldType.LONG_TEXT, "x" * 3001, limit=200)

    assert found is not None
    assert "Shorten it to 3,000 characters" in found


@pytest.mark.parametrize(
    ("field_type", "value", "shown"),
    [
        (FieldType.MONEY, "1234567.5", "£1,234,567.50"),
        (FieldType.MONEY, "1200", "£1,200"),
        (FieldType.INTEGER, "1200", "1,200"),
        (FieldType.DECIMAL, "2.5", "2.5"),
        (FieldType.DATE, "2026-04-01", "1 April 2026"),
        (FieldType.DATE, "2026-04-31", "2026-04-31"),
        (FieldType.YES_NO, True, "Yes"),
        (FieldType.TEXT, " as typed ", "as typed"),
        (FieldType.TEXT, "a\x00b", "aU+0000b"),
        (FieldType.TEXT, None, ""),
    ],
    ids=short,
)
def test_a_field_is_shown_as_people_read_it(
    field_type: FieldType, value: object, shown: str
) -> None:
    field = AnswerField("x", "The figure", field_type)

    found = read_field(field=field, value=value, path="x")

    assert show_field(found=found) == shown
